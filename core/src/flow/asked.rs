//! What a holder decides about: a verifier's request, or an offer of the holder's own (mode C).
//!
//! Page, law, grant and record are made from this and do not ask where it came from.

use chop_crypto::Digest;
use chop_formats::dcql::DcqlQuery;
use chop_formats::grant::{AudPolicy, RelayRef};
use chop_formats::offer::VerifiedKeyStatement;
use chop_formats::request::VerifiedRequest;
use chop_formats::trust_list::Standing;
use chop_formats::x509::VerifiedChain;
use chop_model::{Id, LangText, Party, UnixTime, UseTerms};

use crate::keys::organisation_of;

use super::offer::Recipients;

/// A request that was verified, or an offer that was drafted.
#[derive(Debug, Clone)]
pub enum Asked {
    /// Somebody asks.
    Request(Box<VerifiedRequest>),
    /// Nobody has asked yet.
    Offer(Box<Drafted>),
}

/// An offer before anybody has seen it.
#[derive(Debug, Clone)]
pub struct Drafted {
    pub(crate) id: Id,
    pub(crate) dcql: DcqlQuery,
    pub(crate) terms: UseTerms,
    pub(crate) to: Recipients,
    pub(crate) relay: RelayRef,
    pub(crate) mode: chop_formats::delivery::Mode,
    pub(crate) rule: bool,
    pub(crate) statement: Option<Box<VerifiedKeyStatement>>,
    pub(crate) shown: LangText,
    pub(crate) standing: Standing,
    /// Whether a trust list names everybody who may take it up.
    pub(crate) is_listed: bool,
    pub(crate) chain: Option<VerifiedChain>,
    pub(crate) iat: UnixTime,
    pub(crate) exp: UnixTime,
}

impl Asked {
    /// The verified request; nothing for an offer.
    pub fn request(&self) -> Option<&VerifiedRequest> {
        match self {
            Self::Request(request) => Some(request),
            Self::Offer(_) => None,
        }
    }

    pub(crate) fn drafted(&self) -> Option<&Drafted> {
        match self {
            Self::Request(_) => None,
            Self::Offer(offer) => Some(offer),
        }
    }

    /// The full client identifier of the recipient; empty where an offer is for nobody by name.
    pub fn client_id(&self) -> &str {
        match self {
            Self::Request(request) => request.client_id(),
            Self::Offer(offer) => offer.to.client_id().unwrap_or_default(),
        }
    }

    /// The `aud` of the grant.
    pub(crate) fn aud(&self) -> Option<String> {
        match self {
            Self::Request(request) => Some(request.client_id().to_owned()),
            Self::Offer(offer) => offer.to.client_id().map(str::to_owned),
        }
    }

    /// The `aud_policy` of the grant.
    pub(crate) fn aud_policy(&self) -> Option<AudPolicy> {
        self.drafted().and_then(|offer| offer.to.policy())
    }

    /// The relay of the grant.
    pub(crate) fn relay(&self) -> Option<RelayRef> {
        self.drafted().map(|offer| offer.relay.clone())
    }

    /// The nonce; empty for an offer.
    pub fn nonce(&self) -> &str {
        self.request().map(VerifiedRequest::nonce).unwrap_or_default()
    }

    /// When it was made.
    pub fn iat(&self) -> UnixTime {
        match self {
            Self::Request(request) => request.iat(),
            Self::Offer(offer) => offer.iat,
        }
    }

    /// The last second in which it may be answered, or taken up.
    pub fn exp(&self) -> UnixTime {
        match self {
            Self::Request(request) => request.exp(),
            Self::Offer(offer) => offer.exp,
        }
    }

    /// What is asked for, or offered.
    pub fn dcql(&self) -> &DcqlQuery {
        match self {
            Self::Request(request) => request.dcql(),
            Self::Offer(offer) => &offer.dcql,
        }
    }

    /// What the data are for and what happens to them.
    pub fn terms(&self) -> &UseTerms {
        match self {
            Self::Request(request) => request.terms(),
            Self::Offer(offer) => &offer.terms,
        }
    }

    /// `h(R)`, for the grant; nothing for an offer.
    pub(crate) fn answers(&self) -> Option<Digest> {
        self.request().map(VerifiedRequest::digest)
    }

    /// What tells this page from every other: `h(R)`, or the offer's own name and recipients.
    pub(crate) fn digest(&self) -> Digest {
        match self {
            Self::Request(request) => request.digest(),
            Self::Offer(offer) => {
                // Not its id, which is drawn anew: the same draft gives the same page in another process.
                let said = (&offer.to, &offer.dcql, &offer.terms, &offer.relay, offer.mode, offer.rule);
                let said = serde_json::to_vec(&said).unwrap_or_default();
                let times = [offer.iat.0.to_be_bytes(), offer.exp.0.to_be_bytes()].concat();
                chop_crypto::sha256_of(&[b"chop/1/offer-page", &times, &said])
            }
        }
    }

    /// The verifier's log commitment.
    pub(crate) fn vlc(&self) -> Option<&Digest> {
        self.request().map(VerifiedRequest::vlc)
    }

    /// The recipient's certificate, where it is known.
    pub(crate) fn chain(&self) -> Option<&VerifiedChain> {
        match self {
            Self::Request(request) => Some(request.chain()),
            Self::Offer(offer) => offer.chain.as_ref(),
        }
    }

    /// Under which name keys are kept: per recipient organisation, or for one offer alone.
    pub(crate) fn pairwise(&self) -> String {
        match self {
            Self::Request(request) => organisation_of(request.chain()),
            Self::Offer(offer) => format!("offer.{}", offer.id),
        }
    }

    /// Whether a trust list names the recipient.
    pub fn standing(&self) -> &Standing {
        match self {
            Self::Request(request) => request.standing(),
            Self::Offer(offer) => &offer.standing,
        }
    }

    /// Whether a trust list names the recipient, or everybody whom an offer lets in.
    pub(crate) fn is_listed(&self) -> bool {
        match self {
            Self::Request(request) => matches!(request.standing(), Standing::Listed(_)),
            Self::Offer(offer) => offer.is_listed,
        }
    }

    /// The listed party, if a trust list names the recipient.
    pub fn listed(&self) -> Option<&Party> {
        match self.standing() {
            Standing::Listed(entry) => Some(&entry.party),
            Standing::NotListed => None,
        }
    }

    /// The name to be shown: the list's, the certificate's, or the words of a policy.
    pub fn shown_names(&self) -> &LangText {
        match self {
            Self::Request(request) => request.shown_names(),
            Self::Offer(offer) => &offer.shown,
        }
    }

    /// The identifier to be shown beside it.
    pub fn shown_legal_id(&self) -> Option<&str> {
        let certified = || self.chain().and_then(VerifiedChain::organisation_id);
        self.listed().map(|party| party.legal_id.value.as_str()).or_else(certified)
    }

    /// The name that the asker gives itself; that of the offer's terms for an offer.
    pub fn says_of_itself(&self) -> &LangText {
        &self.terms().recipient
    }

    /// Whether the certificate's DNS names hold letters behind punycode.
    pub fn has_punycode_name(&self) -> bool {
        self.request().is_some_and(VerifiedRequest::has_punycode_name)
    }

    /// Whether a newer edition of a trust list is due: warn, and go on.
    pub fn trust_is_stale(&self) -> bool {
        self.request().is_some_and(VerifiedRequest::trust_is_stale)
    }
}
