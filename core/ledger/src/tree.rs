//! Where the hash of each complete subtree is stored, and how roots and appends come from there.
//!
//! The order is that of Go's `golang.org/x/mod/sumdb/tlog`: a hash is written as soon as it is
//! known. Appending leaf `n` writes its own hash and then those of the subtrees that it completes:
//!
//! ```text
//! level 2                      6                             stored: 0 1 | 2 …
//! level 1          2                   5          9          leaf 0 writes 0; leaf 1 writes 1, 2;
//! level 0      0       1       3       4       7      8      leaf 2 writes 3; leaf 3 writes 4, 5, 6
//! ```

use chop_crypto::Digest;

use crate::{LedgerError, empty_root, node_hash};

/// The largest tree: 2⁶² leaves.
///
/// No arithmetic here can overflow below it: the highest place of a tree of `n` leaves is
/// `2n − popcount(n) − 1 < 2⁶³`, a range `lo..hi` has `hi ≤ n`, and a level is at most 62.
pub const MAX_TREE_SIZE: u64 = 1 << 62;

/// The stored hashes of a log.
pub trait HashReader {
    /// How reading fails.
    type Error: From<LedgerError>;

    /// The hashes at these places, in the order asked. A place is a [`stored_hash_index`].
    ///
    /// # Errors
    /// When one of them is missing or cannot be read; never fewer hashes than asked.
    fn read(&self, places: &[u64]) -> Result<Vec<Digest>, Self::Error>;
}

/// Hashes in memory, each at its place.
impl HashReader for [Digest] {
    type Error = LedgerError;

    fn read(&self, places: &[u64]) -> Result<Vec<Digest>, LedgerError> {
        let at = |place: &u64| usize::try_from(*place).ok().and_then(|place| self.get(place).copied());
        places.iter().map(|place| at(place).ok_or(LedgerError::MissingHash)).collect()
    }
}

/// The root of the first `size` leaves (`MTH` of RFC 6962 section 2.1).
///
/// # Errors
/// [`LedgerError::TooLarge`], or what the reader says.
pub fn root<R: HashReader + ?Sized>(size: u64, reader: &R) -> Result<Digest, R::Error> {
    check_size(size)?;
    let mut roots = roots_of_ranges(std::slice::from_ref(&(0..size)), reader)?;
    Ok(roots.pop().unwrap_or_else(empty_root))
}

/// The hashes that appending `leaf_hash` to a tree of `size` leaves adds, each with its place.
///
/// # Errors
/// [`LedgerError::TooLarge`] when the tree is full, or what the reader says.
pub fn hashes_for_append<R: HashReader + ?Sized>(
    size: u64,
    leaf_hash: Digest,
    reader: &R,
) -> Result<Vec<(u64, Digest)>, R::Error> {
    check_size(size.saturating_add(1))?;
    // Each trailing 1 of `size` is a complete subtree that the new leaf makes the left half of.
    let levels = size.trailing_ones();
    let lefts: Vec<u64> = (0..levels).map(|level| stored_hash_index(level, (size >> level) - 1)).collect();
    let mut added = vec![(stored_hash_index(0, size), leaf_hash)];
    let mut hash = leaf_hash;
    for (level, left) in (1..).zip(reader.read(&lefts)?) {
        hash = node_hash(&left, &hash);
        added.push((stored_hash_index(level, size >> level), hash));
    }
    Ok(added)
}

/// The place of the `n`th complete subtree of `2^level` leaves. For a subtree inside a tree of at
/// most [`MAX_TREE_SIZE`] leaves; beyond, the number means nothing.
pub fn stored_hash_index(level: u32, n: u64) -> u64 {
    // The subtree's hash is written `level` places after its last leaf.
    let after = n.wrapping_add(1).wrapping_shl(level);
    stored_hash_count(after.wrapping_sub(1)).wrapping_add(u64::from(level))
}

