//! The sealed bundle: one file that holds a whole backup, opened by a passphrase or a recovery code.
//!
//! ```text
//! bundle  magic "CHOP-BUNDLE\n" ‖ version 1 ‖ u16 length ‖ header ‖ chunk ‖ chunk ‖ … ‖ last chunk
//! header  CBOR [[slot kind, memory KiB, passes, lanes, salt(32), sealed file key(60)], …]
//! slot    1 passphrase: Argon2id(passphrase, salt, cost)
//!         2 recovery code (160 random bits, so no cost): HKDF(code, "chop/1/bundle/recovery" ‖ salt)
//! chunk   AES-256-GCM(file key, nonce = counter(11) ‖ last?(1), AAD = SHA-256(all before the chunks))
//!         of 65 536 bytes; the last of 0 to 65 536
//! ```
//!
//! The file key is random and seals one bundle. Counter, last-chunk flag and header are bound into
//! every chunk (the STREAM construction), so that a bundle cannot be cut, extended, reordered or
//! given another header without the reader's notice. What a reader gives out before its end is
//! genuine, but only the end says that it was all.

mod header;
mod reader;
mod writer;

pub use header::{BundleKeys, RecoverySecret};
pub use reader::{BundleReader, LockedBundle};
pub use writer::BundleWriter;

chop_model::coded_errors! {
    /// Why a bundle cannot be written or opened.
    pub enum BundleError {
        /// Not a bundle.
        NotABundle => ("bundle.not-a-bundle", User, "the file is not a Chop bundle"),
        /// Made by a newer version.
        NewerVersion => ("bundle.newer-version", User, "the bundle was made by a newer version"),
        /// The header cannot be read.
        BadHeader => ("bundle.bad-header", Peer, "the head of the bundle is damaged"),
        /// The cost of a passphrase in the header is outside its bounds.
        BadCost => ("bundle.bad-cost", Peer, "the bundle names a passphrase cost that is not acceptable"),
        /// Neither slot opens with what was given.
        WrongSecret => ("bundle.wrong-secret", User, "the passphrase or recovery code does not open this bundle"),
        /// The bundle has no slot of that kind.
        NoSuchSlot => ("bundle.no-such-slot", User, "the bundle cannot be opened in this way"),
        /// A bundle needs one way to open it at least.
        NoSecret => ("bundle.no-secret", Bug, "no passphrase or recovery code was given for the bundle"),
        /// A changed, moved or foreign chunk.
        Damaged => ("bundle.damaged", Peer, "the bundle is damaged"),
        /// The end is missing.
        Truncated => ("bundle.truncated", Peer, "the end of the bundle is missing"),
        /// The random source failed.
        Random => ("bundle.random", Environment, "the random source failed"),
        /// Sealing failed; ours to mend.
        Sealing => ("bundle.sealing", Bug, "the bundle could not be sealed"),
        /// Reading or writing the file failed.
        Io => ("bundle.io", Environment, "the bundle could not be read or written"),
    }
}

impl BundleError {
    /// The bundle's own error behind an I/O error of [`BundleReader`] or [`BundleWriter`].
    pub fn behind(error: &std::io::Error) -> Self {
        error.get_ref().and_then(|inner| inner.downcast_ref()).copied().unwrap_or(Self::Io)
    }
}

impl From<BundleError> for std::io::Error {
    fn from(error: BundleError) -> Self {
        Self::new(std::io::ErrorKind::InvalidData, error)
    }
}

/// Bytes of text in every chunk but the last.
const CHUNK: usize = 64 << 10;
const SEALED_CHUNK: usize = CHUNK + chop_crypto::TAG_LEN;

/// The nonce of chunk `counter`: 11 bytes of counter, and whether it is the last.
fn nonce(counter: u64, is_last: bool) -> [u8; chop_crypto::NONCE_LEN] {
    let mut nonce = [0; chop_crypto::NONCE_LEN];
    let (high, low) = nonce.split_at_mut(3);
    high.fill(0);
    for (to, from) in low.iter_mut().zip(counter.to_be_bytes().into_iter().chain([u8::from(is_last)])) {
        *to = from;
    }
    nonce
}

#[cfg(test)]
mod tests;
