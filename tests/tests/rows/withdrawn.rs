//! A withdrawal while something is on its way.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering::SeqCst};
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

use chop_core::consent::{ConsentState, Reach};
use chop_core::flow::State;
use chop_core::flow::offer::{OfferState, OfferWay, Recipients, Told};
use chop_core::{Clock, Edge, Wallet, samples};
use chop_model::{Id, UnixTime};
use chop_tests::world::logged_kinds;
use chop_vault::Unlock;

use super::offers::{Stage, ask, run, scanned, states, step_holder, step_verifier, take_what_is_there};

#[test]
fn row_47_no_share_leaves_after_the_consent_was_withdrawn() {
    let mut stage = Stage::new();
    let offered = stage.live();
    let taken = scanned(&stage, &offered.code, ask(&samples::hospital_query(), samples::hospital_terms()));
    holder_until(&mut stage, &offered.id, &taken, OfferState::Acked, true);
    // The relay cannot be reached now: the share is here alone.
    stage.world.resident.withdraw_consent(&offered.id, "no more").unwrap();
    let told = run(&mut stage, &offered.id, &taken, &mut |_| true).unwrap();
    assert!(told.iter().any(|told| matches!(told, Told::RevokedAt(_))), "{told:?}");
    assert!(stage.world.hospital.received(&taken).is_err(), "the key left after the withdrawal");
    assert_eq!(states(&stage, &offered.id, &taken).0, OfferState::Withdrawn);
    // The relay is not asked again, and the record says what it should.
    assert!(stage.world.resident.relay_call(&offered.id, 0).unwrap().is_none());
    assert!(!logged_kinds(&stage.world.resident).contains(&"released"));
    assert!(stage.world.resident.audit(&mut |_, _| {}).unwrap().is_clean());
}

/// The consent to an offer begins with the offer, and can be taken back before anybody claimed it.
#[test]
fn row_47_a_consent_that_nobody_took_up_is_taken_back_with_its_offer() {
    for (is_known, is_paused) in [(true, false), (true, true), (false, false)] {
        let mut stage = Stage::new();
        let offered = stage.live();
        if is_known {
            step_holder(&mut stage, &offered.id).unwrap();
        }
        let resident = &stage.world.resident;
        if is_paused {
            resident.pause_consent(&offered.id).unwrap();
        }
        let done = resident.withdraw_consent(&offered.id, "no more").unwrap();
        assert_eq!(done.reach, Reach::NothingWasRead);
        assert_eq!(resident.offer_view(&offered.id).unwrap().state, OfferState::Withdrawing);
        assert_eq!(resident.consent_view(&offered.id).unwrap().state, ConsentState::Withdrawn);
        assert_eq!(resident.withdraw_consent(&offered.id, "").unwrap(), done);
        // Whoever has a photo of the code comes too late.
        step_holder(&mut stage, &offered.id).unwrap();
        let draft = ask(&samples::hospital_query(), samples::hospital_terms());
        let taken = scanned(&stage, &offered.code, draft);
        run(&mut stage, &offered.id, &taken, &mut |_| true).unwrap();
        let resident = &stage.world.resident;
        assert_eq!(resident.offer_view(&offered.id).unwrap().state, OfferState::Withdrawn);
        assert!(resident.exchanges().unwrap().is_empty() && stage.world.hospital.received(&taken).is_err());
        assert_eq!(resident.withdraw_consent(&offered.id, "").unwrap(), done);
        assert!(resident.audit(&mut |_, _| {}).unwrap().is_clean());
    }
}

