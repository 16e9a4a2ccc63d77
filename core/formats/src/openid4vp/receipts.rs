//! What a verifier may put into the body that answers an answer: its signed receipts. Nobody can demand
//! them here, and without them the wallet says so.

use serde::{Deserialize, Serialize};

/// Acknowledgement, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipts {
    /// `chop-ack+jwt`: I hold this grant, delivery and content.
    pub ack: String,
    /// `chop-use+jwt`, where it was accepted.
    #[serde(rename = "use", default, skip_serializing_if = "Option::is_none")]
    pub used: Option<String>,
    /// `chop-refused+jwt`, where it was not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
}

/// The body of which receipts are a member. What else is in it is not ours to judge (OpenID4VP 1.0
/// section 8.2: a wallet ignores what it does not know).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptsOf {
    /// The receipts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chop_receipt: Option<Receipts>,
}
