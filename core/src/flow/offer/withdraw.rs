//! Withdrawal of an offer: two answers, both signed, and no third.

use chop_formats::log_entry::EntryKind;
use chop_formats::relay::{RelayRefusal, Withdraw, Withdrawal};
use chop_model::Id;
use chop_vault::table::exchange::Role;
use chop_vault::table::offer;
use chop_vault::table::secret::{self, SecretKind};

use crate::consent::Step;
use crate::journal::Entry;
use crate::{Error, Result, Wallet, WalletError};

use super::call::{RelayAnswer, RelayStep};
use super::row::{RowWords as _, moves};
use super::stand::OfferState;
use super::{OfferFault, Told};

impl Wallet {
    /// Takes an offer back. In C1 it is decided here: after this the share never leaves. In C2 the relay
    /// decides, and says by its signature which of the two it was: [`Told::RevokedAt`] or
    /// [`Told::AlreadyReleasedAt`].
    ///
    /// # Errors
    /// `exchange.already-released` once the acknowledgement was taken here; `offer-flow.wrong-step`.
    pub fn withdraw_offer(&self, id: &Id) -> Result<()> {
        let row = self.offer_row(id)?;
        if row.role != Role::Holder {
            return Err(OfferFault::WrongStep.into());
        }
        match row.state()? {
            OfferState::Withdrawing | OfferState::Withdrawn => return Ok(()),
            OfferState::Acked | OfferState::Released | OfferState::Done => {
                return Err(WalletError::AlreadyReleased.into());
            }
            OfferState::Expired => return Err(WalletError::Expired.into()),
            OfferState::Frozen => return Err(WalletError::Frozen.into()),
            _ => {}
        }
        // The exchange first: an acknowledgement that is being taken at this moment loses or wins there.
        if !row.way()?.is_sealed() && self.has_exchange(id)? {
            self.withdraw(id)?;
        }
        self.takes_back(&self.offer_row(id)?)
    }

    /// Writes that an offer is taken back, before the relay is told.
    pub(super) fn takes_back(&self, row: &offer::Row) -> Result<()> {
        let id = &row.id;
        let now = self.ports.clock.now();
        let after = row.at(OfferState::Withdrawing, now);
        let entry = Entry::new(EntryKind::Revoked, &self.ports)
            .text("exchange", &id.to_string())
            .text("offer-state", OfferState::Withdrawing.word());
        self.record("withdraw-offer", entry, |tx, entry| {
            moves(tx, entry, row, &after)?;
            entry.moves_consent_if_it_can(tx, id, Step::Withdraw, row.updated_at.max(now))?;
            // In C2 the keys go only with the relay's word: it may have been too late.
            if !row.way()?.is_sealed() && secret::destroy(tx, id, SecretKind::KeyShare)? {
                entry.destroys("secret", &secret::key_of(id, SecretKind::KeyShare));
            }
            Ok(())
        })
    }

    /// What the relay says to it.
    pub(super) fn withdrawal(&self, row: &offer::Row, answer: &RelayAnswer) -> Result<RelayStep> {
        match answer.read::<Withdraw>()? {
            Ok(withdrawn) => {
                let key = self.relay_key(&row.id)?.ok_or(WalletError::LogBroken)?;
                let entry = self.take_entry(row, &key, &withdrawn.entry)?;
                match Withdrawal::of(entry).map_err(|_| Error::from(OfferFault::BadEntry))? {
                    Withdrawal::RevokedAt(at, _) => {
                        self.forget(row)?;
                        self.goes_on(row, OfferState::Withdrawing, OfferState::Withdrawn)?;
                        Ok(vec![Told::RevokedAt(at)])
                    }
                    Withdrawal::AlreadyReleasedAt(at, _) => {
                        // What the relay knows of it comes with the next events.
                        self.goes_on(row, OfferState::Withdrawing, OfferState::Open)?;
                        Ok(vec![Told::AlreadyReleasedAt(at)])
                    }
                }
            }
            // The relay never heard of it: the offer was withdrawn before it was one. Of one that it signed
            // for it owes a signed answer.
            Err(RelayRefusal::UnknownOffer) if self.kept_entries(&row.id)?.is_empty() => {
                self.forget(row)?;
                self.goes_on(row, OfferState::Withdrawing, OfferState::Withdrawn)
            }
            Err(refusal) => self.refused(row, refusal),
        }
    }

    /// Destroys what could still open the content, and closes the exchange where one began.
    pub(super) fn forget(&self, row: &offer::Row) -> Result<()> {
        if self.has_exchange(&row.id)? {
            match self.withdraw_exchange(&row.id) {
                Ok(()) => {}
                Err(error) if error.code() == "exchange.already-released" => return Ok(()),
                Err(error) => return Err(error),
            }
        }
        let entry = Entry::new(EntryKind::Erased, &self.ports).text("exchange", &row.id.to_string());
        self.record("forget", entry, |tx, entry| {
            for kind in [SecretKind::KeyShare, SecretKind::ContentKey] {
                if secret::destroy(tx, &row.id, kind)? {
                    entry.destroys("secret", &secret::key_of(&row.id, kind));
                }
            }
            Ok(())
        })
    }

    pub(super) fn has_exchange(&self, id: &Id) -> Result<bool> {
        Ok(self.vault.read(|read| chop_vault::table::exchange::find(read, id))?.is_some())
    }
}
