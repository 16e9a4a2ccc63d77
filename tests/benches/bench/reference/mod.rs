//! The same work by the named library alone. No file here uses code of this house.

pub(crate) mod axum;
pub(crate) mod pgbench;
pub(crate) mod process;
pub(crate) mod ring;
pub(crate) mod sqlcipher;
pub(crate) mod sqlite;

/// How many bytes an embedded store of offers holds of one: measured, so that a reference writes as many.
#[derive(Debug, Clone)]
pub(crate) struct Sizes {
    /// The record of an offer that is open, claimed, released.
    pub(crate) records: [usize; 3],
    /// What is added to its history when it is put, claimed, released.
    pub(crate) events: [usize; 3],
    /// The envelope.
    pub(crate) env: usize,
    /// The key share.
    pub(crate) share: usize,
}

/// The hashes that a Merkle tree stores with leaf `index`, itself and every node that it completes, of
/// which the last has the place before `stored(index + 1)`.
pub(crate) fn stored(leaves: u64) -> u64 {
    2 * leaves - u64::from(leaves.count_ones())
}
