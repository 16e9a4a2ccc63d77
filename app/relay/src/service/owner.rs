//! What the owner of an offer may ask.

use chop_crypto::sha256;
use chop_formats::relay::{
    Answer, Content, Create, Entered, Event, Message as _, Mode, Reject, RelayRefusal, Release, SealedDrop,
    Watch, Watched, Withdraw, Withdrawn,
};

use super::{Result, Service, internal};
use crate::offer::{Bound, EventRecord};
use crate::plan::{NewOfferStep, Step, bounded};

/// Events of one answer.
const MAX_EVENTS: u64 = 64;
/// Bytes of the bodies in one answer, after which no further event is added.
const MAX_BODIES: usize = 2 << 20;

impl Service {
    pub(super) async fn create(&self, call: Create, raw: &[u8]) -> Result<Entered> {
        let Create { capability, offer: g, h_tok, h_owner, exp, content } = call;
        let now = self.clock.now();
        if exp <= now || exp.since(now) > self.limits.max_age {
            return Err(RelayRefusal::BadExpiry);
        }
        let capability = match (self.limits.capabilities.is_empty(), capability) {
            (true, _) => None,
            (false, None) => return Err(RelayRefusal::Quota),
            (false, Some(shown)) => {
                let hash = sha256(shown.as_bytes());
                Some((hash, *self.limits.capabilities.get(&hash).ok_or(RelayRefusal::Quota)?))
            }
        };
        let mode = content.mode();
        let sealed = match content {
            Content::Live => None,
            Content::Named(sealed) | Content::Files(sealed) => Some(self.sealed(*sealed)?),
        };
        let new = NewOfferStep { g, h_create: sha256(raw), h_tok, h_owner, exp, mode, sealed, capability };
        let taken = self.sequencer.take(Step::Create(Box::new(new))).await?;
        self.entered(&taken)
    }

    fn sealed(&self, sealed: SealedDrop) -> Result<(Bound, Vec<u8>, Vec<u8>)> {
        let SealedDrop { policy, grant, dn, ct, kc, env, share } = sealed;
        if env.as_bytes().len() > self.limits.max_envelope {
            return Err(RelayRefusal::TooLarge);
        }
        let bound = Bound { policy: policy.to_bytes(), grant, dn, ct, kc };
        Ok((bound, env.into_bytes(), share.into_bytes()))
    }

    pub(super) async fn watch(&self, call: Watch, _raw: &[u8]) -> Result<Watched> {
        let Watch { offer: g, owner, after, wait } = call;
        // EXPOSE: only its hash is compared.
        let h_owner = sha256(owner.expose());
        self.wait(g, wait, || self.events_after(g, h_owner, after)).await
    }

    async fn events_after(
        &self,
        g: chop_formats::relay::OfferId,
        h_owner: [u8; 32],
        after: u64,
    ) -> Result<(bool, Watched)> {
        let (offer, epoch) = self.offer(g).await?;
        offer.check_owner(&h_owner)?;
        let state = offer.state_at(self.clock.now(), epoch);
        let mut events = Vec::new();
        let mut bytes = 0;
        for (number, record) in self.store.events(g, after, MAX_EVENTS).await.map_err(internal)? {
            let EventRecord { kind, at, claim, body, entry } =
                EventRecord::read(&record).map_err(|_| RelayRefusal::Internal)?;
            bytes += body.as_ref().map_or(0, Vec::len);
            if bytes > MAX_BODIES && !events.is_empty() {
                break;
            }
            let (body, entry) = (body.map(bounded).transpose()?, self.signed_if(entry.as_ref())?);
            events.push(Event { number, kind, at, claim, body, entry });
        }
        let last = events.last().map_or(after, |event| event.number);
        let watched = Watched { state, more: u64::from(offer.events > last), events };
        Ok((!watched.events.is_empty(), watched))
    }

    pub(super) async fn reject(&self, call: Reject, _raw: &[u8]) -> Result<Entered> {
        // EXPOSE: only its hash is compared.
        let h_owner = sha256(call.owner.expose());
        let taken = self.sequencer.take(Step::Reject { g: call.offer, h_owner, claim: call.claim }).await?;
        self.entered(&taken)
    }

    pub(super) async fn answer(&self, call: Answer, _raw: &[u8]) -> Result<Entered> {
        let Answer { offer: g, owner, claim, env } = call;
        if env.as_bytes().len() > self.limits.max_envelope {
            return Err(RelayRefusal::TooLarge);
        }
        // EXPOSE: only its hash is compared.
        let h_owner = sha256(owner.expose());
        let taken = self.sequencer.take(Step::Answer { g, h_owner, claim, env: env.into_bytes() }).await?;
        self.entered(&taken)
    }

    pub(super) async fn release(&self, call: Release, _raw: &[u8]) -> Result<Entered> {
        let Release { offer: g, owner, claim, share } = call;
        // EXPOSE: only its hash is compared.
        let h_owner = sha256(owner.expose());
        let step = Step::Release { g, h_owner, claim, share: share.into_bytes() };
        let taken = self.sequencer.take(step).await?;
        self.entered(&taken)
    }

    pub(super) async fn withdraw(&self, call: Withdraw, _raw: &[u8]) -> Result<Withdrawn> {
        // EXPOSE: only its hash is compared.
        let h_owner = sha256(call.owner.expose());
        let taken = self.sequencer.take(Step::Withdraw { g: call.offer, h_owner }).await?;
        Ok(Withdrawn { entry: self.signed(taken.entry.as_ref())? })
    }

    /// Whether an offer's bodies are sealed under `channel`, so that nobody here can check them.
    pub(super) fn is_sealed_to_us(mode: Mode) -> bool {
        mode == Mode::Live
    }
}
