//! A clinic that issued, a person who holds, a hospital that asks; keys and clock are always the same.

use std::path::PathBuf;

use chop_crypto::testing::{MemoryKeystore, SeededRandom};
use chop_crypto::{AgreementKey, Digest, KeyPurpose, KeyRef, Keystore, SigningDomain, sha256};
use chop_formats::claim_path::ClaimPath;
use chop_formats::consent_record::{
    Authority, AutomatedDecision, ConsentKind, ConsentRecord, CrossBorder, CrossingMode, Event, EventState,
    Expression, LegalBasis, Mechanism, Notice, Onward, Principal, PrincipalKind, Recipient, RecordDocument,
    RecordItem, RecordedClaim, Release, Role, Route, SeparateConsent, TrustStatus, Voluntary, Withdrawal,
};
use chop_formats::digest64::B64Digest;
use chop_formats::grant::{
    DataAccess, EXPLICIT_CONSENT, Grant, NoticeRef, ReceiptRule, Rights, SCHEMA, SignedGrant, Source,
};
use chop_formats::jose::jwk;
use chop_formats::jose::jws::{Header, sign_json};
use chop_formats::sd_jwt::{Held, Issuance, issue};
use chop_model::{
    Action, Contact, Id, Jurisdiction, Lang, LangText, LegalId, OnExpiry, Party, Period, Purpose, Retention,
    UnixTime, UseTerms,
};
use serde_json::{Map, Value, json};

pub(crate) const NOW: UnixTime = UnixTime(1_800_000_000);
pub(crate) const CLIENT: &str = "x509_hash:4k0FkLp8WCdQ5bZZ9n7KzvWvKXFmS0Kk1cO1Zq6bZzQ";
pub(crate) const NONCE: &str = "q83vEjRWeJCrze8SNFZ4kA";
pub(crate) const KID: &str = "hY3dLrW0";

pub(crate) struct Parties {
    pub(crate) random: SeededRandom,
    pub(crate) store: MemoryKeystore,
    pub(crate) issuer: KeyRef,
    pub(crate) credential: KeyRef,
    pub(crate) consent: KeyRef,
    pub(crate) verifier: KeyRef,
    pub(crate) encryption: AgreementKey,
}

impl Parties {
    pub(crate) fn new() -> Self {
        let random = SeededRandom::new("exchange");
        let store = MemoryKeystore::new(Box::new(SeededRandom::new("exchange keys")));
        let key = |purpose| store.generate(purpose).unwrap();
        let (issuer, credential) = (key(KeyPurpose::Issuer), key(KeyPurpose::Credential));
        let (consent, verifier) = (key(KeyPurpose::Consent), key(KeyPurpose::Verifier));
        let encryption = AgreementKey::make(&random).unwrap();
        Self { random, store, issuer, credential, consent, verifier, encryption }
    }

    /// A request with everything that mode D wants in it, and one certificate.
    pub(crate) fn request(&self) -> String {
        let mut encryption = jwk::to_value(&self.encryption.public());
        encryption["kid"] = json!(KID);
        encryption["use"] = json!("enc");
        encryption["alg"] = json!("ECDH-ES");
        let payload = json!({
            "client_id": CLIENT,
            "aud": "https://self-issued.me/v2",
            "response_type": "vp_token",
            "response_mode": "chop_optic.jwt",
            "nonce": NONCE,
            "iat": NOW,
            "exp": NOW.plus(300),
            "dcql_query": query(),
            "client_metadata": {
                "jwks": {"keys": [encryption]},
                "encrypted_response_enc_values_supported": ["A256GCM"],
                "vp_formats_supported":
                    {"dc+sd-jwt": {"sd-jwt_alg_values": ["ES256"], "kb-jwt_alg_values": ["ES256"]}},
            },
            "verifier_info": [{"format": "urn:chop:use-terms:1", "data": terms()}],
            "vlc": B64Digest(sha256(b"vlc")),
        });
        let header = Header { x5c: vec![certificate()], ..Header::new("oauth-authz-req+jwt") };
        sign_json(&header, &payload, &self.store, &self.verifier.id, SigningDomain::Request).unwrap()
    }

