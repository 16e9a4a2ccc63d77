//! `keyring`: the salt and the key of each log entry. Destroying a row erases the entry.

use chop_crypto::Secret;

use super::to_i64;
use crate::{Read, Tx, VaultError};

/// What an entry's commitment and body hang on.
pub(crate) struct EntryKeys {
    pub(crate) salt: Secret<32>,
    pub(crate) key: Secret<32>,
}

pub(crate) fn insert(tx: &Tx<'_>, seq: u64, keys: &EntryKeys) -> Result<(), VaultError> {
    // EXPOSE: stored in the sealed database, which is where they live.
    let (salt, key) = (keys.salt.expose(), keys.key.expose());
    tx.insert("INSERT INTO keyring(seq, salt, key) VALUES(?1, ?2, ?3)", (to_i64(seq)?, salt, key))?;
    Ok(())
}

pub(crate) fn find(read: &Read<'_>, seq: u64) -> Result<Option<EntryKeys>, VaultError> {
    read.find("SELECT salt, key FROM keyring WHERE seq = ?1", [to_i64(seq)?], |row| {
        Ok(EntryKeys { salt: Secret::new(row.get(0)?), key: Secret::new(row.get(1)?) })
    })
}

pub(crate) fn destroy(tx: &Tx<'_>, seq: u64) -> Result<bool, VaultError> {
    Ok(tx.run("DELETE FROM keyring WHERE seq = ?1", [to_i64(seq)?])? == 1)
}

/// Rows that belong to no entry.
pub(crate) fn without_entry(read: &Read<'_>) -> Result<Vec<i64>, VaultError> {
    read.list("SELECT seq FROM keyring WHERE seq NOT IN (SELECT seq FROM log) ORDER BY seq", [], |row| {
        row.get(0)
    })
}
