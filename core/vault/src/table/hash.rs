//! `hash`: the stored hashes of the log's tree, at the places `chop-ledger` names. Derived: every one
//! follows from the leaves.

use chop_crypto::Digest;
use chop_ledger::{HashReader, LedgerError, hashes_for_append, leaf_hash};

use super::to_i64;
use crate::{Read, Tx, VaultError};

/// Writes the hashes that leaf number `seq` completes.
pub(crate) fn append(tx: &Tx<'_>, seq: u64, leaf: &Digest) -> Result<(), VaultError> {
    let read: &Read<'_> = tx;
    for (place, hash) in hashes_for_append(seq, leaf_hash(leaf), read)? {
        tx.insert("INSERT INTO hash(id, hash) VALUES(?1, ?2)", (to_i64(place)?, hash))?;
    }
    Ok(())
}

impl HashReader for Read<'_> {
    type Error = VaultError;

    fn read(&self, places: &[u64]) -> Result<Vec<Digest>, VaultError> {
        let one = |place: &u64| {
            self.find("SELECT hash FROM hash WHERE id = ?1", [to_i64(*place)?], |row| row.get(0))?
                .ok_or(VaultError::BadRow)
        };
        places.iter().map(one).collect()
    }
}

impl From<LedgerError> for VaultError {
    fn from(error: LedgerError) -> Self {
        match error {
            LedgerError::TooLarge => Self::TooLarge,
            _ => Self::BadRow,
        }
    }
}
