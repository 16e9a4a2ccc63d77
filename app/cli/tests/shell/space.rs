//! Spaces, holdings, backups, and the shapes of the JSON.

use std::fs;

use serde_json::{Value, json};

use crate::chop::chop;
use crate::world::World;

#[test]
fn a_space_opens_with_its_passphrase_only() {
    let world = World::bare();
    let made = world.json("mine", &["space", "create", "--label", "Mine", "--place", "MO"]);
    assert_eq!(keys(&made), ["folder", "recoveryCode", "space"]);
    let info = world.json("mine", &["space", "info"]);
    assert_eq!(keys(&info), ["epoch", "interrupted", "kind", "label", "logKey", "space", "standing"]);
    assert_eq!(
        (&info["standing"], &info["kind"], &info["epoch"]),
        (&json!("current"), &json!("person"), &json!(1))
    );

    let (space, key_folder) = (world.at("mine"), world.at("keys"));
    let open = |passphrase: &str| {
        let file = world.write("other", passphrase);
        chop([
            "--json",
            "--space",
            &space,
            "--keys",
            &key_folder,
            "--passphrase-file",
            &file,
            "space",
            "info",
        ])
    };
    assert_eq!(open("wrong\n").ended(3).json()["error"]["code"], "vault.wrong-passphrase");
    assert_eq!(open("\n").ended(2).json()["error"]["code"], "cli.first-line-empty");
    world.run("nowhere", &["space", "info"]).ended(3);
    world.run("mine", &["space", "create", "--label", "Again"]).ended(3);
    let anonymous = chop(["--passphrase-file", &world.at("passphrase"), "space", "info"]);
    assert!(anonymous.ended(2).err.contains("--space"));
}

#[test]
fn passphrase_and_recovery_code_change_hands() {
    let world = World::bare();
    let code_file = world.at("code");
    world.run("mine", &["space", "create", "--label", "Mine", "--recovery-out", &code_file]).ended(0);
    let code = fs::read_to_string(&code_file).unwrap();
    let new = world.write("new", "another passphrase\n");
    let changed = world.run("mine", &["space", "passphrase", "--new-file", &new]).ended(0);
    assert!(!changed.out.contains("another passphrase") && !changed.out.contains(code.trim()));
    world.run("mine", &["space", "info"]).ended(3);
    let old = world.at("passphrase");
    world.run("mine", &["recover", "--code-file", &code_file, "--new-file", &old]).ended(0);
    world.run("mine", &["space", "info"]).ended(0);
    let mistyped = world.write("mistyped", &code.trim().replace('-', "").chars().rev().collect::<String>());
    world.run("mine", &["recover", "--code-file", &mistyped, "--new-file", &old]).ended(3);
}

