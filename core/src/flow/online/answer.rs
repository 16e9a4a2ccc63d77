//! The answer over a network: T1, then one POST. The same bytes may go again, never others.

use chop_formats::request::RequestRule;
use chop_formats::request::StoredRequest;
use chop_formats::web_form;
use chop_model::Id;
use chop_vault::table::artefact::ArtefactKind;

use crate::flow::{Consent, State};
use crate::journal::UseTicket;
use crate::web::{FORM, HttpCall, JSON, OnlineError};
use crate::{Result, Wallet, WalletError};

/// An answer that may be posted: its intent is durable. It is used up by [`Wallet::settle`] or
/// [`Wallet::unsettled`].
#[derive(Debug)]
pub struct OnlineAnswer {
    pub(super) exchange: Id,
    pub(super) call: HttpCall,
    pub(super) ticket: Option<UseTicket>,
}

impl OnlineAnswer {
    /// The exchange.
    pub fn exchange(&self) -> Id {
        self.exchange
    }

    /// The call to make.
    pub fn call(&self) -> &HttpCall {
        &self.call
    }
}

impl Wallet {
    /// Grants what the consent says and makes the answer to post, once. `typed` is the number that the
    /// *other* screen shows, as its reader typed it.
    ///
    /// # Errors
    /// Nothing is spent and nothing leaves: `online.other-number`, `request.answered-before`,
    /// `exchange.expired`, `answer.too-large`.
    pub fn answer_online(&self, consent: Consent, typed: &str) -> Result<OnlineAnswer> {
        let number = consent.prompt.arrival.number().ok_or(RequestRule::OtherCarrier)?;
        if number != typed.trim() {
            return Err(OnlineError::OtherNumber.into());
        }
        let request = consent.prompt.request.request().ok_or(RequestRule::OtherCarrier)?;
        let address = request.answer_to().ok_or(RequestRule::OtherCarrier)?;
        let url = address.response_uri.as_str().to_owned();
        let (ticket, answer) = self.spend(&consent, State::Sent)?;
        Ok(OnlineAnswer { exchange: ticket.exchange(), call: post(&url, &answer), ticket: Some(ticket) })
    }

    /// The stored answer once more, for an edge whose network failed. Nothing is signed or sealed anew.
    ///
    /// # Errors
    /// `exchange.unknown`; `exchange.wrong-step` once the verifier has answered; `exchange.expired`;
    /// `exchange.frozen`; `exchange.withdrawn` and `consent.*` when the consent was stopped meanwhile.
    pub fn answer_again(&self, id: &Id) -> Result<OnlineAnswer> {
        self.anchor_what_is_stored()?;
        let row = self.exchange(id)?;
        match State::from_number(row.state) {
            Some(State::Sent) => {}
            Some(State::Frozen) => return Err(WalletError::Frozen.into()),
            _ => return Err(WalletError::WrongStep.into()),
        }
        // What was posted may have arrived nowhere: a withdrawal since then is still in time.
        self.refuse_when_held_back(id)?;
        if row.expires_at < self.ports.clock.now() {
            return Err(WalletError::Expired.into());
        }
        let request = StoredRequest::read(&self.stored_text(id, ArtefactKind::Request)?)?;
        let address = request.answer_to().ok_or(WalletError::LogBroken)?;
        let answer = self.stored_text(id, ArtefactKind::Envelope)?;
        Ok(OnlineAnswer { exchange: *id, call: post(address.response_uri.as_str(), &answer), ticket: None })
    }
}

/// OpenID4VP 1.0 section 8.3.1: `direct_post.jwt` is a form with one parameter.
fn post(url: &str, answer: &str) -> HttpCall {
    HttpCall::post(url, FORM, web_form::write(&[("response", answer)]).into_bytes(), JSON)
}
