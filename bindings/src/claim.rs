//! A claim of a live offer, as the holder is asked about it.

use std::sync::Arc;

use chop_core::Wallet;
use chop_core::flow::offer::ClaimPrompt;

use crate::ChopError;
use crate::data::Place;
use crate::machine::Once;
use crate::offer::Names;
use crate::requests::path_text;

/// Somebody takes up an offer: verified, within what was offered, and let in. Nothing is spent yet.
#[derive(uniffi::Object)]
pub struct Claim {
    wallet: Arc<Wallet>,
    inner: Once<ClaimPrompt>,
}

/// What one query of a claim asks for.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ClaimedQuery {
    /// The query's id.
    pub query: String,
    /// Its claims, each a claim path.
    pub claims: Vec<String>,
}

impl Claim {
    pub(crate) fn around(wallet: &Arc<Wallet>, prompt: ClaimPrompt) -> Arc<Self> {
        Arc::new(Self { wallet: wallet.clone(), inner: Once::new(prompt) })
    }
}

#[uniffi::export]
impl Claim {
    /// Who, by the name that a list or certificate vouches for.
    pub fn who(&self) -> Result<Names, ChopError> {
        self.inner.with(|prompt| prompt.who().clone().into())
    }

    /// Where they say that they sit.
    pub fn place(&self) -> Result<Place, ChopError> {
        self.inner.with(|prompt| prompt.request().terms().jurisdiction.into())
    }

    /// What they would get: no more than was offered.
    pub fn asked(&self) -> Result<Vec<ClaimedQuery>, ChopError> {
        self.inner.with(|prompt| {
            let queries = prompt.request().dcql().credentials().iter();
            queries
                .map(|query| ClaimedQuery {
                    query: query.id().to_owned(),
                    claims: query.claims().iter().map(|claim| path_text(claim.path())).collect(),
                })
                .collect()
        })
    }

    /// Whether a rule that was set with the offer answers: the holder need not be asked.
    pub fn is_ruled(&self) -> Result<bool, ChopError> {
        self.inner.with(ClaimPrompt::is_ruled)
    }

    /// Yes. The use is on the record before the next step of the offer sends anything.
    pub fn confirm(&self) -> Result<(), ChopError> {
        let prompt = self.inner.take()?;
        self.wallet.confirm_claim(&prompt).or_else(|error| {
            self.inner.put_back(prompt)?;
            Err(error.into())
        })
    }

    /// No; the next step of the offer says so. It stays open for somebody else.
    pub fn reject(&self) -> Result<(), ChopError> {
        let prompt = self.inner.take()?;
        self.wallet.reject_claim(&prompt).or_else(|error| {
            self.inner.put_back(prompt)?;
            Err(error.into())
        })
    }
}
