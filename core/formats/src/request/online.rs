//! What a request by reference adds (mode B, OpenID4VP 1.0 sections 5.2, 5.8, 5.10 and 8.2): where the
//! answer goes, what must come back with it, and the nonce of the wallet that fetched it.

use chop_crypto::encoding::{from_base64url, to_base64url};
use chop_crypto::{Digest, sha256, sha256_of};
use chop_model::UseTerms;
use serde::Serialize;
use serde_json::{Map, Value};

use super::{RequestError, RequestRule, USE_TERMS_FORMAT, terms};
use crate::jose::JoseError;
use crate::json;
use crate::web_address::WebAddress;
use crate::x509::VerifiedChain;

/// What a wallet knows of a request before it fetches it, and must find again in it.
#[derive(Debug, Clone, Copy)]
pub struct Fetched<'a> {
    /// The `client_id` of the link.
    pub client_id: &'a str,
    /// The nonce that was posted; nothing where the request was fetched by GET. Who posts it declares
    /// the transaction data type of use terms in the same breath.
    pub wallet_nonce: Option<&'a str>,
}

/// Where the answer to a request by reference goes, and what it must name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerTo {
    /// `response_uri`: on a host of the certificate.
    pub response_uri: WebAddress,
    /// `state`, to be sent back.
    pub state: Option<String>,
    /// `wallet_nonce`: ours, or nothing.
    pub wallet_nonce: Option<String>,
    /// The one `transaction_data` entry, as it came; its hash goes into a key binding.
    pub transaction_data: Option<String>,
}

/// What a verifier puts into a request by reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnlineDraft {
    /// Where the answer goes: on a host that the certificate names.
    pub response_uri: WebAddress,
    /// What must come back with it.
    pub state: Option<String>,
    /// What the wallet posted.
    pub wallet_nonce: Option<String>,
    /// Whether the wallet said that it knows use terms as transaction data: then they go there.
    pub in_transaction_data: bool,
}

impl AnswerTo {
    /// SHA-256 of the `transaction_data` entry (OpenID4VP 1.0 appendix B.3.3.1).
    pub fn transaction_hash(&self) -> Option<Digest> {
        self.transaction_data.as_ref().map(|text| sha256(text.as_bytes()))
    }

    /// The members of a request.
    pub(super) fn read(fields: &Map<String, Value>) -> Result<Self, RequestError> {
        let text = |name: &str| match fields.get(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(_) => Err(RequestRule::NotARequest),
        };
        let response_uri = text("response_uri")?.ok_or(RequestRule::NoAnswerAddress)?;
        let response_uri = WebAddress::parse(&response_uri).map_err(|_| RequestRule::AnswerElsewhere)?;
        let state = text("state")?;
        if state.as_ref().is_some_and(|state| !is_plain(state)) {
            return Err(RequestRule::State.into());
        }
        let wallet_nonce = text("wallet_nonce")?;
        Ok(Self { response_uri, state, wallet_nonce, transaction_data: transaction_of(fields)? })
    }

    /// The nonce that the wallet sent comes back, and none where it sent none; transaction data come only
    /// to a wallet that said it knows their type (section 5.1: any other wallet must fail).
    pub(super) fn check_fetched(&self, fetched: &Fetched<'_>) -> Result<(), RequestRule> {
        if self.wallet_nonce.as_deref() != fetched.wallet_nonce {
            return Err(RequestRule::OtherWalletNonce);
        }
        if self.transaction_data.is_some() && fetched.wallet_nonce.is_none() {
            return Err(RequestRule::TransactionData);
        }
        Ok(())
    }

    /// Protocol.md row 23: the answer goes to the asker's own host. For `x509_san_dns` that is the name
    /// in the identifier (section 5.9.3); an `x509_hash` names no host, so there it is one of the
    /// certificate's.
    pub(super) fn check_host(&self, client_id: &str, chain: &VerifiedChain) -> Result<(), RequestRule> {
        let host = self.response_uri.host();
        let is_theirs = match client_id.strip_prefix("x509_san_dns:") {
            Some(name) => name == host,
            None => chain.dns_names().iter().any(|name| name == host),
        };
        if is_theirs { Ok(()) } else { Err(RequestRule::AnswerElsewhere) }
    }
}

/// The number of two digits that both screens show: the first two bytes of
/// `SHA-256("chop/1/match" ‖ h(R) ‖ wallet_nonce)`, modulo 100.
///
/// Two screens that show the same number show the same request. It does not say who stands before the
/// other one: see threats.md on session fixation.
pub fn match_number(request: &Digest, wallet_nonce: Option<&str>) -> String {
    let [high, low, ..] = sha256_of(&[b"chop/1/match", request, wallet_nonce.unwrap_or_default().as_bytes()]);
    format!("{:02}", u16::from_be_bytes([high, low]) % 100)
}

/// Use terms as an entry of `transaction_data`.
pub(super) fn transaction(ids: &[&str], terms: &UseTerms) -> Result<String, RequestRule> {
    let entry = Transaction { r#type: USE_TERMS_FORMAT, credential_ids: ids, terms };
    Ok(to_base64url(&serde_json::to_vec(&entry).map_err(|_| RequestRule::Misuse)?))
}

/// Use terms out of `transaction_data`, under the rules of those in `verifier_info`.
pub(super) fn terms_of(entry: &str, credential_ids: &[&str]) -> Result<UseTerms, RequestError> {
    let value = decoded(entry)?;
    let hashed_otherwise = value.get("transaction_data_hashes_alg").is_some_and(|algorithms| {
        algorithms.as_array().is_none_or(|list| !list.iter().any(|alg| alg == HASH))
    });
    if value.get("type").and_then(Value::as_str) != Some(USE_TERMS_FORMAT) || hashed_otherwise {
        return Err(RequestRule::TransactionData.into());
    }
    terms::read(&value, "terms", credential_ids)
}

fn transaction_of(fields: &Map<String, Value>) -> Result<Option<String>, RequestRule> {
    let Some(entries) = fields.get("transaction_data") else { return Ok(None) };
    match entries.as_array().map(Vec::as_slice) {
        Some([Value::String(entry)]) if entry.len() <= MAX_TRANSACTION => Ok(Some(entry.clone())),
        _ => Err(RequestRule::TransactionData),
    }
}

fn decoded(entry: &str) -> Result<Value, RequestError> {
    let bytes = from_base64url(entry).map_err(|_| RequestRule::TransactionData)?;
    Ok(json::parse(&bytes, MAX_TRANSACTION).map_err(JoseError::from)?)
}

/// What goes back in a form and stays one line.
fn is_plain(text: &str) -> bool {
    (1..=MAX_STATE).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic())
}

#[derive(Serialize)]
struct Transaction<'a> {
    r#type: &'static str,
    credential_ids: &'a [&'a str],
    terms: &'a UseTerms,
}

const HASH: &str = "sha-256";
const MAX_STATE: usize = 512;
const MAX_TRANSACTION: usize = 48 * 1024;
