//! Files that the person picked: written whole or not at all, read up to a bound.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::Path;

use chop_core::Result;
use chop_core::plumbing::vault::VaultError;

/// Writes `bytes` where the person said. The dialog asked before it named a file that is there; until
/// the last byte is on the disk, that one stays as it was.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let beside = Path::new(&beside);
    let written = (|| {
        let mut file = File::create(beside)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(beside, path)
    })();
    written.map_err(|error| {
        let _ = fs::remove_file(beside);
        VaultError::from(error).into()
    })
}

/// Reads a file of at most `most` bytes; of a longer one, one byte more, so that its reader refuses it.
pub(crate) fn read_at_most(path: &Path, most: u64) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(VaultError::from)?;
    file.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(VaultError::from)?;
    Ok(bytes)
}

/// The name of a file, for the screen.
pub(crate) fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_written_whole_or_not_at_all() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("proof.chop-proof");
        write(&file, b"before").expect("written");
        write(&file, b"after").expect("written again");
        assert_eq!(read_at_most(&file, 3).expect("read"), b"afte");
        assert_eq!(name_of(&file), "proof.chop-proof");
        assert!(write(&folder.path().join("missing/proof"), b"x").is_err());
        assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 1);
    }
}
