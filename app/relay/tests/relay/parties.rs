//! An authority, verifiers under it, and what they sign. Every key is SHA-256 of its name.

use chop_crypto::encoding::to_base64url;
use chop_crypto::{
    AgreementKey, Anchor, CryptoError, Digest, KeyId, KeyPurpose, KeyRef, Keystore, Secret, Signature,
    SigningDomain, SoftwareKeys, sha256,
};
use chop_formats::offer::Claim as ClaimDraft;
use chop_formats::receipt::{self, Ack, Common};
use chop_formats::relay::OfferId;
use chop_formats::x509::{Anchors, x509_hash};
use chop_model::{Id, UnixTime};
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose,
    date_time_ymd,
};

/// A verifier with its certificate.
pub(crate) struct Verifier {
    name: &'static str,
    x5c: Vec<Vec<u8>>,
    keys: Keys,
}

/// The authority that all good verifiers are under.
pub(crate) fn anchors() -> Anchors {
    Anchors::read(&[authority().self_signed(&key("authority")).unwrap().der().to_vec()]).unwrap()
}

/// The same for the configuration of a process.
pub(crate) fn anchor_pem() -> String {
    authority().self_signed(&key("authority")).unwrap().pem()
}

impl Verifier {
    pub(crate) fn new(name: &'static str) -> Self {
        Self::under(name, "authority")
    }

    /// A verifier under another authority than the relay knows.
    pub(crate) fn under(name: &'static str, authority_key: &'static str) -> Self {
        let mut params = blank(name);
        params.distinguished_name.push(DnType::OrganizationName, name);
        params.distinguished_name.push(DnType::CustomDnType(vec![2, 5, 4, 97]), format!("ID-{name}"));
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        let (authority, signing) = (authority(), key(authority_key));
        let issuer = Issuer::from_params(&authority, &signing);
        let leaf = params.signed_by(&key(name), &issuer).unwrap().der().to_vec();
        let mut keys = SoftwareKeys::default();
        keys.insert(key_id(name), KeyPurpose::Verifier, scalar(name)).unwrap();
        Self { name, x5c: vec![leaf], keys: Keys(keys) }
    }

    pub(crate) fn client_id(&self) -> String {
        x509_hash(&self.x5c[0])
    }

    pub(crate) fn claim(&self, g: OfferId, grant: Digest, aud: &str, now: UnixTime, nonce: u64) -> Vec<u8> {
        let draft = ClaimDraft {
            aud: aud.to_owned(),
            offer: g,
            grant,
            nonce: to_base64url(&sha256(&nonce.to_be_bytes())[..16]),
            iat: now,
            exp: now.plus(300),
            key: AgreementKey::from_secret(&scalar("ephemeral")).unwrap().public(),
            vlc: [7; 32],
        };
        draft.sign(&self.x5c, &self.keys, &key_id(self.name)).unwrap().text().as_bytes().to_vec()
    }

    pub(crate) fn ack(&self, claim: &[u8], bound: &Bound, now: UnixTime) -> Vec<u8> {
        let common = Common {
            iss: self.client_id(),
            org: format!("ID-{}", self.name),
            iat: now,
            jti: Id([4; 16]),
            aud: [1; 32].into(),
            grant: bound.grant.into(),
            dn: bound.dn.into(),
            req: sha256(claim).into(),
            ct: bound.ct.into(),
            kc: bound.kc.into(),
            hlc: [2; 32].into(),
            vlc: [7; 32].into(),
        };
        let signed = receipt::sign(Ack::new(common), &sha256(&self.x5c[0]), &self.keys, &key_id(self.name));
        signed.unwrap().text().as_bytes().to_vec()
    }
}

/// What a drop is bound to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bound {
    pub(crate) grant: Digest,
    pub(crate) dn: Digest,
    pub(crate) ct: Digest,
    pub(crate) kc: Digest,
}

pub(crate) const BOUND: Bound = Bound { grant: [11; 32], dn: [12; 32], ct: [13; 32], kc: [14; 32] };

struct Keys(SoftwareKeys);

impl Keystore for Keys {
    fn generate(&self, _: KeyPurpose) -> Result<KeyRef, CryptoError> {
        Err(CryptoError::KeystoreUnavailable)
    }
    fn find(&self, id: &KeyId) -> Result<KeyRef, CryptoError> {
        self.0.find(id)
    }
    fn sign(&self, id: &KeyId, domain: SigningDomain, message: &[u8]) -> Result<Signature, CryptoError> {
        self.0.sign(id, domain, message)
    }
    fn delete(&self, _: &KeyId) -> Result<(), CryptoError> {
        Err(CryptoError::KeystoreUnavailable)
    }
    fn anchor(&self, _: &str) -> Result<Option<Anchor>, CryptoError> {
        Ok(None)
    }
    fn set_anchor(&self, _: &str, _: Anchor) -> Result<(), CryptoError> {
        Ok(())
    }
    fn outlives_vault(&self) -> bool {
        false
    }
}

fn authority() -> CertificateParams {
    let mut params = blank("authority");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params
}

fn blank(name: &str) -> CertificateParams {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, name);
    params.not_before = date_time_ymd(2020, 1, 1);
    params.not_after = date_time_ymd(2099, 12, 31);
    params
}

fn key(name: &str) -> KeyPair {
    let public = AgreementKey::from_secret(&scalar(name)).unwrap().public();
    let mut pkcs8 = PKCS8_HEAD.to_vec();
    pkcs8.extend(sha256(name.as_bytes()));
    pkcs8.extend([0xa1, 0x44, 0x03, 0x42, 0x00]);
    pkcs8.extend(public.as_sec1());
    KeyPair::try_from(pkcs8).unwrap()
}

fn scalar(name: &str) -> Secret<32> {
    Secret::new(sha256(name.as_bytes()))
}

fn key_id(name: &str) -> KeyId {
    KeyId(sha256(name.as_bytes())[..16].try_into().unwrap())
}

const PKCS8_HEAD: &[u8] = &[
    0x30, 0x81, 0x87, 0x02, 0x01, 0x00, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01,
    0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x04, 0x6d, 0x30, 0x6b, 0x02, 0x01, 0x01,
    0x04, 0x20,
];
