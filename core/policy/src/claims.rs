//! How sensitive a claim is, in which place: a table, because the three laws differ per field.

use std::collections::BTreeMap;

use serde::Deserialize;

/// What kind of datum a claim is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// Personal, not sensitive.
    Ordinary,
    /// A number that identifies a person before the state.
    IdentityNumber,
    /// Health.
    Health,
    /// Face, finger, voice.
    Biometric,
    /// Ethnic origin, belief, private life.
    PrivateLife,
    /// Nobody has classified it yet.
    Unclassified,
}

impl Class {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Ordinary,
        Self::IdentityNumber,
        Self::Health,
        Self::Biometric,
        Self::PrivateLife,
        Self::Unclassified,
    ];

    /// The word on the wire.
    pub fn code(self) -> &'static str {
        match self {
            Self::Ordinary => "ordinary",
            Self::IdentityNumber => "identity-number",
            Self::Health => "health",
            Self::Biometric => "biometric",
            Self::PrivateLife => "private-life",
            Self::Unclassified => "unclassified",
        }
    }

    /// The class with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.code() == code)
    }
}

/// A class, and where it counts as sensitive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sensitivity {
    /// What it is.
    pub class: Class,
    /// Sensitive on the mainland (PIPL art. 28).
    pub cn: bool,
    /// Sensitive in Macao (Law 8/2005 art. 7).
    pub mo: bool,
}

impl Sensitivity {
    /// Whether either place counts it as sensitive: then it is marked so for everybody.
    pub fn is_sensitive(self) -> bool {
        self.cn || self.mo
    }
}

/// The table of claims.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClaimTable {
    class: BTreeMap<Class, Places>,
    anywhere: BTreeMap<String, Class>,
    vct: BTreeMap<String, BTreeMap<String, Class>>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
struct Places {
    cn: bool,
    mo: bool,
}

impl ClaimTable {
    /// The class of the claim at `path` in a credential of type `vct`, by the first key that the table
    /// knows: in that type, else by a name that means the same in any type, else unclassified.
    pub fn sensitivity<S: AsRef<str>>(&self, vct: &str, path: &[S]) -> Sensitivity {
        let of_type = self.vct.get(vct);
        let class = path
            .iter()
            .find_map(|key| of_type.and_then(|claims| claims.get(key.as_ref())))
            .or_else(|| path.iter().find_map(|key| self.anywhere.get(key.as_ref())))
            .copied()
            .unwrap_or(Class::Unclassified);
        let places = self.class.get(&class).copied().unwrap_or(Places { cn: true, mo: true });
        Sensitivity { class, cn: places.cn, mo: places.mo }
    }
}
