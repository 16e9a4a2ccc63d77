//! Recipients, what they hold, and what may be asked of them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::record::FieldsOf;

/// Somebody to whom something was granted, as a list shows it.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "recipients.ts")]
pub(crate) struct RecipientRow {
    /// The client id; its key here.
    pub(crate) id: String,
    /// Its name.
    pub(crate) name: String,
    /// Where it sits.
    pub(crate) place: String,
    /// What stands behind its name today.
    pub(crate) trust: Trust,
    /// How many grants it was given.
    pub(crate) grants: u32,
    /// How many of them it can have read and may still keep.
    pub(crate) holding: u32,
    /// Until when it may keep the last of them.
    pub(crate) holds_until: Option<i64>,
    /// Cases that are open.
    pub(crate) cases: u32,
    /// Cases whose answer is overdue.
    pub(crate) overdue: u32,
}

/// What stands behind a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export_to = "recipients.ts")]
pub(crate) enum Trust {
    /// A trust list of this space, with the same certificate.
    Listed,
    /// A trust list of this space, with another certificate than the one it showed.
    Changed,
    /// A certificate alone.
    Unlisted,
    /// Nobody is named: an offer for whoever comes.
    Open,
    /// The lists cannot be judged by this machine's clock.
    Unjudged,
    /// A list of this space no longer verifies: it names nobody.
    Broken,
}

/// One recipient.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "recipients.ts")]
pub(crate) struct RecipientView {
    /// As in the list.
    pub(crate) row: RecipientRow,
    /// Its legal identifier, as its register writes it.
    pub(crate) legal_id: String,
    /// Who answers for personal data there.
    pub(crate) contact: Vec<String>,
    /// Who supervises it.
    pub(crate) authorities: Vec<String>,
    /// What it holds, latest first.
    pub(crate) holds: Vec<HeldRow>,
    /// What may be asked of it there.
    pub(crate) rights: Vec<RightRow>,
    /// Cases about its grants, newest first.
    pub(crate) cases: Vec<CaseRow>,
    /// What it got and what says something else now.
    pub(crate) outdated: Vec<OutdatedRow>,
}

/// A value that a recipient got in an earlier version.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "recipients.ts")]
pub(crate) struct OutdatedRow {
    /// The item; the key under which corrections are prepared.
    pub(crate) item: String,
    /// Its title.
    pub(crate) title: String,
    /// The fields that are different now.
    pub(crate) fields: Vec<String>,
    /// Whether a notice of correction was prepared already.
    pub(crate) is_prepared: bool,
}

/// An asker whose question does not come up, because it was told no.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "recipients.ts")]
pub(crate) struct MutedRow {
    /// The exchange that was declined.
    pub(crate) exchange: String,
    /// Who, by the name that stood on the page; the client id where there was none.
    pub(crate) name: String,
    /// What for.
    pub(crate) purpose: String,
    /// When the no was said.
    pub(crate) since: i64,
    /// When the same may be asked again.
    pub(crate) until: i64,
}

/// What one grant gave.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "recipients.ts")]
pub(crate) struct HeldRow {
    /// The exchange.
    pub(crate) id: String,
    /// When it was granted.
    pub(crate) at: i64,
    /// What for.
    pub(crate) purpose: String,
    /// Which fields.
    pub(crate) fields: Vec<FieldsOf>,
    /// Until when it may be kept.
    pub(crate) keep_until: i64,
    /// Whether the recipient can have read it.
    pub(crate) may_have_been_read: bool,
    /// How far the exchange went, in words.
    pub(crate) reached: String,
    /// Whether it went across a border.
    pub(crate) crosses_border: bool,
    /// The consent under it.
    pub(crate) consent: ConsentRow,
}

/// A consent, and what can be done with it now.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "recipients.ts")]
pub(crate) struct ConsentRow {
    /// The exchange.
    pub(crate) id: String,
    /// Its state in words.
    pub(crate) state: String,
    /// Whether the recipient may process under it now.
    pub(crate) is_valid: bool,
    /// How often it was used.
    pub(crate) uses: u32,
    /// How often it may be.
    pub(crate) max_uses: u32,
    /// Until when.
    pub(crate) until: i64,
    /// Something promised for later is open until then.
    pub(crate) pledge_due: Option<i64>,
    /// Whether that was kept.
    pub(crate) pledge: Pledge,
    /// Why it moved last, in somebody's words.
    pub(crate) reason: String,
    /// What can be done now.
    pub(crate) acts: Vec<ConsentAct>,
    /// Acts that were done and of which the recipient is told by a signed notice: it can be had again.
    pub(crate) notices: Vec<ConsentAct>,
}

/// 容缺: something was promised for later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export_to = "recipients.ts")]
pub(crate) enum Pledge {
    /// Nothing was.
    None,
    /// It is not due yet.
    Open,
    /// It was kept.
    Kept,
    /// It is overdue.
    Broken,
}

