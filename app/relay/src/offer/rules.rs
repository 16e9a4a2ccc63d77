//! The rules: what each step does to an offer. Every change writes its entry through the [`Turn`].

use chop_crypto::{Digest, same_bytes, sha256};
use chop_formats::relay::{
    EventKind, KEPT_AFTER_RELEASE, LEASE_SECONDS, MAX_REJECTIONS, Mode, OfferId, RelayRefusal, State, What,
};
use chop_model::UnixTime;

use super::{Claimant, EventRecord, Offer};
use crate::check::Checked;
use crate::plan::{Taken, Turn};

type Result<T = Taken> = std::result::Result<T, RelayRefusal>;

/// Other claims that are kept for the owner; more are refused without a trace.
const MAX_CONFLICTS: usize = 16;
/// Use receipts and refusals that are kept for the owner.
const MAX_NOTES: usize = 4;

impl Offer {
    /// Whether `tok` is the one that came with the QR code. A wrong one looks like an unknown offer.
    pub(crate) fn check_tok(&self, h_tok: &Digest) -> Result<()> {
        if same_bytes(&self.h_tok, h_tok) { Ok(()) } else { Err(RelayRefusal::UnknownOffer) }
    }

    /// Whether the secret is the owner's.
    pub(crate) fn check_owner(&self, h_owner: &Digest) -> Result<()> {
        if same_bytes(&self.h_owner, h_owner) { Ok(()) } else { Err(RelayRefusal::UnknownOffer) }
    }

    /// Writes down what time alone has done: a lease that ran out, an end, content to be erased.
    pub(crate) fn refresh(&mut self, g: OfferId, turn: &mut Turn<'_>) -> Result<()> {
        if !self.state.is_final() && self.is_over(turn.now, turn.epoch()) {
            let entry = turn.enter(What::Expired, g, self.claim, None)?;
            self.event(g, turn, EventKind::Expired, self.claim, None, Some(&entry));
            self.end(State::Expired, entry, turn.now);
            self.erase(g, turn);
        } else if self.state == State::Pending && self.lease <= turn.now {
            let claim = self.claim.take();
            let entry = turn.enter(What::Lapsed, g, claim, None)?;
            self.event(g, turn, EventKind::Lapsed, claim, None, Some(&entry));
            self.state = State::Open;
            self.pending = None;
        }
        if self.state == State::Released && turn.now >= self.ended_at.plus(KEPT_AFTER_RELEASE) {
            self.erase(g, turn);
        }
        Ok(())
    }

    /// When time alone does something next.
    pub(crate) fn due(&self, keep: i64) -> UnixTime {
        match self.state {
            State::Pending => self.lease.min(self.exp.plus(1)),
            State::Open | State::Claimed => self.exp.plus(1),
            State::Released if self.has_content => self.ended_at.plus(KEPT_AFTER_RELEASE),
            _ => self.forgotten_at(keep),
        }
    }

    /// When even the record goes.
    pub(crate) fn forgotten_at(&self, keep: i64) -> UnixTime {
        self.exp.max(self.ended_at.plus(KEPT_AFTER_RELEASE)).plus(keep)
    }

    /// OPEN → PENDING (C1) or CLAIMED (C2, whose `claimant` was checked).
    pub(crate) fn claim(
        &mut self,
        g: OfferId,
        turn: &mut Turn<'_>,
        claim: Digest,
        body: &[u8],
        claimant: Option<&Claimant>,
    ) -> Result {
        if self.claim == Some(claim) {
            return match self.state {
                State::Revoked => Err(RelayRefusal::Revoked),
                State::Expired => Err(RelayRefusal::Expired),
                state => Ok(Taken::new(state, self.claimed.as_ref().or(self.pending.as_ref()))),
            };
        }
        if self.rejected.contains(&claim) {
            return Err(RelayRefusal::Rejected);
        }
        match self.state {
            State::Open => {}
            State::Revoked => return Err(RelayRefusal::Revoked),
            State::Expired => return Err(RelayRefusal::Expired),
            State::Pending | State::Claimed | State::Released => {
                self.conflict(g, turn, claim, body);
                return Err(RelayRefusal::Conflict);
            }
        }
        self.claim = Some(claim);
        if self.mode == Mode::Live {
            let entry = turn.enter(What::Pending, g, Some(claim), None)?;
            self.event(g, turn, EventKind::Pending, Some(claim), Some(body), Some(&entry));
            self.state = State::Pending;
            self.lease = turn.now.plus(LEASE_SECONDS);
            self.pending = Some(entry);
        } else {
            self.claimant = Some(claimant.ok_or(RelayRefusal::BadClaim)?.clone());
            let entry = turn.enter(What::Claimed, g, Some(claim), self.h_env)?;
            self.event(g, turn, EventKind::Claimed, Some(claim), Some(body), Some(&entry));
            self.state = State::Claimed;
            self.claimed = Some(entry);
        }
        Ok(Taken::new(self.state, self.claimed.as_ref().or(self.pending.as_ref())))
    }

