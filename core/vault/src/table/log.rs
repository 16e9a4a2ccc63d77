//! `log`: commitments to entries, and the entries sealed.
//!
//! ```text
//! leaf = HMAC-SHA-256(salt, entry)          always 32 bytes: it tells neither content nor length
//! body = seal(key, "chop/1/log/" ‖ seq, entry)
//! ```

use chop_crypto::{Digest, Random, SecretBytes, hmac_sha256_matches, make_secret, open, seal};
use chop_ledger::leaf_data;

use super::keyring::{self, EntryKeys};
use super::{tile, to_i64, to_u64};
use crate::{Read, Tx, VaultError};

/// Where an entry went, and what commits to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appended {
    /// Its number, from 0: the index of its leaf.
    pub seq: u64,
    /// The leaf's data.
    pub leaf: Digest,
}

/// Appends one entry under a fresh salt and key, and the tree's hashes that it completes. A
/// [`Read`] is the ledger's `HashReader`, so roots and proofs come straight from it.
///
/// # Errors
/// When there is no randomness, or the space cannot be written.
pub fn append(tx: &Tx<'_>, entry: &[u8], random: &dyn Random) -> Result<Appended, VaultError> {
    let seq = size(tx)?;
    let keys = EntryKeys { salt: make_secret(random)?, key: make_secret(random)? };
    // EXPOSE: the salt keys the commitment.
    let leaf = leaf_data(keys.salt.expose(), entry);
    let body = seal(random, &keys.key, &context(seq), entry)?;
    tx.insert("INSERT INTO log(seq, leaf, body) VALUES(?1, ?2, ?3)", (to_i64(seq)?, leaf, body))?;
    keyring::insert(tx, seq, &keys)?;
    tile::append(tx, seq, &leaf)?;
    Ok(Appended { seq, leaf })
}

/// The number of entries.
///
/// # Errors
/// When the space cannot be read.
pub fn size(read: &Read<'_>) -> Result<u64, VaultError> {
    let last: Option<i64> = read.find("SELECT max(seq) FROM log", [], |row| row.get(0))?.flatten();
    last.map_or(Ok(0), |last| Ok(to_u64(last)? + 1))
}

/// The leaf of entry `seq`.
///
/// # Errors
/// [`VaultError::Missing`] for a number that was never given out.
pub fn leaf(read: &Read<'_>, seq: u64) -> Result<Digest, VaultError> {
    read.find("SELECT leaf FROM log WHERE seq = ?1", [to_i64(seq)?], |row| row.get(0))?
        .ok_or(VaultError::Missing)
}

/// The entry itself, checked against its leaf; nothing if it was erased.
///
/// # Errors
/// [`VaultError::Missing`], or [`VaultError::BadRow`] when leaf, key and body do not belong together.
pub fn entry(read: &Read<'_>, seq: u64) -> Result<Option<SecretBytes>, VaultError> {
    let (leaf, body): (Digest, Option<Vec<u8>>) = read
        .find("SELECT leaf, body FROM log WHERE seq = ?1", [to_i64(seq)?], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?
        .ok_or(VaultError::Missing)?;
    match (keyring::find(read, seq)?, body) {
        (None, None) => Ok(None),
        (Some(keys), Some(body)) => {
            let entry = open(&keys.key, &context(seq), &body)?;
            // EXPOSE: the commitment is recomputed from salt and entry.
            match hmac_sha256_matches(keys.salt.expose(), &[entry.expose()], &leaf) {
                true => Ok(Some(entry)),
                false => Err(VaultError::BadRow),
            }
        }
        _ => Err(VaultError::BadRow),
    }
}

/// The salt of an entry, for a proof that shows the entry; nothing if it was erased.
///
/// # Errors
/// When the space cannot be read.
pub fn salt(read: &Read<'_>, seq: u64) -> Result<Option<[u8; 32]>, VaultError> {
    // EXPOSE: whoever shows an entry shows its salt with it, else nobody could check the leaf.
    Ok(keyring::find(read, seq)?.map(|keys| *keys.salt.expose()))
}

/// Destroys the entry's salt, key and body. The leaf stays, and with it every proof.
///
/// # Errors
/// [`VaultError::Missing`] for a number that was never given out, [`VaultError::Erased`] the second time.
pub fn erase(tx: &Tx<'_>, seq: u64) -> Result<(), VaultError> {
    leaf(tx, seq)?;
    if !keyring::destroy(tx, seq)? {
        return Err(VaultError::Erased);
    }
    tx.run("UPDATE log SET body = NULL WHERE seq = ?1", [to_i64(seq)?])?;
    tx.purge_after();
    Ok(())
}

/// The number of every entry that is there, in order. A log that nobody changed has 0, 1, 2, …
///
/// # Errors
/// When the space cannot be read.
pub fn numbers(read: &Read<'_>) -> Result<Vec<i64>, VaultError> {
    read.list("SELECT seq FROM log ORDER BY seq", [], |row| row.get(0))
}

/// Numbers of keys that no entry has.
///
/// # Errors
/// When the space cannot be read.
pub fn stray_keys(read: &Read<'_>) -> Result<Vec<i64>, VaultError> {
    keyring::without_entry(read)
}

/// Whether the tree has just as many stored hashes as leaves ask for; what they are, the ledger's
/// `fsck` says.
///
/// # Errors
/// When the space cannot be read.
pub fn hashes_are_complete(read: &Read<'_>) -> Result<bool, VaultError> {
    tile::are_as_many_as(read, size(read)?)
}

/// Makes the stored hashes again from the leaves.
///
/// # Errors
/// When the space cannot be written.
pub fn rebuild_hashes(tx: &Tx<'_>) -> Result<(), VaultError> {
    tile::rebuild(tx)
}

fn context(seq: u64) -> Vec<u8> {
    [b"chop/1/log/".as_slice(), &seq.to_be_bytes()].concat()
}
