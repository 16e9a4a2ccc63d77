//! The holder's side of the relay: what an offer needs next, and what happened to it while the wallet
//! was off. Events are taken in order, without a gap, each with its entry.

use chop_crypto::sha256;
use chop_formats::log_entry::EntryKind;
use chop_formats::relay::{
    Answer, Bounded, Create, Event, EventKind, MAX_WAIT, Reject, RelayRefusal, Release, State as AtRelay,
    Watch, Watched, What, Withdraw,
};
use chop_vault::table::artefact::ArtefactKind;
use chop_vault::table::exchange::Role;
use chop_vault::table::offer;
use chop_vault::table::secret::SecretKind;

use crate::journal::Entry;
use crate::{Result, Wallet, WalletError};

use super::call::{RelayAnswer, RelayCall, RelayStep, Step};
use super::row::{RowWords as _, keeps, moves};
use super::stand::OfferState;
use super::{OfferFault, Told};

impl Wallet {
    pub(super) fn owner_call(&self, row: offer::Row, wait: u64) -> Result<Option<RelayCall>> {
        if self.is_past(&row)? {
            // After the end only the receipt of a share that was given out is still waited for; not for ever.
            if row.state()? != OfferState::Released {
                self.ends(&row, OfferState::Expired)?;
            }
            return Ok(None);
        }
        let (offer, owner) = (row.name(), self.offer_secret(&row.id, SecretKind::OwnerSecret)?);
        let claim = row.claim.ok_or(OfferFault::WrongStep);
        Ok(Some(match row.state()? {
            OfferState::Made => {
                let body = self.offer_bytes(&row.id, ArtefactKind::RelayCreate)?;
                RelayCall::stored::<Create>(&row, Step::Create, body)
            }
            OfferState::Rejecting => {
                RelayCall::of(&row, Step::Reject, &Reject { offer, owner, claim: claim? })
            }
            OfferState::Answered => {
                let env = Bounded::new(self.offer_bytes(&row.id, ArtefactKind::RelayEnvelope)?)?;
                RelayCall::of(&row, Step::Answer, &Answer { offer, owner, claim: claim?, env })
            }
            OfferState::Acked => {
                let share = Bounded::new(self.sealed_share(&row)?)?;
                RelayCall::of(&row, Step::Release, &Release { offer, owner, claim: claim?, share })
            }
            OfferState::Withdrawing => RelayCall::of(&row, Step::Withdraw, &Withdraw { offer, owner }),
            _ => {
                let wait = wait.min(MAX_WAIT);
                RelayCall::of(&row, Step::Watch, &Watch { offer, owner, after: row.seen, wait })
            }
        }))
    }

    pub(super) fn owner_answer(
        &self,
        row: offer::Row,
        step: Step,
        answer: &RelayAnswer,
    ) -> Result<RelayStep> {
        match step {
            Step::Create => match answer.read::<Create>()? {
                Ok(entered) => {
                    let key = self.relay_key(&row.id)?.ok_or(WalletError::LogBroken)?;
                    let entry = self.take_entry(&row, &key, &entered.entry)?;
                    let body = self.offer_bytes(&row.id, ArtefactKind::RelayCreate)?;
                    let is_ours =
                        entry.entry().what == What::Created && entry.entry().about == Some(sha256(&body));
                    if !is_ours {
                        return Err(OfferFault::BadEntry.into());
                    }
                    self.goes_on(&row, OfferState::Made, OfferState::Open)
                }
                Err(refusal) => self.refused(&row, refusal),
            },
            Step::Watch => match answer.read::<Watch>()? {
                Ok(watched) => self.happened(row, watched),
                Err(refusal) => self.refused(&row, refusal),
            },
            Step::Reject => match answer.read::<Reject>()? {
                Ok(entered) => {
                    let key = self.relay_key(&row.id)?.ok_or(WalletError::LogBroken)?;
                    self.take_entry(&row, &key, &entered.entry)?;
                    self.reopened(&row)
                }
                // The lease had run out: the offer is open again anyway.
                Err(RelayRefusal::WrongState | RelayRefusal::Conflict) => self.reopened(&row),
                Err(refusal) => self.refused(&row, refusal),
            },
            Step::Answer => match answer.read::<Answer>()? {
                Ok(entered) => {
                    let (key, claim) = self.key_and_claim(&row)?;
                    let entry = self.take_step(&row, &key, &entered.entry, What::Claimed, &claim)?;
                    let sealed = self.offer_bytes(&row.id, ArtefactKind::RelayEnvelope)?;
                    if entry.entry().about != Some(sha256(&sealed)) {
                        return Err(OfferFault::BadEntry.into());
                    }
                    self.close_open(&row.id, "t1", EntryKind::Offered)?;
                    self.goes_on(&row, OfferState::Answered, OfferState::Delivered)
                }
                Err(refusal) => self.refused(&row, refusal),
            },
            Step::Release => match answer.read::<Release>()? {
                Ok(entered) => {
                    let (key, claim) = self.key_and_claim(&row)?;
                    self.take_step(&row, &key, &entered.entry, What::Released, &claim)?;
                    self.close_open(&row.id, "t3", EntryKind::Released)?;
                    self.goes_on(&row, OfferState::Acked, OfferState::Released)
                }
                Err(refusal) => self.refused(&row, refusal),
            },
            Step::Withdraw => self.withdrawal(&row, answer),
            Step::Claim | Step::Collect | Step::Prove | Step::Acknowledge | Step::Use => {
                Err(OfferFault::WrongStep.into())
            }
        }
    }

