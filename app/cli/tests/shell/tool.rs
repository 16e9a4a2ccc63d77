//! `chop tool`, with data that nobody here wrote.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::chop::{Ran, chop, files_below, shared_vectors};

#[test]
fn every_merkle_vector_ends_as_its_authors_want() {
    let Some(folder) = shared_vectors("merkle") else { return };
    let files = files_below(&folder);
    assert!(files.len() >= 19, "{} vectors", files.len());
    for file in files {
        let vector: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
        let wanted = i32::from(vector["wantErr"].as_bool().unwrap());
        let ran = chop([Path::new("tool"), "merkle".as_ref(), "check".as_ref(), &file]).ended(wanted);
        assert_eq!(ran.out.starts_with("not valid"), wanted == 1, "{}", ran.out);
    }
}

#[test]
fn what_is_no_proof_is_not_valid() {
    let folder = tempfile::tempdir().unwrap();
    for text in ["", "{}", "[1]", "{\"leafIdx\":-1}", "\u{feff}{}"] {
        let file = folder.path().join("proof.json");
        fs::write(&file, text).unwrap();
        let ran =
            chop([Path::new("--json"), "tool".as_ref(), "merkle".as_ref(), "check".as_ref(), &file]).ended(1);
        assert_eq!(ran.json()["valid"], json!(false));
    }
}

#[test]
fn every_sd_jwt_vector_verifies_to_its_contents() {
    let Some(folder) = shared_vectors("sd-jwt") else { return };
    let keys = tempfile::tempdir().unwrap();
    let mut cases = 0;
    for case in fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir())
    {
        let settings = settings_of(&case);
        let jwk = keys.path().join("issuer.jwk");
        fs::write(&jwk, settings.issuer.to_string()).unwrap();
        let presentation = case.join("sd_jwt_presentation.txt");
        let at = ["--at", "1882999999"];
        let ran = verify(&jwk, &presentation, &at).ended(0);
        let wanted: Value =
            serde_json::from_slice(&fs::read(case.join("verified_contents.json")).unwrap()).unwrap();
        assert_eq!(ran.json(), wanted, "{}", case.display());
        if case.join("kb_jwt_payload.json").exists() {
            let bound = [&at[..], &["--aud", &settings.verifier, "--nonce", "1234567890"]].concat();
            verify(&jwk, &presentation, &bound).ended(0);
            let other = [&at[..], &["--aud", &settings.verifier, "--nonce", "other"]].concat();
            assert!(verify(&jwk, &presentation, &other).ended(1).out.starts_with("not valid: "));
        }
        cases += 1;
    }
    assert!(cases >= 12, "{cases} cases");
}

#[test]
fn key_binding_is_wanted_only_with_a_nonce_and_its_age_only_when_asked() {
    let Some(folder) = shared_vectors("sd-jwt") else { return };
    let case = folder.join("key_binding");
    let settings = settings_of(&case);
    let keys = tempfile::tempdir().unwrap();
    let jwk = keys.path().join("issuer.jwk");
    fs::write(&jwk, settings.issuer.to_string()).unwrap();
    let bound = ["--aud", &settings.verifier, "--nonce", "1234567890"];
    let iat: Value = serde_json::from_slice(&fs::read(case.join("kb_jwt_payload.json")).unwrap()).unwrap();
    let iat = iat["iat"].as_i64().unwrap();
    let with = |seconds: i64, more: &[&str]| {
        let at = (iat + seconds).to_string();
        let options = [&["--at", &at][..], &bound, more].concat();
        verify(&jwk, &case.join("sd_jwt_presentation.txt"), &options).code
    };
    assert_eq!(with(60, &["--max-age", "60"]), 0);
    assert_eq!(with(61, &["--max-age", "60"]), 1);
    assert_eq!(with(1_000_000, &[]), 0);
    assert_eq!(with(-300, &[]), 0);
    assert_eq!(with(-301, &[]), 1);
    // Issued without key binding: fine for whoever does not ask for it.
    let issued = case.join("sd_jwt_issuance.txt");
    verify(&jwk, &issued, &["--at", "1683000100"]).ended(0);
    verify(&jwk, &issued, &[&["--at", "1683000100"][..], &bound].concat()).ended(1);
}

#[test]
fn bad_input_to_the_verifier_is_not_valid_and_no_usage_error() {
    let folder = tempfile::tempdir().unwrap();
    let (jwk, file) = (folder.path().join("issuer.jwk"), folder.path().join("sd-jwt.txt"));
    for (key, text) in [("{}", "a.b.c~"), ("", ""), ("{\"kty\":\"oct\"}", "{}"), ("nonsense", "\u{0}")] {
        fs::write(&jwk, key).unwrap();
        fs::write(&file, text).unwrap();
        let ran = verify(&jwk, &file, &[]).ended(1);
        assert!(ran.out.starts_with("not valid: "), "{}", ran.out);
    }
}

#[test]
fn codes_are_drawn_and_read_back() {
    let folder = tempfile::tempdir().unwrap();
    let png = folder.path().join("code.png");
    let text = "CHOP1:HELLO WORLD";
    chop([Path::new("tool"), "qr".as_ref(), "draw".as_ref(), text.as_ref(), "--out".as_ref(), &png]).ended(0);
    let read = chop([Path::new("tool"), "qr".as_ref(), "read".as_ref(), &png]).ended(0);
    assert_eq!(read.out, format!("{text}\n"));
    let blocks = chop(["tool", "qr", "draw", text]).ended(0).out;
    assert!(blocks.contains('█'));
    // A picture without a code, and a file that is none.
    let none = folder.path().join("none.png");
    fs::write(&none, "no picture").unwrap();
    let ran =
        chop([Path::new("--json"), "tool".as_ref(), "qr".as_ref(), "read".as_ref(), &png, &none]).ended(1);
    assert_eq!(ran.json()["pictures"][0]["texts"][0], json!(text));
    assert!(ran.json()["pictures"][1]["error"].is_string());
    // A drawing is not written over.
    chop([Path::new("tool"), "qr".as_ref(), "draw".as_ref(), text.as_ref(), "--out".as_ref(), &png]).ended(2);
    chop(["tool", "qr", "draw", &"9".repeat(5000)]).ended(1);
}

fn verify(jwk: &Path, file: &Path, options: &[&str]) -> Ran {
    let mut args = vec!["tool", "sd-jwt", "verify", "--issuer-jwk", jwk.to_str().unwrap()];
    args.extend(options);
    args.push(file.to_str().unwrap());
    chop(args)
}

struct Settings {
    issuer: Value,
    verifier: String,
}

/// The few lines of the settings that a verifier needs.
fn settings_of(case: &Path) -> Settings {
    let name = case.file_name().unwrap().to_str().unwrap();
    let is_example = name.starts_with("simple") || name.starts_with("address") || name == "arf-pid";
    let file = if is_example { "settings-examples.yml" } else { "settings-testcases.yml" };
    let text = fs::read_to_string(case.parent().unwrap().join(file)).unwrap();
    let (before, issuer) = text.split_once("issuer_key:").unwrap();
    let member = |name: &str| {
        let line = issuer.lines().find(|line| line.trim().starts_with(&format!("{name}:"))).unwrap();
        line.split_once(": ").unwrap().1.to_owned()
    };
    let verifier = before.lines().find_map(|line| line.trim().strip_prefix("verifier: ")).unwrap();
    Settings {
        issuer: json!({"kty": "EC", "crv": "P-256", "x": member("x"), "y": member("y")}),
        verifier: verifier.to_owned(),
    }
}
