//! What is known about a request when it is assessed: plain values, verified by others.

use chop_model::{Action, CrossingMode, Jurisdiction, LegalId, Period, Site, UnixTime, UseTerms};
use serde::Deserialize;

use crate::{Class, Pack, Sensitivity};

/// Everything a rule may look at. [`Facts::of`] starts from what every request says; the rest has
/// defaults that say "not known", never "all is well", except where the wallet's own build answers.
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
    /// Whether a guardian signed.
    pub guardian_signed: bool,
    /// Whether evidence of the guardian's relation is at hand.
    #[serde(default)]
    pub guardian_evidence: bool,
    /// Whether somebody confirmed that a minor understands what consent means (PDPO); `None`: nobody asked.
    #[serde(default)]
    pub understands: Option<bool>,
    /// Whose data these are.
    #[serde(default)]
    pub subject: Subject,
    /// Where the sending side sits, down to the city: the person, or in C2C mode who holds the data.
    #[serde(default)]
    pub sender: Option<Site>,
    /// When the same recipient was last refused for the same purpose.
    #[serde(default)]
    pub refused_at: Option<UnixTime>,
    /// Who of the firm asks for the grant (R27).
    #[serde(default)]
    pub requester: Option<String>,
    /// Who of the firm approved it (R27).
    #[serde(default)]
    pub approvals: Vec<ApprovalFact>,
    /// Whether the asker is known as a broker, also where it names nobody (R33).
    #[serde(default)]
    pub asks_as_broker: bool,
    /// What the holder agreed to before, where a broker comes back with it (R33).
    #[serde(default)]
    pub mandate: Option<Mandate>,
    /// Steps from the grant to its withdrawal: 1 in this program.
    #[serde(default = "one")]
    pub withdrawal_taps: u8,
    /// Whether the log takes the entry before anything leaves (R34); no other way is built.
    #[serde(default = "yes")]
    pub log_first: bool,
}

impl Facts {
    /// Facts of a request with a fresh nonce, for one use, by an adult: what is not known yet is left
    /// open. `period` is from when until when the grant would hold.
    pub fn of(now: UnixTime, route: Route, terms: UseTerms, period: Period) -> Self {
        Self {
            now,
            route,
            terms,
            standing: Standing::NotListed,
            claims: Vec::new(),
            items: Vec::new(),
            validity: period,
            max_uses: 1,
            fresh_nonce: true,
            age: AgeBand::Adult,
            guardian_signed: false,
            guardian_evidence: false,
            understands: None,
            subject: Subject::Person,
            sender: None,
            refused_at: None,
            requester: None,
            approvals: Vec::new(),
            asks_as_broker: false,
            mandate: None,
            withdrawal_taps: one(),
            log_first: yes(),
        }
    }

    /// Reads facts from TOML, as the case files of this crate are written.
    ///
    /// # Errors
    /// [`FactsError`] when too large or not facts.
    pub fn read(text: &str) -> Result<Self, FactsError> {
        if text.len() > MAX_FACTS_BYTES {
            return Err(FactsError::TooLarge);
        }
        toml::from_str(text).map_err(|_| FactsError::Malformed)
    }

    /// Who sends: a request that says nothing means the person.
    pub fn mode(&self) -> CrossingMode {
        self.terms.details.crossing.as_ref().map_or(CrossingMode::SubjectCarried, |crossing| crossing.mode)
    }

    /// The site of the mainland party, where one is known.
    pub(crate) fn mainland_site(&self) -> Option<&Site> {
        let on_mainland = |site: &&Site| site.jurisdiction == Jurisdiction::Cn;
        let recipient = self.terms.details.site.as_ref().filter(on_mainland);
        recipient.or_else(|| self.sender.as_ref().filter(on_mainland))
    }

    pub(crate) fn is_important(&self) -> bool {
        self.terms.details.crossing.as_ref().is_some_and(|crossing| crossing.important_data)
            || self.items.iter().any(|item| item.important)
    }

