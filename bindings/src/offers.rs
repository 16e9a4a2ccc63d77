//! Mode C: the holder offers first, through a relay that hands out once and reads nothing; the verifier
//! takes it up by its code. What core needs from the relay is a value, which the network here carries.

use std::sync::Arc;

use chop_core::flow::RequestDraft;
use chop_core::flow::offer::{ClaimDraft, OfferDraft, OfferState, OfferWay as CoreWay, Recipients, Told};
use chop_core::plumbing::formats::dcql::DcqlQuery;
use chop_core::plumbing::formats::offer::OfferCode;
use chop_core::{NetError, Wallet};

use crate::data::Place;
use crate::error::{BorderError, failed};
use crate::machine::id;
use crate::network::Way;
use crate::offer::{Offer, OfferView};
use crate::progress::switch;
use crate::trust::fingerprint_of;
use crate::{Cancel, ChopError, Consent, Network, Prompt};

/// Offers of a space over some relays.
#[derive(uniffi::Object)]
pub struct Offers {
    pub(crate) wallet: Arc<Wallet>,
    way: Arc<Way>,
}

/// What a holder wants to offer.
#[derive(Debug, Clone, uniffi::Record)]
pub struct NewOffer {
    /// Which claims of which types: a DCQL query, JSON. A request may ask for no more.
    pub query: String,
    /// What for, how long, what may be done: terms of use, JSON. A request may say no more.
    pub terms: String,
    /// Who may take it up.
    pub to: OfferTo,
    /// Which way it goes.
    pub way: OfferWay,
    /// The relay.
    pub relay: String,
    /// How long it lasts, 1 to 129600 (90 days).
    pub minutes: u32,
}

/// Whom an offer lets in.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum OfferTo {
    /// These client ids.
    Clients {
        /// In full.
        ids: Vec<String>,
    },
    /// Whom this list names.
    OfList {
        /// Fingerprint of the list's publisher.
        publisher: String,
        /// Only those of this place.
        place: Option<Place>,
    },
    /// Whom an authority of the trust lists vouches for.
    Registered,
}

/// Which way an offer goes.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum OfferWay {
    /// This space answers the claim.
    Live {
        /// Without a further question, for recipients named by client id.
        by_rule: bool,
    },
    /// Sealed to the verifier of a key statement (`Desk.state_key`); this space may sleep.
    Sealed {
        /// The statement.
        statement: String,
    },
    /// Plain files for whoever comes with the code. A relay with a photo of it could read them.
    Files,
}

impl Offers {
    pub(crate) fn over(wallet: &Arc<Wallet>, network: Network) -> Result<Arc<Self>, ChopError> {
        Ok(Arc::new(Self { wallet: wallet.clone(), way: Arc::new(Way::of(network)?) }))
    }

    fn of(&self, id: chop_core::plumbing::model::Id) -> Arc<Offer> {
        Arc::new(Offer { wallet: self.wallet.clone(), way: self.way.clone(), id })
    }

    /// Takes up the offer of a code, or goes on where that was left off. Without a question: whatever was
    /// left sealed.
    pub(crate) fn claim(&self, code: &str, ask: Option<RequestDraft>) -> Result<Arc<Offer>, ChopError> {
        let code = OfferCode::parse(code).map_err(failed)?;
        let draft = ClaimDraft { ask, relays: self.way.relays.clone() };
        Ok(self.of(self.wallet.scan_offer(&code, draft)?))
    }
}

#[uniffi::export]
impl Offers {
    /// Asks the relay who it is, judges the draft and finds what could answer it. Nothing is chosen, and
    /// nothing of it leaves. The prompt is answered as a request's is; it cannot be declined.
    #[uniffi::method(default(cancel = None))]
    pub fn draft(&self, offer: NewOffer, cancel: Option<Arc<Cancel>>) -> Result<Arc<Prompt>, ChopError> {
        let relay = self.way.relay(&offer.relay, &switch(cancel.as_ref()))?;
        let draft = OfferDraft {
            dcql: DcqlQuery::read(offer.query.as_bytes()).map_err(failed)?,
            terms: serde_json::from_str(&offer.terms).map_err(|_| failed(BorderError::BadRequest))?,
            to: recipients(offer.to)?,
            way: match offer.way {
                OfferWay::Live { by_rule } => CoreWay::Live { by_rule },
                OfferWay::Sealed { statement } => CoreWay::Named { statement },
                OfferWay::Files => CoreWay::Files,
            },
            relay,
            seconds: i64::from(offer.minutes) * 60,
            drafted_at: None,
        };
        Ok(Prompt::around(&self.wallet, self.wallet.draft_offer(draft)?))
    }

    /// Makes the offer and puts it at the relay; only then is there a code to show. Where the relay does
    /// not take it, it is withdrawn here and the error says why.
    #[uniffi::method(default(cancel = None))]
    pub fn make(&self, consent: Arc<Consent>, cancel: Option<Arc<Cancel>>) -> Result<Arc<Offer>, ChopError> {
        // The consent is spent by its page, which is once: the same one again is refused by core.
        let made = consent.inner.with(|consent| self.wallet.offer(consent))??;
        let offer = self.of(made.id);
        let why = match offer.call(0, &switch(cancel.as_ref())) {
            Ok(_) if offer.state()? == OfferState::Open => return Ok(offer),
            Ok(told) => told.into_iter().find_map(|told| match told {
                Told::RelayRefused(refusal, _) => Some(failed(refusal)),
                _ => None,
            }),
            Err(error) => Some(error),
        };
        if offer.state()?.is_open() {
            self.wallet.withdraw_offer(&made.id)?;
        }
        Err(why.unwrap_or_else(|| failed(NetError::BadRelay)))
    }

    /// Every offer of the space, given or taken up, newest first.
    pub fn list(&self) -> Result<Vec<OfferView>, ChopError> {
        Ok(self.wallet.offers()?.into_iter().map(Into::into).collect())
    }

    /// One offer, to go on with.
    pub fn offer(&self, offer: String) -> Result<Arc<Offer>, ChopError> {
        let id = id(&offer)?;
        self.wallet.offer_view(&id)?;
        Ok(self.of(id))
    }
}

fn recipients(to: OfferTo) -> Result<Recipients, ChopError> {
    Ok(match to {
        OfferTo::Clients { ids } => Recipients::Clients(ids),
        OfferTo::OfList { publisher, place } => {
            Recipients::List { publisher: fingerprint_of(&publisher)?.into(), place: place.map(Into::into) }
        }
        OfferTo::Registered => Recipients::Registered,
    })
}
