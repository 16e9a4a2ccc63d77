//! A request that was verified, or made, when it was stored: read again as a record.

use chop_crypto::{Digest, P256PublicKey, sha256};
use chop_model::{UnixTime, UseTerms};

use super::payload::{self, Content};
use super::{AnswerTo, MAX_REQUEST_BYTES, RelayTarget, RequestError, RequestRule, TYP};
use crate::dcql::DcqlQuery;
use crate::jose::jws::{UnverifiedJws, VerifiedJws};
use crate::x509::{Certificate, x509_hash};

/// A request from the record. Its signature holds under the certificate that it carries; whether
/// somebody vouched for that certificate was settled when it came, and time has passed since.
#[derive(Clone)]
pub struct StoredRequest {
    jws: VerifiedJws,
    content: Content,
    leaf: Vec<u8>,
    leaf_key: P256PublicKey,
    organisation_id: Option<String>,
}

impl StoredRequest {
    /// Reads a stored request.
    ///
    /// # Errors
    /// A [`RequestError`] when it is none, or its signature does not hold.
    pub fn read(text: &str) -> Result<Self, RequestError> {
        let jws = UnverifiedJws::parse(text, MAX_REQUEST_BYTES)?;
        let leaf = jws.header().x5c.first().cloned().ok_or(RequestRule::NoCertificate)?;
        let certificate = Certificate::read(&leaf)?;
        let (leaf_key, organisation_id) = (certificate.p256_key()?, certificate.organisation_id()?);
        let jws = jws.verify(&leaf_key, TYP)?;
        let content = payload::read_of_any_carrier(jws.payload())?;
        Ok(Self { jws, content, leaf, leaf_key, organisation_id })
    }

    /// The text.
    pub fn text(&self) -> &str {
        self.jws.text()
    }

    /// `h(R)`.
    pub fn digest(&self) -> Digest {
        self.jws.digest()
    }

    /// The whole client id.
    pub fn client_id(&self) -> &str {
        &self.content.client_id
    }

    /// The nonce.
    pub fn nonce(&self) -> &str {
        &self.content.nonce
    }

    /// When it was made.
    pub fn iat(&self) -> UnixTime {
        self.content.iat
    }

    /// What was asked.
    pub fn dcql(&self) -> &DcqlQuery {
        &self.content.dcql
    }

    /// On which terms.
    pub fn terms(&self) -> &UseTerms {
        &self.content.terms
    }

    /// The `kid` that an answer echoes.
    pub fn kid(&self) -> &str {
        &self.content.kid
    }

    /// The offer that it takes up, where it went through a relay.
    pub fn relay(&self) -> Option<&RelayTarget> {
        self.content.relay.as_ref()
    }

    /// The key to seal the answer to.
    pub fn encryption_key(&self) -> &P256PublicKey {
        &self.content.encryption_key
    }

    /// The last second in which it may be answered.
    pub fn exp(&self) -> UnixTime {
        self.content.exp
    }

    /// Where its answer goes, if it was a request by reference.
    pub fn answer_to(&self) -> Option<&AnswerTo> {
        self.content.answer_to.as_ref()
    }

    /// The verifier's log commitment.
    pub fn vlc(&self) -> &Digest {
        &self.content.vlc
    }

    /// The key that signed it.
    pub fn leaf_key(&self) -> &P256PublicKey {
        &self.leaf_key
    }

    /// SHA-256 of the certificate that signed it.
    pub fn leaf_sha256(&self) -> Digest {
        sha256(&self.leaf)
    }

    /// What stays the same when the verifier renews its certificate: the registered identifier in
    /// it, or the certificate's own hash where it has none.
    pub fn organisation(&self) -> String {
        self.organisation_id.clone().unwrap_or_else(|| x509_hash(&self.leaf))
    }
}
