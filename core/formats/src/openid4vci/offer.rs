//! The offer (OpenID4VCI 1.0 section 4.1), by value or by reference.

use serde_json::{Map, Value};

use super::{IssuanceError, IssuanceRule, MAX_MESSAGE};
use crate::json;
use crate::web_address::WebAddress;
use crate::web_form;

/// What was scanned or pasted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OfferText {
    /// The offer itself.
    Value(CredentialOffer),
    /// Where it is.
    Reference(WebAddress),
}

/// An offer of one credential. It is as good as whoever showed it: its issuer is asked next.
#[derive(Clone, PartialEq, Eq)]
pub struct CredentialOffer {
    /// The credential issuer's identifier.
    pub issuer: WebAddress,
    /// The one configuration that is taken: the first that is offered.
    pub configuration: String,
    /// The pre-authorised code.
    pub code: String,
    /// What the issuer wants typed, if anything.
    pub tx_code: Option<TxCode>,
    /// Which of the issuer's authorisation servers takes the code, if it says.
    pub server: Option<WebAddress>,
}

/// What is said about a transaction code before it is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TxCode {
    /// Which characters it has.
    pub input: InputMode,
    /// How many, if the issuer says.
    pub length: Option<usize>,
    /// How it was given, in the issuer's words; at most 300 characters.
    pub description: Option<String>,
    /// How many tries the issuer allows, where it says so beyond the standard.
    pub tries: Option<u64>,
}

/// Characters of a transaction code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InputMode {
    /// Digits; what silence means.
    Numeric,
    /// Anything.
    Text,
}

/// The code is as good as the credential.
impl std::fmt::Debug for CredentialOffer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CredentialOffer({})", self.issuer.host())
    }
}

impl OfferText {
    /// Whether `text` is meant as an offer at all.
    pub fn is_meant(text: &str) -> bool {
        parameters(text).is_some()
    }

    /// Reads `openid-credential-offer:`, `haip-vci:`, or `https:` with the same parameters.
    ///
    /// # Errors
    /// [`IssuanceError`].
    pub fn parse(text: &str) -> Result<Self, IssuanceError> {
        let mut fields = web_form::read(parameters(text).ok_or(IssuanceRule::NotAnOffer)?)?;
        match (fields.remove("credential_offer"), fields.remove("credential_offer_uri")) {
            (Some(offer), None) => Ok(Self::Value(CredentialOffer::read(offer.as_bytes())?)),
            (None, Some(uri)) => Ok(Self::Reference(WebAddress::parse(&uri)?)),
            // Section 4.1: one of the two, never both.
            _ => Err(IssuanceRule::NotAnOffer.into()),
        }
    }
}

impl CredentialOffer {
    /// Reads an offer.
    ///
    /// # Errors
    /// [`IssuanceError`].
    pub fn read(bytes: &[u8]) -> Result<Self, IssuanceError> {
        let value = json::parse(bytes, MAX_MESSAGE)?;
        let fields = value.as_object().ok_or(IssuanceRule::NotAnOffer)?;
        let issuer = text(fields, "credential_issuer").ok_or(IssuanceRule::NotAnOffer)?;
        let offered = fields.get("credential_configuration_ids").and_then(Value::as_array);
        let first = offered.and_then(|ids| ids.first()).and_then(Value::as_str);
        let configuration = first.ok_or(IssuanceRule::NotAnOffer)?.to_owned();
        let grant = fields.get("grants").and_then(|grants| grants.get(GRANT_TYPE));
        let grant = grant.and_then(Value::as_object).ok_or(IssuanceRule::NoCodeGrant)?;
        let code = text(grant, "pre-authorized_code").ok_or(IssuanceRule::NoCodeGrant)?;
        if code.is_empty() || code.len() > MAX_CODE || configuration.len() > MAX_CODE {
            return Err(IssuanceRule::NotAnOffer.into());
        }
        let server = text(grant, "authorization_server").map(WebAddress::parse).transpose()?;
        Ok(Self {
            issuer: WebAddress::parse(issuer)?,
            configuration,
            code: code.to_owned(),
            tx_code: grant.get("tx_code").map(TxCode::read).transpose()?,
            server,
        })
    }
}

impl TxCode {
    fn read(value: &Value) -> Result<Self, IssuanceError> {
        let fields = value.as_object().ok_or(IssuanceRule::NotAnOffer)?;
        let input = match text(fields, "input_mode") {
            None | Some("numeric") => InputMode::Numeric,
            Some("text") => InputMode::Text,
            Some(_) => return Err(IssuanceRule::NotAnOffer.into()),
        };
        let length = fields.get("length").map(|n| n.as_u64().ok_or(IssuanceRule::NotAnOffer)).transpose()?;
        let description = text(fields, "description").map(|d| d.chars().take(MAX_DESCRIPTION).collect());
        Ok(Self {
            input,
            length: length.map(|n| usize::try_from(n).unwrap_or(usize::MAX)),
            description,
            tries: fields.get(TRIES).and_then(Value::as_u64),
        })
    }

    /// Whether `typed` can be the code at all: a slip of the finger uses up no try.
    ///
    /// # Errors
    /// [`IssuanceRule::CodeShape`].
    pub fn check(&self, typed: &str) -> Result<(), IssuanceRule> {
        let is_fit = !typed.is_empty()
            && typed.len() <= MAX_TX_CODE
            && self.length.is_none_or(|length| typed.chars().count() == length)
            && (self.input == InputMode::Text || typed.bytes().all(|b| b.is_ascii_digit()));
        if is_fit { Ok(()) } else { Err(IssuanceRule::CodeShape) }
    }
}

fn parameters(text: &str) -> Option<&str> {
    let (scheme, rest) = text.split_once("://")?;
    let query = rest.split_once('?')?.1;
    let is_ours = match scheme {
        "openid-credential-offer" | "haip-vci" => true,
        "https" => query.split('&').any(|p| p.starts_with("credential_offer")),
        _ => false,
    };
    (is_ours && !query.contains('#')).then_some(query)
}

fn text<'a>(fields: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    fields.get(name).and_then(Value::as_str)
}

/// `grant_type` of the pre-authorised code.
pub(super) const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:pre-authorized_code";
/// Member of a `tx_code` and of a token error that says how many tries are left; ours, not the standard's.
pub(super) const TRIES: &str = "attempts_left";
const MAX_CODE: usize = 2048;
const MAX_TX_CODE: usize = 128;
const MAX_DESCRIPTION: usize = 300;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_that_cannot_be_one_is_not_tried() {
        let code = |input, length| TxCode { input, length, description: None, tries: None };
        assert!(code(InputMode::Numeric, Some(6)).check("123456").is_ok());
        for typed in ["", "12345", "12345a", "1234567"] {
            assert_eq!(code(InputMode::Numeric, Some(6)).check(typed), Err(IssuanceRule::CodeShape));
        }
        assert!(code(InputMode::Text, None).check("aB-é").is_ok());
    }
}
