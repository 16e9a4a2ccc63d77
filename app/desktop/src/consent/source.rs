//! Where a page comes from, and how to look at it again.

use chop_core::flow::ConsentPrompt;
use chop_core::flow::Inbound;
use chop_core::flow::offer::OfferDraft;
use chop_core::flow::online::Asked;
use chop_core::{HttpAnswer, HttpCall, Result, Wallet, WalletError};

use crate::scan::Content;

/// What a page is about, whole: the same source gives the same page.
#[derive(Clone)]
pub(crate) enum Source {
    /// A request that cameras read.
    Optic(String),
    /// A request that was fetched.
    Online(Asked),
    /// An offer of one's own.
    Offer(Box<OfferDraft>),
}

impl Source {
    /// The source behind something that was scanned. A link is fetched: `call` posts what core says.
    ///
    /// # Errors
    /// `scan.other-message` for anything else than a request or a link to one; `link.*`, `online.*`, `net.*`.
    pub(crate) fn of(
        wallet: &Wallet,
        content: &Content,
        call: impl FnOnce(&HttpCall) -> Result<HttpAnswer>,
    ) -> Result<Self> {
        match content {
            Content::Message(Inbound::Request(text)) => Ok(Self::Optic(text.clone())),
            Content::RequestLink(link) => Ok(Self::Online(fetch(wallet, link, call)?)),
            _ => Err(WalletError::OtherMessage.into()),
        }
    }

    /// Verifies and judges it. `anyway`: the person asks for the page, though they said no a short time ago.
    ///
    /// # Errors
    /// As [`Wallet::look`], [`Wallet::look_online`] and [`Wallet::draft_offer`].
    pub(crate) fn look(&self, wallet: &Wallet, anyway: bool) -> Result<ConsentPrompt> {
        match (self, anyway) {
            (Self::Optic(request), false) => wallet.look(request),
            (Self::Optic(request), true) => wallet.look_again(request),
            (Self::Online(asked), false) => wallet.look_online(asked),
            (Self::Online(asked), true) => wallet.look_online_again(asked),
            (Self::Offer(draft), _) => wallet.draft_offer(draft.as_ref().clone()),
        }
    }
}

/// Fetches the request behind a link. Nothing of the holdings is looked at.
///
/// # Errors
/// `link.*`, `online.*`, `net.*`.
pub(crate) fn fetch(
    wallet: &Wallet,
    link: &str,
    call: impl FnOnce(&HttpCall) -> Result<HttpAnswer>,
) -> Result<Asked> {
    let (fetch, http) = wallet.fetch(link)?;
    fetch.take(&call(&http)?)
}
