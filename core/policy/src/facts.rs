//! What is known about a request when it is assessed: plain values, verified by others.

use chop_model::{Jurisdiction, Period, UnixTime, UseTerms};
use serde::Deserialize;

/// Everything a rule may look at.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// When it is assessed; decides which rules are in force.
    pub now: UnixTime,
    /// From the person's place to the recipient's.
    pub route: Route,
    /// The terms under the verifier's signature.
    pub terms: UseTerms,
    /// How the recipient's name is known.
    pub standing: Standing,
    /// The claims asked for.
    pub claims: Vec<ClaimFact>,
    /// The holdings that would answer.
    pub items: Vec<ItemFact>,
    /// From when until when the grant would hold.
    pub validity: Period,
    /// How often it could be used.
    pub max_uses: u32,
    /// Whether the request carries a nonce of at least 128 bits that was not seen before.
    pub fresh_nonce: bool,
    /// The person's age, as far as it matters.
    pub age: AgeBand,
    /// Whether a guardian's signature and evidence of the relation are at hand.
    pub guardian_signed: bool,
}

/// The way of the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Route {
    /// Where the person and the data are.
    pub from: Jurisdiction,
    /// Where the recipient is.
    pub to: Jurisdiction,
}

impl Route {
    /// Whether it leaves a jurisdiction.
    pub fn crosses(self) -> bool {
        self.from != self.to || self.from == Jurisdiction::Other
    }

    /// The column of a pack's level table: `HK-CN`, or `other` where an end is outside the three places.
    pub fn column(self) -> &'static str {
        use Jurisdiction::{Cn, Hk, Mo, Other};
        match (self.from, self.to) {
            (Cn, Cn) => "CN-CN",
            (Hk, Hk) => "HK-HK",
            (Mo, Mo) => "MO-MO",
            (Cn, Hk) => "CN-HK",
            (Hk, Cn) => "HK-CN",
            (Cn, Mo) => "CN-MO",
            (Mo, Cn) => "MO-CN",
            (Hk, Mo) => "HK-MO",
            (Mo, Hk) => "MO-HK",
            (Other, _) | (_, Other) => "other",
        }
    }
}

/// How the recipient's name is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// The trust list names it with this key.
    Listed,
    /// Its certificate chain is good, no list names it.
    NotListed,
    /// The list names it with another key.
    KeyChanged,
    /// The list or certificate and the request give different names.
    Disagrees,
}

/// One claim asked for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClaimFact {
    /// Type of the credential that would carry it.
    pub vct: String,
    /// The keys on the way to it; array positions are left out.
    pub path: Vec<String>,
    /// Whether it asks for everything below a point: a null path element, or no list of claims.
    #[serde(default)]
    pub wildcard: bool,
}

/// One holding that would answer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemFact {
    /// What its seal says.
    pub seal: ItemSeal,
    /// When it ends, if it does.
    #[serde(default)]
    pub expires: Option<UnixTime>,
}

/// What the seal of a holding says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemSeal {
    /// Verified under a known issuer's key.
    Valid,
    /// Does not verify.
    Invalid,
    /// Cannot be checked here.
    CannotCheck,
    /// The holder's own word; there is no issuer's seal to check.
    HolderStated,
}

/// Age bands that a rule of the three places tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AgeBand {
    /// Under 14 (PIPL art. 28).
    Under14,
    /// 14 to 17.
    Under18,
    /// 18 and over.
    Adult,
}
