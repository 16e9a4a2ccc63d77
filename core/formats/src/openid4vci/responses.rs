//! What the endpoints answer (OpenID4VCI 1.0 sections 6.2, 6.3, 7.2, 8.3).

use chop_crypto::SecretBytes;
use serde_json::Value;

use super::offer::TRIES;
use super::{IssuanceError, IssuanceRule, MAX_MESSAGE};
use crate::json;

/// A token.
#[derive(Debug)]
pub struct TokenAnswer {
    /// The bearer token.
    pub token: SecretBytes,
    /// How the credential is named when it is ordered, where the server says; otherwise by its
    /// configuration (section 8.2).
    pub identifier: Option<String>,
}

/// A credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivered {
    /// The credential, as it came.
    pub credential: String,
    /// Under which the issuer wants to hear what became of it.
    pub notification_id: Option<String>,
}

/// Reads a token.
///
/// # Errors
/// [`IssuanceRule::BadToken`].
pub fn read_token(bytes: &[u8]) -> Result<TokenAnswer, IssuanceError> {
    let value = json::parse(bytes, MAX_MESSAGE)?;
    let text = |name: &str| value.get(name).and_then(Value::as_str);
    let is_bearer = text("token_type").is_some_and(|typ| typ.eq_ignore_ascii_case("bearer"));
    // RFC 6750 section 2.1: what fits into a header.
    let is_plain = |t: &&str| (1..=MAX_TOKEN).contains(&t.len()) && t.bytes().all(|b| b.is_ascii_graphic());
    let token = text("access_token").filter(is_plain).filter(|_| is_bearer).ok_or(IssuanceRule::BadToken)?;
    let identifier =
        value.pointer("/authorization_details/0/credential_identifiers/0").and_then(Value::as_str);
    Ok(TokenAnswer {
        token: SecretBytes::new(token.as_bytes().to_vec()),
        identifier: identifier.map(str::to_owned),
    })
}

/// Reads a nonce.
///
/// # Errors
/// [`IssuanceRule::BadNonce`].
pub fn read_nonce(bytes: &[u8]) -> Result<String, IssuanceError> {
    let value = json::parse(bytes, MAX_MESSAGE)?;
    let nonce = value.get("c_nonce").and_then(Value::as_str).filter(|n| (1..=MAX_NONCE).contains(&n.len()));
    Ok(nonce.ok_or(IssuanceRule::BadNonce)?.to_owned())
}

/// Reads one credential.
///
/// # Errors
/// [`IssuanceRule::Deferred`], [`IssuanceRule::BadCredential`].
pub fn read_credential(bytes: &[u8]) -> Result<Delivered, IssuanceError> {
    let value = json::parse(bytes, MAX_MESSAGE)?;
    if value.get("transaction_id").is_some() {
        return Err(IssuanceRule::Deferred.into());
    }
    let list = value.get("credentials").and_then(Value::as_array).ok_or(IssuanceRule::BadCredential)?;
    // One key was proven, so one credential is owed.
    let [one] = list.as_slice() else { return Err(IssuanceRule::BadCredential.into()) };
    let credential = one.get("credential").and_then(Value::as_str).ok_or(IssuanceRule::BadCredential)?;
    let notification_id = value.get("notification_id").and_then(Value::as_str).map(str::to_owned);
    Ok(Delivered { credential: credential.to_owned(), notification_id })
}

/// What an error of an endpoint means, and how many tries it says are left.
pub fn read_refusal(bytes: &[u8], with_code: bool) -> (IssuanceRule, Option<u64>) {
    let Ok(value) = json::parse(bytes, MAX_MESSAGE) else { return (IssuanceRule::Refused, None) };
    let rule = match value.get("error").and_then(Value::as_str) {
        Some("invalid_grant") if with_code => IssuanceRule::CodeWrong,
        Some("invalid_grant") => IssuanceRule::OfferOver,
        Some("invalid_proof" | "invalid_nonce") => IssuanceRule::ProofRefused,
        _ => IssuanceRule::Refused,
    };
    (rule, value.get(TRIES).and_then(Value::as_u64))
}

const MAX_TOKEN: usize = 8 * 1024;
const MAX_NONCE: usize = 1024;
