//! The path from leaf to anchor: built and checked by webpki, its answers given our codes.

use std::time::Duration;

use chop_crypto::Digest;
use chop_model::UnixTime;
use rustls_pki_types::{CertificateDer, SignatureVerificationAlgorithm};
use webpki::ring::{ECDSA_P256_SHA256, ECDSA_P384_SHA384};
use webpki::{EndEntityCert, Error, ExtendedKeyUsageValidator, KeyPurposeIdIter};

use super::{Anchors, X509Error};

/// Checks signatures, names, basic constraints and validity from the leaf of `x5c` to an anchor; the
/// anchor's fingerprint.
pub(super) fn verify(x5c: &[Vec<u8>], anchors: &Anchors, now: UnixTime) -> Result<Digest, X509Error> {
    let certs: Vec<CertificateDer<'_>> = x5c.iter().map(|der| CertificateDer::from(der.as_slice())).collect();
    let (leaf, authorities) = certs.split_first().ok_or(X509Error::Missing)?;
    let leaf = EndEntityCert::try_from(leaf).map_err(code_of)?;
    let trusted = anchors.to_webpki();
    let path = leaf
        .verify_for_usage(ALGORITHMS, &trusted, authorities, webpki_time(now)?, AnyUsage, None, None)
        .map_err(code_of)?;
    anchors.valid_at(path.anchor(), now)
}

/// Any extended key usage or none (see the module's front page); a malformed list is still an error.
struct AnyUsage;

impl ExtendedKeyUsageValidator for AnyUsage {
    fn validate(&self, ids: KeyPurposeIdIter<'_, '_>) -> Result<(), Error> {
        for id in ids {
            id?;
        }
        Ok(())
    }
}

fn webpki_time(now: UnixTime) -> Result<rustls_pki_types::UnixTime, X509Error> {
    // A clock before 1970 is before every certificate.
    let seconds = u64::try_from(now.0).map_err(|_| X509Error::NotYetValid)?;
    Ok(rustls_pki_types::UnixTime::since_unix_epoch(Duration::from_secs(seconds)))
}

fn code_of(error: Error) -> X509Error {
    match error {
        Error::CertExpired { .. } => X509Error::Expired,
        Error::CertNotValidYet { .. } => X509Error::NotYetValid,
        Error::CaUsedAsEndEntity => X509Error::LeafIsCa,
        Error::EndEntityUsedAsCa => X509Error::IssuerNotCa,
        Error::InvalidSignatureForPublicKey => X509Error::BadSignature,
        Error::UnsupportedSignatureAlgorithmContext(_)
        | Error::UnsupportedSignatureAlgorithmForPublicKeyContext(_)
        | Error::SignatureAlgorithmMismatch => X509Error::WrongAlgorithm,
        Error::UnsupportedCriticalExtension => X509Error::CriticalExtension,
        Error::PathLenConstraintViolated => X509Error::PathTooLong,
        Error::NameConstraintViolation | Error::MalformedNameConstraint => X509Error::NameNotAllowed,
        Error::UnknownIssuer
        | Error::MaximumPathDepthExceeded
        | Error::MaximumPathBuildCallsExceeded
        | Error::MaximumSignatureChecksExceeded
        | Error::MaximumNameConstraintComparisonsExceeded => X509Error::UnknownAnchor,
        // All that is left speaks of bytes that are not a certificate as RFC 5280 has it.
        _ => X509Error::NotACertificate,
    }
}

/// RFC 5758 section 3.2: each curve with the hash of its own strength.
const ALGORITHMS: &[&dyn SignatureVerificationAlgorithm] = &[ECDSA_P256_SHA256, ECDSA_P384_SHA384];
