//! The verifier's side of the relay: what a claim needs next, and what came back.

use chop_formats::log_entry::EntryKind;
use chop_formats::relay::{
    Ack, Bounded, Claim, Collect, MAX_WAIT, Prove, RelayRefusal, SignedEntry, State as AtRelay,
    UnverifiedEntry, UseNote, What,
};
use chop_vault::table::artefact::ArtefactKind;
use chop_vault::table::offer;
use chop_vault::table::secret::SecretKind;

use crate::journal::Entry;
use crate::{Error, Result, Wallet, WalletError};

use super::call::{RelayAnswer, RelayCall, RelayStep, Step};
use super::row::{RowWords as _, keeps, moves};
use super::stand::OfferState;
use super::{OfferFault, Told};

impl Wallet {
    pub(super) fn claimant_call(&self, row: offer::Row, wait: u64) -> Result<Option<RelayCall>> {
        if self.is_past(&row)? {
            self.ends(&row, OfferState::Expired)?;
            return Ok(None);
        }
        let keys = self.offer_keys(&row.id)?;
        let (offer, tok, claim) = (row.name(), keys.token, row.claim.ok_or(WalletError::LogBroken)?);
        let stored = |kind| -> Result<_> { Ok(Bounded::new(self.offer_bytes(&row.id, kind)?)?) };
        Ok(Some(match row.state()? {
            OfferState::Claiming => {
                let body = stored(ArtefactKind::ClaimBody)?;
                RelayCall::of(&row, Step::Claim, &Claim { offer, tok, body })
            }
            OfferState::Proving => {
                let index = self.kept_claimed(&row)?.dangerous_entry().index;
                RelayCall::of(&row, Step::Prove, &Prove::Inclusion { index })
            }
            OfferState::Acknowledged => {
                let body = stored(ArtefactKind::RelayAck)?;
                RelayCall::of(&row, Step::Acknowledge, &Ack { offer, tok, claim, body })
            }
            OfferState::Taken => {
                let body = stored(ArtefactKind::RelayUse)?;
                RelayCall::of(&row, Step::Use, &UseNote { offer, tok, claim, body })
            }
            state => {
                let known = Some(match state {
                    OfferState::Awaiting => AtRelay::Claimed,
                    _ => AtRelay::Pending,
                });
                let wait = wait.min(MAX_WAIT);
                RelayCall::of(&row, Step::Collect, &Collect { offer, tok, claim, known, wait })
            }
        }))
    }

    pub(super) fn claimant_answer(
        &self,
        row: offer::Row,
        step: Step,
        answer: &RelayAnswer,
    ) -> Result<RelayStep> {
        match step {
            Step::Claim => match answer.read::<Claim>()? {
                Ok(claimed) => {
                    self.close_open(&row.id, "t0", EntryKind::Offered)?;
                    self.expect_claim(&row, &claimed.entry)?;
                    match claimed.env {
                        Some(env) => self.read_envelope(&row, env.as_bytes(), &claimed.entry),
                        None => self.goes_on(&row, OfferState::Claiming, OfferState::Pending),
                    }
                }
                // The relay could not read a sealed request: what waits there is claimed by name (C2).
                Err(RelayRefusal::BadClaim) if !row.way()?.is_sealed() => {
                    self.claim_sealed(&row)?;
                    Ok(Vec::new())
                }
                Err(refusal) => self.claim_refused(&row, refusal),
            },
            Step::Collect => match answer.read::<Collect>()? {
                Ok(collected) => self.collected_there(&row, collected),
                Err(refusal) => self.claim_refused(&row, refusal),
            },
            Step::Prove => match answer.read::<Prove>()? {
                Ok(proof) => self.proven(&row, &proof),
                Err(refusal) => self.claim_refused(&row, refusal),
            },
            Step::Acknowledge => match answer.read::<Ack>()? {
                Ok(acked) => {
                    self.close_open(&row.id, "t2", EntryKind::Offered)?;
                    let mut told = self.goes_on(&row, OfferState::Acknowledged, OfferState::Awaiting)?;
                    if let (Some(share), Some(entry)) = (acked.share, acked.released) {
                        let row = self.offer_row(&row.id)?;
                        told.extend(self.take_share(&row, share.as_bytes(), &entry)?);
                    }
                    Ok(told)
                }
                Err(refusal) => self.claim_refused(&row, refusal),
            },
            Step::Use => match answer.read::<UseNote>()? {
                Ok(_) => {
                    self.close_open(&row.id, "t4", EntryKind::Offered)?;
                    self.goes_on(&row, OfferState::Taken, OfferState::Finished)
                }
                Err(refusal) => self.claim_refused(&row, refusal),
            },
            _ => Err(OfferFault::WrongStep.into()),
        }
    }

