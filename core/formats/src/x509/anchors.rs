//! The authorities that somebody here chose to trust.

use chop_crypto::{Digest, sha256};
use chop_model::UnixTime;
use rustls_pki_types::{CertificateDer, TrustAnchor};

use super::{Certificate, X509Error};

/// Authorities' certificates, each read and found to be an authority's. Empty trusts nobody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Anchors {
    ders: Vec<Vec<u8>>,
}

impl Anchors {
    /// Reads DER certificates. Their validity is judged later, at the time of each use.
    ///
    /// # Errors
    /// [`X509Error::AnchorNotCa`] and what reading a certificate gives.
    pub fn read(ders: &[Vec<u8>]) -> Result<Self, X509Error> {
        for der in ders {
            let cert = Certificate::read(der)?;
            if !cert.is_ca()? {
                return Err(X509Error::AnchorNotCa);
            }
            cert.check_signs_certificates()?;
        }
        Ok(Self { ders: ders.to_vec() })
    }

    /// These and those.
    #[must_use]
    pub fn and(mut self, others: &Self) -> Self {
        self.ders.extend(others.ders.iter().cloned());
        self.ders.sort();
        self.ders.dedup();
        self
    }

    /// The DER of each.
    pub fn ders(&self) -> &[Vec<u8>] {
        &self.ders
    }

    /// SHA-256 of each one's DER, for people to compare.
    pub fn fingerprints(&self) -> impl Iterator<Item = Digest> {
        self.ders.iter().map(|der| sha256(der))
    }

    /// Whether `leaf` is one of them, or has the key of one.
    pub(super) fn holds(&self, leaf: &Certificate<'_>) -> bool {
        self.ders.iter().any(|der| {
            der == leaf.der()
                || Certificate::read(der).is_ok_and(|a| a.public_key_der() == leaf.public_key_der())
        })
    }

    /// What webpki wants to know of them. One that it cannot use is left out, never trusted.
    pub(super) fn to_webpki(&self) -> Vec<TrustAnchor<'static>> {
        let anchor = |der: &Vec<u8>| {
            webpki::anchor_from_trusted_cert(&CertificateDer::from(der.as_slice())).ok().map(|a| a.to_owned())
        };
        self.ders.iter().filter_map(anchor).collect()
    }

    /// The fingerprint of the anchor that a path ended at, if its certificate is valid at `now`.
    /// Two certificates of one authority count as one: either may be the valid one.
    pub(super) fn valid_at(&self, found: &TrustAnchor<'_>, now: UnixTime) -> Result<Digest, X509Error> {
        let is_it = |der: &&Vec<u8>| {
            webpki::anchor_from_trusted_cert(&CertificateDer::from(der.as_slice())).is_ok_and(|a| {
                a.subject == found.subject && a.subject_public_key_info == found.subject_public_key_info
            })
        };
        self.ders
            .iter()
            .filter(is_it)
            .find(|der| Certificate::read(der).is_ok_and(|cert| cert.is_valid_at(now)))
            .map(|der| sha256(der))
            .ok_or(X509Error::AnchorNotValid)
    }
}
