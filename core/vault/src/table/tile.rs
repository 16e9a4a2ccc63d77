//! `tile`: the stored hashes of the log's tree, five levels of it to a row. Derived: every one
//! follows from the leaves.
//!
//! ```text
//! tile (L, t)   the nodes of levels 5L … 5L+4 over the leaves t·2^(5L+5) … , at most 62 of 32 bytes,
//!               in the order in which they were completed: a tile only ever grows at its end
//! id            t − L·2⁴⁰   so that the lowest level, which grows most, grows at the table's end
//! ```
//!
//! A proof in a tree of 2²⁰ leaves then reads four rows, of which three are always warm, instead of
//! twenty rows that lie far apart.

use chop_crypto::Digest;
use chop_ledger::{
    HashReader, LedgerError, hashes_for_append, leaf_hash, stored_hash_count, stored_hash_index,
};

use super::log;
use crate::{Read, Tx, VaultError};

/// Writes the hashes that leaf number `seq` completes.
pub(crate) fn append(tx: &Tx<'_>, seq: u64, leaf: &Digest) -> Result<(), VaultError> {
    let read: &Read<'_> = tx;
    let mut added = hashes_for_append(seq, leaf_hash(leaf), read)?.into_iter().peekable();
    while let Some((place, hash)) = added.next() {
        let (id, local) = position(place)?;
        let mut hashes = if local == 0 { Vec::new() } else { find(tx, id)?.ok_or(VaultError::BadRow)? };
        if hashes.len() != local * HASH {
            return Err(VaultError::BadRow);
        }
        hashes.extend_from_slice(&hash);
        while let Some((_, hash)) = added.next_if(|(place, _)| position(*place).is_ok_and(|p| p.0 == id)) {
            hashes.extend_from_slice(&hash);
        }
        tx.run("INSERT OR REPLACE INTO tile(id, hashes) VALUES(?1, ?2)", (id, hashes))?;
    }
    Ok(())
}

/// Makes all tiles again from the leaves.
pub(crate) fn rebuild(tx: &Tx<'_>) -> Result<(), VaultError> {
    tx.run("DELETE FROM tile", [])?;
    for seq in 0..log::size(tx)? {
        append(tx, seq, &log::leaf(tx, seq)?)?;
    }
    Ok(())
}

/// Whether there are just as many hashes as a tree of this size has; what they are, the ledger's
/// `fsck` says.
pub(crate) fn are_as_many_as(read: &Read<'_>, size: u64) -> Result<bool, VaultError> {
    let (bytes, empty): (Option<i64>, i64) = read
        .find(
            "SELECT sum(length(hashes)), count(*) FILTER (WHERE length(hashes) = 0) FROM tile",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?
        .unwrap_or_default();
    let expected = stored_hash_count(size).checked_mul(HASH as u64).ok_or(VaultError::TooLarge)?;
    Ok(empty == 0 && super::to_u64(bytes.unwrap_or(0))? == expected)
}

impl HashReader for Read<'_> {
    type Error = VaultError;

    fn read(&self, places: &[u64]) -> Result<Vec<Digest>, VaultError> {
        let mut tiles: Vec<(i64, Vec<u8>)> = Vec::with_capacity(4);
        let mut out = Vec::with_capacity(places.len());
        for place in places {
            let (id, local) = position(*place)?;
            if tiles.iter().all(|(known, _)| *known != id) {
                tiles.push((id, find(self, id)?.ok_or(VaultError::BadRow)?));
            }
            let tile = tiles.iter().find(|(known, _)| *known == id).map(|(_, hashes)| hashes.as_slice());
            let hash = tile.and_then(|hashes| hashes.as_chunks::<HASH>().0.get(local));
            out.push(*hash.ok_or(VaultError::BadRow)?);
        }
        Ok(out)
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

fn find(read: &Read<'_>, id: i64) -> Result<Option<Vec<u8>>, VaultError> {
    read.find("SELECT hashes FROM tile WHERE id = ?1", [id], |row| row.get(0))
}

/// The tile in which the hash at `place` lies, and which one of the tile's it is.
fn position(place: u64) -> Result<(i64, usize), VaultError> {
    let (level, n) = node_at(place);
    let (tile_level, level) = (level / HEIGHT, level % HEIGHT);
    let above = HEIGHT - level;
    let local = stored_hash_index(level, n & ((1 << above) - 1));
    let id = super::to_i64(n >> above)?
        .checked_sub(i64::from(tile_level) << 40)
        .filter(|id| *id >= -(i64::from(tile_level) << 40))
        .ok_or(VaultError::TooLarge)?;
    Ok((id, usize::try_from(local).map_err(|_| VaultError::TooLarge)?))
}

/// The level and number of the subtree whose hash is stored at `place`; undoes `stored_hash_index`.
fn node_at(place: u64) -> (u32, u64) {
    // Leaf n is stored at 2n − popcount(n), so the leaf after which `place` was written is at least
    // place/2 and at most some 32 further.
    let mut n = place / 2;
    let mut at = stored_hash_index(0, n);
    loop {
        let next = at + 1 + u64::from((n + 1).trailing_zeros());
        if next > place {
            break;
        }
        n += 1;
        at = next;
    }
    let level = u32::try_from(place - at).unwrap_or(0);
    (level, n >> level)
}

const HEIGHT: u32 = 5;
const HASH: usize = 32;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_undone() {
        for level in 0..12 {
            for n in [0, 1, 2, 3, 17, 1000, 123_456] {
                assert_eq!(node_at(stored_hash_index(level, n)), (level, n));
            }
        }
    }

    #[test]
    fn every_tile_fills_from_its_start() {
        let mut lengths = std::collections::BTreeMap::new();
        for place in 0..stored_hash_count(5000) {
            let (id, local) = position(place).unwrap();
            let length = lengths.entry(id).or_insert(0);
            assert_eq!(local, *length, "place {place}");
            *length += 1;
        }
        assert!(lengths.values().all(|length| *length <= 62));
    }
}