/// A drop that was claimed has an exchange here, and only its relay can say whether the key went.
#[test]
fn row_47_a_drop_is_not_taken_back_past_its_relay() {
    let mut stage = Stage::new();
    let statement = stage.world.hospital.state_key(30).unwrap();
    let named = || OfferWay::Named { statement: statement.clone() };
    for is_withdrawn in [false, true] {
        let offered = stage.offer(stage.draft(named(), Recipients::Registered));
        step_holder(&mut stage, &offered.id).unwrap();
        let taken = scanned(&stage, &offered.code, take_what_is_there());
        let state = |stage: &Stage| Some(stage.world.resident.exchange_view(&offered.id).ok()?.state);
        for _ in 0..8 {
            if state(&stage).is_none() {
                step_verifier(&mut stage, &taken).unwrap();
                step_holder(&mut stage, &offered.id).unwrap();
            }
        }
        assert_eq!(state(&stage), Some(State::Spent));
        let refused = stage.world.resident.withdraw(&offered.id).unwrap_err();
        assert_eq!(refused.code(), "offer-flow.wrong-step");
        assert_eq!(state(&stage), Some(State::Spent));
        if is_withdrawn {
            stage.world.resident.withdraw_offer(&offered.id).unwrap();
            step_holder(&mut stage, &offered.id).unwrap();
            assert_eq!(state(&stage), Some(State::Withdrawn));
        }
        let told = run(&mut stage, &offered.id, &taken, &mut |_| false).unwrap();
        assert!(!told.iter().any(|told| matches!(told, Told::Strange(_))), "{told:?}");
        let (ended, has_it) = match is_withdrawn {
            true => (OfferState::Withdrawn, false),
            false => (OfferState::Done, true),
        };
        assert_eq!(states(&stage, &offered.id, &taken).0, ended);
        assert_eq!(stage.world.hospital.received(&taken).is_ok(), has_it);
        assert!(stage.world.resident.audit(&mut |_, _| {}).unwrap().is_clean());
    }
}

#[test]
fn row_47_an_answer_waits_while_its_consent_is_paused() {
    let mut stage = Stage::new();
    let offered = stage.live();
    let taken = scanned(&stage, &offered.code, ask(&samples::hospital_query(), samples::hospital_terms()));
    holder_until(&mut stage, &offered.id, &taken, OfferState::Answered, true);
    stage.world.resident.pause_consent(&offered.id).unwrap();
    for _ in 0..3 {
        step_holder(&mut stage, &offered.id).unwrap();
        step_verifier(&mut stage, &taken).unwrap();
    }
    assert_eq!(states(&stage, &offered.id, &taken), (OfferState::Answered, OfferState::Pending));
    stage.world.resident.resume_consent(&offered.id).unwrap();
    run(&mut stage, &offered.id, &taken, &mut |_| true).unwrap();
    assert_eq!(states(&stage, &offered.id, &taken), (OfferState::Done, OfferState::Finished));
}

#[test]
fn row_47_a_withdrawal_is_not_undone_by_the_answer_to_a_rejection() {
    let mut stage = Stage::new();
    let offered = stage.live();
    let taken = scanned(&stage, &offered.code, ask(&samples::hospital_query(), samples::hospital_terms()));
    holder_until(&mut stage, &offered.id, &taken, OfferState::Rejecting, false);
    let call = stage.world.resident.relay_call(&offered.id, 0).unwrap().unwrap();
    let answer = stage.relay.post(&call);
    // While that answer is on its way the holder takes the offer back.
    stage.world.resident.withdraw_offer(&offered.id).unwrap();
    stage.world.resident.relay_answer(&call, &answer).unwrap();
    assert_eq!(states(&stage, &offered.id, &taken).0, OfferState::Withdrawing);
    run(&mut stage, &offered.id, &taken, &mut |_| true).unwrap();
    assert_eq!(states(&stage, &offered.id, &taken).0, OfferState::Withdrawn);
}

