//! Rows 12, 15, 17 and 25 of protocol.md section 6 for grants and delivery notes, and CHECKS.md.

use chop_crypto::testing::{MemoryKeystore, SeededRandom};
use chop_crypto::{KeyPurpose, KeyRef};
use chop_model::{Action, Coded, Contact, LegalId, OnExpiry};
use serde_json::{Value, json};

use super::*;
use crate::checks;
use crate::content::ContentBinding;
use crate::delivery::{Delivery, SignedDelivery, UnverifiedDelivery, VerifiedDelivery};
use crate::jose::jws::sign_json;

pub(crate) const NOW: UnixTime = UnixTime(1_800_000_000);
pub(crate) const CLIENT: &str = "x509_hash:4k0FkLp8WCdQ5bZZ9n7KzvWvKXFmS0Kk1cO1Zq6bZzQ";

/// Keys that are the same on every run.
pub(crate) struct Keys {
    pub(crate) store: MemoryKeystore,
    pub(crate) consent: KeyRef,
    pub(crate) verifier: KeyRef,
}

impl Keys {
    pub(crate) fn new() -> Self {
        let store = MemoryKeystore::new(Box::new(SeededRandom::new("grant")));
        let consent = store.generate(KeyPurpose::Consent).unwrap();
        let verifier = store.generate(KeyPurpose::Verifier).unwrap();
        Self { store, consent, verifier }
    }

    pub(crate) fn grant(&self) -> Grant {
        let iss = B64Digest(thumbprint(self.consent.public.p256().unwrap()));
        let query = json!({"credentials": [{"id": "summary", "format": "dc+sd-jwt",
            "meta": {"vct_values": ["urn:chop:ips:1"]}, "claims": [{"path": ["48765-2"]}]}]});
        Grant {
            schema: SCHEMA.to_owned(),
            jti: Id([1; 16]),
            iss,
            sub: iss,
            aud: Some(CLIENT.to_owned()),
            aud_policy: None,
            relay: None,
            controller: Some(hospital()),
            src: vec![Source {
                name: LangText::same("Sample Clinic"),
                issuer: "https://clinic.invalid".into(),
                vct: "urn:chop:ips:1".into(),
            }],
            iat: NOW,
            nbf: NOW,
            exp: NOW.plus(600),
            req: Some(B64Digest([2; 32])),
            authorization_details: vec![DataAccess::new(query, vec![], vec![Action::View, Action::Store])],
            max_uses: 1,
            purpose: vec![purpose()],
            legal_basis: EXPLICIT_CONSENT.to_owned(),
            retain: Retention { days: 30, on_expiry: OnExpiry::Delete },
            onward: vec![],
            locations: vec![Jurisdiction::Cn],
            jurisdiction: Jurisdiction::Cn,
            notice: NoticeRef { digest: B64Digest([3; 32]), lang: Lang::ZhHant, version: "1".into() },
            rights: Rights { channel: "dpo@hospital.invalid".into() },
            receipt: ReceiptRule::RequiredBeforeKey,
            hlc: B64Digest([4; 32]),
            vlc: Some(B64Digest([5; 32])),
            rec: B64Digest([6; 32]),
            ui: B64Digest([7; 32]),
        }
    }

    pub(crate) fn signed(&self) -> SignedGrant {
        self.grant().sign(&self.store, &self.consent.id).unwrap()
    }

    pub(crate) fn verified(&self) -> VerifiedGrant {
        read(self.signed().text()).unwrap()
    }

    fn delivery(&self) -> Delivery {
        let binding =
            ContentBinding { grant: self.signed().digest(), ct: [8; 32], kc: [9; 32], vp: [10; 32] };
        Delivery::of(&self.signed(), Id([2; 16]), NOW, NOW.plus(600), &binding)
    }

    fn signed_delivery(&self) -> SignedDelivery {
        self.delivery().sign(&self.store, &self.consent.id).unwrap()
    }

    pub(crate) fn verified_delivery(&self) -> VerifiedDelivery {
        let text = self.signed_delivery().text().to_owned();
        UnverifiedDelivery::parse(&text).unwrap().verify(&self.verified(), NOW).unwrap()
    }

    /// Any payload under any header, signed with the consent key.
    fn sign(&self, header: &Header, payload: &Value, domain: SigningDomain) -> String {
        sign_json(header, payload, &self.store, &self.consent.id, domain).unwrap()
    }

    fn header(&self) -> Header {
        Header { jwk: Some(*self.consent.public.p256().unwrap()), ..Header::new(Grant::TYP) }
    }
}

