//! Who: a firm or body with its names, its legal identifier and where it sits.

use serde::{Deserialize, Serialize};

use crate::LangText;

/// The three places of the Greater Bay Area, and everywhere else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Jurisdiction {
    /// Mainland China.
    #[serde(rename = "CN")]
    Cn,
    /// Hong Kong SAR.
    #[serde(rename = "HK")]
    Hk,
    /// Macao SAR.
    #[serde(rename = "MO")]
    Mo,
    /// Anywhere else.
    #[serde(rename = "other")]
    Other,
}

impl Jurisdiction {
    /// The code on the wire: ISO 3166 alpha-2, or `other`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Cn => "CN",
            Self::Hk => "HK",
            Self::Mo => "MO",
            Self::Other => "other",
        }
    }

    /// The place with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Cn, Self::Hk, Self::Mo, Self::Other].into_iter().find(|j| j.code() == code)
    }
}

/// A registration number and the register it belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LegalId {
    /// `USCC`, `BRN`, `MO-CR`, …
    pub scheme: String,
    /// The number as the register writes it.
    pub value: String,
}

/// Where to reach whoever answers for personal data.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// Name or role of the person.
    pub name: String,
    /// Telephone, or empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub tel: String,
    /// E-mail, or empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub email: String,
}

/// A firm or public body.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// Its name in four languages.
    pub names: LangText,
    /// Its legal identifier.
    pub legal_id: LegalId,
    /// Where it is registered.
    pub jurisdiction: Jurisdiction,
    /// Who answers for personal data there.
    pub contact: Contact,
}