#[test]
fn row_47_a_withdrawal_of_a_drop_is_not_undone_by_an_event_that_is_being_read() {
    let mut stage = Stage::new();
    let statement = stage.world.hospital.state_key(30).unwrap();
    let named = || OfferWay::Named { statement: statement.clone() };
    // One offer for each look at the clock while the news is read: there the holder takes it back.
    let offers: Vec<_> = (1..=6).map(|_| stage.offer(stage.draft(named(), Recipients::Registered))).collect();
    stage.world.resident.close();
    let edge = stage.world.resident.edge().clone();
    let hook = Arc::new(Hook::new(edge.clock.clone()));
    let edge = Edge { clock: hook.clone(), ..edge };
    let key = Unlock::Key(stage.world.resident.key());
    let wallet = Arc::new(Wallet::open(stage.world.resident.folder(), key, edge).unwrap());
    let mut withdrawn = 0;
    for (nth, offered) in (1..).zip(&offers) {
        let call = wallet.relay_call(&offered.id, 0).unwrap().unwrap();
        wallet.relay_answer(&call, &stage.relay.post(&call)).unwrap();
        let call = wallet.relay_call(&offered.id, 0).unwrap().unwrap();
        let answer = stage.relay.post(&call);
        let (other, id, done) = (wallet.clone(), offered.id, Arc::new(AtomicBool::new(false)));
        let flag = done.clone();
        hook.at(nth, move || flag.store(other.withdraw_offer(&id).is_ok(), SeqCst));
        let told = wallet.relay_answer(&call, &answer);
        hook.wait();
        let state = wallet.offer_view(&offered.id).unwrap().state;
        let expected = if done.load(SeqCst) { OfferState::Withdrawing } else { OfferState::Open };
        assert_eq!(state, expected, "at look {nth}: {told:?}");
        withdrawn += usize::from(done.load(SeqCst));
    }
    assert!(withdrawn > 0, "no look of the clock came while the news was read");
}

/// Brings the holder's side to `state`, answering the claim with `yes`.
pub(crate) fn holder_until(stage: &mut Stage, given: &Id, taken: &Id, state: OfferState, yes: bool) {
    for _ in 0..40 {
        for told in step_holder(stage, given).unwrap() {
            if let Told::Claim(prompt) = &told {
                match yes {
                    true => stage.world.resident.confirm_claim(prompt).unwrap(),
                    false => stage.world.resident.reject_claim(prompt).unwrap(),
                }
            }
        }
        if states(stage, given, taken).0 == state {
            return;
        }
        step_verifier(stage, taken).unwrap();
    }
    panic!("it came only to {:?}", states(stage, given, taken));
}

type Act = Box<dyn FnOnce() + Send>;

/// A clock that does something when it is looked at for the n-th time.
struct Hook {
    time: Arc<dyn Clock>,
    left: AtomicI64,
    act: Mutex<Option<Act>>,
    done: Mutex<Option<mpsc::Receiver<()>>>,
}

impl Hook {
    fn new(time: Arc<dyn Clock>) -> Self {
        Self { time, left: 0.into(), act: Mutex::new(None), done: Mutex::new(None) }
    }

    fn at(&self, nth: i64, act: impl FnOnce() + Send + 'static) {
        *self.act.lock().unwrap() = Some(Box::new(act));
        self.left.store(nth, SeqCst);
    }

    /// Until what was begun is over; what was not begun is forgotten.
    fn wait(&self) {
        self.left.store(0, SeqCst);
        drop(self.act.lock().unwrap().take());
        if let Some(done) = self.done.lock().unwrap().take() {
            done.recv().unwrap();
        }
    }
}

impl Clock for Hook {
    fn now(&self) -> UnixTime {
        if self.left.fetch_sub(1, SeqCst) == 1
            && let Some(act) = self.act.lock().unwrap().take()
        {
            let (tell, done) = mpsc::channel();
            let (early, over) = mpsc::channel();
            std::thread::spawn(move || {
                act();
                let _ = early.send(());
                let _ = tell.send(());
            });
            // Where the one who looks holds the vault, the other goes on after it.
            let _ = over.recv_timeout(Duration::from_millis(400));
            *self.done.lock().unwrap() = Some(done);
        }
        self.time.now()
    }
}
