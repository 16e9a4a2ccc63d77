//! The parts that version 2 of the record brought: what gba.md section 2.1 wants said beside the
//! terms. Where the request did not say a thing, the member is left out: unknown is not false.

use chop_model::{Contact, Id, Jurisdiction, LangText, LegalId, PartyRole, Site, UnixTime};
use serde::{Deserialize, Serialize};

use crate::digest64::B64Digest;

/// Where the data of one item come from (谁提供谁负责; 27560 data source). The same order as `provider`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provider {
    /// Its name; `self` where the holder says so.
    pub name: LangText,
    /// Its registration number, where a trust list names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_id: Option<LegalId>,
    /// Where it sits, from there too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jurisdiction: Option<Jurisdiction>,
    /// Who answers for the data there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<Contact>,
}

/// Somebody to whom the recipient passes data on (PIPL art. 23; 27560 `recipient_third_parties`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum NamedParty {
    /// By name alone: nothing more was said.
    Name(String),
    /// By name, role and place.
    Known(chop_model::ThirdParty),
}

impl NamedParty {
    /// The name, as the grant's `onward` has it.
    pub fn name(&self) -> &str {
        match self {
            Self::Name(name) => name,
            Self::Known(party) => &party.name,
        }
    }

    /// What it does with the data, where that was said.
    pub fn role(&self) -> Option<PartyRole> {
        match self {
            Self::Name(_) => None,
            Self::Known(party) => Some(party.role),
        }
    }

    /// Where it sits, where that was said.
    pub fn site(&self) -> Option<&Site> {
        match self {
            Self::Name(_) => None,
            Self::Known(party) => Some(&party.site),
        }
    }
}

/// Ages that a law of the three places tells apart. Never the birth date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AgeBand {
    /// Under 14 (PIPL art. 28).
    Under14,
    /// 14 to 17.
    Under18,
    /// 18 and over.
    Adult,
}

/// Who consents for a child (PIPL art. 31; HK relevant person; Macao guardian).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guardian {
    /// The name.
    pub name: String,
    /// The relation, in a word of the catalogue: `mother`, `father`, `guardian`.
    pub relation: String,
    /// Digest of the document that proves the relation.
    pub evidence: B64Digest,
    /// The guardian's own act, with an id and a time of its own.
    pub action_id: Id,
    /// When.
    pub at: UnixTime,
}

/// Who clicked for a firm, and under which authority.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Operator {
    /// The role in the firm: `legal-representative`, `cdo`, `operator`.
    pub role: String,
    /// A pseudonym of the person, the same in all records of one firm.
    pub member: B64Digest,
    /// The delegation under which they act; absent: the legal representative acts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delegation_id: Option<Id>,
}

/// A second pair of eyes (R27): by somebody else than who asked for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// The role in the firm, as in [`Operator`].
    pub role: String,
    /// A pseudonym of the person.
    pub member: B64Digest,
    /// The act; no consent and no other approval shares it.
    pub action_id: Id,
    /// When.
    pub at: UnixTime,
}

/// How often the data are used (27560 `frequency`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Frequency {
    /// Once.
    Once,
    /// Whenever the recipient needs it, at most `max_uses` times.
    Counted,
}

/// What a person may ask for (PIPL art. 44 to 48, 50; NDR art. 25; DPP6; Macao art. 11, 12).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RightKind {
    /// To see what is held.
    Access,
    /// To have a copy.
    Copy,
    /// To have it corrected.
    Correct,
    /// To have it deleted.
    Delete,
    /// To have its use restricted.
    Restrict,
    /// To have it sent elsewhere.
    Transfer,
    /// To have the rules, or a machine's decision, explained.
    Explain,
}

impl RightKind {
    /// All seven, in the order in which they are shown.
    pub const ALL: [Self; 7] = [
        Self::Access,
        Self::Copy,
        Self::Correct,
        Self::Delete,
        Self::Restrict,
        Self::Transfer,
        Self::Explain,
    ];

    /// The stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Copy => "copy",
            Self::Correct => "correct",
            Self::Delete => "delete",
            Self::Restrict => "restrict",
            Self::Transfer => "transfer",
            Self::Explain => "explain",
        }
    }
}

/// One right: where it is asked for and how long the answer may take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Right {
    /// Which.
    pub kind: RightKind,
    /// Where it is asked for.
    pub channel: String,
    /// Days that the law of the recipient's place gives for an answer; absent: it gives no number
    /// ("promptly", "without undue delay").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<u16>,
    /// The law that says so; `[M]` behind it: from memory, not confirmed.
    pub law: String,
}

/// The five stages of a dispute (S0: 申請、受理、調查、審理、決定).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DisputeStage {
    /// 申請
    Application,
    /// 受理
    Acceptance,
    /// 調查
    Investigation,
    /// 審理
    Hearing,
    /// 決定
    Decision,
}

impl DisputeStage {
    /// All five, in order.
    pub const ALL: [Self; 5] =
        [Self::Application, Self::Acceptance, Self::Investigation, Self::Hearing, Self::Decision];
}

/// What a later dispute can be held against.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// Item by item: what was presented and who proves it.
    pub items: Vec<ItemEvidence>,
    /// 加注件: copies that were marked for this grant.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub annotated_copies: Vec<AnnotatedCopy>,
}

/// What was presented for one query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemEvidence {
    /// The id of the query.
    pub query: String,
    /// The digest of what is presented: `sd_hash` (RFC 9901 section 4.3.1).
    pub digest: B64Digest,
    /// SHA-256 of the issuer-signed part; absent for the holder's own statement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer_proof: Option<B64Digest>,
}

/// 加注件, a copy with a note for one purpose (`JZJZZSY`, `JZJZZZ`, `JZJZZSJ`, `JZJYXQJZSJ`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnnotatedCopy {
    /// The id of the query that it answers.
    pub query: String,
    /// Its seal.
    pub digest: B64Digest,
    /// Why it was made.
    pub reason: String,
    /// Who made it: the pseudonym of the principal.
    pub maker: B64Digest,
    /// When.
    pub made_at: UnixTime,
    /// Until when it is good.
    pub valid_until: UnixTime,
}
