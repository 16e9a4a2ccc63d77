//! Requests: every file of `testdata/request`, both sides of the rules, and the rows of the attack list.

use chop_crypto::encoding::to_base64url;
use chop_crypto::testing::SeededRandom;
use chop_crypto::{KeyPurpose, sha256};
use chop_formats::dcql::{DcqlError, DcqlQuery};
use chop_formats::deflate::deflate;
use chop_formats::frame::{Message, MessageKind};
use chop_formats::jose::{JoseError, jwk};
use chop_formats::pack::pack;
use chop_formats::request::{
    Carrier, ClientIdForm, MAX_REQUEST_BYTES, RequestDraft, RequestError, RequestRule, SignedRequest,
    UnverifiedRequest, VerifiedRequest, encryption_kid, make_nonce,
};
use chop_formats::trust_list::{Standing, TrustView};
use chop_formats::x509::{X509Error, x509_hash};
use chop_model::{
    Action, Contact, Jurisdiction, LangText, LegalId, OnExpiry, Purpose, Retention, UnixTime, UseTerms,
};
use serde_json::{Value, json};

use crate::checks::hold;
use crate::given::code_of;
use crate::keys::{NamedKeys, forge_json, key_id, public};
use crate::pki::{NOW, leaf};
use crate::trust_list::{certified, hospital_der, view};

#[test]
fn every_duty_has_its_bad_request() {
    hold("request", &|text| {
        let text = std::str::from_utf8(text).unwrap();
        code_of(verify(text, NOW, Carrier::Optic))
    });
}

#[test]
fn a_good_request_is_verified() {
    let signed = sign(draft());
    let request = verify(&signed.text, NOW, Carrier::Optic).unwrap();
    assert_eq!(request.text(), signed.text);
    assert_eq!(request.digest(), sha256(signed.text.as_bytes()));
    assert_eq!(request.client_id(), x509_hash(&hospital_der()));
    assert_eq!(request.client_id(), signed.client_id);
    assert_eq!(request.nonce(), draft().nonce);
    assert_eq!((request.iat(), request.exp()), (NOW, NOW.plus(300)));
    assert_eq!(request.dcql(), &draft().dcql);
    assert_eq!(request.terms(), &terms());
    assert_eq!(request.encryption_key(), &public("ephemeral"));
    assert_eq!(request.kid(), encryption_kid(&public("ephemeral")));
    assert_eq!(request.vlc(), &[7; 32]);
    assert_eq!(request.chain().leaf_der(), hospital_der());
    assert_eq!(request.shown_names().zh_hant, "海港醫院");
    assert_eq!(request.shown_legal_id(), Some("12345678"));
    assert_eq!(request.says_of_itself().en, "Harbour Hospital");
    assert!(request.listed().is_some() && !request.has_punycode_name() && !request.trust_is_stale());
    assert_eq!(format!("{request:?}"), format!("VerifiedRequest({})", request.client_id()));
}

#[test]
fn a_dns_name_of_the_certificate_will_do() {
    let by_name = RequestDraft { client_id: ClientIdForm::SanDns("hospital.example".into()), ..draft() };
    let signed = sign(by_name.clone());
    assert_eq!(
        verify(&signed.text, NOW, Carrier::Optic).unwrap().client_id(),
        "x509_san_dns:hospital.example"
    );
    let other = RequestDraft { client_id: ClientIdForm::SanDns("clinic.example".into()), ..by_name };
    assert_eq!(other.sign(&keys(), &key_id("hospital")).unwrap_err(), RequestRule::OtherClient.into());
}

