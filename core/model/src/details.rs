//! What a request may say beyond the terms that every request must state: the crossing of a border,
//! third parties, a broker, statements that one place's law asks for. gba.md section 2.1.

use serde::{Deserialize, Serialize};

use crate::{Jurisdiction, LangText, Party, UnixTime};

/// The details of use terms. All of them optional; an absent one is unknown, not false.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UseDetails {
    /// Where the recipient sits, down to the city.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<Site>,
    /// Postal address of the recipient; empty: not said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// Where the data are stored and processed, down to the city; refines the terms' `locations`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sites: Vec<Site>,
    /// Those named in `onward`, with what is known of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub third_parties: Vec<ThirdParty>,
    /// The end user for whom the asker works as a broker (R33); absent: the asker is the end user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<Party>,
    /// How a border is crossed; absent: the person carries their own data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub crossing: Option<Crossing>,
    /// Privacy impact assessment of the recipient (PIPL art. 55, 56).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub impact_assessment: Option<ImpactAssessment>,
    /// What Hong Kong wants said when data are collected (PDPO DPP1(3)).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collection_statement: Option<CollectionStatement>,
    /// The ground on which a Hong Kong identity card's number or copy is asked for (R19).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity_card_ground: Option<LangText>,
    /// Where an automated decision is explained (R25).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explain_channel: Option<String>,
    /// Whether the data would also serve advertising (R21).
    #[serde(default, skip_serializing_if = "is_false")]
    pub direct_marketing: bool,
    /// Whether the data would be made public (PIPL art. 25).
    #[serde(default, skip_serializing_if = "is_false")]
    pub publication: bool,
    /// Whether a result would go to research (R32).
    #[serde(default, skip_serializing_if = "is_false")]
    pub research: bool,
    /// Rights over the data beyond using them for the purpose.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rights: Vec<DataRight>,
}

impl UseDetails {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A place, down to the city.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Site {
    /// The jurisdiction.
    pub jurisdiction: Jurisdiction,
    /// Six digits of GB/T 2260 on the mainland (`440300` is Shenzhen); absent elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// A zone with rules of its own: `hengqin`, `qianhai`, `nansha`, `hetao`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
}

/// Somebody whom the recipient passes data on to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThirdParty {
    /// The name, as in `onward`.
    pub name: String,
    /// What it does with the data.
    pub role: PartyRole,
    /// Where it sits.
    pub site: Site,
}

/// What a party does with data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PartyRole {
    /// Decides on the use itself.
    EndUser,
    /// Stands between the holder and the end user, and may not widen the purpose.
    Broker,
    /// Works for another, on instruction.
    Processor,
}

/// How a border is crossed (PIPL art. 38 to 40; the standard contracts of the Greater Bay Area).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Crossing {
    /// Who sends.
    pub mode: CrossingMode,
    /// By which mechanism.
    pub mechanism: Mechanism,
    /// Reference of the contract.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract_ref: Option<String>,
    /// When the contract took effect; filing is due 10 working days later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_at: Option<UnixTime>,
    /// Where it was filed, as the recipient says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filing: Option<Filing>,
    /// Whether important data or state secrets are in it (R31).
    #[serde(default, skip_serializing_if = "is_false")]
    pub important_data: bool,
    /// How rights are used overseas (PIPL art. 39).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rights_channel_overseas: Option<String>,
}

/// Two different legal acts hide behind "cross-border".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CrossingMode {
    /// The person carries their own data.
    SubjectCarried,
    /// One organisation sends to another.
    #[serde(rename = "C2C")]
    ControllerToController,
}

/// The mechanism of a crossing, as the recipient states it. Nothing here says that it is in place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Mechanism {
    /// The person's own private handling (PIPL art. 72).
    SubjectCarried,
    /// Standard contract Mainland and Hong Kong (2023-12-13).
    #[serde(rename = "GBA-SC(CN,HK)")]
    GbaScHk,
    /// Standard contract Mainland and Macao (2024-09-10).
    #[serde(rename = "GBA-SC(CN,MO)")]
    GbaScMo,
    /// Certification.
    Certification,
    /// The national standard contract.
    #[serde(rename = "NationalSC")]
    NationalSc,
    /// Security assessment.
    SecurityAssessment,
    /// Only the sender's own law.
    LocalLawOnly,
}

/// A filing, as the recipient states it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Filing {
    /// With whom.
    pub authority: String,
    /// Its number.
    pub number: String,
    /// When.
    pub at: UnixTime,
}

/// An impact assessment, as the recipient states it; kept three years at least (PIPL art. 56).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImpactAssessment {
    /// Its id.
    pub id: String,
    /// When it was made.
    pub at: UnixTime,
    /// Until when it is kept.
    pub keep_until: UnixTime,
}

/// What Hong Kong wants said at collection (PDPO DPP1(3)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CollectionStatement {
    /// Whether giving the data is obligatory; else it is voluntary.
    pub obligatory: bool,
    /// What follows from a no.
    pub consequence: LangText,
    /// Classes of those to whom the data may be transferred.
    pub transferees: LangText,
    /// Who answers requests for access and correction.
    pub access_contact: String,
}

/// Rights over data (数据产权三分). Use for the purpose is always meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DataRight {
    /// To process them into something else.
    Process,
    /// To run a business with them, resale included.
    Operate,
}

/// Serde's way to leave a `false` out.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_false(value: &bool) -> bool {
    !*value
}
