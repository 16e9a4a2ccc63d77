//! The relay's Ed25519 key: it signs entries and checkpoints. One key, one log, one store.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use chop_crypto::encoding::{array_from_base64url, to_base64url};
use chop_crypto::{
    CryptoError, KeyId, KeyPurpose, KeyRef, OsRandom, Secret, Signature, SigningDomain, SoftwareKeys,
};
use chop_formats::relay::SignedEntry;
use chop_ledger::{Checkpoint, NoteError, VerifierKey};

/// The key with the name of its log.
#[derive(Clone)]
pub struct RelayKey {
    keys: Arc<SoftwareKeys>,
    id: KeyId,
    vkey: VerifierKey,
}

/// Why a key could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file.
    #[error("the key file: {0}")]
    File(#[from] io::Error),
    /// Its content.
    #[error("the key file does not hold a relay key")]
    Content,
    /// The name.
    #[error("the origin cannot be the name of a log: {0}")]
    Name(#[from] NoteError),
    /// The random source or the key.
    #[error("the key: {0}")]
    Crypto(#[from] CryptoError),
    /// Others can read the file.
    #[error("the key file can be read by others; chmod 600 it")]
    TooOpen,
}

impl RelayKey {
    /// A fresh key for the log of this name.
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn make(name: &str) -> Result<Self, KeyError> {
        let mut keys = SoftwareKeys::default();
        let key = keys.generate(&OsRandom, KeyPurpose::Relay)?;
        Self::of(keys, key, name)
    }

    /// Reads a key file that nobody else may read.
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn read(path: &Path, name: &str) -> Result<Self, KeyError> {
        refuse_open_file(path)?;
        let text = fs::read_to_string(path)?;
        let seed = text.trim().strip_prefix(PREFIX).ok_or(KeyError::Content)?;
        let seed = Secret::new(array_from_base64url(seed).map_err(|_| KeyError::Content)?);
        let mut keys = SoftwareKeys::default();
        let key = keys.insert(KeyId([0; 16]), KeyPurpose::Relay, seed)?;
        Self::of(keys, key, name)
    }

    /// Writes the key into a new file that only its owner can read.
    ///
    /// # Errors
    /// [`KeyError::File`] when the file exists or cannot be written.
    pub fn write(&self, path: &Path) -> Result<(), KeyError> {
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path)?;
        for (_, seed) in self.keys.dangerous_private_keys() {
            // EXPOSE: this is the file that the key lives in.
            writeln!(file, "{PREFIX}{}", to_base64url(seed.expose()))?;
        }
        Ok(file.sync_all()?)
    }

    /// The public key with the log's name: what a grant carries as `relay.vkey`.
    pub fn vkey(&self) -> &VerifierKey {
        &self.vkey
    }

    /// Signs an entry's bytes. Ed25519 is deterministic: the same entry always gets the same bytes.
    pub(crate) fn sign_entry(&self, entry: &[u8]) -> Result<SignedEntry, CryptoError> {
        SignedEntry::make(entry, &self.vkey, |message| self.sign(SigningDomain::RelayEntry, message))
    }

    /// Signs the state of the log.
    pub(crate) fn sign_checkpoint(&self, size: u64, root: [u8; 32]) -> Result<String, NoteError> {
        let checkpoint = Checkpoint { origin: self.vkey.name().to_owned(), size, root };
        checkpoint.sign(&self.vkey, |message| self.sign(SigningDomain::Checkpoint, message))
    }

    fn sign(&self, domain: SigningDomain, message: &[u8]) -> Result<Signature, CryptoError> {
        self.keys.sign(&self.id, domain, message)
    }

    fn of(keys: SoftwareKeys, key: KeyRef, name: &str) -> Result<Self, KeyError> {
        let vkey = VerifierKey::new(name, *key.public.ed25519()?)?;
        Ok(Self { keys: Arc::new(keys), id: key.id, vkey })
    }
}

impl std::fmt::Debug for RelayKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RelayKey({})", self.vkey)
    }
}

#[cfg(unix)]
fn refuse_open_file(path: &Path) -> Result<(), KeyError> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = fs::metadata(path)?.permissions().mode();
    if mode & 0o077 == 0 { Ok(()) } else { Err(KeyError::TooOpen) }
}

#[cfg(not(unix))]
fn refuse_open_file(_: &Path) -> Result<(), KeyError> {
    Ok(())
}

const PREFIX: &str = "chop-relay-key-1:";
