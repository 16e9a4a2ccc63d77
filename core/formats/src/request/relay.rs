//! What a request for the relay carrier names: which relay, and which offer there (mode C1).
//!
//! ```text
//! response_mode chop_relay.jwt      aud = the relay's origin      chop_offer = base64url(G)
//! ```
//!
//! So a request that was made for one offer takes up no other, on no other relay.

use chop_crypto::encoding::{array_from_base64url, to_base64url};
use serde_json::{Map, Value};

use super::RequestRule;
use crate::offer::RelayHost;
use crate::relay::OfferId;

/// The offer that a request takes up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelayTarget {
    /// Origin of the relay, [`RelayHost::origin`].
    pub origin: String,
    /// `G`.
    pub offer: OfferId,
}

impl RelayTarget {
    pub(super) fn read(fields: &Map<String, Value>) -> Result<Self, RequestRule> {
        let text = |name: &str| fields.get(name).and_then(Value::as_str);
        let origin = text("aud").filter(|aud| RelayHost::from_origin(aud).is_ok());
        let origin = origin.ok_or(RequestRule::BadAudience)?.to_owned();
        let offer = text(OFFER).and_then(|offer| array_from_base64url(offer).ok());
        Ok(Self { origin, offer: OfferId(offer.ok_or(RequestRule::NoOffer)?) })
    }

    /// `chop_offer`.
    pub(super) fn offer_text(&self) -> String {
        to_base64url(&self.offer.0)
    }
}

/// The member that names the offer.
pub(super) const OFFER: &str = "chop_offer";
