//! `trust`: every trust list that was accepted, as it was signed.

use chop_model::UnixTime;
use rusqlite::Row as SqlRow;

use super::{to_i64, to_u64};
use crate::fact::RowDigest;
use crate::{Fact, Read, Tx, VaultError};

/// One accepted list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The publisher's pinned key fingerprint.
    pub fingerprint: String,
    /// The list's sequence number.
    pub seq: u64,
    /// The signed text.
    pub text: String,
    /// When it was accepted.
    pub added_at: UnixTime,
}

/// Keeps a list.
///
/// # Errors
/// [`VaultError::Exists`] when that publisher's list of that number is kept.
pub fn insert(tx: &Tx<'_>, list: &Row) -> Result<(), VaultError> {
    let Row { fingerprint, seq, text, added_at } = list;
    tx.insert(
        "INSERT INTO trust(fingerprint, seq, text, added_at) VALUES(?1, ?2, ?3, ?4)",
        (fingerprint, to_i64(*seq)?, text, added_at.0),
    )?;
    Ok(())
}

/// The newest list of each publisher, by fingerprint.
///
/// # Errors
/// When the space cannot be read.
pub fn newest(read: &Read<'_>) -> Result<Vec<Row>, VaultError> {
    let mut out: Vec<Row> = Vec::new();
    each(read, &mut |row| {
        match out.last_mut() {
            Some(last) if last.fingerprint == row.fingerprint => *last = row,
            _ => out.push(row),
        }
        Ok(())
    })?;
    Ok(out)
}

/// Every row, by fingerprint and number.
///
/// # Errors
/// The first that reading or `each` gives.
pub fn each(read: &Read<'_>, each: &mut dyn FnMut(Row) -> Result<(), VaultError>) -> Result<(), VaultError> {
    read.each("SELECT fingerprint, seq, text, added_at FROM trust ORDER BY fingerprint, seq", [], |row| {
        each(map(row)?)
    })
}

impl Row {
    /// What the log commits to.
    pub fn fact(&self) -> Fact {
        let Self { fingerprint, seq, text, added_at } = self;
        RowDigest::of("trust")
            .text(fingerprint)
            .int(i64::try_from(*seq).unwrap_or(i64::MAX))
            .text(text)
            .int(added_at.0)
            .finish([fingerprint.as_bytes(), &[0], &seq.to_be_bytes()].concat())
    }
}

fn map(row: &SqlRow<'_>) -> Result<Row, VaultError> {
    Ok(Row {
        fingerprint: row.get(0)?,
        seq: to_u64(row.get(1)?)?,
        text: row.get(2)?,
        added_at: UnixTime(row.get(3)?),
    })
}
