//! `chunk`: a file in sealed parts of 1 MiB, so that neither way in nor way out holds it whole. The
//! file seal is taken, and checked, as the bytes pass.

use std::io;

use chop_crypto::{Digest, Random, Secret, open, seal};
use chop_formats::file_seal::FileSealer;
use chop_model::ItemId;
use zeroize::Zeroizing;

use super::version::{NewVersion, Row};
use crate::{Read, Tx, VaultError};

/// Reads `file` to its end into parts; its seal.
pub(crate) fn insert_all(
    tx: &Tx<'_>,
    new: &NewVersion<'_>,
    size: u64,
    file: &mut dyn io::Read,
    key: &Secret<32>,
    salt: &[u8; 32],
    random: &dyn Random,
) -> Result<Digest, VaultError> {
    let mut sealer = FileSealer::new(salt, size, new.mime)?;
    let mut left = size;
    let mut buffer = Zeroizing::new(vec![0; PART_BYTES]);
    for part in 0u32.. {
        let want = usize::try_from(left).unwrap_or(PART_BYTES).min(PART_BYTES);
        if want == 0 {
            break;
        }
        let bytes = buffer.get_mut(..want).ok_or(VaultError::Internal)?;
        file.read_exact(bytes).map_err(ended_early)?;
        sealer.update(bytes)?;
        let sealed = seal(random, key, &context(&new.item, new.no, part), bytes)?;
        tx.insert(
            "INSERT INTO chunk(item, no, part, bytes) VALUES(?1, ?2, ?3, ?4)",
            (new.item.0, new.no, part, sealed),
        )?;
        left = left.saturating_sub(u64::try_from(want).unwrap_or(left));
    }
    match file.read(&mut [0])? {
        0 => Ok(sealer.finish()?),
        _ => Err(VaultError::SizeDiffers),
    }
}

/// Writes all parts of a file; the seal of what was written.
pub(crate) fn copy_all(
    read: &Read<'_>,
    row: &Row,
    key: &Secret<32>,
    salt: &[u8; 32],
    to: &mut dyn io::Write,
) -> Result<Digest, VaultError> {
    let mut sealer = FileSealer::new(salt, row.size, &row.mime)?;
    let mut expected = 0u32;
    read.each(
        "SELECT part, bytes FROM chunk WHERE item = ?1 AND no = ?2 ORDER BY part",
        (row.item.0, row.no),
        |part| {
            let (no, sealed): (u32, Vec<u8>) = (part.get(0)?, part.get(1)?);
            if no != expected {
                return Err(VaultError::BadRow);
            }
            expected = expected.saturating_add(1);
            let bytes = open(key, &context(&row.item, row.no, no), &sealed)?;
            // EXPOSE: the file goes to where its holder wants it.
            sealer.update(bytes.expose()).map_err(|_| VaultError::BadRow)?;
            Ok(to.write_all(bytes.expose())?)
        },
    )?;
    sealer.finish().map_err(|_| VaultError::BadRow)
}

/// Parts that belong to no file that is held: item, version and part of each, the item as it stands.
pub(crate) fn without_file(read: &Read<'_>) -> Result<Vec<(Vec<u8>, i64, i64)>, VaultError> {
    read.list(
        "SELECT item, no, part FROM chunk WHERE NOT EXISTS (SELECT 1 FROM version
            WHERE version.item = chunk.item AND version.no = chunk.no AND version.file_seal IS NOT NULL)
         ORDER BY item, no, part",
        [],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )
}

/// Deletes every part of every version of `item`.
pub(crate) fn erase_all(tx: &Tx<'_>, item: &ItemId) -> Result<(), VaultError> {
    tx.run("DELETE FROM chunk WHERE item = ?1", [item.0])?;
    Ok(())
}

fn ended_early(error: io::Error) -> VaultError {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => VaultError::SizeDiffers,
        _ => error.into(),
    }
}

fn context(item: &ItemId, no: u32, part: u32) -> Vec<u8> {
    [b"chop/1/chunk/".as_slice(), &item.0, &no.to_be_bytes(), &part.to_be_bytes()].concat()
}

const PART_BYTES: usize = 1024 * 1024;
