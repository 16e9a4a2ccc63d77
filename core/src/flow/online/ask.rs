//! The verifier asks by a link: T0, when a wallet fetches.

use chop_formats::request::{OnlineDraft, match_number};
use chop_formats::web_address::WebAddress;
use chop_model::Id;

use crate::flow::RequestDraft;
use crate::{Result, Wallet};

/// Where the answer to a request goes, and what the wallet that fetches it said.
#[derive(Debug, Clone)]
pub struct AskOnline {
    /// Where the answer goes: on a host that the verifier's certificate names.
    pub response_uri: WebAddress,
    /// What ties the answer to the session that showed the link.
    pub state: Option<String>,
    /// What the wallet posted; nothing where it fetched by GET.
    pub wallet_nonce: Option<String>,
    /// Whether the wallet said that it knows use terms as transaction data.
    pub knows_use_terms: bool,
}

/// A request for one wallet, durable and logged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnlineRequest {
    /// The exchange.
    pub exchange: Id,
    /// R, to be sent as `application/oauth-authz-req+jwt`.
    pub text: String,
    /// The number to show beside the link, from now on.
    pub number: String,
}

impl Wallet {
    /// Makes a fresh request for the wallet that fetches it.
    ///
    /// # Errors
    /// `key.not-certified`; `request.answer-elsewhere` for an address on a host that the certificate does
    /// not name; the fault of a draft that a wallet would refuse.
    pub fn ask_online(&self, draft: RequestDraft, online: AskOnline) -> Result<OnlineRequest> {
        let AskOnline { response_uri, state, wallet_nonce, knows_use_terms } = online;
        let nonce = wallet_nonce.clone();
        let in_transaction_data = knows_use_terms && nonce.is_some();
        let online = OnlineDraft { response_uri, state, wallet_nonce, in_transaction_data };
        let (ticket, request) = self.request("t0", draft, Some(online))?;
        let exchange = ticket.exchange();
        let outcome = crate::journal::Outcome::Shown(chop_formats::log_entry::EntryKind::Offered);
        self.close_ticket("t0", ticket, outcome)?;
        let number = match_number(&request.digest, nonce.as_deref());
        Ok(OnlineRequest { exchange, text: request.text, number })
    }
}
