//! Numbers, the catalogue and packs, from the shell.

use serde_json::json;

use crate::chop::{chop, domain_vectors};

#[test]
fn what_is_wrong_with_a_number_is_printed_and_ends_with_1() {
    let right = chop(["tool", "number", "check", "hkid", "Z123456(1)"]).ended(0);
    assert_eq!(right.out.trim(), "Nothing is wrong.");
    let wrong = chop(["--lang", "zh-Hans", "tool", "number", "check", "hkid", "Z123456(2)"]).ended(1);
    assert!(wrong.out.contains("校验位不对") && wrong.out.contains("number.check-digit"), "{}", wrong.out);
    // Warnings print, and end with 0: a region that gives no numbers, a food licence's check.
    for (kind, value, code) in [
        ("rid", "44000019900101001X", "number.unknown-region"),
        ("food", "JY24401000000008", "number.food-check-digit"),
        ("uscc", "91440300MA0000A00A", ""),
    ] {
        let ran = chop(["tool", "number", "check", kind, value]).ended(0);
        assert!(ran.out.contains(code), "{}", ran.out);
    }
    let child = "81000020120101003X";
    chop(["tool", "number", "check", "rid", child, "--at", "2012-01-01"]).ended(0);
    let early = chop(["--json", "tool", "number", "check", "rid", child, "--at", "2011-12-31"]).ended(1);
    assert_eq!(early.json()["errors"], json!(["number.future-date"]));
    for (kind, value) in [("permit", "H00000001"), ("bir", "1000000(0)"), ("brn", "00000001")] {
        let ran = chop(["--json", "tool", "number", "check", kind, value]).ended(0);
        assert_eq!(ran.json()["formOnly"], true);
    }
    chop(["tool", "number", "check", "iban", "1"]).ended(2);
    chop(["tool", "number", "check", "rid", "1", "--at", "2026-02-30"]).ended(2);
    chop(["tool", "number", "check", "rid", ""]).ended(1);
}

#[test]
fn every_shared_vector_is_right_from_the_shell() {
    let Some(vectors) = domain_vectors("checkdigit_vectors.json") else { return };
    for (kind, cases) in vectors.as_object().unwrap() {
        for case in cases.as_array().unwrap() {
            let text = |name: &str| case[name].as_str().map(str::to_owned);
            let full = text("full").unwrap_or_else(|| text("body").unwrap() + &text("check").unwrap());
            chop(["tool", "number", "check", kind.as_str(), &full]).ended(0);
        }
    }
}

#[test]
fn the_catalogue_is_shown_in_the_readers_language() {
    let list = chop(["--json", "catalog", "list"]).ended(0).json();
    assert!(list["types"].as_array().unwrap().len() >= 18);
    let card = chop(["--lang", "pt", "catalog", "show", "mo.bir_like"]).ended(0);
    assert!(card.out.contains("N.º do bilhete") && card.out.contains("L3"), "{}", card.out);
    let card = chop(["--json", "catalog", "show", "cn.resident_id"]).ended(0).json();
    assert_eq!(card["fields"][2]["moSensitive"], true);
    assert_eq!(card["contact"], "unknown");
    let purpose = chop(["--json", "catalog", "show", "identity.check"]).ended(0).json();
    assert_eq!(purpose["needs"][0]["predicates"], json!(["name-and-number-match"]));
    chop(["catalog", "show", "jp.my_number"]).ended(2);
}

#[test]
fn gba_row_11_a_publisher_signs_a_regional_pack_and_a_space_takes_it_in() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    std::fs::write(path("secret"), "a long passphrase\n").unwrap();
    let regional = concat!(env!("CARGO_MANIFEST_DIR"), "/../../core/catalog/testdata/regional.toml");
    let (space, secret, keys) = (path("space"), path("secret"), path("keys"));
    let here = ["--space", &space, "--passphrase-file", &secret, "--keys", &keys];
    let run = |args: &[&str]| chop(here.iter().chain(args));
    run(&["space", "create", "--label", "mine", "--place", "HK"]).ended(0);

    let key = path("publisher.jwk");
    let made = chop(["--json", "tool", "pack", "key", "--out", &key]).ended(0).json();
    let fingerprint = made["fingerprint"].as_str().unwrap().to_owned();
    let sign = |seq: &str, out: &str| {
        let args = ["tool", "pack", "sign", "--key", &key, "--kind", "catalog", "--id", "fj"];
        let more = ["--pack-version", "2026.1", "--seq", seq, "--out", out, regional];
        chop(args.iter().chain(&more))
    };
    let (pack, older) = (path("fj.chop-pack"), path("older.chop-pack"));
    sign("2", &pack).ended(0);
    sign("1", &older).ended(0);
    let preview = run(&["--json", "pack", "preview", &pack]).ended(0).json();
    assert_eq!((&preview["fingerprint"], &preview["added"]), (&json!(fingerprint), &json!(false)));
    run(&["pack", "add", &pack]).ended(1);
    run(&["pack", "add", regional, "--fingerprint", &fingerprint]).ended(1);
    run(&["pack", "add", &pack, "--fingerprint", &fingerprint]).ended(0);
    let refused = run(&["--json", "pack", "add", &older]).ended(1);
    assert!(format!("{}{}", refused.out, refused.err).contains("signed-pack.older"));
    let list = run(&["--json", "pack", "list"]).ended(0).json();
    assert_eq!(list["packs"][0]["inForce"], true);
    run(&["catalog", "show", "fj.health_card"]).ended(0);
    chop(["catalog", "show", "fj.health_card"]).ended(2);
}
