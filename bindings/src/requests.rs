//! What is asked of the holder: scan, look, choose, read the page, answer or decline.

use std::sync::Arc;

use chop_core::flow::{self, ConsentPrompt, Inbound};
use chop_core::plumbing::formats::claim_path::ClaimPath;
use chop_core::plumbing::formats::offer::OfferCode;
use chop_core::{Wallet, holdings};

use crate::answer::{Act, Consent, Override, Page, Pick, choices_of, page_of};
use crate::data::{Language, Place, SealState};
use crate::error::{BorderError, failed};
use crate::machine::Once;
use crate::{ChopError, Outbound};

/// Requests to this space.
#[derive(uniffi::Object)]
pub struct Requests {
    pub(crate) wallet: Arc<Wallet>,
}

/// What the scanned codes hold. Nothing in it was verified yet.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum Scanned {
    /// Somebody asks: `Requests.look`.
    Request {
        /// The request.
        text: String,
    },
    /// The code of an offer: `Desk.claim_offer`.
    Offer {
        /// The code.
        text: String,
    },
    /// Somebody grants: `Desk.claim`.
    Data {
        /// The envelope.
        text: String,
    },
    /// The verifier acknowledged: `Grants.release`.
    Acknowledgement {
        /// The acknowledgement.
        text: String,
    },
    /// The key: `Desk.accept`, with the same codes.
    Key,
    /// The verifier says how it went: `Grants.confirm`, with the same codes.
    Outcome,
    /// The verifier signs that what it took is erased: `Grants.confirm_erased`, with the same codes.
    Erased,
}

/// Puts a message together from the texts of its codes, in any order. Frames that are missing are
/// named in the error `scan.missing-frames`.
#[uniffi::export]
pub fn scan(texts: Vec<String>) -> Result<Scanned, ChopError> {
    if let [text] = texts.as_slice()
        && OfferCode::is_one(text)
    {
        return Ok(Scanned::Offer { text: text.clone() });
    }
    Ok(match flow::read(&texts)? {
        Inbound::Request(text) => Scanned::Request { text },
        Inbound::Data(text) => Scanned::Data { text },
        Inbound::Acknowledgement(text) => Scanned::Acknowledgement { text },
        Inbound::Key(_) => Scanned::Key,
        Inbound::Use(_) | Inbound::Refused(_) => Scanned::Outcome,
        Inbound::Erased(_) => Scanned::Erased,
    })
}

/// One credential that is asked for.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct AskedCredential {
    /// The query's id.
    pub query: String,
    /// The claims that are asked for, each a claim path: a JSON array of names and positions.
    pub claims: Vec<String>,
    /// What could answer, best first. None: to the asker it looks like a no.
    pub candidates: Vec<Candidate>,
}

/// A holding that could answer.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Candidate {
    /// The item.
    pub item: String,
    /// Its title.
    pub title: String,
    /// What its seal says.
    pub seal: SealState,
    /// The asked claims that it has.
    pub answers: Vec<String>,
}

/// A verified request that waits for an answer. Nothing is chosen in it.
#[derive(uniffi::Object)]
pub struct Prompt {
    wallet: Arc<Wallet>,
    inner: Once<ConsentPrompt>,
}

#[uniffi::export]
impl Requests {
    /// Verifies a request and finds what could answer it. Nothing is written and nothing leaves.
    pub fn look(&self, request: String) -> Result<Arc<Prompt>, ChopError> {
        let prompt = self.wallet.look(&request)?;
        Ok(Prompt::around(&self.wallet, prompt))
    }

    /// Grants what the consent says, once. The use is on the record before this returns; the consent
    /// and the request are used up.
    pub fn grant(&self, consent: Arc<Consent>) -> Result<Arc<Outbound>, ChopError> {
        let outbound = self.wallet.grant(consent.inner.take()?)?;
        Ok(Outbound::around(&self.wallet, outbound))
    }
}

impl Prompt {
    pub(crate) fn around(wallet: &Arc<Wallet>, prompt: ConsentPrompt) -> Arc<Self> {
        Arc::new(Self { wallet: wallet.clone(), inner: Once::new(prompt) })
    }
}

#[uniffi::export]
impl Prompt {
    /// Who asks, in the reader's language, by the name that a list or certificate vouches for.
    pub fn asker(&self, language: Language) -> Result<String, ChopError> {
        self.inner.with(|prompt| prompt.request().shown_names().in_lang(language.into()).to_owned())
    }

    /// Where the asker says that it sits.
    pub fn asker_place(&self) -> Result<Place, ChopError> {
        self.inner.with(|prompt| prompt.request().terms().jurisdiction.into())
    }

    /// What is asked for, with what could answer.
    pub fn asked(&self) -> Result<Vec<AskedCredential>, ChopError> {
        self.inner.with(|prompt| prompt.queries().iter().map(asked).collect())
    }

    /// The page for these picks: what is granted, to whom, why, for how long, and what the law says.
    pub fn page(
        &self,
        picks: Vec<Pick>,
        overrides: Vec<Override>,
        language: Language,
    ) -> Result<Page, ChopError> {
        let choices = choices_of(&picks, &overrides)?;
        let page = self.inner.with(|prompt| prompt.page(&choices, language.into()))??;
        page_of(page, language)
    }

    /// The yes to exactly the page that `act` names. When something is missing, the error names it and
    /// the prompt can be answered again: nothing was spent.
    pub fn answer(
        &self,
        picks: Vec<Pick>,
        overrides: Vec<Override>,
        act: Arc<Act>,
    ) -> Result<Arc<Consent>, ChopError> {
        let choices = choices_of(&picks, &overrides)?;
        let agreement = act.agreement()?;
        match self.inner.take()?.answer(&choices, &agreement) {
            Ok(consent) => Ok(Arc::new(Consent { inner: Once::new(consent) })),
            Err((prompt, error)) => {
                self.inner.put_back(*prompt)?;
                Err(error.into())
            }
        }
    }

    /// No, in one step. To the asker it looks as if nothing were held. The id of the line in the record.
    pub fn decline(&self) -> Result<String, ChopError> {
        Ok(self.wallet.decline(self.inner.take()?)?.to_string())
    }

    /// Begins an agreement to the page with this code; separate consents are acts of their own in it.
    pub fn agree(&self, page_code: String, language: Language) -> Result<Arc<Act>, ChopError> {
        Act::begin(&self.wallet, &page_code, language)
    }
}

fn asked(query: &flow::QueryCandidates) -> AskedCredential {
    AskedCredential {
        query: query.id.clone(),
        claims: query.asked.iter().map(path_text).collect(),
        candidates: query.candidates.iter().map(candidate).collect(),
    }
}

fn candidate(candidate: &holdings::Candidate) -> Candidate {
    Candidate {
        item: candidate.item.to_string(),
        title: candidate.title.clone(),
        seal: candidate.seal.into(),
        answers: candidate.answers.iter().map(path_text).collect(),
    }
}

/// A claim path as DCQL writes it (OpenID4VP 1.0 section 7).
pub(crate) fn path_text(path: &ClaimPath) -> String {
    serde_json::to_string(path).unwrap_or_default()
}

/// The claim path that [`path_text`] wrote.
pub(crate) fn path_of(text: &str) -> Result<ClaimPath, ChopError> {
    serde_json::from_str(text).map_err(|_| failed(BorderError::BadPath))
}
