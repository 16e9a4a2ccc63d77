//! Rows 1, 25, 26, 39, 44 and 49: what a wallet does with requests, and that the hospital takes one
//! answer to each.

use chop_core::flow::RequestDraft;
use chop_core::{Error, samples};
use chop_crypto::{AgreementKey, SigningDomain};
use chop_formats::dcql::DcqlQuery;
use chop_model::{Lang, LangText};
use chop_tests::world::{
    Authority, Space, VERIFIER, World, agree, choose_all, dump, logged_kinds, payload_of, read, twin,
};
use serde_json::json;

fn refusal(world: &World, request: &str) -> &'static str {
    world.resident.look(request).unwrap_err().code()
}

#[test]
fn row_01_the_name_comes_from_the_list_and_a_stranger_is_shown_nothing() {
    let world = World::new();
    let prompt = world.resident.look(&world.request()).unwrap();
    assert_eq!(prompt.request().shown_names(), &samples::hospital().names);
    // Somebody whom no trusted authority certified, under the hospital's own name.
    let stranger = world.stranger("sticker");
    let own = Authority::new("Sticker Authority");
    certify(&stranger, &own);
    assert_eq!(refusal(&world, &ask(&stranger)), "x509.unknown-anchor");
    // Somebody whom the trusted authority certified under a name of their own, who says to be the
    // hospital.
    let mut party = samples::hospital();
    party.names = LangText::same("Corner Clinic");
    party.legal_id.value = "99".into();
    let key = stranger.verifier_key().unwrap();
    stranger.certify(&[world.authority.leaf(&party, "corner.example.invalid", &key)]).unwrap();
    assert_eq!(refusal(&world, &ask(&stranger)), "request.names-disagree");
    assert_eq!(logged_kinds(&world.resident).iter().filter(|kind| **kind == "spent").count(), 0);
}

fn certify(space: &Space, authority: &Authority) {
    let key = space.verifier_key().unwrap();
    space.certify(&[authority.leaf(&samples::hospital(), "hospital.example.invalid", &key)]).unwrap();
}

fn ask(space: &Space) -> String {
    let dcql = DcqlQuery::from_value(&samples::hospital_query()).unwrap();
    let draft = RequestDraft { dcql, terms: samples::hospital_terms() };
    read(&space.ask(draft).unwrap()).request().unwrap()
}

#[test]
fn row_25_expired_and_future_requests_and_expired_verifiers_are_refused() {
    let world = World::new();
    let request = world.request();
    world.clock.move_by(601);
    assert_eq!(refusal(&world, &request), "request.expired");
    world.clock.move_by(-601 - 301);
    assert_eq!(refusal(&world, &request), "request.from-the-future");
    world.clock.move_by(301);
    let consent = world.consent(&request);
    world.clock.move_by(301);
    // Consented in time, and granted too late.
    assert_eq!(world.resident.grant(consent).unwrap_err().code(), "exchange.expired");
    let key = world.hospital.verifier_key().unwrap();
    let party = samples::hospital();
    let old = world.authority.leaf_in(&party, "hospital.example.invalid", &key, (2024, 2025));
    world.hospital.certify(&[old]).unwrap();
    assert_eq!(refusal(&world, &world.request()), "x509.expired");
}

#[test]
fn row_26_a_nonce_is_answered_once_whatever_else_the_request_says() {
    let world = World::new();
    let first = world.request();
    let prompt = world.resident.look(&first).unwrap();
    let answered = world.consent(&first);
    world.resident.shown(world.resident.grant(answered).unwrap()).unwrap();
    // The same nonce in another request of the same verifier, with a key of its own.
    let fresh = AgreementKey::make(world.random()).unwrap().public();
    let second = world.hospital.resign(VERIFIER, SigningDomain::Request, &first, |payload| {
        payload["verifier_info"][0]["data"]["retention"]["days"] = json!(7);
        let mut jwk = chop_formats::jose::jwk::to_value(&fresh);
        (jwk["kid"], jwk["use"], jwk["alg"]) =
            (json!(chop_formats::request::encryption_kid(&fresh)), json!("enc"), json!("ECDH-ES"));
        payload["client_metadata"]["jwks"]["keys"] = json!([jwk]);
    });
    assert_eq!(refusal(&world, &second), "request.answered-before");
    // A page that was open all the while gives no second answer either.
    let choices = choose_all(&prompt);
    let late = agree(&world.resident, prompt, &choices).unwrap();
    assert_eq!(world.resident.grant(late).unwrap_err().code(), "request.answered-before");
    // Our own requests share neither nonce nor encryption key.
    let (one, two) = (payload_of(&world.request()), payload_of(&world.request()));
    for place in ["/nonce", "/client_metadata/jwks/keys/0/x", "/vlc"] {
        assert_ne!(one.pointer(place).unwrap(), two.pointer(place).unwrap(), "{place}");
    }
}

