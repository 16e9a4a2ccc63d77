//! One exchange, object by object, and the log that it leaves. Every key follows from a name, so that
//! somebody else's exchange is the same with another name in front.

use chop_crypto::testing::SeededRandom;
use chop_crypto::{Digest, KeyPurpose, Keystore, SigningDomain, sha256};
use chop_formats::claim_path::ClaimPath;
use chop_formats::content::ContentBinding;
use chop_formats::dcql::DcqlQuery;
use chop_formats::delivery::{Delivery, SignedDelivery};
use chop_formats::digest64::B64Digest;
use chop_formats::grant::{
    DataAccess, EXPLICIT_CONSENT, Grant, NoticeRef, ReceiptRule, Rights, SCHEMA, SignedGrant, Source,
};
use chop_formats::jose::jwk::{thumbprint, to_value};
use chop_formats::log_entry::{EntryKind, LogEntry, refs};
use chop_formats::proof_pack::{PackContents, PackEntry, PackOpening, PackPresentation, Side};
use chop_formats::receipt::{Ack, Common, Erased, Outcome, SignedReceipt, Use, sign};
use chop_formats::request::RequestDraft;
use chop_formats::sd_jwt::{Held, Issuance};
use chop_formats::sd_jwt_vc;
use chop_formats::trust_list::TrustView;
use chop_formats::x509::{Anchors, x509_hash};
use chop_ledger::{
    Checkpoint, Frontier, Origin, VerifierKey, blinded_holder_log, consistency_proof, inclusion_proof,
    leaf_data, leaf_hash,
};
use chop_model::{
    Action, Contact, Id, Jurisdiction, Lang, LangText, LegalId, OnExpiry, Party, Purpose, Retention,
};
use rcgen::{CertificateParams, KeyPair};
use serde_json::{Map, Value, json};

use crate::keys::{NamedKeys, forge_json, key_id, public};
use crate::pki::{self, NOW, authority, issue, key, leaf, self_signed};
use crate::request::draft;

/// The parties of one exchange. Two casts with different names share no key.
pub(crate) struct Cast {
    name: &'static str,
    pub(crate) keys: NamedKeys,
    pub(crate) hospital: Vec<u8>,
    clinic: Vec<u8>,
    root: Vec<u8>,
}

impl Cast {
    pub(crate) fn new(name: &'static str) -> Self {
        Self::with_hospital(name, &leaf("Harbour Hospital", "NTRHK-12345678", "hospital.example"))
    }

    /// A cast whose hospital has another certificate.
    pub(crate) fn with_hospital(name: &'static str, hospital: &CertificateParams) -> Self {
        let root = authority(&format!("{name} root"), (2025, 2035));
        let clinic = leaf("Peak Clinic", "NTRHK-87654321", "clinic.example");
        let purposes = [
            ("hospital", KeyPurpose::Verifier),
            ("clinic", KeyPurpose::Issuer),
            ("consent", KeyPurpose::Consent),
            ("credential", KeyPurpose::Credential),
            ("log", KeyPurpose::Log),
        ];
        let names = purposes.map(|(who, purpose)| (format!("{name} {who}"), purpose));
        let named: Vec<(&str, KeyPurpose)> = names.iter().map(|(n, p)| (n.as_str(), *p)).collect();
        let pair = |who: &str| -> KeyPair { key(&format!("{name} {who}")) };
        Self {
            name,
            keys: NamedKeys::new(&named),
            hospital: issue(hospital, &pair("hospital"), &root),
            clinic: issue(&clinic, &pair("clinic"), &root),
            root: self_signed(&root, &pki::key(&format!("{name} root"))),
        }
    }

    pub(crate) fn name_of(&self, who: &str) -> String {
        format!("{} {who}", self.name)
    }

    /// What somebody believes who was given this cast's authority.
    pub(crate) fn trust(&self) -> TrustView {
        TrustView::default().with_anchors(&Anchors::read(std::slice::from_ref(&self.root)).unwrap())
    }

    pub(crate) fn client_id(&self) -> String {
        x509_hash(&self.hospital)
    }

    pub(crate) fn log_key(&self) -> VerifierKey {
        let log = self.keys.find(&key_id(&self.name_of("log"))).unwrap();
        let origin = Origin::make(&SeededRandom::new(self.name)).unwrap();
        VerifierKey::new(origin.as_str(), *log.public.ed25519().unwrap()).unwrap()
    }

    pub(crate) fn note(&self, size: u64, root: Digest) -> String {
        let key = self.log_key();
        let checkpoint = Checkpoint { origin: key.name().to_owned(), size, root };
        let id = key_id(&self.name_of("log"));
        checkpoint.sign(&key, |m| self.keys.sign(&id, SigningDomain::Checkpoint, m)).unwrap()
    }

