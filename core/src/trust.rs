//! Who is trusted: signed lists, each accepted under the fingerprint of its publisher's key that the
//! person saw elsewhere. Lists live in the space, are committed in the record, and never go back.

use chop_crypto::Digest;
use chop_crypto::encoding::{array_from_base64url, to_base64url};
use chop_formats::log_entry::EntryKind;
use chop_formats::trust_list::{LastSeen, TrustView, UnverifiedTrustList, VerifiedTrustList};
use chop_vault::table::trust;

use crate::journal::Entry;
use crate::{PinnedList, Result, Wallet, WalletError};

/// A list that is held, and whether it may still be relied on.
#[derive(Debug)]
pub struct HeldList {
    /// The list, verified again just now.
    pub list: VerifiedTrustList,
    /// A newer edition is due.
    pub is_stale: bool,
}

impl Wallet {
    /// The fingerprint of the key that signed a list: what the person compares before accepting it.
    ///
    /// # Errors
    /// When the text is no trust list.
    pub fn fingerprint_of_list(&self, text: &str) -> Result<Digest> {
        Ok(UnverifiedTrustList::parse(text)?.fingerprint())
    }

    /// Accepts a list under the fingerprint that the person saw.
    ///
    /// # Errors
    /// `trust.*`: another publisher, a list older than the one held, a bad signature.
    pub fn add_trust(&self, text: &str, fingerprint: &Digest) -> Result<VerifiedTrustList> {
        let now = self.ports.clock.now();
        let last = self.last_seen(fingerprint)?;
        let list = UnverifiedTrustList::parse(text)?.verify(fingerprint, last.as_ref(), now)?;
        if last.is_some_and(|last| last == list.last_seen()) {
            return Ok(list);
        }
        let row = trust::Row {
            fingerprint: to_base64url(fingerprint),
            seq: list.content().seq,
            text: list.text().to_owned(),
            added_at: now,
        };
        let entry = Entry::new(EntryKind::TrustAdded, &self.ports)
            .hash("publisher", *fingerprint)
            .hash("list", list.digest());
        self.record("trust", entry, |tx, entry| {
            trust::insert(tx, &row)?;
            entry.commits(row.fact());
            Ok(())
        })?;
        self.judge_seals_again()?;
        Ok(list)
    }

    /// The newest list of each publisher, verified again.
    ///
    /// # Errors
    /// When a stored list no longer verifies: the space was changed from outside.
    pub fn trust_lists(&self) -> Result<Vec<HeldList>> {
        let now = self.ports.clock.now();
        self.pinned_lists()?
            .iter()
            .map(|pinned| {
                let list = verify(pinned, now)?;
                Ok(HeldList { is_stale: list.is_stale(now), list })
            })
            .collect()
    }

    /// Everybody who is trusted now: the space's lists and the edge's.
    ///
    /// # Errors
    /// As [`Wallet::trust_lists`].
    pub fn trust(&self) -> Result<TrustView> {
        let now = self.ports.clock.now();
        let pinned = self.pinned_lists()?.into_iter().chain(self.ports.anchors.lists());
        Ok(TrustView::new(pinned.map(|list| verify(&list, now)).collect::<Result<_>>()?))
    }

    fn pinned_lists(&self) -> Result<Vec<PinnedList>> {
        self.vault
            .read(trust::newest)?
            .into_iter()
            .map(|row| {
                let fingerprint =
                    array_from_base64url(&row.fingerprint).map_err(|_| WalletError::LogBroken)?;
                Ok(PinnedList { fingerprint, text: row.text })
            })
            .collect()
    }

    fn last_seen(&self, fingerprint: &Digest) -> Result<Option<LastSeen>> {
        let held = self.pinned_lists()?.into_iter().find(|list| list.fingerprint == *fingerprint);
        held.map(|list| Ok(verify(&list, self.ports.clock.now())?.last_seen())).transpose()
    }
}

fn verify(list: &PinnedList, now: chop_model::UnixTime) -> Result<VerifiedTrustList> {
    Ok(UnverifiedTrustList::parse(&list.text)?.verify(&list.fingerprint, None, now)?)
}