    /// Events, in order. Stops where the holder is asked.
    fn happened(&self, mut row: offer::Row, watched: Watched) -> Result<RelayStep> {
        let key = self.relay_key(&row.id)?.ok_or(WalletError::LogBroken)?;
        let mut told = Vec::new();
        let over: Vec<_> = watched
            .events
            .iter()
            .filter(|e| matches!(e.kind, EventKind::Lapsed | EventKind::Rejected | EventKind::Claimed))
            .map(|e| (e.number, e.claim))
            .collect();
        for event in &watched.events {
            if event.number <= row.seen {
                continue;
            }
            // A gap would hide something; the same number again is no news.
            if event.number != row.seen + 1 {
                return Err(OfferFault::BadAnswer.into());
            }
            if let Some(entry) = &event.entry {
                self.take_entry(&row, &key, entry)?;
            }
            let is_over = over.iter().any(|(n, claim)| *n > event.number && *claim == event.claim);
            let waits = event.kind == EventKind::Pending && !is_over && watched.state == AtRelay::Pending;
            if waits && row.state()? == OfferState::Open {
                told.push(self.claimed_live(&row, event)?);
                return Ok(told);
            }
            told.extend(self.event(&row, event)?);
            row = self.offer_row(&row.id)?;
        }
        Ok(told)
    }

    /// Somebody takes up a live offer: the holder is asked, a rule answers, or it is refused here.
    fn claimed_live(&self, row: &offer::Row, event: &Event) -> Result<Told> {
        let body = event.body.as_ref().ok_or(OfferFault::BadAnswer)?.as_bytes();
        if event.claim != Some(sha256(body)) {
            return Err(OfferFault::BadAnswer.into());
        }
        match self.judge_claim(row, event.number, body) {
            Ok(prompt) if prompt.is_ruled() => {
                self.confirm_claim(&prompt)?;
                Ok(Told::Moved(OfferState::Answered))
            }
            Ok(prompt) => Ok(Told::Claim(Box::new(prompt))),
            // Our own trouble is nobody's fault: the claim is not refused for it.
            Err(error) if error.fault() == chop_model::Fault::Bug || error.code() == "vault.locked" => {
                Err(error)
            }
            Err(error) => {
                self.turn_down(row, event.number, sha256(body))?;
                Ok(Told::ClaimRefused(error.code()))
            }
        }
    }