/// How many hashes a tree of `size` leaves has stored: `2·size − popcount(size)`.
///
/// A perfect tree of `s` leaves has `2s − 1` nodes, and a tree of `size` leaves stores one perfect
/// tree for each 1 in `size`.
pub fn stored_hash_count(size: u64) -> u64 {
    size.wrapping_mul(2).wrapping_sub(u64::from(size.count_ones()))
}

/// The roots of ranges of leaves, read in one go. Each range begins where a subtree of the largest
/// power of two below its length may begin, which those of RFC 6962's proofs do. Empty ranges have none.
pub(crate) fn roots_of_ranges<R: HashReader + ?Sized>(
    ranges: &[std::ops::Range<u64>],
    reader: &R,
) -> Result<Vec<Digest>, R::Error> {
    let subtrees: Vec<Vec<u64>> = ranges.iter().map(complete_subtrees).collect();
    let mut hashes = reader.read(&subtrees.concat())?.into_iter();
    let mut roots = Vec::with_capacity(ranges.len());
    for places in &subtrees {
        let own: Vec<Digest> = hashes.by_ref().take(places.len()).collect();
        if own.len() != places.len() {
            return Err(LedgerError::MissingHash.into());
        }
        // The right edge is the smallest subtree: it is joined first (RFC 6962 section 2.1, k < n).
        roots.extend(own.into_iter().rev().reduce(|right, left| node_hash(&left, &right)));
    }
    Ok(roots)
}

/// The places of the largest complete subtrees that make up a range, from the left.
fn complete_subtrees(range: &std::ops::Range<u64>) -> Vec<u64> {
    let mut places = Vec::new();
    let mut from = range.start;
    while from < range.end {
        let level = (range.end - from).ilog2();
        places.push(stored_hash_index(level, from >> level));
        from += 1 << level;
    }
    places
}

/// The largest power of two below `n`, for `n ≥ 2` (`k` of RFC 6962 section 2.1).
pub(crate) fn split_point(n: u64) -> u64 {
    1 << (n - 1).ilog2()
}

/// Refuses a size whose arithmetic could overflow.
pub(crate) fn check_size(size: u64) -> Result<(), LedgerError> {
    if size > MAX_TREE_SIZE { Err(LedgerError::TooLarge) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_the_picture() {
        let of = |level, n| stored_hash_index(level, n);
        assert_eq!(
            [of(0, 0), of(0, 1), of(1, 0), of(0, 2), of(0, 3), of(1, 1), of(2, 0)],
            [0, 1, 2, 3, 4, 5, 6]
        );
        assert_eq!([of(0, 4), of(0, 5), of(1, 2)], [7, 8, 9]);
        assert_eq!(stored_hash_count(6), 10);
    }

    #[test]
    fn every_place_is_used_once() {
        let mut places: Vec<u64> = Vec::new();
        for size in 0..300u64 {
            for level in 0..=size.trailing_ones() {
                places.push(stored_hash_index(level, size >> level));
            }
            assert_eq!(places.len() as u64, stored_hash_count(size + 1));
        }
        assert!(places.iter().enumerate().all(|(i, place)| i as u64 == *place));
    }

    #[test]
    fn the_largest_tree_has_places() {
        assert_eq!(stored_hash_index(62, 0), (1 << 63) - 2);
        assert_eq!(stored_hash_count(MAX_TREE_SIZE), (1 << 63) - 1);
        assert_eq!(root(MAX_TREE_SIZE + 1, [].as_slice()), Err(LedgerError::TooLarge));
        assert_eq!(root(u64::MAX, [].as_slice()), Err(LedgerError::TooLarge));
        assert_eq!(hashes_for_append(MAX_TREE_SIZE, [0; 32], [].as_slice()), Err(LedgerError::TooLarge));
        assert_eq!(root(3, [[0; 32]].as_slice()), Err(LedgerError::MissingHash));
    }
}
