//! Making proofs from stored hashes (RFC 6962 sections 2.1.1 and 2.1.2).
//!
//! Both walk from the root down to where the proven part lies, note the subtree on the other side
//! of each fork, and read all of them in one go. At most 62 steps for [`crate::MAX_TREE_SIZE`].

use std::ops::Range;

use chop_crypto::Digest;

use crate::LedgerError;
use crate::tree::{HashReader, check_size, roots_of_ranges, split_point};

/// The hashes that lead from leaf `index` to the root of `size` leaves, the leaf's sibling first.
///
/// # Errors
/// [`LedgerError::OutsideTree`] unless `index < size`, [`LedgerError::TooLarge`], or what the reader says.
pub fn inclusion_proof<R: HashReader + ?Sized>(
    index: u64,
    size: u64,
    reader: &R,
) -> Result<Vec<Digest>, R::Error> {
    check_size(size)?;
    if index >= size {
        return Err(LedgerError::OutsideTree.into());
    }
    let mut siblings = Vec::new();
    let mut range = 0..size;
    while range.end - range.start > 1 {
        descend(&mut range, index, &mut siblings);
    }
    siblings.reverse();
    roots_of_ranges(&siblings, reader)
}

/// The hashes that show that the first `old` of `new` leaves are the tree of size `old`. Empty for
/// `old == new`, and for the empty tree, which every tree continues.
///
/// # Errors
/// [`LedgerError::OutsideTree`] when `old > new`, [`LedgerError::TooLarge`], or what the reader says.
pub fn consistency_proof<R: HashReader + ?Sized>(
    old: u64,
    new: u64,
    reader: &R,
) -> Result<Vec<Digest>, R::Error> {
    check_size(new)?;
    if old > new {
        return Err(LedgerError::OutsideTree.into());
    }
    if old == 0 {
        return Ok(Vec::new());
    }
    let mut parts = Vec::new();
    let mut range = 0..new;
    while range.end != old {
        descend(&mut range, old - 1, &mut parts);
    }
    // A subtree that begins at 0 is the whole old tree: its root is known to whoever asks.
    if range.start != 0 {
        parts.push(range);
    }
    parts.reverse();
    roots_of_ranges(&parts, reader)
}

/// Narrows `range` (of two leaves or more) to the half that holds leaf `towards` and notes the other.
fn descend(range: &mut Range<u64>, towards: u64, others: &mut Vec<Range<u64>>) {
    let middle = range.start + split_point(range.end - range.start);
    if towards < middle {
        others.push(middle..range.end);
        range.end = middle;
    } else {
        others.push(range.start..middle);
        range.start = middle;
    }
}
