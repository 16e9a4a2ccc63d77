//! What can go wrong on floor 0. No variant carries a byte of anybody's data.

/// A failure of a primitive. `Display` never shows a key, a message or a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CryptoError {
    /// The random source gave nothing.
    #[error("the random source failed")]
    Random,
    /// Bytes that are not a point on P-256 (or are the point at infinity).
    #[error("not a P-256 public key")]
    BadPublicKey,
    /// Bytes that are not a private key of the curve.
    #[error("not a private key")]
    BadPrivateKey,
    /// The signature does not verify under that key.
    #[error("the signature does not verify")]
    BadSignature,
    /// The sealed bytes were not made with this key and context, or were changed.
    #[error("the sealed bytes do not open")]
    BadSeal,
    /// Text that is not base64url without padding in its one canonical form.
    #[error("not canonical base64url")]
    BadBase64Url,
    /// The key store has no key with that id.
    #[error("no such key")]
    NoSuchKey,
    /// The key exists, but was made for another purpose.
    #[error("the key was made for another purpose")]
    WrongPurpose,
    /// The key store could not be read or written.
    #[error("the key store could not be used")]
    KeystoreUnavailable,
    /// A key derivation cost below the floor or above the ceiling.
    #[error("the key derivation cost is outside its bounds")]
    BadCost,
}