    /// The payload of a request as a verifier makes it.
    pub(crate) fn request_payload(&self) -> Value {
        let draft = RequestDraft {
            x5c: vec![self.hospital.clone()],
            nonce: NONCE.into(),
            dcql: DcqlQuery::from_value(&query(&["48765-2", "10160-0"])).unwrap(),
            vlc: [5; 32],
            ..draft()
        };
        let signed = draft.sign(&self.keys, &key_id(&self.name_of("hospital"))).unwrap();
        let payload = signed.text.split('.').nth(1).unwrap();
        serde_json::from_slice(&chop_crypto::encoding::from_base64url(payload).unwrap()).unwrap()
    }

    pub(crate) fn sign_request(&self, payload: &Value) -> String {
        let x5c = chop_crypto::encoding::to_base64(&self.hospital);
        let header = json!({"alg": "ES256", "typ": "oauth-authz-req+jwt", "x5c": [x5c]});
        forge_json(&header, payload, &self.name_of("hospital"))
    }

    pub(crate) fn grant(&self, request: &str, hlc: Digest) -> Grant {
        let iss = B64Digest(thumbprint(&public(&self.name_of("consent"))));
        Grant {
            schema: SCHEMA.to_owned(),
            jti: Id([1; 16]),
            iss,
            sub: iss,
            aud: Some(self.client_id()),
            aud_policy: None,
            relay: None,
            controller: Some(party()),
            src: vec![Source {
                name: LangText::same("Peak Clinic"),
                issuer: "https://clinic.example".into(),
                vct: "urn:chop:ips:1".into(),
            }],
            iat: NOW.plus(10),
            nbf: NOW.plus(10),
            exp: NOW.plus(600),
            req: Some(B64Digest(sha256(request.as_bytes()))),
            authorization_details: vec![DataAccess::new(query(&["48765-2"]), vec![], vec![Action::View])],
            max_uses: 1,
            purpose: vec![purpose()],
            legal_basis: EXPLICIT_CONSENT.to_owned(),
            retain: Retention { days: 0, on_expiry: OnExpiry::Delete },
            onward: vec![],
            locations: vec![Jurisdiction::Hk],
            jurisdiction: Jurisdiction::Hk,
            notice: NoticeRef { digest: B64Digest([3; 32]), lang: Lang::En, version: "1".into() },
            rights: Rights { channel: "dpo@hospital.example".into() },
            receipt: ReceiptRule::RequiredBeforeKey,
            hlc: B64Digest(hlc),
            vlc: Some(B64Digest([5; 32])),
            rec: B64Digest(sha256(RECORD)),
            ui: B64Digest([7; 32]),
        }
    }

    pub(crate) fn sign_grant(&self, grant: Grant) -> SignedGrant {
        grant.sign(&self.keys, &key_id(&self.name_of("consent"))).unwrap()
    }

    /// A presentation of a summary, one claim shown, bound to this grant.
    pub(crate) fn presentation(&self, aud: &str, grant: Option<&Digest>, nonce: &str) -> String {
        let mut claims = Map::new();
        claims.insert("iss".into(), json!("https://clinic.example"));
        claims.insert("vct".into(), json!("urn:chop:ips:1"));
        claims.insert("48765-2".into(), json!("penicillin"));
        claims.insert("10160-0".into(), json!("metformin"));
        let issuance = Issuance {
            typ: sd_jwt_vc::TYP,
            x5c: std::slice::from_ref(&self.clinic),
            kid: None,
            claims: &claims,
            disclosable: &[ClaimPath::key("48765-2"), ClaimPath::key("10160-0")],
            holder: Some(&public(&self.name_of("credential"))),
            pad_digests_to: 4,
        };
        let clinic = key_id(&self.name_of("clinic"));
        let sign = |m: &[u8]| self.keys.sign(&clinic, SigningDomain::Credential, m);
        let text = sd_jwt_vc::issue(&SeededRandom::new(self.name), &issuance, &sign).unwrap();
        let selection = Held::read(&text).unwrap().select(&[ClaimPath::key("48765-2")]).unwrap();
        let unsigned = selection.bind(aud, nonce, NOW.plus(11), grant).unwrap();
        unsigned.sign(&self.keys, &key_id(&self.name_of("credential"))).unwrap()
    }

    fn delivery(&self, grant: &SignedGrant) -> SignedDelivery {
        let binding = ContentBinding { grant: grant.digest(), ct: [8; 32], kc: [9; 32], vp: [10; 32] };
        let delivery = Delivery::of(grant, Id([2; 16]), NOW.plus(12), NOW.plus(600), &binding);
        delivery.sign(&self.keys, &key_id(&self.name_of("consent"))).unwrap()
    }