pub(crate) fn hospital() -> Party {
    Party {
        names: LangText::same("Sample Hospital"),
        legal_id: LegalId { scheme: "USCC".into(), value: "124400000000000004".into() },
        jurisdiction: Jurisdiction::Cn,
        contact: Contact { name: "DPO".into(), ..Contact::default() },
    }
}

pub(crate) fn purpose() -> Purpose {
    Purpose {
        code: "care.consultation".into(),
        id: "https://w3id.org/dpv/sector-health#ConsultationManagement".into(),
        scene: "outpatient".into(),
        text: LangText::same("This consultation"),
    }
}

fn request() -> AnsweredRequest {
    AnsweredRequest { client_id: CLIENT.into(), req: [2; 32], vlc: [5; 32] }
}

fn read(text: &str) -> Result<VerifiedGrant, GrantRefusal> {
    UnverifiedGrant::parse(text)?.verify(&request(), NOW)
}

/// One line is a grant, two are a grant and its delivery note.
fn refusal(bytes: &[u8]) -> Option<&'static str> {
    let mut lines = std::str::from_utf8(bytes).expect("text").lines();
    let grant = match read(lines.next().expect("a grant")) {
        Ok(grant) => grant,
        Err(error) => return Some(error.code()),
    };
    let delivery = UnverifiedDelivery::parse(lines.next()?).and_then(|d| d.verify(&grant, NOW));
    delivery.err().map(|e| e.code())
}

#[test]
fn a_good_grant_and_its_delivery_are_read() {
    let keys = Keys::new();
    let (signed, verified) = (keys.signed(), keys.verified());
    assert_eq!(verified.payload(), &keys.grant());
    assert_eq!((verified.digest(), verified.text()), (signed.digest(), signed.text()));
    assert_eq!(verified.payload().access(), signed.payload().access());
    let delivery = keys.verified_delivery();
    assert_eq!(delivery.payload(), &keys.delivery());
    assert_eq!(delivery.payload().binding().grant, signed.digest());
    assert_eq!(
        delivery.payload().check_ciphertext(b"other").unwrap_err().code(),
        "delivery.wrong-ciphertext"
    );
}

#[test]
fn row_25_clocks_may_differ_by_300_seconds() {
    let keys = Keys::new();
    let text = keys.signed().text().to_owned();
    let at = |now: UnixTime| {
        UnverifiedGrant::parse(&text).unwrap().verify(&request(), now).err().map(|e| e.code())
    };
    assert_eq!(at(NOW.plus(-300)), None);
    assert_eq!(at(NOW.plus(-301)), Some("grant.not-yet-valid"));
    assert_eq!(at(NOW.plus(900)), None);
    assert_eq!(at(NOW.plus(901)), Some("grant.expired"));
    assert!(UnverifiedGrant::parse(&text).unwrap().verify_as_record().is_ok());
    let delivery = keys.signed_delivery();
    let at = |now: UnixTime| {
        let judged = UnverifiedDelivery::parse(delivery.text()).unwrap().verify(&keys.verified(), now);
        judged.err().map(|e| e.code())
    };
    assert_eq!(at(NOW.plus(-300)), None);
    assert_eq!(at(NOW.plus(-301)), Some("delivery.not-yet-valid"));
    assert_eq!(at(NOW.plus(900)), None);
    assert_eq!(at(NOW.plus(901)), Some("delivery.expired"));
}

#[test]
fn a_void_grant_is_not_signed() {
    let keys = Keys::new();
    let sign = |change: &dyn Fn(&mut Grant)| {
        let mut grant = keys.grant();
        change(&mut grant);
        grant.sign(&keys.store, &keys.consent.id).err().map(|e| e.code())
    };
    assert_eq!(sign(&|_| ()), None);
    assert_eq!(sign(&|g| g.max_uses = 2), Some("grant.not-one-off"));
    assert_eq!(sign(&|g| g.iss = B64Digest([0; 32])), Some("grant.wrong-issuer"));
    assert_eq!(sign(&|g| g.purpose.clear()), Some("grant.no-purpose"));
    let by_verifier = keys.grant().sign(&keys.store, &keys.verifier.id);
    assert_eq!(by_verifier.unwrap_err().code(), "grant.wrong-issuer");
}

