//! The fields of a document, every value behind its mask.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A field at the top of a document, with what is in it.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "fields.ts")]
pub(crate) struct FieldGroup {
    /// Its key.
    pub(crate) key: String,
    /// Its name in the reader's language.
    pub(crate) name: String,
    /// How it counts before the law, in words; nothing where the catalogue does not know it.
    pub(crate) class: Option<String>,
    /// `L1` to `L4`.
    pub(crate) level: Option<String>,
    /// Whether Macao counts it as sensitive.
    pub(crate) is_sensitive_in_macao: bool,
    /// Who provides it, where the catalogue says.
    pub(crate) provider: Option<String>,
    /// What was found about it: a check digit, dates that disagree.
    pub(crate) findings: Vec<FindingLine>,
    /// What its lines say to a reader, for a section of a patient summary; its values then say all of it.
    pub(crate) read: Option<Leaf>,
    /// Its values, one for a plain field.
    pub(crate) leaves: Vec<Leaf>,
}

/// One value.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "fields.ts")]
pub(crate) struct Leaf {
    /// The way to it: what `item_reveal` is asked with.
    pub(crate) path: Vec<String>,
    /// Its name below the group's; empty for a plain field.
    pub(crate) name: String,
    /// Its value behind a mask.
    pub(crate) masked: String,
    /// What is behind the mask.
    pub(crate) kind: LeafKind,
}

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export_to = "fields.ts")]
pub(crate) enum LeafKind {
    /// Words or a number.
    Text,
    /// `true` or `false`.
    Truth,
    /// A data URI of a picture.
    Picture,
}

/// Something found about a field.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "fields.ts")]
pub(crate) struct FindingLine {
    /// The field's key.
    pub(crate) field: String,
    /// In words.
    pub(crate) text: String,
    /// Whether the field may be right all the same.
    pub(crate) is_warning: bool,
}

/// A clear value, for as long as it is held.
#[derive(Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "fields.ts")]
pub(crate) struct Revealed {
    /// The value as text.
    pub(crate) text: String,
    /// What it is.
    pub(crate) kind: LeafKind,
}

/// What somebody reads behind a mask is nobody's business in a log.
impl std::fmt::Debug for Revealed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Revealed")
    }
}

/// A form of the catalogue, to write a record after.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "fields.ts")]
pub(crate) struct FormName {
    /// Its code.
    pub(crate) code: String,
    /// Its name in the reader's language.
    pub(crate) name: String,
    /// `CN`, `HK`, `MO` or empty.
    pub(crate) place: String,
}

/// A form with its lines.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "fields.ts")]
pub(crate) struct PaperForm {
    /// Its code.
    pub(crate) code: String,
    /// Its name.
    pub(crate) name: String,
    /// Its lines in the order of the paper.
    pub(crate) lines: Vec<FormLine>,
}

/// One line of a form.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "fields.ts")]
pub(crate) struct FormLine {
    /// The field's key.
    pub(crate) key: String,
    /// Its name.
    pub(crate) name: String,
    /// The catalogue's word for what it is: `text`, `date`, `bool`, `list`…
    pub(crate) kind: String,
    /// The values it can have; empty: any.
    pub(crate) values: Vec<String>,
    /// An invented value.
    pub(crate) example: Option<String>,
    /// Its class in words.
    pub(crate) class: String,
    /// `L1` to `L4`.
    pub(crate) level: String,
}

/// A record as its holder writes it: each line by its key.
#[derive(Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "fields.ts")]
pub(crate) struct Draft {
    /// The form.
    pub(crate) code: String,
    /// What the card says; empty: the form's name.
    pub(crate) title: String,
    /// What was written.
    pub(crate) values: std::collections::BTreeMap<String, String>,
}

/// What a holder writes is nobody's business in a log.
impl std::fmt::Debug for Draft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Draft({})", self.code)
    }
}