    /// Whether anything in it is about a natural person: rules on personal data look at nothing else.
    pub(crate) fn is_personal(&self, pack: &Pack) -> bool {
        self.claims.is_empty() || self.classes(pack).any(Class::is_personal)
    }

    pub(crate) fn sensitivities<'a>(&'a self, pack: &'a Pack) -> impl Iterator<Item = Sensitivity> + 'a {
        self.claims.iter().map(|claim| pack.class_of(claim))
    }

    pub(crate) fn classes<'a>(&'a self, pack: &'a Pack) -> impl Iterator<Item = Class> + 'a {
        self.sensitivities(pack).map(|sensitivity| sensitivity.class)
    }
}

chop_model::coded_errors! {
    /// What can be wrong with a file of facts.
    pub enum FactsError {
        /// Over the bound.
        TooLarge => ("policy.facts-too-large", User, "the file of facts is too large"),
        /// Not TOML, or not facts.
        Malformed => ("policy.facts-malformed", User, "the file does not hold facts that can be assessed"),
    }
}

/// A request with all its details is some pages.
const MAX_FACTS_BYTES: usize = 256 * 1024;

fn one() -> u8 {
    1
}

fn yes() -> bool {
    true
}

/// Whose data these are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// A natural person.
    #[default]
    Person,
    /// A firm; the rules on personal data look only at fields about natural persons.
    Firm,
}

/// An approval inside a firm.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApprovalFact {
    /// Who, by the same name as [`Facts::requester`].
    pub by: String,
    /// As what.
    pub role: ApproverRole,
}

/// The role in which somebody approves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ApproverRole {
    /// Legal representative.
    LegalRepresentative,
    /// Chief data officer.
    DataOfficer,
    /// Anybody else: not enough for a trade secret.
    Other,
}

impl ApproverRole {
    pub(crate) fn may_approve(self) -> bool {
        self != Self::Other
    }
}

/// What the holder agreed to, for a broker that comes back with it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mandate {
    /// The purpose's code.
    pub purpose: String,
    /// What may be done.
    pub actions: Vec<Action>,
    /// For whom.
    pub end_users: Vec<LegalId>,
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
    /// In which form it leaves.
    #[serde(default)]
    pub release: Release,
}

/// In which form a claim leaves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Release {
    /// Its value.
    #[default]
    Value,
    /// Only whether something holds of it.
    Predicate,
    /// A digest with a salt.
    SaltedDigest,
    /// A digest of the bare value: refused for numbers that can be guessed.
    BareDigest,
    /// A copy of the document, unmarked.
    Copy,
    /// A copy marked for this use (加注件).
    AnnotatedCopy,
}

impl ClaimFact {
    /// A claim by its value: `path` holds the keys on the way to it.
    pub fn value(vct: impl Into<String>, path: Vec<String>) -> Self {
        Self { vct: vct.into(), path, wildcard: false, release: Release::Value }
    }
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
    /// Whether the holder shares it at all.
    #[serde(default)]
    pub share: ShareClass,
    /// For which purpose it was collected, by code, where that is known.
    #[serde(default)]
    pub collected_for: Option<String>,
    /// Whether it is labelled as a trade secret.
    #[serde(default)]
    pub trade_secret: bool,
    /// Whether it is labelled as important data or a state secret.
    #[serde(default)]
    pub important: bool,
}

impl ItemFact {
    /// A holding of which only the seal and the end are known.
    pub fn of(seal: ItemSeal, expires: Option<UnixTime>) -> Self {
        Self {
            seal,
            expires,
            share: ShareClass::Conditional,
            collected_for: None,
            trade_secret: false,
            important: false,
        }
    }
}

/// The holder's sharing class of an item (gba.md rows 89, 90).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ShareClass {
    /// 无条件共享: no confirmation per use, still logged.
    Open,
    /// 有条件共享.
    #[default]
    Conditional,
    /// 不予共享.
    Never,
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
    /// 14 and 15.
    Under16,
    /// 16 and 17.
    Under18,
    /// 18 and over.
    Adult,
}
