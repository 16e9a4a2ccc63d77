//! What an assessment says.

use std::sync::Arc;

use chop_model::LangText;
use serde::Deserialize;

use crate::Class;

/// How hard a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The person may go on, with a reason of their own on record.
    Warn,
    /// Nothing may be asked or granted.
    Block,
}

/// One thing a rule found. It names no person and quotes no data.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Finding {
    /// `R07`.
    pub rule: String,
    /// Block or warn on this route.
    pub level: Level,
    /// What was found, by the word of the rule's kind: `necessity`.
    pub code: &'static str,
    /// Its words, from the pack.
    pub words: Arc<FindingWords>,
    /// Where the rule comes from, as the pack cites it.
    pub citation: String,
    /// Whether the pack's author has the rule confirmed; an unconfirmed one says so on screen.
    pub confirmed: bool,
}

/// The words of a finding in the four languages, as the pack has them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FindingWords {
    /// What the rule is about.
    pub title: LangText,
    /// What is wrong.
    pub what: LangText,
    /// What to do.
    pub now: LangText,
}

/// A consent that must be an act of its own (PIPL art. 14, 29, 39; NDR art. 62(7)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// Sensitive data of this class.
    Sensitive(Class),
    /// The data leave the person's place.
    CrossBorder,
    /// One organisation gives the data to another (PIPL art. 23).
    Provide,
    /// A machine alone decides (PIPL art. 24).
    Automated,
    /// The data become public (PIPL art. 25).
    Public,
    /// The data were collected for another purpose (PIPL art. 14; PDPO DPP3).
    NewPurpose,
}

impl Topic {
    /// The word on the wire and in the record: `SENSITIVE:health`, `CROSS_BORDER`.
    pub fn code(self) -> String {
        match self {
            Self::Sensitive(class) => format!("SENSITIVE:{}", class.code()),
            Self::CrossBorder => "CROSS_BORDER".into(),
            Self::Provide => "PROVIDE".into(),
            Self::Automated => "AUTOMATED".into(),
            Self::Public => "PUBLIC".into(),
            Self::NewPurpose => "NEW_PURPOSE".into(),
        }
    }

    /// The topic with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        if let Some(class) = code.strip_prefix("SENSITIVE:") {
            return Class::from_code(class).map(Self::Sensitive);
        }
        [Self::CrossBorder, Self::Provide, Self::Automated, Self::Public, Self::NewPurpose]
            .into_iter()
            .find(|topic| topic.code() == code)
    }
}

/// A separate consent that must be asked for, and what its absence would be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeparateAsk {
    /// About what.
    pub topic: Topic,
    /// What is found if it is not given.
    pub if_missing: Finding,
}

/// Which pack judged: kept with the grant, so that an old grant is judged by the rules it was made under.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PackRef {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
}
