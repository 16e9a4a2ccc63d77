//! What a verifier may ask.

use chop_crypto::sha256;
use chop_formats::relay::{
    Ack, Acked, Bounded, Claim, Claimed, Collect, Collected, MAX_ENVELOPE, OfferId, RelayRefusal, State,
    UseNote,
};

use super::{Result, Service, internal};
use crate::check;
use crate::offer::Offer;
use crate::plan::{Step, bounded};

impl Service {
    pub(super) async fn claim(&self, call: Claim, _raw: &[u8]) -> Result<Claimed> {
        let Claim { offer: g, tok, body } = call;
        let body = self.body(body)?;
        // EXPOSE: only its hash is compared.
        let h_tok = sha256(tok.expose());
        let (offer, _) = self.offer(g).await?;
        offer.check_tok(&h_tok)?;
        let is_repeated = offer.claim == Some(sha256(&body)) || offer.rejected.contains(&sha256(&body));
        let claimant = match offer.bound.as_ref() {
            // Checked when it came first; its own times may be over by now, the offer's are not.
            Some(_) if is_repeated => offer.claimant,
            Some(bound) => {
                Some(check::claim(&body, &self.origin, g, bound, &self.anchors, self.clock.now())?)
            }
            None => None,
        };
        let taken = self.sequencer.take(Step::Claim { g, h_tok, body, claimant }).await?;
        let entry = self.signed(taken.entry.as_ref())?;
        Ok(Claimed { state: taken.state, entry, env: self.env(g, taken.state).await? })
    }

    pub(super) async fn collect(&self, call: Collect, _raw: &[u8]) -> Result<Collected> {
        let Collect { offer: g, tok, claim, known, wait } = call;
        // EXPOSE: only its hash is compared.
        let h_tok = sha256(tok.expose());
        self.wait(g, wait, || self.standing(g, h_tok, claim, known)).await
    }

    async fn standing(
        &self,
        g: OfferId,
        h_tok: [u8; 32],
        claim: [u8; 32],
        known: Option<State>,
    ) -> Result<(bool, Collected)> {
        let (offer, epoch) = self.offer(g).await?;
        offer.check_tok(&h_tok)?;
        let state = offer.state_at(self.clock.now(), epoch);
        let Offer { claim: ahead, rejected, claimed, ended, .. } = &offer;
        match ahead {
            _ if rejected.contains(&claim) => return Err(RelayRefusal::Rejected),
            // A lease that ran out, but is not written down yet, is ahead of nobody.
            Some(ahead) if *ahead != claim && state != State::Open => return Err(RelayRefusal::Conflict),
            _ => {}
        }
        let released = ended.as_ref().filter(|_| state == State::Released);
        // Nothing is given out after a withdrawal or the end.
        let is_theirs = ahead.is_some() && matches!(state, State::Claimed | State::Released);
        let is_news = known != Some(state);
        if !is_news {
            let (claimed, released) = (None, None);
            return Ok((false, Collected { state, claimed, env: None, released, share: None }));
        }
        let (env, share) = match is_theirs && offer.has_content {
            true => self.store.content(g).await.map_err(internal)?,
            false => (None, None),
        };
        let share = share.filter(|_| released.is_some());
        Ok((
            true,
            Collected {
                state,
                claimed: self.signed_if(claimed.as_ref().filter(|_| ahead.is_some()))?,
                env: env.map(bounded).transpose()?,
                released: self.signed_if(released)?,
                share: share.map(bounded).transpose()?,
            },
        ))
    }

    pub(super) async fn acknowledge(&self, call: Ack, _raw: &[u8]) -> Result<Acked> {
        let Ack { offer: g, tok, claim, body } = call;
        let body = self.body(body)?;
        // EXPOSE: only its hash is compared.
        let h_tok = sha256(tok.expose());
        let (offer, _) = self.offer(g).await?;
        offer.check_tok(&h_tok)?;
        let is_repeated = offer.h_ack == Some(sha256(&body));
        if let (Some(bound), Some(claimant), false) = (&offer.bound, &offer.claimant, is_repeated)
            && offer.claim == Some(claim)
        {
            check::acknowledgement(&body, &claim, bound, claimant, self.clock.now())?;
        }
        let is_checked_here = !Self::is_sealed_to_us(offer.mode);
        let taken = self.sequencer.take(Step::Ack { g, h_tok, claim, body }).await?;
        let share = match is_checked_here && taken.state == State::Released {
            true => self.store.content(g).await.map_err(internal)?.1,
            false => None,
        };
        Ok(Acked {
            state: taken.state,
            released: self.signed_if(taken.entry.as_ref())?,
            share: share.map(bounded).transpose()?,
        })
    }

    pub(super) async fn leave(&self, call: UseNote, _raw: &[u8]) -> Result<Acked> {
        let UseNote { offer: g, tok, claim, body } = call;
        let body = self.body(body)?;
        // EXPOSE: only its hash is compared.
        let h_tok = sha256(tok.expose());
        let taken = self.sequencer.take(Step::Use { g, h_tok, claim, body }).await?;
        Ok(Acked { state: taken.state, released: None, share: None })
    }

    async fn env(&self, g: OfferId, state: State) -> Result<Option<Bounded<MAX_ENVELOPE>>> {
        match state {
            State::Claimed | State::Released => {
                self.store.content(g).await.map_err(internal)?.0.map(bounded).transpose()
            }
            _ => Ok(None),
        }
    }

    fn body<const MAX: usize>(&self, body: Bounded<MAX>) -> Result<Vec<u8>> {
        match body.as_bytes().len() <= self.limits.max_body {
            true => Ok(body.into_bytes()),
            false => Err(RelayRefusal::TooLarge),
        }
    }
}
