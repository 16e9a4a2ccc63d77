//! Rows 25, 29 and 42 of protocol.md section 6, and CHECKS.md.

use chop_crypto::SigningDomain;
use chop_model::{Coded, Id};
use serde_json::{Value, json};

use super::*;
use crate::checks;
use crate::digest64::B64Digest;
use crate::grant::tests::{CLIENT, Keys, NOW};
use crate::jose::jws::sign_json;
use crate::object::SignedObject;

const LEAF: Digest = [11; 32];

fn signer() -> Signer {
    Signer { client_id: CLIENT.into(), org: "USCC:124400000000000004".into(), leaf: LEAF }
}

fn expected(keys: &Keys) -> Expected {
    Expected::of(signer(), &keys.verified(), &keys.verified_delivery())
}

fn common(keys: &Keys) -> Common {
    let (grant, delivery) = (keys.verified(), keys.verified_delivery());
    let binding = delivery.payload().binding();
    Common {
        iss: CLIENT.into(),
        org: signer().org,
        iat: NOW.plus(5),
        jti: Id([3; 16]),
        aud: grant.payload().iss,
        grant: B64Digest(grant.digest()),
        dn: B64Digest(delivery.digest()),
        req: grant.payload().req.unwrap(),
        ct: B64Digest(binding.ct),
        kc: B64Digest(binding.kc),
        hlc: grant.payload().hlc,
        vlc: B64Digest([12; 32]),
    }
}

fn signed_ack(keys: &Keys) -> SignedReceipt<Ack> {
    sign(Ack::new(common(keys)), &LEAF, &keys.store, &keys.verifier.id).unwrap()
}

fn use_of(keys: &Keys, ack: &SignedReceipt<Ack>) -> Use {
    let claims = vec![B64Digest([21; 32]), B64Digest([22; 32])];
    Use::new(
        common(keys),
        B64Digest(ack.digest()),
        B64Digest([10; 32]),
        vec![B64Digest([20; 32])],
        claims,
        Outcome::Accepted {},
    )
}

fn signed_use(keys: &Keys) -> SignedReceipt<Use> {
    sign(use_of(keys, &signed_ack(keys)), &LEAF, &keys.store, &keys.verifier.id).unwrap()
}

fn verify<S: Stage>(
    keys: &Keys,
    text: &str,
    expected: &Expected,
) -> Result<VerifiedReceipt<S>, ReceiptRefusal> {
    UnverifiedReceipt::parse(text)?.verify(keys.verifier.public.p256().unwrap(), expected, NOW)
}

fn ack_refusal(keys: &Keys, text: &str) -> Option<&'static str> {
    verify::<Ack>(keys, text, &expected(keys)).err().map(|e| e.code())
}

/// Any payload of any type, signed with the verifier's key.
fn sign_value(
    keys: &Keys,
    typ: &str,
    domain: SigningDomain,
    leaf: Option<Digest>,
    payload: &Value,
) -> String {
    let header = Header { x5t_s256: leaf, ..Header::new(typ) };
    sign_json(&header, payload, &keys.store, &keys.verifier.id, domain).unwrap()
}

#[test]
fn every_stage_is_read_as_itself() {
    let keys = Keys::new();
    let ack = verify::<Ack>(&keys, signed_ack(&keys).text(), &expected(&keys)).unwrap();
    let after_ack = expected(&keys).after(ack.digest());
    let used = verify::<Use>(&keys, signed_use(&keys).text(), &after_ack).unwrap();
    assert_eq!(used.payload(), &use_of(&keys, &signed_ack(&keys)));

    let early = Refused::new(common(&keys), None, Reason::BadGrant);
    let early = sign(early, &LEAF, &keys.store, &keys.verifier.id).unwrap();
    assert!(verify::<Refused>(&keys, early.text(), &expected(&keys)).is_ok());
    let late = Refused::new(common(&keys), Some(B64Digest(ack.digest())), Reason::BadKey);
    let late = sign(late, &LEAF, &keys.store, &keys.verifier.id).unwrap();
    assert!(verify::<Refused>(&keys, late.text(), &after_ack).is_ok());
    let misplaced = verify::<Refused>(&keys, late.text(), &expected(&keys)).unwrap_err();
    assert_eq!(misplaced.code(), "receipt.wrong-previous");

    let erased = Erased::new(common(&keys), B64Digest(used.digest()), B64Digest([10; 32]));
    let erased = sign(erased, &LEAF, &keys.store, &keys.verifier.id).unwrap();
    let after_use = after_ack.after(used.digest());
    assert!(verify::<Erased>(&keys, erased.text(), &after_use).is_ok());
}

