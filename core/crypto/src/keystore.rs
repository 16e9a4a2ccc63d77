//! The keystore port: where private keys live. Prepare, sign by id, finish; the key stays home.

use std::fmt;

use crate::{CryptoError, Digest, KeyPurpose, P256PublicKey, Secret, SigningDomain};

/// The name of a key in its key store: 16 random bytes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KeyId(pub [u8; 16]);

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyId({})", crate::encoding::to_base64url(&self.0))
    }
}

/// 64 bytes: r ‖ s for ES256, R ‖ S for Ed25519.
pub type Signature = [u8; 64];

/// The public half of a stored key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PublicKey {
    /// For every purpose but those of logs.
    P256(P256PublicKey),
    /// For [`KeyPurpose::Log`] and [`KeyPurpose::Relay`].
    Ed25519([u8; 32]),
}

impl PublicKey {
    /// The P-256 key, if it is one.
    ///
    /// # Errors
    /// [`CryptoError::WrongPurpose`] for an Ed25519 key.
    pub fn p256(&self) -> Result<&P256PublicKey, CryptoError> {
        match self {
            Self::P256(key) => Ok(key),
            Self::Ed25519(_) => Err(CryptoError::WrongPurpose),
        }
    }

    /// The Ed25519 key, if it is one.
    ///
    /// # Errors
    /// [`CryptoError::WrongPurpose`] for a P-256 key.
    pub fn ed25519(&self) -> Result<&[u8; 32], CryptoError> {
        match self {
            Self::Ed25519(key) => Ok(key),
            Self::P256(_) => Err(CryptoError::WrongPurpose),
        }
    }
}

/// A stored key, as the rest of the house sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyRef {
    /// Its name in the store.
    pub id: KeyId,
    /// What it was made for.
    pub purpose: KeyPurpose,
    /// Its public half.
    pub public: PublicKey,
}

/// The last log state that this key store saw: what finds a vault that was rolled back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Anchor {
    /// Number of leaves.
    pub size: u64,
    /// Root of the tree of that size (RFC 6962 section 2.1).
    pub root: Digest,
}

/// Where private keys live: a file, a phone's secure element, an HSM. One of the four ports of core.
///
/// Implementations are foreign code: they may be slow, refuse, or fail in any way; core never calls
/// them with a lock held that they could need.
pub trait Keystore: Send + Sync {
    /// Makes a key for `purpose`: Ed25519 for [`KeyPurpose::Log`] and
    /// [`KeyPurpose::Relay`], P-256 for all others.
    ///
    /// # Errors
    /// [`CryptoError::KeystoreUnavailable`] when it could not be stored; no key exists then.
    fn generate(&self, purpose: KeyPurpose) -> Result<KeyRef, CryptoError>;

    /// The public side of a stored key.
    ///
    /// # Errors
    /// [`CryptoError::NoSuchKey`].
    fn find(&self, id: &KeyId) -> Result<KeyRef, CryptoError>;

    /// Signs `message` as what `domain` names.
    ///
    /// # Errors
    /// [`CryptoError::WrongPurpose`] when the key was not made for that domain.
    fn sign(&self, id: &KeyId, domain: SigningDomain, message: &[u8]) -> Result<Signature, CryptoError>;

    /// Destroys a key. A key that does not exist is already destroyed.
    ///
    /// # Errors
    /// [`CryptoError::KeystoreUnavailable`] when the store could not be written.
    fn delete(&self, id: &KeyId) -> Result<(), CryptoError>;

    /// The state that was anchored last for the log `origin`, or nothing.
    ///
    /// # Errors
    /// [`CryptoError::KeystoreUnavailable`] when the store could not be read.
    fn anchor(&self, origin: &str) -> Result<Option<Anchor>, CryptoError>;

    /// Keeps `anchor` as the state of `origin`; durable when it returns.
    ///
    /// # Errors
    /// [`CryptoError::KeystoreUnavailable`] when the store could not be written.
    fn set_anchor(&self, origin: &str, anchor: Anchor) -> Result<(), CryptoError>;

    /// Whether a roll-back of the vault's folder leaves this store's anchors untouched.
    fn outlives_vault(&self) -> bool;

    /// Seals a vault key under a key of the platform, as a second way to open a space; nothing where
    /// the platform has none.
    ///
    /// # Errors
    /// [`CryptoError::KeystoreUnavailable`] when the platform refused.
    fn wrap(&self, _secret: &Secret<32>) -> Result<Option<Vec<u8>>, CryptoError> {
        Ok(None)
    }

    /// Opens what [`Keystore::wrap`] sealed.
    ///
    /// # Errors
    /// [`CryptoError::BadSeal`] when this platform did not seal it.
    fn unwrap(&self, _wrapped: &[u8]) -> Result<Secret<32>, CryptoError> {
        Err(CryptoError::KeystoreUnavailable)
    }
}
