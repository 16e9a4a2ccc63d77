use chop_crypto::{KeyPurpose, KeyRef};
use chop_model::{Coded, Id};
use serde_json::{Value, json};

use super::*;
use crate::grant::tests::{Keys, NOW};
use crate::jose::jws::sign_json;

fn notice(keys: &Keys, kind: NoticeKind) -> ConsentNotice {
    ConsentNotice::about(&keys.verified(), kind, Id([8; 16]), NOW.plus(60))
}

fn judge(keys: &Keys, text: &str) -> Result<NoticeKind, ConsentNoticeRefusal> {
    let verified = UnverifiedConsentNotice::parse(text)?.verify(&keys.verified(), NOW.plus(60))?;
    Ok(verified.payload().kind)
}

#[test]
fn a_notice_is_taken_by_who_it_is_for() {
    let keys = Keys::new();
    for kind in [NoticeKind::Withdrawn, NoticeKind::Delete, NoticeKind::Pledged, NoticeKind::Kept] {
        let mut made = notice(&keys, kind);
        if kind == NoticeKind::Pledged {
            made = made.promising(Pledge { missing: "proof of address".into(), due: NOW.plus(86_400) });
        }
        let signed = made.sign(&keys.store, &keys.consent.id).unwrap();
        assert_eq!(judge(&keys, signed.text()), Ok(kind));
        let unverified = UnverifiedConsentNotice::parse(signed.text()).unwrap();
        assert_eq!(unverified.dangerous_grant(), Ok(keys.verified().digest()));
    }
}

#[test]
fn every_duty_has_its_bad_file() {
    let keys = Keys::new();
    crate::checks::hold("consent_notice", &|bytes| {
        let text = std::str::from_utf8(bytes).unwrap().lines().next().unwrap();
        judge(&keys, text).err().map(|refusal| refusal.code())
    });
}

#[test]
#[ignore = "writes the bad files anew"]
fn write_the_bad_notices() {
    crate::checks::write_bad("consent_notice", &bad_files());
}

fn bad_files() -> Vec<(&'static str, Vec<u8>)> {
    let keys = Keys::new();
    let good = serde_json::to_value(notice(&keys, NoticeKind::Withdrawn)).unwrap();
    let other = keys.store.generate(KeyPurpose::Consent).unwrap();
    let signed = |key: &KeyRef, typ: &str, value: &Value| {
        sign_json(&Header::new(typ), value, &keys.store, &key.id, SigningDomain::ConsentNotice).unwrap()
    };
    let typ = ConsentNotice::TYP;
    let changed = |name: &str, to: Value| {
        let mut value = good.clone();
        value[name] = to;
        signed(&keys.consent, typ, &value)
    };
    let mut without = good.clone();
    without.as_object_mut().unwrap().remove("reach");
    let digest = |byte: u8| serde_json::to_value(B64Digest([byte; 32])).unwrap();
    [
        ("other-key", signed(&other, typ, &good)),
        ("other-type", signed(&keys.consent, "chop-delivery+jwt", &good)),
        ("other-grant", changed("grant", digest(1))),
        ("other-record", changed("rec", digest(2))),
        ("other-issuer", changed("iss", digest(3))),
        ("other-recipient", changed("aud", json!("x509_hash:other"))),
        ("before-the-grant", changed("iat", json!(NOW.0 - 1))),
        ("from-the-future", changed("iat", json!(NOW.0 + 3600))),
        ("unknown-member", changed("price", json!(1))),
        ("unknown-kind", changed("kind", json!("paused"))),
        ("without-reach", signed(&keys.consent, typ, &without)),
        ("pledge-of-nothing", changed("kind", json!("pledged"))),
        ("promise-in-a-withdrawal", changed("pledge", json!({ "missing": "proof", "due": NOW.0 + 86_400 }))),
        ("pledge-due-before", {
            let mut value = good.clone();
            value["kind"] = json!("pledged");
            value["pledge"] = json!({ "missing": "proof", "due": NOW.0 });
            signed(&keys.consent, typ, &value)
        }),
    ]
    .into_iter()
    .map(|(name, text)| (name, text.into_bytes()))
    .collect()
}
