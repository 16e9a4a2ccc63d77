//! The verifier's desk: ask, claim, accept.

use std::sync::Arc;

use chop_core::Wallet;
use chop_core::flow::{self, Accepted, Received, RequestDraft};
use chop_core::plumbing::formats::dcql::DcqlQuery;
use chop_core::plumbing::formats::jose::jwk;

use crate::error::{BorderError, failed};
use crate::machine::id;
use crate::{ChopError, Network, Offer, Offers, Outbound};

/// Asking and taking.
#[derive(uniffi::Object)]
pub struct Desk {
    pub(crate) wallet: Arc<Wallet>,
}

/// What a verifier asks for.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Ask {
    /// A DCQL query (OpenID4VP 1.0 section 6), JSON.
    pub query: String,
    /// Terms of use, JSON.
    pub terms: String,
}

/// What came of a key.
#[derive(uniffi::Record)]
pub struct Taken {
    /// The data, when everything verified. None: the content was not what was granted; `answer` is a
    /// signed refusal.
    pub data: Option<TakenData>,
    /// Why it was refused.
    pub refused_because: Option<String>,
    /// The signed receipt to be shown to the holder.
    pub answer: Arc<Outbound>,
}

/// Data that verified.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct TakenData {
    /// Credentials and the holder's own statements.
    pub credentials: Vec<TakenCredential>,
    /// Files.
    pub files: Vec<TakenFile>,
}

/// One credential.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct TakenCredential {
    /// The query that it answers.
    pub query: String,
    /// Its type.
    pub vct: String,
    /// Who signed it, in English; none: the holder's own statement.
    pub issuer: Option<String>,
    /// The claims that were granted, as JSON.
    pub claims: String,
    /// Whether nobody looked up if it was revoked.
    pub is_status_unchecked: bool,
}

/// One file.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct TakenFile {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub mime: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Files are nobody's business in a log.
impl std::fmt::Debug for TakenFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "TakenFile({} bytes)", self.bytes.len())
    }
}

#[uniffi::export]
impl Desk {
    /// The public key that a certificate for this desk must carry: its JWK (RFC 7517).
    pub fn public_key(&self) -> Result<String, ChopError> {
        Ok(jwk::to_value(&self.wallet.verifier_key()?).to_string())
    }

    /// Keeps the certificate chain for that key: DER, leaf first.
    pub fn certify(&self, chain: Vec<Vec<u8>>) -> Result<(), ChopError> {
        Ok(self.wallet.certify(&chain)?)
    }

    /// Asks: a DCQL query (OpenID4VP 1.0 section 6) and terms of use, both JSON.
    pub fn ask(&self, query: String, terms: String) -> Result<Arc<Outbound>, ChopError> {
        Ok(Outbound::around(&self.wallet, self.wallet.ask(draft(&query, &terms)?)?))
    }

    /// States a key to which offers may be sealed while this desk sleeps, for `days`, at most 90: give the
    /// text to those who offer.
    pub fn state_key(&self, days: u32) -> Result<String, ChopError> {
        Ok(self.wallet.state_key(days)?)
    }

    /// Takes up the offer of a code, `CHOP1:O…` or its link, or goes on where that was left off. Without
    /// `ask`: whatever was left sealed. Nothing is sent before the offer's first `step`.
    pub fn claim_offer(
        &self,
        code: String,
        ask: Option<Ask>,
        network: Network,
    ) -> Result<Arc<Offer>, ChopError> {
        let ask = ask.map(|ask| draft(&ask.query, &ask.terms)).transpose()?;
        Offers::over(&self.wallet, network)?.claim(&code, ask)
    }

    /// Reads the whole grant in an envelope and acknowledges it. The data cannot be read yet.
    pub fn claim(&self, envelope: String) -> Result<Arc<Outbound>, ChopError> {
        Ok(Outbound::around(&self.wallet, self.wallet.claim(&envelope)?))
    }

    /// Takes the codes of the key, opens and checks the data and signs what was taken.
    pub fn accept(&self, codes: Vec<String>) -> Result<Taken, ChopError> {
        Ok(match self.wallet.accept(flow::read(&codes)?.key()?)? {
            Accepted::Taken(received, outbound) => Taken {
                data: Some(data_of(*received)),
                refused_because: None,
                answer: Outbound::around(&self.wallet, outbound),
            },
            Accepted::Refused(reason, outbound) => Taken {
                data: None,
                refused_because: serde_json::to_value(reason)
                    .ok()
                    .and_then(|v| v.as_str().map(str::to_owned)),
                answer: Outbound::around(&self.wallet, outbound),
            },
        })
    }

    /// The data of an exchange once more, checked again.
    pub fn data(&self, exchange: String) -> Result<TakenData, ChopError> {
        Ok(data_of(self.wallet.received(&id(&exchange)?)?))
    }
}

fn draft(query: &str, terms: &str) -> Result<RequestDraft, ChopError> {
    Ok(RequestDraft {
        dcql: DcqlQuery::read(query.as_bytes()).map_err(failed)?,
        terms: serde_json::from_str(terms).map_err(|_| failed(BorderError::BadRequest))?,
    })
}

pub(crate) fn data_of(received: Received) -> TakenData {
    TakenData {
        credentials: received
            .credentials
            .into_iter()
            .map(|credential| TakenCredential {
                query: credential.query,
                vct: credential.vct,
                issuer: credential.issuer.map(|names| names.en),
                claims: credential.claims.to_string(),
                is_status_unchecked: credential.status_not_checked,
            })
            .collect(),
        files: received
            .files
            .into_iter()
            .map(|file| TakenFile { name: file.name, mime: file.mime, bytes: file.bytes })
            .collect(),
    }
}
