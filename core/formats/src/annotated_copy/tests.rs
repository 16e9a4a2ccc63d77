//! CHECKS.md of annotated copies, and what a mark covers.

use chop_crypto::{KeyPurpose, SigningDomain};
use chop_model::Coded;

use super::*;
use crate::grant::tests::{CLIENT, Keys, NOW};
use crate::jose::jws::sign_json;

const PAGE: &[u8] = b"<!doctype html><title>a marked page</title>";

fn mark(keys: &Keys) -> AnnotatedCopy {
    let grant = keys.grant();
    AnnotatedCopy {
        iss: grant.iss,
        aud: Some(CLIENT.to_owned()),
        req: grant.req,
        jti: Id([7; 16]),
        made_at: NOW,
        made_by: "Sample Holder".into(),
        reason: "enrolment at the sample university only".into(),
        valid_until: NOW.plus(86_400),
        title: "birth certificate".into(),
        original: B64Digest([1; 32]),
        copy: B64Digest(sha256(PAGE)),
    }
}

fn verify(text: &str) -> Result<VerifiedAnnotatedCopy, AnnotatedCopyRefusal> {
    UnverifiedAnnotatedCopy::parse(text)?.verify(&Keys::new().verified(), Copied::Page(PAGE), NOW)
}

#[test]
fn a_mark_holds_for_its_grant_and_its_copy() {
    let keys = Keys::new();
    let signed = mark(&keys).sign(&keys.store, &keys.consent.id).unwrap();
    let verified = verify(signed.text()).unwrap();
    assert_eq!(*verified.payload(), mark(&keys));
    // The names of the standard are the names on the wire.
    let json = serde_json::to_value(mark(&keys)).unwrap();
    for name in ["JZJZZSJ", "JZJZZZ", "JZJZZSY", "JZJYXQJZSJ"] {
        assert!(json.get(name).is_some(), "{name}");
    }
}

#[test]
fn fields_are_covered_by_name_and_value() {
    let keys = Keys::new();
    let fields = BTreeMap::from([("b".to_owned(), 1.into()), ("a".to_owned(), "x".into())]);
    let copy = B64Digest(Copied::Fields(&fields).digest());
    let signed = AnnotatedCopy { copy, ..mark(&keys) }.sign(&keys.store, &keys.consent.id).unwrap();
    let verify = |fields: &BTreeMap<String, Value>| {
        let copy = UnverifiedAnnotatedCopy::parse(signed.text()).unwrap();
        copy.verify(&keys.verified(), Copied::Fields(fields), NOW).map(drop)
    };
    assert_eq!(verify(&fields), Ok(()));
    for (name, value) in [("a", Value::from("y")), ("c", Value::from(1))] {
        let mut other = fields.clone();
        other.insert(name.to_owned(), value);
        assert_eq!(verify(&other), Err(AnnotatedCopyError::OtherContent.into()));
    }
}

#[test]
fn who_marks_says_for_what_by_whom_and_for_how_long() {
    let keys = Keys::new();
    type Change = fn(&mut AnnotatedCopy);
    let changes: [(Change, AnnotatedCopyError); 5] = [
        (|m| m.reason = " ".into(), AnnotatedCopyError::BadWords),
        (|m| m.made_by.clear(), AnnotatedCopyError::BadWords),
        (|m| m.reason = "x".repeat(MAX_REASON + 1), AnnotatedCopyError::BadWords),
        (|m| m.valid_until = m.made_at, AnnotatedCopyError::BadTimes),
        (|m| m.valid_until = m.made_at.plus(MAX_VALIDITY + 1), AnnotatedCopyError::BadTimes),
    ];
    for (change, error) in changes {
        let mut mark = mark(&keys);
        change(&mut mark);
        assert_eq!(mark.sign(&keys.store, &keys.consent.id).unwrap_err(), error.into());
    }
}

#[test]
fn only_a_consent_key_marks() {
    for purpose in [KeyPurpose::Credential, KeyPurpose::Item, KeyPurpose::Verifier] {
        assert!(!purpose.allows(SigningDomain::AnnotatedCopy));
    }
    assert!(KeyPurpose::Consent.allows(SigningDomain::AnnotatedCopy));
}

#[test]
fn every_duty_has_its_bad_file() {
    crate::checks::hold("annotated_copy", &|bytes| {
        let text = std::str::from_utf8(bytes).expect("text");
        verify(text).err().map(|error| error.code())
    });
}

#[test]
#[ignore = "writes the bad files anew"]
fn write_the_bad_files() {
    crate::checks::write_bad("annotated_copy", &bad_files());
}

fn bad_files() -> Vec<(&'static str, Vec<u8>)> {
    let keys = Keys::new();
    let sign = |header: &Header, payload: &Value, domain| {
        sign_json(header, payload, &keys.store, &keys.consent.id, domain).unwrap()
    };
    let changed = |change: &dyn Fn(&mut Value)| {
        let mut payload = serde_json::to_value(mark(&keys)).unwrap();
        change(&mut payload);
        sign(&Header::new(AnnotatedCopy::TYP), &payload, SigningDomain::AnnotatedCopy)
    };
    let good = changed(&|_| {});
    let payload = serde_json::to_value(mark(&keys)).unwrap();
    let stranger = Keys {
        store: chop_crypto::testing::MemoryKeystore::new(Box::new(chop_crypto::testing::SeededRandom::new(
            "stranger",
        ))),
        ..Keys::new()
    };
    let other = stranger.store.generate(KeyPurpose::Consent).unwrap();
    let foreign = mark(&keys).sign(&stranger.store, &other.id).unwrap().text().to_owned();
    let zeros = B64Digest([0; 32]);
    [
        ("other-type", sign(&Header::new("chop-grant+jwt"), &payload, SigningDomain::Grant)),
        ("foreign-signature", foreign),
        ("cut-off", good[..good.len() - 3].to_owned()),
        ("other-issuer", changed(&|p| p["iss"] = serde_json::to_value(zeros).unwrap())),
        ("other-recipient", changed(&|p| p["aud"] = "x509_hash:AAAA".into())),
        ("no-recipient", changed(&|p| drop(p.as_object_mut().unwrap().remove("aud")))),
        ("other-request", changed(&|p| p["req"] = serde_json::to_value(zeros).unwrap())),
        ("other-page", changed(&|p| p["copy"] = serde_json::to_value(zeros).unwrap())),
        ("no-reason", changed(&|p| p["JZJZZSY"] = "".into())),
        ("nobody", changed(&|p| p["JZJZZZ"] = "".into())),
        ("no-member", changed(&|p| drop(p.as_object_mut().unwrap().remove("JZJZZSJ")))),
        ("unknown-member", changed(&|p| p["extra"] = 1.into())),
        ("backwards", changed(&|p| p["JZJYXQJZSJ"] = (NOW.0 - 1).into())),
        ("for-ever", changed(&|p| p["JZJYXQJZSJ"] = (NOW.0 + MAX_VALIDITY + 1).into())),
        ("from-the-future", changed(&|p| p["JZJZZSJ"] = (NOW.0 + 1_000).into())),
        (
            "expired",
            changed(&|p| {
                p["JZJZZSJ"] = (NOW.0 - 1_000).into();
                p["JZJYXQJZSJ"] = (NOW.0 - 1).into();
            }),
        ),
    ]
    .into_iter()
    .map(|(name, text)| (name, text.into_bytes()))
    .collect()
}
