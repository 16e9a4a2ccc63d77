//! Rows 39 and 68: a yes in place of a value.

use chop_core::flow::{Accepted, ConsentPrompt, Received, ReceivedCredential};
use chop_core::samples;
use chop_formats::claim_path::ClaimPath;
use chop_model::Lang;
use chop_tests::world::{World, agree, choose_all, dump, read};
use chop_vault::table::artefact::{self, ArtefactKind};
use serde_json::{Value, json};

fn world() -> World {
    let world = World::new();
    let card = world.identity(|_| {});
    world.resident.take("id.sd-jwt", card.as_bytes());
    world
}

fn asked(world: &World, vcts: &[&str], claims: &[&str]) -> ConsentPrompt {
    let claims: Vec<_> = claims.iter().map(|claim| json!({ "path": [claim] })).collect();
    let query = json!({ "credentials": [{
        "id": "person", "format": "dc+sd-jwt", "meta": { "vct_values": vcts }, "claims": claims,
    }] });
    world.resident.look(&world.request_of(&query, samples::hospital_terms())).unwrap()
}

/// Grants all that can be answered and takes it on the other side.
fn taken(world: &World, prompt: ConsentPrompt) -> Received {
    let choices = choose_all(&prompt);
    let consent = agree(&world.resident, prompt, &choices).unwrap();
    let outbound = world.resident.grant(consent).unwrap();
    let row = world
        .resident
        .vault()
        .read(|read| artefact::find_kind(read, &outbound.exchange(), ArtefactKind::ConsentRecord));
    let record: Value = serde_json::from_slice(&row.unwrap().unwrap().bytes).unwrap();
    let claims = record["items"][0]["claims"].as_array().unwrap();
    assert!(claims.iter().all(|claim| claim["release"] == "predicate"), "{claims:?}");
    let envelope = read(&outbound).data().unwrap();
    let (_, ack) = world.acknowledgement(&envelope);
    let key = read(&world.resident.acknowledge(&ack).unwrap()).key().unwrap();
    let Accepted::Taken(received, _) = world.hospital.accept(key).unwrap() else { panic!("refused") };
    assert!(world.hospital.claim(&envelope).is_err(), "a second use of a one-time grant");
    *received
}

fn says(credential: &ReceivedCredential, claims: Value, by_issuer: bool) {
    assert_eq!(credential.claims, claims);
    assert_eq!(credential.issuer.is_some(), by_issuer);
}

#[test]
fn gba_row_39_a_predicate_reveals_no_value_and_a_second_use_is_refused() {
    let mut world = world();
    let prompt = asked(&world, &[samples::IDENTITY_VCT], &["age_over_18", "not_expired"]);
    let page = prompt.page(&choose_all(&prompt), Lang::En).unwrap().notice.to_text();
    assert!(page.contains("Whether you are 18 or over"), "{page}");
    assert!(page.contains("a yes, no value"), "{page}");
    let received = taken(&world, prompt);
    says(&received.credentials[0], json!({ "age_over_18": true, "not_expired": true }), true);
    world.hospital.close();
    for value in ["1990-01-01", "44000019900101001X", "张示例", "2036-01-01"] {
        let stored = dump(&world.hospital);
        assert!(!stored.windows(value.len()).any(|part| part == value.as_bytes()), "{value} was stored");
    }
}

#[test]
fn gba_row_39_what_the_issuer_did_not_sign_the_holder_states_and_everybody_sees_that() {
    let world = world();
    // 21 is none of the ages that the office signed; the request takes the holder's word for it.
    let vcts = [samples::IDENTITY_VCT, "urn:chop:item:1"];
    let prompt = asked(&world, &vcts, &["age_over_21"]);
    let candidate = &prompt.queries()[0].candidates[0];
    assert!(candidate.is_own());
    let page = prompt.page(&choose_all(&prompt), Lang::En).unwrap().notice.to_text();
    assert!(page.contains("stated by the holder, no issuer’s seal"), "{page}");
    let received = taken(&world, prompt);
    says(&received.credentials[0], json!({ "age_over_21": true }), false);
    // What is not so is not stated, and what is asked of an issuer alone is not answered by the holder.
    assert!(asked(&world, &vcts, &["age_over_60"]).queries()[0].candidates.is_empty());
    assert!(asked(&world, &[samples::IDENTITY_VCT], &["age_over_21"]).queries()[0].candidates.is_empty());
    // Only whoever saw the document can say that it fits the name.
    let prompt = asked(&world, &["urn:chop:item:1", samples::IDENTITY_VCT], &["name_document_match"]);
    assert!(prompt.queries()[0].candidates.iter().all(|candidate| !candidate.is_own()));
}

#[test]
fn gba_row_39_a_grade_is_at_least_so_good_without_being_told() {
    let world = World::new();
    let prompt = asked(&world, &["urn:chop:transcript:1", "urn:chop:item:1"], &["gpa_at_least_2_0"]);
    let page = prompt.page(&choose_all(&prompt), Lang::En).unwrap().notice.to_text();
    assert!(page.contains("is at least"), "{page}");
    says(&taken(&world, prompt).credentials[0], json!({ "gpa_at_least_2_0": true }), false);
}

#[test]
fn gba_row_68_name_and_document_match_without_a_copy_of_either() {
    let world = world();
    let prompt = asked(&world, &[samples::IDENTITY_VCT], &["name_document_match", "portrait"]);
    let candidate = &prompt.queries()[0].candidates[0];
    assert_eq!(candidate.withheld, [ClaimPath::key("portrait")].into());
    let received = taken(&world, prompt);
    says(&received.credentials[0], json!({ "name_document_match": true }), true);
    assert!(received.files.is_empty(), "no image leaves the wallet");
}