    pub(crate) fn grant(&self, req: &Digest) -> (SignedGrant, RecordDocument) {
        let iss = B64Digest(jwk::thumbprint(self.consent.public.p256().unwrap()));
        let terms = terms();
        let mut grant = Grant {
            schema: SCHEMA.to_owned(),
            jti: id("grant"),
            iss,
            sub: iss,
            aud: Some(CLIENT.to_owned()),
            aud_policy: None,
            relay: None,
            controller: Some(hospital()),
            src: vec![Source {
                name: names("示例诊所", "示例診所", "Sample Clinic", "Clínica Exemplo"),
                issuer: "https://clinic.invalid".into(),
                vct: "urn:chop:ips:1".into(),
            }],
            iat: NOW,
            nbf: NOW,
            exp: NOW.plus(600),
            req: Some(B64Digest(*req)),
            authorization_details: vec![DataAccess::new(query(), vec![], terms.actions.clone())],
            max_uses: 1,
            purpose: vec![terms.purpose],
            legal_basis: EXPLICIT_CONSENT.to_owned(),
            retain: terms.retention,
            onward: vec![],
            locations: terms.locations,
            jurisdiction: Jurisdiction::Cn,
            notice: NoticeRef {
                digest: B64Digest(sha256(b"notice")),
                lang: Lang::ZhHant,
                version: "1".into(),
            },
            rights: Rights { channel: terms.rights_channel },
            receipt: ReceiptRule::RequiredBeforeKey,
            hlc: B64Digest(sha256(b"hlc")),
            vlc: Some(B64Digest(sha256(b"vlc"))),
            rec: B64Digest([0; 32]),
            ui: B64Digest(sha256(b"page")),
        };
        let record = record(&grant).to_document().unwrap();
        grant.rec = B64Digest(record.digest());
        (grant.sign(&self.store, &self.consent.id).unwrap(), record)
    }

    /// The clinic's credential, all of its clinical sections shown under `grant`.
    pub(crate) fn present(&self, claims: &Map<String, Value>, grant: &Digest) -> String {
        let disclosable: Vec<_> =
            claims.keys().filter(|n| is_section(n)).map(|n| ClaimPath::key(n)).collect();
        let issuance = Issuance {
            typ: "dc+sd-jwt",
            x5c: &[certificate()],
            kid: None,
            claims,
            disclosable: &disclosable,
            holder: Some(self.credential.public.p256().unwrap()),
            pad_digests_to: 0,
        };
        let sign = |message: &[u8]| self.store.sign(&self.issuer.id, SigningDomain::Credential, message);
        let text = issue(&self.random, &issuance, &sign).unwrap();
        let selection = Held::read(&text).unwrap().select(&disclosable).unwrap();
        let unsigned = selection.bind(CLIENT, NONCE, NOW, Some(grant)).unwrap();
        unsigned.sign(&self.store, &self.credential.id).unwrap()
    }
}

/// The example summary as a credential: one claim per section, holding the section and what it
/// refers to.
pub(crate) fn summary_claims() -> Option<Map<String, Value>> {
    let bundle: Value = serde_json::from_str(&std::fs::read_to_string(summary_path()?).unwrap()).unwrap();
    let entries = bundle["entry"].as_array().unwrap();
    let mut claims = Map::new();
    claims.insert("iss".to_owned(), json!("https://clinic.invalid"));
    claims.insert("vct".to_owned(), json!("urn:chop:ips:1"));
    claims.insert("iat".to_owned(), json!(NOW.0 - 86_400));
    for section in entries[0]["resource"]["section"].as_array().unwrap() {
        let wanted: Vec<&str> = section["entry"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|e| e["reference"].as_str())
            .collect();
        let named = |entry: &&Value| {
            let url = entry["fullUrl"].as_str().unwrap_or("");
            wanted.iter().any(|reference| url.ends_with(reference))
        };
        let resources: Vec<&Value> = entries.iter().filter(named).map(|e| &e["resource"]).collect();
        let code = section["code"]["coding"][0]["code"].as_str().unwrap();
        claims.insert(code.to_owned(), json!({"section": section, "resources": resources}));
    }
    Some(claims)
}

/// Beside the clone; missing, it is said aloud, and is an error where `CI` is set.
#[expect(clippy::disallowed_methods, clippy::print_stderr, reason = "a machine without the vectors")]
fn summary_path() -> Option<PathBuf> {
    let file = "../../../shared/vectors/ips/Bundle-IPS-examples-Bundle-01.json";
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(file);
    if path.is_file() {
        return Some(path);
    }
    assert!(std::env::var_os("CI").is_none(), "the shared vectors are missing");
    eprintln!("SKIPPED: the shared vectors are missing");
    None
}

/// An id that compresses no better than a random one.
pub(crate) fn id(name: &str) -> Id {
    Id(*sha256(name.as_bytes()).first_chunk().unwrap())
}

fn is_section(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_digit())
}

