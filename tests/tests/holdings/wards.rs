//! Row 113: a child under a guardian.

use chop_core::flow::{Agreement, Choices, Consent, ConsentPrompt, Page};
use chop_core::holdings::{NewProfile, Relation};
use chop_core::{Error, samples};
use chop_crypto::SecretBytes;
use chop_formats::claim_path::ClaimPath;
use chop_model::{Id, ItemId, Jurisdiction, Lang};
use chop_tests::world::{PASSPHRASE, World, logged};
use chop_vault::table::artefact::{self, ArtefactKind};
use serde_json::{Value, json};

/// A resident of the mainland who is the parent of a child that turns 14 tomorrow: the card of the child,
/// and the scan of a birth certificate.
fn world() -> (World, ItemId, ItemId) {
    let world = World::new();
    world.resident.set_place(Jurisdiction::Cn).unwrap();
    let card = world.identity(|claims| {
        claims.insert("name".into(), json!("陈小文"));
        claims.insert("birth_date".into(), json!(BORN));
    });
    let card = world.resident.take("child.sd-jwt", card.as_bytes()).id;
    let evidence = world.resident.take("birth-certificate.pdf", b"%PDF-1.7 a birth certificate").id;
    (world, card, evidence)
}

/// The clocks of the world begin on 2026-11-21 at eight in the morning, UTC+8.
const BORN: &str = "2012-11-22";

fn child<'a>(evidence: Option<&'a ItemId>) -> NewProfile<'a> {
    NewProfile {
        name: "陈小文",
        birth_date: BORN,
        place: Jurisdiction::Cn,
        guardian: "陈大文",
        relation: Relation::Parent,
        evidence,
    }
}

fn asked(world: &World) -> ConsentPrompt {
    let query = json!({ "credentials": [{
        "id": "person", "format": "dc+sd-jwt", "meta": { "vct_values": [samples::IDENTITY_VCT] },
        "claims": [{ "path": ["name"] }],
    }] });
    world.resident.look(&world.request_of(&query, samples::outpatient_terms())).unwrap()
}

fn choices(as_guardian: bool) -> Choices {
    let claims = [("person".to_owned(), [ClaimPath::key("name")].into())].into();
    Choices { claims, as_guardian, ..Choices::default() }
}

fn record(world: &World, exchange: &Id) -> Value {
    let row =
        world.resident.vault().read(|read| artefact::find_kind(read, exchange, ArtefactKind::ConsentRecord));
    serde_json::from_slice(&row.unwrap().unwrap().bytes).unwrap()
}

fn rules(page: &Page) -> Vec<&str> {
    page.findings.iter().map(|finding| finding.rule.as_str()).collect()
}

fn answer(world: &World, prompt: ConsentPrompt, choices: &Choices, signs: bool) -> Result<Consent, Error> {
    let mut choices = choices.clone();
    for finding in prompt.page(&choices, Lang::En).unwrap().findings {
        choices.overrides.insert(finding.rule, "as asked".into());
    }
    let page = prompt.page(&choices, Lang::En).unwrap();
    let mut agreement = Agreement::to(&page.code, Lang::En, &world.resident).unwrap();
    for topic in &page.separate {
        agreement.consent(*topic, &world.resident).unwrap();
    }
    if signs {
        agreement.sign_as_guardian(&world.resident).unwrap();
    }
    world.resident.reauthenticate(&SecretBytes::new(PASSPHRASE.to_vec())).unwrap();
    prompt.answer(&choices, &agreement).map_err(|(_, error)| error)
}

#[test]
fn gba_row_113_a_child_of_13_needs_the_guardian_and_the_gate_lifts_on_the_birthday() {
    let (world, card, evidence) = world();
    let profile = world.resident.add_profile(&child(None)).unwrap();
    world.resident.set_subject(&card, Some(&profile)).unwrap();

    // Blocked without a signature, and with one by somebody whom nothing shows to be the guardian.
    for as_guardian in [false, true] {
        let page = asked(&world).page(&choices(as_guardian), Lang::En).unwrap();
        assert!(page.is_blocked && rules(&page).contains(&"R10"), "{:?}", rules(&page));
    }
    world.resident.change_profile(&profile, &child(Some(&evidence))).unwrap();
    let page = asked(&world).page(&choices(false), Lang::En).unwrap();
    assert!(page.is_blocked && page.notice.to_text().contains("Nobody has signed for them yet"));

    // The guardian signs by an act of their own: choosing to is not yet signing.
    let prompt = asked(&world);
    let page = prompt.page(&choices(true), Lang::En).unwrap();
    assert!(!page.is_blocked, "{:?}", rules(&page));
    assert!(page.notice.to_text().contains("signs for them by an act of their own"));
    assert_eq!(answer(&world, prompt, &choices(true), false).unwrap_err().code(), "consent.guardian-act");
    let consent = answer(&world, asked(&world), &choices(true), true).unwrap();
    let outbound = world.resident.grant(consent).unwrap();
    let record = record(&world, &outbound.exchange());
    assert_eq!(record["age_band"], "under14");
    assert_eq!(record["guardian"]["relation"], "parent");
    assert_eq!(record["guardian"]["name"], "陈大文");
    assert!(record["guardian"]["evidence"].is_string());
    let spent = logged(&world.resident).into_iter().rev().find(|entry| entry.kind.name() == "spent").unwrap();
    assert_eq!(spent.text("profile"), Some(profile.to_string().as_str()));
    assert!(spent.text("guardian-act").is_some_and(|act| act.parse::<Id>().is_ok()));

    // Midnight of the birthday in UTC+8 is 16 hours after the world began: nobody had to do anything.
    world.clock.move_by(16 * 3600 - 1);
    assert!(asked(&world).page(&choices(false), Lang::En).unwrap().is_blocked);
    world.clock.move_by(1);
    let page = asked(&world).page(&choices(false), Lang::En).unwrap();
    assert!(!page.is_blocked && !rules(&page).contains(&"R10"), "{:?}", rules(&page));
    let consent = answer(&world, asked(&world), &choices(false), false).unwrap();
    world.resident.grant(consent).unwrap();
    assert!(world.resident.audit(&mut |_, _| {}).unwrap().is_clean());
}

#[test]
fn gba_row_113_what_shows_no_relation_is_no_evidence() {
    let (world, card, evidence) = world();
    let record = world.resident.take_record(r#"{"title":"I am the parent"}"#).id;
    let refused = |item: &ItemId| world.resident.add_profile(&child(Some(item))).unwrap_err();
    assert_eq!(refused(&record).code(), "profile.no-evidence");
    let profile = world.resident.add_profile(&child(Some(&evidence))).unwrap();
    world.resident.set_subject(&card, Some(&profile)).unwrap();
    // What was erased shows nothing any more.
    world.resident.erase(&evidence).unwrap();
    assert!(asked(&world).page(&choices(true), Lang::En).unwrap().is_blocked);
    assert_eq!(refused(&evidence).code(), "profile.no-evidence");
    let mut bad = child(None);
    bad.birth_date = "2027-01-01";
    assert_eq!(world.resident.add_profile(&bad).unwrap_err().code(), "profile.birth-date");
    let unknown = Id([9; 16]);
    assert_eq!(world.resident.set_subject(&card, Some(&unknown)).unwrap_err().code(), "profile.unknown");
}
