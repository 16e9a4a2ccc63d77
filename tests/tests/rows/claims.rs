//! Mode C: claims that are junk or strange, withdrawals, keys that will not do.

use chop_core::flow::offer::{ClaimDraft, OfferDraft, OfferState, OfferWay, Recipients, Told};
use chop_core::samples;
use chop_formats::offer::OfferCode;
use chop_tests::relay::Lie;

use super::offers::{
    Stage, ask, run, run_once, scanned, states, step_holder, step_verifier, take_what_is_there,
};

#[test]
fn row_46_junk_a_foreign_request_a_lapse_and_rejections_burn_nothing() {
    use chop_formats::relay::{Bounded, Claim, Message as _};
    let mut stage = Stage::new();
    let offered = stage.live();
    step_holder(&mut stage, &offered.id).unwrap();
    let keys = chop_formats::offer::OfferKeys::derive(&offered.code.key).unwrap();
    let random = chop_core::testing::SeededRandom::new("junk");
    // A request for another offer, in the right seal; and noise.
    let other = stage.live();
    let elsewhere = scanned(&stage, &other.code, ask(&samples::hospital_query(), samples::hospital_terms()));
    let call = stage.world.hospital.relay_call(&elsewhere, 0).unwrap().unwrap();
    let foreign = Claim::from_bytes(call.body()).unwrap().body.into_bytes();
    let channel = chop_formats::offer::OfferKeys::derive(&other.code.key).unwrap().channel;
    let foreign = channel.open(chop_formats::offer::Part::Request, &foreign).unwrap();
    let foreign = keys.channel.seal(&random, chop_formats::offer::Part::Request, foreign.expose()).unwrap();
    for (body, code) in [(vec![9; 2000], "offer.bad-seal"), (foreign, "request.other-offer")] {
        let claim = Claim { offer: keys.id, tok: keys.token.duplicate(), body: Bounded::new(body).unwrap() };
        assert_eq!(stage.relay.serve("/v1/claim", &claim.to_bytes()).status, 200);
        let told = step_holder(&mut stage, &offered.id).unwrap();
        assert!(matches!(told[..], [Told::ClaimRefused(said)] if said == code), "{told:?}");
        step_holder(&mut stage, &offered.id).unwrap();
    }
    // Without the token the relay knows no such offer.
    let wrong = Claim {
        offer: keys.id,
        tok: chop_crypto::Secret::new([1; 32]),
        body: Bounded::new(vec![9; 2000]).unwrap(),
    };
    assert_eq!(stage.relay.serve("/v1/claim", &wrong.to_bytes()).status, 404);
    // A lease that runs out: the same claim goes again, and is answered.
    let taken = scanned(&stage, &offered.code, ask(&samples::hospital_query(), samples::hospital_terms()));
    step_verifier(&mut stage, &taken).unwrap();
    stage.relay.lapse();
    assert!(step_holder(&mut stage, &offered.id).unwrap().is_empty());
    let told = run(&mut stage, &offered.id, &taken, &mut |_| true).unwrap();
    assert_eq!(states(&stage, &offered.id, &taken), (OfferState::Done, OfferState::Finished), "{told:?}");
}

/// A desk that was refused may try again; from then on the code leads to that claim and makes no third.
#[test]
fn row_46_a_claim_after_a_refusal_goes_on_wherever_it_is_scanned() {
    let mut stage = Stage::new();
    let offered = stage.live();
    let scan = |stage: &Stage| {
        scanned(stage, &offered.code, ask(&samples::hospital_query(), samples::hospital_terms()))
    };
    for refusals in 0..4 {
        let taken = scan(&stage);
        assert_eq!(scan(&stage), taken, "after {refusals} refusals");
        run(&mut stage, &offered.id, &taken, &mut |_| false).unwrap();
        assert_eq!(stage.world.hospital.offer_view(&taken).unwrap().state, OfferState::Refused);
    }
    let taken = scan(&stage);
    run(&mut stage, &offered.id, &taken, &mut |_| true).unwrap();
    assert_eq!(states(&stage, &offered.id, &taken), (OfferState::Done, OfferState::Finished));
    assert_eq!((scan(&stage), stage.world.hospital.offers().unwrap().len()), (taken, 5));
}