#[test]
fn a_grant_for_somebody_else_is_refused() {
    let text = Keys::new().signed().text().to_owned();
    let ask = |change: &dyn Fn(&mut AnsweredRequest)| {
        let mut request = request();
        change(&mut request);
        UnverifiedGrant::parse(&text).unwrap().verify(&request, NOW).unwrap_err().code()
    };
    assert_eq!(ask(&|r| r.client_id = "x509_hash:other".into()), "grant.wrong-audience");
    assert_eq!(ask(&|r| r.req = [0; 32]), "grant.wrong-request");
    assert_eq!(ask(&|r| r.vlc = [0; 32]), "grant.wrong-verifier-log");
}

#[test]
fn no_term_is_printed() {
    let keys = Keys::new();
    assert_eq!(format!("{:?}", keys.grant()), format!("Grant({})", Id([1; 16])));
    assert_eq!(format!("{:?}", keys.signed()), "Signed(chop-grant+jwt)");
    assert_eq!(format!("{:?}", keys.verified()), "Verified(chop-grant+jwt)");
    assert_eq!(format!("{:?}", keys.grant().access()), "Some(DataAccess(0 files))");
}

#[test]
fn every_duty_has_its_bad_file() {
    checks::hold("grant", &refusal);
}

#[test]
#[ignore = "writes the bad files anew"]
fn write_the_bad_files() {
    checks::write_bad("grant", &bad_files());
}

