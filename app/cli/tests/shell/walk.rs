//! The walk by hand: separate processes, pictures on disk, nothing in memory between two steps.

use std::fs;

use serde_json::{Value, json};

use crate::chop::chop;
use crate::world::World;

const CHOICES: [&str; 10] = [
    "--choose",
    "summary:48765-2",
    "--choose",
    "summary:10160-0",
    "--choose",
    "transcript:name",
    "--choose",
    "transcript:award",
    "--choose",
    "transcript:gpa",
];
const CONSENTS: [&str; 2] = ["SENSITIVE:health", "CROSS_BORDER"];

#[test]
fn from_the_question_to_the_proof() {
    let world = World::new();
    world.ask("req");

    let page = world.look("req", &CHOICES);
    assert_eq!(page["separate"], json!(CONSENTS));
    assert_eq!(page["blocked"], json!(false));
    let code = page["code"].as_str().unwrap().to_owned();
    let granted = world.grant("req", &CHOICES, &code, &CONSENTS, "data").ended(0).json();
    assert_eq!(granted["message"], "data");
    let exchange = granted["exchange"].as_str().unwrap().to_owned();

    assert_eq!(world.step("hospital", "receive", "data", "ack")["message"], "acknowledgement");
    assert_eq!(world.step("resident", "release", "ack", "key")["message"], "key");
    let opened = world.step("hospital", "open", "key", "use");
    assert_eq!(opened["message"], "use");
    check_received(&opened["received"]);
    let pictures = world.pictures("use");
    let args: Vec<&str> = ["confirm"].into_iter().chain(pictures.iter().map(String::as_str)).collect();
    assert_eq!(world.json("resident", &args)["exchange"], json!(exchange));

    // Once is once.
    world.grant("req", &CHOICES, &code, &CONSENTS, "data-again").ended(1);
    let refused = refusal(&world, "receive", "data");
    assert_eq!(refused["error"]["code"], "exchange.wrong-step");

    let log = world.json("resident", &["log"]);
    assert_eq!(log["exchanges"][0]["state"], "used");
    assert_eq!(world.json("hospital", &["log"])["exchanges"][0]["state"], "accepted");
    for side in ["resident", "hospital"] {
        assert_eq!(world.json(side, &["audit"])["clean"], json!(true), "{side}");
    }
    check_the_proof(&world, &exchange);
}

/// Exactly what was granted, and nothing else of what the resident holds.
fn check_received(received: &Value) {
    let credentials = received["credentials"].as_array().unwrap();
    let names: Vec<_> = credentials
        .iter()
        .map(|c| {
            (
                c["type"].as_str().unwrap(),
                c["claims"].as_object().unwrap().keys().cloned().collect::<Vec<_>>(),
            )
        })
        .collect();
    assert_eq!(names[0], ("urn:chop:ips:1", vec!["10160-0".to_owned(), "48765-2".to_owned()]));
    assert_eq!(
        names[1],
        ("urn:chop:transcript:1", vec!["award".to_owned(), "gpa".to_owned(), "name".to_owned()])
    );
    assert!(!received.to_string().contains("COMP1010"), "no course was granted");
}

fn check_the_proof(world: &World, exchange: &str) {
    let (proof, list) = (world.at("use.chop-proof"), world.at("demo/demo.chop-trust"));
    world.json("resident", &["prove", &exchange[..6], "--out", &proof, "--with-credential"]);
    let alone = chop(["check", &proof]).ended(0).out;
    assert!(alone.starts_with("consistent in itself; who signed was not checked\n"), "{alone}");
    let anchored = ["check", &proof, "--anchors", &list, "--publisher", &world.publisher];
    assert!(chop(anchored).ended(0).out.starts_with("consistent, and your anchors vouch"));
    assert!(chop(["check", &proof, "--anchors", &list]).ended(0).out.contains(&world.publisher));

    let log_key = world.json("resident", &["space", "info"])["logKey"].as_str().unwrap().to_owned();
    chop(["check", &proof, "--log-key", &log_key]).ended(0);
    let other = world.json("hospital", &["space", "info"])["logKey"].as_str().unwrap().to_owned();
    chop(["check", &proof, "--log-key", &other]).ended(1);
    // Not written over, and any changed byte is refused.
    world.run("resident", &["prove", exchange, "--out", &proof]).ended(2);
    let good = fs::read(&proof).unwrap();
    for at in (0..good.len()).step_by(good.len() / 40) {
        let mut bytes = good.clone();
        bytes[at] ^= 0x20;
        fs::write(&proof, bytes).unwrap();
        let said = chop(["--json", "check", &proof]).ended(1).json();
        assert!(said["error"].as_str().is_some_and(|code| code.starts_with("pack.")), "byte {at}: {said}");
    }
}

