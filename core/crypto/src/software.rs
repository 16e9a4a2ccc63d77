//! Private keys in memory: what a software key store signs with. Files are the vault's business.
//!
//! P-256 keys are drawn by p256 from the random port and sign with ring, whose own nonce randomness
//! is the one stated exception to that port; Ed25519 signatures need no randomness (RFC 8032).

use std::collections::BTreeMap;
use std::sync::Arc;

use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair};
use zeroize::Zeroizing;

use crate::ec::{private_key, public_of};
use crate::{
    CryptoError, KeyId, KeyPurpose, KeyRef, PublicKey, Random, Secret, Signature, SigningDomain, make_array,
};

/// A set of private keys. `Debug` shows how many, never which bytes.
#[derive(Default)]
pub struct SoftwareKeys(BTreeMap<KeyId, Arc<Entry>>);

struct Entry {
    key: KeyRef,
    scalar: Secret<32>,
    pair: Pair,
}

enum Pair {
    P256(Box<EcdsaKeyPair>),
    Ed25519(Box<Ed25519KeyPair>),
}

impl SoftwareKeys {
    /// Makes a key for `purpose` and keeps it under a fresh id.
    ///
    /// # Errors
    /// [`CryptoError::Random`] when the random source fails.
    pub fn generate(&mut self, random: &dyn Random, purpose: KeyPurpose) -> Result<KeyRef, CryptoError> {
        let id = KeyId(make_array(random)?);
        let scalar = match purpose {
            KeyPurpose::Log | KeyPurpose::Relay => Secret::new(make_array(random)?),
            _ => Secret::new((*Zeroizing::new(private_key(random)?.to_bytes())).into()),
        };
        self.insert(id, purpose, scalar)
    }

    /// Keeps a stored private key: a P-256 scalar, or the seed of an Ed25519 key for
    /// [`KeyPurpose::Log`] and [`KeyPurpose::Relay`].
    ///
    /// # Errors
    /// [`CryptoError::BadPrivateKey`] when the bytes are none.
    pub fn insert(
        &mut self,
        id: KeyId,
        purpose: KeyPurpose,
        scalar: Secret<32>,
    ) -> Result<KeyRef, CryptoError> {
        let (pair, public) = match purpose {
            KeyPurpose::Log | KeyPurpose::Relay => ed25519_pair(&scalar)?,
            _ => p256_pair(&scalar)?,
        };
        let key = KeyRef { id, purpose, public };
        self.0.insert(id, Arc::new(Entry { key, scalar, pair }));
        Ok(key)
    }

    /// The public side of a key.
    ///
    /// # Errors
    /// [`CryptoError::NoSuchKey`].
    pub fn find(&self, id: &KeyId) -> Result<KeyRef, CryptoError> {
        self.0.get(id).map(|e| e.key).ok_or(CryptoError::NoSuchKey)
    }

    /// Signs `message` in `domain`.
    ///
    /// # Errors
    /// [`CryptoError::NoSuchKey`], or [`CryptoError::WrongPurpose`] for a domain the key is not for.
    pub fn sign(&self, id: &KeyId, domain: SigningDomain, message: &[u8]) -> Result<Signature, CryptoError> {
        let entry = self.0.get(id).ok_or(CryptoError::NoSuchKey)?;
        if !entry.key.purpose.allows(domain) {
            return Err(CryptoError::WrongPurpose);
        }
        let mut out = [0; 64];
        match &entry.pair {
            Pair::P256(pair) => {
                let signature = pair.sign(&signing_nonces(), message).map_err(|_| CryptoError::Random)?;
                out.copy_from_slice(signature.as_ref());
            }
            Pair::Ed25519(pair) => out.copy_from_slice(pair.sign(message).as_ref()),
        }
        Ok(out)
    }

    /// Forgets a key; whether there was one.
    pub fn remove(&mut self, id: &KeyId) -> bool {
        self.0.remove(id).is_some()
    }

    /// Every key with its private bytes, to be written sealed.
    pub fn dangerous_private_keys(&self) -> impl Iterator<Item = (&KeyRef, &Secret<32>)> {
        self.0.values().map(|entry| (&entry.key, &entry.scalar))
    }
}

impl std::fmt::Debug for SoftwareKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SoftwareKeys({} keys)", self.0.len())
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "ring draws ECDSA nonces itself: the stated exception to the port"
)]
fn signing_nonces() -> SystemRandom {
    SystemRandom::new()
}

fn p256_pair(scalar: &Secret<32>) -> Result<(Pair, PublicKey), CryptoError> {
    // EXPOSE: ring and p256 both need the scalar to make the pair.
    let private = p256::SecretKey::from_slice(scalar.expose()).map_err(|_| CryptoError::BadPrivateKey)?;
    let public = public_of(&private);
    let pair = EcdsaKeyPair::from_private_key_and_public_key(
        &ECDSA_P256_SHA256_FIXED_SIGNING,
        scalar.expose(),
        public.as_sec1(),
        &signing_nonces(),
    )
    .map_err(|_| CryptoError::BadPrivateKey)?;
    Ok((Pair::P256(Box::new(pair)), PublicKey::P256(public)))
}

fn ed25519_pair(seed: &Secret<32>) -> Result<(Pair, PublicKey), CryptoError> {
    // EXPOSE: the seed is the private key (RFC 8032 section 5.1.5).
    let pair = Ed25519KeyPair::from_seed_unchecked(seed.expose()).map_err(|_| CryptoError::BadPrivateKey)?;
    let mut public = [0; 32];
    public.copy_from_slice(pair.public_key().as_ref());
    Ok((Pair::Ed25519(Box::new(pair)), PublicKey::Ed25519(public)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{OsRandom, verify_ed25519, verify_es256};

    #[test]
    fn a_key_signs_only_for_its_purpose() {
        let mut keys = SoftwareKeys::default();
        let key = keys.generate(&OsRandom, KeyPurpose::Consent).unwrap();
        let signature = keys.sign(&key.id, SigningDomain::Grant, b"grant").unwrap();
        assert_eq!(verify_es256(key.public.p256().unwrap(), b"grant", &signature), Ok(()));
        assert_eq!(
            verify_es256(key.public.p256().unwrap(), b"other", &signature),
            Err(CryptoError::BadSignature)
        );
        assert_eq!(keys.sign(&key.id, SigningDomain::KeyBinding, b"x"), Err(CryptoError::WrongPurpose));
        assert!(keys.remove(&key.id));
        assert_eq!(keys.sign(&key.id, SigningDomain::Grant, b"x"), Err(CryptoError::NoSuchKey));
    }

    #[test]
    fn log_keys_are_ed25519_and_survive_storage() {
        let mut keys = SoftwareKeys::default();
        let made = keys.generate(&OsRandom, KeyPurpose::Log).unwrap();
        let mut again = SoftwareKeys::default();
        for (key, secret) in keys.dangerous_private_keys() {
            again.insert(key.id, key.purpose, secret.duplicate()).unwrap();
        }
        let signature = again.sign(&made.id, SigningDomain::Checkpoint, b"note").unwrap();
        assert_eq!(verify_ed25519(made.public.ed25519().unwrap(), b"note", &signature), Ok(()));
        assert_eq!(format!("{again:?}"), "SoftwareKeys(1 keys)");
    }
}
