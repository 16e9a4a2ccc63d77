//! One key store out of two: hardware that makes only P-256 keys, and a sealed file for the Ed25519 key
//! of the record. Anchors are the hardware's, because it outlives the space's folder.

use std::sync::Arc;

use chop_crypto::{
    Anchor, CryptoError, KeyId, KeyPurpose, KeyRef, Keystore, Secret, Signature, SigningDomain,
};
use chop_vault::FileKeystore;

/// The device for everything but [`KeyPurpose::Log`].
pub(crate) struct SplitKeystore {
    pub(crate) device: Arc<dyn Keystore>,
    pub(crate) file: Arc<FileKeystore>,
}

impl SplitKeystore {
    /// Ids are random: the file knows its own, every other is the device's.
    fn store_of(&self, id: &KeyId) -> Result<&dyn Keystore, CryptoError> {
        match self.file.find(id) {
            Ok(_) => Ok(self.file.as_ref()),
            Err(CryptoError::NoSuchKey) => Ok(self.device.as_ref()),
            Err(error) => Err(error),
        }
    }
}

impl Keystore for SplitKeystore {
    fn generate(&self, purpose: KeyPurpose) -> Result<KeyRef, CryptoError> {
        match purpose {
            KeyPurpose::Log => self.file.generate(purpose),
            _ => self.device.generate(purpose),
        }
    }

    fn find(&self, id: &KeyId) -> Result<KeyRef, CryptoError> {
        self.store_of(id)?.find(id)
    }

    fn sign(&self, id: &KeyId, domain: SigningDomain, message: &[u8]) -> Result<Signature, CryptoError> {
        self.store_of(id)?.sign(id, domain, message)
    }

    fn delete(&self, id: &KeyId) -> Result<(), CryptoError> {
        self.store_of(id)?.delete(id)
    }

    fn anchor(&self, origin: &str) -> Result<Option<Anchor>, CryptoError> {
        self.device.anchor(origin)
    }

    fn set_anchor(&self, origin: &str, anchor: Anchor) -> Result<(), CryptoError> {
        self.device.set_anchor(origin, anchor)
    }

    fn outlives_vault(&self) -> bool {
        self.device.outlives_vault()
    }

    fn wrap(&self, secret: &Secret<32>) -> Result<Option<Vec<u8>>, CryptoError> {
        self.device.wrap(secret)
    }

    fn unwrap(&self, wrapped: &[u8]) -> Result<Secret<32>, CryptoError> {
        self.device.unwrap(wrapped)
    }
}
