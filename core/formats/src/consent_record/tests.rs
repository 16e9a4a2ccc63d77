use chop_model::{Coded, Lang, Period, ThirdParty};
use serde_json::{Value, json};

use super::*;
use crate::grant::tests::{CLIENT, Keys, NOW, hospital, purpose};

/// The record of the grant that the tests of `grant` sign.
pub(crate) fn record(grant: &Grant) -> ConsentRecord {
    let right = |kind| Right {
        kind,
        channel: grant.rights.channel.clone(),
        days: None,
        law: "PIPL art. 45 to 48, 50".into(),
    };
    let provider = |source: &Source| Provider {
        name: source.name.clone(),
        legal_id: None,
        jurisdiction: Some(Jurisdiction::Hk),
        contact: None,
    };
    let mut record = first(grant);
    record.schema = RECORD_SCHEMA.into();
    record.providers = grant.src.iter().map(provider).collect();
    record.frequency = Some(Frequency::Once);
    record.rights = RightKind::ALL.map(right).to_vec();
    record.dispute_route = DisputeStage::ALL.to_vec();
    record.evidence = Some(Evidence {
        items: vec![ItemEvidence {
            query: "summary".into(),
            digest: B64Digest([5; 32]),
            issuer_proof: Some(B64Digest([6; 32])),
        }],
        annotated_copies: vec![],
    });
    record.items[0].claims[0].label = Some(LangText::same("Allergies"));
    record.items[0].claims[0].salted_digest = Some(B64Digest([7; 32]));
    record.age_band = Some(AgeBand::Adult);
    record
}

