//! Rows 89 and 90: never, on condition, open.

use chop_core::flow::{Choices, ConsentPrompt, Inbound};
use chop_core::holdings::{Mark, ShareClass};
use chop_core::samples;
use chop_crypto::encoding::to_base64url;
use chop_formats::claim_path::ClaimPath;
use chop_model::{ItemId, Lang};
use chop_tests::world::{World, agree, choose_all, logged, logged_kinds, read};
use serde_json::json;

/// The id of the only item of the resident whose title holds `title`.
fn item(world: &World, title: &str) -> ItemId {
    let cards = world.resident.cards(None, None, 50).unwrap();
    cards.iter().find(|card| card.title.contains(title)).unwrap().id
}

fn held(prompt: &ConsentPrompt, query: &str) -> usize {
    prompt.queries().iter().find(|asked| asked.id == query).unwrap().candidates.len()
}

#[test]
fn gba_row_89_an_item_that_is_never_shared_can_be_selected_in_no_grant() {
    let world = World::new();
    let before = logged_kinds(&world.resident).len();
    for (title, query) in [("transcript", "transcript"), ("letter", "letter"), ("next of kin", "statement")] {
        let id = item(&world, title);
        assert_eq!(world.resident.mark(&id).unwrap(), Mark::UNMARKED, "on condition until something is said");
        world.resident.set_share_class(&id, ShareClass::Never).unwrap();
        let prompt = world.resident.look(&world.request()).unwrap();
        assert_eq!(held(&prompt, query), 0, "{query} looks as if it were not held");
        // Neither by its claims nor by its id.
        let mut choices = Choices::default();
        let asked = prompt.queries().iter().find(|asked| asked.id == query).unwrap();
        choices.claims.insert(query.into(), asked.asked.iter().cloned().collect());
        assert_eq!(prompt.page(&choices, Lang::En).unwrap_err().code(), "holding.none-fits");
        choices.items.insert(query.into(), id);
        assert_eq!(prompt.page(&choices, Lang::En).unwrap_err().code(), "holding.unknown");
    }
    // The others go as before, and what is said can be unsaid.
    let prompt = world.resident.look(&world.request()).unwrap();
    assert_eq!(held(&prompt, "summary"), 1);
    world.resident.set_share_class(&item(&world, "letter"), ShareClass::Conditional).unwrap();
    assert_eq!(held(&world.resident.look(&world.request()).unwrap(), "letter"), 1);
    assert_eq!(logged_kinds(&world.resident)[before..], ["marked"; 4]);
    assert!(world.resident.audit(&mut |_, _| {}).unwrap().is_clean());
}

#[test]
fn gba_row_89_an_open_item_answers_without_a_second_question_and_is_logged() {
    let world = World::new();
    let id = item(&world, "transcript");
    let query = samples::registrar_query();
    let mut terms = samples::registrar_terms();
    // The hospital's certificate is the one at hand; what it asks stays what a registrar would ask.
    (terms.recipient, terms.legal_id) = (samples::hospital().names, samples::hospital().legal_id);
    (terms.jurisdiction, terms.locations) =
        (samples::hospital().jurisdiction, vec![samples::hospital().jurisdiction]);
    let look = || world.resident.look(&world.request_of(&query, terms.clone())).unwrap();
    let prompt = look();
    let choices = choose_all(&prompt);
    let (_, error) = prompt.answer_open(&choices, Lang::En, &world.resident).unwrap_err();
    assert_eq!(error.code(), "consent.not-open", "on condition is asked each time");

    world.resident.set_share_class(&id, ShareClass::Open).unwrap();
    // Hong Kong to Shenzhen wants a consent of its own: open answers nothing that is left to ask.
    let (_, error) = look().answer_open(&choices, Lang::En, &world.resident).unwrap_err();
    assert_eq!(error.code(), "consent.not-open");

    world.resident.set_place(terms.jurisdiction).unwrap();
    let consent = look().answer_open(&choices, Lang::En, &world.resident).unwrap();
    let outbound = world.resident.grant(consent).unwrap();
    assert!(matches!(read(&outbound), Inbound::Data(_)));
    let spent = logged(&world.resident).into_iter().rev().find(|entry| entry.kind.name() == "spent").unwrap();
    assert_eq!(spent.text("by"), Some("standing-rule"));
    let act = world.resident.mark(&id).unwrap().act.unwrap().to_string();
    assert_eq!(spent.text("rule-acts"), Some(act.as_str()), "the act by which it was opened");
    // Sensitive data are never open, whatever is said of the item.
    world.resident.set_share_class(&item(&world, "urn:chop:ips:1"), ShareClass::Open).unwrap();
    let prompt = world.resident.look(&world.request()).unwrap();
    let mut summary = Choices::default();
    summary.claims.insert("summary".into(), [ClaimPath::key("48765-2")].into());
    let (_, error) = prompt.answer_open(&summary, Lang::En, &world.resident).unwrap_err();
    assert_eq!(error.code(), "consent.not-open");
}

