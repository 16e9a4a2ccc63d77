//! Authorities and leaves. Every key is SHA-256 of its name, so a certificate made years ago and a
//! signature made now belong together.

use chop_crypto::{AgreementKey, Secret, sha256};
use chop_model::UnixTime;
use rcgen::string::Ia5String;
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose,
    SanType, SignatureAlgorithm, date_time_ymd,
};

/// 2026-11-21T00:00:00Z: the time of every test that has a certificate.
pub(crate) const NOW: UnixTime = UnixTime(1_795_219_200);

/// The private scalar that follows from a name.
pub(crate) fn scalar(name: &str) -> Secret<32> {
    Secret::new(sha256(name.as_bytes()))
}

/// The P-256 key pair of that name, as rcgen wants it.
pub(crate) fn key(name: &str) -> KeyPair {
    let public = AgreementKey::from_secret(&scalar(name)).unwrap().public();
    let mut pkcs8 = PKCS8_HEAD.to_vec();
    pkcs8.extend(sha256(name.as_bytes()));
    pkcs8.extend([0xa1, 0x44, 0x03, 0x42, 0x00]);
    pkcs8.extend(public.as_sec1());
    KeyPair::try_from(pkcs8).unwrap()
}

/// A key pair of another kind, fresh.
pub(crate) fn other_key(algorithm: &'static SignatureAlgorithm) -> KeyPair {
    KeyPair::generate_for(algorithm).unwrap()
}

/// An authority that may be below the root or be it.
pub(crate) fn authority(name: &str, days: (i32, i32)) -> CertificateParams {
    let mut params = blank(name, days);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params
}

/// A leaf that may sign, with the organisation's name and identifier and one DNS name.
pub(crate) fn leaf(organisation: &str, id: &str, dns: &str) -> CertificateParams {
    let mut params = blank(organisation, (2026, 2027));
    params.distinguished_name.push(DnType::OrganizationName, organisation);
    params.distinguished_name.push(DnType::CustomDnType(vec![2, 5, 4, 97]), id);
    params.subject_alt_names = vec![SanType::DnsName(Ia5String::try_from(dns).unwrap())];
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params
}

/// The DER of `params` for the key of `subject`, issued by `issuer`, whose key is the one of its
/// common name.
pub(crate) fn issue(params: &CertificateParams, subject: &KeyPair, issuer: &CertificateParams) -> Vec<u8> {
    issue_with(params, subject, issuer, &key(&common_name(issuer)))
}

/// As [`issue`], with the issuer's key given.
pub(crate) fn issue_with(
    params: &CertificateParams,
    subject: &KeyPair,
    issuer: &CertificateParams,
    issuer_key: &KeyPair,
) -> Vec<u8> {
    params.signed_by(subject, &Issuer::from_params(issuer, issuer_key)).unwrap().der().to_vec()
}

/// The DER of `params` signed by its own key.
pub(crate) fn self_signed(params: &CertificateParams, key: &KeyPair) -> Vec<u8> {
    params.self_signed(key).unwrap().der().to_vec()
}

/// A chain as concatenated PEM, leaf first.
pub(crate) fn to_pem(chain: &[Vec<u8>]) -> String {
    chain
        .iter()
        .map(|der| {
            let text = chop_crypto::encoding::to_base64(der);
            let lines: Vec<_> = text.as_bytes().chunks(64).map(|l| std::str::from_utf8(l).unwrap()).collect();
            format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", lines.join("\n"))
        })
        .collect()
}

/// The certificates of concatenated PEM.
pub(crate) fn from_pem(text: &str) -> Vec<Vec<u8>> {
    text.split("-----BEGIN CERTIFICATE-----")
        .skip(1)
        .map(|part| {
            let body: String = part.split("-----END").next().unwrap().split_whitespace().collect();
            chop_crypto::encoding::from_base64(&body).unwrap()
        })
        .collect()
}

fn common_name(params: &CertificateParams) -> String {
    match params.distinguished_name.get(&DnType::CommonName) {
        Some(rcgen::DnValue::Utf8String(name)) => name.clone(),
        _ => panic!("every authority of the tests has a common name"),
    }
}

fn blank(name: &str, (from, until): (i32, i32)) -> CertificateParams {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, name);
    params.not_before = date_time_ymd(from, 1, 1);
    params.not_after = date_time_ymd(until, 12, 31);
    params
}

/// RFC 5208 PrivateKeyInfo of a P-256 key up to the 32 bytes of the scalar.
const PKCS8_HEAD: &[u8] = &[
    0x30, 0x81, 0x87, 0x02, 0x01, 0x00, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01,
    0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x04, 0x6d, 0x30, 0x6b, 0x02, 0x01, 0x01,
    0x04, 0x20,
];