    /// What every receipt of this exchange says.
    pub(crate) fn common(&self, grant: &SignedGrant, delivery: &SignedDelivery, seconds: i64) -> Common {
        let binding = delivery.payload().binding();
        Common {
            iss: self.client_id(),
            org: "NTRHK-12345678".into(),
            iat: NOW.plus(seconds),
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

    pub(crate) fn sign_receipt<S: chop_formats::receipt::Stage>(&self, receipt: S) -> SignedReceipt<S> {
        let id = key_id(&self.name_of("hospital"));
        sign(receipt, &sha256(&self.hospital), &self.keys, &id).unwrap()
    }
}

/// The objects of one exchange, each already signed; a test puts others in their place.
#[derive(Clone)]
pub(crate) struct Story {
    pub(crate) request: String,
    pub(crate) grant: SignedGrant,
    pub(crate) delivery: SignedDelivery,
    pub(crate) ack: SignedReceipt<Ack>,
    pub(crate) used: SignedReceipt<Use>,
    pub(crate) erased: SignedReceipt<Erased>,
    pub(crate) presentation: String,
}

/// Entries that the log had before the exchange.
pub(crate) const BEFORE: u64 = 5;
/// The salt under the holder's log commitment.
pub(crate) const LOG_SALT: [u8; 32] = [44; 32];
/// The consent record; its bytes alone matter here.
pub(crate) const RECORD: &[u8] = b"{\"record\":\"sample\"}";
/// The nonce of the request.
pub(crate) const NONCE: &str = "bm9uY2Utb2YtMTI4LWJpdHM";

impl Story {
    pub(crate) fn of(cast: &Cast) -> Self {
        let request = cast.sign_request(&cast.request_payload());
        let hlc = blinded_holder_log(&LOG_SALT, Log::new(cast, &[]).note_at(BEFORE).as_bytes());
        let grant = cast.sign_grant(cast.grant(&request, hlc));
        let delivery = cast.delivery(&grant);
        let presentation = cast.presentation(&cast.client_id(), Some(&grant.digest()), NONCE);
        let ack = cast.sign_receipt(Ack::new(cast.common(&grant, &delivery, 20)));
        // `sd_hash` is taken over the text up to and including the last tilde.
        let with_tilde = &presentation[..=presentation.rfind('~').unwrap()];
        let sd_hash = B64Digest(sha256(with_tilde.as_bytes()));
        let used = Use::new(
            cast.common(&grant, &delivery, 30),
            B64Digest(ack.digest()),
            B64Digest([10; 32]),
            vec![sd_hash],
            vec![B64Digest([21; 32])],
            Outcome::Accepted {},
        );
        let used = cast.sign_receipt(used);
        let erased =
            Erased::new(cast.common(&grant, &delivery, 40), B64Digest(used.digest()), B64Digest([10; 32]));
        let erased = cast.sign_receipt(erased);
        Self { request, grant, delivery, ack, used, erased, presentation }
    }

    /// The entries that an exchange leaves in the holder's log.
    pub(crate) fn entries(&self) -> Vec<LogEntry> {
        let at = |kind, seconds| LogEntry::new(kind, NOW.plus(seconds));
        let req = sha256(self.request.as_bytes());
        let binding = self.presentation.rsplit_once('~').unwrap().1;
        let about = |entry: LogEntry| entry.with_hash(refs::GRANT, self.grant.digest());
        vec![
            at(EntryKind::Requested, 2).with_hash(refs::REQUEST, req),
            about(at(EntryKind::Spent, 12))
                .with_hash(refs::REQUEST, req)
                .with_hash(refs::DELIVERY, self.delivery.digest())
                .with_hash(&refs::key_binding(0), sha256(binding.as_bytes()))
                .with_fact("grant", &[1], Some([1; 32])),
            about(at(EntryKind::Acked, 21)).with_hash(refs::ACK, self.ack.digest()),
            about(at(EntryKind::Released, 22)),
            about(at(EntryKind::Used, 31)).with_hash(refs::USE, self.used.digest()),
            about(at(EntryKind::Erased, 41)).with_hash(refs::ERASED, self.erased.digest()),
        ]
    }

    /// The whole pack.
    pub(crate) fn pack(&self, cast: &Cast) -> PackContents {
        let log = Log::new(cast, &self.entries());
        let entries: Vec<u64> = (BEFORE..log.size() - 1).collect();
        PackContents {
            side: Side::Holder,
            log_key: cast.log_key().to_string(),
            checkpoint: log.note_at(log.size()),
            entries: entries.into_iter().map(|index| log.prove(index)).collect(),
            request: self.request.clone(),
            grant: self.grant.text().to_owned(),
            delivery: Some(self.delivery.text().to_owned()),
            consent_record: Some(RECORD.to_vec()),
            ack: Some(self.ack.text().to_owned()),
            used: Some(self.used.text().to_owned()),
            refused: None,
            erased: Some(self.erased.text().to_owned()),
            presentations: vec![PackPresentation::of(&self.presentation, true).unwrap()],
            opening: Some(PackOpening {
                salt: LOG_SALT,
                note: log.note_at(BEFORE),
                proof: consistency_proof(BEFORE, log.size(), log.stored.as_slice()).unwrap(),
            }),
        }
    }
}

/// A log with five entries of other things, those of an exchange, and one more of something else.
pub(crate) struct Log<'a> {
    cast: &'a Cast,
    pub(crate) stored: Vec<Digest>,
    roots: Vec<Digest>,
    entries: Vec<Vec<u8>>,
}

impl<'a> Log<'a> {
    pub(crate) fn new(cast: &'a Cast, entries: &[LogEntry]) -> Self {
        let other = |seconds: i64| LogEntry::new(EntryKind::Imported, NOW.plus(seconds));
        let before = (0..BEFORE).map(|i| other(i as i64 - 100));
        let all = before.chain(entries.iter().cloned()).chain([other(100)]);
        Self::of_bytes(cast, all.map(|entry| entry.to_bytes().unwrap()).collect())
    }

