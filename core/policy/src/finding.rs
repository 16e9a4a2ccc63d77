//! What an assessment says.

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
    /// Fluent id of its words, `law-r07-necessity`.
    pub message: &'static str,
    /// Where the rule comes from, as the pack cites it.
    pub citation: String,
    /// Whether the pack's author has the rule confirmed; an unconfirmed one says so on screen.
    pub confirmed: bool,
}

/// A consent that must be an act of its own (PIPL art. 14, 29, 39; NDR art. 62(7)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// Sensitive data of this class.
    Sensitive(Class),
    /// The data leave the person's place.
    CrossBorder,
}

impl Topic {
    /// The word on the wire and in the record: `SENSITIVE:health`, `CROSS_BORDER`.
    pub fn code(self) -> String {
        match self {
            Self::Sensitive(class) => format!("SENSITIVE:{}", class.code()),
            Self::CrossBorder => "CROSS_BORDER".into(),
        }
    }

    /// The topic with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        match code.strip_prefix("SENSITIVE:") {
            Some(class) => Class::from_code(class).map(Self::Sensitive),
            None => (code == "CROSS_BORDER").then_some(Self::CrossBorder),
        }
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
