//! A key store whose keys follow from their names, and signed texts that no honest code would make.

use chop_crypto::encoding::to_base64url;
use chop_crypto::{
    Anchor, CryptoError, KeyId, KeyPurpose, KeyRef, Keystore, P256PublicKey, Signature, SigningDomain,
    SoftwareKeys, sha256,
};
use serde_json::Value;

use crate::pki::scalar;

/// Keys by name, each for one purpose.
pub(crate) struct NamedKeys(SoftwareKeys);

impl NamedKeys {
    /// Keys of these names and purposes.
    pub(crate) fn new(names: &[(&str, KeyPurpose)]) -> Self {
        let mut keys = SoftwareKeys::default();
        for (name, purpose) in names {
            keys.insert(key_id(name), *purpose, scalar(name)).unwrap();
        }
        Self(keys)
    }
}

/// The id of the key of this name.
pub(crate) fn key_id(name: &str) -> KeyId {
    KeyId(sha256(name.as_bytes())[..16].try_into().unwrap())
}

/// The public key of this name.
pub(crate) fn public(name: &str) -> P256PublicKey {
    chop_crypto::AgreementKey::from_secret(&scalar(name)).unwrap().public()
}

/// A compact JWS over exactly these bytes, signed by the key of this name, whatever they say.
pub(crate) fn forge(header: &[u8], payload: &[u8], name: &str) -> String {
    let mut text = format!("{}.{}", to_base64url(header), to_base64url(payload));
    let keys = NamedKeys::new(&[(name, KeyPurpose::Verifier)]);
    let signature = keys.sign(&key_id(name), SigningDomain::Request, text.as_bytes()).unwrap();
    text.push('.');
    text.push_str(&to_base64url(&signature));
    text
}

/// As [`forge`], from JSON values.
pub(crate) fn forge_json(header: &Value, payload: &Value, name: &str) -> String {
    forge(&serde_json::to_vec(header).unwrap(), &serde_json::to_vec(payload).unwrap(), name)
}

impl Keystore for NamedKeys {
    fn generate(&self, _: KeyPurpose) -> Result<KeyRef, CryptoError> {
        Err(CryptoError::KeystoreUnavailable)
    }

    fn find(&self, id: &KeyId) -> Result<KeyRef, CryptoError> {
        self.0.find(id)
    }

    fn sign(&self, id: &KeyId, domain: SigningDomain, message: &[u8]) -> Result<Signature, CryptoError> {
        self.0.sign(id, domain, message)
    }

    fn delete(&self, _: &KeyId) -> Result<(), CryptoError> {
        Err(CryptoError::KeystoreUnavailable)
    }

    fn anchor(&self, _: &str) -> Result<Option<Anchor>, CryptoError> {
        Ok(None)
    }

    fn set_anchor(&self, _: &str, _: Anchor) -> Result<(), CryptoError> {
        Err(CryptoError::KeystoreUnavailable)
    }

    fn outlives_vault(&self) -> bool {
        false
    }
}
