//! `chop demo`: what it says, what it leaves.

use std::path::Path;

use serde_json::json;

use crate::chop::{chop, files_below};

#[test]
fn the_whole_story_leaves_pictures_both_records_and_one_proof() {
    let folder = tempfile::tempdir().unwrap();
    let into = folder.path().join("demo");
    let told = chop([Path::new("demo"), "--into".as_ref(), &into]).ended(0);
    assert!(told.out.contains("DEMO") && told.out.contains('█'));
    let passphrase = std::fs::read_to_string(into.join("demo-passphrase")).unwrap();
    assert!(!told.out.contains(passphrase.trim()), "the passphrase is in its file only");

    let files = files_below(&into);
    let ends_with = |ext: &str| files.iter().filter(|f| f.extension().is_some_and(|e| e == ext)).count();
    assert_eq!(ends_with("chop-proof"), 1);
    assert_eq!(ends_with("chop-trust"), 1);
    assert_eq!(ends_with("db"), 2);
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
    let ran = chop([
        Path::new("--json"),
        "--lang".as_ref(),
        "zh-Hant".as_ref(),
        "demo".as_ref(),
        "--into".as_ref(),
        &into,
    ]);
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
}
