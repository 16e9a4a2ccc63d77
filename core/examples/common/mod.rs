// What the examples share: a demo authority, a clinic that issued, a hospital that asks and a resident
// who holds, in a folder that is thrown away. Nobody here exists. (No inner doc comment: the front page
// of the library takes this file into its example.)

use std::sync::Arc;

use chop_core::flow::{Agreement, Choices, Consent};
use chop_core::holdings::Import;
use chop_core::plumbing::crypto::{
    Argon2Cost, KeyPurpose, OsRandom, P256PublicKey, SecretBytes, SigningDomain,
};
use chop_core::plumbing::formats::trust_list::{TrustEntry, TrustList, UnverifiedTrustList};
use chop_core::plumbing::formats::{ips, sd_jwt::Issuance, sd_jwt_vc, x509::Role};
use chop_core::plumbing::model::{Jurisdiction, Lang, Party, UnixTime};
use chop_core::plumbing::vault::{FirstSlots, NewSpace, SpaceKind};
use chop_core::{Clock, Edge, Keys, NoAnchors, Wallet, samples};
use rcgen::{CertificateParams, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose, PublicKeyData};

pub(crate) type Done<T = ()> = Result<T, Box<dyn std::error::Error>>;

/// Two wallets that accepted the same trust list.
pub(crate) struct Demo {
    pub(crate) resident: Wallet,
    pub(crate) hospital: Wallet,
    _folder: tempfile::TempDir,
}

impl Demo {
    pub(crate) fn new() -> Done<Self> {
        let folder = tempfile::tempdir()?;
        let resident = wallet(&folder.path().join("resident"), SpaceKind::Person, Jurisdiction::Hk)?;
        let hospital = wallet(&folder.path().join("hospital"), SpaceKind::Firm, Jurisdiction::Cn)?;
        // One key store plays authority's helper, clinic and publisher; each key has its own purpose.
        let keys = hospital.ports().keystore.clone();
        let (clinic, publisher) =
            (keys.generate(KeyPurpose::Issuer)?, keys.generate(KeyPurpose::TrustPublisher)?);
        let authority = Authority::new()?;
        let of_hospital = authority.certify(&samples::hospital(), &hospital.verifier_key()?)?;
        let of_clinic = authority.certify(&samples::clinic(), clinic.public.p256()?)?;
        hospital.certify(std::slice::from_ref(&of_hospital))?;
        let entry = |party, role, certificate, vcts| TrustEntry {
            party,
            roles: vec![role],
            certificate,
            encryption_key: None,
            vcts,
        };
        let list = TrustList {
            version: 1,
            iss: [0; 32].into(),
            seq: 1,
            issued: TODAY,
            next_update: TODAY.plus(30 * 86_400),
            publisher: samples::list_publisher(),
            anchors: vec![authority.0.self_signed(&authority.1)?.der().to_vec()],
            entries: vec![
                entry(samples::hospital(), Role::Verifier, of_hospital, vec![]),
                entry(samples::clinic(), Role::Issuer, of_clinic.clone(), vec![ips::VCT.into()]),
            ],
        };
        let list = list.sign(keys.as_ref(), &publisher.id)?;
        let fingerprint = UnverifiedTrustList::parse(&list)?.fingerprint();
        resident.add_trust(&list, &fingerprint)?;
        hospital.add_trust(&list, &fingerprint)?;
        // The clinic's patient summary, one claim for each section, bound to a key of the resident.
        let bundle = ips::IpsBundle::read(samples::PATIENT_SUMMARY)?;
        let mut claims = bundle.as_claims();
        claims.insert("vct".into(), ips::VCT.into());
        let (holder, x5c, disclosable) = (resident.make_credential_key()?, [of_clinic], bundle.disclosable());
        let holder = Some(&holder);
        let issuance = Issuance {
            typ: sd_jwt_vc::TYP,
            x5c: &x5c,
            kid: None,
            claims: &claims,
            disclosable: &disclosable,
            holder,
            pad_digests_to: 0,
        };
        let sign = |input: &[u8]| keys.sign(&clinic.id, SigningDomain::Credential, input);
        let text = sd_jwt_vc::issue(&OsRandom, &issuance, &sign)?;
        let (name, size, mut bytes) = ("summary.sd-jwt", text.len() as u64, text.as_bytes());
        resident.import(Import { form: None, title: None, name, size, bytes: &mut bytes })?;
        Ok(Self { resident, hospital, _folder: folder })
    }
}

/// Reads the page for the summary's first claim, in English, and agrees to it; each separate consent
/// that the law wants is an act of its own.
pub(crate) fn consent(resident: &Wallet, request: &str) -> Done<Consent> {
    let prompt = resident.look(request)?;
    let mut choices = Choices::default();
    for query in prompt.queries() {
        choices.claims.insert(query.id.clone(), query.asked.iter().take(1).cloned().collect());
    }
    let page = prompt.page(&choices, Lang::En)?;
    resident.reauthenticate(&SecretBytes::new(PASSPHRASE.to_vec()))?; // health data: the highest level
    let mut agreement = Agreement::to(&page.code, Lang::En, resident)?;
    for topic in page.separate {
        agreement.consent(topic, resident)?;
    }
    prompt.answer(&choices, &agreement).map_err(|(_, error)| error.into())
}

fn wallet(folder: &std::path::Path, kind: SpaceKind, place: Jurisdiction) -> Done<Wallet> {
    let keys = Keys::File(folder.with_extension("keys"));
    let edge =
        Edge { clock: Arc::new(Today), random: Arc::new(OsRandom), anchors: Arc::new(NoAnchors), keys };
    let passphrase = SecretBytes::new(PASSPHRASE.to_vec());
    let slots = FirstSlots { passphrase, cost: Argon2Cost::FLOOR };
    let (wallet, _recovery_code) =
        Wallet::create(folder, &NewSpace { kind, label: "demo".into() }, &slots, edge)?;
    wallet.set_place(place)?;
    Ok(wallet)
}

const PASSPHRASE: &[u8] = b"only for the example";
const TODAY: UnixTime = UnixTime(1_795_219_200);

/// 2026-11-21, for ever.
struct Today;

impl Clock for Today {
    fn now(&self) -> UnixTime {
        TODAY
    }
}

/// Certifies the keys of others.
struct Authority(CertificateParams, KeyPair);

impl Authority {
    fn new() -> Done<Self> {
        let mut params = CertificateParams::new([])?;
        params.distinguished_name.push(DnType::CommonName, "Sample Authority");
        params.is_ca = IsCa::Ca(rcgen::BasicConstraints::Constrained(0));
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        Ok(Self(params, KeyPair::generate()?))
    }

    fn certify(&self, party: &Party, key: &P256PublicKey) -> Done<Vec<u8>> {
        let mut params = CertificateParams::new([])?;
        params.distinguished_name.push(DnType::OrganizationName, party.names.en.as_str());
        let id = format!("{}-{}", party.legal_id.scheme, party.legal_id.value);
        params.distinguished_name.push(DnType::CustomDnType(vec![2, 5, 4, 97]), id);
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        Ok(params.signed_by(&Subject(key), &Issuer::from_params(&self.0, &self.1))?.der().to_vec())
    }
}

/// A public key whose private half is in a key store.
struct Subject<'a>(&'a P256PublicKey);

impl PublicKeyData for Subject<'_> {
    fn der_bytes(&self) -> &[u8] {
        self.0.as_sec1()
    }

    fn algorithm(&self) -> &'static rcgen::SignatureAlgorithm {
        &rcgen::PKCS_ECDSA_P256_SHA256
    }
}
