//! A verifier's request: an OpenID4VP 1.0 request object by value (section 5, RFC 9101), for a carrier
//! without a network.
//!
//! ```text
//! header   typ oauth-authz-req+jwt, x5c
//! payload  client_id  x509_hash:… | x509_san_dns:…          aud "https://self-issued.me/v2"
//!          response_type vp_token, response_mode chop_optic.jwt, no address of any kind
//!          nonce, iat, exp ≤ iat + 300 s, dcql_query, vlc = the verifier's log commitment
//!          client_metadata  one encryption key, A256GCM, dc+sd-jwt with ES256
//!          verifier_info    one { format: urn:chop:use-terms:1, data: use terms }
//! verify   type → chain → signature → carrier → times → client → query, key, terms → names
//! ```
//!
//! Fetched by a link (mode B) it has `response_mode direct_post.jwt`, a `response_uri` on the asker's own
//! host, perhaps `state`, and `wallet_nonce` as it was posted; the use terms may then be the one entry of
//! `transaction_data`, where the wallet said that it knows them there.
//!
//! The name on the page comes from a trust list or the certificate. What the request says of itself
//! stands apart ([`VerifiedRequest::says_of_itself`]) and blocks where it disagrees with them.
//!
//! A request is used up by its `(client_id, nonce)`, never by its hash: the signature has a twin. That
//! book-keeping is the caller's.

mod details;
mod draft;
mod error;
mod metadata;
mod names;
mod online;
mod payload;
mod relay;
mod stored;
mod terms;
mod verified;

use chop_model::UnixTime;

use crate::jose::JoseError;
use crate::jose::jws::UnverifiedJws;
use crate::trust_list::TrustView;
use crate::x509::{Role, verify_chain};

pub use draft::{ClientIdForm, RequestDraft, SignedRequest, make_nonce};
pub use error::{RequestError, RequestRule};
pub use metadata::encryption_kid;
pub use online::{AnswerTo, Fetched, OnlineDraft, match_number};
pub use relay::RelayTarget;
pub use stored::StoredRequest;
pub use verified::VerifiedRequest;

/// `typ` of a request (RFC 9101 section 10.8).
pub const TYP: &str = "oauth-authz-req+jwt";
/// The audience of every request (OpenID4VP 1.0 section 5.8, static discovery).
pub const AUDIENCE: &str = "https://self-issued.me/v2";
/// `format` of the use terms in `verifier_info`.
pub const USE_TERMS_FORMAT: &str = "urn:chop:use-terms:1";
/// Bytes of a request's text.
pub const MAX_REQUEST_BYTES: usize = 60_000;
/// Seconds from `iat` to `exp` at most.
pub const MAX_LIFETIME: i64 = 300;
/// Seconds by which two clocks may differ.
pub const MAX_SKEW: i64 = 300;

/// How a request came, and how its answer goes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Carrier {
    /// QR each way, no network: mode D.
    Optic,
    /// Through a blind relay: mode C.
    Relay,
    /// A link or a QR that leads to an address: mode B.
    Link,
}

impl Carrier {
    /// The `response_mode` that a request for this carrier has.
    pub fn response_mode(self) -> &'static str {
        match self {
            Self::Optic => "chop_optic.jwt",
            Self::Relay => "chop_relay.jwt",
            Self::Link => "direct_post.jwt",
        }
    }
}

/// A request that was read and not verified. Nothing of it may be shown.
pub struct UnverifiedRequest(UnverifiedJws);

impl UnverifiedRequest {
    /// Takes the text apart.
    ///
    /// # Errors
    /// [`JoseError`].
    pub fn parse(text: &str) -> Result<Self, RequestError> {
        Ok(Self(UnverifiedJws::parse(text, MAX_REQUEST_BYTES)?))
    }

    /// Verifies who asks, that it is for `carrier` and for now, and that it can be decided about.
    ///
    /// # Errors
    /// A [`RequestError`] for the first fault; nothing was sent, spent or kept.
    pub fn verify(
        self,
        trust: &TrustView,
        now: UnixTime,
        carrier: Carrier,
    ) -> Result<VerifiedRequest, RequestError> {
        match carrier {
            // What was fetched is held against what it was fetched with.
            Carrier::Link => Err(RequestRule::OtherCarrier.into()),
            carrier => self.verify_on(trust, now, carrier),
        }
    }

    /// As [`UnverifiedRequest::verify`], for a request that was fetched by a link: mode B.
    ///
    /// # Errors
    /// As [`UnverifiedRequest::verify`]; [`RequestRule::OtherClient`] when somebody else than the link
    /// said asks, [`RequestRule::OtherWalletNonce`], [`RequestRule::AnswerElsewhere`].
    pub fn verify_fetched(
        self,
        trust: &TrustView,
        now: UnixTime,
        fetched: &Fetched<'_>,
    ) -> Result<VerifiedRequest, RequestError> {
        let request = self.verify_on(trust, now, Carrier::Link)?;
        // OpenID4VP 1.0 section 5.7.1, RFC 9101 section 5.
        if request.client_id() != fetched.client_id {
            return Err(RequestRule::OtherClient.into());
        }
        let to = request.answer_to().ok_or(RequestRule::NoAnswerAddress)?;
        to.check_fetched(fetched)?;
        to.check_host(request.client_id(), &request.chain)?;
        Ok(request)
    }

    fn verify_on(
        self,
        trust: &TrustView,
        now: UnixTime,
        carrier: Carrier,
    ) -> Result<VerifiedRequest, RequestError> {
        let header = self.0.header();
        if header.typ != TYP {
            return Err(JoseError::WrongType.into());
        }
        if header.x5c.is_empty() {
            return Err(RequestRule::NoCertificate.into());
        }
        let chain = verify_chain(&header.x5c, trust.anchors(), now, Role::Verifier)?;
        let jws = self.0.verify(chain.leaf_key(), TYP)?;
        let content = payload::read(jws.payload(), carrier)?;
        content.check_time(now)?;
        content.check_client(&chain)?;
        content.check_encryption_key(chain.leaf_key())?;
        let standing = trust.standing(&chain)?;
        let shown = names::shown(&standing, &chain)?;
        names::check_says(&content.terms, &standing, &chain, trust)?;
        Ok(VerifiedRequest { jws, content, chain, standing, shown, trust_is_stale: trust.is_stale(now) })
    }
}
