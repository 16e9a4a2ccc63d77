//! Keys in the device's hardware: Android Keystore, Secure Enclave, an HSM. Implemented on the other
//! side of the border.
//!
//! Such hardware makes P-256 keys that never leave it and signs SHA-256 digests of messages, X9.62 DER.
//! The Ed25519 key of the record stays in the sealed file of the space; the anchor that finds a
//! rolled-back space is kept here.

use std::sync::Arc;
use std::time::Duration;

use chop_core::plumbing::crypto::{
    Anchor, CryptoError, KeyId, KeyPurpose, KeyRef, Keystore, P256PublicKey, PublicKey, Random, Signature,
    SigningDomain, encoding, es256_from_der, make_array, verify_es256,
};

use crate::foreign::Patience;

/// What a key is for. A key signs for one purpose only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, uniffi::Enum)]
pub enum KeyUse {
    /// Proves possession of a credential.
    Credential,
    /// Signs grants and delivery notes.
    Consent,
    /// Signs requests and receipts.
    Verifier,
    /// Vouches for the holder's own data items.
    Item,
    /// Anything else the core may come to need.
    Other,
}

/// Why the device did not do it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum DeviceKeyError {
    /// The store has no such key.
    #[error("no such key")]
    NoSuchKey,
    /// The person did not show that they are there.
    #[error("the person was not present")]
    NotPresent,
    /// Any other failure.
    #[error("the key store is not available")]
    Unavailable,
}

impl From<uniffi::UnexpectedUniFFICallbackError> for DeviceKeyError {
    fn from(_: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Unavailable
    }
}

/// A key store of the device. Every call comes on a thread of the library's, may ask the person for their
/// finger or face, and may fail. One that takes longer than `KeyPlace.device_seconds` is given up.
#[uniffi::export(with_foreign)]
pub trait DeviceKeys: Send + Sync {
    /// Makes a P-256 key that never leaves the hardware, under the name `id` (base64url, 22 letters).
    /// Gives the public point: 65 bytes, `04 ‖ x ‖ y`.
    ///
    /// # Errors
    /// Nothing was made then.
    fn make(&self, id: String, purpose: KeyUse) -> Result<Vec<u8>, DeviceKeyError>;

    /// The public point of a key, or nothing when there is none of this name.
    ///
    /// # Errors
    /// When the store cannot be asked.
    fn public_key(&self, id: String) -> Result<Option<Vec<u8>>, DeviceKeyError>;

    /// ECDSA over SHA-256 of `message` with the key `id`, as X9.62 DER: what `SHA256withECDSA` and
    /// `ecdsaSignatureMessageX962SHA256` give. `reason` may be shown when the person is asked.
    ///
    /// # Errors
    /// When the person or the store refused.
    fn sign(&self, id: String, message: Vec<u8>, reason: String) -> Result<Vec<u8>, DeviceKeyError>;

    /// Destroys a key; one that does not exist is destroyed already.
    ///
    /// # Errors
    /// When it may still exist.
    fn destroy(&self, id: String) -> Result<(), DeviceKeyError>;

    /// What was kept last under `name`, or nothing.
    ///
    /// # Errors
    /// When the store cannot be asked.
    fn anchor(&self, name: String) -> Result<Option<Vec<u8>>, DeviceKeyError>;

    /// Keeps 40 bytes under `name`, durably, in place of what was there.
    ///
    /// # Errors
    /// When they may not have been kept.
    fn set_anchor(&self, name: String, anchor: Vec<u8>) -> Result<(), DeviceKeyError>;
}

/// The device's store as core's port. The first byte of a key's id says what the key was made for: the
/// hardware keeps no such word.
pub(crate) struct DeviceKeystore {
    keys: Arc<dyn DeviceKeys>,
    random: Arc<dyn Random>,
    patience: Patience,
}

impl DeviceKeystore {
    pub(crate) fn new(keys: Arc<dyn DeviceKeys>, random: Arc<dyn Random>, seconds: u32) -> Self {
        let patience = Patience::of(Duration::from_secs(u64::from(seconds.max(1))));
        Self { keys, random, patience }
    }

    /// Asks the device, and waits no longer than was agreed.
    fn ask<T: Send + 'static>(
        &self,
        call: impl FnOnce(&dyn DeviceKeys) -> Result<T, DeviceKeyError> + Send + 'static,
    ) -> Result<T, CryptoError> {
        let keys = self.keys.clone();
        let answer = self.patience.call(move || call(keys.as_ref()));
        Ok(answer.map_err(|_| CryptoError::KeystoreUnavailable)??)
    }
}