#[test]
fn holdings_come_in_are_found_masked_replaced_and_erased() {
    let world = World::new();
    let record = world.write("record.json", r#"{"title":"Notes","blood_group":"AB"}"#);
    let picture = world.write("营业执照.pdf", "%PDF-1.7 sample");
    let imported = world.json("resident", &["import", &record, "--form", "record"]);
    assert_eq!(keys(&imported), ["catalog", "form", "id", "issuer", "seal", "sealReason", "title", "type"]);
    let id = imported["id"].as_str().unwrap();
    world.json("resident", &["import", &picture]);

    let items = world.json("resident", &["items"]);
    assert_eq!(items["items"].as_array().unwrap().len(), 4);
    let card_keys = [
        "conflict",
        "expires",
        "form",
        "id",
        "issuer",
        "seal",
        "sealReason",
        "shelf",
        "title",
        "type",
        "updated",
        "version",
    ];
    assert_eq!(keys(&items["items"][0]), card_keys);
    let credentials = world.json("resident", &["items", "--shelf", "credentials"]);
    assert_eq!(credentials["items"].as_array().unwrap().len(), 2);
    assert_eq!(credentials["items"][0]["seal"], "valid");
    for words in ["成绩", "成績", "执照", "病"] {
        let found = world.json("resident", &["search", words]);
        assert_eq!(found["items"].as_array().unwrap().len(), 1, "{words}");
    }

    let masked = world.run("resident", &["show", &id[..6]]).ended(0).out;
    assert!(!masked.contains("AB\"") && masked.contains("blood_group"), "{masked}");
    assert!(world.run("resident", &["show", id, "--reveal"]).ended(0).out.contains("\"AB\""));

    let newer = world.write("newer.json", r#"{"title":"Notes","blood_group":"O"}"#);
    world.json("resident", &["replace", id, &newer]);
    assert_eq!(world.json("resident", &["show", id])["versions"].as_array().unwrap().len(), 2);
    world.run("resident", &["erase", id]).ended(2);
    world.json("resident", &["erase", id, "--yes"]);
    let gone = world.json("resident", &["show", id, "--reveal"]);
    assert_eq!((&gone["erased"], &gone["content"]), (&json!(true), &Value::Null));
    assert_eq!(world.json("resident", &["audit"])["clean"], json!(true));
}

#[test]
fn a_backup_comes_back_in_a_new_epoch_and_an_older_folder_is_found() {
    let world = World::new();
    let backup = world.at("my.chop-backup");
    world.run("resident", &["backup", &backup]).ended(0);
    world.run("resident", &["backup", &backup]).ended(2);
    let copy = world.path().join("older");
    copy_folder(&world.path().join("resident"), &copy);
    let record = world.write("record.json", r#"{"a":"b"}"#);
    world.json("resident", &["import", &record, "--form", "record"]);

    let older = world.json("older", &["space", "info"]);
    assert_eq!(older["standing"], "rolled-back");
    let refused = world.run("older", &["--json", "import", &record, "--form", "record"]).ended(1).json();
    assert_eq!(refused["error"]["code"], "log.rolled-back");
    assert_eq!(world.json("older", &["space", "continue"])["begun"], json!(true));
    world.json("older", &["import", &record, "--form", "record"]);

    let restored = world.json("restored", &["restore", &backup]);
    assert_eq!(restored["epoch"], json!(2));
    assert_eq!(world.json("restored", &["items"])["items"].as_array().unwrap().len(), 2);
    assert_eq!(world.json("restored", &["audit"])["clean"], json!(true));
    let damaged = fs::read(&backup).unwrap();
    let damaged = damaged[..damaged.len() - 40].to_vec();
    fs::write(&backup, damaged).unwrap();
    world.run("elsewhere", &["restore", &backup]).ended(3);
}

#[test]
fn trust_is_shown_before_it_is_given() {
    let world = World::new();
    let list = world.at("demo/demo.chop-trust");
    let shown = world.json("resident", &["trust", "add", &list]);
    assert_eq!((&shown["added"], &shown["fingerprint"]), (&json!(false), &json!(world.publisher)));
    let wrong = world.publisher.chars().rev().collect::<String>();
    let refused = world.run("resident", &["trust", "add", &list, "--fingerprint", &wrong]);
    assert_ne!(refused.code, 0);
    let lists = world.json("resident", &["trust", "list"]);
    assert_eq!(
        keys(&lists["lists"][0]),
        ["entries", "fingerprint", "issued", "nextUpdate", "publisher", "seq", "stale"]
    );
    let checked = world.json("resident", &["trust", "check"]);
    assert_eq!((&checked["good"], &checked["lists"][0]["certificates"]), (&json!(true), &json!([])));
    assert!(world.run("resident", &["--lang", "pt", "trust", "list"]).ended(0).out.contains("pede dados"));
}

fn keys(object: &Value) -> Vec<&str> {
    object.as_object().unwrap().keys().map(String::as_str).collect()
}

fn copy_folder(from: &std::path::Path, to: &std::path::Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
    }
}
