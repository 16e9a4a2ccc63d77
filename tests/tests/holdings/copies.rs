//! Finding 5 of gba.md: a copy made for one grant, with its mark.

use chop_core::flow::{Accepted, Choices, Note, Received};
use chop_core::samples;
use chop_formats::claim_path::ClaimPath;
use chop_model::Lang;
use chop_tests::world::{LETTER, RECORD, World, agree, read};
use chop_vault::table::artefact::{self, ArtefactKind};
use serde_json::{Value, json};

fn note(world: &World) -> Note {
    Note {
        made_by: "示例居民".into(),
        reason: "仅供示例医院实习审核".into(),
        valid_until: chop_core::Clock::now(world.clock.as_ref()).plus(30 * 86_400),
    }
}

fn query(claims: &[&str]) -> Value {
    let claims: Vec<_> = claims.iter().map(|claim| json!({ "path": [claim] })).collect();
    json!({ "credentials": [{
        "id": "paper", "format": "dc+sd-jwt", "meta": { "vct_values": ["urn:chop:item:1"] }, "claims": claims,
    }] })
}

fn choices(world: &World, claims: &[&str]) -> Choices {
    Choices {
        claims: [("paper".to_owned(), claims.iter().map(|claim| ClaimPath::key(claim)).collect())].into(),
        notes: [("paper".to_owned(), note(world))].into(),
        ..Choices::default()
    }
}

fn taken(world: &World, query: &Value, choices: &Choices) -> (Received, Value) {
    let prompt = world.resident.look(&world.request_of(query, samples::hospital_terms())).unwrap();
    let page = prompt.page(choices, Lang::ZhHans).unwrap().notice.to_text();
    assert!(page.contains("加注件") && page.contains("仅供示例医院实习审核"), "{page}");
    let consent = agree(&world.resident, prompt, choices).unwrap();
    let outbound = world.resident.grant(consent).unwrap();
    let row = world
        .resident
        .vault()
        .read(|read| artefact::find_kind(read, &outbound.exchange(), ArtefactKind::ConsentRecord));
    let record: Value = serde_json::from_slice(&row.unwrap().unwrap().bytes).unwrap();
    let envelope = read(&outbound).data().unwrap();
    let (_, ack) = world.acknowledgement(&envelope);
    let key = read(&world.resident.acknowledge(&ack).unwrap()).key().unwrap();
    let Accepted::Taken(received, _) = world.hospital.accept(key).unwrap() else { panic!("refused") };
    (*received, record)
}

#[test]
fn gba_finding_5_a_marked_page_goes_in_place_of_the_file() {
    let world = World::new();
    let (received, record) = taken(&world, &query(&["file"]), &choices(&world, &["file"]));
    let mark = received.credentials[0].annotated.as_ref().unwrap();
    assert_eq!((mark.reason.as_str(), mark.made_by.as_str()), ("仅供示例医院实习审核", "示例居民"));
    let [file] = received.files.as_slice() else { panic!("one file") };
    assert!(file.mime.starts_with("text/html") && file.name.ends_with(".html"));
    let page = String::from_utf8(file.bytes.clone()).unwrap();
    assert!(page.contains("仅供示例医院实习审核") && page.contains("示例居民"));
    assert!(!file.bytes.windows(LETTER.len()).any(|part| part == LETTER), "the original itself did not go");
    let copy = &record["evidence"]["annotated_copies"][0];
    assert_eq!(copy["reason"], "仅供示例医院实习审核");
    assert_eq!(record["items"][0]["claims"][0]["release"], "annotated_copy");
}

#[test]
fn gba_finding_5_fields_are_marked_as_data_and_printed_with_their_mark() {
    let world = World::new();
    let asked = query(&["title", "annotated_copy"]);
    let chosen = choices(&world, &["title", "annotated_copy"]);
    let (received, _) = taken(&world, &asked, &chosen);
    let credential = &received.credentials[0];
    let title = serde_json::from_str::<Value>(RECORD).unwrap()["title"].as_str().unwrap().to_owned();
    assert_eq!(credential.claims["title"], title);
    let page = credential.annotated_page().unwrap();
    assert!(page.contains(&title) && page.contains("仅供示例医院实习审核"));
    assert!(!page.contains("withheld-kin"), "what was not chosen is not on the copy");
    assert!(received.files.is_empty());
}

#[test]
fn gba_finding_5_a_copy_that_is_asked_for_needs_its_note_and_an_original() {
    let world = World::new();
    let request = world.request_of(&query(&["title", "annotated_copy"]), samples::hospital_terms());
    let prompt = world.resident.look(&request).unwrap();
    let mut chosen = choices(&world, &["title", "annotated_copy"]);
    chosen.notes.clear();
    assert_eq!(prompt.page(&chosen, Lang::En).unwrap_err().code(), "copy.note-missing");
    // An issuer's credential goes as its issuer signed it.
    let prompt = world.resident.look(&world.request()).unwrap();
    let mut chosen = choices(&world, &[]);
    chosen.claims = [("transcript".to_owned(), [ClaimPath::key("award")].into())].into();
    chosen.notes = [("transcript".to_owned(), note(&world))].into();
    assert_eq!(prompt.page(&chosen, Lang::En).unwrap_err().code(), "copy.not-possible");
    // No reason, no copy: nothing is spent.
    let prompt = world.resident.look(&request).unwrap();
    let mut chosen = choices(&world, &["title", "annotated_copy"]);
    chosen.notes.get_mut("paper").unwrap().reason = " ".into();
    let consent = agree(&world.resident, prompt, &chosen).unwrap();
    assert_eq!(world.resident.grant(consent).unwrap_err().code(), "copy.words");
    assert!(world.resident.look(&request).is_ok());
}