impl Keystore for DeviceKeystore {
    fn generate(&self, purpose: KeyPurpose) -> Result<KeyRef, CryptoError> {
        if purpose == KeyPurpose::Log {
            return Err(CryptoError::WrongPurpose);
        }
        let mut id: [u8; 16] = make_array(self.random.as_ref())?;
        if let Some(first) = id.first_mut() {
            *first = purpose.number();
        }
        let id = KeyId(id);
        let bytes = self.ask(move |keys| keys.make(name_of(&id), use_of(purpose)))?;
        Ok(KeyRef { id, purpose, public: PublicKey::P256(P256PublicKey::from_sec1(&bytes)?) })
    }

    fn find(&self, id: &KeyId) -> Result<KeyRef, CryptoError> {
        let purpose = id.0.first().copied().and_then(KeyPurpose::from_number);
        let purpose = purpose.ok_or(CryptoError::NoSuchKey)?;
        let name = name_of(id);
        let bytes = self.ask(move |keys| keys.public_key(name))?.ok_or(CryptoError::NoSuchKey)?;
        Ok(KeyRef { id: *id, purpose, public: PublicKey::P256(P256PublicKey::from_sec1(&bytes)?) })
    }

    fn sign(&self, id: &KeyId, domain: SigningDomain, message: &[u8]) -> Result<Signature, CryptoError> {
        let key = self.find(id)?;
        if !key.purpose.allows(domain) {
            return Err(CryptoError::WrongPurpose);
        }
        let (name, bytes, reason) = (name_of(id), message.to_vec(), word_of(domain).to_owned());
        let der = self.ask(move |keys| keys.sign(name, bytes, reason))?;
        let signature = es256_from_der(&der)?;
        // Foreign code: what it gives is not believed, and a wrong signature never leaves.
        verify_es256(key.public.p256()?, message, &signature)
            .map_err(|_| CryptoError::KeystoreUnavailable)?;
        Ok(signature)
    }

    fn delete(&self, id: &KeyId) -> Result<(), CryptoError> {
        let name = name_of(id);
        self.ask(move |keys| keys.destroy(name))
    }

    fn anchor(&self, origin: &str) -> Result<Option<Anchor>, CryptoError> {
        let name = origin.to_owned();
        let Some(bytes) = self.ask(move |keys| keys.anchor(name))? else {
            return Ok(None);
        };
        let (size, root) = bytes.split_at_checked(8).ok_or(CryptoError::KeystoreUnavailable)?;
        let size = size.try_into().map(u64::from_be_bytes);
        match (size, root.try_into()) {
            (Ok(size), Ok(root)) => Ok(Some(Anchor { size, root })),
            _ => Err(CryptoError::KeystoreUnavailable),
        }
    }

    fn set_anchor(&self, origin: &str, anchor: Anchor) -> Result<(), CryptoError> {
        let mut bytes = anchor.size.to_be_bytes().to_vec();
        bytes.extend(anchor.root);
        let name = origin.to_owned();
        self.ask(move |keys| keys.set_anchor(name, bytes))
    }

    fn outlives_vault(&self) -> bool {
        true
    }
}

impl From<DeviceKeyError> for CryptoError {
    fn from(error: DeviceKeyError) -> Self {
        match error {
            DeviceKeyError::NoSuchKey => Self::NoSuchKey,
            DeviceKeyError::NotPresent | DeviceKeyError::Unavailable => Self::KeystoreUnavailable,
        }
    }
}

fn name_of(id: &KeyId) -> String {
    encoding::to_base64url(&id.0)
}

fn use_of(purpose: KeyPurpose) -> KeyUse {
    match purpose {
        KeyPurpose::Credential => KeyUse::Credential,
        KeyPurpose::Consent => KeyUse::Consent,
        KeyPurpose::Verifier => KeyUse::Verifier,
        KeyPurpose::Item => KeyUse::Item,
        _ => KeyUse::Other,
    }
}

/// What is being signed, in one stable word: a reason that the device may show.
fn word_of(domain: SigningDomain) -> &'static str {
    match domain {
        SigningDomain::Request => "request",
        SigningDomain::Credential => "statement",
        SigningDomain::KeyBinding => "presentation",
        SigningDomain::Grant => "grant",
        SigningDomain::Delivery => "delivery",
        SigningDomain::Acknowledgement => "acknowledgement",
        SigningDomain::Use => "use",
        SigningDomain::Refused => "refusal",
        SigningDomain::Erased => "erasure",
        _ => "other",
    }
}
