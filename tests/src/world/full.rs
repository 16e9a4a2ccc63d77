//! A key store whose disk is full between an entry and its anchor.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering::SeqCst};

use chop_core::{Edge, Keys, Wallet};
use chop_crypto::{Anchor, CryptoError, KeyId, KeyPurpose, KeyRef, Keystore, Signature, SigningDomain};
use chop_vault::Unlock;

use super::Space;

/// The space again, closed before, over a key store whose disk can be full.
pub fn with_full_disk(space: &Space) -> (Wallet, Arc<FullDisk>) {
    let edge = space.edge().clone();
    let Keys::Port(inner) = edge.keys.clone() else { unreachable!("a world's keys are behind a port") };
    let port = Arc::new(FullDisk { inner, is_full: false.into(), left: 0.into() });
    let edge = Edge { keys: Keys::Port(port.clone()), ..edge };
    let wallet = Wallet::open(space.folder(), Unlock::Key(space.key()), edge).unwrap();
    (wallet, port)
}

/// A key store that keeps no new anchor while its disk is full, or one of them not, and every other.
pub struct FullDisk {
    inner: Arc<dyn Keystore>,
    /// Whether it is full now.
    pub is_full: AtomicBool,
    /// Anchors until the one that it cannot keep.
    left: AtomicI64,
}

impl FullDisk {
    /// It cannot keep the n-th anchor from now.
    pub fn fails_at(&self, nth: i64) {
        self.left.store(nth, SeqCst);
    }

    /// Whether that one has come.
    pub fn has_failed(&self) -> bool {
        self.left.load(SeqCst) < 1
    }
}

impl Keystore for FullDisk {
    fn generate(&self, purpose: KeyPurpose) -> Result<KeyRef, CryptoError> {
        self.inner.generate(purpose)
    }

    fn find(&self, id: &KeyId) -> Result<KeyRef, CryptoError> {
        self.inner.find(id)
    }

    fn sign(&self, id: &KeyId, domain: SigningDomain, message: &[u8]) -> Result<Signature, CryptoError> {
        self.inner.sign(id, domain, message)
    }

    fn delete(&self, id: &KeyId) -> Result<(), CryptoError> {
        self.inner.delete(id)
    }

    fn anchor(&self, origin: &str) -> Result<Option<Anchor>, CryptoError> {
        self.inner.anchor(origin)
    }

    fn set_anchor(&self, origin: &str, anchor: Anchor) -> Result<(), CryptoError> {
        let is_the_one = self.left.fetch_sub(1, SeqCst) == 1;
        match is_the_one || self.is_full.load(SeqCst) {
            true => Err(CryptoError::KeystoreUnavailable),
            false => self.inner.set_anchor(origin, anchor),
        }
    }

    fn outlives_vault(&self) -> bool {
        self.inner.outlives_vault()
    }
}
