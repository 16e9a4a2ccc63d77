//! The duties of CHECKS.md.

use chop_model::Coded;
use serde_json::{Value, json};

use super::*;
use crate::checks;

#[test]
fn every_duty_has_its_bad_offer() {
    checks::hold("openid4vci", &|bytes| {
        let judged = match bytes.first() {
            Some(b'{') => CredentialOffer::read(bytes).map(|_| ()),
            _ => OfferText::parse(std::str::from_utf8(bytes).unwrap()).map(|_| ()),
        };
        judged.err().map(|error| error.code())
    });
}

const ISSUER: &str = "https://i.example/t";

fn offer() -> CredentialOffer {
    let offer = json!({
        "credential_issuer": ISSUER, "credential_configuration_ids": ["t"],
        "grants": { "urn:ietf:params:oauth:grant-type:pre-authorized_code": { "pre-authorized_code": "c" } },
    });
    CredentialOffer::read(offer.to_string().as_bytes()).unwrap()
}

fn metadata(edit: impl FnOnce(&mut Value)) -> Option<&'static str> {
    let mut metadata = json!({
        "credential_issuer": ISSUER, "credential_endpoint": "https://i.example/c",
        "nonce_endpoint": "https://i.example/n",
        "credential_configurations_supported": { "t": {
            "format": "dc+sd-jwt", "vct": "urn:t:1", "cryptographic_binding_methods_supported": ["jwk"],
            "proof_types_supported": { "jwt": { "proof_signing_alg_values_supported": ["ES256"] } },
        } },
    });
    edit(&mut metadata);
    IssuerMetadata::read(metadata.to_string().as_bytes(), &offer()).err().map(|error| error.code())
}

#[test]
fn metadata_are_of_one_issuer_and_lead_nowhere_else() {
    assert_eq!(metadata(|_| {}), None);
    let t = "/credential_configurations_supported/t";
    let set = |at: String, value: Value| move |m: &mut Value| *m.pointer_mut(&at).unwrap() = value;
    for (at, value, code) in [
        ("/credential_issuer".to_owned(), json!("https://i.example"), "issuance.other-issuer"),
        ("/credential_endpoint".to_owned(), json!("https://j.example/c"), "issuance.other-address"),
        ("/nonce_endpoint".to_owned(), json!("https://j.example/n"), "issuance.other-address"),
        ("/credential_endpoint".to_owned(), json!("http://i.example/c"), "web.not-https"),
        ("/credential_endpoint".to_owned(), json!(7), "issuance.bad-metadata"),
        ("/credential_configurations_supported".to_owned(), json!({}), "issuance.no-such-configuration"),
        (format!("{t}/format"), json!("mso_mdoc"), "issuance.format-unsupported"),
        (
            format!("{t}/cryptographic_binding_methods_supported"),
            json!(["did"]),
            "issuance.binding-unsupported",
        ),
        (format!("{t}/proof_types_supported"), json!({}), "issuance.binding-unsupported"),
        (format!("{t}/vct"), Value::Null, "issuance.bad-metadata"),
    ] {
        assert_eq!(metadata(set(at.clone(), value)), Some(code), "{at}");
    }
    let servers = |list: Value| metadata(|m| m["authorization_servers"] = list);
    assert_eq!(servers(json!(["https://as.example"])), None);
    assert_eq!(servers(json!(["https://a.example", "https://b.example"])), Some("issuance.bad-metadata"));
    let server = crate::web_address::WebAddress::parse("https://as.example").unwrap();
    let read = |value: Value| ServerMetadata::read(value.to_string().as_bytes(), &server);
    let code = |value: Value| read(value).err().map(|error| error.code());
    assert_eq!(
        code(json!({ "issuer": "https://as.example", "token_endpoint": "https://as.example/t" })),
        None
    );
    let other = json!({ "issuer": "https://x.example", "token_endpoint": "https://as.example/t" });
    assert_eq!(code(other), Some("issuance.other-issuer"));
    let away = json!({ "issuer": "https://as.example", "token_endpoint": "https://x.example/t" });
    assert_eq!(code(away), Some("issuance.other-address"));
    let grants = json!({
        "issuer": "https://as.example", "token_endpoint": "https://as.example/t",
        "grant_types_supported": ["authorization_code"],
    });
    assert_eq!(code(grants), Some("issuance.no-code-grant"));
}

#[test]
fn answers_of_another_shape_are_refused_by_name() {
    let token = |value: Value| read_token(value.to_string().as_bytes()).err().map(|error| error.code());
    assert_eq!(token(json!({ "access_token": "t", "token_type": "bearer" })), None);
    for bad in [
        json!({ "access_token": "t" }),
        json!({ "access_token": "t", "token_type": "DPoP" }),
        json!({ "access_token": "a\r\nX: y", "token_type": "Bearer" }),
    ] {
        assert_eq!(token(bad), Some("issuance.bad-token"));
    }
    let nonce = read_nonce(b"{}").err().map(|error| error.code());
    assert_eq!(nonce, Some("issuance.bad-nonce"));
    let credential = |value: Value| read_credential(value.to_string().as_bytes()).err().map(|e| e.code());
    assert_eq!(credential(json!({ "credentials": [{ "credential": "x" }] })), None);
    assert_eq!(credential(json!({ "transaction_id": "x" })), Some("issuance.deferred"));
    for bad in [json!({}), json!({ "credentials": [] }), json!({ "credentials": [{}, {}] })] {
        assert_eq!(credential(bad), Some("issuance.bad-credential"));
    }
    let refusal = |error: &str, with_code| {
        let body = json!({ "error": error, "attempts_left": 2 });
        let (rule, tries) = read_refusal(body.to_string().as_bytes(), with_code);
        (rule.code(), tries)
    };
    assert_eq!(refusal("invalid_grant", true), ("issuance.code-wrong", Some(2)));
    assert_eq!(refusal("invalid_grant", false).0, "issuance.offer-over");
    assert_eq!(refusal("invalid_nonce", false).0, "issuance.proof-refused");
    assert_eq!(refusal("access_denied", false).0, "issuance.refused");
    assert_eq!(read_refusal(b"<html>", true), (IssuanceRule::Refused, None));
}
