//! What the demo issuer knows: offers, tokens, nonces. Each is used once.

use std::collections::{HashMap, HashSet};

use axum::http::StatusCode;
use chop_core::plumbing::crypto::encoding::to_hex;
use chop_core::plumbing::crypto::{OsRandom, make_array};
use chop_core::plumbing::formats::claim_path::ClaimPath;
use chop_samples::DemoIssuer;
use serde_json::{Map, Value, json};

use super::register::Register;
use super::{Refusal, fresh, json_of, refusal};

/// One kind of credential.
pub(super) struct Kind {
    /// Name of its configuration.
    pub(super) name: &'static str,
    /// Type.
    pub(super) vct: &'static str,
    pub(super) issuer: DemoIssuer,
    pub(super) claims: Map<String, Value>,
    pub(super) disclosable: Vec<ClaimPath>,
    /// What it says of each later.
    pub(super) register: Register,
}

/// An offer that waits for its code.
pub(super) struct Offer {
    pub(super) kind: usize,
    pub(super) code: String,
    pub(super) tx_code: String,
    tries: u64,
}

/// What changes while it serves.
#[derive(Default)]
pub(super) struct Desk {
    offers: HashMap<String, Offer>,
    tokens: HashMap<String, usize>,
    nonces: HashSet<String>,
    notified: HashSet<String>,
}

impl Desk {
    /// Makes an offer; its id, and what the person is told another way.
    pub(super) fn offer(&mut self, kind: usize) -> Result<(String, String), Refusal> {
        let (id, code) = (fresh()?, fresh()?);
        let tx_code = digits()?;
        self.offers.insert(id.clone(), Offer { kind, code, tx_code: tx_code.clone(), tries: TRIES });
        Ok((id, tx_code))
    }

    /// The offer by reference.
    pub(super) fn offer_named(&self, id: &str) -> Option<&Offer> {
        self.offers.get(id)
    }

    /// OpenID4VCI 1.0 section 6.1: code and transaction code for a token, three tries.
    pub(super) fn token(&mut self, code: &str, tx_code: Option<&str>) -> Result<Value, Refusal> {
        let found = self.offers.iter().find(|(_, offer)| offer.code == code).map(|(id, _)| id.clone());
        let id = found.ok_or_else(|| refusal(StatusCode::BAD_REQUEST, "invalid_grant"))?;
        let tx_code = tx_code.ok_or_else(|| refusal(StatusCode::BAD_REQUEST, "invalid_request"))?;
        let offer =
            self.offers.get_mut(&id).ok_or_else(|| refusal(StatusCode::BAD_REQUEST, "invalid_grant"))?;
        if offer.tx_code != tx_code {
            offer.tries = offer.tries.saturating_sub(1);
            let body = json!({ "error": "invalid_grant", "attempts_left": offer.tries });
            if offer.tries == 0 {
                self.offers.remove(&id);
            }
            return Err(Box::new(json_of(StatusCode::BAD_REQUEST, &body)));
        }
        let token = fresh()?;
        self.tokens.insert(token.clone(), offer.kind);
        self.offers.remove(&id);
        Ok(json!({ "access_token": token, "token_type": "Bearer", "expires_in": 300 }))
    }

    /// Section 7.2.
    pub(super) fn nonce(&mut self) -> Result<String, Refusal> {
        let nonce = fresh()?;
        self.nonces.insert(nonce.clone());
        Ok(nonce)
    }

    /// Whether the nonce was given and not used.
    pub(super) fn use_nonce(&mut self, nonce: &str) -> bool {
        self.nonces.remove(nonce)
    }

    /// What the token is for; it is used up.
    pub(super) fn use_token(&mut self, token: &str) -> Option<usize> {
        self.tokens.remove(token)
    }

    /// An id under which the wallet may say what became of it.
    pub(super) fn expect_word(&mut self) -> Result<String, Refusal> {
        let id = fresh()?;
        self.notified.insert(id.clone());
        Ok(id)
    }

    /// Section 11: whether somebody waits for that word.
    pub(super) fn hear(&mut self, id: &str) -> bool {
        self.notified.remove(id)
    }
}

impl Offer {
    /// Section 4.1.1.
    pub(super) fn to_json(&self, origin: &str, configuration: &str) -> Value {
        json!({
            "credential_issuer": origin,
            "credential_configuration_ids": [configuration],
            "grants": {
                "urn:ietf:params:oauth:grant-type:pre-authorized_code": {
                    "pre-authorized_code": self.code,
                    "tx_code": {
                        "input_mode": "numeric", "length": 6, "attempts_left": self.tries,
                        "description": "DEMO: the six digits in tx-codes.json",
                    },
                },
            },
        })
    }
}

/// Six digits. The bias of a remainder is of no use in three tries.
fn digits() -> Result<String, Refusal> {
    let bytes =
        make_array::<4>(&OsRandom).map_err(|_| refusal(StatusCode::INTERNAL_SERVER_ERROR, "server_error"))?;
    let number = u32::from_str_radix(&to_hex(&bytes), 16).unwrap_or_default();
    Ok(format!("{:06}", number % 1_000_000))
}

const TRIES: u64 = 3;
