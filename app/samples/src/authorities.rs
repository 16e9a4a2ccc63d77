//! Demo authorities: a root that vouches for certificates, a publisher of a trust list, issuers. All
//! of them are made on the spot and say in every name that they are a demo.

use chop_core::plumbing::crypto::{KeyPurpose, KeyRef, Keystore, OsRandom, P256PublicKey, SigningDomain};
use chop_core::plumbing::formats::claim_path::ClaimPath;
use chop_core::plumbing::formats::digest64::B64Digest;
use chop_core::plumbing::formats::sd_jwt::Issuance;
use chop_core::plumbing::formats::sd_jwt_vc;
use chop_core::plumbing::formats::status_list;
use chop_core::plumbing::formats::trust_list::{TrustEntry, TrustList};
use chop_core::plumbing::formats::x509::Role;
use chop_core::plumbing::model::{Party, UnixTime};
use chop_core::{Error, WalletError, samples};
use rcgen::string::Ia5String;
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose,
    PKCS_ECDSA_P256_SHA256, PublicKeyData, SanType, SignatureAlgorithm, date_time_ymd,
};
use serde_json::{Map, Value};

use crate::keys::DemoKeys;

/// The root, the publisher and the keys of both.
pub struct Authorities {
    keys: DemoKeys,
    publisher: KeyRef,
    root: Issuer<'static, KeyPair>,
    root_der: Vec<u8>,
    now: UnixTime,
    edition: u64,
}

/// An issuer with its certified key.
pub struct DemoIssuer {
    party: Party,
    vct: &'static str,
    key: KeyRef,
    certificate: Vec<u8>,
}

impl Authorities {
    /// Makes them.
    pub fn make(now: UnixTime) -> Result<Self, Error> {
        let keys = DemoKeys::default();
        let publisher = keys.generate(KeyPurpose::TrustPublisher)?;
        let key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).map_err(no_certificate)?;
        let mut params = blank("示例根证书 Demo Root CA", now)?;
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let root_der = params.self_signed(&key).map_err(no_certificate)?.der().to_vec();
        Ok(Self { keys, publisher, root: Issuer::new(params, key), root_der, now, edition: 1 })
    }

    /// Lets time pass: what is signed from here on is of `now`, and the next list is the next edition.
    pub fn move_to(&mut self, now: UnixTime) {
        self.now = now;
        self.edition += 1;
    }

    /// A certificate for a party's key. It vouches for the name and the number, and for nothing else.
    pub fn certify(&self, party: &Party, key: &P256PublicKey, dns: &str) -> Result<Vec<u8>, Error> {
        let mut params = blank(&party.names.en, self.now)?;
        params.distinguished_name.push(DnType::OrganizationName, party.names.en.as_str());
        let id = format!("{}-{}", party.legal_id.scheme, party.legal_id.value);
        params.distinguished_name.push(DnType::CustomDnType(ORGANISATION_IDENTIFIER.to_vec()), id);
        // A demo verifier serves on this machine, and answers go to a host of its certificate only.
        let name = |dns: &str| Ia5String::try_from(dns).map(SanType::DnsName).map_err(no_certificate);
        params.subject_alt_names = vec![name(dns)?, name("localhost")?];
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.is_ca = IsCa::ExplicitNoCa;
        let subject = Subject(*key);
        Ok(params.signed_by(&subject, &self.root).map_err(no_certificate)?.der().to_vec())
    }

    /// A certified issuer of one credential type.
    pub fn issuer(&self, party: Party, vct: &'static str, dns: &str) -> Result<DemoIssuer, Error> {
        let key = self.keys.generate(KeyPurpose::Issuer)?;
        let certificate = self.certify(&party, key.public.p256()?, dns)?;
        Ok(DemoIssuer { party, vct, key, certificate })
    }

    /// Issues a credential to the holder of `holder`, every path of `disclosable` on its own.
    pub fn issue(
        &self,
        issuer: &DemoIssuer,
        mut claims: Map<String, Value>,
        disclosable: &[ClaimPath],
        holder: &P256PublicKey,
    ) -> Result<String, Error> {
        claims.insert("vct".into(), issuer.vct.into());
        claims.insert("iat".into(), self.now.0.into());
        claims.insert("exp".into(), self.now.plus(YEAR).0.into());
        let issuance = Issuance {
            typ: sd_jwt_vc::TYP,
            x5c: std::slice::from_ref(&issuer.certificate),
            kid: None,
            claims: &claims,
            disclosable,
            holder: Some(holder),
            pad_digests_to: 0,
        };
        let sign = |input: &[u8]| self.keys.sign(&issuer.key.id, SigningDomain::Credential, input);
        Ok(sd_jwt_vc::issue(&OsRandom, &issuance, &sign)?)
    }

    /// Signs a status list as the issuer of what is on it.
    pub fn status_list(&self, issuer: &DemoIssuer, draft: &status_list::Draft<'_>) -> Result<String, Error> {
        let sign = |input: &[u8]| self.keys.sign(&issuer.key.id, SigningDomain::StatusList, input);
        Ok(status_list::issue(draft, vec![issuer.certificate.clone()], &sign)?)
    }

    /// The signed list of who is who in this demo.
    pub fn trust_list(
        &self,
        issuers: &[&DemoIssuer],
        verifiers: &[(Party, Vec<u8>)],
    ) -> Result<String, Error> {
        let issuers = issuers.iter().map(|issuer| TrustEntry {
            party: issuer.party.clone(),
            roles: vec![Role::Issuer],
            certificate: issuer.certificate.clone(),
            encryption_key: None,
            vcts: vec![issuer.vct.to_owned()],
        });
        let verifiers = verifiers.iter().map(|(party, certificate)| TrustEntry {
            party: party.clone(),
            roles: vec![Role::Verifier],
            certificate: certificate.clone(),
            encryption_key: None,
            vcts: Vec::new(),
        });
        let list = TrustList {
            version: 1,
            iss: B64Digest([0; 32]),
            seq: self.edition,
            issued: self.now,
            next_update: self.now.plus(MONTH),
            publisher: samples::list_publisher(),
            anchors: vec![self.root_der.clone()],
            entries: issuers.chain(verifiers).collect(),
        };
        Ok(list.sign(&self.keys, &self.publisher.id)?)
    }
}

