//! One certificate, read for what webpki does not say: names, keyUsage, key, dates. Nothing read here
//! is trusted before the path is.

use chop_crypto::P256PublicKey;
use chop_model::UnixTime;
use x509_parser::certificate::X509Certificate;
use x509_parser::der_parser::{Oid, oid};
use x509_parser::extensions::{GeneralName, KeyUsage};
use x509_parser::prelude::FromDer;

use super::{MAX_CERTIFICATE_BYTES, X509Error};
use crate::shown_text;

/// A certificate beside its own DER.
pub(crate) struct Certificate<'a> {
    der: &'a [u8],
    parsed: X509Certificate<'a>,
}

impl<'a> Certificate<'a> {
    /// Reads one certificate and nothing after it.
    pub(crate) fn read(der: &'a [u8]) -> Result<Self, X509Error> {
        if der.len() > MAX_CERTIFICATE_BYTES {
            return Err(X509Error::TooLarge);
        }
        match X509Certificate::from_der(der) {
            Ok(([], parsed)) => Ok(Self { der, parsed }),
            _ => Err(X509Error::NotACertificate),
        }
    }

    pub(crate) fn der(&self) -> &'a [u8] {
        self.der
    }

    /// The key, if it is a P-256 point in uncompressed form (RFC 5480 section 2).
    pub(crate) fn p256_key(&self) -> Result<P256PublicKey, X509Error> {
        let info = self.parsed.public_key();
        let curve = info.algorithm.parameters.as_ref().and_then(|p| p.as_oid().ok());
        if info.algorithm.algorithm != EC_PUBLIC_KEY || curve != Some(PRIME256V1) {
            return Err(X509Error::WrongKey);
        }
        P256PublicKey::from_sec1(&info.subject_public_key.data).map_err(|_| X509Error::WrongKey)
    }

    pub(super) fn public_key_der(&self) -> &[u8] {
        self.parsed.public_key().raw
    }

    pub(super) fn is_self_issued(&self) -> bool {
        self.parsed.subject().as_raw() == self.parsed.issuer().as_raw()
    }

    pub(super) fn names_issuer(&self, issuer: &Certificate<'_>) -> bool {
        self.parsed.issuer().as_raw() == issuer.parsed.subject().as_raw()
    }

    pub(super) fn is_ca(&self) -> Result<bool, X509Error> {
        let constraints = self.parsed.basic_constraints().map_err(|_| X509Error::NotACertificate)?;
        Ok(constraints.is_some_and(|c| c.value.ca))
    }

    /// RFC 5280 section 4.2.1.3: digitalSignature for keys that sign anything but certificates. An
    /// absent extension would leave the key free for everything, so it is refused.
    pub(super) fn check_signs_messages(&self) -> Result<(), X509Error> {
        match self.key_usage()? {
            None => Err(X509Error::NoKeyUsage),
            Some(usage) if usage.digital_signature() => Ok(()),
            Some(_) => Err(X509Error::NotForSigning),
        }
    }

    /// RFC 5280 section 6.1.4 (n): where an authority has keyUsage, keyCertSign is in it.
    pub(super) fn check_signs_certificates(&self) -> Result<(), X509Error> {
        match self.key_usage()? {
            Some(usage) if !usage.key_cert_sign() => Err(X509Error::IssuerNotForCertificates),
            _ => Ok(()),
        }
    }

    pub(super) fn not_after(&self) -> UnixTime {
        UnixTime(self.parsed.validity().not_after.timestamp())
    }

    pub(super) fn is_valid_at(&self, now: UnixTime) -> bool {
        let validity = self.parsed.validity();
        validity.not_before.timestamp() <= now.0 && now.0 <= validity.not_after.timestamp()
    }

    /// O, if there is one.
    ///
    /// # Errors
    /// [`X509Error::BadName`] when it is there twice or cannot be shown.
    pub(super) fn organisation(&self) -> Result<Option<String>, X509Error> {
        self.only(&ORGANISATION)
    }

    /// CN, as [`Certificate::organisation`].
    pub(super) fn common_name(&self) -> Result<Option<String>, X509Error> {
        self.only(&COMMON_NAME)
    }

    /// organizationIdentifier, else serialNumber, as [`Certificate::organisation`].
    pub(crate) fn organisation_id(&self) -> Result<Option<String>, X509Error> {
        match self.only(&ORGANISATION_IDENTIFIER)? {
            None => self.only(&SERIAL_NUMBER),
            found => Ok(found),
        }
    }

    /// The dNSName entries of the subjectAltName (RFC 5280 section 4.2.1.6), in lower case.
    pub(crate) fn dns_names(&self) -> Result<Vec<String>, X509Error> {
        let san = self.parsed.subject_alternative_name().map_err(|_| X509Error::NotACertificate)?;
        let mut names = Vec::new();
        for name in san.iter().flat_map(|ext| &ext.value.general_names) {
            if let GeneralName::DNSName(dns) = name {
                names.push(dns_name(dns)?);
            }
        }
        Ok(names)
    }

    fn key_usage(&self) -> Result<Option<&KeyUsage>, X509Error> {
        let usage = self.parsed.key_usage().map_err(|_| X509Error::NotACertificate)?;
        Ok(usage.map(|ext| ext.value))
    }

    fn only(&self, attribute: &Oid<'_>) -> Result<Option<String>, X509Error> {
        let mut found = self.parsed.subject().iter_attributes().filter(|a| a.attr_type() == attribute);
        let Some(first) = found.next() else { return Ok(None) };
        // Two organisations in one subject: whichever is shown, the other could have been.
        if found.next().is_some() {
            return Err(X509Error::BadName);
        }
        let text = first.as_str().map_err(|_| X509Error::BadName)?;
        shown_text::check_name(text).map_err(|_| X509Error::BadName)?;
        Ok(Some(text.to_owned()))
    }
}

/// RFC 5280 section 4.2.1.6 and RFC 1034 section 3.5: letters, digits and hyphens; a `*` may stand
/// for the first label, and then matches no client identifier here.
fn dns_name(name: &str) -> Result<String, X509Error> {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len()) && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let labels = name.strip_prefix("*.").unwrap_or(name);
    if name.len() <= MAX_DNS_NAME && labels.split('.').all(is_label) {
        Ok(name.to_ascii_lowercase())
    } else {
        Err(X509Error::BadName)
    }
}

const MAX_DNS_NAME: usize = 253;

const EC_PUBLIC_KEY: Oid<'static> = oid!(1.2.840.10045.2.1);
const PRIME256V1: Oid<'static> = oid!(1.2.840.10045.3.1.7);
const COMMON_NAME: Oid<'static> = oid!(2.5.4.3);
const SERIAL_NUMBER: Oid<'static> = oid!(2.5.4.5);
const ORGANISATION: Oid<'static> = oid!(2.5.4.10);
const ORGANISATION_IDENTIFIER: Oid<'static> = oid!(2.5.4.97);
