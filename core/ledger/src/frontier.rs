//! The right edge of a tree, in at most 62 hashes; and fsck, which rebuilds every stored hash from
//! the leaves in one pass and says which one differs first.

use chop_crypto::Digest;

use crate::tree::{check_size, roots_of_ranges};
use crate::{HashReader, LedgerError, empty_root, node_hash};

/// A tree reduced to what appending needs: the complete subtrees that have no sibling yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    /// One root for each 1 in `size`, the largest subtree first.
    edge: Vec<Digest>,
}

impl Frontier {
    /// The empty tree.
    pub fn new() -> Self {
        Self::default()
    }

    /// The edge of a stored tree.
    ///
    /// # Errors
    /// [`LedgerError::TooLarge`], or what the reader says.
    pub fn read<R: HashReader + ?Sized>(size: u64, reader: &R) -> Result<Self, R::Error> {
        check_size(size)?;
        let mut subtrees = Vec::new();
        let mut from = 0;
        while from < size {
            let to = from + (1 << (size - from).ilog2());
            subtrees.push(from..to);
            from = to;
        }
        Ok(Self { size, edge: roots_of_ranges(&subtrees, reader)? })
    }

    /// A tree whose edge was kept: see [`Frontier::edge`].
    ///
    /// # Errors
    /// [`LedgerError::TooLarge`], or [`LedgerError::MissingHash`] unless there is one root for each 1 in
    /// `size`.
    pub fn from_edge(size: u64, edge: Vec<Digest>) -> Result<Self, LedgerError> {
        check_size(size)?;
        if edge.len() == size.count_ones() as usize {
            Ok(Self { size, edge })
        } else {
            Err(LedgerError::MissingHash)
        }
    }

    /// The roots of the complete subtrees that have no sibling yet, the largest first.
    pub fn edge(&self) -> &[Digest] {
        &self.edge
    }

    /// Number of leaves.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The root of the tree.
    pub fn root(&self) -> Digest {
        let joined = self.edge.iter().rev().copied().reduce(|right, left| node_hash(&left, &right));
        joined.unwrap_or_else(empty_root)
    }

    /// Appends a leaf and gives the hashes to store: the leaf's, then one for each level completed.
    ///
    /// # Errors
    /// [`LedgerError::TooLarge`] when the tree is full.
    pub fn append(&mut self, leaf_hash: Digest) -> Result<Vec<Digest>, LedgerError> {
        check_size(self.size.saturating_add(1))?;
        let mut added = vec![leaf_hash];
        let mut hash = leaf_hash;
        for _ in 0..self.size.trailing_ones() {
            let left = self.edge.pop().ok_or(LedgerError::MissingHash)?;
            hash = node_hash(&left, &hash);
            added.push(hash);
        }
        self.edge.push(hash);
        self.size += 1;
        Ok(added)
    }
}

/// The first thing in which the stored hashes are not those of the leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Difference {
    /// The stored hash of a complete subtree is another one.
    Changed {
        /// Its place, a [`crate::stored_hash_index`].
        place: u64,
        /// The leaf that completes the subtree.
        leaf: u64,
        /// 0 for the leaf itself.
        level: u32,
    },
    /// The stored hashes end before the leaves do.
    Missing {
        /// The first place without a hash.
        place: u64,
    },
    /// There are more stored hashes than the leaves make.
    Surplus {
        /// The first place that should not exist.
        place: u64,
    },
}

/// Why a log was not found sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FsckError<E> {
    /// Reading failed.
    Read(E),
    /// The stored hashes are not those of the leaves.
    Differs(Difference),
}

/// Rebuilds the tree from its leaf hashes, compares every stored hash in the order of its place, and
/// gives the edge of the tree, whose root the caller compares with the checkpoint.
///
/// Keeps at most 62 hashes; both sides may be streams from a database.
///
/// # Errors
/// The first difference, or what reading said.
pub fn fsck<E: From<LedgerError>>(
    leaf_hashes: impl IntoIterator<Item = Result<Digest, E>>,
    stored: impl IntoIterator<Item = Result<Digest, E>>,
) -> Result<Frontier, FsckError<E>> {
    let mut stored = stored.into_iter();
    let mut frontier = Frontier::new();
    let mut place = 0;
    for leaf_hash in leaf_hashes {
        let leaf = frontier.size();
        let leaf_hash = leaf_hash.map_err(FsckError::Read)?;
        let added = frontier.append(leaf_hash).map_err(|error| FsckError::Read(error.into()))?;
        for (level, expected) in (0..).zip(added) {
            let difference = match stored.next().transpose().map_err(FsckError::Read)? {
                Some(found) if found == expected => None,
                Some(_) => Some(Difference::Changed { place, leaf, level }),
                None => Some(Difference::Missing { place }),
            };
            if let Some(difference) = difference {
                return Err(FsckError::Differs(difference));
            }
            place += 1;
        }
    }
    match stored.next().transpose().map_err(FsckError::Read)? {
        None => Ok(frontier),
        Some(_) => Err(FsckError::Differs(Difference::Surplus { place })),
    }
}
