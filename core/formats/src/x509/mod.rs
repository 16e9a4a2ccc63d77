//! Chains of verifiers and issuers to trust anchors (RFC 5280 section 6, by rustls-webpki).
//!
//! ```text
//! x5c = leaf, authority, …        the order of RFC 7515 section 4.1.6
//! bounds → leaf's own rules → order → authorities' keyUsage → path, time, signatures → anchor's time
//! ```
//!
//! webpki builds and checks the path. It ignores keyUsage and judges a trust anchor by name and key
//! alone, so what follows from those two is checked here: the leaf signs, authorities sign
//! certificates, nobody vouches for themselves, an anchor has an end.
//!
//! Extended key usage: any, or none. No purpose is registered for requests or credentials, and
//! `x509_san_dns` is made to work with a certificate that a web server already has (OpenID4VP 1.0
//! section 5.9.3). What binds a key to its task here is the anchor, which a person chose for it, and
//! digitalSignature.
//!
//! Revocation is not looked up: nothing here has a network. A trust list leaves out whom it no longer
//! lists.

mod anchors;
mod certificate;
mod error;
mod path;

use chop_crypto::encoding::to_base64url;
use chop_crypto::{Digest, P256PublicKey, sha256};
use chop_model::UnixTime;

pub use anchors::Anchors;
pub use error::X509Error;

pub(crate) use certificate::Certificate;

/// Certificates that a chain may have, the leaf included.
pub const MAX_CERTIFICATES: usize = 5;

/// Bytes that one certificate may have.
pub const MAX_CERTIFICATE_BYTES: usize = 8 * 1024;

/// What the leaf's owner is about to be trusted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Asks for data and signs receipts.
    Verifier,
    /// Signs credentials.
    Issuer,
}

/// A chain that led to an anchor at the time it was verified. Made by [`verify_chain`] alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedChain {
    role: Role,
    leaf_der: Vec<u8>,
    leaf_key: P256PublicKey,
    organisation: Option<String>,
    organisation_id: Option<String>,
    common_name: Option<String>,
    dns_names: Vec<String>,
    anchor_sha256: Digest,
    not_after: UnixTime,
}

/// Verifies `x5c`, leaf first, against `anchors` at `now`.
///
/// # Errors
/// An [`X509Error`] that names the first thing that is wrong.
pub fn verify_chain(
    x5c: &[Vec<u8>],
    anchors: &Anchors,
    now: UnixTime,
    role: Role,
) -> Result<VerifiedChain, X509Error> {
    let chain = read_chain(x5c)?;
    let (leaf, authorities) = chain.split_first().ok_or(X509Error::Missing)?;
    let leaf_key = check_leaf(leaf, anchors)?;
    check_order(&chain)?;
    for authority in authorities {
        authority.check_signs_certificates()?;
    }
    let anchor = path::verify(x5c, anchors, now)?;
    Ok(VerifiedChain {
        role,
        leaf_der: leaf.der().to_vec(),
        leaf_key,
        organisation: leaf.organisation()?,
        organisation_id: leaf.organisation_id()?,
        common_name: leaf.common_name()?,
        dns_names: leaf.dns_names()?,
        anchor_sha256: anchor,
        not_after: leaf.not_after(),
    })
}

impl VerifiedChain {
    /// What the chain was verified for.
    pub fn role(&self) -> Role {
        self.role
    }

    /// The leaf's DER.
    pub fn leaf_der(&self) -> &[u8] {
        &self.leaf_der
    }

    /// SHA-256 of the leaf's DER: its fingerprint, `x5t#S256` (RFC 7515 section 4.1.8).
    pub fn leaf_sha256(&self) -> Digest {
        sha256(&self.leaf_der)
    }

    /// The key that the leaf certifies.
    pub fn leaf_key(&self) -> &P256PublicKey {
        &self.leaf_key
    }

    /// The organisation's name (O), fit to be shown.
    pub fn organisation(&self) -> Option<&str> {
        self.organisation.as_deref()
    }

    /// The organisation's identifier: organizationIdentifier (2.5.4.97), else serialNumber (2.5.4.5).
    pub fn organisation_id(&self) -> Option<&str> {
        self.organisation_id.as_deref()
    }

    /// The common name (CN), fit to be shown.
    pub fn common_name(&self) -> Option<&str> {
        self.common_name.as_deref()
    }

    /// The name that the certificate lets a screen show: O, else CN, else the first DNS name.
    pub fn shown_name(&self) -> Option<&str> {
        self.organisation().or(self.common_name()).or(self.dns_names.first().map(String::as_str))
    }

    /// The DNS names of the subjectAltName, in lower-case ASCII. See [`crate::shown_text::is_punycode`].
    pub fn dns_names(&self) -> &[String] {
        &self.dns_names
    }

    /// SHA-256 of the anchor's DER.
    pub fn anchor_sha256(&self) -> &Digest {
        &self.anchor_sha256
    }

    /// The last second of the leaf.
    pub fn not_after(&self) -> UnixTime {
        self.not_after
    }

    /// `x509_hash:` and the base64url SHA-256 of the leaf's DER (OpenID4VP 1.0 section 5.9.3).
    pub fn x509_hash(&self) -> String {
        x509_hash(&self.leaf_der)
    }
}

/// The client identifier `x509_hash:…` of a leaf (OpenID4VP 1.0 section 5.9.3).
pub fn x509_hash(leaf_der: &[u8]) -> String {
    format!("x509_hash:{}", to_base64url(&sha256(leaf_der)))
}

/// The key of a certificate that nobody has vouched for yet: to see whether it is one's own.
///
/// # Errors
/// [`X509Error`] for a certificate that cannot be read or has another kind of key.
pub fn leaf_key(der: &[u8]) -> Result<P256PublicKey, X509Error> {
    Certificate::read(der)?.p256_key()
}

fn read_chain(x5c: &[Vec<u8>]) -> Result<Vec<Certificate<'_>>, X509Error> {
    if x5c.is_empty() {
        return Err(X509Error::Missing);
    }
    if x5c.len() > MAX_CERTIFICATES {
        return Err(X509Error::TooMany);
    }
    x5c.iter().map(|der| Certificate::read(der)).collect()
}

fn check_leaf(leaf: &Certificate<'_>, anchors: &Anchors) -> Result<P256PublicKey, X509Error> {
    // A pinned leaf would never expire, could not be withdrawn and would vouch for itself.
    if anchors.holds(leaf) {
        return Err(X509Error::LeafIsAnchor);
    }
    if leaf.is_self_issued() {
        return Err(X509Error::SelfSigned);
    }
    if leaf.is_ca()? {
        return Err(X509Error::LeafIsCa);
    }
    leaf.check_signs_messages()?;
    leaf.p256_key()
}

fn check_order(chain: &[Certificate<'_>]) -> Result<(), X509Error> {
    let in_order = chain.iter().zip(chain.iter().skip(1)).all(|(cert, issuer)| cert.names_issuer(issuer));
    if in_order { Ok(()) } else { Err(X509Error::WrongOrder) }
}
