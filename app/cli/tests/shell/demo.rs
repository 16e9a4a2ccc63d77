//! `chop demo`: what it says, what it leaves.

use std::path::Path;

use serde_json::{Value, json};

use crate::chop::{chop, chop_with, files_below, programs};

#[test]
fn the_whole_story_leaves_pictures_both_records_and_one_proof() {
    let folder = tempfile::tempdir().unwrap();
    let into = folder.path().join("demo");
    let told = chop_with(&programs(), [Path::new("demo"), "--into".as_ref(), &into]).ended(0);
    assert!(told.out.contains("DEMO") && told.out.contains('█'));
    let passphrase = std::fs::read_to_string(into.join("demo-passphrase")).unwrap();
    assert!(!told.out.contains(passphrase.trim()), "the passphrase is in its file only");

    let files = files_below(&into);
    let ends_with = |ext: &str| files.iter().filter(|f| f.extension().is_some_and(|e| e == ext)).count();
    assert_eq!(ends_with("chop-proof"), 1);
    assert_eq!(ends_with("chop-trust"), 1);
    let vaults = files.iter().filter(|file| file.file_name().is_some_and(|name| name == "vault.db"));
    assert_eq!(vaults.count(), 4);
    assert!(ends_with("png") > 10);
    let proof = into.join("use.chop-proof");
    chop([Path::new("check"), &proof]).ended(0);
    let words = "penicillin 3.55 CHAN".split(' ').map(str::as_bytes);
    let bytes = std::fs::read(&proof).unwrap();
    for word in words {
        assert!(
            !bytes.windows(word.len()).any(|window| window == word),
            "a value of a claim is in the proof"
        );
    }
    // The record of each route lies there for others; no form of it holds a value.
    for route in ["record", "macao-record"] {
        for name in ["consent.html", "consent.dpv.json", "consent.odrl.json"] {
            let text = std::fs::read_to_string(into.join(route).join(name)).unwrap();
            assert!(!text.is_empty() && !text.contains("3.55"), "{route}/{name}");
        }
    }
    // The spaces can be looked into afterwards.
    let (space, keys, file) = (into.join("hospital"), into.join("keys"), into.join("demo-passphrase"));
    let common =
        ["--space".as_ref(), space.as_path(), "--keys".as_ref(), &keys, "--passphrase-file".as_ref(), &file];
    let audit = chop(common.iter().copied().chain([Path::new("--json"), "audit".as_ref()])).ended(0);
    assert_eq!(audit.json()["clean"], json!(true));
    // A folder that is not fresh is left alone.
    chop([Path::new("demo"), "--into".as_ref(), &into]).ended(2);
}

#[test]
fn a_machine_reads_one_document() {
    let folder = tempfile::tempdir().unwrap();
    let into = folder.path().join("demo");
    let ran = chop_with(
        &programs(),
        [
            Path::new("--json"),
            "--lang".as_ref(),
            "zh-Hant".as_ref(),
            "demo".as_ref(),
            "--into".as_ref(),
            &into,
        ],
    );
    let told = ran.ended(0).json();
    assert_eq!(told["demo"], json!(true));
    assert_eq!(told["walk"]["messages"].as_array().unwrap().len(), 5);
    assert_eq!(told["walk"]["sentences"].as_object().unwrap().len(), 4);
    assert_eq!(told["walk"]["separate"], json!(["SENSITIVE:health", "CROSS_BORDER"]));
    assert_eq!(told["evidence"]["secondTime"]["resident"], "request.answered-before");
    assert_eq!(told["evidence"]["alone"]["anchored"], json!(false));
    assert_eq!(told["evidence"]["anchored"]["anchored"], json!(true));
    for fault in told["tampering"].as_array().unwrap() {
        assert!(fault["found"].is_string(), "{fault}");
    }
    assert_eq!(told["tampering"].as_array().unwrap().len(), 4);
    both_routes_show_their_law_their_consents_and_what_a_withdrawal_reaches(&told);
    one_scan_gives_once_and_tells_the_resident_of_the_other(&told["scan"], &into);
}

