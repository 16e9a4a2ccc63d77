//! What a relay says and does not sign.

use chop_core::flow::offer::{OfferState, OfferWay, Recipients, RelayAnswer, Told};
use chop_formats::relay::{Event, EventKind, Message as _, Refused, RelayRefusal, State as AtRelay, Watched};
use chop_model::{Id, UnixTime};

use super::offers::{Stage, run, scanned, states, step_holder, step_verifier, take_what_is_there};

#[test]
fn row_08_a_refusal_that_nobody_signed_ends_no_offer() {
    for refusal in [RelayRefusal::Revoked, RelayRefusal::Expired] {
        let mut stage = Stage::new();
        let (id, taken) = collected(&mut stage);
        // The holder takes it back; the relay, which gave it away, signs nothing and says that it is over.
        stage.world.resident.withdraw_offer(&id).unwrap();
        let call = stage.world.resident.relay_call(&id, 0).unwrap().unwrap();
        let answer = RelayAnswer { status: refusal.status(), body: Refused::new(refusal, None).to_bytes() };
        let told = stage.world.resident.relay_answer(&call, &answer).unwrap();
        assert!(matches!(told.as_slice(), [Told::RelayRefused(said, _)] if *said == refusal), "{told:?}");
        used_in_the_end(&mut stage, &id, &taken);
    }
}

#[test]
fn row_08_an_event_without_its_entry_or_with_another_ends_no_offer() {
    for kind in [EventKind::Revoked, EventKind::Expired] {
        for with_another in [false, true] {
            let mut stage = Stage::new();
            let (id, taken) = collected(&mut stage);
            let call = stage.world.resident.relay_call(&id, 0).unwrap().unwrap();
            let honest = stage.relay.post(&call);
            let created = Watched::from_bytes(&honest.body).unwrap().events.remove(0);
            assert_eq!(created.kind, EventKind::Created);
            let entry = created.entry.clone().filter(|_| with_another);
            let event = Event { kind, at: UnixTime(0), entry, ..created };
            let watched = Watched { state: AtRelay::Revoked, events: vec![event], more: 0 };
            let answer = RelayAnswer { status: 200, body: watched.to_bytes() };
            let refused = stage.world.resident.relay_answer(&call, &answer).unwrap_err();
            assert_eq!(refused.code(), "offer-flow.bad-entry");
            used_in_the_end(&mut stage, &id, &taken);
        }
    }
}

/// An honest relay that was restored from a copy has nothing signed to show for it.
#[test]
fn row_47_a_withdrawal_does_not_outlast_its_offer() {
    let mut stage = Stage::new();
    for refusal in [RelayRefusal::Revoked, RelayRefusal::Expired, RelayRefusal::UnknownOffer] {
        let id = stage.live().id;
        step_holder(&mut stage, &id).unwrap();
        stage.world.resident.withdraw_offer(&id).unwrap();
        let answer = RelayAnswer { status: refusal.status(), body: Refused::new(refusal, None).to_bytes() };
        for (seconds, state) in [(0, OfferState::Withdrawing), (2 * 86_400, OfferState::Expired)] {
            stage.world.clock.move_by(seconds);
            step_with(&stage, &id, &answer);
            assert_eq!(stage.world.resident.offer_view(&id).unwrap().state, state, "{refusal:?}");
        }
    }
}

fn step_with(stage: &Stage, id: &Id, answer: &RelayAnswer) {
    let call = stage.world.resident.relay_call(id, 0).unwrap().unwrap();
    stage.world.resident.relay_answer(&call, answer).unwrap();
}

/// Files that a verifier collected while the wallet slept.
pub(super) fn collected(stage: &mut Stage) -> (Id, Id) {
    let offered = stage.offer(stage.draft(OfferWay::Files, Recipients::Registered));
    step_holder(stage, &offered.id).unwrap();
    let taken = scanned(stage, &offered.code, take_what_is_there());
    for _ in 0..8 {
        step_verifier(stage, &taken).unwrap();
    }
    assert!(stage.world.hospital.received(&taken).is_ok());
    (offered.id, taken)
}

/// The relay is honest again: what it signed about the use is in the record.
fn used_in_the_end(stage: &mut Stage, id: &Id, taken: &Id) {
    let told = run(stage, id, taken, &mut |_| false).unwrap();
    assert_eq!(states(stage, id, taken).0, OfferState::Done, "{told:?}");
    assert!(told.iter().any(|told| matches!(told, Told::Used(_))), "{told:?}");
}
