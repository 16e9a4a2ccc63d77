//! One offer, on either side: where it is, what the relay says of it, how it goes on.

use std::sync::Arc;
use std::time::Duration;

use chop_core::Wallet;
use chop_core::flow::offer::{OfferState, OfferView as CoreView, Told};
use chop_core::plumbing::formats::delivery::Mode;
use chop_core::plumbing::formats::receipt::Outcome;
use chop_core::plumbing::model::{Coded as _, Id, LangText};

use crate::claim::Claim;
use crate::data::Role;
use crate::desk::{TakenData, data_of};
use crate::error::failed;
use crate::grants::word_of;
use crate::machine::Waiting;
use crate::network::Way;
use crate::progress::switch;
use crate::{Cancel, ChopError};

/// A name in every language of the product.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Names {
    /// 简体中文.
    pub zh_hans: String,
    /// 繁體中文.
    pub zh_hant: String,
    /// English.
    pub en: String,
    /// Português.
    pub pt: String,
}

/// Which way an offer that was made goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, uniffi::Enum)]
pub enum OfferMode {
    /// The holder's space answers.
    Live,
    /// Sealed, to one named verifier or to one who will be named.
    Sealed,
    /// Files for whoever comes.
    Files,
}

/// One offer, as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct OfferView {
    /// Its id in this space.
    pub id: String,
    /// Whether this space gave it or took it up.
    pub role: Role,
    /// Which way it goes.
    pub mode: OfferMode,
    /// How far it is, as a stable word: `open`, `delivered`, `done`, `withdrawn`, ….
    pub state: String,
    /// Whether something can still happen to it.
    pub is_open: bool,
    /// Its relay.
    pub relay: String,
    /// Who takes it up; empty before that is known.
    pub peer: String,
    /// The purpose's code.
    pub purpose: String,
    /// How many claims came beside the one that is ahead.
    pub others: u64,
    /// Seconds since 1970.
    pub created_at: i64,
    /// Seconds since 1970.
    pub expires_at: i64,
}

/// What one step of an offer brought.
#[derive(uniffi::Enum)]
pub enum OfferNews {
    /// It moved on.
    Moved {
        /// To this state.
        state: String,
    },
    /// Holder: somebody takes it up. Confirm or reject while the lease runs.
    Claimed {
        /// The claim.
        claim: Arc<Claim>,
    },
    /// Holder: a claim was refused without asking.
    ClaimRefused {
        /// The code of the reason.
        code: String,
    },
    /// Holder: another claim came beside the one that is ahead.
    AnotherClaim {
        /// Who, where that can be told.
        who: Option<Names>,
    },
    /// Holder: somebody collected it.
    Collected {
        /// Who.
        who: Names,
    },
    /// Holder: the recipient said how it went.
    Used {
        /// Whether the data were taken.
        is_accepted: bool,
        /// Why not, in a stable word.
        reason: Option<String>,
    },
    /// Holder: withdrawn in time.
    RevokedAt {
        /// By the relay's clock, seconds since 1970.
        at: i64,
    },
    /// Holder: too late to withdraw.
    AlreadyReleasedAt {
        /// By the relay's clock, seconds since 1970.
        at: i64,
    },
    /// Holder: the relay handed over what does not fit; nothing was taken from it.
    Strange {
        /// The code.
        code: String,
    },
    /// Verifier: the data, checked.
    Received {
        /// The data.
        data: TakenData,
    },
    /// Verifier: not what was promised; a signed refusal goes back.
    ContentRefused {
        /// Why, in a stable word.
        reason: String,
    },
    /// The relay contradicts itself. The proof is kept.
    RelayFault,
    /// The relay will not.
    RelayRefused {
        /// The code of the reason.
        code: String,
        /// Whether the same may pass later.
        may_pass: bool,
    },
}

/// One offer of this space, given or taken up.
#[derive(uniffi::Object)]
pub struct Offer {
    pub(crate) wallet: Arc<Wallet>,
    pub(crate) way: Arc<Way>,
    pub(crate) id: Id,
}

#[uniffi::export]
impl Offer {
    /// Its id in this space.
    pub fn id(&self) -> String {
        self.id.to_string()
    }

    /// How it stands.
    pub fn view(&self) -> Result<OfferView, ChopError> {
        Ok(self.wallet.offer_view(&self.id)?.into())
    }

    /// Holder: the text of its code, `CHOP1:O…`.
    pub fn code(&self) -> Result<String, ChopError> {
        self.wallet.offered(&self.id)?.code.to_text().map_err(failed)
    }

    /// Holder: the code as a link that any phone's camera opens; none for files to whoever comes.
    pub fn link(&self) -> Result<Option<String>, ChopError> {
        let made = self.wallet.offered(&self.id)?;
        Ok(made.may_be_link.then(|| made.code.to_link()))
    }

    /// Holder: the code as a PNG of about `pixels` a side, quiet zone included.
    pub fn png(&self, pixels: u32) -> Result<Vec<u8>, ChopError> {
        crate::qr::png(&self.code()?, pixels)
    }

