//! How things are shared, for whom, and as which copy: by hand, each command a process of its own.

use std::fs;

use serde_json::{Value, json};

use crate::world::World;

const QUERY: &str = r#"{"credentials":[{"id":"paper","format":"dc+sd-jwt",
    "meta":{"vct_values":["urn:chop:item:1"]},"claims":[{"path":["file"]}]}]}"#;

/// The resident's own paper, and the hospital's question for it.
fn asked(world: &World) -> String {
    let paper = world.write("paper.txt", "a letter, telephone 13800000000\n");
    let title = "letter 13800000000";
    let id = world.json("resident", &["import", &paper, "--title", title])["id"].as_str().unwrap().to_owned();
    let (dcql, terms, out) = (world.write("paper.json", QUERY), world.at("demo/terms.json"), world.at("req"));
    world.json("hospital", &["request", "--dcql", &dcql, "--terms", &terms, "--out", &out]);
    id
}

fn candidates(world: &World) -> usize {
    world.look("req", &[])["queries"][0]["candidates"].as_array().unwrap().len()
}

#[test]
fn gba_row_89_what_is_never_shared_is_no_candidate_and_open_asks_where_the_law_does() {
    let world = World::new();
    let id = asked(&world);
    assert_eq!(candidates(&world), 1);
    assert_eq!(world.json("resident", &["item", "share", &id, "never"])["share"], "never");
    assert_eq!(candidates(&world), 0);
    assert_eq!(world.json("resident", &["item", "share", &id, "open"])["share"], "open");
    // Across the border the law wants a consent of its own, so even what is open is asked about.
    let (pictures, out) = (world.pictures("req"), world.at("data"));
    let args: Vec<&str> =
        ["--json", "answer"].into_iter().chain(pictures.iter().map(String::as_str)).collect();
    let refused = world.run("resident", &[&args[..], &["--out", &out]].concat()).ended(1).json();
    assert_eq!(refused["error"]["code"], "consent.not-open");
    assert!(world.json("resident", &["audit"])["clean"].as_bool().unwrap());
}

#[test]
fn gba_row_94_numbers_are_masked_in_lists_and_shown_when_asked_for() {
    let world = World::new();
    let id = asked(&world);
    let listed = world.run("resident", &["items"]).ended(0).out;
    assert!(listed.contains("letter 138****0000") && !listed.contains("13800000000"), "{listed}");
    assert_eq!(world.json("resident", &["show", &id])["title"], "letter 138****0000");
    assert_eq!(world.json("resident", &["show", &id, "--reveal"])["title"], "letter 13800000000");
    assert!(!world.run("resident", &["log"]).ended(0).out.contains("13800000000"));
}

#[test]
fn gba_finding_5_an_annotated_copy_goes_and_is_written_to_a_file() {
    let world = World::new();
    asked(&world);
    let note = [
        "--choose",
        "paper:file",
        "--annotate",
        "paper=仅供实习审核",
        "--made-by",
        "示例居民",
        // More than an internship needs (R04): the holder says why it goes all the same.
        "--override",
        "R04=they asked for it",
    ];
    let page = world.look("req", &note);
    let code = page["code"].as_str().unwrap_or_default().to_owned();
    let separate: Vec<_> = page["separate"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    let granted = world.grant("req", &note, &code, &separate, "data").ended(0).json();
    assert_eq!(granted["message"], "data");
    world.step("hospital", "receive", "data", "ack");
    world.step("resident", "release", "ack", "key");
    let opened = world.step("hospital", "open", "key", "use");
    assert_eq!(opened["received"]["credentials"][0]["annotated"]["JZJZZSY"], "仅供实习审核");
    let (exchange, out) = (opened["exchange"].as_str().unwrap(), world.at("taken"));
    let written = world.json("hospital", &["received", exchange, "--out", &out]);
    let files: Vec<_> = written["files"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    let page = files.iter().find(|name| name.ends_with(".html")).unwrap();
    let page = fs::read_to_string(page).unwrap();
    assert!(page.contains("仅供实习审核") && page.contains("示例居民") && page.contains("a letter"));
}

#[test]
fn gba_row_113_a_child_has_a_profile_and_its_age_is_counted() {
    let world = World::new();
    let scan = world.write("birth.pdf", "%PDF-1.7 a birth certificate");
    let evidence = world.json("resident", &["import", &scan])["id"].as_str().unwrap().to_owned();
    let child = ["--name", "陈小文", "--born", "2020-05-01", "--place", "HK", "--guardian", "陈大文"];
    let args = [&["profile", "add"], &child[..], &["--relation", "parent", "--evidence", &evidence]].concat();
    let added = world.json("resident", &args);
    assert_eq!((&added["name"], &added["age"]), (&json!("陈**"), &json!("under-14")));
    let id = added["id"].as_str().unwrap().to_owned();
    assert_eq!(world.json("resident", &["profile", "show", &id, "--reveal"])["born"], "2020-05-01");
    assert_eq!(world.json("resident", &["profile", "list"])["profiles"].as_array().unwrap().len(), 1);
    let report = world.write("report.json", r#"{"title":"school report"}"#);
    let item =
        world.json("resident", &["import", &report, "--form", "record"])["id"].as_str().unwrap().to_owned();
    assert_eq!(world.json("resident", &["item", "subject", &item, "--profile", &id])["subject"], json!(id));
}
