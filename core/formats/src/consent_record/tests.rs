use chop_model::{Coded, Lang, Period};
use serde_json::{Value, json};

use super::*;
use crate::grant::tests::{CLIENT, Keys, NOW, hospital, purpose};

/// The record of the grant that the tests of `grant` sign.
pub(crate) fn record(grant: &Grant) -> ConsentRecord {
    let claim = RecordedClaim {
        path: vec![json!("48765-2")],
        class: "health".into(),
        cn_sensitive: true,
        mo_sensitive: true,
        optional: false,
        release: Release::Value,
    };
    let consent =
        |topic: &str, act: u8| SeparateConsent { topic: topic.into(), action_id: Id([act; 16]), at: NOW };
    ConsentRecord {
        schema: SCHEMA.into(),
        record_id: grant.jti,
        version: 1,
        replaces: None,
        rule_pack: "gba-2026.1".into(),
        route: Route { from: Jurisdiction::Hk, to: Jurisdiction::Cn },
        jurisdictions: vec![Jurisdiction::Hk, Jurisdiction::Cn],
        created_at: NOW,
        utc_offset_minutes: 480,
        notice: Notice {
            id: "one-off".into(),
            version: "1".into(),
            digest: grant.notice.digest,
            shown_in: grant.notice.lang,
            languages: Lang::ALL.to_vec(),
        },
        principal: Principal {
            subject_ref: grant.sub,
            kind: PrincipalKind::Person,
            assurance: "self-asserted".into(),
        },
        provider: grant.src.clone(),
        recipient: Recipient {
            party: hospital(),
            client_id: CLIENT.into(),
            role: Role::EndUser,
            trust_status: TrustStatus::Listed,
        },
        third_parties: vec![],
        purpose: vec![purpose()],
        methods: vec![Action::View, Action::Store],
        items: vec![RecordItem {
            query: "summary".into(),
            type_code: "urn:chop:ips:1".into(),
            claims: vec![claim],
            seal: None,
        }],
        necessity: Some(LangText::same("to avoid a wrong prescription")),
        impact_on_rights: Some(LangText::same("a leak could touch privacy")),
        voluntary: Voluntary { voluntary: true, consequence_of_refusal: None },
        retention: grant.retain,
        storage_locations: vec![Jurisdiction::Cn],
        processing_locations: vec![Jurisdiction::Cn],
        onward: Onward { allowed: false, same_jurisdiction_only: true },
        validity: Period { from: grant.nbf, until: grant.exp },
        max_uses: 1,
        legal_basis: LegalBasis { dpv: grant.legal_basis.clone(), cn: None, hk: None, mo: None },
        separate_consents: vec![consent("SENSITIVE:health", 1), consent("CROSS_BORDER", 2)],
        consent_type: ConsentKind::Separate,
        expression_method: Expression::OnScreen,
        cross_border: Some(CrossBorder {
            mode: "SubjectCarried".into(),
            mechanism: "SubjectCarried".into(),
            important_data: false,
        }),
        automated_decision: AutomatedDecision { used: false, logic: None },
        direct_marketing: false,
        withdrawal: Withdrawal {
            method: "in-app".into(),
            channel: "dpo@hospital.invalid".into(),
            effect: LangText::same("Stops what has not been handed over"),
        },
        rights_channel: grant.rights.channel.clone(),
        authorities: vec![Authority { jurisdiction: Jurisdiction::Hk, name: "PCPD".into() }],
        request: grant.req,
        nonce: "bm9uY2U".into(),
        events: vec![Event { state: EventState::ConsentGiven, at: NOW, by: grant.sub }],
    }
}

/// A grant and the document that its `rec` names.
pub(crate) fn with_record() -> (Grant, RecordDocument) {
    let mut grant = Keys::new().grant();
    let document = record(&grant).to_document().unwrap();
    grant.rec = B64Digest(document.digest());
    (grant, document)
}

#[test]
fn a_document_keeps_its_bytes() {
    let (grant, document) = with_record();
    let read = RecordDocument::read(document.bytes()).unwrap();
    assert_eq!(read, document);
    assert_eq!(read.digest(), document.digest());
    assert_eq!(read.record(), &record(&grant));
    assert_eq!(read.check_against(&grant), Ok(()));
}

#[test]
fn only_the_one_encoding_is_read() {
    let (_, document) = with_record();
    let text = std::str::from_utf8(document.bytes()).unwrap();
    let spaced = text.replacen(':', ": ", 1);
    let value: Value = serde_json::from_str(text).unwrap();
    let sorted = serde_json::to_string(&value).unwrap();
    let empty = text.replacen("\"rule_pack\"", "\"replaces\":null,\"rule_pack\"", 1);
    for other in [spaced, sorted, empty] {
        assert_ne!(other, text);
        assert_eq!(RecordDocument::read(other.as_bytes()), Err(RecordError::NotCanonical));
    }
    let unknown = text.replacen("\"version\":1", "\"version\":1,\"x\":1", 1);
    let twice = text.replacen("\"version\":1", "\"version\":1,\"version\":1", 1);
    let signed = text.replacen("\"events\"", "\"signatures\":[],\"events\"", 1);
    for other in [unknown, twice, signed, text[1..].to_owned(), text.to_owned() + "x"] {
        assert_eq!(RecordDocument::read(other.as_bytes()), Err(RecordError::Malformed));
    }
    assert_eq!(RecordDocument::read(&vec![b' '; MAX_RECORD + 1]), Err(RecordError::TooLarge));
}

