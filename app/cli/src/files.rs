//! Files of the person in front of the machine: read whole, written only where nothing was.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use crate::exit::Failure;

/// The bytes of a file that was named on the command line.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    read_at_most(path, MAX_BYTES)
}

/// As [`read`], with a bound of its own: a longer file is refused before it fills the memory.
pub(crate) fn read_at_most(path: &Path, max: u64) -> Result<Vec<u8>, Failure> {
    let file = File::open(path).map_err(|error| cannot(path, &error))?;
    let mut bytes = Vec::new();
    file.take(max + 1).read_to_end(&mut bytes).map_err(|error| cannot(path, &error))?;
    match u64::try_from(bytes.len()) {
        Ok(length) if length <= max => Ok(bytes),
        _ => Err(Failure::usage("usage-too-large").with("path", path.display()).with("max", max)),
    }
}

/// The text of a file that was named on the command line, without white space at its ends. What is no
/// UTF-8 becomes text that no format accepts.
pub(crate) fn read_text(path: &Path) -> Result<String, Failure> {
    Ok(String::from_utf8_lossy(&read(path)?).trim().to_owned())
}

/// Makes a file that was not there, for its owner only.
pub(crate) fn create(path: &Path) -> Result<File, Failure> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true).mode(0o600);
    options.open(path).map_err(|error| cannot(path, &error))
}

/// Writes a file that was not there.
pub(crate) fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let mut file = create(path)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(|error| cannot(path, &error))
}

/// The same path from the root: what is a folder's parent must not depend on where one stands.
pub(crate) fn absolute(path: &Path) -> Result<PathBuf, Failure> {
    std::path::absolute(path).map_err(|error| cannot(path, &error))
}

/// Makes a folder and those above it.
pub(crate) fn make_folder(path: &Path) -> Result<(), Failure> {
    fs::create_dir_all(path).map_err(|error| cannot(path, &error))
}

/// Makes a folder and those above it, for its owner only.
pub(crate) fn make_private_folder(path: &Path) -> Result<(), Failure> {
    DirBuilder::new().recursive(true).mode(0o700).create(path).map_err(|error| cannot(path, &error))
}

/// A file that cannot be read, written or made: what was typed is wrong, or the machine is in the way.
pub(crate) fn cannot(path: &Path, error: &io::Error) -> Failure {
    use io::ErrorKind::{AlreadyExists, IsADirectory, NotADirectory, NotFound, PermissionDenied};
    let failure = match error.kind() {
        AlreadyExists => Failure::usage("usage-exists"),
        NotFound | NotADirectory | IsADirectory | PermissionDenied => Failure::usage("usage-file"),
        _ => Failure::machine("machine-file"),
    };
    failure.with("path", path.display()).with("error", error)
}

/// Most bytes of a file that is read whole: a file holding has its own bound in core.
const MAX_BYTES: u64 = 128 * 1024 * 1024;
