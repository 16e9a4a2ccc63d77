//! Which key is for what. Names in the space, private halves in the key store.
//!
//! Consent keys, and the keys that speak for the holder's own items, are made per recipient
//! organisation: two recipients cannot join what they hold by a key.

use chop_crypto::encoding::to_base64url;
use chop_crypto::{Digest, KeyId, KeyPurpose, KeyRef, P256PublicKey};
use chop_formats::jose::jwk;
use chop_formats::log_entry::EntryKind;
use chop_formats::x509::{VerifiedChain, x509_hash};
use chop_vault::table::meta;

use crate::journal::Entry;
use crate::{Result, Wallet, WalletError};

/// What a pairwise key does for its recipient.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pairwise {
    /// Signs grants and delivery notes.
    Consent,
    /// Signs statements about the holder's own items.
    Item,
    /// Binds those statements to the holder.
    ItemBinding,
}

impl Pairwise {
    fn word(self) -> &'static str {
        match self {
            Self::Consent => "consent",
            Self::Item => "item",
            Self::ItemBinding => "item-binding",
        }
    }

    fn purpose(self) -> KeyPurpose {
        match self {
            Self::Consent => KeyPurpose::Consent,
            Self::Item => KeyPurpose::Item,
            Self::ItemBinding => KeyPurpose::Credential,
        }
    }
}

/// The name under which the key of a credential's `cnf` is kept.
pub(crate) fn credential_name(thumbprint: &Digest) -> String {
    format!("key.credential.{}", to_base64url(thumbprint))
}

/// How the names of keys begin.
pub(crate) const KEY_NAME: &str = "key.";

/// Name of the verifier's certified key.
const VERIFIER: &str = "key.verifier";
/// Name of its certificate chain.
const CHAIN: &str = "key.verifier.chain";

impl Wallet {
    /// Makes a key to which an issuer can bind a credential.
    ///
    /// # Errors
    /// When the key store cannot be written.
    pub fn make_credential_key(&self) -> Result<P256PublicKey> {
        let key = self.ports.keystore.generate(KeyPurpose::Credential)?;
        let public = *key.public.p256()?;
        self.name_key(&credential_name(&jwk::thumbprint(&public)), &key)?;
        Ok(public)
    }

    /// The verifier's certified key, made when there is none.
    ///
    /// # Errors
    /// When the key store cannot be written.
    pub fn verifier_key(&self) -> Result<P256PublicKey> {
        Ok(*self.key_for(VERIFIER, KeyPurpose::Verifier)?.public.p256()?)
    }

    /// Keeps the certificate chain of the verifier's key, leaf first, DER.
    ///
    /// # Errors
    /// `key.not-certified` when the leaf is for another key.
    pub fn certify(&self, chain: &[Vec<u8>]) -> Result<()> {
        let key = self.verifier_key()?;
        let leaf = chain.first().ok_or(WalletError::OtherCertificate)?;
        if chop_formats::x509::leaf_key(leaf)? != key {
            return Err(WalletError::OtherCertificate.into());
        }
        let entry = Entry::new(EntryKind::KeyRotated, &self.ports).text("client", &x509_hash(leaf));
        let bytes = serde_json::to_vec(&chain.iter().map(|der| to_base64url(der)).collect::<Vec<_>>())
            .map_err(|_| WalletError::Internal)?;
        self.record("certify", entry, |tx, entry| entry.sets(tx, CHAIN, &bytes))
    }

    /// The full client identifier under which this space asks: the hash of its certificate.
    ///
    /// # Errors
    /// `key.not-certified` when there is no certificate yet.
    pub fn client_id(&self) -> Result<String> {
        let (_, chain) = self.verifier()?;
        Ok(x509_hash(chain.first().ok_or(WalletError::NotCertified)?))
    }

    /// The verifier's key with its chain.
    ///
    /// # Errors
    /// `key.not-certified` when there is none yet.
    pub(crate) fn verifier(&self) -> Result<(KeyId, Vec<Vec<u8>>)> {
        let key = self.key_named(VERIFIER)?.ok_or(WalletError::NotCertified)?;
        let bytes = self.vault.read(|read| meta::find(read, CHAIN))?.ok_or(WalletError::NotCertified)?;
        let chain: Vec<String> = serde_json::from_slice(&bytes).map_err(|_| WalletError::LogBroken)?;
        let chain = chain
            .iter()
            .map(|der| chop_crypto::encoding::from_base64url(der))
            .collect::<std::result::Result<_, _>>()?;
        Ok((key, chain))
    }

    /// The key of this kind for one recipient organisation, or for one offer, made at the first meeting.
    pub(crate) fn pairwise_key(&self, kind: Pairwise, with: &str) -> Result<KeyRef> {
        self.key_for(&format!("key.{}.{with}", kind.word()), kind.purpose())
    }

    /// The key kept under `name`.
    pub(crate) fn key_named(&self, name: &str) -> Result<Option<KeyId>> {
        let bytes = self.vault.read(|read| meta::find(read, name))?;
        bytes.map(|bytes| bytes.try_into().map(KeyId).map_err(|_| WalletError::LogBroken.into())).transpose()
    }

    fn key_for(&self, name: &str, purpose: KeyPurpose) -> Result<KeyRef> {
        if let Some(id) = self.key_named(name)? {
            return Ok(self.ports.keystore.find(&id)?);
        }
        let key = self.ports.keystore.generate(purpose)?;
        self.name_key(name, &key)?;
        Ok(key)
    }

    fn name_key(&self, name: &str, key: &KeyRef) -> Result<()> {
        let entry = Entry::new(EntryKind::KeyRotated, &self.ports).text("key", name);
        self.record("key", entry, |tx, entry| entry.sets(tx, name, &key.id.0))
    }
}

/// What stays the same when an organisation renews its certificate: its registered identifier, or
/// its certificate where it has none.
pub(crate) fn organisation_of(chain: &VerifiedChain) -> String {
    chain.organisation_id().map_or_else(|| chain.x509_hash(), str::to_owned)
}
