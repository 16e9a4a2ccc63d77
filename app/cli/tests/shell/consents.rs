//! Consents at the command line: list, show, hold back, take back, ask for deletion, export; and a no.

use std::fs;

use serde_json::{Value, json};

use crate::world::World;

const ONE: [&str; 2] = ["--choose", "transcript:name"];

/// One claim granted, up to the pictures of the sealed data; the consent's id.
fn granted(world: &World, to: &str) -> String {
    let asked = format!("req-{to}");
    world.ask(&asked);
    let code = world.look(&asked, &ONE)["code"].as_str().unwrap().to_owned();
    let granted = world.grant(&asked, &ONE, &code, &["CROSS_BORDER"], to).ended(0).json();
    granted["exchange"].as_str().unwrap().to_owned()
}

#[test]
fn gba_row_118_a_consent_is_shown_in_one_sentence_and_each_step_is_listed() {
    let world = World::new();
    let id = granted(&world, "data");
    let list = world.json("resident", &["consent", "list"]);
    assert_eq!(list["consents"][0]["id"], json!(id));
    assert_eq!(list["consents"][0]["state"], "active");
    for (lang, word) in [("zh-Hant", "允許"), ("zh-Hans", "允许"), ("en", "Allow"), ("pt", "Permitir")] {
        let shown = world.json("resident", &["--lang", lang, "consent", "show", &id[..8]]);
        let sentence = shown["sentence"].as_str().unwrap();
        assert!(sentence.contains(word), "{lang}: {sentence}");
        assert_eq!(shown["record"]["schema"], "urn:chop:consent-record:2");
    }
    world.json("resident", &["consent", "pause", &id]);
    let shown = world.json("resident", &["consent", "resume", &id]);
    assert_eq!(shown["consent"]["state"], "active");
    let shown = world.json("resident", &["consent", "show", &id]);
    let steps: Vec<_> = shown["events"].as_array().unwrap().iter().map(|e| e["to"].clone()).collect();
    assert_eq!(steps, ["active", "paused", "active"]);
}

#[test]
fn gba_row_111_a_consent_is_taken_back_in_one_step_and_the_recipient_takes_the_notice() {
    let world = World::new();
    let id = granted(&world, "data");
    world.step("hospital", "receive", "data", "ack");
    world.step("resident", "release", "ack", "key");
    let (notice, delete) = (world.at("notice.jwt"), world.at("delete.jwt"));
    let done = world.json("resident", &["withdraw", &id, "--out", &notice]);
    assert_eq!(done["reach"], "from-now-on-only");
    assert!(done["effect"]["en"].as_str().unwrap().contains("nobody can reach"));
    let taken = world.json("hospital", &["consent", "take-notice", &notice]);
    assert_eq!((&taken["kind"], &taken["consent"]["state"]), (&json!("withdrawn"), &json!("withdrawn")));
    world.json("resident", &["consent", "delete-request", &id, "--out", &delete]);
    let taken = world.json("hospital", &["consent", "take-notice", &delete]);
    assert_eq!(taken["consent"]["state"], "deletion-requested");
    let refused = ["consent", "delete-answer", &id, "--refused", "kept for two years by law"];
    let answered = world.json("resident", &refused);
    assert_eq!(answered["consent"]["reason"], "kept for two years by law");
    assert_eq!(world.json("resident", &["consent", "close", &id])["consent"]["state"], "closed");
    for side in ["resident", "hospital"] {
        assert_eq!(world.json(side, &["audit"])["clean"], json!(true), "{side}");
    }
}

#[test]
fn gba_row_77_after_a_no_the_page_does_not_come_up_by_itself() {
    let world = World::new();
    world.ask("first");
    let pictures = world.pictures("first");
    let decline: Vec<&str> = ["decline"].into_iter().chain(pictures.iter().map(String::as_str)).collect();
    world.json("resident", &decline);
    world.ask("second");
    let pictures = world.pictures("second");
    let look: Vec<&str> = ["--json", "look"].into_iter().chain(pictures.iter().map(String::as_str)).collect();
    let refused = world.run("resident", &look).ended(1).json();
    assert_eq!(refused["error"]["code"], "request.muted");
    world.run("resident", &[&look[..], &["--again"]].concat()).ended(0);
    let list = world.json("resident", &["consent", "list"]);
    assert_eq!(list["consents"][0]["state"], "refused");
}

#[test]
fn gba_row_25_a_consent_is_exported_for_a_connector_and_for_people() {
    let world = World::new();
    let id = granted(&world, "data");
    let export = |form: &str| {
        let out = world.at(&format!("consent.{form}"));
        world.json("resident", &["export", "consent", &id, "--as", form, "--out", &out]);
        fs::read_to_string(out).unwrap()
    };
    let dpv: Value = serde_json::from_str(&export("dpv")).unwrap();
    assert_eq!(dpv["dpv:hasConsentStatus"]["@id"], "dpv:ConsentGiven");
    let odrl: Value = serde_json::from_str(&export("odrl")).unwrap();
    assert_eq!(odrl["@type"], "Agreement");
    let page = export("page");
    assert!(page.starts_with("<!DOCTYPE html>") && !page.contains("<script"));
}