    fn event(&self, row: &offer::Row, event: &Event) -> Result<Vec<Told>> {
        let body = event.body.as_ref().map(Bounded::as_bytes);
        let (state, is_sealed) = (row.state()?, row.way()?.is_sealed());
        let mut told = Vec::new();
        let mut after = offer::Row { seen: event.number, ..row.at(state, self.ports.clock.now()) };
        match (event.kind, body) {
            (EventKind::Claimed, Some(body)) if is_sealed => match self.collected(row, body) {
                Ok((client, name)) => {
                    after = offer::Row {
                        claim: Some(sha256(body)),
                        client_id: client,
                        peer_name: name.en.clone(),
                        ..after
                    };
                    told.push(Told::Collected(name));
                }
                Err(error) => told.push(Told::Strange(error.code())),
            },
            (EventKind::Acked, Some(body)) if !is_sealed => match self.acknowledged(row, body) {
                Ok(()) if state == OfferState::Delivered || state == OfferState::Answered => {
                    after.state = OfferState::Acked.number();
                    told.push(Told::Moved(OfferState::Acked));
                }
                Ok(()) => {}
                Err(error) => told.push(Told::Strange(error.code())),
            },
            (EventKind::Released, Some(body)) if is_sealed => match self.released(row, body) {
                Ok(()) => {
                    after.state = OfferState::Released.number();
                    told.push(Told::Moved(OfferState::Released));
                }
                Err(error) => told.push(Told::Strange(error.code())),
            },
            (EventKind::Used, Some(body)) => match self.used(row, body, is_sealed) {
                Ok(outcome) => {
                    after.state = OfferState::Done.number();
                    told.push(Told::Used(outcome));
                }
                Err(error) => told.push(Told::Strange(error.code())),
            },
            (EventKind::Conflict, body) => {
                after.others += 1;
                told.push(Told::AnotherClaim(body.and_then(|body| self.who_else(row, body))));
            }
            (EventKind::Revoked, _) => {
                self.forget(row)?;
                after.state = OfferState::Withdrawn.number();
                told.push(Told::RevokedAt(event.at));
            }
            (EventKind::Expired, _) if state != OfferState::Released => {
                after.state = OfferState::Expired.number();
                told.push(Told::Moved(OfferState::Expired));
            }
            _ => {}
        }
        // What came of its own steps may have moved the row meanwhile; only what is told here moves it.
        let before = self.offer_row(&row.id)?;
        let entry = Entry::new(EntryKind::Received, &self.ports)
            .text("exchange", &row.id.to_string())
            .text("relay-event", &format!("{} {:?}", event.number, event.kind));
        let other = body.filter(|_| event.kind == EventKind::Conflict);
        self.record("event", entry, |tx, entry| {
            if let Some(body) = other {
                keeps(tx, entry, &row.id, ArtefactKind::OtherClaim, body)?;
            }
            moves(tx, entry, &before, &after)
        })?;
        Ok(told)
    }

    fn key_and_claim(&self, row: &offer::Row) -> Result<(chop_ledger::VerifierKey, chop_crypto::Digest)> {
        let key = self.relay_key(&row.id)?.ok_or(WalletError::LogBroken)?;
        Ok((key, row.claim.ok_or(OfferFault::WrongStep)?))
    }

    /// A state that the relay confirmed. Moved on by another process already: nothing to do.
    pub(super) fn goes_on(&self, row: &offer::Row, from: OfferState, to: OfferState) -> Result<RelayStep> {
        if row.state()? != from {
            return Ok(Vec::new());
        }
        let after = row.at(to, self.ports.clock.now());
        let entry = Entry::new(EntryKind::Received, &self.ports)
            .text("exchange", &row.id.to_string())
            .text("offer-state", to.word());
        self.record("relay", entry, |tx, entry| moves(tx, entry, row, &after))?;
        Ok(vec![Told::Moved(to)])
    }

    fn reopened(&self, row: &offer::Row) -> Result<RelayStep> {
        let after = offer::Row { claim: None, ..row.at(OfferState::Open, self.ports.clock.now()) };
        let entry = Entry::new(EntryKind::Received, &self.ports)
            .text("exchange", &row.id.to_string())
            .text("offer-state", OfferState::Open.word());
        self.record("relay", entry, |tx, entry| moves(tx, entry, row, &after))?;
        Ok(vec![Told::Moved(OfferState::Open)])
    }

    /// The relay will not. What ends the offer ends it here too.
    pub(super) fn refused(&self, row: &offer::Row, refusal: RelayRefusal) -> Result<RelayStep> {
        let end = match refusal {
            RelayRefusal::Expired => Some(OfferState::Expired),
            RelayRefusal::Revoked if row.role == Role::Holder => Some(OfferState::Withdrawn),
            _ => None,
        };
        if let Some(end) = end.filter(|_| row.state().is_ok_and(|s| s != OfferState::Released)) {
            self.ends(row, end)?;
        }
        Ok(vec![Told::RelayRefused(refusal, refusal.may_pass_later())])
    }

    /// An offer is over.
    pub(super) fn ends(&self, row: &offer::Row, state: OfferState) -> Result<()> {
        let kind = if state == OfferState::Expired { EntryKind::Expired } else { EntryKind::Revoked };
        let after = row.at(state, self.ports.clock.now());
        let entry = Entry::new(kind, &self.ports).text("exchange", &row.id.to_string());
        self.record("relay", entry, |tx, entry| moves(tx, entry, row, &after))
    }
}