#[test]
fn row_42_no_other_receipt_passes_the_key_gate() {
    let keys = Keys::new();
    assert_eq!(ack_refusal(&keys, signed_ack(&keys).text()), None);
    let refused = Refused::new(common(&keys), None, Reason::NotWanted);
    let refused = sign(refused, &LEAF, &keys.store, &keys.verifier.id).unwrap();
    for other in [signed_use(&keys).text(), refused.text()] {
        assert_eq!(ack_refusal(&keys, other), Some("jose.wrong-type"));
    }
    // An acknowledgement's payload under another type, and another's payload under its type.
    let ack = serde_json::to_value(Ack::new(common(&keys))).unwrap();
    let as_use = sign_value(&keys, Use::TYP, SigningDomain::Use, Some(LEAF), &ack);
    assert_eq!(ack_refusal(&keys, &as_use), Some("jose.wrong-type"));
    let used = serde_json::to_value(use_of(&keys, &signed_ack(&keys))).unwrap();
    let as_ack = sign_value(&keys, Ack::TYP, SigningDomain::Acknowledgement, Some(LEAF), &used);
    assert_eq!(ack_refusal(&keys, &as_ack), Some("jose.bad-json"));
}

#[test]
fn row_29_a_use_receipt_names_what_was_presented() {
    let keys = Keys::new();
    let after = |prev: Digest| expected(&keys).after(prev);
    let prev = signed_ack(&keys).digest();
    let judge = |text: &str, prev: Digest| verify::<Use>(&keys, text, &after(prev)).err().map(|e| e.code());
    let good = signed_use(&keys);
    assert_eq!(judge(good.text(), prev), None);
    assert_eq!(judge(good.text(), [0; 32]), Some("receipt.wrong-previous"));
    let mut other = use_of(&keys, &signed_ack(&keys));
    other.vp = B64Digest([0; 32]);
    let other = sign(other, &LEAF, &keys.store, &keys.verifier.id).unwrap();
    assert_eq!(judge(other.text(), prev), Some("receipt.wrong-presentation"));

    let said = good.payload();
    let presented = |sd_hash: &[u8], claims: &[u8]| Presented {
        sd_hash: sd_hash.iter().map(|b| [*b; 32]).collect(),
        claims: claims.iter().map(|b| [*b; 32]).collect(),
    };
    assert_eq!(said.check_presented(&presented(&[20], &[22, 21, 23])), Ok(()));
    assert_eq!(said.check_presented(&presented(&[20], &[21])), Err(ReceiptError::WrongClaims));
    assert_eq!(said.check_presented(&presented(&[20, 20], &[21, 22])), Err(ReceiptError::WrongPresentation));
    assert_eq!(said.check_presented(&presented(&[], &[21, 22])), Err(ReceiptError::WrongPresentation));
    let mut many = use_of(&keys, &signed_ack(&keys));
    many.claims = vec![B64Digest([0; 32]); MAX_DIGESTS];
    let many = sign(many, &LEAF, &keys.store, &keys.verifier.id);
    assert_eq!(many.unwrap_err().code(), "receipt.too-many");
}

#[test]
fn row_25_a_receipt_from_another_time_is_refused() {
    let keys = Keys::new();
    let at = |iat: UnixTime| {
        let ack = sign(Ack::new(Common { iat, ..common(&keys) }), &LEAF, &keys.store, &keys.verifier.id);
        ack_refusal(&keys, ack.unwrap().text())
    };
    assert_eq!(at(NOW.plus(300)), None);
    assert_eq!(at(NOW.plus(301)), Some("receipt.from-future"));
    assert_eq!(at(NOW.plus(-300)), None);
    assert_eq!(at(NOW.plus(-301)), Some("receipt.too-early"));
}