    /// Takes one step: one call to the relay, which may hold its answer back for `seconds`, at most 60.
    /// Empty: nothing happened, or nothing is to be done. A step that failed is taken again by calling
    /// again: the same bytes are sent.
    #[uniffi::method(default(cancel = None))]
    pub fn step(&self, seconds: u32, cancel: Option<Arc<Cancel>>) -> Result<Vec<OfferNews>, ChopError> {
        let told = self.call(seconds, &switch(cancel.as_ref()))?;
        Ok(told.into_iter().map(|told| self.news(told)).collect())
    }

    /// Takes steps until something happens, the offer is over or `seconds` are.
    #[uniffi::method(default(cancel = None))]
    pub fn watch(&self, seconds: u32, cancel: Option<Arc<Cancel>>) -> Result<Vec<OfferNews>, ChopError> {
        let cancel = switch(cancel.as_ref());
        let until = Waiting::of(seconds);
        loop {
            let told = self.call(until.left().min(LONGEST_POLL), &cancel)?;
            if !told.is_empty() || until.left() == 0 || !self.state()?.is_open() {
                return Ok(told.into_iter().map(|told| self.news(told)).collect());
            }
            cancel.sleep(PAUSE)?;
        }
    }

    /// Holder: takes the offer back and hears the relay's signed answer, which is one of two: in time, or
    /// too late.
    #[uniffi::method(default(cancel = None))]
    pub fn withdraw(&self, cancel: Option<Arc<Cancel>>) -> Result<Vec<OfferNews>, ChopError> {
        self.wallet.withdraw_offer(&self.id)?;
        let cancel = switch(cancel.as_ref());
        let mut heard = Vec::new();
        while self.state()? == OfferState::Withdrawing {
            let told = self.call(0, &cancel)?;
            if told.is_empty() {
                break;
            }
            heard.extend(told.into_iter().map(|told| self.news(told)));
        }
        Ok(heard)
    }

    /// Verifier: the data once more, checked again.
    pub fn data(&self) -> Result<TakenData, ChopError> {
        Ok(data_of(self.wallet.received(&self.id)?))
    }
}

impl Offer {
    pub(crate) fn state(&self) -> Result<OfferState, ChopError> {
        Ok(self.wallet.offer_view(&self.id)?.state)
    }

    /// One call, and what core makes of the answer.
    pub(crate) fn call(&self, wait: u32, cancel: &chop_transport::Cancel) -> Result<Vec<Told>, ChopError> {
        let Some(call) = self.wallet.relay_call(&self.id, u64::from(wait))? else { return Ok(Vec::new()) };
        let answer = self.way.perform(&call, cancel)?;
        Ok(self.wallet.relay_answer(&call, &answer)?)
    }

    fn news(&self, told: Told) -> OfferNews {
        match told {
            Told::Moved(state) => OfferNews::Moved { state: state.word().to_owned() },
            Told::Claim(prompt) => OfferNews::Claimed { claim: Claim::around(&self.wallet, *prompt) },
            Told::ClaimRefused(code) => OfferNews::ClaimRefused { code: code.to_owned() },
            Told::AnotherClaim(who) => OfferNews::AnotherClaim { who: who.map(Into::into) },
            Told::Collected(who) => OfferNews::Collected { who: who.into() },
            Told::Used(used) => match used.outcome {
                Outcome::Accepted {} => OfferNews::Used { is_accepted: true, reason: None },
                Outcome::Refused { reason } => {
                    OfferNews::Used { is_accepted: false, reason: Some(word_of(reason)) }
                }
            },
            Told::RevokedAt(at) => OfferNews::RevokedAt { at: at.0 },
            Told::AlreadyReleasedAt(at) => OfferNews::AlreadyReleasedAt { at: at.0 },
            Told::Strange(code) => OfferNews::Strange { code: code.to_owned() },
            Told::Received(received) => OfferNews::Received { data: data_of(*received) },
            Told::RefusedContent(reason) => OfferNews::ContentRefused { reason: word_of(reason) },
            Told::RelayFault(_) => OfferNews::RelayFault,
            Told::RelayRefused(refusal, may_pass) => {
                OfferNews::RelayRefused { code: refusal.code().to_owned(), may_pass }
            }
        }
    }
}

impl From<CoreView> for OfferView {
    fn from(view: CoreView) -> Self {
        Self {
            id: view.id.to_string(),
            role: view.role.into(),
            mode: match view.mode {
                Mode::C2Named => OfferMode::Sealed,
                Mode::C2Files => OfferMode::Files,
                Mode::B | Mode::D | Mode::C1 => OfferMode::Live,
            },
            state: view.state.word().to_owned(),
            is_open: view.state.is_open(),
            relay: view.relay,
            peer: view.peer,
            purpose: view.purpose,
            others: view.others,
            created_at: view.created_at.0,
            expires_at: view.expires_at.0,
        }
    }
}

impl From<LangText> for Names {
    fn from(names: LangText) -> Self {
        let LangText { zh_hans, zh_hant, en, pt } = names;
        Self { zh_hans, zh_hant, en, pt }
    }
}

/// Between two calls of a wait: a relay that answers at once is not asked in a tight circle.
const PAUSE: Duration = Duration::from_millis(200);
/// Seconds that a relay holds an answer back at most.
const LONGEST_POLL: u32 = 25;