#[test]
fn the_signer_refuses_what_a_wallet_would() {
    let refused = |draft: RequestDraft| draft.sign(&keys(), &key_id("hospital")).unwrap_err();
    assert_eq!(refused(RequestDraft { lifetime: 301, ..draft() }), RequestRule::LivesTooLong.into());
    assert_eq!(refused(RequestDraft { lifetime: 0, ..draft() }), RequestRule::BadTimes.into());
    assert_eq!(refused(RequestDraft { nonce: "short".into(), ..draft() }), RequestRule::BadNonce.into());
    let same = RequestDraft { encryption_key: public("hospital"), ..draft() };
    assert_eq!(refused(same), RequestRule::EncryptionKeySigns.into());
    assert_eq!(refused(RequestDraft { x5c: Vec::new(), ..draft() }), RequestRule::NoCertificate.into());
    let mut scene = draft();
    scene.terms.purpose.scene = "  ".into();
    assert_eq!(refused(scene), RequestRule::NoScene.into());
    let other = NamedKeys::new(&[("other", KeyPurpose::Verifier)]);
    assert_eq!(draft().sign(&other, &key_id("other")).unwrap_err(), RequestRule::Misuse.into());
    let wrong = NamedKeys::new(&[("hospital", KeyPurpose::Consent)]);
    assert_eq!(draft().sign(&wrong, &key_id("hospital")).unwrap_err(), JoseError::Misuse.into());
}

#[test]
fn row_01_an_unknown_chain_blocks_and_the_name_is_never_the_askers() {
    let text = sign(draft()).text;
    let nobody = UnverifiedRequest::parse(&text).unwrap().verify(&TrustView::default(), NOW, Carrier::Optic);
    assert_eq!(nobody.unwrap_err(), X509Error::UnknownAnchor.into());
    // Known to an authority only: the name is the certificate's, in every language.
    let request = verify(&clinic("Corner Clinic", |_| {}), NOW, Carrier::Optic).unwrap();
    assert_eq!(request.standing(), &Standing::NotListed);
    assert_eq!(request.shown_names(), &LangText::same("Corner Clinic"));
    assert_eq!(request.shown_legal_id(), Some("NTRHK-87654321"));
    assert_eq!(request.says_of_itself().zh_hant, "街角診所");
}

#[test]
fn row_01_names_that_disagree_block() {
    let disagree = Some("request.names-disagree");
    let change = |edit: &dyn Fn(&mut UseTerms)| {
        let mut draft = draft();
        edit(&mut draft.terms);
        code_of(verify(&sign(draft).text, NOW, Carrier::Optic))
    };
    assert_eq!(change(&|t| t.recipient = LangText::same("Hill Hospital")), disagree);
    assert_eq!(change(&|t| t.recipient.pt = "Hospital do Monte".into()), disagree);
    assert_eq!(change(&|t| t.legal_id.value = "99999999".into()), disagree);
    assert_eq!(change(&|t| t.legal_id.scheme = "USCC".into()), disagree);
    assert_eq!(change(&|t| t.jurisdiction = Jurisdiction::Mo), disagree);
    assert_eq!(change(&|t| t.recipient = LangText::same("海港醫院")), None);
    let unlisted =
        |edit: fn(&mut UseTerms)| code_of(verify(&clinic("Corner Clinic", edit), NOW, Carrier::Optic));
    assert_eq!(unlisted(|t| t.recipient = LangText::same("Other Clinic")), disagree);
    assert_eq!(unlisted(|t| t.legal_id.value = "12345679".into()), disagree);
    assert_eq!(unlisted(|t| t.jurisdiction = Jurisdiction::Cn), disagree);
    assert_eq!(unlisted(|t| t.recipient.zh_hant = "海港醫院".into()), disagree);
}

