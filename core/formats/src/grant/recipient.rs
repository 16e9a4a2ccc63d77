//! For whom a grant is: one recipient in answer to a request, or whom an offer lets in (mode C).

use chop_crypto::Digest;
use chop_model::UnixTime;
use serde::{Deserialize, Serialize};

use super::{Grant, GrantError, GrantRefusal, UnverifiedGrant, VerifiedGrant};
use crate::digest64::B64Digest;
use crate::offer::RelayHost;
use crate::shown_text::check_name;
use crate::trust_list::Standing;

/// Client identifiers that one policy names.
const MAX_CLIENTS: usize = 16;
/// Characters of a client identifier or of the name of a class.
const MAX_CHARS: usize = 256;

/// The relay of an offer: two entries for one offer under this key prove its fault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelayRef {
    /// Its origin, [`RelayHost::origin`].
    pub origin: String,
    /// The verifier key of its log, as C2SP writes it.
    pub vkey: String,
}

/// Who may claim an offer, where it is not one named recipient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum AudPolicy {
    /// One of these full client ids.
    Clients(Vec<String>),
    /// Whom this list names as verifier, by the fingerprint of its publisher; with a class only those
    /// of that jurisdiction.
    List {
        /// Fingerprint of the publisher's key.
        publisher: B64Digest,
        /// Jurisdiction code of the parties that may claim; nothing: any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        class: Option<String>,
    },
    /// Any verifier that an authority vouches for.
    Registered,
}

impl AudPolicy {
    /// Whether a verifier with this client id and standing is let in; `publisher` is that of the list
    /// that names it.
    pub fn lets_in(&self, client_id: &str, standing: &Standing, publisher: Option<&Digest>) -> bool {
        match self {
            Self::Clients(clients) => clients.iter().any(|client| client == client_id),
            Self::List { publisher: wanted, class } => match standing {
                Standing::Listed(entry) => {
                    publisher == Some(&wanted.0)
                        && class.as_ref().is_none_or(|class| entry.party.jurisdiction.code() == class)
                }
                Standing::NotListed => false,
            },
            Self::Registered => true,
        }
    }

    fn is_sound(&self) -> bool {
        let is_named = |text: &String| text.len() <= MAX_CHARS && check_name(text).is_ok();
        match self {
            Self::Clients(clients) => {
                (1..=MAX_CLIENTS).contains(&clients.len()) && clients.iter().all(is_named)
            }
            Self::List { publisher: _, class } => class.as_ref().is_none_or(is_named),
            Self::Registered => true,
        }
    }
}

/// What a verifier knows of an offer before it has seen the grant: what the code says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferedGrant {
    /// `h(grant)`.
    pub digest: Digest,
    /// Origin of the relay in the code.
    pub origin: String,
    /// Until when, where the code or the relay says.
    pub exp: Option<UnixTime>,
    /// The verifier's own full client id.
    pub client_id: String,
}

impl UnverifiedGrant {
    /// Checks type, signature, issuer, scope and times, and that it is the grant that the code names,
    /// for this verifier and by way of this relay.
    ///
    /// # Errors
    /// [`GrantRefusal`].
    pub fn verify_offered(self, code: &OfferedGrant, now: UnixTime) -> Result<VerifiedGrant, GrantRefusal> {
        let grant = self.verify_as_record()?;
        if grant.digest() != code.digest {
            return Err(GrantError::OtherGrant.into());
        }
        let payload = grant.payload();
        if payload.relay.as_ref().is_none_or(|relay| relay.origin != code.origin) {
            return Err(GrantError::WrongRelay.into());
        }
        if code.exp.is_some_and(|exp| exp != payload.exp) {
            return Err(GrantError::WrongExpiry.into());
        }
        let is_ours = match (&payload.aud, &payload.aud_policy) {
            (Some(aud), _) => *aud == code.client_id,
            (None, Some(AudPolicy::Clients(clients))) => clients.contains(&code.client_id),
            // Whose list that is, only the holder or the relay can say; they let us in.
            _ => true,
        };
        if !is_ours {
            return Err(GrantError::WrongAudience.into());
        }
        payload.check_times(now)?;
        Ok(grant)
    }
}

/// An answer names one recipient, its request and its log; an offer names a relay and none of them but
/// perhaps the recipient.
pub(super) fn check(grant: &Grant) -> Result<(), GrantError> {
    let Some(relay) = &grant.relay else {
        let is_answer = grant.req.is_some() && grant.vlc.is_some() && grant.controller.is_some();
        return match (&grant.aud, &grant.aud_policy) {
            (Some(_), None) if is_answer => Ok(()),
            (Some(_), None) => Err(GrantError::MixedMode),
            _ => Err(GrantError::NoRecipient),
        };
    };
    if grant.req.is_some() || grant.vlc.is_some() {
        return Err(GrantError::MixedMode);
    }
    let has_key = chop_ledger::VerifierKey::parse(&relay.vkey).is_ok();
    if RelayHost::from_origin(&relay.origin).is_err() || !has_key {
        return Err(GrantError::WrongRelay);
    }
    match (&grant.aud, &grant.aud_policy) {
        (Some(_), None) => Ok(()),
        (None, Some(policy)) if policy.is_sound() => Ok(()),
        _ => Err(GrantError::NoRecipient),
    }
}
