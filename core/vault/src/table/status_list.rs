//! `status_list`: of each address the newest status list that was taken, as it was signed.

use chop_crypto::{Digest, sha256};
use chop_model::UnixTime;
use rusqlite::Row as SqlRow;

use crate::fact::RowDigest;
use crate::{Fact, Read, Tx, VaultError};

/// The statements that make the table.
pub(crate) const SCHEMA: &str = "
CREATE TABLE status_list(
    id         BLOB PRIMARY KEY CHECK(length(id) = 32),
    uri        TEXT NOT NULL,
    iat        INTEGER NOT NULL,
    text       TEXT NOT NULL,
    fetched_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
";

/// One list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its address.
    pub uri: String,
    /// When it was signed; never goes back.
    pub iat: UnixTime,
    /// The signed text.
    pub text: String,
    /// When it was last fetched.
    pub fetched_at: UnixTime,
}

/// Keeps a list in place of the one of the same address.
///
/// # Errors
/// [`VaultError::WrongState`] for a list that is older than the one kept; what SQLite says.
pub fn keep(tx: &Tx<'_>, list: &Row) -> Result<(), VaultError> {
    let Row { uri, iat, text, fetched_at } = list;
    let changed = tx.run(
        "INSERT INTO status_list(id, uri, iat, text, fetched_at) VALUES(?1, ?2, ?3, ?4, ?5)
         ON CONFLICT(id) DO UPDATE SET iat = ?3, text = ?4, fetched_at = ?5 WHERE iat <= ?3",
        (id_of(uri), uri, iat.0, text, fetched_at.0),
    )?;
    if changed == 1 { Ok(()) } else { Err(VaultError::WrongState) }
}

/// The list of an address.
///
/// # Errors
/// When the space cannot be read.
pub fn find(read: &Read<'_>, uri: &str) -> Result<Option<Row>, VaultError> {
    read.find("SELECT uri, iat, text, fetched_at FROM status_list WHERE id = ?1", [id_of(uri)], map)
}

/// Every list.
///
/// # Errors
/// The first that reading or `each` gives.
pub fn each(read: &Read<'_>, each: &mut dyn FnMut(Row) -> Result<(), VaultError>) -> Result<(), VaultError> {
    read.each("SELECT uri, iat, text, fetched_at FROM status_list ORDER BY id", [], |row| each(map(row)?))
}

impl Row {
    /// What the log commits to.
    pub fn fact(&self) -> Fact {
        let Self { uri, iat, text, fetched_at } = self;
        let id = id_of(uri);
        RowDigest::of("status_list")
            .blob(&id)
            .text(uri)
            .int(iat.0)
            .text(text)
            .int(fetched_at.0)
            .finish(id.to_vec())
    }
}

/// An address may be longer than the key of a row in the log; its digest is not.
fn id_of(uri: &str) -> Digest {
    sha256(uri.as_bytes())
}

fn map(row: &SqlRow<'_>) -> Result<Row, rusqlite::Error> {
    Ok(Row {
        uri: row.get(0)?,
        iat: UnixTime(row.get(1)?),
        text: row.get(2)?,
        fetched_at: UnixTime(row.get(3)?),
    })
}