#[test]
fn row_12_only_known_client_id_prefixes_and_the_full_identifier() {
    for (client_id, code) in [
        ("hospital.example", "request.unknown-client-id"),
        ("redirect_uri:https://hospital.example/cb", "request.unknown-client-id"),
        ("decentralized_identifier:did:web:hospital.example", "request.unknown-client-id"),
        ("openid_federation:https://hospital.example", "request.unknown-client-id"),
        ("verifier_attestation:hospital", "request.unknown-client-id"),
        ("origin:https://hospital.example", "request.unknown-client-id"),
        ("X509_hash:AAAA", "request.unknown-client-id"),
        ("x509_hash:", "request.other-client"),
        ("x509_hash:ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0", "request.other-client"),
        ("x509_san_dns:clinic.example", "request.other-client"),
        ("x509_san_dns:HOSPITAL.example", "request.other-client"),
        ("x509_san_dns:hospital.example.", "request.other-client"),
        ("x509_san_dns:", "request.other-client"),
    ] {
        assert_eq!(with(|p| p["client_id"] = json!(client_id)), Some(code), "{client_id}");
    }
    let hash = x509_hash(&hospital_der());
    assert_eq!(with(|p| p["client_id"] = json!(format!("{hash}="))), Some("request.other-client"));
    for aud in [json!(["https://self-issued.me/v2"]), json!("https://self-issued.me/v2/"), Value::Null] {
        assert_eq!(with(|p| p["aud"] = aud.clone()), Some("request.bad-audience"), "{aud}");
    }
}

#[test]
fn row_12_a_wildcard_certificate_names_no_client() {
    let der = certified(&leaf("Corner Clinic", "NTRHK-87654321", "*.clinic.example"), "clinic");
    for name in ["*.clinic.example", "a.clinic.example"] {
        let (header, mut payload) = (header(&der), payload(clinic_draft(der.clone())));
        payload["client_id"] = json!(format!("x509_san_dns:{name}"));
        let verdict = verify(&forge_json(&header, &payload, "clinic"), NOW, Carrier::Optic);
        assert_eq!(verdict.unwrap_err(), RequestRule::OtherClient.into(), "{name}");
    }
}

#[test]
fn row_15_other_algorithms_types_and_keys_are_refused() {
    let with_header = |edit: fn(&mut Value)| {
        let mut header = header(&hospital_der());
        edit(&mut header);
        code_of(verify(&forge_json(&header, &payload(draft()), "hospital"), NOW, Carrier::Optic))
    };
    assert_eq!(with_header(|_| {}), None);
    for alg in ["none", "None", "HS256", "ES384", "RS256", "EdDSA", "ES256K"] {
        let mut header = header(&hospital_der());
        header["alg"] = json!(alg);
        let text = forge_json(&header, &payload(draft()), "hospital");
        assert_eq!(verify(&text, NOW, Carrier::Optic).unwrap_err(), JoseError::BadAlgorithm.into(), "{alg}");
    }
    assert_eq!(with_header(|h| h["crit"] = json!(["vlc"])), Some("jose.critical-header"));
    assert_eq!(with_header(|h| h["typ"] = json!("JWT")), Some("jose.wrong-type"));
    assert_eq!(with_header(|h| h["typ"] = json!("chop-grant+jwt")), Some("jose.wrong-type"));
    assert_eq!(with_header(|h| h["jwk"] = jwk::to_value(&public("hospital"))), Some("jose.key-in-header"));
    let unsigned = forge_json(&header(&hospital_der()), &payload(draft()), "hospital");
    let unsigned = format!("{}.", &unsigned[..unsigned.rfind('.').unwrap()]);
    assert_eq!(verify(&unsigned, NOW, Carrier::Optic).unwrap_err(), JoseError::NotCompact.into());
}

#[test]
fn row_24_an_asker_with_a_confusable_name_is_refused() {
    let text = clinic("Hаrbour Hospital", |t| t.recipient = LangText::same("Hаrbour Hospital"));
    assert_eq!(code_of(verify(&text, NOW, Carrier::Optic)), Some("trust.looks-like-listed"));
    let text = clinic("Corner Clinic", |t| t.recipient.en = "Harbour\u{a0}Hospital".into());
    assert_eq!(code_of(verify(&text, NOW, Carrier::Optic)), Some("request.names-disagree"));
    for (name, code) in [
        ("Harbour \u{202e}latipsoH", "text.bidi-control"),
        ("Harbour\u{200b} Hospital", "text.invisible-character"),
        ("H\u{7}", "text.control-character"),
    ] {
        assert_eq!(with(|p| p["verifier_info"][0]["data"]["recipient"]["en"] = json!(name)), Some(code));
    }
    let der = certified(&leaf("Corner Clinic", "NTRHK-87654321", "xn--hspital-n1a.example"), "clinic");
    let request = verify(&sign_clinic(clinic_draft(der)).text, NOW, Carrier::Optic).unwrap();
    assert!(request.has_punycode_name());
}

