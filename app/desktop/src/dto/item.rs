//! One item: its card, its fields, its versions, who has seen it, and what its holder says of it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::failure::Failure;

use super::fields::FieldGroup;
use super::holdings::Card;

/// One item.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "item.ts")]
pub(crate) struct ItemPage {
    /// Its card; nothing but its id, title and versions hold once it was erased.
    pub(crate) card: Card,
    /// Whether its content was erased.
    pub(crate) is_erased: bool,
    /// `dc+sd-jwt`, `fhir-ips`, `file`, `record`; empty once erased.
    pub(crate) form: String,
    /// Its fields, masked.
    pub(crate) groups: Vec<FieldGroup>,
    /// More of them than are listed.
    pub(crate) is_cut: bool,
    /// The catalogue knows its type.
    pub(crate) is_known: bool,
    /// What it says is older than it stays news.
    pub(crate) is_stale: bool,
    /// Its highest level, `L1` to `L4`.
    pub(crate) level: Option<String>,
    /// Who answers for it: 谁主管、谁提供、谁负责.
    pub(crate) accountable: Option<AccountableLines>,
    /// Latest first.
    pub(crate) versions: Vec<VersionLine>,
    /// Where it is a file.
    pub(crate) file: Option<FileLine>,
    /// Whether biometric claims may leave by ways other than a code.
    pub(crate) biometrics_may_leave: bool,
    /// It holds a picture of somebody or other biometrics.
    pub(crate) has_biometrics: bool,
    /// The profile of whom it is about.
    pub(crate) subject: Option<String>,
    /// The form after which the holder wrote it, to write on.
    pub(crate) written_as: Option<String>,
    /// It names an issuer's list that says whether it was revoked.
    pub(crate) has_status: bool,
}

/// Who answers for a document.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "item.ts")]
pub(crate) struct AccountableLines {
    /// Who rules over it.
    pub(crate) responsible: String,
    /// Who provides it.
    pub(crate) provider: String,
    /// Whom to ask.
    pub(crate) contact: String,
}

/// One version.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "item.ts")]
pub(crate) struct VersionLine {
    /// From 1.
    pub(crate) number: u32,
    /// When it came.
    pub(crate) added_at: i64,
    /// Bytes.
    pub(crate) size: u64,
}

/// A file.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "item.ts")]
pub(crate) struct FileLine {
    /// Its name.
    pub(crate) name: String,
    /// Its media type.
    pub(crate) mime: String,
    /// Bytes.
    pub(crate) size: u64,
}

/// One look at an item.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "item.ts")]
pub(crate) struct SeenLine {
    /// When.
    pub(crate) at: i64,
    /// Who; empty where the holder typed no name.
    pub(crate) who: String,
    /// The exchange of the record; nothing for what was shown on the screen.
    pub(crate) exchange: Option<String>,
    /// What became of the consent, in words; empty for what was shown on the screen.
    pub(crate) state: String,
    /// The fields by name.
    pub(crate) claims: Vec<String>,
    /// Whether it was this item for sure.
    pub(crate) is_certain: bool,
    /// 加注件: for what alone the marked copy was good.
    pub(crate) note: Option<String>,
}

/// Copies of one field that differ.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "item.ts")]
pub(crate) struct ConflictLine {
    /// The field.
    pub(crate) name: String,
    /// Its copies.
    pub(crate) copies: Vec<CopyLine>,
}

/// One copy of a field.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "item.ts")]
pub(crate) struct CopyLine {
    /// The item.
    pub(crate) item: String,
    /// Its title.
    pub(crate) title: String,
    /// Who issued it.
    pub(crate) issuer: String,
    /// The value behind its mask.
    pub(crate) masked: String,
    /// When this version of it came.
    pub(crate) as_of: i64,
}

/// Somebody who got a value that was replaced.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "item.ts")]
pub(crate) struct WrongLine {
    /// Who.
    pub(crate) who: String,
    /// The version that they got.
    pub(crate) version: u32,
    /// The fields that are different now.
    pub(crate) claims: Vec<String>,
}

/// How asking the issuers' lists went.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "item.ts")]
pub(crate) struct StatusAnswer {
    /// Lists that were taken.
    pub(crate) taken: u32,
    /// Lists that were not, and why.
    pub(crate) failures: Vec<Failure>,
}

/// Somebody for whom the owner acts.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "item.ts")]
pub(crate) struct ProfileLine {
    /// The profile.
    pub(crate) id: String,
    /// Their name.
    pub(crate) name: String,
    /// `under14`, `under16`, `under18`, `adult`.
    pub(crate) age: AgeWord,
    /// What the guardian is to them, in words.
    pub(crate) relation: String,
    /// The guardian's name.
    pub(crate) guardian: String,
    /// `YYYY-MM-DD`.
    pub(crate) born: String,
    /// `CN`, `HK` or `MO`.
    pub(crate) place: String,
    /// Whether the guardian is a parent.
    pub(crate) is_parent: bool,
    /// The holding that shows the relation, and its title; nothing where none does.
    pub(crate) evidence: Option<EvidenceLine>,
}

/// A holding that shows a relation.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "item.ts")]
pub(crate) struct EvidenceLine {
    /// The item.
    pub(crate) id: String,
    /// What it is.
    pub(crate) title: String,
}

/// How old somebody is, as far as a law asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export_to = "item.ts")]
pub(crate) enum AgeWord {
    /// Under 14.
    Under14,
    /// 14 or 15.
    Under16,
    /// 16 or 17.
    Under18,
    /// Of age.
    Adult,
}

/// Somebody to be written down.
#[derive(Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "item.ts")]
pub(crate) struct NewProfileLine {
    /// Their name.
    pub(crate) name: String,
    /// `YYYY-MM-DD`.
    pub(crate) born: String,
    /// `CN`, `HK` or `MO`.
    pub(crate) place: String,
    /// The guardian's name.
    pub(crate) guardian: String,
    /// Whether the guardian is a parent.
    pub(crate) is_parent: bool,
    /// The item that shows the relation.
    pub(crate) evidence: Option<String>,
}

/// What is shown on the screen (亮证).
#[derive(Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "item.ts")]
pub(crate) struct ShownCard {
    /// Its card.
    pub(crate) card: Card,
    /// The fields that are legible, and the others behind their masks.
    pub(crate) fields: Vec<ShownField>,
    /// A data URI of the portrait, or of the picture that the item is.
    pub(crate) picture: Option<String>,
    /// To whom, as the record has it.
    pub(crate) to: String,
    /// Since when.
    pub(crate) at: i64,
}

/// What is on the screen is nobody's business in a log.
impl std::fmt::Debug for ShownCard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ShownCard")
    }
}

/// One line of a shown card.
#[derive(Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "item.ts")]
pub(crate) struct ShownField {
    /// Its name.
    pub(crate) name: String,
    /// Its value, or the mask of it.
    pub(crate) text: String,
    /// Whether it is legible.
    pub(crate) is_clear: bool,
}

/// Pinned by [`ShownCard`].
impl std::fmt::Debug for ShownField {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ShownField")
    }
}
