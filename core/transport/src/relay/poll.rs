//! Long polls that go on: through cuts, restarts and sleep, until what is waited for has happened or
//! somebody presses stop.
//!
//! Where a loop stands is in the call itself (`after`, `known`), and that moves on only after the caller
//! has kept what came: a process that dies in between asks the same again when it is back.

use std::time::Duration;

use chop_core::plumbing::crypto::{Digest, Secret};
use chop_core::plumbing::formats::relay::{
    Call, Collect, Collected, MAX_WAIT, OfferId, State, Watch, Watched,
};
use chop_core::{Error, Result};

use super::RelayClient;
use crate::cancel::{Cancel, now};
use crate::retry::{Backoff, Tried};

/// What a caller says after it has kept an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Wait for more.
    GoOn,
    /// That was it.
    Stop,
}

/// What a loop says between answers, for whoever looks at the screen.
#[derive(Debug)]
pub enum Trouble<'a> {
    /// The network or the relay is in the way; the same is asked again after this time.
    TryingAgain(&'a Error, Duration),
    /// It works again.
    BackAgain,
}

/// Told of trouble while a loop goes on by itself.
type Told<'a> = &'a mut dyn FnMut(Trouble<'_>);

impl RelayClient {
    /// Owner: everything that happens to an offer, each event once and in order, from the one after
    /// [`Own::after`] on. `kept` is called with every answer that holds something new and must have kept it
    /// when it returns; it gets the number to go on from.
    ///
    /// Returns when `kept` says stop, when the offer is in a final state and nothing more is to come, or
    /// with the first error that waiting does not mend.
    ///
    /// # Errors
    ///
    /// As [`RelayClient::call`], and whatever `kept` returns.
    pub fn watch(
        &self,
        relay: &str,
        own: &Own<'_>,
        cancel: &Cancel,
        told: Told<'_>,
        mut kept: impl FnMut(&Watched, u64) -> Result<Next>,
    ) -> Result<()> {
        let Own { offer, owner, after } = *own;
        let call = |after| Watch { offer, owner: copy(owner), after, wait: MAX_WAIT };
        let mut position = after;
        self.poll(relay, call(after), cancel, told, |watched: &Watched| {
            let mut next = Next::GoOn;
            if let Some(last) = watched.events.last() {
                next = kept(watched, last.number)?;
                position = last.number;
            }
            let is_over = watched.state.is_final() && watched.more == 0;
            Ok(if next == Next::Stop || is_over { None } else { Some(call(position)) })
        })
    }

    /// Verifier: what becomes of a claim, from the state that is known on. `kept` is called with every
    /// answer and must have kept it when it returns.
    ///
    /// # Errors
    ///
    /// As [`RelayClient::call`], and whatever `kept` returns.
    pub fn collect(
        &self,
        relay: &str,
        claim: &Claimant<'_>,
        known: Option<State>,
        cancel: &Cancel,
        told: Told<'_>,
        mut kept: impl FnMut(&Collected) -> Result<Next>,
    ) -> Result<()> {
        let Claimant { offer, tok, claim } = *claim;
        let call = |known| Collect { offer, tok: copy(tok), claim, known, wait: MAX_WAIT };
        self.poll(relay, call(known), cancel, told, |collected: &Collected| {
            let next = kept(collected)?;
            Ok(if next == Next::Stop { None } else { Some(call(Some(collected.state))) })
        })
    }

    /// The loop under both: one long poll after the other. The caller turns each answer into the next
    /// call, or says that it is over.
    ///
    /// # Errors
    ///
    /// As [`RelayClient::call`], and whatever `next` returns.
    pub fn poll<C: Call>(
        &self,
        relay: &str,
        first: C,
        cancel: &Cancel,
        told: Told<'_>,
        mut next: impl FnMut(&C::Answer) -> Result<Option<C>>,
    ) -> Result<()> {
        let mut call = first;
        let mut pace = Pace::default();
        loop {
            let started = now();
            let answer: C::Answer = self.patiently(relay, &call, cancel, told)?;
            match next(&answer)? {
                None => return Ok(()),
                Some(following) => call = following,
            }
            cancel.sleep(pace.pause(started.elapsed()))?;
        }
    }

    /// One call, repeated without an end while waiting may help.
    fn patiently<C: Call>(
        &self,
        relay: &str,
        call: &C,
        cancel: &Cancel,
        told: Told<'_>,
    ) -> Result<C::Answer> {
        let post = self.post(relay, call)?;
        let Backoff { first, longest, .. } = self.backoff;
        let mut pause = first;
        let mut was_in_trouble = false;
        loop {
            let (error, asked) = match self.attempt::<C::Answer>(&post, cancel) {
                Tried::Later(Err(error), asked) => (error, asked),
                Tried::Over(result) | Tried::Later(result, _) => {
                    if was_in_trouble && result.is_ok() {
                        told(Trouble::BackAgain);
                    }
                    return result;
                }
            };
            was_in_trouble = true;
            let wait = pause.max(asked.unwrap_or_default());
            told(Trouble::TryingAgain(&error, wait));
            cancel.sleep(wait)?;
            pause = (pause * 2).min(longest);
        }
    }
}

/// An offer of ours, and where in its events we are.
#[derive(Debug, Clone, Copy)]
pub struct Own<'a> {
    /// `G`.
    pub offer: OfferId,
    /// What shows that it is ours.
    pub owner: &'a Secret<32>,
    /// The number of the last event that was kept; 0 before the first.
    pub after: u64,
}

/// Whose claim of what a verifier asks after.
#[derive(Debug, Clone, Copy)]
pub struct Claimant<'a> {
    /// `G`.
    pub offer: OfferId,
    /// What shows that the code was seen.
    pub tok: &'a Secret<32>,
    /// `h` of the claim's body.
    pub claim: Digest,
}

/// A relay that answers a long poll at once, again and again, is not asked in a tight circle.
#[derive(Debug, Default)]
struct Pace {
    quick: u32,
}

impl Pace {
    fn pause(&mut self, took: Duration) -> Duration {
        self.quick = if took < QUICK { self.quick.saturating_add(1) } else { 0 };
        QUICK * self.quick.saturating_sub(FREE).min(MOST)
    }
}

fn copy(secret: &Secret<32>) -> Secret<32> {
    // EXPOSE: every poll's body holds it; the caller's stays with the caller.
    Secret::new(*secret.expose())
}

/// An answer faster than this was no wait.
const QUICK: Duration = Duration::from_millis(250);
/// So many quick answers in a row are news, not a fault.
const FREE: u32 = 8;
/// The longest pause is this many times [`QUICK`].
const MOST: u32 = 20;