#[test]
fn gba_row_90_a_firm_has_the_same_three_classes_for_its_profile() {
    let world = World::new();
    let card = world.hospital.take_record(r#"{"title":"public card","telephone":"+86 000"}"#).id;
    for share in [ShareClass::Open, ShareClass::Conditional, ShareClass::Never] {
        world.hospital.set_share_class(&card, share).unwrap();
        assert_eq!(world.hospital.mark(&card).unwrap().share, share);
    }
    world.hospital.erase(&card).unwrap();
    assert_eq!(world.hospital.set_share_class(&card, ShareClass::Open).unwrap_err().code(), "holding.erased");
}

#[test]
fn gba_row_41_a_portrait_never_goes_into_a_qr_code() {
    let world = World::new();
    let card = world.identity(|claims| {
        // Bytes that do not deflate: in a message they would be seen by the number of its frames.
        let noise = (0u16..600).flat_map(|n| chop_crypto::sha256(&n.to_be_bytes())).collect::<Vec<_>>();
        claims.insert("note".into(), json!(format!("/9j/{}", to_base64url(&noise))));
    });
    let id = world.resident.take("id.sd-jwt", card.as_bytes()).id;
    let query = json!({ "credentials": [{
        "id": "person", "format": "dc+sd-jwt", "meta": { "vct_values": [samples::IDENTITY_VCT] },
        "claims": [{ "path": ["portrait"] }, { "path": ["note"] }, { "path": ["valid_to"] }],
    }] });
    // Neither by default nor with the toggle, which opens other ways than this one.
    for may_leave in [false, true] {
        world.resident.set_biometrics(&id, may_leave).unwrap();
        let prompt = world.resident.look(&world.request_of(&query, samples::hospital_terms())).unwrap();
        let candidate = &prompt.queries()[0].candidates[0];
        assert_eq!(candidate.answers, [ClaimPath::key("valid_to")].into());
        assert_eq!(candidate.withheld, [ClaimPath::key("note"), ClaimPath::key("portrait")].into());
        for picture in ["portrait", "note"] {
            let mut choices = Choices::default();
            choices.claims.insert("person".into(), [ClaimPath::key(picture)].into());
            assert_eq!(prompt.page(&choices, Lang::En).unwrap_err().code(), "grant.biometric-by-qr");
        }
        let choices = choose_all(&prompt);
        let consent = agree(&world.resident, prompt, &choices).unwrap();
        let outbound = world.resident.grant(consent).unwrap();
        assert!(outbound.frames().len() <= 16, "{} frames", outbound.frames().len());
        let envelope = read(&outbound).data().unwrap();
        let (_, ack) = world.acknowledgement(&envelope);
        let key = read(&world.resident.acknowledge(&ack).unwrap()).key().unwrap();
        let chop_core::flow::Accepted::Taken(received, _) = world.hospital.accept(key).unwrap() else {
            panic!("refused")
        };
        assert_eq!(received.credentials[0].claims, json!({ "valid_to": "2036-01-01" }));
        assert!(received.files.is_empty());
    }
}
