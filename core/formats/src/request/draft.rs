//! A verifier makes a request and signs it.

use chop_crypto::encoding::to_base64url;
use chop_crypto::{
    CryptoError, Digest, KeyId, Keystore, P256PublicKey, Random, SigningDomain, make_array, sha256,
};
use chop_model::{UnixTime, UseTerms};

use super::online::{self, AnswerTo, OnlineDraft};
use super::payload::{self, Content};
use super::{Carrier, MAX_REQUEST_BYTES, RelayTarget, RequestError, RequestRule, TYP, encryption_kid};
use crate::dcql::DcqlQuery;
use crate::jose::JoseError;
use crate::jose::jwe::Enc;
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

/// The carrier, with what a request says of it.
enum Way {
    Optic,
    Relay(RelayTarget),
    Link(OnlineDraft),
}

impl Way {
    fn carrier(&self) -> Carrier {
        match self {
            Self::Optic => Carrier::Optic,
            Self::Relay(_) => Carrier::Relay,
            Self::Link(_) => Carrier::Link,
        }
    }
}

impl RequestDraft {
    /// Signs the draft with the key that the leaf certifies, for the optic carrier.
    ///
    /// # Errors
    /// What a wallet would refuse; [`RequestRule::Misuse`] when the key is not the certificate's;
    /// [`JoseError`] when the key store fails.
    pub fn sign(self, keystore: &dyn Keystore, key: &KeyId) -> Result<SignedRequest, RequestError> {
        self.sign_for(Way::Optic, keystore, key)
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
        self.sign_for(Way::Relay(target), keystore, key)
    }

    /// As [`RequestDraft::sign`], for a wallet that fetches the request: mode B.
    ///
    /// # Errors
    /// As [`RequestDraft::sign`]; [`RequestRule::AnswerElsewhere`] for an address on another host than the
    /// certificate's.
    pub fn sign_online(
        self,
        online: OnlineDraft,
        keystore: &dyn Keystore,
        key: &KeyId,
    ) -> Result<SignedRequest, RequestError> {
        self.sign_for(Way::Link(online), keystore, key)
    }

    fn sign_for(self, way: Way, keystore: &dyn Keystore, key: &KeyId) -> Result<SignedRequest, RequestError> {
        let carrier = way.carrier();
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
        let host = match &way {
            Way::Link(online) => Some(online.response_uri.host()),
            Way::Optic | Way::Relay(_) => None,
        };
        if host
            .is_some_and(|host| certificate.dns_names().is_ok_and(|names| !names.iter().any(|n| n == host)))
        {
            return Err(RequestRule::AnswerElsewhere.into());
        }
        let header = Header { x5c: self.x5c.clone(), ..Header::new(TYP) };
        let content = self.into_content(client_id.clone(), way)?;
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

    fn into_content(self, client_id: String, way: Way) -> Result<Content, RequestRule> {
        let (relay, answer_to) = match way {
            Way::Optic => (None, None),
            Way::Relay(target) => (Some(target), None),
            Way::Link(online) => (None, Some(self.answer_to(online)?)),
        };
        let Self { client_id: _, x5c: _, nonce, iat, lifetime, dcql, terms, encryption_key, vlc } = self;
        let kid = encryption_kid(&encryption_key);
        let (exp, enc) = (iat.plus(lifetime), Enc::A256Gcm);
        Ok(Content {
            client_id,
            nonce,
            iat,
            exp,
            dcql,
            terms,
            encryption_key,
            kid,
            enc,
            vlc,
            relay,
            answer_to,
        })
    }

    fn answer_to(&self, online: OnlineDraft) -> Result<AnswerTo, RequestRule> {
        let OnlineDraft { response_uri, state, wallet_nonce, in_transaction_data } = online;
        let ids: Vec<_> = self.dcql.credentials().iter().map(|query| query.id()).collect();
        let transaction_data =
            in_transaction_data.then(|| online::transaction(&ids, &self.terms)).transpose()?;
        Ok(AnswerTo { response_uri, state, wallet_nonce, transaction_data })
    }
}

/// A nonce of 128 random bits, in base64url.
///
/// # Errors
/// When the random source fails.
pub fn make_nonce(random: &dyn Random) -> Result<String, CryptoError> {
    Ok(to_base64url(&make_array::<16>(random)?))
}
