//! Roots and paths of a small Merkle tree, as RFC 6962 writes them down.

use chop_crypto::Digest;
use chop_ledger::{empty_root, node_hash};

/// RFC 6962 section 2.1.
pub(super) fn root(leaves: &[Digest]) -> Digest {
    match leaves {
        [] => empty_root(),
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(half(leaves.len()));
            node_hash(&root(left), &root(right))
        }
    }
}

/// RFC 6962 section 2.1.1.
pub(super) fn path(index: usize, leaves: &[Digest]) -> Vec<Digest> {
    if leaves.len() <= 1 {
        return Vec::new();
    }
    let (left, right) = leaves.split_at(half(leaves.len()));
    let (mut hashes, sibling) = match index < left.len() {
        true => (path(index, left), root(right)),
        false => (path(index - left.len(), right), root(left)),
    };
    hashes.push(sibling);
    hashes
}

fn half(n: usize) -> usize {
    n.next_power_of_two() / 2
}