/// What a person can do with a consent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "recipients.ts")]
pub(crate) enum ConsentAct {
    /// Hold it back.
    Pause,
    /// Let it go on.
    Resume,
    /// Take it back.
    Withdraw,
    /// Ask the recipient to delete.
    AskDeletion,
    /// Write down that the recipient says it deleted.
    Deleted,
    /// Write down that the recipient refused to, and why.
    DeletionRefused,
    /// Write down that the recipient ended it, and why.
    Ended,
    /// Write down that it was no consent, and why.
    Void,
    /// Promise something that is missing.
    Pledge,
    /// Say that what was promised is there.
    PledgeKept,
    /// Close it.
    Close,
}

/// What an act reached.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "recipients.ts")]
pub(crate) struct ConsentDone {
    /// The consent as it stands now.
    pub(crate) consent: ConsentRow,
    /// What that reached, and what it cannot, in words.
    pub(crate) effect: Option<String>,
    /// Whether the act made a signed notice for the recipient, to be saved and sent.
    pub(crate) has_notice: bool,
}

/// A right and how it is asked for.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "recipients.ts")]
pub(crate) struct RightRow {
    /// The stable word.
    pub(crate) kind: String,
    /// Its name.
    pub(crate) name: String,
    /// By which law.
    pub(crate) law: String,
    /// Whether somebody has confirmed that law and number.
    pub(crate) is_confirmed: bool,
    /// Within how many days it is answered; none where the law names no number.
    pub(crate) days: Option<u16>,
    /// Where it is asked for.
    pub(crate) channel: String,
}

/// One case.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "recipients.ts")]
pub(crate) struct CaseRow {
    /// Its id.
    pub(crate) id: String,
    /// The grant.
    pub(crate) exchange: String,
    /// What kind, in words.
    pub(crate) kind: String,
    /// About what, in words.
    pub(crate) subject: String,
    /// How far it is, in words.
    pub(crate) state: String,
    /// Whether nothing can follow.
    pub(crate) is_over: bool,
    /// When an answer is due.
    pub(crate) due: Option<i64>,
    /// Whole days until then; negative once it is overdue.
    pub(crate) days_left: Option<i64>,
    /// Whether it is past that.
    pub(crate) is_overdue: bool,
    /// When it was opened.
    pub(crate) opened_at: i64,
    /// What was said, in order.
    pub(crate) said: Vec<SaidRow>,
    /// Where and when the hearing is.
    pub(crate) hearing: Option<HearingRow>,
    /// The steps that can follow.
    pub(crate) next: Vec<StepRow>,
}

/// Something that was said in a case.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "recipients.ts")]
pub(crate) struct SaidRow {
    /// The step, in words.
    pub(crate) step: String,
    /// When.
    pub(crate) at: i64,
    /// In whose words.
    pub(crate) text: String,
}

/// A hearing.
#[derive(Debug, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "recipients.ts")]
pub(crate) struct HearingRow {
    /// When.
    pub(crate) at: i64,
    /// Where.
    pub(crate) place: String,
}

/// A step that can follow.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "recipients.ts")]
pub(crate) struct StepRow {
    /// The stable word.
    pub(crate) step: String,
    /// Its name.
    pub(crate) name: String,
    /// Whether it must say why.
    pub(crate) needs_reason: bool,
    /// Whether it needs a time and a place.
    pub(crate) needs_hearing: bool,
}

/// What a new case is about.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "recipients.ts")]
pub(crate) struct NewCaseForm {
    /// The grant.
    pub(crate) exchange: String,
    /// `rights`, `complaint` or `dispute`.
    pub(crate) kind: String,
    /// The right that is asked for; a complaint or dispute has none.
    pub(crate) right: Option<String>,
    /// What the person says; may be empty.
    pub(crate) text: String,
}

/// The letter of a case.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "recipients.ts")]
pub(crate) struct LetterView {
    /// The language it is in.
    pub(crate) lang: String,
    /// The heading.
    pub(crate) title: String,
    /// What is asked.
    pub(crate) asked: String,
    /// Recipient, grant, law, by when.
    pub(crate) rows: Vec<LetterRow>,
    /// What the person says.
    pub(crate) words: String,
    /// The line for the signature.
    pub(crate) signature: String,
    /// That nothing was filed.
    pub(crate) footer: String,
}

/// One line of a letter.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "recipients.ts")]
pub(crate) struct LetterRow {
    /// What.
    pub(crate) label: String,
    /// What it is.
    pub(crate) values: Vec<String>,
}

/// A file that can be made of a grant or a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "recipients.ts")]
pub(crate) enum FileKind {
    /// The letter of a case, to print.
    LetterPage,
    /// The letter of a case, as plain text.
    LetterText,
    /// The signed evidence of a case.
    Evidence,
    /// The consent record as a page for people.
    ConsentPage,
    /// The consent record in the terms of ISO/IEC TS 27560, JSON-LD.
    ConsentDpv,
    /// The consent record as an ODRL agreement, JSON-LD.
    ConsentOdrl,
    /// The signed dossier of a transfer across a border.
    TransferDossier,
}

/// What a transfer dossier says, to be looked at before it is handed over.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "recipients.ts")]
pub(crate) struct DossierSaved {
    /// The file.
    pub(crate) file: super::record::SavedFile,
    /// What is asked for and not known, in words.
    pub(crate) missing: Vec<String>,
}
