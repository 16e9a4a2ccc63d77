//! How sensitive a claim is, in which place: a table, because the three laws differ per field.

use std::collections::{BTreeMap, BTreeSet};

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
    /// What a gene test says.
    Genetic,
    /// An account with a bank or another payer (PIPL art. 28).
    FinancialAccount,
    /// Where somebody is or was (PIPL art. 28).
    Whereabouts,
    /// Sensitive under PIPL art. 28 for another reason.
    OtherSensitive,
    /// About a firm.
    Business,
    /// About a firm, and its trade secret.
    TradeSecret,
    /// About nobody: the document's own number, its issuer, its dates.
    Impersonal,
    /// Nobody has classified it yet.
    Unclassified,
}

impl Class {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::Ordinary,
        Self::IdentityNumber,
        Self::Health,
        Self::Biometric,
        Self::PrivateLife,
        Self::Genetic,
        Self::FinancialAccount,
        Self::Whereabouts,
        Self::OtherSensitive,
        Self::Business,
        Self::TradeSecret,
        Self::Impersonal,
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
            Self::Genetic => "genetic",
            Self::FinancialAccount => "financial-account",
            Self::Whereabouts => "whereabouts",
            Self::OtherSensitive => "other-sensitive",
            Self::Business => "business",
            Self::TradeSecret => "trade-secret",
            Self::Impersonal => "impersonal",
            Self::Unclassified => "unclassified",
        }
    }

    /// Whether it says something about a natural person; what nobody classified may.
    pub fn is_personal(self) -> bool {
        !matches!(self, Self::Business | Self::TradeSecret | Self::Impersonal)
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
    #[serde(default)]
    vct: BTreeMap<String, BTreeMap<String, Class>>,
    /// Keys that hold a Hong Kong identity card's number or copy, in any credential (R19).
    #[serde(default)]
    hk_identity: BTreeSet<String>,
    /// The same by credential type, for keys that mean something else elsewhere.
    #[serde(default)]
    hk_identity_vct: BTreeMap<String, BTreeSet<String>>,
    /// What the catalogue says of its own types: [`Pack::with_catalog`](crate::Pack::with_catalog).
    #[serde(skip)]
    catalogued: BTreeMap<String, BTreeMap<String, Sensitivity>>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
struct Places {
    cn: bool,
    mo: bool,
}

impl ClaimTable {
    /// The class of the claim at `path` in a credential of type `vct`, by the first key that is known: in
    /// the pack's table of that type, in the catalogue's, by a name that means the same in any type; else
    /// unclassified.
    pub fn sensitivity<S: AsRef<str>>(&self, vct: &str, path: &[S]) -> Sensitivity {
        let of_type = self.vct.get(vct);
        let first = |table: &BTreeMap<String, Class>| {
            path.iter().find_map(|key| table.get(key.as_ref())).map(|class| self.of_class(*class))
        };
        let catalogued = || {
            let fields = self.catalogued.get(vct)?;
            path.iter().find_map(|key| fields.get(key.as_ref())).copied()
        };
        of_type
            .and_then(first)
            .or_else(catalogued)
            .or_else(|| first(&self.anywhere))
            .unwrap_or_else(|| self.of_class(Class::Unclassified))
    }

    fn of_class(&self, class: Class) -> Sensitivity {
        let places = self.class.get(&class).copied().unwrap_or(Places { cn: true, mo: true });
        Sensitivity { class, cn: places.cn, mo: places.mo }
    }

    pub(crate) fn add(&mut self, vct: &str, key: &str, sensitivity: Sensitivity, is_hk_identity: bool) {
        self.catalogued.entry(vct.to_owned()).or_default().insert(key.to_owned(), sensitivity);
        if is_hk_identity {
            self.hk_identity_vct.entry(vct.to_owned()).or_default().insert(key.to_owned());
        }
    }

    /// Whether the claim is the number or a copy of a Hong Kong identity card.
    pub fn is_hk_identity<S: AsRef<str>>(&self, vct: &str, path: &[S]) -> bool {
        let of_type = self.hk_identity_vct.get(vct);
        path.iter()
            .map(AsRef::as_ref)
            .any(|key| self.hk_identity.contains(key) || of_type.is_some_and(|keys| keys.contains(key)))
    }
}