#[test]
fn row_25_clocks_may_differ_by_five_minutes() {
    let text = sign(draft()).text;
    let at = |seconds: i64| code_of(verify(&text, NOW.plus(seconds), Carrier::Optic));
    assert_eq!(at(-301), Some("request.from-the-future"));
    assert_eq!(at(-300), None);
    assert_eq!(at(300), None);
    assert_eq!(at(301), Some("request.expired"));
    assert_eq!(at(86_400 * 365), Some("request.expired"));
    for (iat, exp, code) in [
        (json!(NOW.0), json!(NOW.0 + 301), "request.lives-too-long"),
        (json!(NOW.0), json!(i64::MAX), "request.lives-too-long"),
        (json!(-1), json!(i64::MAX), "request.bad-times"),
        (json!(NOW.0), json!(NOW.0), "request.bad-times"),
        (json!(NOW.0 + 1), json!(NOW.0), "request.bad-times"),
        (json!("1795219200"), json!(NOW.0 + 9), "request.bad-times"),
        (json!(NOW.0 as f64 + 0.5), json!(NOW.0 + 9), "request.bad-times"),
        (json!(NOW.0 * 1000), json!(NOW.0 * 1000 + 9), "request.from-the-future"),
        (Value::Null, json!(NOW.0 + 9), "request.bad-times"),
    ] {
        let edit = |p: &mut Value| {
            p["iat"] = iat.clone();
            p["exp"] = exp.clone();
        };
        assert_eq!(with(edit), Some(code), "{iat} {exp}");
    }
}

#[test]
fn row_26_nonces_are_fresh_and_long() {
    let random = SeededRandom::new("nonces");
    let nonces: std::collections::BTreeSet<_> = (0..100).map(|_| make_nonce(&random).unwrap()).collect();
    assert_eq!(nonces.len(), 100);
    for nonce in [
        "",
        "AAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAB",
        "n-0S6_WzA2Mj~AAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAA==",
    ] {
        assert_eq!(with(|p| p["nonce"] = json!(nonce)), Some("request.bad-nonce"), "{nonce}");
    }
    assert_eq!(with(|p| p["nonce"] = json!("A".repeat(132))), Some("request.bad-nonce"));
    assert_eq!(with(|p| p["nonce"] = json!(17)), Some("request.bad-nonce"));
    assert_eq!(with(|p| p["nonce"] = json!(to_base64url(&[9; 16]))), None);
}

#[test]
fn row_49_a_request_for_another_carrier_is_refused() {
    let text = sign(draft()).text;
    for carrier in [Carrier::Link, Carrier::Relay] {
        assert_eq!(verify(&text, NOW, carrier).unwrap_err(), RequestRule::OtherCarrier.into());
        assert_eq!(
            with(|p| p["response_mode"] = json!(carrier.response_mode())),
            Some("request.other-carrier")
        );
    }
    for mode in ["direct_post", "fragment", "dc_api.jwt", "", "CHOP_OPTIC.JWT"] {
        assert_eq!(with(|p| p["response_mode"] = json!(mode)), Some("request.other-carrier"), "{mode}");
    }
    for name in ["response_uri", "redirect_uri", "redirect_uris"] {
        assert_eq!(with(|p| p[name] = json!("https://hospital.example")), Some("request.answer-elsewhere"));
    }
}

#[test]
fn a_wildcard_scope_is_refused() {
    let wildcard = json!({"credentials": [{"id": "ips", "format": "dc+sd-jwt",
        "meta": {"vct_values": ["urn:chop:ips:1"]}, "claims": [{"path": ["sections", null]}]}]});
    assert_eq!(
        with(|p| p["dcql_query"] = wildcard.clone()),
        Some(chop_model::Coded::code(&DcqlError::Wildcard))
    );
}

