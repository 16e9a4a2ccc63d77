//! The demo authority. Its key is random; what it certifies is not.

use chop_crypto::P256PublicKey;
use chop_model::Party;
use rcgen::string::Ia5String;
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose,
    PKCS_ECDSA_P256_SHA256, PublicKeyData, SanType, SignatureAlgorithm, date_time_ymd,
};

/// Vouches for leaves.
pub struct Authority {
    params: CertificateParams,
    key: KeyPair,
}

impl Authority {
    /// An authority of this name.
    pub fn new(name: &str) -> Self {
        let mut params = blank(name, (2025, 2049));
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        Self { params, key: KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).unwrap() }
    }

    /// Its own certificate, DER.
    pub fn der(&self) -> Vec<u8> {
        self.params.self_signed(&self.key).unwrap().der().to_vec()
    }

    /// A leaf for `party` that may sign, DER. It lasts: some tests go by the machine's clock.
    pub fn leaf(&self, party: &Party, dns: &str, key: &P256PublicKey) -> Vec<u8> {
        self.leaf_in(party, dns, key, (2026, 2048))
    }

    /// A leaf that is valid from the first of these years to the end of the second.
    pub fn leaf_in(&self, party: &Party, dns: &str, key: &P256PublicKey, years: (i32, i32)) -> Vec<u8> {
        let mut params = blank(&party.names.en, years);
        params.distinguished_name.push(DnType::OrganizationName, party.names.en.as_str());
        // organizationIdentifier (2.5.4.97): scheme, hyphen, number.
        let id = format!("{}-{}", party.legal_id.scheme, party.legal_id.value);
        params.distinguished_name.push(DnType::CustomDnType(vec![2, 5, 4, 97]), id);
        params.subject_alt_names = vec![SanType::DnsName(Ia5String::try_from(dns).unwrap())];
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        let issuer = Issuer::from_params(&self.params, &self.key);
        params.signed_by(&Subject(key), &issuer).unwrap().der().to_vec()
    }
}

/// A public key whose private half is in somebody's key store.
struct Subject<'a>(&'a P256PublicKey);

impl PublicKeyData for Subject<'_> {
    fn der_bytes(&self) -> &[u8] {
        self.0.as_sec1()
    }

    fn algorithm(&self) -> &'static SignatureAlgorithm {
        &PKCS_ECDSA_P256_SHA256
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
