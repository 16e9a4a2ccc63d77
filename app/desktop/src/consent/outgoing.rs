//! What a yes made and what came after it: codes not shown yet, answers posted, messages taken.

use std::collections::HashMap;
use std::sync::Mutex;

use chop_core::flow::online::{AnswerOutcome, OnlineAnswer};
use chop_core::flow::{Inbound, Outbound};
use chop_core::plumbing::formats::frame::MessageKind;
use chop_core::plumbing::model::Id;
use chop_core::{HttpAnswer, HttpCall, Result, Wallet, WalletError};

use crate::scan::Content;
use crate::state::hold;

/// Codes that were made and are not on the screen yet, by their exchange.
#[derive(Default)]
pub(crate) struct Outgoing(Mutex<HashMap<Id, Outbound>>);

impl Outgoing {
    /// Keeps codes until the page has drawn them.
    pub(crate) fn keep(&self, outbound: Outbound) -> Id {
        let id = outbound.exchange();
        hold(&self.0).insert(id, outbound);
        id
    }

    /// The page has drawn the codes: now the record says so. A second time is no news.
    ///
    /// # Errors
    /// When the record cannot be written.
    pub(crate) fn shown(&self, wallet: &Wallet, id: &Id) -> Result<()> {
        let outbound = hold(&self.0).remove(id);
        outbound.map_or(Ok(()), |outbound| wallet.shown(outbound))
    }
}

/// Takes what the other side showed: an acknowledgement, for which the key is shown, a receipt, or the
/// statement that all is erased. The exchange, and the codes to show next.
///
/// # Errors
/// `receipt.*`, `exchange.*`; `scan.other-message` for anything else.
pub(crate) fn take_message(wallet: &Wallet, content: &Content) -> Result<(Id, Option<Outbound>)> {
    let Content::Message(message) = content else { return Err(WalletError::OtherMessage.into()) };
    match message {
        Inbound::Acknowledgement(text) => {
            let key = wallet.acknowledge(text)?;
            Ok((key.exchange(), Some(key)))
        }
        Inbound::Use(text) => Ok((wallet.confirm(MessageKind::Use, text)?.exchange, None)),
        Inbound::Refused(text) => Ok((wallet.confirm(MessageKind::Refused, text)?.exchange, None)),
        Inbound::Erased(text) => Ok((wallet.confirm_erased(text)?, None)),
        Inbound::Request(_) | Inbound::Data(_) | Inbound::Key(_) => Err(WalletError::OtherMessage.into()),
    }
}

/// Posts an answer and takes what came back. Where nothing came, the record says that nobody knows.
///
/// # Errors
/// `net.*`: the same answer may be posted again.
pub(crate) fn post(
    wallet: &Wallet,
    answer: OnlineAnswer,
    call: impl FnOnce(&HttpCall) -> Result<HttpAnswer>,
) -> Result<AnswerOutcome> {
    match call(answer.call()) {
        Ok(came) => wallet.settle(answer, &came),
        Err(error) => {
            wallet.unsettled(answer)?;
            Err(error)
        }
    }
}

/// Takes a grant back whose key has not been shown.
///
/// # Errors
/// `exchange.already-released`.
pub(crate) fn take_back(wallet: &Wallet, outgoing: &Outgoing, id: &Id) -> Result<()> {
    wallet.withdraw(id)?;
    hold(&outgoing.0).remove(id);
    Ok(())
}
