//! The holder's side of the relay: what an offer needs next, and what happened to it while the wallet
//! was off. Events are taken in order, without a gap, each with its entry.

use std::sync::PoisonError;

use chop_crypto::sha256;
use chop_formats::log_entry::EntryKind;
use chop_formats::relay::{
    Answer, Bounded, Create, Event, EventKind, MAX_WAIT, Reject, RelayRefusal, Release, State as AtRelay,
    Watch, Watched, What, Withdraw,
};
use chop_model::Fault;
use chop_vault::table::artefact::ArtefactKind;
use chop_vault::table::exchange::Role;
use chop_vault::table::offer;
use chop_vault::table::secret::SecretKind;

use crate::consent::ConsentState;
use crate::journal::Entry;
use crate::{Error, Result, Wallet, WalletError};

use super::call::{KEPT, RelayAnswer, RelayCall, RelayStep, Step, is_news};
use super::row::{RowWords as _, keeps, moves};
use super::stand::OfferState;
use super::{OfferFault, Told};

impl Wallet {
    pub(super) fn owner_call(&self, mut row: offer::Row, wait: u64) -> Result<Option<RelayCall>> {
        let is_past = self.is_past(&row)?;
        // After the end only the receipt of a share that was given out is still waited for; not for ever.
        if is_past && row.state()? == OfferState::Released {
            return Ok(None);
        }
        // No relay need know of it any more; one that cannot be reached keeps no offer open.
        if is_past && row.expires_at.plus(KEPT) < self.ports.clock.now() {
            self.ends(&row, OfferState::Expired)?;
            return Ok(None);
        }
        // Envelope or share wait here. Of a consent that was stopped neither leaves any more, of one that is
        // paused neither leaves yet.
        let mut only_watches = false;
        if !is_past && matches!(row.state()?, OfferState::Answered | OfferState::Acked) {
            match self.held_back(&row.id)? {
                None => {}
                Some(ConsentState::Paused) => only_watches = true,
                Some(_) => {
                    self.takes_back(&row)?;
                    row = self.offer_row(&row.id)?;
                }
            }
        }
        let (offer, owner) = (row.name(), self.offer_secret(&row.id, SecretKind::OwnerSecret)?);
        let claim = row.claim.ok_or(OfferFault::WrongStep);
        let wait = if is_past { 0 } else { wait.min(MAX_WAIT) };
        let watch = |owner| RelayCall::of(&row, Step::Watch, &Watch { offer, owner, after: row.seen, wait });
        only_watches |= self.watch_next.lock().unwrap_or_else(PoisonError::into_inner).remove(&row.id);
        // Whoever slept through the end asks what happened before it: it ends here only where that is nothing.
        if is_past || only_watches {
            return Ok(Some(watch(owner)));
        }
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
            _ => watch(owner),
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
                Ok(watched) if !is_news(&row, &watched) && self.is_past(&row)? => self.sleeps_out(&row),
                Ok(watched) => self.happened(row, watched),
                Err(RelayRefusal::UnknownOffer) if self.is_past(&row)? => self.sleeps_out(&row),
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
            self.take_signed(&row, &key, event)?;
            let is_over = over.iter().any(|(n, claim)| *n > event.number && *claim == event.claim);
            let waits = event.kind == EventKind::Pending && !is_over && watched.state == AtRelay::Pending;
            if waits && row.state()? == OfferState::Open {
                told.push(self.claimed_live(&row, event)?);
                return Ok(told);
            }
            match self.event(&row, event) {
                Ok(more) => told.extend(more),
                // What was taken before it is told first; the relay gives the rest again.
                Err(_) if !told.is_empty() => return Ok(told),
                Err(error) => return Err(error),
            }
            row = self.offer_row(&row.id)?;
        }
        Ok(told)
    }

    /// The entry of an event, which must be the step that the event says, of the same claim: a state of the
    /// offer moves by what the relay signed and by nothing else.
    fn take_signed(&self, row: &offer::Row, key: &chop_ledger::VerifierKey, event: &Event) -> Result<()> {
        let Some(entry) = &event.entry else {
            return if step_of(event.kind).is_none() { Ok(()) } else { Err(OfferFault::BadEntry.into()) };
        };
        let taken = self.take_entry(row, key, entry)?;
        let said = taken.entry();
        let fits = step_of(event.kind).is_none_or(|what| said.what == what && said.claim == event.claim);
        if fits { Ok(()) } else { Err(OfferFault::BadEntry.into()) }
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
            Err(error) if error.fault() == Fault::Bug || error.code() == "vault.locked" => Err(error),
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
        let (mut to, mut taker, mut others) = (None, None, 0);
        match (event.kind, body) {
            (EventKind::Claimed, Some(body)) if is_sealed => match self.collected(row, body) {
                Ok((client, name)) => {
                    taker = Some((sha256(body), client, name.en.clone()));
                    told.push(Told::Collected(name));
                }
                Err(error) => told.push(strange(error)?),
            },
            (EventKind::Acked, Some(body)) if !is_sealed => match self.acknowledged(row, body) {
                Ok(()) if state == OfferState::Delivered || state == OfferState::Answered => {
                    to = Some(OfferState::Acked);
                    told.push(Told::Moved(OfferState::Acked));
                }
                Ok(()) => {}
                Err(error) => told.push(strange(error)?),
            },
            (EventKind::Released, Some(body)) if is_sealed => match self.released(row, body) {
                Ok(()) => {
                    to = Some(OfferState::Released);
                    told.push(Told::Moved(OfferState::Released));
                }
                Err(error) => told.push(strange(error)?),
            },
            (EventKind::Used, Some(body)) => match self.used(row, body, is_sealed) {
                Ok(outcome) => {
                    to = Some(OfferState::Done);
                    told.push(Told::Used(outcome));
                }
                Err(error) => told.push(strange(error)?),
            },
            (EventKind::Conflict, body) => {
                others = 1;
                told.push(Told::AnotherClaim(body.and_then(|body| self.who_else(row, body))));
            }
            (EventKind::Revoked, _) => {
                self.forget(row)?;
                to = Some(OfferState::Withdrawn);
                told.push(Told::RevokedAt(event.at));
            }
            (EventKind::Expired, _) if state != OfferState::Released => {
                to = Some(OfferState::Expired);
                told.push(Told::Moved(OfferState::Expired));
            }
            _ => {}
        }
        // The row as it stands now, and of it only what the event says: the holder, or another process, may
        // have moved it meanwhile. Who moves it after this look is kept by the write, which then fails.
        let before = self.offer_row(&row.id)?;
        if before.seen != row.seen {
            return Ok(told);
        }
        let to = to.filter(|to| may_move(before.state, *to));
        let now = self.ports.clock.now();
        let mut after = before.at(to.unwrap_or(before.state()?), now);
        (after.seen, after.others) = (event.number, before.others + others);
        if let Some((claim, client, name)) = taker {
            (after.claim, after.client_id, after.peer_name) = (Some(claim), client, name);
        }
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

    /// The rejection is at the relay. Withdrawn meanwhile: it stays so.
    fn reopened(&self, row: &offer::Row) -> Result<RelayStep> {
        if row.state()? != OfferState::Rejecting {
            return Ok(Vec::new());
        }
        let after = offer::Row { claim: None, ..row.at(OfferState::Open, self.ports.clock.now()) };
        let entry = Entry::new(EntryKind::Received, &self.ports)
            .text("exchange", &row.id.to_string())
            .text("offer-state", OfferState::Open.word());
        self.record("relay", entry, |tx, entry| moves(tx, entry, row, &after))?;
        Ok(vec![Told::Moved(OfferState::Open)])
    }

    /// The relay will not. A refusal is signed by nobody: the holder's offer ends by the event that is, and
    /// that is what the relay is asked for next.
    pub(super) fn refused(&self, row: &offer::Row, refusal: RelayRefusal) -> Result<RelayStep> {
        use RelayRefusal as R;
        match (refusal, row.role) {
            // A relay that was restored has no such event to show any more, and never will.
            (R::Expired | R::Revoked | R::UnknownOffer, Role::Holder) if self.is_taken_back_past(row)? => {
                self.ends(row, OfferState::Expired)?;
            }
            (R::Expired | R::Revoked, Role::Holder) => {
                self.watch_next.lock().unwrap_or_else(PoisonError::into_inner).insert(row.id);
            }
            (R::Expired, Role::Verifier) => self.ends(row, OfferState::Expired)?,
            _ => {}
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

/// What did not fit in an event that is over with. Where it is this side that cannot take it now, the event
/// is not over: the relay, which tells it again only for as long as it was not taken, is asked for it anew.
fn strange(error: Error) -> Result<Told> {
    let passes = match error.code() {
        // Another step came between; the machine is locked; the person goes on with the consent later.
        "vault.wrong-state" | "vault.locked" | "consent.paused" => true,
        // Time does not come back.
        "exchange.expired" | "exchange.frozen" | "consent.over" => false,
        _ => matches!(error.fault(), Fault::Environment | Fault::Bug),
    };
    if passes { Err(error) } else { Ok(Told::Strange(error.code())) }
}

/// Whether an event that says `to` moves an offer in state `from`: a withdrawal that is on its way ends by
/// what the relay says of it, an acknowledgement alone does not undo it.
fn may_move(from: u8, to: OfferState) -> bool {
    match (OfferState::from_number(from), to) {
        (Some(from), OfferState::Acked) => matches!(from, OfferState::Delivered | OfferState::Answered),
        (Some(from), OfferState::Expired) => from.is_open() && from != OfferState::Released,
        // What was signed for is known, however the offer ended here.
        (Some(from), OfferState::Done) => from != OfferState::Frozen,
        (Some(from), _) => from.is_open(),
        (None, _) => false,
    }
}

/// The step that an event stands for, where the relay signs one.
fn step_of(kind: EventKind) -> Option<What> {
    match kind {
        EventKind::Created => Some(What::Created),
        EventKind::Pending => Some(What::Pending),
        EventKind::Lapsed => Some(What::Lapsed),
        EventKind::Rejected => Some(What::Rejected),
        EventKind::Claimed => Some(What::Claimed),
        EventKind::Released => Some(What::Released),
        EventKind::Revoked => Some(What::Revoked),
        EventKind::Expired => Some(What::Expired),
        EventKind::Acked | EventKind::Used | EventKind::Conflict => None,
    }
}
