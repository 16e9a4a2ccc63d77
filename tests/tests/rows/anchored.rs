//! A key store whose disk is full between an entry and its anchor.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};

use chop_core::{Edge, Keys, Standing, Wallet};
use chop_crypto::{Anchor, CryptoError, KeyId, KeyPurpose, KeyRef, Keystore, Signature, SigningDomain};
use chop_tests::world::{World, read};
use chop_vault::Unlock;

use super::restored::copy_folder;

#[test]
fn row_32_no_key_is_shown_before_its_entry_is_anchored() {
    let mut world = World::new();
    let (given, envelope) = world.envelope(&world.request());
    let (_, ack) = world.acknowledgement(&envelope);
    world.resident.close();
    let before = world.path("before t3");
    copy_folder(world.resident.folder(), &before);
    let edge = world.resident.edge().clone();
    let Keys::Port(inner) = edge.keys.clone() else { panic!("a port") };
    let port = Arc::new(Full { inner, is_full: false.into() });
    let edge = Edge { keys: Keys::Port(port.clone()), ..edge };
    let key = Unlock::Key(world.resident.key());
    let wallet = Wallet::open(world.resident.folder(), key, edge).unwrap();
    port.is_full.store(true, SeqCst);
    assert_eq!(wallet.acknowledge(&ack).unwrap_err().code(), "crypto.keystore");
    // The entry is there now; the key store knows nothing of it yet, and so nothing is shown.
    assert_eq!(wallet.acknowledge(&ack).unwrap_err().code(), "crypto.keystore");
    assert_eq!(wallet.again(&given).unwrap_err().code(), "crypto.keystore");
    port.is_full.store(false, SeqCst);
    assert!(read(&wallet.acknowledge(&ack).unwrap()).key().is_ok());
    drop(wallet);
    // The folder as it was before the key was shown is found.
    assert_eq!(world.resident.open_at(&before).unwrap().standing(), Standing::RolledBack);
}

/// A key store whose disk is full: it keeps no new anchor.
struct Full {
    inner: Arc<dyn Keystore>,
    is_full: AtomicBool,
}

impl Keystore for Full {
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
        match self.is_full.load(SeqCst) {
            true => Err(CryptoError::KeystoreUnavailable),
            false => self.inner.set_anchor(origin, anchor),
        }
    }

    fn outlives_vault(&self) -> bool {
        self.inner.outlives_vault()
    }
}
