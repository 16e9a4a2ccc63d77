//! Files that are whole or not there: written beside, synced, renamed, folder synced.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use crate::VaultError;

/// Replaces `path` by a file of `bytes` that only its owner reads; durable when it returns.
pub(crate) fn write_durably(path: &Path, bytes: &[u8]) -> Result<(), VaultError> {
    let beside = beside(path);
    let mut file = private_options().write(true).create(true).truncate(true).open(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&beside, path)?;
    sync_folder(path)
}

/// Makes the entry of `path` in its folder durable.
pub(crate) fn sync_folder(path: &Path) -> Result<(), VaultError> {
    // Windows has no handle to sync for a folder; NTFS journals the rename itself.
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// The bytes of a file of at most `max` bytes; nothing if there is no such file.
pub(crate) fn read_bounded(path: &Path, max: u64) -> Result<Option<Vec<u8>>, VaultError> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let mut bytes = Vec::new();
    file.take(max.saturating_add(1)).read_to_end(&mut bytes)?;
    // A longer file is none of ours; cut here it will not parse, and that is the answer.
    bytes.truncate(usize::try_from(max).unwrap_or(usize::MAX));
    Ok(Some(bytes))
}

/// Makes `folder` and its parents, the last for its owner only. A folder that is there must be empty.
pub(crate) fn make_empty_folder(folder: &Path) -> Result<(), VaultError> {
    match fs::read_dir(folder) {
        Ok(mut entries) => match entries.next() {
            Some(_) => Err(VaultError::FolderNotEmpty),
            None => Ok(()),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => make_private_folder(folder),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => Err(VaultError::FolderNotEmpty),
        Err(error) => Err(error.into()),
    }
}

/// Makes `folder` and its parents if missing, the last for its owner only.
pub(crate) fn make_private_folder(folder: &Path) -> Result<(), VaultError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    sync_folder(folder)
}

/// Options for files that only their owner reads.
pub(crate) fn private_options() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    PathBuf::from(name)
}