/// One code, two who scan it: one gets what was offered, the resident hears of the other.
fn one_scan_gives_once_and_tells_the_resident_of_the_other(scan: &Value, into: &Path) {
    assert_eq!(scan["codeVersion"], json!(6));
    assert_eq!((&scan["holder"], &scan["recipient"]), (&json!("done"), &json!("finished")));
    assert_eq!((&scan["second"], &scan["secondTold"]), (&json!("refused"), &json!(true)));
    assert!(scan["withdrawnAt"].is_i64() && scan["clean"] == json!(true), "{scan}");
    for name in ["scan-1-offer", "scan-2-offer"] {
        assert_eq!(files_below(&into.join(name)).len(), 1, "one code is one picture");
    }
    // The relay's own files hold nothing of what went through it.
    for file in files_below(&into.join("relay")) {
        let bytes = std::fs::read(&file).unwrap();
        for word in ["Penicillin", "penicillin", "48765-2", "hospital.demo"] {
            let word = word.as_bytes();
            assert!(!bytes.windows(word.len()).any(|window| window == word), "{}", file.display());
        }
    }
}

/// Without a relay's program the story says so and goes on.
#[test]
fn without_a_relay_the_story_says_what_is_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let alone = folder.path().join("chop");
    std::fs::copy(env!("CARGO_BIN_EXE_chop"), &alone).unwrap();
    let into = folder.path().join("demo");
    let out = std::process::Command::new(&alone)
        .args(["demo", "--into"])
        .arg(&into)
        .env_clear()
        .env("HOME", "/nonexistent")
        .output()
        .unwrap();
    let told = String::from_utf8(out.stdout).unwrap();
    assert!(out.status.success() && told.contains("LEFT OUT"), "{told}");
    assert!(!into.join("relay").exists());
}

/// Both routes cross a border, and the law of each is shown in words with its source.
fn both_routes_show_their_law_their_consents_and_what_a_withdrawal_reaches(told: &Value) {
    let (shenzhen, macao) = (&told["walk"], &told["macao"]);

    // Health data without a reason: blocked. With one: nothing is found against it.
    let refused = &shenzhen["law"]["withoutAWhy"];
    assert_eq!(refused["blocked"], json!(true));
    let finding = &refused["findings"][0];
    assert_eq!((&finding["rule"], &finding["level"]), (&json!("R07"), &json!("block")));
    for what in ["text", "citation"] {
        assert!(!finding[what].as_str().unwrap().is_empty());
    }
    assert_eq!(shenzhen["law"]["asked"], json!({ "blocked": false, "findings": [] }));

    // A machine decides in Macao: a warning, overridden with a reason.
    assert_eq!(macao["law"]["blocked"], json!(false));
    assert_eq!(macao["law"]["findings"][0]["rule"], json!("R25"));
    assert!(macao["overrides"]["R25"].is_string());

    for (record, topics) in [
        (&shenzhen["record"], ["SENSITIVE:health", "CROSS_BORDER"]),
        (&macao["record"], ["AUTOMATED", "CROSS_BORDER"]),
    ] {
        assert_eq!(record["sameBytes"], json!(true));
        assert_eq!(record["state"], json!("exhausted"));
        assert_eq!(record["exports"], json!(["page", "dpv", "odrl"]));
        let acts = record["separate"].as_array().unwrap();
        let named: Vec<_> = acts.iter().map(|act| act["topic"].as_str().unwrap()).collect();
        assert_eq!(named, topics);
        assert_ne!(acts[0]["id"], acts[1]["id"], "each consent is an act with an id of its own");
    }

    assert_eq!(macao["withdrawal"]["reach"], json!("from-now-on-only"));
    assert_eq!(macao["withdrawal"]["effect"].as_object().unwrap().len(), 4);
    for side in ["holder", "recipient"] {
        assert_eq!(macao["withdrawal"][side], json!("withdrawn"), "{side}");
    }
}
