//! News of an offer that comes while the holder's own side cannot take it: it is not used up by that.

use chop_core::flow::offer::{OfferState, Told};
use chop_core::{Error, Wallet, samples};
use chop_model::Id;
use chop_tests::world::with_full_disk;

use super::offers::{Stage, ask, run, scanned, states, step_holder, step_verifier};
use super::unsigned::collected;
use super::withdrawn::holder_until;

#[test]
fn row_06_an_acknowledgement_waits_while_its_consent_is_paused() {
    let mut stage = Stage::new();
    let offered = stage.live();
    let taken = scanned(&stage, &offered.code, ask(&samples::hospital_query(), samples::hospital_terms()));
    holder_until(&mut stage, &offered.id, &taken, OfferState::Delivered, true);
    stage.world.resident.pause_consent(&offered.id).unwrap();
    for _ in 0..6 {
        step_verifier(&mut stage, &taken).unwrap();
        // Nothing is told of it but why it waits.
        match step_holder(&mut stage, &offered.id) {
            Ok(told) => assert!(told.is_empty(), "{told:?}"),
            Err(error) => assert_eq!(error.code(), "consent.paused"),
        }
    }
    assert_eq!(step_holder(&mut stage, &offered.id).unwrap_err().code(), "consent.paused");
    assert_eq!(states(&stage, &offered.id, &taken), (OfferState::Delivered, OfferState::Awaiting));
    assert!(stage.world.hospital.received(&taken).is_err(), "a paused consent gives nothing");
    stage.world.resident.resume_consent(&offered.id).unwrap();
    let told = run(&mut stage, &offered.id, &taken, &mut |_| true).unwrap();
    assert_eq!(states(&stage, &offered.id, &taken), (OfferState::Done, OfferState::Finished), "{told:?}");
}

#[test]
fn row_06_a_full_disk_uses_up_no_acknowledgement() {
    let mut stage = Stage::new();
    // One offer for each time that the record of its news is written.
    let offers: Vec<_> = (1..=5).map(|_| acknowledged(&mut stage)).collect();
    meet_a_full_disk(&mut stage, &offers, 2);
}

#[test]
fn row_06_a_full_disk_uses_up_no_news_of_a_drop() {
    let mut stage = Stage::new();
    // One drop for each time that the record of its news is written.
    let drops: Vec<_> = (1..=12).map(|_| collected(&mut stage)).collect();
    meet_a_full_disk(&mut stage, &drops, 6);
}

#[test]
fn row_06_who_slept_through_the_end_learns_what_happened_before_it() {
    let mut stage = Stage::new();
    let (taken_up, taken) = collected(&mut stage);
    let unasked = stage.live().id;
    step_holder(&mut stage, &unasked).unwrap();
    let never_put = stage.live().id;
    stage.world.clock.move_by(600 + 2 * 86_400);
    for id in [unasked, never_put] {
        step_holder(&mut stage, &id).unwrap();
        step_holder(&mut stage, &id).unwrap();
        assert_eq!(stage.world.resident.offer_view(&id).unwrap().state, OfferState::Expired);
        assert!(stage.world.resident.relay_call(&id, 0).unwrap().is_none());
    }
    let told = step_holder(&mut stage, &taken_up).unwrap();
    assert!(told.iter().any(|told| matches!(told, Told::Used(_))), "{told:?}");
    assert_eq!(states(&stage, &taken_up, &taken), (OfferState::Done, OfferState::Finished));
    // One whose relay cannot be reached ends too, when no relay would know of it any more.
    let lost = stage.live().id;
    step_holder(&mut stage, &lost).unwrap();
    stage.world.clock.move_by(32 * 86_400);
    assert!(stage.world.resident.relay_call(&lost, 0).unwrap().is_none());
    assert_eq!(stage.world.resident.offer_view(&lost).unwrap().state, OfferState::Expired);
}

fn meet_a_full_disk(stage: &mut Stage, offers: &[(Id, Id)], at_least: i64) {
    stage.world.resident.close();
    let (wallet, port) = with_full_disk(&stage.world.resident);
    let mut failed = 0;
    for (nth, (id, taken)) in (1..).zip(offers) {
        port.fails_at(nth);
        match step(stage, &wallet, id) {
            Err(error) => assert_eq!(error.code(), "crypto.keystore", "at write {nth}"),
            Ok(told) => assert!(!told.iter().any(|t| matches!(t, Told::Strange(_))), "at {nth}: {told:?}"),
        }
        failed += i64::from(port.has_failed());
        port.fails_at(0);
        until_done(stage, &wallet, id, taken);
    }
    assert!(failed >= at_least, "the disk was full {failed} times only");
    assert!(wallet.audit(&mut |_, _| {}).unwrap().is_clean());
}

/// A live offer whose acknowledgement came while the wallet slept.
fn acknowledged(stage: &mut Stage) -> (Id, Id) {
    let offered = stage.live();
    let taken = scanned(stage, &offered.code, ask(&samples::hospital_query(), samples::hospital_terms()));
    holder_until(stage, &offered.id, &taken, OfferState::Delivered, true);
    for _ in 0..6 {
        step_verifier(stage, &taken).unwrap();
    }
    assert_eq!(states(stage, &offered.id, &taken), (OfferState::Delivered, OfferState::Awaiting));
    (offered.id, taken)
}

fn step(stage: &mut Stage, wallet: &Wallet, id: &Id) -> Result<Vec<Told>, Error> {
    let Some(call) = wallet.relay_call(id, 0)? else { return Ok(Vec::new()) };
    wallet.relay_answer(&call, &stage.relay.post(&call))
}

/// Both sides, until the holder has the receipt.
fn until_done(stage: &mut Stage, wallet: &Wallet, id: &Id, taken: &Id) {
    let mut all = Vec::new();
    for _ in 0..12 {
        all.extend(step(stage, wallet, id).unwrap());
        step_verifier(stage, taken).unwrap();
    }
    assert_eq!(wallet.offer_view(id).unwrap().state, OfferState::Done, "{all:?}");
    assert_eq!(stage.world.hospital.offer_view(taken).unwrap().state, OfferState::Finished);
}