fn query() -> Value {
    let claims: Vec<Value> = ["48765-2", "10160-0", "11450-4", "11348-0", "30954-2", "18776-5"]
        .iter()
        .map(|code| json!({"path": [code]}))
        .collect();
    json!({"credentials": [{"id": "summary", "format": "dc+sd-jwt",
        "meta": {"vct_values": ["urn:chop:ips:1"]}, "claims": claims}]})
}

fn names(zh_hans: &str, zh_hant: &str, en: &str, pt: &str) -> LangText {
    LangText { zh_hans: zh_hans.into(), zh_hant: zh_hant.into(), en: en.into(), pt: pt.into() }
}

fn hospital() -> Party {
    Party {
        names: names("示例医院", "示例醫院", "Sample Hospital", "Hospital Exemplo"),
        legal_id: LegalId { scheme: "USCC".into(), value: "124400000000000004".into() },
        jurisdiction: Jurisdiction::Cn,
        contact: Contact {
            name: "数据保护负责人".into(),
            tel: "+86 755 0000 0000".into(),
            email: "dpo@hospital.invalid".into(),
        },
    }
}

fn terms() -> UseTerms {
    UseTerms {
        recipient: hospital().names,
        legal_id: hospital().legal_id,
        jurisdiction: Jurisdiction::Cn,
        contact: hospital().contact,
        purpose: Purpose {
            code: "care.consultation".into(),
            id: "https://w3id.org/dpv/sector-health#ConsultationManagement".into(),
            scene: "outpatient".into(),
            text: names("本次门诊诊症", "是次門診診症", "This outpatient visit", "Esta consulta externa"),
        },
        actions: vec![Action::View, Action::Store],
        retention: Retention { days: 30, on_expiry: OnExpiry::Delete },
        onward: vec![],
        locations: vec![Jurisdiction::Cn],
        necessity: Some(names(
            "避免用药风险",
            "避免用藥風險",
            "To avoid risks of medication",
            "Para evitar riscos de medicação",
        )),
        impact: Some(names(
            "泄露可能影响隐私及保险",
            "洩露可能影響私隱及保險",
            "A leak could touch privacy and insurance",
            "Uma fuga pode afetar a privacidade e o seguro",
        )),
        refusal: None,
        rights_channel: "dpo@hospital.invalid".into(),
        automated_decision: None,
        details: chop_model::UseDetails::default(),
    }
}

/// A certificate of the usual size; nothing here verifies it.
fn certificate() -> Vec<u8> {
    let key = rcgen::KeyPair::generate().unwrap();
    let mut params = rcgen::CertificateParams::new(vec!["hospital.invalid".to_owned()]).unwrap();
    params.distinguished_name.push(rcgen::DnType::OrganizationName, "Sample Hospital");
    params.self_signed(&key).unwrap().der().to_vec()
}

fn record(grant: &Grant) -> ConsentRecord {
    let claims = query()["credentials"][0]["claims"].as_array().unwrap().clone();
    let consent =
        |topic: &str, act: &str| SeparateConsent { topic: topic.into(), action_id: id(act), at: NOW };
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
        purpose: grant.purpose.clone(),
        methods: vec![Action::View, Action::Store],
        items: vec![RecordItem {
            query: "summary".into(),
            type_code: "urn:chop:ips:1".into(),
            claims: claims.iter().map(recorded).collect(),
            seal: None,
        }],
        necessity: terms().necessity,
        impact_on_rights: terms().impact,
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
        legal_basis: LegalBasis {
            dpv: grant.legal_basis.clone(),
            cn: Some("PIPL 13(1) consent".into()),
            hk: Some("prescribed consent".into()),
            mo: None,
        },
        separate_consents: vec![consent("SENSITIVE:health", "first"), consent("CROSS_BORDER", "second")],
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
            effect: names(
                "停止尚未交付的授权",
                "停止尚未交付的授權",
                "Stops what has not been handed over",
                "Impede o que ainda não foi entregue",
            ),
        },
        rights_channel: grant.rights.channel.clone(),
        rights: vec![],
        authorities: vec![
            Authority { jurisdiction: Jurisdiction::Hk, name: "PCPD".into() },
            Authority { jurisdiction: Jurisdiction::Cn, name: "广东省网信办".into() },
        ],
        dispute_route: vec![],
        evidence: None,
        request: grant.req,
        nonce: NONCE.to_owned(),
        events: vec![Event { state: EventState::ConsentGiven, at: NOW, by: grant.sub }],
    }
}

fn recorded(claim: &Value) -> RecordedClaim {
    RecordedClaim {
        path: claim["path"].as_array().unwrap().clone(),
        class: "health".into(),
        cn_sensitive: true,
        mo_sensitive: true,
        optional: false,
        release: Release::Value,
        label: None,
        salted_digest: None,
    }
}
