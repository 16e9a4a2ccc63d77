//! `pack`: every rule pack and catalogue that was accepted, as it was signed. None is ever taken out: old
//! grants are judged again under the pack of their day.

use chop_model::UnixTime;
use rusqlite::Row as SqlRow;

use super::{to_i64, to_u64};
use crate::fact::RowDigest;
use crate::{Fact, Read, Tx, VaultError};

/// The table's statement.
pub(crate) const SCHEMA: &str = "
CREATE TABLE pack(
    kind        TEXT NOT NULL,
    id          TEXT NOT NULL,
    seq         INTEGER NOT NULL,
    fingerprint TEXT NOT NULL,
    text        TEXT NOT NULL,
    added_at    INTEGER NOT NULL,
    PRIMARY KEY(kind, id, seq)
) STRICT;
";

/// One accepted pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// `rules` or `catalog`.
    pub kind: String,
    /// The pack's id.
    pub id: String,
    /// Its number.
    pub seq: u64,
    /// The publisher's pinned key fingerprint.
    pub fingerprint: String,
    /// The signed text.
    pub text: String,
    /// When it was accepted.
    pub added_at: UnixTime,
}

/// Keeps a pack.
///
/// # Errors
/// [`VaultError::Exists`] when a pack of that kind, id and number is kept.
pub fn insert(tx: &Tx<'_>, pack: &Row) -> Result<(), VaultError> {
    let Row { kind, id, seq, fingerprint, text, added_at } = pack;
    tx.insert(
        "INSERT INTO pack(kind, id, seq, fingerprint, text, added_at) VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
        (kind, id, to_i64(*seq)?, fingerprint, text, added_at.0),
    )?;
    Ok(())
}

/// Every pack, in the order in which they were accepted.
///
/// # Errors
/// When the space cannot be read.
pub fn all(read: &Read<'_>) -> Result<Vec<Row>, VaultError> {
    let mut out = Vec::new();
    read.each(
        "SELECT kind, id, seq, fingerprint, text, added_at FROM pack ORDER BY added_at, rowid",
        [],
        |row| {
            out.push(map(row)?);
            Ok::<_, VaultError>(())
        },
    )?;
    Ok(out)
}

impl Row {
    /// What the log commits to.
    pub fn fact(&self) -> Fact {
        let Self { kind, id, seq, fingerprint, text, added_at } = self;
        RowDigest::of("pack")
            .text(kind)
            .text(id)
            .int(i64::try_from(*seq).unwrap_or(i64::MAX))
            .text(fingerprint)
            .text(text)
            .int(added_at.0)
            .finish([kind.as_bytes(), &[0], id.as_bytes(), &[0], &seq.to_be_bytes()].concat())
    }
}

fn map(row: &SqlRow<'_>) -> Result<Row, VaultError> {
    Ok(Row {
        kind: row.get(0)?,
        id: row.get(1)?,
        seq: to_u64(row.get(2)?)?,
        fingerprint: row.get(3)?,
        text: row.get(4)?,
        added_at: UnixTime(row.get(5)?),
    })
}
