//! A verifier states a key to which offers may be sealed while it is not there (C2n).

use chop_crypto::{AgreementKey, Secret};
use chop_formats::log_entry::EntryKind;
use chop_formats::offer::{KeyStatement, MAX_STATEMENT_LIFETIME};
use chop_formats::request::encryption_kid;
use chop_formats::x509::x509_hash;
use chop_model::Id;
use chop_vault::table::artefact::{self, ArtefactKind, NewArtefact};
use chop_vault::table::secret::{self, SecretKind};

use crate::journal::Entry;
use crate::{Result, Wallet, WalletError};

use super::OfferFault;

impl Wallet {
    /// Makes a key that only encrypts and signs a statement of it, for `days`, at most 90. The private
    /// half is in the record before the statement is given out.
    ///
    /// # Errors
    /// `key.not-certified`; `offer-flow.bad-end`.
    pub fn state_key(&self, days: u32) -> Result<String> {
        let seconds = i64::from(days) * 86_400;
        if !(1..=MAX_STATEMENT_LIFETIME).contains(&seconds) {
            return Err(OfferFault::BadEnd.into());
        }
        let (signer, x5c) = self.verifier()?;
        let client = x509_hash(x5c.first().ok_or(WalletError::NotCertified)?);
        let random = self.ports.random.as_ref();
        let (id, key, now) = (Id::make(random)?, AgreementKey::make(random)?, self.ports.clock.now());
        let statement = KeyStatement { key: key.public(), iat: now, exp: now.plus(seconds) };
        let text = statement.sign(&x5c, self.ports.keystore.as_ref(), &signer)?;
        let kid = encryption_kid(&key.public());
        let entry = Entry::new(EntryKind::KeyRotated, &self.ports)
            .text("key", "stated")
            .hash("statement", chop_crypto::sha256(text.as_bytes()));
        self.record("statement", entry, |tx, entry| {
            let once = Some((client.as_str(), kid.as_str()));
            let new = NewArtefact { exchange: id, kind: ArtefactKind::KeyStatement, once };
            entry.commits(artefact::insert(tx, &new, text.as_bytes())?.fact());
            entry.commits(secret::insert(tx, &id, SecretKind::StatedKey, &key.to_secret())?);
            Ok(())
        })?;
        Ok(text)
    }

    /// The private half of a stated key, by its name.
    pub(super) fn stated_key(&self, client: &str, kid: &str) -> Result<Option<AgreementKey>> {
        let row =
            self.vault.read(|read| artefact::find_by_jti(read, ArtefactKind::KeyStatement, client, kid))?;
        let Some(row) = row else { return Ok(None) };
        let secret: Option<Secret<32>> =
            self.vault.read(|read| secret::find(read, &row.exchange, SecretKind::StatedKey))?;
        Ok(secret.map(|secret| AgreementKey::from_secret(&secret)).transpose()?)
    }
}
