//! The rows of protocol.md section 6 that fall on SD-JWT and JOSE.

use std::path::Path;

use chop_crypto::encoding::{from_base64url, to_base64url};
use chop_crypto::sha256;
use chop_crypto::testing::SeededRandom;
use chop_crypto::{Keystore, SigningDomain};
use chop_formats::sd_jwt::{Held, Issuance, MAX_BYTES, SdJwtError, TypeRule, UnverifiedSdJwt, issue};
use serde_json::{Value, json};

use crate::draft::{Cast, Draft, EXPECTED, NOW};
use crate::rfc9901::refusal;

#[test]
fn row_11_a_stripped_key_binding_is_missed() {
    refused("sd-jwt.no-key-binding", &["kb-missing", "json-kb-missing.json"]);
    // And where none is asked for, a broken one changes nothing: presence decides nothing.
    let draft = Draft::new();
    for text in [draft.compact(), draft.sd() + "junk", draft.sd()] {
        let parsed = UnverifiedSdJwt::parse(&text).unwrap();
        assert!(parsed.verify(&draft.cast.issuer_key(), TypeRule::AnySdJwt, NOW).is_ok());
    }
}

#[test]
fn row_12_the_audience_is_one_full_identifier() {
    refused("sd-jwt.bad-key-binding", &["kb-aud-array", "kb-aud-array-with-another", "kb-aud-missing"]);
    refused("sd-jwt.wrong-audience", &["kb-aud-without-prefix", "kb-aud-other"]);
}

#[test]
fn row_13_sd_hash_covers_exactly_what_was_sent() {
    refused("sd-jwt.bad-key-binding", &["kb-sd-hash-missing"]);
    let changed =
        ["kb-disclosure-added-after", "kb-disclosure-dropped-after", "kb-disclosures-swapped-after"];
    refused("sd-jwt.wrong-sd-hash", &changed);
    refused("sd-jwt.wrong-sd-hash", &["kb-sd-hash-wrong", "kb-sd-hash-hex", "kb-of-another-credential"]);
}

#[test]
fn row_14_disclosures_and_digests_are_what_the_rfc_allows() {
    refused("sd-jwt.reserved-name", &["disclosure-named-sd", "disclosure-named-dots", "sd-alg-nested"]);
    refused("sd-jwt.name-collision", &["disclosed-over-an-open-claim", "disclosed-twice-under-one-name"]);
    refused("sd-jwt.bad-disclosure", &["disclosure-of-one", "disclosure-of-four"]);
    refused("sd-jwt.bad-disclosure", &["element-disclosure-in-object", "object-disclosure-in-array"]);
    refused("sd-jwt.digest-twice", &["digest-twice-in-one-list", "digest-twice-through-a-disclosure"]);
    refused("sd-jwt.unreferenced-disclosure", &["disclosure-unreferenced", "disclosure-without-its-parent"]);
    refused("sd-jwt.unknown-hash", &["sd-alg-truncated", "sd-alg-unknown"]);
}

