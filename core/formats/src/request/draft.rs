//! A verifier makes a request and signs it.

use chop_crypto::encoding::to_base64url;
use chop_crypto::{
    CryptoError, Digest, KeyId, Keystore, P256PublicKey, Random, SigningDomain, make_array, sha256,
};
use chop_model::{UnixTime, UseTerms};

use super::payload::{self, Content};
use super::{Carrier, MAX_REQUEST_BYTES, RelayTarget, RequestError, RequestRule, TYP, encryption_kid};
use crate::dcql::DcqlQuery;
use crate::jose::JoseError;
use crate::jose::jws::{self, Header};
use crate::x509::{Certificate, x509_hash};

/// Which of its names a verifier asks under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClientIdForm {
    /// `x509_hash:` and the certificate's hash.
    Hash,
    /// `x509_san_dns:` and this DNS name of the certificate, in lower case.
    SanDns(String),
}

/// A request that is about to be signed.
#[derive(Debug, Clone)]
pub struct RequestDraft {
    /// Under which name it is asked.
    pub client_id: ClientIdForm,
    /// The verifier's certificates, leaf first, without the anchor; DER.
    pub x5c: Vec<Vec<u8>>,
    /// Fresh for each request: [`make_nonce`].
    pub nonce: String,
    /// Now.
    pub iat: UnixTime,
    /// Seconds that it may be answered, 1 to 300.
    pub lifetime: i64,
    /// What is asked for.
    pub dcql: DcqlQuery,
    /// What for.
    pub terms: UseTerms,
    /// A key made for this request alone, never the signing key.
    pub encryption_key: P256PublicKey,
    /// The verifier's blinded log commitment.
    pub vlc: Digest,
}

/// A signed request, and its digest `h(R)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedRequest {
    /// The exact text.
    pub text: String,
    /// SHA-256 of the text.
    pub digest: Digest,
    /// The full client identifier.
    pub client_id: String,
}

impl RequestDraft {
    /// Signs the draft with the key that the leaf certifies, for the optic carrier.
    ///
    /// # Errors
    /// What a wallet would refuse; [`RequestRule::Misuse`] when the key is not the certificate's;
    /// [`JoseError`] when the key store fails.
    pub fn sign(self, keystore: &dyn Keystore, key: &KeyId) -> Result<SignedRequest, RequestError> {
        self.sign_for(None, keystore, key)
    }

    /// Signs the draft to take up an offer through a relay.
    ///
    /// # Errors
    /// As [`RequestDraft::sign`].
    pub fn sign_for_relay(
        self,
        target: RelayTarget,
        keystore: &dyn Keystore,
        key: &KeyId,
    ) -> Result<SignedRequest, RequestError> {
        self.sign_for(Some(target), keystore, key)
    }

    fn sign_for(
        self,
        relay: Option<RelayTarget>,
        keystore: &dyn Keystore,
        key: &KeyId,
    ) -> Result<SignedRequest, RequestError> {
        let carrier = if relay.is_some() { Carrier::Relay } else { Carrier::Optic };
        let public = keystore.find(key).map_err(JoseError::from)?.public;
        let signing = *public.p256().map_err(JoseError::from)?;
        let leaf = self.x5c.first().ok_or(RequestRule::NoCertificate)?;
        let certificate = Certificate::read(leaf)?;
        if certificate.p256_key()? != signing {
            return Err(RequestRule::Misuse.into());
        }
        let client_id = match &self.client_id {
            ClientIdForm::Hash => x509_hash(leaf),
            ClientIdForm::SanDns(name) if certificate.dns_names()?.contains(name) => {
                format!("x509_san_dns:{name}")
            }
            ClientIdForm::SanDns(_) => return Err(RequestRule::OtherClient.into()),
        };
        let header = Header { x5c: self.x5c.clone(), ..Header::new(TYP) };
        let content = self.into_content(client_id.clone(), relay);
        let payload = serde_json::to_vec(&content.write(carrier)).map_err(|_| RequestRule::Misuse)?;
        // What a wallet would refuse is found before it is shown to somebody.
        payload::read(&payload, carrier)?.check_encryption_key(&signing)?;
        let text =
            jws::sign(&header, &payload, &|message| keystore.sign(key, SigningDomain::Request, message))?;
        if text.len() > MAX_REQUEST_BYTES {
            return Err(JoseError::TooLarge.into());
        }
        Ok(SignedRequest { digest: sha256(text.as_bytes()), text, client_id })
    }

    fn into_content(self, client_id: String, relay: Option<RelayTarget>) -> Content {
        let Self { client_id: _, x5c: _, nonce, iat, lifetime, dcql, terms, encryption_key, vlc } = self;
        let kid = encryption_kid(&encryption_key);
        let exp = iat.plus(lifetime);
        Content { client_id, nonce, iat, exp, dcql, terms, encryption_key, kid, vlc, relay }
    }
}

/// A nonce of 128 random bits, in base64url.
///
/// # Errors
/// When the random source fails.
pub fn make_nonce(random: &dyn Random) -> Result<String, CryptoError> {
    Ok(to_base64url(&make_array::<16>(random)?))
}
