//! What was granted: release the key for an acknowledgement, confirm, withdraw.

use std::sync::Arc;

use chop_core::history::ExchangeView;
use chop_core::plumbing::formats::frame::MessageKind;
use chop_core::plumbing::formats::receipt::{Outcome, Reason};
use chop_core::{Wallet, flow};

use crate::data::{ExchangeState, Role};
use crate::error::failed;
use crate::machine::id;
use crate::{ChopError, Outbound};

/// The exchanges of this space, on either side.
#[derive(uniffi::Object)]
pub struct Grants {
    pub(crate) wallet: Arc<Wallet>,
}

/// One exchange.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Exchange {
    /// Its id.
    pub id: String,
    /// Our side.
    pub role: Role,
    /// Where it stands.
    pub state: ExchangeState,
    /// Whether the verifier did not say yet how it went.
    pub is_unconfirmed: bool,
    /// The other side's name.
    pub peer: String,
    /// The purpose's code.
    pub purpose: String,
    /// Seconds since 1970.
    pub created_at: i64,
    /// Seconds since 1970.
    pub expires_at: i64,
    /// Seconds since 1970.
    pub updated_at: i64,
}

/// How the verifier says it went.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Confirmation {
    /// Whether the data were taken.
    pub is_accepted: bool,
    /// Why not, in a stable word.
    pub reason: Option<String>,
}

#[uniffi::export]
impl Grants {
    /// All exchanges, newest first.
    pub fn list(&self) -> Result<Vec<Exchange>, ChopError> {
        Ok(self.wallet.exchanges()?.into_iter().map(Into::into).collect())
    }

    /// One exchange.
    pub fn exchange(&self, exchange: String) -> Result<Exchange, ChopError> {
        Ok(self.wallet.exchange_view(&id(&exchange)?)?.into())
    }

    /// Takes the verifier's acknowledgement and gives the key: no receipt, no key. The same
    /// acknowledgement gives the same key again, another one gives nothing.
    pub fn release(&self, acknowledgement: String) -> Result<Arc<Outbound>, ChopError> {
        let outbound = self.wallet.acknowledge(&acknowledgement)?;
        Ok(Outbound::around(&self.wallet, outbound))
    }

    /// Takes the codes in which the verifier says how it went.
    pub fn confirm(&self, codes: Vec<String>) -> Result<Confirmation, ChopError> {
        let (kind, text) = match flow::read(&codes)? {
            flow::Inbound::Use(text) => (MessageKind::Use, text),
            flow::Inbound::Refused(text) => (MessageKind::Refused, text),
            _ => return Err(failed(chop_core::WalletError::OtherMessage)),
        };
        let outcome = self.wallet.confirm(kind, &text)?.outcome;
        Ok(match outcome {
            Outcome::Accepted {} => Confirmation { is_accepted: true, reason: None },
            Outcome::Refused { reason } => Confirmation { is_accepted: false, reason: Some(word_of(reason)) },
        })
    }

    /// Takes the codes in which the verifier signs that what it took is erased. Which exchange that was.
    pub fn confirm_erased(&self, codes: Vec<String>) -> Result<String, ChopError> {
        match flow::read(&codes)? {
            flow::Inbound::Erased(text) => Ok(self.wallet.confirm_erased(&text)?.to_string()),
            _ => Err(failed(chop_core::WalletError::OtherMessage)),
        }
    }

    /// Takes the grant back. Before the key left it is over; afterwards the error says so.
    pub fn withdraw(&self, exchange: String) -> Result<(), ChopError> {
        Ok(self.wallet.withdraw(&id(&exchange)?)?)
    }

    /// The stored message of an exchange once more, byte for byte.
    pub fn again(&self, exchange: String) -> Result<Arc<Outbound>, ChopError> {
        Ok(Outbound::around(&self.wallet, self.wallet.again(&id(&exchange)?)?))
    }

    /// How often something was granted from this space.
    pub fn uses(&self) -> Result<u64, ChopError> {
        Ok(self.wallet.uses()?)
    }
}

impl From<ExchangeView> for Exchange {
    fn from(view: ExchangeView) -> Self {
        Self {
            is_unconfirmed: view.is_unconfirmed(),
            id: view.id.to_string(),
            role: view.role.into(),
            state: view.state.into(),
            peer: view.peer,
            purpose: view.purpose,
            created_at: view.created_at.0,
            expires_at: view.expires_at.0,
            updated_at: view.updated_at.0,
        }
    }
}

/// The stable word of a reason, as it stands in the receipt.
pub(crate) fn word_of(reason: Reason) -> String {
    serde_json::to_value(reason).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}