#[test]
fn row_39_requests_that_nobody_answers_leave_nothing() {
    let mut world = World::new();
    let good: Vec<_> = (0..8).map(|_| world.request()).collect();
    let before = logged_kinds(&world.resident).len();
    world.resident.close();
    let stored = dump(&world.resident);
    world.resident.reopen();
    for request in &good {
        for _ in 0..3 {
            let prompt = world.resident.look(request).unwrap();
            prompt.page(&choose_all(&prompt), Lang::Pt).unwrap();
            refusal(&world, &request[..request.len() - 8]);
        }
    }
    assert_eq!(logged_kinds(&world.resident).len(), before);
    assert_eq!(world.resident.exchanges().unwrap(), []);
    world.resident.close();
    assert_eq!(dump(&world.resident), stored);
}

#[test]
fn row_44_the_twin_of_a_request_is_answered_no_second_time() {
    let world = World::new();
    let request = world.request();
    let twin = twin(&request);
    assert_ne!(request, twin);
    let (prompt, other) = (world.resident.look(&request).unwrap(), world.resident.look(&twin).unwrap());
    let choices = choose_all(&prompt);
    let consent = agree(&world.resident, prompt, &choices).unwrap();
    world.resident.shown(world.resident.grant(consent).unwrap()).unwrap();
    let consent = agree(&world.resident, other, &choices).unwrap();
    assert_eq!(world.resident.grant(consent).unwrap_err().code(), "request.answered-before");
    assert_eq!(refusal(&world, &twin), "request.answered-before");
    assert_eq!(logged_kinds(&world.resident).iter().filter(|kind| **kind == "spent").count(), 1);
}

#[test]
fn row_49_a_request_for_another_carrier_is_refused() {
    let world = World::new();
    for mode in ["direct_post.jwt", "chop_relay.jwt", "dc_api.jwt"] {
        let request = world.bad_request(|payload| payload["response_mode"] = json!(mode));
        assert_eq!(refusal(&world, &request), "request.other-carrier", "{mode}");
    }
    let elsewhere = world.bad_request(|payload| payload["response_uri"] = json!("https://hospital.invalid"));
    assert_eq!(refusal(&world, &elsewhere), "request.answer-elsewhere");
}

#[test]
fn one_request_has_one_answer_on_either_side() {
    let world = World::new();
    let request = world.request();
    let prompt = world.resident.look(&request).unwrap();
    let (given, envelope) = world.envelope(&request);
    assert_eq!(refusal(&world, &request), "request.answered-before");
    assert_eq!(world.resident.decline(prompt).unwrap_err().code(), "request.answered-before");
    // The answer that was given is shown again, byte for byte.
    assert_eq!(read(&world.resident.again(&given).unwrap()).data().unwrap(), envelope);
    let (taken, ack) = world.acknowledgement(&envelope);
    assert_eq!(read(&world.hospital.claim(&envelope).unwrap()).acknowledgement().unwrap(), ack);
    // Another envelope to the same request, sealed by somebody who saw the request.
    let again = world.sealed(&request, &world.opened(&request, &envelope));
    assert_ne!(again, envelope);
    assert_eq!(world.hospital.claim(&again).unwrap_err().code(), "exchange.wrong-step");
    assert_eq!(read(&world.hospital.again(&taken).unwrap()).acknowledgement().unwrap(), ack);
}

#[test]
fn a_refused_request_says_whose_fault_it_is_and_that_nothing_left() {
    let world = World::new();
    let request = world.request();
    let cut = &request[..request.len() - 4];
    let error: Error = world.resident.look(cut).unwrap_err();
    assert_eq!(error.fault(), chop_model::Fault::Peer);
    assert_eq!(error.data_left(), chop_core::DataLeft::No);
}
