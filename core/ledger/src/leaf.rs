//! The hashes that a tree is made of, and the commitments that stand in its leaves.

use chop_crypto::{Digest, hmac_sha256, sha256, sha256_of};

/// `SHA-256(0x00 ‖ data)`: the hash of a leaf (RFC 6962 section 2.1).
pub fn leaf_hash(data: &[u8]) -> Digest {
    sha256_of(&[&[LEAF], data])
}

/// `SHA-256(0x01 ‖ left ‖ right)`: the hash of two subtrees (RFC 6962 section 2.1).
pub fn node_hash(left: &Digest, right: &Digest) -> Digest {
    sha256_of(&[&[NODE], left, right])
}

/// `SHA-256("")`: the root of the tree without leaves (RFC 6962 section 2.1).
pub fn empty_root() -> Digest {
    sha256(b"")
}

/// `HMAC-SHA-256(salt, entry)`: what the log keeps of an entry. 32 bytes whatever the entry, and a
/// hiding commitment as soon as the salt is destroyed.
pub fn leaf_data(salt: &[u8; 32], entry: &[u8]) -> Digest {
    hmac_sha256(salt, &[entry])
}

/// `hlc = SHA-256("chop/1/hlc" ‖ salt ‖ signed note)`: the state of the holder's log, blinded.
pub fn blinded_holder_log(salt: &[u8; 32], signed_note: &[u8]) -> Digest {
    sha256_of(&[b"chop/1/hlc", salt, signed_note])
}

/// `vlc = SHA-256("chop/1/vlc" ‖ salt ‖ signed note)`: the state of the verifier's log, blinded.
pub fn blinded_verifier_log(salt: &[u8; 32], signed_note: &[u8]) -> Digest {
    sha256_of(&[b"chop/1/vlc", salt, signed_note])
}

/// The first byte under a leaf's hash. Without it a leaf of 64 bytes could pose as a node.
const LEAF: u8 = 0;
/// The first byte under a node's hash.
const NODE: u8 = 1;