#[test]
fn unknown_members_are_ignored() {
    assert_eq!(
        with(|p| {
            p["iss"] = json!("somebody");
            p["later"] = json!([1]);
        }),
        None
    );
    let other = json!({"format": "jwt", "data": "x"});
    assert_eq!(with(|p| p["verifier_info"].as_array_mut().unwrap().insert(0, other.clone())), None);
}

#[test]
fn any_byte_of_a_request_is_covered() {
    let text = sign(draft()).text;
    let trust = view();
    for at in 0..text.len() {
        let mut bent = text.clone().into_bytes();
        bent[at] = if bent[at] == b'A' { b'B' } else { b'A' };
        let bent = String::from_utf8(bent).unwrap();
        let verdict = UnverifiedRequest::parse(&bent).and_then(|r| r.verify(&trust, NOW, Carrier::Optic));
        assert!(verdict.is_err(), "byte {at}");
    }
}

#[test]
#[expect(clippy::print_stdout, reason = "the size is what this test is for")]
fn a_typical_request_fits_three_frames() {
    let text = sign(draft()).text;
    let packed = pack(&text).unwrap();
    let deflated = deflate(&packed).unwrap();
    let frames = Message::text(MessageKind::Request, &text).unwrap().frames().unwrap();
    let sizes = (text.len(), packed.len(), deflated.len(), frames.len());
    println!(
        "request: {} characters, packed {} bytes, deflated {} bytes, {} frames",
        sizes.0, sizes.1, sizes.2, sizes.3
    );
    assert!(frames.len() <= 3, "{sizes:?}");
}

proptest::proptest! {
    #[test]
    fn random_requests_never_panic(noise in "[A-Za-z0-9_.-]{0,300}", bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..300)) {
        assert!(UnverifiedRequest::parse(&noise).is_err());
        let header = serde_json::to_vec(&header(&hospital_der())).unwrap();
        let text = crate::keys::forge(&header, &bytes, "hospital");
        assert!(verify(&text, NOW, Carrier::Optic).is_err());
    }

    #[test]
    fn a_member_of_another_kind_never_panics(at in 0usize..11, value in any_member()) {
        let mut payload = payload(draft());
        let name = payload.as_object().unwrap().keys().nth(at).unwrap().clone();
        payload[&name] = value;
        let _ = verify(&forge_json(&header(&hospital_der()), &payload, "hospital"), NOW, Carrier::Optic);
    }
}

fn any_member() -> impl proptest::strategy::Strategy<Value = Value> {
    proptest::sample::select(vec![
        Value::Null,
        json!(true),
        json!(-1),
        json!(1e300),
        json!(""),
        json!("x"),
        json!([]),
        json!([null]),
        json!({}),
        json!({"jwks": 1}),
        json!({"jwks": {"keys": [1]}}),
        json!({"credentials": [[]]}),
        json!([{"format": "urn:chop:use-terms:1"}]),
        json!([{"format": "urn:chop:use-terms:1", "data": []}]),
    ])
}

/// The code with which the hospital's request is refused after `edit`.
fn with(edit: impl Fn(&mut Value)) -> Option<&'static str> {
    let mut payload = payload(draft());
    edit(&mut payload);
    code_of(verify(&forge_json(&header(&hospital_der()), &payload, "hospital"), NOW, Carrier::Optic))
}

fn verify(text: &str, now: UnixTime, carrier: Carrier) -> Result<VerifiedRequest, RequestError> {
    UnverifiedRequest::parse(text)?.verify(&view(), now, carrier)
}

fn sign(draft: RequestDraft) -> SignedRequest {
    let signed = draft.sign(&keys(), &key_id("hospital")).unwrap();
    assert!(signed.text.len() < MAX_REQUEST_BYTES);
    signed
}

