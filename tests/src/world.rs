//! The world in which the walks happen: one clock, one seed, a demo authority, a resident in Hong Kong
//! and a hospital across the border, each with a space on disk.
//!
//! ```text
//! authority ── leaf ──► clinic, university   issue the resident's two credentials
//!           └─ leaf ──► hospital             asks; named in the trust list, as are the issuers
//! resident                                   two credentials, a file and a record of their own
//! ```
//!
//! Nobody here exists. The same seed gives the same keys, and every test has a world of its own.

#![expect(clippy::unwrap_used, reason = "a world that cannot be made is a failed test")]

mod dump;
mod forge;
mod full;
mod pki;
mod space;
mod status;
mod steps;

use std::sync::Arc;

use chop_core::testing::{FixedClock, MemoryKeystore, SeededRandom};
use chop_core::{Clock, samples};
use chop_crypto::{Digest, KeyPurpose, KeyRef, Keystore, P256PublicKey, Random, SigningDomain};
use chop_formats::claim_path::ClaimPath;
use chop_formats::ips::{self, IpsBundle};
use chop_formats::sd_jwt::Issuance;
use chop_formats::sd_jwt_vc;
use chop_formats::signed_pack::{PackKind, SignedPack, UnverifiedPack};
use chop_formats::trust_list::{TrustEntry, TrustList, UnverifiedTrustList};
use chop_formats::x509::Role;
use chop_model::{Jurisdiction, Party, UnixTime};
use chop_vault::SpaceKind;
use serde_json::{Map, Value, json};
use tempfile::TempDir;

pub use dump::{dump, logged, logged_kinds};
pub use forge::{BadAnswer, CONSENT, VERIFIER, header_of, payload_of, sign, twin};
pub use full::{FullDisk, with_full_disk};
pub use pki::Authority;
pub use space::{KeyPlace, PASSPHRASE, Space, open_when_free};
pub use status::{ListSigner, STATUS_IDX, STATUS_URI};
pub use steps::{Walked, act, agree, ask_all, choose_all, everything, read};

/// 2026-11-21T00:00:00Z: when every world begins.
pub const BEGIN: UnixTime = UnixTime(1_795_219_200);
/// The bytes of the resident's file.
pub const LETTER: &[u8] = b"%PDF-1.7 a letter of the resident's own, marked 7f3a1c\n";
/// The resident's own record; only its title is ever asked for.
pub const RECORD: &str = r#"{"title":"next of kin, stated by the resident","kin":"withheld-kin-9c1e"}"#;

/// Everybody, and what they share.
pub struct World {
    /// The one clock.
    pub clock: Arc<FixedClock>,
    /// Who grants.
    pub resident: Space,
    /// Who asks.
    pub hospital: Space,
    /// Who vouches for leaves.
    pub authority: Authority,
    /// The trust list that both have accepted.
    pub list: String,
    /// When it began.
    pub begin: UnixTime,
    /// Keys of issuers and of the list's publisher.
    pub keys: MemoryKeystore,
    random: Arc<dyn Random>,
    publisher: KeyRef,
    clinic: Issuer,
    university: Issuer,
    office: Issuer,
    folder: TempDir,
}

/// An issuer's key with its chain.
struct Issuer {
    key: KeyRef,
    chain: Vec<Vec<u8>>,
}

impl World {
    /// A world whose private keys are in memory.
    pub fn new() -> Self {
        Self::with_keys(KeyPlace::Memory)
    }

    /// A world whose private keys are where `place` says.
    pub fn with_keys(place: KeyPlace) -> Self {
        Self::beginning(BEGIN, place)
    }