/// A clock that is wrong by a day, on either side: nothing leaves, the offer is not burnt, and who has the
/// right time gets it afterwards.
#[test]
fn row_25_a_verifier_whose_clock_is_wrong_by_a_day_gets_nothing_and_burns_nothing() {
    const DAY: i64 = 86_400;
    let mut stage = Stage::new();
    let offered = stage.live();
    step_holder(&mut stage, &offered.id).unwrap();
    let draft = || ask(&samples::hospital_query(), samples::hospital_terms());
    // A day ahead, the code has run out before anything is asked.
    stage.world.clock.move_by(DAY);
    let code = OfferCode::parse(&offered.code.to_text().unwrap()).unwrap();
    assert_eq!(stage.world.hospital.scan_offer(&code, draft()).unwrap_err().code(), "exchange.expired");
    // A day behind, the request is an old one to whoever has the right time.
    stage.world.clock.move_by(-2 * DAY);
    let late = scanned(&stage, &offered.code, draft());
    stage.world.clock.move_by(DAY);
    let told = run(&mut stage, &offered.id, &late, &mut |_| panic!("nobody is asked")).unwrap();
    assert!(told.iter().any(|t| matches!(t, Told::ClaimRefused("request.expired"))), "{told:?}");
    assert_eq!(states(&stage, &offered.id, &late), (OfferState::Open, OfferState::Refused));
    let taken = scanned(&stage, &offered.code, draft());
    run(&mut stage, &offered.id, &taken, &mut |_| true).unwrap();
    assert_eq!(states(&stage, &offered.id, &taken), (OfferState::Done, OfferState::Finished));
}

#[test]
fn row_47_a_withdrawal_has_one_of_two_answers_at_every_step() {
    let sealed = |stage: &Stage| {
        let statement = stage.world.hospital.state_key(30).unwrap();
        stage.draft(OfferWay::Named { statement }, Recipients::Registered)
    };
    let live = |stage: &Stage| stage.draft(OfferWay::Live { by_rule: false }, Recipients::Registered);
    let (mut revoked, mut released) = (0, 0);
    for is_live in [true, false] {
        for steps in 0..9 {
            let mut stage = Stage::new();
            let draft = if is_live { live(&stage) } else { sealed(&stage) };
            let offered = stage.offer(draft);
            let taken = scanned(
                &stage,
                &offered.code,
                match is_live {
                    true => ask(&samples::hospital_query(), samples::hospital_terms()),
                    false => take_what_is_there(),
                },
            );
            for _ in 0..steps {
                run_once(&mut stage, &offered.id, &taken);
            }
            let answer = stage.world.resident.withdraw_offer(&offered.id);
            let told = run(&mut stage, &offered.id, &taken, &mut |_| true).unwrap();
            let has_data = stage.world.hospital.received(&taken).is_ok();
            let state = states(&stage, &offered.id, &taken).0;
            let says_revoked = told.iter().any(|t| matches!(t, Told::RevokedAt(_)))
                || (state == OfferState::Withdrawn && steps == 0);
            let says_released = told.iter().any(|t| matches!(t, Told::AlreadyReleasedAt(_)))
                || answer.is_err_and(|e| e.code() == "exchange.already-released");
            assert!(says_revoked != says_released, "{is_live} {steps}: {told:?} {state:?}");
            assert_eq!(has_data, says_released, "{is_live} {steps}: no key after a revocation");
            if says_revoked {
                revoked += 1
            } else {
                released += 1
            }
            assert!(stage.world.resident.audit(&mut |_, _| {}).unwrap().is_clean());
        }
    }
    assert!(revoked > 3 && released > 3, "{revoked} {released}");
}

#[test]
fn row_47_a_relay_that_signed_for_an_offer_owes_a_signed_answer() {
    let mut stage = Stage::new();
    let statement = stage.world.hospital.state_key(30).unwrap();
    let offered = stage.offer(stage.draft(OfferWay::Named { statement }, Recipients::Registered));
    step_holder(&mut stage, &offered.id).unwrap();
    stage.world.resident.withdraw_offer(&offered.id).unwrap();
    stage.relay.lie = Some(Lie::Forgets);
    let told = step_holder(&mut stage, &offered.id).unwrap();
    assert!(matches!(told[..], [Told::RelayRefused(..)]), "{told:?}");
    let state = |stage: &Stage| stage.world.resident.offer_view(&offered.id).unwrap().state;
    assert_eq!(state(&stage), OfferState::Withdrawing, "its word alone withdraws nothing");
    stage.relay.lie = None;
    let told = step_holder(&mut stage, &offered.id).unwrap();
    assert!(told.iter().any(|told| matches!(told, Told::RevokedAt(_))), "{told:?}");
    assert_eq!(state(&stage), OfferState::Withdrawn);
}

