//! What comes in: waiting, looked at, kept.

use serde::Serialize;
use ts_rs::TS;

use crate::failure::Failure;

use super::fields::FieldGroup;
use super::holdings::{SealMark, Validity};

/// Something that came to the door. Nothing of it is kept.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "intake.ts")]
pub(crate) struct Waiting {
    /// How the page names it; never a path.
    pub(crate) token: String,
    /// The name of the file; empty for a text or a link.
    pub(crate) name: String,
    /// Bytes; 0 for a link.
    pub(crate) size: u64,
}

/// What looking at it told.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "is")]
#[ts(export_to = "intake.ts")]
pub(crate) enum Look {
    /// Something that can be kept.
    Preview(Box<Incoming>),
    /// The issuer of a link wants a code.
    Code(CodeAsked),
    /// A message of another room: a request, an answer, an offer.
    Message,
}

/// A code that an issuer gave the holder by another way.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "intake.ts")]
pub(crate) struct CodeAsked {
    /// The issuer's host: nobody vouches for it yet.
    pub(crate) host: String,
    /// How it was given, in the issuer's words.
    pub(crate) said: Option<String>,
    /// How many characters.
    pub(crate) length: Option<u32>,
    /// Digits alone.
    pub(crate) is_numeric: bool,
    /// How many tries the issuer allows.
    pub(crate) tries: Option<u32>,
}

/// What would be kept.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "intake.ts")]
pub(crate) struct Incoming {
    /// `dc+sd-jwt`, `fhir-ips`, `file`, `record`.
    pub(crate) form: String,
    /// Its type, in the reader's language.
    pub(crate) type_name: String,
    /// A title for its card; nothing where its type says enough.
    pub(crate) title: Option<String>,
    /// Who signed it; empty where nobody did.
    pub(crate) issuer: String,
    /// What its seal says.
    pub(crate) seal: SealMark,
    /// The same in words.
    pub(crate) seal_text: String,
    /// When it ends.
    pub(crate) expires_at: Option<i64>,
    /// Where that stands.
    pub(crate) validity: Validity,
    /// Bytes.
    pub(crate) size: u64,
    /// Its fields, masked.
    pub(crate) groups: Vec<FieldGroup>,
    /// More of them than are listed.
    pub(crate) is_cut: bool,
    /// It was in a QR code of the picture.
    pub(crate) is_from_code: bool,
    /// Why no code could be read from the picture; it can be kept as a file all the same.
    pub(crate) picture: Option<Failure>,
}

/// What was kept.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "intake.ts")]
pub(crate) struct Kept {
    /// The item.
    pub(crate) id: String,
    /// What its card says.
    pub(crate) title: String,
}

/// How far a large file has come in; told as `import-progress`.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "intake.ts")]
pub(crate) struct Progress {
    /// Which.
    pub(crate) token: String,
    /// Bytes so far.
    pub(crate) done: u64,
    /// Bytes in all.
    pub(crate) of: u64,
}

/// Files over the window, or dropped on it; told as `dropped`.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "intake.ts")]
pub(crate) struct Drop {
    /// Whether files are held over the window.
    pub(crate) is_over: bool,
    /// What was let go.
    pub(crate) files: Vec<Waiting>,
}