/// A certificate's subject that brings only its public key: the private one stays in its wallet.
struct Subject(P256PublicKey);

impl PublicKeyData for Subject {
    fn der_bytes(&self) -> &[u8] {
        self.0.as_sec1()
    }

    fn algorithm(&self) -> &'static SignatureAlgorithm {
        &PKCS_ECDSA_P256_SHA256
    }
}

fn blank(name: &str, now: UnixTime) -> Result<CertificateParams, Error> {
    let mut params = CertificateParams::new(Vec::new()).map_err(no_certificate)?;
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, name);
    let ((year, month, date), (last, last_month, last_date)) =
        (day(now.plus(-DAY))?, day(now.plus(YEAR + DAY))?);
    params.not_before = date_time_ymd(year, month, date);
    params.not_after = date_time_ymd(last, last_month, last_date);
    Ok(params)
}

/// Year, month and day in UTC: certificates of the demo begin and end at midnight.
fn day(at: UnixTime) -> Result<(i32, u8, u8), Error> {
    let time = jiff::Timestamp::from_second(at.0).map_err(|_| WalletError::Internal)?;
    let date = time.to_zoned(jiff::tz::TimeZone::UTC).date();
    let part = |number: i8| u8::try_from(number).map_err(|_| WalletError::Internal);
    Ok((i32::from(date.year()), part(date.month())?, part(date.day())?))
}

fn no_certificate(_: rcgen::Error) -> WalletError {
    WalletError::Internal
}

/// 2.5.4.97, organizationIdentifier.
const ORGANISATION_IDENTIFIER: [u64; 4] = [2, 5, 4, 97];
const DAY: i64 = 86_400;
const MONTH: i64 = 30 * DAY;
const YEAR: i64 = 365 * DAY;