/// A request by somebody with this name in a certificate of the list's authority, and not listed.
fn clinic(name: &str, edit: impl Fn(&mut UseTerms)) -> String {
    let mut draft = clinic_draft(certified(&leaf(name, "NTRHK-87654321", "clinic.example"), "clinic"));
    edit(&mut draft.terms);
    sign_clinic(draft).text
}

fn sign_clinic(draft: RequestDraft) -> SignedRequest {
    draft.sign(&NamedKeys::new(&[("clinic", KeyPurpose::Verifier)]), &key_id("clinic")).unwrap()
}

fn clinic_draft(der: Vec<u8>) -> RequestDraft {
    let mut draft = RequestDraft { x5c: vec![der], ..draft() };
    draft.terms.recipient = LangText { zh_hant: "街角診所".into(), ..LangText::same("Corner Clinic") };
    draft.terms.legal_id.value = "87654321".into();
    draft
}

fn keys() -> NamedKeys {
    NamedKeys::new(&[("hospital", KeyPurpose::Verifier)])
}

pub(crate) fn header(der: &[u8]) -> Value {
    json!({"alg": "ES256", "typ": "oauth-authz-req+jwt", "x5c": [chop_crypto::encoding::to_base64(der)]})
}

/// The payload of a signed draft.
pub(crate) fn payload(draft: RequestDraft) -> Value {
    let is_hospital = draft.x5c[0] == hospital_der();
    let text = if is_hospital { sign(draft).text } else { sign_clinic(draft).text };
    let payload = text.split('.').nth(1).unwrap();
    serde_json::from_slice(&chop_crypto::encoding::from_base64url(payload).unwrap()).unwrap()
}

pub(crate) fn draft() -> RequestDraft {
    RequestDraft {
        client_id: ClientIdForm::Hash,
        x5c: vec![hospital_der()],
        nonce: to_base64url(&[3; 16]),
        iat: NOW,
        lifetime: 300,
        dcql: DcqlQuery::from_value(&json!({ "credentials": [
            {"id": "ips", "format": "dc+sd-jwt", "meta": {"vct_values": ["urn:chop:ips:1"]},
             "claims": [{"path": ["48765-2"]}, {"path": ["10160-0"]}, {"path": ["11450-4"]}]},
            {"id": "transcript", "format": "dc+sd-jwt", "meta": {"vct_values": ["urn:chop:transcript:1"]},
             "claims": [{"path": ["degree"]}, {"path": ["courses", 0, "name"]}]},
        ]}))
        .unwrap(),
        terms: terms(),
        encryption_key: public("ephemeral"),
        vlc: [7; 32],
    }
}

fn terms() -> UseTerms {
    UseTerms {
        recipient: LangText {
            zh_hans: "海港醫院".into(),
            zh_hant: "海港醫院".into(),
            ..LangText::same("Harbour Hospital")
        },
        legal_id: LegalId { scheme: "BRN".into(), value: "12345678".into() },
        jurisdiction: Jurisdiction::Hk,
        contact: Contact {
            name: "Data office".into(),
            tel: "+852 0000 0000".into(),
            email: "data@hospital.example".into(),
        },
        purpose: Purpose {
            code: "care.consultation".into(),
            id: "https://w3id.org/dpv/sector/health#ConsultationManagement".into(),
            scene: "outpatient".into(),
            text: LangText {
                zh_hans: "门诊会诊".into(),
                zh_hant: "門診會診".into(),
                en: "Consultation in the outpatient clinic".into(),
                pt: "Consulta externa".into(),
            },
        },
        actions: vec![Action::View],
        retention: Retention { days: 30, on_expiry: OnExpiry::Delete },
        onward: Vec::new(),
        locations: vec![Jurisdiction::Hk],
        necessity: Some(LangText::same("Allergies decide the medicine.")),
        impact: None,
        refusal: None,
        rights_channel: "https://hospital.example/rights".into(),
        automated_decision: None,
        details: chop_model::UseDetails::default(),
    }
}
