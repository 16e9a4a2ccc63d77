//! OpenID4VP 1.0 over a network, mode B: the link, what fetches the request, and the answer.
//!
//! ```text
//! link      openid4vp://?client_id=…&request_uri=https://…&request_uri_method=post
//! fetch     POST wallet_nonce, wallet_metadata → R            or GET → R      (crate::request)
//! answer    POST response=JWE { vp_token, state, chop: { grant, delivery, record, key, files } }
//! receipt   200 { chop_receipt: { ack, use } }                what nobody can demand
//! ```
//!
//! The members that begin with `chop` are additional parameters, which OpenID4VP 1.0 section 8.2 lets
//! others ignore.

mod answer;
mod link;
mod receipts;

pub use answer::{Answer, AnswerError, AnswerRefusal, MAX_ANSWER_TEXT};
pub use link::{FetchBy, LinkError, LinkRule, MAX_LINK, RequestLink};
pub use receipts::{Receipts, ReceiptsOf};

use serde_json::{Value, json};

use crate::request::USE_TERMS_FORMAT;

/// Media type of a request that was fetched (RFC 9101 section 10.2).
pub const REQUEST_MEDIA: &str = "application/oauth-authz-req+jwt";

/// What this wallet says it can (OpenID4VP 1.0 section 10): formats, identifiers, and use terms as
/// transaction data. Nothing in it tells two wallets apart.
pub fn wallet_metadata() -> Value {
    json!({
        "vp_formats_supported": {
            crate::dcql::FORMAT: { "sd-jwt_alg_values": ["ES256"], "kb-jwt_alg_values": ["ES256"] },
        },
        "client_id_prefixes_supported": ["x509_hash", "x509_san_dns"],
        "response_types_supported": ["vp_token"],
        "response_modes_supported": ["direct_post.jwt"],
        "request_object_signing_alg_values_supported": ["ES256"],
        "authorization_encryption_alg_values_supported": ["ECDH-ES"],
        "authorization_encryption_enc_values_supported": ["A256GCM", "A128GCM"],
        "transaction_data_types_supported": [USE_TERMS_FORMAT],
    })
}

/// Whether a wallet's metadata say that it knows use terms as transaction data.
pub fn knows_use_terms(wallet_metadata: &Value) -> bool {
    let types = wallet_metadata.get("transaction_data_types_supported").and_then(Value::as_array);
    types.is_some_and(|types| types.iter().any(|known| known == USE_TERMS_FORMAT))
}
