//! Keys of the demo authorities: in memory only, made on the spot, gone when the process ends.

use std::sync::{Mutex, MutexGuard};

use chop_core::plumbing::crypto::{
    Anchor, CryptoError, KeyId, KeyPurpose, KeyRef, Keystore, OsRandom, Signature, SigningDomain,
    SoftwareKeys,
};

/// A key store for authorities that exist only while the demo runs.
#[derive(Default)]
pub struct DemoKeys(Mutex<SoftwareKeys>);

impl DemoKeys {
    /// A key store with these keys.
    pub fn of(keys: SoftwareKeys) -> Self {
        Self(Mutex::new(keys))
    }

    fn keys(&self) -> Result<MutexGuard<'_, SoftwareKeys>, CryptoError> {
        self.0.lock().map_err(|_| CryptoError::KeystoreUnavailable)
    }
}

impl Keystore for DemoKeys {
    fn generate(&self, purpose: KeyPurpose) -> Result<KeyRef, CryptoError> {
        self.keys()?.generate(&OsRandom, purpose)
    }

    fn find(&self, id: &KeyId) -> Result<KeyRef, CryptoError> {
        self.keys()?.find(id)
    }

    fn sign(&self, id: &KeyId, domain: SigningDomain, message: &[u8]) -> Result<Signature, CryptoError> {
        self.keys()?.sign(id, domain, message)
    }

    fn delete(&self, id: &KeyId) -> Result<(), CryptoError> {
        self.keys()?.remove(id);
        Ok(())
    }

    // Authorities keep no log here.
    fn anchor(&self, _origin: &str) -> Result<Option<Anchor>, CryptoError> {
        Ok(None)
    }

    fn set_anchor(&self, _origin: &str, _anchor: Anchor) -> Result<(), CryptoError> {
        Err(CryptoError::KeystoreUnavailable)
    }

    fn outlives_vault(&self) -> bool {
        false
    }
}
