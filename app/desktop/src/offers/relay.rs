//! The relay of an offer: who it is, and one call of an offer to it.

use std::sync::Mutex;

use chop_core::flow::offer::{OfferState, Offered, RelayAnswer, RelayCall, Told};
use chop_core::plumbing::formats::grant::RelayRef;
use chop_core::plumbing::model::Id;
use chop_core::{Error, NetError, Result, Wallet};
use chop_transport::{Cancel, RelayClient, Rules};

use crate::state::hold;

/// Relays that said who they are, in this run.
#[derive(Default)]
pub(crate) struct Relays(Mutex<Vec<RelayRef>>);

impl Relays {
    /// Who the relay is: it says its own key, which a grant then pins. Asked once a run.
    ///
    /// # Errors
    /// `net.*`; `net.mistyped-relay` for an address that does not read; `net.bad-relay` for a relay that says it
    /// is another.
    pub(crate) fn who(&self, origin: &str, rules: Rules) -> Result<RelayRef> {
        if let Some(known) = hold(&self.0).iter().find(|relay| relay.origin == origin) {
            return Ok(known.clone());
        }
        // The address was typed here: one that does not read is a slip, and no peer to be warned of.
        let client = RelayClient::new(rules, [origin]).map_err(|error| match error.code() {
            "net.bad-relay" => NetError::MistypedRelay.into(),
            _ => error,
        })?;
        let info = client.info(origin, &Cancel::default())?;
        if info.origin != origin {
            return Err(NetError::BadRelay.into());
        }
        let relay = RelayRef { origin: info.origin, vkey: info.vkey };
        hold(&self.0).push(relay.clone());
        Ok(relay)
    }
}

/// Posts a call of an offer to its relay, and to no other.
///
/// # Errors
/// `net.*`.
pub(crate) fn post(call: &RelayCall, rules: Rules, cancel: &Cancel) -> Result<RelayAnswer> {
    // The list is the offer's own relay: what is on it was checked when the offer was made.
    RelayClient::new(rules, [call.origin()])?.perform(call, cancel)
}

/// One call of an offer, and what it came to; nothing where no call is due.
///
/// # Errors
/// What `post` says; `offer-flow.*` for what the relay says wrong; `vault.locked`.
pub(crate) fn step(
    wallet: &Wallet,
    id: &Id,
    wait: u64,
    post: impl FnOnce(&RelayCall) -> Result<RelayAnswer>,
) -> Result<Option<Vec<Told>>> {
    let Some(call) = wallet.relay_call(id, wait)? else { return Ok(None) };
    let answer = post(&call)?;
    wallet.relay_answer(&call, &answer).map(Some)
}

/// Puts an offer at its relay before its code is shown. Where that fails it is taken back: nobody has the
/// code.
///
/// # Errors
/// Why the relay has it not.
pub(crate) fn put(
    wallet: &Wallet,
    offered: &Offered,
    post: impl FnOnce(&RelayCall) -> Result<RelayAnswer>,
) -> Result<()> {
    let posted = step(wallet, &offered.id, 0, post);
    let state = wallet.offer_view(&offered.id)?.state;
    let refused = match posted {
        Ok(_) if state == OfferState::Open => return Ok(()),
        Ok(told) => told.into_iter().flatten().find_map(|told| match told {
            Told::RelayRefused(refusal, _) => Some(Error::from(refusal)),
            _ => None,
        }),
        Err(error) => Some(error),
    };
    if state.is_open() {
        wallet.withdraw_offer(&offered.id)?;
    }
    Err(refused.unwrap_or_else(|| NetError::BadRelay.into()))
}