    pub(crate) fn of_bytes(cast: &'a Cast, entries: Vec<Vec<u8>>) -> Self {
        let mut frontier = Frontier::new();
        let (mut stored, mut roots) = (Vec::new(), vec![frontier.root()]);
        for (index, bytes) in (0..).zip(&entries) {
            let leaf = leaf_hash(&leaf_data(&salt(index), bytes));
            stored.extend(frontier.append(leaf).unwrap());
            roots.push(frontier.root());
        }
        Self { cast, stored, roots, entries }
    }

    pub(crate) fn size(&self) -> u64 {
        self.entries.len() as u64
    }

    pub(crate) fn note_at(&self, size: u64) -> String {
        self.cast.note(size, self.roots[size as usize])
    }

    pub(crate) fn prove(&self, index: u64) -> PackEntry {
        PackEntry {
            index,
            salt: salt(index),
            bytes: self.entries[index as usize].clone(),
            proof: inclusion_proof(index, self.size(), self.stored.as_slice()).unwrap(),
        }
    }
}

fn salt(index: u64) -> [u8; 32] {
    sha256(&index.to_be_bytes())
}

/// A query for these sections of a summary.
pub(crate) fn query(sections: &[&str]) -> Value {
    let claims: Vec<Value> = sections.iter().map(|section| json!({"path": [section]})).collect();
    json!({"credentials": [{"id": "summary", "format": "dc+sd-jwt",
        "meta": {"vct_values": ["urn:chop:ips:1"]}, "claims": claims}]})
}

fn party() -> Party {
    Party {
        names: LangText::same("Harbour Hospital"),
        legal_id: LegalId { scheme: "BRN".into(), value: "12345678".into() },
        jurisdiction: Jurisdiction::Hk,
        contact: Contact { name: "Data office".into(), ..Contact::default() },
    }
}

fn purpose() -> Purpose {
    Purpose {
        code: "care.consultation".into(),
        id: "https://w3id.org/dpv/sector-health#ConsultationManagement".into(),
        scene: "outpatient".into(),
        text: LangText::same("This consultation"),
    }
}

/// The holder's key as JSON, for key bindings that no honest wallet makes.
pub(crate) fn sign_as_holder(cast: &Cast, payload: &Value) -> String {
    let header = json!({"alg": "ES256", "typ": "kb+jwt"});
    forge_json(&header, payload, &cast.name_of("credential"))
}

/// A credential of the holder's own making.
pub(crate) fn own_statement(cast: &Cast) -> String {
    let own = public(&cast.name_of("item"));
    let uri = format!("urn:ietf:params:oauth:jwk-thumbprint:sha-256:{}", B64Digest(thumbprint(&own)));
    let payload = json!({"iss": uri, "sub_jwk": to_value(&own), "vct": "urn:chop:item:1",
        "cnf": {"jwk": to_value(&public(&cast.name_of("credential")))}});
    forge_json(&json!({"alg": "ES256", "typ": "dc+sd-jwt"}), &payload, &cast.name_of("item"))
}
