//! QR codes as picture files: `01-of-07.png`, in and out.

use std::fs;
use std::path::{Path, PathBuf};

use chop_core::qr;

use crate::exit::Failure;
use crate::files;

/// The texts of all codes in the pictures, each once. A picture that gives none is named; whether the
/// rest is enough, the frames say.
pub(crate) fn read(paths: &[PathBuf]) -> Result<Vec<String>, Failure> {
    let pictures = paths.iter().map(|path| files::read(path)).collect::<Result<Vec<_>, _>>()?;
    let set = qr::read_set(pictures.iter().map(Vec::as_slice))?;
    match set.unread.first() {
        Some((index, error)) if set.texts.is_empty() => {
            let picture = paths.get(*index).map(|path| path.display().to_string()).unwrap_or_default();
            Err(Failure::Refused(chop_core::Error::from(*error).with("picture", picture)))
        }
        _ => Ok(set.texts),
    }
}

/// A folder that is fit to take the pictures of one message. It is made ready before a step is taken,
/// so that a step is not spent on a folder that cannot be written.
#[derive(Debug)]
pub(crate) struct PictureFolder(PathBuf);

impl PictureFolder {
    /// Makes the folder, or takes one without pictures in it: two messages in one folder would be read
    /// together later.
    pub(crate) fn ready(path: &Path) -> Result<Self, Failure> {
        files::make_folder(path)?;
        let entries = fs::read_dir(path).map_err(|error| files::cannot(path, &error))?;
        for entry in entries {
            let name = entry.map_err(|error| files::cannot(path, &error))?.path();
            if name.extension().is_some_and(|ext| ext == "png") {
                return Err(Failure::usage("usage-has-pictures").with("path", path.display()));
            }
        }
        Ok(Self(path.to_owned()))
    }

    /// Writes one picture a frame, in order; where they lie.
    pub(crate) fn write(&self, frames: &[String]) -> Result<Vec<PathBuf>, Failure> {
        let count = frames.len();
        let width = count.to_string().len().max(2);
        let mut written = Vec::with_capacity(count);
        for (index, frame) in frames.iter().enumerate() {
            let path = self.0.join(format!("{:0width$}-of-{count:0width$}.png", index + 1));
            files::write_new(&path, &qr::draw(frame)?.png(qr::MODULE_PIXELS)?)?;
            written.push(path);
        }
        Ok(written)
    }
}

/// The frames as blocks for the terminal.
pub(crate) fn blocks(frames: &[String]) -> Result<Vec<String>, Failure> {
    frames.iter().map(|frame| Ok(qr::draw(frame)?.terminal())).collect()
}
