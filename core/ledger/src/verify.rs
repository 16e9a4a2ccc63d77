//! Checking proofs with nothing but numbers and digests (RFC 9162 sections 2.1.3.2 and 2.1.4.2,
//! which check the proofs of RFC 6962).

use chop_crypto::Digest;

use crate::tree::check_size;
use crate::{LedgerError, empty_root, node_hash};

/// The longest proof: one hash for each level below the root of [`crate::MAX_TREE_SIZE`], and one for
/// the seed of a consistency proof.
pub const MAX_PROOF_HASHES: usize = 63;

/// Checks that `leaf_hash` is leaf `index` of the tree with `size` leaves and this root.
///
/// # Errors
/// [`LedgerError::OutsideTree`], [`LedgerError::TooLarge`], [`LedgerError::ProofLength`] or
/// [`LedgerError::WrongRoot`]: the first that applies.
pub fn verify_inclusion(
    leaf_hash: &Digest,
    index: u64,
    size: u64,
    proof: &[Digest],
    root: &Digest,
) -> Result<(), LedgerError> {
    check_size(size)?;
    if index >= size {
        return Err(LedgerError::OutsideTree);
    }
    let mut climb = Climb { node: index, last: size - 1 };
    let mut hash = *leaf_hash;
    for other in proof {
        hash = match climb.next_sibling()? {
            Sibling::Left => node_hash(other, &hash),
            Sibling::Right => node_hash(&hash, other),
        };
    }
    climb.expect_top()?;
    if hash == *root { Ok(()) } else { Err(LedgerError::WrongRoot) }
}

/// Checks that the tree of `new` leaves with root `new_root` begins with the tree of `old` leaves
/// with root `old_root`.
///
/// # Errors
/// [`LedgerError::Fork`] for two roots of one size; else [`LedgerError::OutsideTree`],
/// [`LedgerError::TooLarge`], [`LedgerError::ProofLength`] or [`LedgerError::WrongRoot`].
pub fn verify_consistency(
    old: u64,
    new: u64,
    proof: &[Digest],
    old_root: &Digest,
    new_root: &Digest,
) -> Result<(), LedgerError> {
    check_size(new)?;
    if old > new {
        return Err(LedgerError::OutsideTree);
    }
    if old == 0 || old == new {
        return verify_without_proof(old, new, proof, old_root, new_root);
    }
    // The walk begins at the largest subtree that ends both the old tree and a place of the new one.
    let levels = old.trailing_zeros();
    let mut climb = Climb { node: (old - 1) >> levels, last: (new - 1) >> levels };
    let (seed, rest) = if old.is_power_of_two() {
        // That subtree is the old tree itself: its root is no news and not in the proof.
        (old_root, proof)
    } else {
        proof.split_first().ok_or(LedgerError::ProofLength)?
    };
    let (mut old_hash, mut new_hash) = (*seed, *seed);
    for other in rest {
        match climb.next_sibling()? {
            Sibling::Left => {
                old_hash = node_hash(other, &old_hash);
                new_hash = node_hash(other, &new_hash);
            }
            Sibling::Right => new_hash = node_hash(&new_hash, other),
        }
    }
    climb.expect_top()?;
    if old_hash == *old_root && new_hash == *new_root { Ok(()) } else { Err(LedgerError::WrongRoot) }
}

fn verify_without_proof(
    old: u64,
    new: u64,
    proof: &[Digest],
    old_root: &Digest,
    new_root: &Digest,
) -> Result<(), LedgerError> {
    if !proof.is_empty() {
        return Err(LedgerError::ProofLength);
    }
    // Every tree continues the empty one, which has one root only.
    if old == 0 && *old_root != empty_root() {
        return Err(LedgerError::WrongRoot);
    }
    if old == new && old_root != new_root {
        return Err(LedgerError::Fork);
    }
    Ok(())
}

/// A proof of inclusion as it came from somewhere: hashes of any length.
#[derive(Debug, Clone, Copy)]
pub struct InclusionClaim<'a> {
    /// Place of the leaf, from 0.
    pub index: u64,
    /// Number of leaves.
    pub size: u64,
    /// Hash of the leaf.
    pub leaf_hash: &'a [u8],
    /// The hashes of the proof.
    pub proof: &'a [Vec<u8>],
    /// Root of the tree.
    pub root: &'a [u8],
}

impl InclusionClaim<'_> {
    /// Judges the claim.
    ///
    /// # Errors
    /// [`LedgerError::NotAHash`], or as [`verify_inclusion`].
    pub fn judge(&self) -> Result<(), LedgerError> {
        let proof = hashes(self.proof)?;
        verify_inclusion(&hash(self.leaf_hash)?, self.index, self.size, &proof, &hash(self.root)?)
    }
}

/// A proof of consistency as it came from somewhere: hashes of any length.
#[derive(Debug, Clone, Copy)]
pub struct ConsistencyClaim<'a> {
    /// Number of leaves of the older tree.
    pub old: u64,
    /// Number of leaves of the newer tree.
    pub new: u64,
    /// Root of the older tree.
    pub old_root: &'a [u8],
    /// Root of the newer tree.
    pub new_root: &'a [u8],
    /// The hashes of the proof.
    pub proof: &'a [Vec<u8>],
}

impl ConsistencyClaim<'_> {
    /// Judges the claim.
    ///
    /// # Errors
    /// [`LedgerError::NotAHash`], or as [`verify_consistency`].
    pub fn judge(&self) -> Result<(), LedgerError> {
        let proof = hashes(self.proof)?;
        verify_consistency(self.old, self.new, &proof, &hash(self.old_root)?, &hash(self.new_root)?)
    }
}

fn hashes(bytes: &[Vec<u8>]) -> Result<Vec<Digest>, LedgerError> {
    if bytes.len() > MAX_PROOF_HASHES {
        return Err(LedgerError::ProofLength);
    }
    bytes.iter().map(|bytes| hash(bytes)).collect()
}

fn hash(bytes: &[u8]) -> Result<Digest, LedgerError> {
    bytes.try_into().map_err(|_| LedgerError::NotAHash)
}

/// A node on its way to the root: its number on its level, and that of the last node there.
struct Climb {
    node: u64,
    last: u64,
}

/// On which side the next hash of a proof stands.
enum Sibling {
    Left,
    Right,
}

impl Climb {
    /// Rises to the next node that has a sibling, says where the sibling is, and joins the two.
    fn next_sibling(&mut self) -> Result<Sibling, LedgerError> {
        if self.last == 0 {
            return Err(LedgerError::ProofLength);
        }
        let side = if self.node == self.last {
            // The last node of a level has no right sibling: it rises alone until it is a right
            // child. `node` is not 0 here, so the shift is below 64.
            let alone = self.node.trailing_zeros();
            self.node >>= alone;
            self.last >>= alone;
            Sibling::Left
        } else if self.node & 1 == 1 {
            Sibling::Left
        } else {
            Sibling::Right
        };
        self.node >>= 1;
        self.last >>= 1;
        Ok(side)
    }

    /// Refuses a proof that ends below the root.
    fn expect_top(&self) -> Result<(), LedgerError> {
        if self.last == 0 { Ok(()) } else { Err(LedgerError::ProofLength) }
    }
}
