//! The key store of the system as a second way to open a space: Secret Service on Linux, Keychain on
//! macOS, Credential Manager on Windows. It keeps a key of 32 random bytes for each space; that key seals
//! the space's data key. Without one everything works as before.

use chop_core::plumbing::crypto::{
    Anchor, CryptoError, KeyId, KeyPurpose, KeyRef, Keystore, OsRandom, Secret, Signature, SigningDomain,
    make_secret, open, seal,
};
use chop_core::plumbing::model::Id;
use keyring::{Entry, Error};

/// The entry of one space in the system's key store. It wraps, and does nothing else.
pub(crate) struct PlatformKeys(Id);

impl PlatformKeys {
    /// The entry of the space `id`.
    pub(crate) fn of(id: Id) -> Self {
        Self(id)
    }

    /// Forgets the key of this space. A store that cannot be reached keeps a key that opens nothing.
    pub(crate) fn forget(&self) {
        let _ = self.entry().map(|entry| entry.delete_credential());
    }

    fn entry(&self) -> Result<Entry, CryptoError> {
        Entry::new(SERVICE, &self.0.to_string()).map_err(refused)
    }

    fn context(&self) -> Vec<u8> {
        [CONTEXT, &self.0.0].concat()
    }
}

impl Keystore for PlatformKeys {
    fn wrap(&self, secret: &Secret<32>) -> Result<Option<Vec<u8>>, CryptoError> {
        let outer = make_secret::<32>(&OsRandom)?;
        // EXPOSE: the system keeps this key; it is worth nothing without the space's folder.
        self.entry()?.set_secret(outer.expose()).map_err(refused)?;
        // EXPOSE: the data key is what is wrapped.
        Ok(Some(seal(&OsRandom, &outer, &self.context(), secret.expose())?))
    }

    fn unwrap(&self, wrapped: &[u8]) -> Result<Secret<32>, CryptoError> {
        let kept = match self.entry()?.get_secret() {
            Ok(kept) => zeroed(kept),
            // Another account, or an emptied store: this platform did not seal it.
            Err(Error::NoEntry) => return Err(CryptoError::BadSeal),
            Err(error) => return Err(refused(error)),
        };
        // EXPOSE: the bytes the system kept are a key again.
        let outer = Secret::from_slice(kept.expose()).ok_or(CryptoError::BadSeal)?;
        let key = open(&outer, &self.context(), wrapped)?;
        // EXPOSE: moved from one zeroing box into another.
        Secret::from_slice(key.expose()).ok_or(CryptoError::BadSeal)
    }

    fn generate(&self, _: KeyPurpose) -> Result<KeyRef, CryptoError> {
        Err(CryptoError::KeystoreUnavailable)
    }

    fn find(&self, _: &KeyId) -> Result<KeyRef, CryptoError> {
        Err(CryptoError::KeystoreUnavailable)
    }

    fn sign(&self, _: &KeyId, _: SigningDomain, _: &[u8]) -> Result<Signature, CryptoError> {
        Err(CryptoError::KeystoreUnavailable)
    }

    fn delete(&self, _: &KeyId) -> Result<(), CryptoError> {
        Err(CryptoError::KeystoreUnavailable)
    }

    fn anchor(&self, _: &str) -> Result<Option<Anchor>, CryptoError> {
        Err(CryptoError::KeystoreUnavailable)
    }

    fn set_anchor(&self, _: &str, _: Anchor) -> Result<(), CryptoError> {
        Err(CryptoError::KeystoreUnavailable)
    }

    fn outlives_vault(&self) -> bool {
        false
    }
}

/// Whatever the store says: no service, a locked collection, a person who pressed "no".
fn refused(_: Error) -> CryptoError {
    CryptoError::KeystoreUnavailable
}

fn zeroed(bytes: Vec<u8>) -> chop_core::plumbing::crypto::SecretBytes {
    chop_core::plumbing::crypto::SecretBytes::new(bytes)
}

/// The name under which the system lists it.
const SERVICE: &str = "Chop";
const CONTEXT: &[u8] = b"chop/1/slot/platform/";