#[test]
fn a_grant_is_to_one_page_and_each_separate_consent_is_wanted() {
    let world = World::new();
    world.ask("req");
    let all = world.look("req", &[]);
    assert_eq!(all["code"], Value::Null, "nothing is chosen beforehand");
    let one = ["--choose", "transcript:name"];
    let code = world.look("req", &one)["code"].as_str().unwrap().to_owned();
    let code_of_all = world.look("req", &CHOICES)["code"].as_str().unwrap().to_owned();
    assert_ne!(code, code_of_all);
    for (choices, agree, consents, error) in [
        (&CHOICES[..], code.as_str(), &CONSENTS[..], "consent.other-page"),
        (&CHOICES[..], code_of_all.as_str(), &CONSENTS[..1], "consent.unsettled"),
        (&["--choose", "transcript:courses"], code.as_str(), &[], "consent.not-asked"),
    ] {
        let refused = world.grant("req", choices, agree, consents, "data").ended(1).json();
        assert_eq!(refused["error"]["code"], error);
        assert_eq!(refused["error"]["dataLeft"], "no");
    }
    assert_eq!(world.json("resident", &["log"])["exchanges"], json!([]), "nothing was spent");
    world.grant("req", &one, &code, &["CROSS_BORDER"], "data").ended(0);
}

#[test]
fn what_was_sent_can_be_drawn_again_and_taken_back_until_the_key_leaves() {
    let world = World::new();
    world.ask("req");
    let one = ["--choose", "transcript:name"];
    let code = world.look("req", &one)["code"].as_str().unwrap().to_owned();
    let granted = world.grant("req", &one, &code, &["CROSS_BORDER"], "data").ended(0).json();
    let exchange = granted["exchange"].as_str().unwrap();
    let again = world.json("resident", &["again", &exchange[..8], "--out", &world.at("data-again")]);
    assert_eq!(again["pictures"].as_array().unwrap().len(), granted["pictures"].as_array().unwrap().len());
    for (first, second) in world.pictures("data").iter().zip(world.pictures("data-again")) {
        assert_eq!(fs::read(first).unwrap(), fs::read(second).unwrap(), "the same bytes");
    }
    world.step("hospital", "receive", "data", "ack");
    world.json("resident", &["withdraw", exchange]);
    let pictures = world.pictures("ack");
    let mut args: Vec<&str> =
        ["--json", "release"].into_iter().chain(pictures.iter().map(String::as_str)).collect();
    let out = world.at("key");
    args.extend(["--out", &out]);
    let refused = world.run("resident", &args).ended(1).json();
    assert_eq!(refused["error"]["code"], "exchange.withdrawn");
}

#[test]
fn declining_is_a_line_in_the_record_and_nothing_else() {
    let world = World::new();
    world.ask("req");
    let pictures = world.pictures("req");
    let args: Vec<&str> = ["decline"].into_iter().chain(pictures.iter().map(String::as_str)).collect();
    assert_eq!(world.json("resident", &args)["declined"], json!(true));
    assert_eq!(world.json("resident", &["log"])["exchanges"][0]["state"], "declined");
    let refused = world.run("resident", &[&["--json"], &args[..]].concat()).ended(1).json();
    assert_eq!(refused["error"]["code"], "request.answered-before");
}

#[test]
fn bad_pictures_are_named_and_spend_nothing() {
    let world = World::new();
    world.ask("req");
    let pictures = world.pictures("req");
    let some: Vec<&str> =
        ["--json", "look"].into_iter().chain(pictures[1..].iter().map(String::as_str)).collect();
    let missing = world.run("resident", &some).ended(1).json();
    assert_eq!(missing["error"]["code"], "scan.missing-frames");
    assert_eq!(missing["error"]["params"]["missing"], "1");
    let text = world.write("no-picture.png", "no picture");
    world.run("resident", &["look", &text]).ended(1);
    world.run("resident", &["look", &world.at("nowhere.png")]).ended(2);
    // A folder with pictures of another message in it would mix the two.
    let (ask, terms, out) = (world.at("demo/ask.json"), world.at("demo/terms.json"), world.at("req"));
    world.run("hospital", &["request", "--dcql", &ask, "--terms", &terms, "--out", &out]).ended(2);
    // The wrong step for these pictures.
    assert_eq!(refusal(&world, "receive", "req")["error"]["code"], "scan.other-message");
}

fn refusal(world: &World, command: &str, from: &str) -> Value {
    let (pictures, out) = (world.pictures(from), world.at("nothing"));
    let mut args: Vec<&str> =
        ["--json", command].into_iter().chain(pictures.iter().map(String::as_str)).collect();
    args.extend(["--out", &out]);
    world.run("hospital", &args).ended(1).json()
}
