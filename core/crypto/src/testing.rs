//! For tests and golden walks only: a seeded random source and a key store whose signatures do not
//! drift (RFC 6979).

use std::collections::BTreeMap;
use std::sync::Mutex;

use p256::ecdsa::SigningKey;
use p256::ecdsa::signature::Signer;

use crate::{
    Anchor, CryptoError, KeyId, KeyPurpose, KeyRef, Keystore, PublicKey, Random, Secret, Signature,
    SigningDomain, SoftwareKeys, hkdf_sha256, open, seal, sha256_of,
};

/// Bytes that follow from a seed: `SHA-256(seed ‖ counter)`, block by block.
pub struct SeededRandom(Mutex<(Vec<u8>, u64)>);

impl SeededRandom {
    /// A source that always gives the same bytes for the same `seed`.
    pub fn new(seed: &str) -> Self {
        Self(Mutex::new((seed.as_bytes().to_vec(), 0)))
    }
}

impl Random for SeededRandom {
    fn fill(&self, out: &mut [u8]) -> Result<(), CryptoError> {
        let mut state = self.0.lock().map_err(|_| CryptoError::Random)?;
        for block in out.chunks_mut(32) {
            let digest = sha256_of(&[&state.0, &state.1.to_be_bytes()]);
            state.1 += 1;
            for (to, from) in block.iter_mut().zip(digest) {
                *to = from;
            }
        }
        Ok(())
    }
}

/// Keys in memory, P-256 signatures by RFC 6979, anchors that outlive any vault, and a platform
/// slot, so that every branch behind the port can be walked.
pub struct MemoryKeystore {
    random: Box<dyn Random>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    keys: SoftwareKeys,
    anchors: BTreeMap<String, Anchor>,
}

impl MemoryKeystore {
    /// An empty store that draws its keys from `random`.
    pub fn new(random: Box<dyn Random>) -> Self {
        Self { random, state: Mutex::default() }
    }

    fn platform_key(&self) -> Result<Secret<32>, CryptoError> {
        hkdf_sha256(b"memory keystore", &[b"chop/testing/platform"])
    }
}

impl Keystore for MemoryKeystore {
    fn generate(&self, purpose: KeyPurpose) -> Result<KeyRef, CryptoError> {
        lock(&self.state)?.keys.generate(self.random.as_ref(), purpose)
    }

    fn find(&self, id: &KeyId) -> Result<KeyRef, CryptoError> {
        lock(&self.state)?.keys.find(id)
    }

    fn sign(&self, id: &KeyId, domain: SigningDomain, message: &[u8]) -> Result<Signature, CryptoError> {
        let state = lock(&self.state)?;
        let key = state.keys.find(id)?;
        if !key.purpose.allows(domain) {
            return Err(CryptoError::WrongPurpose);
        }
        let secret =
            state.keys.dangerous_private_keys().find(|(k, _)| k.id == *id).map(|(_, s)| s.duplicate());
        match (key.public, secret) {
            (PublicKey::P256(_), Some(secret)) => sign_rfc6979(&secret, message),
            _ => state.keys.sign(id, domain, message),
        }
    }

    fn delete(&self, id: &KeyId) -> Result<(), CryptoError> {
        lock(&self.state)?.keys.remove(id);
        Ok(())
    }

    fn anchor(&self, origin: &str) -> Result<Option<Anchor>, CryptoError> {
        Ok(lock(&self.state)?.anchors.get(origin).copied())
    }

    fn set_anchor(&self, origin: &str, anchor: Anchor) -> Result<(), CryptoError> {
        lock(&self.state)?.anchors.insert(origin.to_owned(), anchor);
        Ok(())
    }

    fn outlives_vault(&self) -> bool {
        true
    }

    fn wrap(&self, secret: &Secret<32>) -> Result<Option<Vec<u8>>, CryptoError> {
        // EXPOSE: sealed under the pretended platform key.
        seal(self.random.as_ref(), &self.platform_key()?, b"chop/testing/wrap", secret.expose()).map(Some)
    }

    fn unwrap(&self, wrapped: &[u8]) -> Result<Secret<32>, CryptoError> {
        let opened = open(&self.platform_key()?, b"chop/testing/wrap", wrapped)?;
        Secret::from_slice(opened.expose()).ok_or(CryptoError::BadSeal)
    }
}

fn sign_rfc6979(secret: &Secret<32>, message: &[u8]) -> Result<Signature, CryptoError> {
    let key = SigningKey::from_slice(secret.expose()).map_err(|_| CryptoError::BadPrivateKey)?;
    let signature: p256::ecdsa::Signature = key.try_sign(message).map_err(|_| CryptoError::BadPrivateKey)?;
    Ok(signature.to_bytes().into())
}

fn lock(state: &Mutex<State>) -> Result<std::sync::MutexGuard<'_, State>, CryptoError> {
    state.lock().map_err(|_| CryptoError::KeystoreUnavailable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_do_not_drift() {
        let store = MemoryKeystore::new(Box::new(SeededRandom::new("golden")));
        let key = store.generate(KeyPurpose::Consent).unwrap();
        let once = store.sign(&key.id, SigningDomain::Grant, b"m").unwrap();
        assert_eq!(once, store.sign(&key.id, SigningDomain::Grant, b"m").unwrap());
        assert_eq!(crate::verify_es256(key.public.p256().unwrap(), b"m", &once), Ok(()));
    }
}
