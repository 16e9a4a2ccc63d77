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
        let may_get_it = offer.bound.is_some() && (is_repeated || offer.state == State::Open);
        let step = self.sequencer.take(Step::Claim { g, h_tok, body, claimant });
        // What a sealed drop holds does not change, so it is fetched while the step is committed; it
        // leaves only once that says so.
        let (taken, fetched) = tokio::join!(step, async {
            if may_get_it { self.store.content(g).await.map(Some) } else { Ok(None) }
        });
        let taken = taken?;
        let entry = self.signed(taken.entry.as_ref())?;
        let env = match fetched.map_err(internal)? {
            Some((env, _)) if is_given_out(taken.state) => env.map(bounded).transpose()?,
            _ => self.env(g, taken.state).await?,
        };
        Ok(Claimed { state: taken.state, entry, env })
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
        // A claim that is not written yet leaves nothing to check against: the step then comes without.
        let checked = match (&offer.bound, &offer.claimant) {
            (Some(bound), Some(claimant)) if !is_repeated && offer.claim == Some(claim) => {
                Some(check::acknowledgement(&body, &claim, bound, claimant, self.clock.now())?)
            }
            _ => None,
        };
        let is_checked_here = !Self::is_sealed_to_us(offer.mode);
        let may_get_it = is_checked_here && offer.claim == Some(claim);
        let step = self.sequencer.take(Step::Ack { g, h_tok, claim, body, checked });
        // As in a claim.
        let (taken, fetched) =
            tokio::join!(step, async { if may_get_it { self.store.share(g).await } else { Ok(None) } });
        let taken = taken?;
        let share = match is_checked_here && taken.state == State::Released {
            true if may_get_it => fetched.map_err(internal)?,
            true => self.store.share(g).await.map_err(internal)?,
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
        match is_given_out(state) {
            true => self.store.content(g).await.map_err(internal)?.0.map(bounded).transpose(),
            false => Ok(None),
        }
    }

    fn body<const MAX: usize>(&self, body: Bounded<MAX>) -> Result<Vec<u8>> {
        match body.as_bytes().len() <= self.limits.max_body {
            true => Ok(body.into_bytes()),
            false => Err(RelayRefusal::TooLarge),
        }
    }
}

/// Whether whoever is ahead gets ENV in this state.
fn is_given_out(state: State) -> bool {
    matches!(state, State::Claimed | State::Released)
}