#[test]
fn a_code_that_is_read_before_the_relay_knows_of_it_is_claimed_later() {
    let mut stage = Stage::new();
    let offered = stage.live();
    let taken = scanned(&stage, &offered.code, ask(&samples::hospital_query(), samples::hospital_terms()));
    let told = step_verifier(&mut stage, &taken).unwrap();
    assert!(matches!(told[..], [Told::RelayRefused(..)]), "{told:?}");
    run(&mut stage, &offered.id, &taken, &mut |_| true).unwrap();
    assert_eq!(states(&stage, &offered.id, &taken), (OfferState::Done, OfferState::Finished));
}

#[test]
fn an_offer_to_a_list_is_not_judged_as_one_to_somebody_on_no_list() {
    let stage = Stage::new();
    let publisher = stage.world.fingerprint().into();
    let blames = |to| {
        let draft = stage.draft(OfferWay::Live { by_rule: false }, to);
        let prompt = stage.world.resident.draft_offer(draft).unwrap();
        let page = prompt.page(&chop_tests::world::choose_all(&prompt), chop_model::Lang::En).unwrap();
        page.findings.iter().any(|finding| finding.rule == "R28")
    };
    assert!(blames(Recipients::Registered));
    assert!(!blames(Recipients::List { publisher, place: None }));
}

#[test]
fn row_49_a_request_for_the_camera_takes_up_no_offer_and_the_reverse() {
    let mut stage = Stage::new();
    let offered = stage.live();
    step_holder(&mut stage, &offered.id).unwrap();
    let keys = chop_formats::offer::OfferKeys::derive(&offered.code.key).unwrap();
    let optic = stage.world.request();
    let random = chop_core::testing::SeededRandom::new("optic");
    let body = keys.channel.seal(&random, chop_formats::offer::Part::Request, optic.as_bytes()).unwrap();
    let body = chop_formats::relay::Bounded::new(body).unwrap();
    let claim = chop_formats::relay::Claim { offer: keys.id, tok: keys.token, body };
    stage.relay.serve("/v1/claim", &chop_formats::relay::Message::to_bytes(&claim));
    let told = step_holder(&mut stage, &offered.id).unwrap();
    assert!(matches!(told[..], [Told::ClaimRefused("request.other-carrier")]), "{told:?}");
    // The request of a claim, shown to the camera.
    let taken = scanned(&stage, &offered.code, ask(&samples::hospital_query(), samples::hospital_terms()));
    let request = stage.world.hospital.stored_request(&taken).unwrap();
    assert_eq!(stage.world.resident.look(&request).unwrap_err().code(), "request.other-carrier");
}

#[test]
fn row_51_a_drop_is_sealed_to_no_key_that_ends_before_it_or_is_anothers() {
    let stage = Stage::new();
    let statement = stage.world.hospital.state_key(1).unwrap();
    let way = OfferWay::Named { statement };
    let long = OfferDraft { seconds: 2 * 86_400, ..stage.draft(way.clone(), Recipients::Registered) };
    let refused = |draft| stage.world.resident.draft_offer(draft).unwrap_err().code();
    assert_eq!(refused(long), "offer.key-ends-earlier");
    let other = Recipients::Clients(vec!["x509_hash:somebody-else".into()]);
    assert_eq!(refused(stage.draft(way.clone(), other)), "offer.other-verifier");
    stage.world.clock.move_by(2 * 86_400);
    assert_eq!(refused(stage.draft(way, Recipients::Registered)), "offer.expired");
}

#[test]
fn row_50_a_verifier_posts_to_relays_of_its_own_list_only() {
    let stage = Stage::new();
    let offered = stage.live();
    let draft = ClaimDraft { relays: vec!["https://other.example".into()], ..take_what_is_there() };
    let refused = stage.world.hospital.scan_offer(&offered.code, draft).unwrap_err();
    assert_eq!(refused.code(), "offer-flow.other-relay");
    let drawing = chop_core::qr::draw(&offered.code.to_text().unwrap()).unwrap();
    assert!(drawing.version() <= 6, "version {}", drawing.version());
    let link = chop_core::qr::draw(&offered.code.to_link()).unwrap();
    assert!(link.version() <= 6, "version {}", link.version());
}
