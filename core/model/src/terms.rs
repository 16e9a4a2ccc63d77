//! The terms of use that a request states: they ride in `verifier_info`, under its signature.

use serde::{Deserialize, Serialize};

use crate::{Contact, Jurisdiction, LangText, LegalId, Purpose, UseDetails};

/// What may be done with the data (the `actions` of a grant; DPV `hasProcessing`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// Look at it.
    View,
    /// Keep it until the retention ends.
    Store,
    /// Ask questions of it.
    Query,
    /// Pass it on, to those named.
    Share,
}

/// What happens when the keeping time ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OnExpiry {
    /// Deleted.
    Delete,
    /// Given back.
    Return,
    /// Made anonymous.
    Anonymise,
}

/// How long the recipient keeps what it received.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    /// Days after receipt; 0 means: not kept after the look.
    pub days: u32,
    /// What happens then.
    pub on_expiry: OnExpiry,
}

/// What the asking side says it will do with the data. `format: urn:chop:use-terms:1`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UseTerms {
    /// The name it gives itself. Shown only as "says of itself"; the shown name comes from the trust
    /// list or the certificate.
    pub recipient: LangText,
    /// The legal identifier it gives itself.
    pub legal_id: LegalId,
    /// Where it says that it sits.
    pub jurisdiction: Jurisdiction,
    /// Whom to ask about the data.
    pub contact: Contact,
    /// Why it asks.
    pub purpose: Purpose,
    /// What it will do.
    pub actions: Vec<Action>,
    /// How long it keeps the data.
    pub retention: Retention,
    /// To whom it passes the data on; empty: to nobody.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub onward: Vec<String>,
    /// Where the data are stored.
    pub locations: Vec<Jurisdiction>,
    /// Why each sensitive claim is needed (PIPL art. 30); empty where nothing sensitive is asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub necessity: Option<LangText>,
    /// What the use can mean for the person's rights (PIPL art. 30).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub impact: Option<LangText>,
    /// Whether saying no has a consequence, and which (PDPO DPP1(3)(a)).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<LangText>,
    /// How to withdraw, see, correct and erase.
    pub rights_channel: String,
    /// Whether a machine alone decides, and how to have it explained.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub automated_decision: Option<LangText>,
    /// What only some requests have to say.
    #[serde(default, skip_serializing_if = "UseDetails::is_empty")]
    pub details: UseDetails,
}
