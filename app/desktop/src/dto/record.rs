//! The record as the page shows it.

use serde::Serialize;
use ts_rs::TS;

/// Everything that filters, counters and plots need of each use; the rows come as they are looked at.
#[derive(Debug, Default, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "record.ts")]
pub(crate) struct RecordOverview {
    /// Every use, newest first.
    pub(crate) uses: Vec<UseMark>,
    /// To whom; `UseMark::recipient` counts here.
    pub(crate) recipients: Vec<Named>,
    /// Where they sit.
    pub(crate) places: Vec<Named>,
    /// Types of documents.
    pub(crate) documents: Vec<Named>,
    /// Entries of the whole record.
    pub(crate) entries: u64,
}

/// Something with a key and a name in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "record.ts")]
pub(crate) struct Named {
    /// Stable.
    pub(crate) key: String,
    /// For people.
    pub(crate) name: String,
}

/// One use, as filters see it.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "record.ts")]
pub(crate) struct UseMark {
    /// The exchange.
    pub(crate) id: String,
    /// When it began.
    pub(crate) at: i64,
    /// Which of the recipients.
    pub(crate) recipient: u32,
    /// Which of the places; none where nothing was given.
    pub(crate) place: Option<u32>,
    /// Which of the documents.
    pub(crate) documents: Vec<u32>,
    /// How far the receipts are.
    pub(crate) stage: Stage,
}

/// How far the receipts of a use are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export_to = "record.ts")]
pub(crate) enum Stage {
    /// Offered; nobody was seen to take it up.
    Offered,
    /// Granted; the key has not left.
    Granted,
    /// Signed for; the key left, and no receipt of the use came.
    Acknowledged,
    /// Delivered or broken off: what left is not confirmed by anybody.
    Unconfirmed,
    /// The recipient signed what it took.
    Used,
    /// The recipient signed, or says, that it erased it.
    Erased,
    /// The recipient signed that it refused.
    Refused,
    /// The person said no.
    Declined,
    /// Taken back before the key left.
    Withdrawn,
}

/// One use, as the list shows it.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "record.ts")]
pub(crate) struct UseRow {
    /// The exchange.
    pub(crate) id: String,
    /// When it began.
    pub(crate) at: i64,
    /// Whom.
    pub(crate) recipient: String,
    /// The recipient's key, to open its page.
    pub(crate) client_id: String,
    /// Where it sits; empty where nothing was given.
    pub(crate) place: String,
    /// What for.
    pub(crate) purpose: String,
    /// Which fields, document by document.
    pub(crate) fields: Vec<FieldsOf>,
    /// How far.
    pub(crate) stage: Stage,
    /// The same more exactly, in words.
    pub(crate) state: String,
    /// Seconds from its beginning to its last step.
    pub(crate) elapsed: i64,
}

/// Fields of one document.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "record.ts")]
pub(crate) struct FieldsOf {
    /// The document.
    pub(crate) document: String,
    /// Its fields.
    pub(crate) fields: Vec<String>,
}

/// One use in detail.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "record.ts")]
pub(crate) struct UseView {
    /// As in the list.
    pub(crate) row: UseRow,
    /// What was granted, in the sentence of the consent record.
    pub(crate) sentence: Option<String>,
    /// What taking it back does and cannot do.
    pub(crate) effect: Option<String>,
    /// Until when the recipient may keep it.
    pub(crate) keep_until: Option<i64>,
    /// SHA-256 of the consent record that both sides hold, in hexadecimal.
    pub(crate) record_digest: Option<String>,
    /// What the recipient signed.
    pub(crate) signed: Vec<SignedStep>,
    /// Step by step, from the entries of the log alone.
    pub(crate) steps: Vec<TimelineRow>,
    /// Seconds from the first step to the last.
    pub(crate) elapsed: i64,
    /// Entries of the whole record, for the places of the steps.
    pub(crate) entries: u64,
    /// Whether a proof can be made: there is a grant.
    pub(crate) can_prove: bool,
    /// Whether it went across a border, so that a transfer dossier can be made.
    pub(crate) crosses_border: bool,
}

/// What the recipient signed at one stage.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "record.ts")]
pub(crate) struct SignedStep {
    /// Which stage.
    pub(crate) stage: SignedStage,
    /// When, by the recipient's clock.
    pub(crate) at: i64,
}

/// A stage that a recipient signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export_to = "record.ts")]
pub(crate) enum SignedStage {
    /// It has the sealed data.
    Acknowledged,
    /// It opened and took them.
    Used,
    /// It refused them.
    Refused,
    /// It erased them.
    Erased,
}

/// One step of a timeline.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "record.ts")]
pub(crate) struct TimelineRow {
    /// Its place in the log.
    pub(crate) index: u64,
    /// What happened.
    pub(crate) what: String,
    /// When.
    pub(crate) at: i64,
    /// Seconds since the step before.
    pub(crate) since: i64,
}

/// Lines of the whole log, newest first.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "record.ts")]
pub(crate) struct EntryPage {
    /// The lines.
    pub(crate) lines: Vec<EntryLine>,
    /// Where the next page begins; none at the end.
    pub(crate) next: Option<u64>,
}

/// One line of the log.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "record.ts")]
pub(crate) struct EntryLine {
    /// Its place in the log.
    pub(crate) index: u64,
    /// When; none where its content was erased.
    pub(crate) at: Option<i64>,
    /// What happened.
    pub(crate) what: String,
    /// The exchange that it is about.
    pub(crate) exchange: Option<String>,
}

/// What a check of the record found.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "record.ts")]
pub(crate) struct AuditAnswer {
    /// Whether nothing is wrong.
    pub(crate) is_clean: bool,
    /// The verdict in words.
    pub(crate) verdict: String,
    /// Entries that were read.
    pub(crate) entries: u64,
    /// Entries whose content was erased.
    pub(crate) erased: u64,
    /// Rows that were compared.
    pub(crate) rows: u64,
    /// What is wrong, in the order in which it was found; at most a hundred.
    pub(crate) flaws: Vec<FlawLine>,
    /// How many there are.
    pub(crate) flaw_count: u64,
}

/// One thing that is wrong.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "record.ts")]
pub(crate) struct FlawLine {
    /// What, in words.
    pub(crate) what: String,
    /// Where: `log 17`.
    pub(crate) place: String,
    /// The stable code.
    pub(crate) code: String,
    /// What to do now.
    pub(crate) now: String,
}

/// A file that was written.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "record.ts")]
pub(crate) struct SavedFile {
    /// Its name, without the folder.
    pub(crate) name: String,
    /// Its size.
    pub(crate) bytes: u64,
}

/// What a check of a proof file found.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "record.ts")]
pub(crate) struct ProofAnswer {
    /// The name of the file.
    pub(crate) file: String,
    /// Whether nothing is wrong.
    pub(crate) is_valid: bool,
    /// Whether trust lists vouch for every signer.
    pub(crate) is_anchored: bool,
    /// What was found, one statement a line; or the one thing that is wrong.
    pub(crate) statements: Vec<String>,
    /// The part that is wrong.
    pub(crate) part: Option<String>,
    /// The code of what is wrong.
    pub(crate) code: Option<String>,
}
