//! The holder's side of the relay in memory.

use chop_core::Clock;
use chop_crypto::sha256;
use chop_formats::relay::{
    Answer, Bounded, Entered, Event, EventKind, MAX_BODY, Reject, RelayRefusal, Release, State, Watch,
    Watched, What, Withdraw, Withdrawn,
};

use super::{FakeRelay, Lie, read};

impl FakeRelay {
    pub(super) fn watch(&mut self, body: &[u8]) -> Result<Watched, RelayRefusal> {
        let Watch { offer: id, owner, after, .. } = read::<Watch>(body)?;
        let (lie, at) = (self.lie, self.clock.now());
        let offer = self.owned(&id, owner.expose())?;
        let skip = if lie == Some(Lie::Withholds) { 1 } else { 0 };
        let events = offer.events.iter().zip(1u64..).skip(usize::try_from(after).unwrap() + skip);
        let events = events.map(|((kind, claim, body, entry), number)| Event {
            number,
            kind: *kind,
            at,
            claim: *claim,
            body: body.clone().map(|body| Bounded::<MAX_BODY>::new(body).unwrap()),
            entry: entry.clone(),
        });
        Ok(Watched { state: offer.state, events: events.collect(), more: 0 })
    }

    pub(super) fn reject(&mut self, body: &[u8]) -> Result<Entered, RelayRefusal> {
        let Reject { offer: id, owner, claim } = read::<Reject>(body)?;
        let offer = self.owned(&id, owner.expose())?;
        if offer.state != State::Pending || offer.claim != Some(claim) {
            return Err(RelayRefusal::WrongState);
        }
        let entry = self.sign(What::Rejected, id, Some(claim), None);
        let offer = self.offers.get_mut(&id).unwrap();
        (offer.state, offer.claim) = (State::Open, None);
        offer.events.push((EventKind::Rejected, Some(claim), None, Some(entry.clone())));
        Ok(Entered { state: State::Open, entry })
    }

    pub(super) fn answer(&mut self, body: &[u8]) -> Result<Entered, RelayRefusal> {
        let Answer { offer: id, owner, claim, env } = read::<Answer>(body)?;
        let env = env.into_bytes();
        let offer = self.owned(&id, owner.expose())?;
        if offer.claim == Some(claim) && offer.env.as_ref() == Some(&env) {
            return Ok(Entered { state: offer.state, entry: offer.claimed.clone().unwrap() });
        }
        if offer.state != State::Pending || offer.claim != Some(claim) {
            return Err(RelayRefusal::WrongState);
        }
        let entry = self.sign(What::Claimed, id, Some(claim), Some(sha256(&env)));
        let offer = self.offers.get_mut(&id).unwrap();
        (offer.state, offer.env, offer.claimed) = (State::Claimed, Some(env), Some(entry.clone()));
        offer.events.push((EventKind::Claimed, Some(claim), None, Some(entry.clone())));
        Ok(Entered { state: State::Claimed, entry })
    }

    pub(super) fn release(&mut self, body: &[u8]) -> Result<Entered, RelayRefusal> {
        let Release { offer: id, owner, claim, share } = read::<Release>(body)?;
        let share = share.into_bytes();
        let offer = self.owned(&id, owner.expose())?;
        if offer.state == State::Released && offer.share.as_ref() == Some(&share) {
            return Ok(Entered { state: offer.state, entry: offer.released.clone().unwrap() });
        }
        if offer.state != State::Claimed || offer.claim != Some(claim) {
            return Err(RelayRefusal::WrongState);
        }
        let ack = sha256(offer.ack.as_ref().ok_or(RelayRefusal::NoAcknowledgement)?);
        let entry = self.sign(What::Released, id, Some(claim), Some(ack));
        let offer = self.offers.get_mut(&id).unwrap();
        (offer.state, offer.share, offer.released) = (State::Released, Some(share), Some(entry.clone()));
        offer.events.push((EventKind::Released, Some(claim), None, Some(entry.clone())));
        Ok(Entered { state: State::Released, entry })
    }

    pub(super) fn withdraw(&mut self, body: &[u8]) -> Result<Withdrawn, RelayRefusal> {
        if self.lie == Some(Lie::Forgets) {
            return Err(RelayRefusal::UnknownOffer);
        }
        let Withdraw { offer: id, owner } = read::<Withdraw>(body)?;
        let offer = self.owned(&id, owner.expose())?;
        if let Some(entry) = offer.released.clone().or(offer.revoked.clone()) {
            return Ok(Withdrawn { entry });
        }
        let claim = offer.claim;
        let entry = self.sign(What::Revoked, id, claim, None);
        let offer = self.offers.get_mut(&id).unwrap();
        (offer.state, offer.revoked) = (State::Revoked, Some(entry.clone()));
        (offer.env, offer.share) = (None, None);
        offer.events.push((EventKind::Revoked, claim, None, Some(entry.clone())));
        Ok(Withdrawn { entry })
    }
}
