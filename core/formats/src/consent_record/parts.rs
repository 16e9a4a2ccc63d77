//! The parts of a consent record.

use chop_model::{
    CrossingMode, Filing, Id, ImpactAssessment, Jurisdiction, Lang, LangText, Mechanism, Party, PartyRole,
    Site, UnixTime,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::digest64::B64Digest;

/// Where the data are and where they go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Route {
    /// The holder's place.
    pub from: Jurisdiction,
    /// The recipient's place.
    pub to: Jurisdiction,
}

/// The notice that was shown (PIPL art. 14, 17; DPP1(3); 27560 `privacy_notice`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// Its template.
    pub id: String,
    /// The version of the template.
    pub version: String,
    /// Digest of its words.
    pub digest: B64Digest,
    /// The language it was shown in.
    pub shown_in: Lang,
    /// The languages it can be shown in.
    pub languages: Vec<Lang>,
}

/// Who consented (27560 `pii_principal_id`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Principal {
    /// A pseudonym for this recipient: the grant's `sub`, never a number of an identity document.
    pub subject_ref: B64Digest,
    /// A person or a firm.
    pub kind: PrincipalKind,
    /// How sure it is who that is, as the product words it.
    pub assurance: String,
}

/// A person or a firm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PrincipalKind {
    /// A natural person.
    Person,
    /// A firm or body.
    LegalEntity,
}

/// Who receives the data (PIPL art. 17(1), 23, 39; 27560 party).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipient {
    /// Names, legal identifier, place and contact.
    pub party: Party,
    /// Full client id.
    pub client_id: String,
    /// What it does with the data.
    pub role: PartyRole,
    /// Whether a trust list names it.
    pub trust_status: TrustStatus,
    /// Where it sits, down to the city.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<Site>,
    /// Its postal address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// The end user, where the recipient is a broker or works for another (R33).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<Party>,
}

/// What stood behind the shown name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum TrustStatus {
    /// A trust list.
    Listed,
    /// A certificate that leads to a known anchor, and no list.
    CertificateOnly,
    /// A trust list names it with another key (R28).
    KeyChanged,
}

/// A credential or item, claim by claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordItem {
    /// The id of the credential query that it answers.
    pub query: String,
    /// Its type (`vct`).
    pub type_code: String,
    /// The claims that were granted.
    pub claims: Vec<RecordedClaim>,
    /// The seal of the file that comes with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seal: Option<B64Digest>,
}

/// One claim (27560 `pii_type`, `pii_optional`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordedClaim {
    /// Its path: keys and indices.
    pub path: Vec<Value>,
    /// What kind of datum it is, by the code of the rule pack.
    pub class: String,
    /// Sensitive on the mainland (PIPL art. 28).
    pub cn_sensitive: bool,
    /// Sensitive in Macao (Law 8/2005 art. 7).
    pub mo_sensitive: bool,
    /// Whether the recipient could have done without it.
    pub optional: bool,
    /// In what form it goes.
    pub release: Release,
    /// Its name in the catalogue, in all languages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<LangText>,
    /// The issuer's salted digest of it (RFC 9901 section 4.2.3); the salt stays with who holds the value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub salted_digest: Option<B64Digest>,
}

/// In what form a claim goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Release {
    /// As it is.
    Value,
    /// As the answer to a question about it, without the value (可用不可见).
    Predicate,
    /// As its digest.
    Digest,
    /// In a copy with a note for this grant (加注件).
    AnnotatedCopy,
}

/// Whether a no was free, and what follows from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Voluntary {
    /// Whether giving the data is voluntary.
    pub voluntary: bool,
    /// What a no means, in words; absent: nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consequence_of_refusal: Option<LangText>,
}

/// Whether data may go on from the recipient.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Onward {
    /// Whether at all.
    pub allowed: bool,
    /// Only within the recipient's own place, and never outside the Greater Bay Area.
    pub same_jurisdiction_only: bool,
}

/// The basis, as each law names it (27560 lawful basis).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LegalBasis {
    /// DPV IRI, as in the grant.
    pub dpv: String,
    /// PIPL art. 13.
    #[serde(rename = "CN", default, skip_serializing_if = "Option::is_none")]
    pub cn: Option<String>,
    /// PDPO.
    #[serde(rename = "HK", default, skip_serializing_if = "Option::is_none")]
    pub hk: Option<String>,
    /// Law 8/2005 art. 6.
    #[serde(rename = "MO", default, skip_serializing_if = "Option::is_none")]
    pub mo: Option<String>,
}

/// One consent that the law wants apart from the others (PIPL art. 23, 25, 29, 39).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeparateConsent {
    /// What it is about, by the code of the rule pack: `SENSITIVE:health`, `CROSS_BORDER`.
    pub topic: String,
    /// The act by which it was given; no two share one.
    pub action_id: Id,
    /// When.
    pub at: UnixTime,
}

/// How explicit a consent was (27560 event type).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ConsentKind {
    /// By a clear act.
    Explicit,
    /// With separate acts for what the law wants apart.
    Separate,
    /// In writing.
    Written,
}

/// How it was expressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Expression {
    /// On a screen, by a person who had unlocked the space.
    OnScreen,
    /// At a command line, likewise.
    CommandLine,
    /// Beforehand, by a rule of the holder for items that are open to whoever asks properly.
    StandingRule,
}

/// How a border is crossed (PIPL art. 38, 39, 55). What the recipient states is recorded as stated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CrossBorder {
    /// Whether the person carries their own data, or one organisation sends to another.
    pub mode: CrossingMode,
    /// The legal mechanism.
    pub mechanism: Mechanism,
    /// Whether important data are in it; refused where true.
    pub important_data: bool,
    /// Reference of the contract.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract_ref: Option<String>,
    /// When the contract took effect.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_at: Option<UnixTime>,
    /// Where it was filed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filing: Option<Filing>,
    /// The impact assessment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pia: Option<ImpactAssessment>,
    /// How rights are used overseas (PIPL art. 39).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rights_channel_overseas: Option<String>,
}

/// Whether a machine decides alone, and how to have that explained (PIPL art. 24).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AutomatedDecision {
    /// Whether it does.
    pub used: bool,
    /// By what logic, and where to ask.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logic: Option<LangText>,
    /// Where the decision is explained (R25).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explain_channel: Option<String>,
}

/// How to withdraw (PIPL art. 15; 27560 `withdrawal_method`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Withdrawal {
    /// `in-app`, `in-writing`, ….
    pub method: String,
    /// The address.
    pub channel: String,
    /// What withdrawing does and cannot do.
    pub effect: LangText,
}

/// A supervisory authority.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authority {
    /// Its place.
    pub jurisdiction: Jurisdiction,
    /// Its name.
    pub name: String,
}

/// What has happened to a consent (27560 event).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// What.
    pub state: EventState,
    /// When.
    pub at: UnixTime,
    /// By whom: the pseudonym of the principal.
    pub by: B64Digest,
}

/// The state of a consent, in the words of DPV.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum EventState {
    /// It was given.
    ConsentGiven,
}