#[test]
fn a_certificate_may_be_carried_instead_of_named() {
    let keys = Keys::new();
    let der = b"leaf certificate".to_vec();
    let payload = serde_json::to_value(Ack::new(common(&keys))).unwrap();
    let text = |x5t_s256: Option<Digest>| {
        let header = Header { x5c: vec![der.clone()], x5t_s256, ..Header::new(Ack::TYP) };
        sign_json(&header, &payload, &keys.store, &keys.verifier.id, Ack::DOMAIN).unwrap()
    };
    let signer = Signer { leaf: sha256(&der), ..signer() };
    let expected = Expected::of(signer, &keys.verified(), &keys.verified_delivery());
    assert!(verify::<Ack>(&keys, &text(None), &expected).is_ok());
    assert!(verify::<Ack>(&keys, &text(Some(sha256(&der))), &expected).is_ok());
    let torn = verify::<Ack>(&keys, &text(Some(LEAF)), &expected).unwrap_err();
    assert_eq!(torn.code(), "receipt.no-certificate");
}

#[test]
fn every_duty_has_its_bad_file() {
    let keys = Keys::new();
    checks::hold("receipt", &|bytes| ack_refusal(&keys, std::str::from_utf8(bytes).expect("text")));
}

#[test]
#[ignore = "writes the bad files anew"]
fn write_the_bad_files() {
    checks::write_bad("receipt", &bad_files());
}

/// Every file is offered as an acknowledgement.
fn bad_files() -> Vec<(&'static str, Vec<u8>)> {
    let keys = Keys::new();
    let value = || serde_json::to_value(Ack::new(common(&keys))).unwrap();
    let ack =
        |leaf, payload: &Value| sign_value(&keys, Ack::TYP, SigningDomain::Acknowledgement, leaf, payload);
    let with = |name: &str, to: Value| {
        let mut payload = value();
        payload[name] = to;
        ack(Some(LEAF), &payload)
    };
    let without = |name: &str| {
        let mut payload = value();
        payload.as_object_mut().unwrap().remove(name);
        ack(Some(LEAF), &payload)
    };
    let other = || json!(B64Digest([1; 32]));
    let by_holder = {
        let header = Header { x5t_s256: Some(LEAF), ..Header::new("chop-grant+jwt") };
        sign_json(&header, &value(), &keys.store, &keys.consent.id, SigningDomain::Grant).unwrap()
    };
    let stranger = keys.store.generate(chop_crypto::KeyPurpose::Verifier).unwrap();
    let by_stranger = sign(Ack::new(common(&keys)), &LEAF, &keys.store, &stranger.id).unwrap();
    let refused = Refused::new(common(&keys), None, Reason::BadGrant);
    let refused = sign(refused, &LEAF, &keys.store, &keys.verifier.id).unwrap();
    [
        ("by-a-stranger", by_stranger.text().to_owned()),
        ("by-the-holder", by_holder),
        ("use-as-ack", signed_use(&keys).text().to_owned()),
        ("refused-as-ack", refused.text().to_owned()),
        ("no-certificate", ack(None, &value())),
        ("another-certificate", ack(Some([1; 32]), &value())),
        ("another-issuer", with("iss", json!("x509_hash:other"))),
        ("another-organisation", with("org", json!("USCC:91440000000000000X"))),
        ("another-holder", with("aud", other())),
        ("aud-array", with("aud", json!([value()["aud"]]))),
        ("another-grant", with("grant", other())),
        ("another-delivery", with("dn", other())),
        ("another-request", with("req", other())),
        ("another-ciphertext", with("ct", other())),
        ("another-key", with("kc", other())),
        ("another-holder-log", with("hlc", other())),
        ("from-the-future", with("iat", json!(NOW.0 + 301))),
        ("older-than-the-grant", with("iat", json!(NOW.0 - 301))),
        ("term-restated", with("purpose", json!("care"))),
        ("no-log-commitment", without("vlc")),
        ("no-id", without("jti")),
    ]
    .into_iter()
    .map(|(name, text)| (name, text.into_bytes()))
    .collect()
}