    /// C1: keeps the acknowledgement for the wallet. C2: CLAIMED → RELEASED, for one that was checked. One
    /// that overtook its claim was read against no claimant: it is refused, and may come again.
    pub(crate) fn acknowledge(
        &mut self,
        g: OfferId,
        turn: &mut Turn<'_>,
        claim: &Digest,
        body: &[u8],
        checked: Option<Checked>,
    ) -> Result {
        self.check_claim(claim)?;
        let h_ack = sha256(body);
        match (self.state, self.h_ack) {
            (State::Claimed | State::Released, Some(known)) if known == h_ack => {}
            (State::Claimed | State::Released, Some(_)) => return Err(RelayRefusal::Conflict),
            (State::Claimed, None) if self.mode == Mode::Live => {
                self.h_ack = Some(h_ack);
                self.event(g, turn, EventKind::Acked, self.claim, Some(body), None);
            }
            (State::Claimed, None) if checked.is_none() => return Err(RelayRefusal::WrongState),
            (State::Claimed, None) => {
                self.h_ack = Some(h_ack);
                self.released(g, turn, Some(body))?;
            }
            (State::Revoked, _) => return Err(RelayRefusal::Revoked),
            (State::Expired, _) => return Err(RelayRefusal::Expired),
            _ => return Err(RelayRefusal::WrongState),
        }
        let released = self.ended.as_ref().filter(|_| self.state == State::Released);
        Ok(Taken::new(self.state, released))
    }

    /// Keeps a use receipt or a refusal for the wallet, at any time after the envelope.
    pub(crate) fn note(&mut self, g: OfferId, turn: &mut Turn<'_>, claim: &Digest, body: &[u8]) -> Result {
        self.check_claim(claim)?;
        let digest = sha256(body);
        if self.claimed.is_none() {
            return Err(RelayRefusal::WrongState);
        }
        if !self.notes.contains(&digest) {
            if self.notes.len() >= MAX_NOTES {
                return Err(RelayRefusal::Conflict);
            }
            self.notes.push(digest);
            self.event(g, turn, EventKind::Used, self.claim, Some(body), None);
        }
        Ok(Taken::new(self.state, None))
    }

    /// PENDING → OPEN, at most [`MAX_REJECTIONS`] times; the next rejection revokes.
    pub(crate) fn reject(&mut self, g: OfferId, turn: &mut Turn<'_>, claim: Digest) -> Result {
        if self.rejected.contains(&claim) {
            let entry = if self.state == State::Revoked { &self.ended } else { &self.turned_away };
            return Ok(Taken::new(self.state, entry.as_ref()));
        }
        match self.state {
            State::Pending if self.claim == Some(claim) => {}
            State::Revoked => return Err(RelayRefusal::Revoked),
            State::Expired => return Err(RelayRefusal::Expired),
            _ => return Err(RelayRefusal::WrongState),
        }
        self.rejected.push(claim);
        self.claim = None;
        self.pending = None;
        if self.rejected.len() as u64 > MAX_REJECTIONS {
            return self.revoke(g, turn);
        }
        let entry = turn.enter(What::Rejected, g, Some(claim), None)?;
        self.event(g, turn, EventKind::Rejected, Some(claim), None, Some(&entry));
        self.state = State::Open;
        self.turned_away = Some(entry);
        Ok(Taken::new(self.state, self.turned_away.as_ref()))
    }

    /// PENDING → CLAIMED (C1): the wallet's envelope is there.
    pub(crate) fn answer(&mut self, g: OfferId, turn: &mut Turn<'_>, claim: &Digest, env: &[u8]) -> Result {
        let h_env = sha256(env);
        match (self.state, self.h_env) {
            (State::Revoked, _) => return Err(RelayRefusal::Revoked),
            (State::Expired, _) => return Err(RelayRefusal::Expired),
            _ if self.mode != Mode::Live || self.claim != Some(*claim) => {
                return Err(RelayRefusal::WrongState);
            }
            (State::Claimed | State::Released, Some(known)) if known == h_env => {
                return Ok(Taken::new(self.state, self.claimed.as_ref()));
            }
            (State::Claimed | State::Released, _) => return Err(RelayRefusal::Conflict),
            (State::Pending, _) => {}
            (State::Open, _) => return Err(RelayRefusal::WrongState),
        }
        self.h_env = Some(h_env);
        self.has_content = true;
        turn.keep(g, Some(env), None);
        let entry = turn.enter(What::Claimed, g, self.claim, self.h_env)?;
        self.event(g, turn, EventKind::Claimed, self.claim, None, Some(&entry));
        self.state = State::Claimed;
        self.claimed = Some(entry);
        Ok(Taken::new(self.state, self.claimed.as_ref()))
    }

