//! Floor 1: a Merkle log over opaque bytes (RFC 6962 section 2.1; C2SP signed-note, tlog-checkpoint,
//! tlog-proof).
//!
//! ```text
//! leaf_data_i = HMAC-SHA-256(salt_i, entry_i)        hides the entry once its salt is destroyed
//! leaf_hash   = SHA-256(0x00 ‖ leaf_data)            node_hash = SHA-256(0x01 ‖ left ‖ right)
//! checkpoint  = origin, size, root                   signed as a note by the log's Ed25519 key
//! hlc, vlc    = SHA-256(label ‖ salt ‖ signed note)  a log's state, told to the other side blinded
//!
//! leaf        leaf and node hashes, commitments, blinded commitments
//! tree        where the hash of each complete subtree is stored, and roots from there
//! proof       making inclusion and consistency proofs from stored hashes
//! verify      checking them, with nothing but numbers and digests
//! frontier    the right edge of a tree; fsck: rebuilding all stored hashes in one pass
//! note        signed notes and their keys
//! checkpoint  the three lines that a log signs; origins
//! tlog_proof  one entry's proof as a text file
//! ```
//!
//! The log sees no entry, no clock and no file: stored hashes come through [`HashReader`].

#![deny(clippy::indexing_slicing, clippy::expect_used)]

mod checkpoint;
mod error;
mod frontier;
mod leaf;
mod note;
mod proof;
mod tlog_proof;
mod tree;
mod verify;

pub use checkpoint::{Checkpoint, Origin, VerifiedCheckpoint};
pub use error::{LedgerError, NoteError};
pub use frontier::{Difference, Frontier, FsckError, fsck};
pub use leaf::{blinded_holder_log, blinded_verifier_log, empty_root, leaf_data, leaf_hash, node_hash};
pub use note::{MAX_NOTE_BYTES, MAX_NOTE_SIGNATURES, UnverifiedNote, VerifiedNote, VerifierKey, sign_note};
pub use proof::{consistency_proof, inclusion_proof};
pub use tlog_proof::{
    MAX_EXTRA_BYTES, TlogProofError, UnverifiedTlogProof, VerifiedInclusion, tlog_proof_text,
};
pub use tree::{HashReader, MAX_TREE_SIZE, hashes_for_append, root, stored_hash_count, stored_hash_index};
pub use verify::{ConsistencyClaim, InclusionClaim, MAX_PROOF_HASHES, verify_consistency, verify_inclusion};
