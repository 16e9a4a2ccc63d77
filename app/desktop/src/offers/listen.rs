//! A thread for each open offer. What came is in the record before it is told; after a crash, a lock or a
//! night the same call gives what is still to come.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use chop_core::flow::offer::{ClaimPrompt, OfferState, RelayAnswer, RelayCall, Told};
use chop_core::plumbing::model::{Id, LangText};
use chop_core::{Error, Result, Wallet, WalletError};
use chop_transport::Cancel;

use super::relay::step;
use crate::state::hold;

/// Offers that are listened to.
#[derive(Default)]
pub(crate) struct Listeners(Mutex<HashMap<Id, Arc<Ear>>>);

/// One offer that is listened to.
#[derive(Default)]
struct Ear {
    cancel: Cancel,
    now: Mutex<Now>,
}

/// Where an offer stands beside its row: what only this process knows.
#[derive(Default)]
struct Now {
    /// A claim that waits for the holder's word.
    claim: Option<Arc<ClaimPrompt>>,
    /// What keeps the relay away, while it does.
    trouble: Option<Error>,
    /// What happened while this process listened.
    happened: Vec<Happened>,
}

/// Something that happened to an offer, to be said in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Happened {
    /// A claim was refused here without asking: the code of the reason.
    ClaimRefused(&'static str),
    /// Another claim came beside the one that is ahead: who, where that is known.
    AnotherClaim(Option<LangText>),
    /// It was withdrawn, at this time by the relay's clock.
    Revoked(i64),
    /// It was too late to withdraw: the key was given out at this time by the relay's clock.
    AlreadyReleased(i64),
    /// The relay said what does not fit; nothing was taken from it.
    Strange(&'static str),
    /// The relay contradicts itself. The proof is kept.
    RelayFault,
    /// The relay will not: the code.
    RelayRefused(&'static str),
}

/// What a listener needs of the app.
pub(crate) trait Surroundings: Send + 'static {
    /// Posts a call to the relay, as the settings are now.
    fn post(&self, call: &RelayCall, cancel: &Cancel) -> Result<RelayAnswer>;
    /// Something changed: the page looks again.
    fn tell(&self, offer: &Id);
}

impl Listeners {
    /// Listens to an offer, unless somebody does already.
    pub(crate) fn listen(&self, wallet: Arc<Wallet>, id: Id, around: impl Surroundings) {
        let mut ears = hold(&self.0);
        if ears.get(&id).is_some_and(|ear| !ear.cancel.is_cancelled()) {
            return;
        }
        let ear = Arc::new(Ear::default());
        ears.insert(id, ear.clone());
        drop(ears);
        thread::spawn(move || {
            ear.run(&wallet, &id, &around);
            // Whoever asks to listen again begins anew.
            ear.cancel.cancel();
            around.tell(&id);
        });
    }

    /// Stops every thread: the space was locked, or another one is opened.
    pub(crate) fn stop_all(&self) {
        for (_, ear) in hold(&self.0).drain() {
            ear.cancel.cancel();
        }
    }

    /// Stops the thread of one offer.
    pub(crate) fn stop(&self, id: &Id) {
        if let Some(ear) = hold(&self.0).remove(id) {
            ear.cancel.cancel();
        }
    }

    /// The claim that waits for the holder's word.
    pub(crate) fn claim(&self, id: &Id) -> Option<Arc<ClaimPrompt>> {
        self.ear(id).and_then(|ear| hold(&ear.now).claim.clone())
    }

    /// What keeps the relay away; and what happened while this process listened.
    pub(crate) fn heard(&self, id: &Id) -> (Option<Error>, Vec<Happened>) {
        let Some(ear) = self.ear(id) else { return (None, Vec::new()) };
        let now = hold(&ear.now);
        (now.trouble.clone(), now.happened.clone())
    }

    /// The holder's word to the claim that waits. The thread takes it to the relay.
    ///
    /// # Errors
    /// `offer-flow.wrong-step` where none waits any more; why nothing was spent.
    pub(crate) fn answer(&self, wallet: &Wallet, id: &Id, says_yes: bool) -> Result<()> {
        let claim = self.claim(id).ok_or(WalletError::WrongStep)?;
        let done = if says_yes { wallet.confirm_claim(&claim) } else { wallet.reject_claim(&claim) };
        if let Some(ear) = self.ear(id) {
            hold(&ear.now).claim = None;
        }
        done
    }

    fn ear(&self, id: &Id) -> Option<Arc<Ear>> {
        hold(&self.0).get(id).cloned()
    }
}

impl Ear {
    fn run(&self, wallet: &Wallet, id: &Id, around: &impl Surroundings) {
        let (mut pause, mut beaten) = (FIRST_PAUSE, 0);
        while !self.cancel.is_cancelled() {
            let before = wallet.unattended(|wallet| wallet.offer_view(id)).map(|view| view.state);
            let asks = hold(&self.now).claim.is_some();
            // While a claim waits for the holder, the relay is only asked now and then whether it still does.
            let wait = if asks { 0 } else { LONG };
            let came =
                wallet.unattended(|wallet| step(wallet, id, wait, |call| around.post(call, &self.cancel)));
            beaten = if came.as_ref().is_err_and(|error| error.code() == BEATEN) { beaten + 1 } else { 0 };
            let rest = match came {
                Ok(None) => return,
                Ok(Some(told)) => {
                    pause = FIRST_PAUSE;
                    let is_news = self.take(told);
                    let after = wallet.unattended(|wallet| wallet.offer_view(id)).map(|view| view.state);
                    if is_news || !same(&before, &after) {
                        around.tell(id);
                    }
                    if asks || hold(&self.now).claim.is_some() { ASKING } else { NEXT }
                }
                Err(error) if is_over(&error) => return,
                // The thread before this one, or the person, was faster: the next look sees what they did.
                // Who is never fast enough meets something else.
                Err(_) if (1..BEATEN_TIMES).contains(&beaten) => {
                    around.tell(id);
                    NEXT
                }
                Err(error) => {
                    hold(&self.now).trouble = Some(error);
                    around.tell(id);
                    pause = (pause * 2).min(LONGEST_PAUSE);
                    pause
                }
            };
            if !self.rest(rest) {
                return;
            }
        }
    }

    /// Waits, but no longer than until the holder has answered a claim. Whether to go on.
    fn rest(&self, time: Duration) -> bool {
        let asked = hold(&self.now).claim.is_some();
        let slices = time.as_millis() / Cancel::SLICE.as_millis();
        for _ in 0..slices.max(1) {
            if self.cancel.sleep(Cancel::SLICE).is_err() {
                return false;
            }
            if asked && hold(&self.now).claim.is_none() {
                return true;
            }
        }
        true
    }

    /// Keeps what was told; whether the page has to know.
    fn take(&self, told: Vec<Told>) -> bool {
        let mut now = hold(&self.now);
        let mut is_news = now.trouble.take().is_some();
        let asked_before = now.claim.take().is_some();
        for told in told {
            let happened = match told {
                Told::Claim(claim) => {
                    is_news |= !asked_before;
                    now.claim = Some(Arc::from(claim));
                    continue;
                }
                Told::Moved(_) | Told::Collected(_) | Told::Used(_) => {
                    is_news = true;
                    continue;
                }
                Told::ClaimRefused(code) => Happened::ClaimRefused(code),
                Told::AnotherClaim(who) => Happened::AnotherClaim(who),
                Told::RevokedAt(at) => Happened::Revoked(at.0),
                Told::AlreadyReleasedAt(at) => Happened::AlreadyReleased(at.0),
                Told::Strange(code) => Happened::Strange(code),
                Told::RelayFault(_) => Happened::RelayFault,
                Told::RelayRefused(refusal, _) => Happened::RelayRefused(Error::from(refusal).code()),
                // The other side's.
                Told::Received(_) | Told::RefusedContent(_) => continue,
            };
            is_news = true;
            if now.happened.last() != Some(&happened) && now.happened.len() < MAX_HAPPENED {
                now.happened.push(happened);
            }
        }
        // A claim that no longer waits has lapsed, or was taken back.
        is_news | (asked_before && now.claim.is_none())
    }
}

fn same(before: &Result<OfferState>, after: &Result<OfferState>) -> bool {
    matches!((before, after), (Ok(before), Ok(after)) if before == after)
}

/// What no further call mends: somebody stopped, or the space is locked.
fn is_over(error: &Error) -> bool {
    matches!(error.code(), "net.cancelled" | "vault.locked" | "offer-flow.unknown" | "log.rolled-back")
}

const BEATEN: &str = "vault.wrong-state";
/// So many times one after the other it is trouble as any other.
const BEATEN_TIMES: u32 = 3;
/// Seconds that the relay may hold an answer back.
const LONG: u64 = 25;
const NEXT: Duration = Duration::from_millis(200);
const ASKING: Duration = Duration::from_secs(3);
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
/// Things that are remembered for the page of one offer.
const MAX_HAPPENED: usize = 50;
