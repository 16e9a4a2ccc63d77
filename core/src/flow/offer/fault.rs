//! Entries that the relay signed: kept, compared with each other, and with what the step should have.

use chop_crypto::Digest;
use chop_formats::log_entry::EntryKind;
use chop_formats::relay::{FaultKind, SignedEntry, UnverifiedEntry, VerifiedEntry, What, equivocation};
use chop_ledger::VerifierKey;
use chop_model::Id;
use chop_vault::table::artefact::ArtefactKind;
use chop_vault::table::offer;

use crate::journal::Entry;
use crate::{Error, Result, Wallet};

use super::OfferFault;
use super::row::{RowWords as _, keeps};

impl Wallet {
    /// Verifies an entry under the relay's key: that it is of this offer. Kept, and compared with every
    /// entry of this offer that was kept before: two that contradict each other are a proof.
    pub(super) fn take_entry(
        &self,
        row: &offer::Row,
        key: &VerifierKey,
        entry: &SignedEntry,
    ) -> Result<VerifiedEntry> {
        let verified = entry.to_unverified().verify(key).map_err(|_| Error::from(OfferFault::BadEntry))?;
        verified.expect_offer(&row.name()).map_err(|_| Error::from(OfferFault::BadEntry))?;
        let known = self.relay_entries(&row.id, key)?;
        if known.iter().any(|old| old.bytes() == verified.bytes()) {
            return Ok(verified);
        }
        let proof = known.iter().find_map(|old| equivocation(old, &verified));
        let kind = if proof.is_some() { EntryKind::Refused } else { EntryKind::Received };
        let logged = Entry::new(kind, &self.ports)
            .text("exchange", &row.id.to_string())
            .hash("relay-entry", chop_crypto::sha256(entry.as_bytes()));
        self.record("entry", logged, |tx, logged| {
            keeps(tx, logged, &row.id, ArtefactKind::RelayEntry, entry.as_bytes())?;
            match &proof {
                Some(proof) => keeps(tx, logged, &row.id, ArtefactKind::RelayFault, &proof.to_bytes()),
                None => Ok(()),
            }
        })?;
        match proof {
            Some(proof) => Err(Error::from(OfferFault::Equivocated).with("fault", word(proof.kind()))),
            None => Ok(verified),
        }
    }

    /// As [`Wallet::take_entry`], and that it is this step of this claim.
    pub(super) fn take_step(
        &self,
        row: &offer::Row,
        key: &VerifierKey,
        entry: &SignedEntry,
        what: What,
        claim: &Digest,
    ) -> Result<VerifiedEntry> {
        let verified = self.take_entry(row, key, entry)?;
        verified.expect(what, &row.name(), claim).map_err(|_| Error::from(OfferFault::BadEntry))?;
        Ok(verified)
    }

    fn relay_entries(&self, id: &Id, key: &VerifierKey) -> Result<Vec<VerifiedEntry>> {
        let stored = self.offer_all(id, ArtefactKind::RelayEntry)?;
        let entries = stored.iter().filter_map(|bytes| UnverifiedEntry::parse(bytes).ok());
        Ok(entries.filter_map(|entry| entry.verify(key).ok()).collect())
    }

    /// Two entries of an offer's relay that contradict each other, as a file that anybody can judge.
    ///
    /// # Errors
    /// `offer-flow.unknown`.
    pub fn relay_faults(&self, id: &Id) -> Result<Vec<Vec<u8>>> {
        self.offer_row(id)?;
        self.offer_all(id, ArtefactKind::RelayFault)
    }

    /// Holds an entry that somebody else was given against those of this offer: a verifier and a holder,
    /// or two verifiers, who compare what the relay told each of them.
    ///
    /// # Errors
    /// `offer-flow.equivocated` when the relay said both: the proof is kept. `offer-flow.bad-entry` for an
    /// entry of another relay or offer.
    pub fn compare_entry(&self, id: &Id, signed: &[u8]) -> Result<()> {
        let row = self.offer_row(id)?;
        let key = self.relay_key(id)?.ok_or(OfferFault::WrongStep)?;
        let entry = UnverifiedEntry::parse(signed).map_err(|_| Error::from(OfferFault::BadEntry))?;
        self.take_entry(&row, &key, entry.signed()).map(|_| ())
    }

    /// The entries that the relay signed for this offer, as they came.
    ///
    /// # Errors
    /// `offer-flow.unknown`.
    pub fn kept_entries(&self, id: &Id) -> Result<Vec<Vec<u8>>> {
        self.offer_row(id)?;
        self.offer_all(id, ArtefactKind::RelayEntry)
    }
}

/// The stable word for a fault.
pub(super) fn word(kind: FaultKind) -> &'static str {
    match kind {
        FaultKind::ClaimedTwice => "claimed-twice",
        FaultKind::ReleasedTwice => "released-twice",
        FaultKind::ReleasedAndRevoked => "released-and-revoked",
        FaultKind::ReleasedToAnother => "released-to-another",
        FaultKind::TwoAtOnePlace => "two-at-one-place",
    }
}