    /// A world that begins at another time: beside a server that goes by the machine's clock.
    pub fn beginning(begin: UnixTime, place: KeyPlace) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(FixedClock::at(begin));
        let random: Arc<dyn Random> = Arc::new(SeededRandom::new("world"));
        let keys = MemoryKeystore::new(Box::new(SeededRandom::new("world keys")));
        let authority = Authority::new("Sample Authority");
        let space =
            |name, kind| Space::create(&folder.path().join(name), kind, place, clock.clone(), random.clone());
        let (resident, hospital) = (space("resident", SpaceKind::Person), space("hospital", SpaceKind::Firm));
        let issuer = |party: Party, dns: &str| {
            let key = keys.generate(KeyPurpose::Issuer).unwrap();
            let leaf = authority.leaf(&party, dns, key.public.p256().unwrap());
            Issuer { chain: vec![leaf], key }
        };
        let clinic = issuer(samples::clinic(), "clinic.example.invalid");
        let university = issuer(samples::university(), "university.example.invalid");
        let office = issuer(samples::office(), "office.example.invalid");
        let publisher = keys.generate(KeyPurpose::TrustPublisher).unwrap();
        let list = String::new();
        let mut world = Self {
            clock,
            resident,
            hospital,
            authority,
            list,
            begin,
            keys,
            random,
            publisher,
            clinic,
            university,
            office,
            folder,
        };
        world.settle();
        world
    }

    /// Certificates, trust and holdings.
    fn settle(&mut self) {
        let hospital = self.hospital.verifier_key().unwrap();
        let leaf = self.authority.leaf(&samples::hospital(), "hospital.example.invalid", &hospital);
        self.hospital.certify(std::slice::from_ref(&leaf)).unwrap();
        self.hospital.set_place(Jurisdiction::Cn).unwrap();
        self.resident.set_place(Jurisdiction::Hk).unwrap();
        self.list = self.list_of(1, leaf);
        let fingerprint = self.fingerprint();
        self.resident.add_trust(&self.list, &fingerprint).unwrap();
        self.hospital.add_trust(&self.list, &fingerprint).unwrap();
        let (summary, transcript) = (self.summary(), self.transcript());
        self.resident.take("summary.sd-jwt", summary.as_bytes());
        self.resident.take("transcript.sd-jwt", transcript.as_bytes());
        self.resident.take("letter.pdf", LETTER);
        self.resident.take_record(RECORD);
    }

    /// The fingerprint under which both accepted the list.
    pub fn fingerprint(&self) -> Digest {
        UnverifiedTrustList::parse(&self.list).unwrap().fingerprint()
    }

    /// Edition `seq` of the list, with `hospital` as the hospital's leaf.
    pub fn list_of(&self, seq: u64, hospital: Vec<u8>) -> String {
        self.list_of_party(seq, samples::hospital(), hospital)
    }

    /// As [`World::list_of`], with another name or place of the hospital.
    pub fn list_of_party(&self, seq: u64, party: Party, hospital: Vec<u8>) -> String {
        let entry = |party, roles: Role, certificate: &[u8], vcts: &[&str]| TrustEntry {
            party,
            roles: vec![roles],
            certificate: certificate.to_vec(),
            encryption_key: None,
            vcts: vcts.iter().map(|vct| (*vct).to_owned()).collect(),
        };
        let list = TrustList {
            version: 1,
            iss: [0; 32].into(),
            seq,
            issued: self.begin.plus(-86_400),
            next_update: self.begin.plus(30 * 86_400),
            publisher: samples::list_publisher(),
            anchors: vec![self.authority.der()],
            entries: vec![
                entry(party, Role::Verifier, &hospital, &[]),
                entry(
                    samples::clinic(),
                    Role::Issuer,
                    &self.clinic.chain[0],
                    &[ips::VCT, "urn:chop:fj.health_card:1"],
                ),
                entry(
                    samples::university(),
                    Role::Issuer,
                    &self.university.chain[0],
                    &[samples::TRANSCRIPT_VCT],
                ),
                entry(samples::office(), Role::Issuer, &self.office.chain[0], &[samples::IDENTITY_VCT]),
            ],
        };
        list.sign(&self.keys, &self.publisher.id).unwrap()
    }

    /// HL7's patient summary as the clinic issues it, bound to a new key of the resident.
    pub fn summary(&self) -> String {
        let bundle = IpsBundle::read(samples::PATIENT_SUMMARY).unwrap();
        let holder = self.resident.make_credential_key().unwrap();
        let claims = bundle.as_claims();
        self.issue(&self.clinic, ips::VCT, claims, &bundle.disclosable(), &holder, 0)
    }

    /// The transcript of 40 courses as the university issues it, bound to a new key of the resident.
    pub fn transcript(&self) -> String {
        self.transcript_with_decoys(0)
    }

    /// As [`World::transcript`], every list of digests filled up with decoys to that number.
    pub fn transcript_with_decoys(&self, decoys: usize) -> String {
        let transcript = samples::Transcript::read(samples::TRANSCRIPT).unwrap();
        let holder = self.resident.make_credential_key().unwrap();
        let (claims, paths) = (transcript.claims().clone(), transcript.disclosable());
        self.issue(&self.university, samples::TRANSCRIPT_VCT, claims, &paths, &holder, decoys)
    }

    /// An identity card as the office issues it, with `change` made to its claims first.
    pub fn identity(&self, change: impl FnOnce(&mut Map<String, Value>)) -> String {
        let holder = self.resident.make_credential_key().unwrap();
        let mut claims = samples::identity();
        change(&mut claims);
        let paths: Vec<_> = claims.keys().map(|name| ClaimPath::key(name)).collect();
        self.issue(&self.office, samples::IDENTITY_VCT, claims, &paths, &holder, 0)
    }

    fn issue(
        &self,
        issuer: &Issuer,
        vct: &str,
        mut claims: Map<String, Value>,
        disclosable: &[ClaimPath],
        holder: &P256PublicKey,
        decoys: usize,
    ) -> String {
        claims.insert("vct".into(), json!(vct));
        claims.insert("iat".into(), json!(self.clock.now().0));
        let issuance = Issuance {
            typ: sd_jwt_vc::TYP,
            x5c: &issuer.chain,
            kid: None,
            claims: &claims,
            disclosable,
            holder: Some(holder),
            pad_digests_to: decoys,
        };
        let sign = |input: &[u8]| self.keys.sign(&issuer.key.id, SigningDomain::Credential, input);
        sd_jwt_vc::issue(self.random.as_ref(), &issuance, &sign).unwrap()
    }

    /// A paper of any type, issued by the clinic without anything hidden but these claims.
    pub fn paper(&self, vct: &str, claims: &Value) -> String {
        let holder = self.resident.make_credential_key().unwrap();
        let claims = claims.as_object().unwrap().clone();
        let paths: Vec<ClaimPath> = claims.keys().map(|key| ClaimPath::key(key)).collect();
        self.issue(&self.clinic, vct, claims, &paths, &holder, 0)
    }

    /// A signed pack of the world's one publisher, and the fingerprint of its key.
    pub fn pack(&self, seq: u64, kind: &str, id: &str, version: &str, text: &str) -> (String, Digest) {
        self.pack_by("pack publisher", seq, (kind, id, version), text)
    }

    /// As [`World::pack`], by a publisher of this name.
    pub fn pack_by(
        &self,
        publisher: &str,
        seq: u64,
        (kind, id, version): (&str, &str, &str),
        text: &str,
    ) -> (String, Digest) {
        let keys = MemoryKeystore::new(Box::new(SeededRandom::new(publisher)));
        let key = keys.generate(KeyPurpose::PackPublisher).unwrap();
        let pack = SignedPack {
            format: 1,
            iss: [0; 32].into(),
            kind: PackKind::from_code(kind).unwrap(),
            id: id.to_owned(),
            version: version.to_owned(),
            seq,
            issued: BEGIN,
            effective_from: BEGIN,
            text: text.to_owned(),
        };
        let text = pack.sign(&keys, &key.id).unwrap();
        let fingerprint = UnverifiedPack::parse(&text).unwrap().fingerprint();
        (text, fingerprint)
    }

    /// Another space, empty, beside the others.
    pub fn stranger(&self, name: &str) -> Space {
        let folder = self.folder.path().join(name);
        Space::create(&folder, SpaceKind::Firm, KeyPlace::Memory, self.clock.clone(), self.random.clone())
    }

    /// Another space of the hospital, under a certificate of its own for the same organisation.
    pub fn second_desk(&self) -> Space {
        self.desk(KeyPlace::Memory)
    }

    /// As [`World::second_desk`], its private keys where `place` says.
    pub fn desk(&self, place: KeyPlace) -> Space {
        let (folder, clock) = (self.path("second desk"), self.clock.clone());
        let desk = Space::create(&folder, SpaceKind::Firm, place, clock, self.random.clone());
        let leaf = self.authority.leaf(
            &samples::hospital(),
            "hospital.example.invalid",
            &desk.verifier_key().unwrap(),
        );
        desk.certify(std::slice::from_ref(&leaf)).unwrap();
        desk.set_place(Jurisdiction::Cn).unwrap();
        desk.add_trust(&self.list, &self.fingerprint()).unwrap();
        desk
    }

    /// A folder of this world that is still empty.
    pub fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }
}

impl Default for World {
    fn default() -> Self {
        Self::new()
    }
}
