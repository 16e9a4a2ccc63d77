//! The ZIP of a dossier: every file stored as it is, at the beginning, and no byte that is in none.
//!
//! Nothing is unpacked by a codec, so nothing can swell; the bound on the file is the bound on its
//! content. Whatever a ZIP could hide (a prefix, a gap, comments, extra fields, a second directory) would
//! change its length, which is computed from names and sizes and compared.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::{DossierError, MAX_DOSSIER_BYTES, MAX_NAME, MAX_PARTS};

/// Writes the file.
pub(super) fn write(files: &[(&str, &[u8])]) -> Result<Vec<u8>, DossierError> {
    let length = length_of(files.iter().map(|(name, bytes)| (name.len(), bytes.len())));
    if length > MAX_DOSSIER_BYTES || files.len() > MAX_PARTS + 1 {
        return Err(DossierError::TooLarge);
    }
    let malformed = |_| DossierError::Malformed;
    let mut zip = ZipWriter::new(Cursor::new(Vec::with_capacity(length)));
    // A fixed time: the manifest says when, and the same parts give the same file.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(zip::DateTime::default())
        .unix_permissions(0o644);
    for (name, bytes) in files {
        zip.start_file(*name, options).map_err(malformed)?;
        zip.write_all(bytes).map_err(|_| DossierError::Malformed)?;
    }
    let bytes = zip.finish().map_err(malformed)?.into_inner();
    if bytes.len() == length { Ok(bytes) } else { Err(DossierError::Malformed) }
}

/// Reads the file: names and bytes, in its order.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, DossierError> {
    if bytes.len() > MAX_DOSSIER_BYTES {
        return Err(DossierError::TooLarge);
    }
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| DossierError::Malformed)?;
    if zip.len() > MAX_PARTS + 1 {
        return Err(DossierError::TooLarge);
    }
    let mut files = Vec::with_capacity(zip.len());
    for index in 0..zip.len() {
        let file = zip.by_index(index).map_err(|_| DossierError::Malformed)?;
        let name = file.name().map_err(|_| DossierError::Malformed)?.into_owned();
        let is_plain = file.compression() == CompressionMethod::Stored && !file.encrypted();
        let size = usize::try_from(file.size()).map_err(|_| DossierError::TooLarge)?;
        if !is_plain || size > bytes.len() || name.len() > MAX_NAME {
            return Err(DossierError::Malformed);
        }
        let mut content = Vec::with_capacity(size);
        file.take(u64::try_from(bytes.len()).unwrap_or(u64::MAX))
            .read_to_end(&mut content)
            .map_err(|_| DossierError::Malformed)?;
        files.push((name, content));
    }
    let length = length_of(files.iter().map(|(name, content)| (name.len(), content.len())));
    if length == bytes.len() { Ok(files) } else { Err(DossierError::Malformed) }
}

/// APPNOTE.TXT 6.3: local header 30, central header 46, end of the directory 22; each header has the name.
fn length_of(files: impl Iterator<Item = (usize, usize)>) -> usize {
    files.map(|(name, content)| 30 + 46 + 2 * name + content).sum::<usize>() + 22
}