    /// CLAIMED → RELEASED (C1): the wallet's key share is there. No acknowledgement, no key.
    pub(crate) fn release(
        &mut self,
        g: OfferId,
        turn: &mut Turn<'_>,
        claim: &Digest,
        share: &[u8],
    ) -> Result {
        let h_share = sha256(share);
        match self.state {
            State::Revoked => return Err(RelayRefusal::Revoked),
            State::Expired => return Err(RelayRefusal::Expired),
            _ if self.mode != Mode::Live || self.claim != Some(*claim) => {
                return Err(RelayRefusal::WrongState);
            }
            State::Released if self.h_share == Some(h_share) => {
                return Ok(Taken::new(self.state, self.ended.as_ref()));
            }
            State::Released => return Err(RelayRefusal::Conflict),
            State::Claimed if self.h_ack.is_none() => return Err(RelayRefusal::NoAcknowledgement),
            State::Claimed => {}
            State::Open | State::Pending => return Err(RelayRefusal::WrongState),
        }
        self.h_share = Some(h_share);
        self.has_content = true;
        turn.keep(g, None, Some(share));
        self.released(g, turn, None)?;
        Ok(Taken::new(self.state, self.ended.as_ref()))
    }

    /// Every state before RELEASED → REVOKED. What a restore expired is not known well enough to say
    /// either: it may have been released after the copy was made.
    pub(crate) fn withdraw(&mut self, g: OfferId, turn: &mut Turn<'_>) -> Result {
        match self.state {
            State::Released | State::Revoked => Ok(Taken::new(self.state, self.ended.as_ref())),
            State::Expired if self.epoch < turn.epoch() => Err(RelayRefusal::Expired),
            _ => self.revoke(g, turn),
        }
    }

    fn revoke(&mut self, g: OfferId, turn: &mut Turn<'_>) -> Result {
        let entry = turn.enter(What::Revoked, g, None, None)?;
        self.event(g, turn, EventKind::Revoked, None, None, Some(&entry));
        self.end(State::Revoked, entry, turn.now);
        self.erase(g, turn);
        Ok(Taken::new(self.state, self.ended.as_ref()))
    }

    fn released(&mut self, g: OfferId, turn: &mut Turn<'_>, ack: Option<&[u8]>) -> Result<()> {
        let entry = turn.enter(What::Released, g, self.claim, self.h_ack)?;
        self.event(g, turn, EventKind::Released, self.claim, ack, Some(&entry));
        self.end(State::Released, entry, turn.now);
        Ok(())
    }

    fn end(&mut self, state: State, entry: Vec<u8>, now: UnixTime) {
        self.state = state;
        self.ended = Some(entry);
        self.ended_at = now;
    }

    fn erase(&mut self, g: OfferId, turn: &mut Turn<'_>) {
        if self.has_content {
            self.has_content = false;
            turn.erase(g);
        }
    }

    /// That `claim` is the one ahead.
    fn check_claim(&self, claim: &Digest) -> Result<()> {
        match self.claim {
            Some(ahead) if ahead == *claim => Ok(()),
            _ if self.rejected.contains(claim) => Err(RelayRefusal::Rejected),
            _ if self.state == State::Revoked => Err(RelayRefusal::Revoked),
            _ if self.state == State::Expired => Err(RelayRefusal::Expired),
            Some(_) => Err(RelayRefusal::Conflict),
            None => Err(RelayRefusal::WrongState),
        }
    }

    /// Another claim than the one ahead: the owner learns of it, the first few times.
    fn conflict(&mut self, g: OfferId, turn: &mut Turn<'_>, claim: Digest, body: &[u8]) {
        if !self.conflicts.contains(&claim) && self.conflicts.len() < MAX_CONFLICTS {
            self.conflicts.push(claim);
            self.event(g, turn, EventKind::Conflict, Some(claim), Some(body), None);
        }
    }

    pub(crate) fn event(
        &mut self,
        g: OfferId,
        turn: &mut Turn<'_>,
        kind: EventKind,
        claim: Option<Digest>,
        body: Option<&[u8]>,
        entry: Option<&Vec<u8>>,
    ) {
        self.events += 1;
        let (body, entry) = (body.map(<[u8]>::to_vec), entry.cloned());
        turn.event(g, self.events, &EventRecord { kind, at: turn.now, claim, body, entry });
    }
}