/// The same as the first walk wrote it.
pub(crate) fn first(grant: &Grant) -> ConsentRecord {
    let claim = RecordedClaim {
        path: vec![json!("48765-2")],
        class: "health".into(),
        cn_sensitive: true,
        mo_sensitive: true,
        optional: false,
        release: Release::Value,
        label: None,
        salted_digest: None,
    };
    let consent =
        |topic: &str, act: u8| SeparateConsent { topic: topic.into(), action_id: Id([act; 16]), at: NOW };
    ConsentRecord {
        schema: FIRST.into(),
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
        age_band: None,
        guardian: None,
        operator: None,
        approvals: vec![],
        provider: grant.src.clone(),
        providers: vec![],
        recipient: Recipient {
            party: hospital(),
            client_id: CLIENT.into(),
            role: Role::EndUser,
            trust_status: TrustStatus::Listed,
            site: None,
            address: None,
            on_behalf_of: None,
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
        sites: vec![],
        onward: Onward { allowed: false, same_jurisdiction_only: true },
        validity: Period { from: grant.nbf, until: grant.exp },
        max_uses: 1,
        frequency: None,
        data_rights: vec![],
        trade_secret: false,
        legal_basis: LegalBasis { dpv: grant.legal_basis.clone(), cn: None, hk: None, mo: None },
        separate_consents: vec![consent("SENSITIVE:health", 1), consent("CROSS_BORDER", 2)],
        consent_type: ConsentKind::Separate,
        expression_method: Expression::OnScreen,
        cross_border: Some(CrossBorder {
            mode: CrossingMode::SubjectCarried,
            mechanism: Mechanism::SubjectCarried,
            important_data: false,
            contract_ref: None,
            effective_at: None,
            filing: None,
            pia: None,
            rights_channel_overseas: None,
        }),
        automated_decision: AutomatedDecision { used: false, logic: None, explain_channel: None },
        direct_marketing: false,
        withdrawal: Withdrawal {
            method: "in-app".into(),
            channel: "dpo@hospital.invalid".into(),
            effect: LangText::same("Stops what has not been handed over"),
        },
        rights_channel: grant.rights.channel.clone(),
        rights: vec![],
        authorities: vec![Authority { jurisdiction: Jurisdiction::Hk, name: "PCPD".into() }],
        dispute_route: vec![],
        evidence: None,
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
    let mut approved = record(&grant);
    let act = approved.separate_consents[0].action_id;
    let member = B64Digest([1; 32]);
    approved.approvals.push(Approval { role: "cdo".into(), member, action_id: act, at: NOW });
    assert_eq!(approved.to_document(), Err(RecordError::SharedAct));
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
        |r| r.third_parties.push(NamedParty::Name("Insurer".into())),
        |r| r.methods.push(Action::Share),
        |r| r.validity.until = NOW.plus(99_999),
        |r| r.request = Some(B64Digest([0; 32])),
    ];
    for change in changes {
        let mut record = record(&grant);
        change(&mut record);
        let document = record.to_document().unwrap();
        let grant = Grant { rec: B64Digest(document.digest()), ..grant.clone() };
        assert_eq!(document.check_against(&grant), Err(RecordError::ContradictsGrant));
    }
}

/// A record that the first walk wrote, byte by byte.
#[test]
fn a_record_of_the_first_walk_still_reads() {
    let bytes = include_bytes!("../../testdata/consent_record/good/first-walk");
    let document = RecordDocument::read(bytes).unwrap();
    assert_eq!(document.record(), &first(&Keys::new().grant()));
    assert_eq!(document.bytes(), bytes);
    let text = std::str::from_utf8(bytes).unwrap();
    let newer = text.replacen(FIRST, RECORD_SCHEMA, 1);
    assert_eq!(RecordDocument::read(newer.as_bytes()), Err(RecordError::Incomplete));
}

/// gba.md section 2.1: each member that version 2 demands, taken away on its own.
#[test]
fn what_the_schema_demands_is_there() {
    let grant = Keys::new().grant();
    type Change = fn(&mut ConsentRecord);
    let changes: [Change; 11] = [
        |r| r.providers.clear(),
        |r| r.frequency = None,
        |r| drop(r.rights.pop()),
        |r| r.rights[0].kind = RightKind::Copy,
        |r| r.dispute_route.clear(),
        |r| r.evidence = None,
        |r| r.evidence.as_mut().unwrap().items.clear(),
        |r| r.cross_border = None,
        |r| r.recipient.role = Role::Broker,
        |r| r.recipient.on_behalf_of = Some(hospital()),
        |r| r.items[0].claims[0].release = Release::AnnotatedCopy,
    ];
    for (number, change) in changes.into_iter().enumerate() {
        let mut record = record(&grant);
        change(&mut record);
        assert_eq!(record.to_document(), Err(RecordError::Incomplete), "{number}");
    }
    let mut digest = record(&grant);
    digest.items[0].claims[0].release = Release::Digest;
    assert!(digest.clone().to_document().is_ok());
    digest.items[0].claims[0].salted_digest = None;
    assert_eq!(digest.to_document(), Err(RecordError::Incomplete));
}

/// Row 18 of gba.md section 1 and R33: the broker and the end user both stand in the record.
#[test]
fn a_broker_and_named_third_parties_are_kept() {
    let grant = Keys::new().grant();
    let mut record = record(&grant);
    record.recipient.role = Role::Broker;
    record.recipient.on_behalf_of = Some(hospital());
    let site = Site { jurisdiction: Jurisdiction::Cn, city: Some("440300".into()), zone: None };
    record.sites = vec![site.clone()];
    let known = ThirdParty { name: "Lab".into(), role: Role::Processor, site };
    record.third_parties = vec![NamedParty::Name("Cloud".into()), NamedParty::Known(known)];
    let document = record.clone().to_document().unwrap();
    let read = RecordDocument::read(document.bytes()).unwrap();
    assert_eq!(read.record(), &record);
    let names: Vec<_> = read.record().third_parties.iter().map(NamedParty::name).collect();
    assert_eq!(names, ["Cloud", "Lab"]);
    let grant = Grant { onward: vec!["Cloud".into(), "Lab".into()], ..grant };
    let grant = Grant { rec: B64Digest(document.digest()), ..grant };
    assert_eq!(document.check_against(&grant), Ok(()));
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
        ("unknown-member", replaced("\"max_uses\":1", "\"max_uses\":1,\"price\":1")),
        ("signature-inside", replaced("\"events\"", "\"signatures\":[],\"events\"")),
        ("uuid", replaced(&grant.jti.to_string(), "0190c8a2-7b1e-7000-8000-000000000000")),
        ("id-of-another-grant", changed(|r| r.record_id = Id([0; 16]))),
        ("unknown-schema", changed(|r| r.schema = "gba-grant/1".into())),
        // What a later schema holds is not for us to judge: here a member that nobody knows.
        ("newer-schema", replaced(RECORD_SCHEMA, "urn:chop:consent-record:3").replacen('{', "{\"x\":1,", 1)),
        ("later-members-in-the-first-schema", changed(|r| r.schema = FIRST.into())),
        ("no-evidence", changed(|r| r.evidence = None)),
        ("no-right-to-delete", changed(|r| r.rights.retain(|right| right.kind != RightKind::Delete))),
        ("no-dispute-route", changed(|r| r.dispute_route.clear())),
        ("no-frequency", changed(|r| r.frequency = None)),
        ("no-provider", changed(|r| r.providers.clear())),
        ("crossing-without-mode", changed(|r| r.cross_border = None)),
        ("broker-without-end-user", changed(|r| r.recipient.role = Role::Broker)),
        ("hidden-end-user", changed(|r| r.recipient.on_behalf_of = Some(hospital()))),
        ("copy-without-its-note", changed(|r| r.items[0].claims[0].release = Release::AnnotatedCopy)),
        (
            "approval-shares-an-act",
            changed(|r| {
                let action_id = r.separate_consents[0].action_id;
                r.approvals.push(Approval {
                    role: "cdo".into(),
                    member: B64Digest([1; 32]),
                    action_id,
                    at: NOW,
                });
            }),
        ),
        (
            "late-guardian",
            changed(|r| {
                r.guardian = Some(Guardian {
                    name: "Parent".into(),
                    relation: "mother".into(),
                    evidence: B64Digest([1; 32]),
                    action_id: Id([9; 16]),
                    at: NOW.plus(1),
                })
            }),
        ),
        ("other-third-party", changed(|r| r.third_parties.push(NamedParty::Name("Insurer".into())))),
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