#[test]
fn separate_consents_are_acts_of_their_own() {
    let grant = Keys::new().grant();
    let mut shared = record(&grant);
    shared.separate_consents[1].action_id = shared.separate_consents[0].action_id;
    assert_eq!(shared.to_document(), Err(RecordError::SharedAct));
    let mut late = record(&grant);
    late.separate_consents[0].at = NOW.plus(1);
    assert_eq!(late.to_document(), Err(RecordError::LateConsent));
    let mut schema = record(&grant);
    schema.schema = "other".into();
    assert_eq!(schema.to_document(), Err(RecordError::UnknownSchema));
}

#[test]
fn a_record_that_says_otherwise_than_its_grant_is_found() {
    let (grant, document) = with_record();
    let mut other = grant.clone();
    other.rec = B64Digest([0; 32]);
    assert_eq!(document.check_against(&other), Err(RecordError::WrongDigest));
    type Change = fn(&mut ConsentRecord);
    let changes: [Change; 8] = [
        |r| r.retention.days = 3650,
        |r| r.purpose[0].code = "marketing".into(),
        |r| r.recipient.party.legal_id.value = "1".into(),
        |r| r.record_id = Id([0; 16]),
        |r| r.third_parties.push("Insurer".into()),
        |r| r.methods.push(Action::Share),
        |r| r.validity.until = NOW.plus(99_999),
        |r| r.request = B64Digest([0; 32]),
    ];
    for change in changes {
        let mut record = record(&grant);
        change(&mut record);
        let document = record.to_document().unwrap();
        let grant = Grant { rec: B64Digest(document.digest()), ..grant.clone() };
        assert_eq!(document.check_against(&grant), Err(RecordError::ContradictsGrant));
    }
}

#[test]
fn every_duty_has_its_bad_file() {
    let grant = Keys::new().grant();
    crate::checks::hold("consent_record", &|bytes| {
        let judged = RecordDocument::read(bytes).and_then(|document| {
            let grant = Grant { rec: B64Digest(document.digest()), ..grant.clone() };
            document.check_against(&grant)
        });
        judged.err().map(|e| e.code())
    });
}

#[test]
#[ignore = "writes the bad files anew"]
fn write_the_bad_files() {
    crate::checks::write_bad("consent_record", &bad_files());
}

fn bad_files() -> Vec<(&'static str, Vec<u8>)> {
    let (grant, document) = with_record();
    let good = std::str::from_utf8(document.bytes()).unwrap();
    let value: Value = serde_json::from_str(good).unwrap();
    let replaced = |from: &str, to: &str| {
        assert!(good.contains(from), "{from}");
        good.replacen(from, to, 1)
    };
    // A member set in the text itself, so that the order stays.
    let changed = |change: fn(&mut ConsentRecord)| {
        let mut record = record(&grant);
        change(&mut record);
        serde_json::to_string(&record).unwrap()
    };
    let without = |name: &str| replaced(&format!("\"{name}\":{},", value[name]), "");
    let withdrawal = serde_json::to_string(&record(&grant).withdrawal).unwrap();
    [
        ("white-space", replaced(":", ": ")),
        ("other-order", serde_json::to_string(&value).unwrap()),
        ("null-member", replaced("\"rule_pack\"", "\"replaces\":null,\"rule_pack\"")),
        ("member-twice", replaced("\"version\":1", "\"version\":1,\"version\":1")),
        ("no-withdrawal", replaced(&format!("\"withdrawal\":{withdrawal},"), "")),
        ("no-retention", without("retention")),
        ("unknown-member", replaced("\"max_uses\":1", "\"max_uses\":1,\"frequency\":1")),
        ("signature-inside", replaced("\"events\"", "\"signatures\":[],\"events\"")),
        ("uuid", replaced(&grant.jti.to_string(), "0190c8a2-7b1e-7000-8000-000000000000")),
        ("id-of-another-grant", changed(|r| r.record_id = Id([0; 16]))),
        ("unknown-schema", changed(|r| r.schema = "gba-grant/1".into())),
        ("shared-act", changed(|r| r.separate_consents[1].action_id = r.separate_consents[0].action_id)),
        ("late-consent", changed(|r| r.separate_consents[0].at = NOW.plus(1))),
        ("other-recipient", changed(|r| r.recipient.party.legal_id.value = "1".into())),
        ("other-purpose", changed(|r| r.purpose[0].code = "marketing".into())),
        ("longer-retention", changed(|r| r.retention.days = 3650)),
        ("longer-validity", changed(|r| r.validity.until = NOW.plus(99_999))),
        ("more-uses", changed(|r| r.max_uses = 2)),
    ]
    .into_iter()
    .map(|(name, text)| (name, text.into_bytes()))
    .collect()
}
