//! Writes the scripted photographs for readers that nobody here wrote, and says which ones we miss.
//!
//! `photos FOLDER`: `NAME.jpg` is a photograph, `NAME.txt` what it shows; `missed` names ours.

use std::path::PathBuf;
use std::{env, fs, io};

use chop_core::qr;
use chop_tests::camera;

fn main() -> io::Result<()> {
    let folder = env::args().nth(1).map(PathBuf::from).ok_or(io::ErrorKind::InvalidInput)?;
    fs::create_dir_all(&folder)?;
    let mut missed = String::new();
    for photo in camera::photos() {
        fs::write(folder.join(format!("{}.jpg", photo.name)), &photo.jpeg)?;
        fs::write(folder.join(format!("{}.txt", photo.name)), &photo.text)?;
        if qr::read(&photo.jpeg).as_deref() != Ok(&[photo.text][..]) {
            missed.push_str(&format!("{}\n", photo.name));
        }
    }
    fs::write(folder.join("missed"), missed)
}
