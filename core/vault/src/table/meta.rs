//! `meta`: single values by name.

use crate::fact::RowDigest;
use crate::{Fact, Read, Tx, VaultError};

/// One named value.
#[derive(Clone, PartialEq, Eq)]
pub struct Row {
    /// The name, `area.what`.
    pub name: String,
    /// The value; its form is the name's business.
    pub value: Vec<u8>,
}

/// The value of `name`.
///
/// # Errors
/// When the space cannot be read.
pub fn find(read: &Read<'_>, name: &str) -> Result<Option<Vec<u8>>, VaultError> {
    read.find("SELECT value FROM meta WHERE name = ?1", [name], |row| row.get(0))
}

/// Every name with its value.
///
/// # Errors
/// When the space cannot be read.
pub fn all(read: &Read<'_>) -> Result<Vec<(String, Vec<u8>)>, VaultError> {
    read.list("SELECT name, value FROM meta ORDER BY name", [], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Sets `name`, whatever it was.
///
/// # Errors
/// When the space cannot be written.
pub fn set(tx: &Tx<'_>, name: &str, value: &[u8]) -> Result<Fact, VaultError> {
    tx.run("INSERT OR REPLACE INTO meta(name, value) VALUES(?1, ?2)", (name, value))?;
    Ok(Row { name: name.to_owned(), value: value.to_vec() }.fact())
}

/// Removes `name`; whether it was there.
///
/// # Errors
/// When the space cannot be written.
pub fn remove(tx: &Tx<'_>, name: &str) -> Result<bool, VaultError> {
    Ok(tx.run("DELETE FROM meta WHERE name = ?1", [name])? == 1)
}

impl Row {
    /// What the log commits to.
    pub fn fact(&self) -> Fact {
        let Self { name, value } = self;
        RowDigest::of("meta").text(name).blob(value).finish(name.as_bytes().to_vec())
    }
}

impl std::fmt::Debug for Row {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "meta::Row({})", self.name)
    }
}