    fn collected_there(
        &self,
        row: &offer::Row,
        collected: chop_formats::relay::Collected,
    ) -> Result<RelayStep> {
        if row.state()? == OfferState::Awaiting {
            return match (collected.share, collected.released) {
                (Some(share), Some(entry)) => self.take_share(row, share.as_bytes(), &entry),
                // RELEASED without a share is a relay that withholds what it signed for.
                _ if collected.state == AtRelay::Released => Err(OfferFault::Swapped.into()),
                _ => self.stopped(row, collected.state),
            };
        }
        match (collected.env, collected.claimed) {
            (Some(env), Some(entry)) => self.read_envelope(row, env.as_bytes(), &entry),
            // The lease ran out, or the holder said no: the same claim may be sent again.
            _ if collected.state == AtRelay::Open => {
                self.goes_on(row, OfferState::Pending, OfferState::Claiming)
            }
            _ => self.stopped(row, collected.state),
        }
    }

    fn stopped(&self, row: &offer::Row, state: AtRelay) -> Result<RelayStep> {
        match state {
            AtRelay::Revoked => self.claim_refused(row, RelayRefusal::Revoked),
            AtRelay::Expired => self.claim_refused(row, RelayRefusal::Expired),
            _ => Ok(Vec::new()),
        }
    }

    /// Who holds the claim back, and whether that is the end of it.
    fn claim_refused(&self, row: &offer::Row, refusal: RelayRefusal) -> Result<RelayStep> {
        let is_end = matches!(
            refusal,
            RelayRefusal::Conflict
                | RelayRefusal::Rejected
                | RelayRefusal::Revoked
                | RelayRefusal::NotAllowed
                | RelayRefusal::BadClaim
        );
        // The code may be on the screen before the offer is at the relay: until then it is asked again.
        let is_end =
            is_end || (refusal == RelayRefusal::UnknownOffer && row.state()? != OfferState::Claiming);
        // What was taken stays taken, whatever the relay says to its receipt.
        let has_taken = matches!(row.state()?, OfferState::Taken);
        if is_end && !has_taken {
            self.ends(row, OfferState::Refused)?;
            return Ok(vec![Told::RelayRefused(refusal, false), Told::Moved(OfferState::Refused)]);
        }
        if has_taken && !refusal.may_pass_later() {
            self.goes_on(row, OfferState::Taken, OfferState::Finished)?;
        }
        self.refused(row, refusal)
    }

    /// The entry names this offer and this claim. Its signature is checked with the key in the grant,
    /// which nobody has seen yet.
    fn expect_claim(&self, row: &offer::Row, entry: &SignedEntry) -> Result<()> {
        let said = entry.to_unverified();
        let said = said.dangerous_entry();
        let fits = said.offer == Some(row.name()) && said.claim == row.claim;
        if fits { Ok(()) } else { Err(OfferFault::BadEntry.into()) }
    }

    /// Keeps an envelope whose grant is the code's and whose CLAIMED entry is the relay's, before the
    /// relay is asked for the proof.
    fn read_envelope(&self, row: &offer::Row, env: &[u8], entry: &SignedEntry) -> Result<RelayStep> {
        if !matches!(row.state()?, OfferState::Claiming | OfferState::Pending) {
            return Ok(Vec::new());
        }
        let opened = self.open_offer(row, env)?;
        let claim = row.claim.ok_or(WalletError::LogBroken)?;
        let verified = entry.to_unverified().verify(&opened.relay_key);
        let verified = verified.map_err(|_| Error::from(OfferFault::BadEntry))?;
        verified.expect(What::Claimed, &row.name(), &claim).map_err(|_| Error::from(OfferFault::BadEntry))?;
        if verified.entry().about != Some(chop_crypto::sha256(env)) {
            return Err(OfferFault::Swapped.into());
        }
        let after = offer::Row {
            expires_at: opened.answer.grant.payload().exp,
            mode: super::mode::number(opened.answer.delivery.payload().mode),
            ..row.at(OfferState::Proving, self.ports.clock.now())
        };
        let logged = Entry::new(EntryKind::Received, &self.ports)
            .text("exchange", &row.id.to_string())
            .text("offer-state", OfferState::Proving.word());
        self.record("envelope", logged, |tx, logged| {
            keeps(tx, logged, &row.id, ArtefactKind::RelayEnvelope, env)?;
            keeps(tx, logged, &row.id, ArtefactKind::RelayEntry, entry.as_bytes())?;
            moves(tx, logged, row, &after)
        })?;
        Ok(vec![Told::Moved(OfferState::Proving)])
    }

    /// The CLAIMED entry that was kept with the envelope.
    pub(super) fn kept_claimed(&self, row: &offer::Row) -> Result<UnverifiedEntry> {
        let entries = self.offer_all(&row.id, ArtefactKind::RelayEntry)?;
        let mut read = entries.iter().filter_map(|bytes| UnverifiedEntry::parse(bytes).ok());
        read.find(|entry| entry.dangerous_entry().what == What::Claimed)
            .ok_or_else(|| OfferFault::WrongStep.into())
    }

    /// What the key share opens with: ours for a request and a claim, the stated one for a named drop.
    pub(super) fn own_key(&self, row: &offer::Row) -> Result<chop_crypto::AgreementKey> {
        let secret = self.offer_secret(&row.id, SecretKind::AgreementKey)?;
        Ok(chop_crypto::AgreementKey::from_secret(&secret)?)
    }
}
