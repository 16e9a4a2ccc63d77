//! Read a QR code in a photograph, beside zxing-cpp.

use std::error::Error;
use std::hint::black_box;
use std::path::Path;
use std::process::Command;
use std::{env, fs, process};

use chop_core::qr;
use chop_tests::camera::{self, Photo};

use crate::Rows;
use crate::measure::{median, time};
use crate::reference::process::Reference;
use crate::report::Row;

/// File to text and pixels to text, on one photograph of each of three versions.
pub(crate) fn rows(python: &Path) -> Rows {
    let folder = env::temp_dir();
    let mut times = Times::default();
    for version in [5, 10, 15] {
        let photo = camera::photo_of(version, 1);
        let path = folder.join(format!("chop-bench-{}-{}.jpg", process::id(), photo.name));
        fs::write(&path, &photo.jpeg)?;
        let measured = times.add(&photo, &path, python);
        fs::remove_file(&path)?;
        measured?;
    }
    let Times { our_file, our_pixels, their_file, their_pixels } = &mut times;
    Ok(vec![
        Row::new(
            "read a QR in a 1280x720 photo, file to text | zxing-cpp and Pillow",
            median(our_file),
            median(their_file),
            1.5,
            "us",
        ),
        Row::new(
            "read a QR in a 1280x720 photo, pixels to text | zxing-cpp",
            median(our_pixels),
            median(their_pixels),
            1.5,
            "us",
        ),
    ])
}

#[derive(Default)]
struct Times {
    our_file: Vec<f64>,
    our_pixels: Vec<f64>,
    their_file: Vec<f64>,
    their_pixels: Vec<f64>,
}

impl Times {
    fn add(&mut self, photo: &Photo, path: &Path, python: &Path) -> Result<(), Box<dyn Error>> {
        let frame = image::load_from_memory(&photo.jpeg)?.into_luma8();
        let wanted = [photo.text.clone()];
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/bench/reference/zxing.py");
        let mut zxing = Reference::start(Command::new(python).arg(script).arg(path).arg(&photo.text))?;
        zxing.ask::<2>("warm up")?;
        for _ in 0..ROUNDS {
            self.our_file.push(time(1, &mut || {
                let texts = black_box(qr::read(&photo.jpeg));
                assert!(texts.as_deref() == Ok(&wanted[..]), "a miss must not be measured");
            }));
            self.our_pixels.push(time(1, &mut || {
                let texts = black_box(qr::read_pixels(frame.as_raw(), frame.width()));
                assert!(texts.as_deref() == Ok(&wanted[..]), "a miss must not be measured");
            }));
            let [file, pixels] = zxing.ask("read")?;
            self.their_file.push(file);
            self.their_pixels.push(pixels);
        }
        Ok(())
    }
}

const ROUNDS: usize = 101;
