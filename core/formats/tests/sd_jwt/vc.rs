//! What SD-JWT VC adds, on the issuer's and on the verifier's side.

use chop_crypto::Keystore;
use chop_crypto::SigningDomain;
use chop_crypto::testing::SeededRandom;
use chop_formats::claim_path::ClaimPath;
use chop_formats::sd_jwt::{Issuance, SdJwtError};
use chop_formats::sd_jwt_vc::{TYP, UnverifiedCredential, issue};
use serde_json::{Map, Value, json};

use crate::draft::{Cast, Draft, EXPECTED, NOW, digest, disclosure};

#[test]
fn a_credential_says_who_what_whose_and_until_when() {
    let mut draft = Draft::new();
    draft.payload["status"] = json!({"status_list": {"idx": 1, "uri": "https://issuer.example/1"}});
    let parsed = UnverifiedCredential::parse(&draft.compact()).unwrap();
    let presented = parsed.verify_presentation(&draft.cast.issuer_key(), &EXPECTED, NOW).unwrap();
    let credential = presented.credential();
    assert_eq!(credential.vct(), "urn:chop:test:1");
    assert_eq!(credential.issuer(), Some("https://issuer.example"));
    assert_eq!(credential.holder_key(), Some(&draft.cast.holder_key()));
    assert_eq!(presented.holder_key(), &draft.cast.holder_key());
    assert_eq!(credential.not_after().map(|t| t.0), Some(1_800_000_000));
    assert_eq!(credential.status().unwrap().status, draft.payload["status"]);
    assert_eq!(credential.claims()["given_name"], "小明");
    assert_eq!(presented.key_binding().nonce, crate::draft::NONCE);
}

#[test]
fn what_must_be_open_cannot_be_issued_hidden() {
    let cast = Cast::new();
    let try_issue = |claims: Value, hidden: &str, typ: &str| {
        let claims: &Map<String, Value> = claims.as_object().unwrap();
        let disclosable = [ClaimPath::key(hidden)];
        let issuance = Issuance {
            typ,
            x5c: &[],
            kid: None,
            claims,
            disclosable: &disclosable,
            holder: None,
            pad_digests_to: 0,
        };
        let sign = |m: &[u8]| cast.store.sign(&cast.issuer.id, SigningDomain::Credential, m);
        issue(&SeededRandom::new("vc"), &issuance, &sign).map(drop)
    };
    let claims = json!({"vct": "urn:x", "exp": 1, "status": {}, "name": "x"});
    assert_eq!(try_issue(claims.clone(), "name", TYP), Ok(()));
    for hidden in ["vct", "exp", "status"] {
        assert_eq!(try_issue(claims.clone(), hidden, TYP), Err(SdJwtError::HiddenClaim), "{hidden}");
    }
    assert_eq!(try_issue(json!({"name": 1}), "name", TYP), Err(SdJwtError::NoCredentialType));
    assert_eq!(try_issue(claims, "name", "vc+sd-jwt"), Err(SdJwtError::NoCredentialType));
}

pub(crate) fn bad() -> Vec<(&'static str, String)> {
    let with = |change: &dyn Fn(&mut Draft)| {
        let mut draft = Draft::new();
        change(&mut draft);
        draft.compact()
    };
    let hidden = |name: &'static str, value: Value| {
        with(&|d| {
            d.payload.as_object_mut().unwrap().remove(name);
            d.disclose(&json!(["salt", name, value]).to_string());
        })
    };
    let partly_hidden = |outer: &'static str, inner: &'static str, value: Value| {
        with(&|d| {
            let text = disclosure(&json!(["salt", inner, value]).to_string());
            d.payload[outer] = json!({"_sd": [digest(&text)]});
            d.disclosures.push(text);
        })
    };
    let claim = |name: &'static str, value: Value| with(&|d| d.payload[name] = value.clone());
    vec![
        ("vc-legacy-typ", with(&|d| d.header = r#"{"alg":"ES256","typ":"vc+sd-jwt"}"#.into())),
        ("vc-typ-missing", with(&|d| d.header = r#"{"alg":"ES256"}"#.into())),
        ("vc-vct-missing", with(&|d| drop(d.payload.as_object_mut().unwrap().remove("vct")))),
        ("vc-vct-not-text", claim("vct", json!(1))),
        ("vc-iss-hidden", hidden("iss", json!("https://issuer.example"))),
        ("vc-nbf-hidden", hidden("nbf", json!(1))),
        ("vc-exp-hidden", hidden("exp", json!(1_800_000_000))),
        ("vc-cnf-hidden", hidden("cnf", Draft::new().payload["cnf"].clone())),
        ("vc-vct-hidden", hidden("vct", json!("urn:chop:test:1"))),
        ("vc-vct-integrity-hidden", hidden("vct#integrity", json!("sha256-x"))),
        ("vc-status-hidden", hidden("status", json!({}))),
        ("vc-status-partly-hidden", partly_hidden("status", "status_list", json!({"idx": 1}))),
        ("vc-cnf-partly-hidden", partly_hidden("cnf", "jwk", Draft::new().payload["cnf"]["jwk"].clone())),
        ("vc-status-not-object", claim("status", json!("active"))),
        ("vc-iss-not-text", claim("iss", json!(["https://issuer.example"]))),
        ("vc-sub-not-text", claim("sub", json!(1))),
    ]
}