#[test]
fn row_15_algorithms_headers_and_types_are_an_allow_list() {
    refused(
        "sd-jwt.bad-algorithm",
        &["alg-none", "alg-hs256", "alg-mismatch", "kb-alg-none", "kb-alg-hs256"],
    );
    refused("sd-jwt.bad-header", &["crit", "key-in-header", "kb-crit", "kb-key-in-header"]);
    refused("sd-jwt.wrong-type", &["kb-is-a-grant", "typ-of-key-binding", "kb-typ-jwt"]);
    // The public key as an HMAC key: the algorithm is refused before any key is touched.
    let draft = Draft { header: r#"{"alg":"HS256","typ":"dc+sd-jwt"}"#.into(), ..Draft::new() };
    let jwt = draft.jwt();
    let (input, _) = jwt.rsplit_once('.').unwrap();
    let mut key = [0; 32];
    key.copy_from_slice(&draft.cast.issuer_key().x());
    let tag = chop_crypto::hmac_sha256(&key, &[input.as_bytes()]);
    let forged = format!("{input}.{}~", to_base64url(&[tag, tag].concat()));
    assert_eq!(UnverifiedSdJwt::parse(&forged).err(), Some(SdJwtError::BadAlgorithm));
}

#[test]
fn row_16_decoys_are_no_data_and_validity_is_never_hidden() {
    let draft = Draft::new();
    let parsed = UnverifiedSdJwt::parse(&draft.compact()).unwrap();
    let verified = parsed.verify_presentation(&draft.cast.issuer_key(), TypeRule::AnySdJwt, &EXPECTED, NOW);
    let verified = verified.unwrap();
    assert_eq!(verified.claims()["nationalities"], json!(["CN"]), "an element kept back leaves no trace");
    assert_eq!(verified.sd_jwt().disclosure_digests().len(), 3, "decoys are not counted");
    refused(
        "sd-jwt-vc.hidden-claim",
        &["vc-exp-hidden", "vc-nbf-hidden", "vc-cnf-hidden", "vc-status-hidden"],
    );
}

#[test]
fn row_17_one_text_one_meaning() {
    let doubled =
        ["payload-duplicate-key", "header-duplicate-key", "disclosure-duplicate-key", "kb-duplicate-key"];
    refused("sd-jwt.duplicate-key", &doubled);
    refused("sd-jwt.bad-encoding", &["disclosure-not-canonical", "disclosure-not-base64url"]);
    refused("sd-jwt.bad-json", &["payload-bom"]);
    for payload in [&b"{\"a\":\"\xff\"}"[..], b"{\"a\":\"\0\"}", b"{}\0", b"\xff\xfe{\0}\0"] {
        let draft = Draft { payload_bytes: Some(payload.to_vec()), ..Draft::new() };
        assert_eq!(refusal(&draft.compact()), Some("sd-jwt.bad-json"));
    }
}

#[test]
fn row_18_depth_and_length_are_bounded() {
    let deep = ["payload-depth-200", "disclosure-too-deep", "chain-of-disclosures-too-deep"];
    refused("sd-jwt.too-deep", &deep);
    let huge = "A".repeat(MAX_BYTES);
    let draft = Draft::new();
    assert_eq!(refusal(&(draft.sd() + &huge)), Some("sd-jwt.too-large"), "a long key binding");
    assert_eq!(refusal(&format!("{huge}~")), Some("sd-jwt.too-large"));
    assert_eq!(refusal(&"~".repeat(4096)), Some("sd-jwt.malformed"));
    assert_eq!(refusal(&"[".repeat(4096)), Some("sd-jwt.malformed"));
    assert_eq!(refusal(&format!("{{\"a\":{}", "[".repeat(4096))), Some("sd-jwt.too-deep"));
}

#[test]
fn row_25_a_presentation_from_the_future_is_refused_beyond_five_minutes() {
    refused("sd-jwt.key-binding-in-future", &["kb-in-future"]);
    refused("sd-jwt.issued-in-future", &["issued-in-future"]);
    refused("sd-jwt.bad-time", &["exp-out-of-range", "kb-iat-text"]);
}

#[test]
fn row_41_a_genuine_presentation_under_another_grant_is_not_the_subjects() {
    refused("sd-jwt.wrong-grant", &["kb-grant-missing", "kb-grant-other"]);
}

#[test]
fn row_44_the_twin_of_a_signature_is_the_same_presentation_to_sd_hash() {
    // (r, n-s) verifies too: so what counts once is counted by nonce and digest of the content, never by
    // the text of a signature. Here: a twin of the issuer's signature breaks the holder's binding.
    let draft = Draft::new();
    let sd = draft.sd();
    let (jwt, rest) = sd.split_once('~').unwrap();
    let (input, signature) = jwt.rsplit_once('.').unwrap();
    let mut signature: [u8; 64] = from_base64url(signature).unwrap().try_into().unwrap();
    negate_s(&mut signature);
    let twin = format!("{input}.{}~{rest}", to_base64url(&signature));
    assert_ne!(sha256(twin.as_bytes()), sha256(sd.as_bytes()));
    let parsed = UnverifiedSdJwt::parse(&twin).unwrap();
    assert!(parsed.verify(&draft.cast.issuer_key(), TypeRule::AnySdJwt, NOW).is_ok(), "the twin is valid");
    assert_eq!(refusal(&(twin + &draft.key_binding())), Some("sd-jwt.wrong-sd-hash"));
}

#[test]
fn what_could_not_be_read_is_not_issued() {
    let cast = Cast::new();
    let try_issue = |claims: Value, hidden: Value| {
        let disclosable: Vec<_> = serde_json::from_value(hidden).unwrap();
        let issuance = Issuance {
            typ: "x+sd-jwt",
            x5c: &[],
            kid: None,
            claims: claims.as_object().unwrap(),
            disclosable: &disclosable,
            holder: Some(&cast.holder_key()),
            pad_digests_to: 0,
        };
        let sign = |m: &[u8]| cast.store.sign(&cast.issuer.id, SigningDomain::Credential, m);
        issue(&SeededRandom::new("i"), &issuance, &sign).map(|text| Held::read(&text).err())
    };
    let nested = |depth: usize| (0..depth).fold(json!(1), |inner, _| json!([inner]));
    assert_eq!(try_issue(json!({"a": nested(63)}), json!([["a"]])), Ok(None));
    assert_eq!(try_issue(json!({"a": nested(63)}), json!([["a", 0], ["a"]])), Ok(None));
    for (claims, hidden) in [
        (json!({"a": nested(64)}), json!([])),
        (json!({"_sd": []}), json!([])),
        (json!({"a": [{"...": 1}]}), json!([])),
        (json!({"a": {"_sd_alg": "sha-256"}}), json!([])),
        (json!({"cnf": {}}), json!([])),
        (json!({"a": 1}), json!([["b"]])),
        (json!({"a": 1}), json!([["a", "b"]])),
        (json!({"a": [1]}), json!([["a", 1]])),
        (json!({"a": 1}), json!([[0]])),
        (json!({"a": vec![0; 5000]}), json!([["a", null]])),
        (json!({"a": "x".repeat(MAX_BYTES)}), json!([])),
    ] {
        assert_eq!(try_issue(claims, hidden), Err(SdJwtError::NotIssuable));
    }
}

/// Each kept bad file is refused with this code.
fn refused(code: &str, names: &[&str]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/sd_jwt/bad");
    for name in names {
        let text = std::fs::read_to_string(folder.join(name)).unwrap();
        assert_eq!(refusal(&text), Some(code), "{name}");
    }
}

/// s becomes n - s, n the order of P-256 (SEC 2 section 2.4.2).
fn negate_s(signature: &mut [u8; 64]) {
    const ORDER: [u8; 32] = [
        0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xbc, 0xe6, 0xfa,
        0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
    ];
    let mut borrow = 0;
    for at in (0..32).rev() {
        let difference = i16::from(ORDER[at]) - i16::from(signature[32 + at]) - borrow;
        borrow = i16::from(difference < 0);
        signature[32 + at] = u8::try_from(difference.rem_euclid(256)).unwrap();
    }
}