fn bad_files() -> Vec<(&'static str, Vec<u8>)> {
    let keys = Keys::new();
    let good = keys.signed().text().to_owned();
    let value = || serde_json::to_value(keys.grant()).unwrap();
    let with = |pointer: &str, to: Value| {
        let mut payload = value();
        *payload.pointer_mut(pointer).expect("a member") = to;
        keys.sign(&keys.header(), &payload, SigningDomain::Grant)
    };
    let added = |name: &str, to: Value| {
        let mut payload = value();
        payload[name] = to;
        keys.sign(&keys.header(), &payload, SigningDomain::Grant)
    };
    let removed = |name: &str| {
        let mut payload = value();
        payload.as_object_mut().unwrap().remove(name);
        keys.sign(&keys.header(), &payload, SigningDomain::Grant)
    };
    let header = |header: Header| keys.sign(&header, &value(), SigningDomain::Grant);
    let query = "/authorization_details/0/dcql_query";
    let credential = "/authorization_details/0/dcql_query/credentials/0";
    let delivered = |change: &dyn Fn(&mut Delivery)| {
        let mut delivery = keys.delivery();
        change(&mut delivery);
        good.clone() + "\n" + delivery.sign(&keys.store, &keys.consent.id).unwrap().text()
    };
    let mut extra_delivery = serde_json::to_value(keys.delivery()).unwrap();
    extra_delivery["sk"] = json!("AA");
    let mut mode_c = serde_json::to_value(keys.delivery()).unwrap();
    mode_c["mode"] = json!("C");
    let note = |payload: &Value| {
        good.clone() + "\n" + &keys.sign(&Header::new(Delivery::TYP), payload, SigningDomain::Delivery)
    };
    let other_key = keys.store.generate(KeyPurpose::Consent).unwrap();
    let iss = format!("\"iss\":\"{}\"", keys.grant().iss);
    let twice = serde_json::to_string(&value()).unwrap().replacen(&iss, &format!("{iss},{iss}"), 1);
    let sign_text = |text: &str| {
        crate::jose::jws::sign(&keys.header(), text.as_bytes(), &|message| {
            keys.store.sign(&keys.consent.id, SigningDomain::Grant, message)
        })
    };
    let mut flipped = good.clone();
    flipped.pop();
    let flipped = flipped + if good.ends_with('A') { "Q" } else { "A" };
    [
        ("signature-changed", flipped),
        ("typ-of-a-delivery", note(&json!({})).lines().last().unwrap().to_owned()),
        ("no-key", header(Header::new(Grant::TYP))),
        ("key-and-certificate", header(Header { x5c: vec![vec![1]], ..keys.header() })),
        ("key-and-thumbprint", header(Header { x5t_s256: Some([1; 32]), ..keys.header() })),
        (
            "key-of-somebody-else",
            header(Header { jwk: other_key.public.p256().ok().copied(), ..keys.header() }),
        ),
        ("iss-of-somebody-else", with("/iss", json!(B64Digest([1; 32])))),
        ("sub-of-somebody-else", with("/sub", json!(B64Digest([1; 32])))),
        ("member-twice", sign_text(&twice).unwrap()),
        ("unknown-member", added("apr", json!({}))),
        ("member-missing", removed("rec")),
        ("aud-array", with("/aud", json!([CLIENT, "other"]))),
        ("aud-without-prefix", with("/aud", json!(CLIENT.trim_start_matches("x509_hash:")))),
        ("aud-of-somebody-else", with("/aud", json!("x509_hash:other"))),
        ("digest-not-canonical", with("/req", json!("AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgJ"))),
        ("digest-of-31-bytes", with("/req", json!("AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg"))),
        ("other-request", with("/req", json!(B64Digest([1; 32])))),
        ("other-verifier-log", with("/vlc", json!(B64Digest([1; 32])))),
        ("unknown-schema", with("/schema", json!("https://w3id.org/dpv/schema/dpv-27560#receipt"))),
        ("two-uses", with("/max_uses", json!(2))),
        ("no-use", with("/max_uses", json!(0))),
        ("no-purpose", with("/purpose", json!([]))),
        ("purpose-without-scene", with("/purpose/0/scene", json!(""))),
        ("receipt-after", with("/receipt", json!("after"))),
        ("expired", {
            let mut payload = value();
            for name in ["iat", "nbf", "exp"] {
                payload[name] = json!(NOW.0 - 301);
            }
            keys.sign(&keys.header(), &payload, SigningDomain::Grant)
        }),
        ("exp-before-nbf", with("/exp", json!(NOW.0 - 1))),
        ("far-future-iat", {
            let mut payload = value();
            for name in ["iat", "nbf", "exp"] {
                payload[name] = json!(NOW.0 + 10_000_000);
            }
            keys.sign(&keys.header(), &payload, SigningDomain::Grant)
        }),
        ("exp-as-float", with("/exp", json!(1_800_000_600.0))),
        ("exp-as-text", with("/exp", json!("1800000600"))),
        ("two-accesses", {
            let access = value()["authorization_details"][0].clone();
            with("/authorization_details", json!([access, access]))
        }),
        ("no-access", with("/authorization_details", json!([]))),
        ("unknown-access-type", with("/authorization_details/0/type", json!("urn:chop:data-access:2"))),
        ("no-action", with("/authorization_details/0/actions", json!([]))),
        ("unknown-action", with("/authorization_details/0/actions", json!(["sell"]))),
        ("no-credentials", with(query, json!({"credentials": []}))),
        ("any-type", with(&format!("{credential}/meta"), json!({}))),
        (
            "no-claims",
            with(
                credential,
                json!({"id": "a", "format": "dc+sd-jwt", "meta": {"vct_values": ["urn:chop:ips:1"]}}),
            ),
        ),
        ("empty-claims", with(&format!("{credential}/claims"), json!([]))),
        ("null-in-path", with(&format!("{credential}/claims/0/path"), json!(["courses", null]))),
        ("empty-path", with(&format!("{credential}/claims/0/path"), json!([]))),
        ("negative-index", with(&format!("{credential}/claims/0/path"), json!(["courses", -1]))),
        ("credential-sets", {
            let mut payload = value();
            payload["authorization_details"][0]["dcql_query"]["credential_sets"] = json!([]);
            keys.sign(&keys.header(), &payload, SigningDomain::Grant)
        }),
        ("multiple", {
            let mut payload = value();
            payload["authorization_details"][0]["dcql_query"]["credentials"][0]["multiple"] = json!(true);
            keys.sign(&keys.header(), &payload, SigningDomain::Grant)
        }),
        ("delivery-of-another-grant", delivered(&|d| d.grant = B64Digest([1; 32]))),
        ("delivery-of-another-holder", delivered(&|d| d.iss = B64Digest([1; 32]))),
        ("delivery-of-another-request", delivered(&|d| d.req = Some(B64Digest([1; 32])))),
        ("delivery-outlives-grant", delivered(&|d| d.exp = NOW.plus(601))),
        ("delivery-from-the-future", delivered(&|d| d.iat = NOW.plus(400))),
        ("delivery-expired", delivered(&|d| (d.iat, d.exp) = (NOW.plus(-700), NOW.plus(-301)))),
        ("delivery-of-unknown-mode", note(&mode_c)),
        ("delivery-with-unknown-member", note(&extra_delivery)),
        ("delivery-under-another-key", {
            let signed = keys.delivery().sign(&keys.store, &other_key.id).unwrap();
            good.clone() + "\n" + signed.text()
        }),
        ("delivery-is-a-grant", good.clone() + "\n" + &good),
    ]
    .into_iter()
    .map(|(name, text)| (name, text.into_bytes()))
    .collect()
}
