//! `checkpoint`: signed heads of the log. They verify by signature and root, so they are no facts.

use super::to_i64;
use crate::{Read, Tx, VaultError};

/// Keeps the signed note over the tree of `size` leaves; a later one for the same size replaces it.
///
/// # Errors
/// When the space cannot be written.
pub fn set(tx: &Tx<'_>, size: u64, note: &str) -> Result<(), VaultError> {
    tx.run("INSERT OR REPLACE INTO checkpoint(size, note) VALUES(?1, ?2)", (to_i64(size)?, note))?;
    Ok(())
}

/// The note over the tree of exactly `size` leaves.
///
/// # Errors
/// When the space cannot be read.
pub fn find(read: &Read<'_>, size: u64) -> Result<Option<String>, VaultError> {
    read.find("SELECT note FROM checkpoint WHERE size = ?1", [to_i64(size)?], |row| row.get(0))
}

/// The newest note and its size.
///
/// # Errors
/// When the space cannot be read.
pub fn last(read: &Read<'_>) -> Result<Option<(u64, String)>, VaultError> {
    let row: Option<(i64, String)> =
        read.find("SELECT size, note FROM checkpoint ORDER BY size DESC LIMIT 1", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    row.map(|(size, note)| Ok((super::to_u64(size)?, note))).transpose()
}

/// Every note, by size.
///
/// # Errors
/// The first that reading or `each` gives.
pub fn each(
    read: &Read<'_>,
    each: &mut dyn FnMut(u64, &str) -> Result<(), VaultError>,
) -> Result<(), VaultError> {
    read.each("SELECT size, note FROM checkpoint ORDER BY size", [], |row| {
        let note: String = row.get(1)?;
        each(super::to_u64(row.get(0)?)?, &note)
    })
}
