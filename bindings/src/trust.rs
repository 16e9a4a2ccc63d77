//! Whom to believe: signed lists, each accepted under a fingerprint that a person compared.

use std::sync::Arc;

use chop_core::Wallet;
use chop_core::plumbing::crypto::encoding::{from_base64url, to_base64url};

use crate::ChopError;
use crate::data::Language;
use crate::error::{BorderError, failed};

/// The trust lists of a space.
#[derive(uniffi::Object)]
pub struct Trust {
    pub(crate) wallet: Arc<Wallet>,
}

/// A trust list that was accepted.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct TrustListView {
    /// Who publishes it.
    pub publisher: String,
    /// Its edition.
    pub edition: u64,
    /// Seconds since 1970.
    pub issued_at: i64,
    /// Seconds since 1970: a newer one should be there by then.
    pub next_update: i64,
    /// Whether it is past that.
    pub is_stale: bool,
    /// How many it names.
    pub entries: u32,
}

#[uniffi::export]
impl Trust {
    /// The fingerprint of a list's publisher, to be compared with one from elsewhere.
    pub fn fingerprint(&self, list: String) -> Result<String, ChopError> {
        Ok(to_base64url(&self.wallet.fingerprint_of_list(&list)?))
    }

    /// Accepts a list under the fingerprint that was compared.
    pub fn add(&self, list: String, fingerprint: String) -> Result<(), ChopError> {
        self.wallet.add_trust(&list, &fingerprint_of(&fingerprint)?)?;
        Ok(())
    }

    /// The lists in force.
    pub fn lists(&self, language: Language) -> Result<Vec<TrustListView>, ChopError> {
        let lists = self.wallet.trust_lists()?;
        Ok(lists
            .into_iter()
            .map(|held| {
                let list = held.list.content();
                TrustListView {
                    publisher: list.publisher.in_lang(language.into()).to_owned(),
                    edition: list.seq,
                    issued_at: list.issued.0,
                    next_update: list.next_update.0,
                    is_stale: held.is_stale,
                    entries: u32::try_from(list.entries.len()).unwrap_or(u32::MAX),
                }
            })
            .collect())
    }
}

/// The fingerprint of a list's publisher, as [`Trust::fingerprint`] wrote it.
pub(crate) fn fingerprint_of(text: &str) -> Result<[u8; 32], ChopError> {
    let bytes = from_base64url(text).ok().and_then(|bytes| bytes.try_into().ok());
    bytes.ok_or_else(|| failed(BorderError::BadId))
}
