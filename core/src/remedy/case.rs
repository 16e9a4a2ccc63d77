//! A case in words.

use chop_formats::consent_record::RightKind;
use chop_model::{Id, UnixTime};
use serde::{Deserialize, Serialize};

use super::stages::{CaseKind, CaseState, RemedyError, Step};

/// What a new case is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCase {
    /// What is asked.
    pub kind: CaseKind,
    /// The grant: its exchange.
    pub exchange: Id,
    /// About what exactly.
    pub subject: Subject,
    /// What the person says, in their own words; may be empty.
    pub text: String,
    /// When an answer is due, where the person knows better than the law's clock.
    pub due: Option<UnixTime>,
}

/// About what exactly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Subject {
    /// One of the rights.
    Right(RightKind),
    /// A field: type of the document and key of the field.
    Field {
        /// The type.
        doc_type: String,
        /// The key.
        key: String,
    },
    /// The recipient's conduct as a whole.
    Conduct,
    /// A value that was replaced: the version that was wrong and the one that is right.
    Replaced {
        /// The item.
        item: Id,
        /// The version that was handed out.
        wrong: u32,
        /// The version that holds now.
        right: u32,
    },
}

/// One case, as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Its id.
    pub id: Id,
    /// What is asked.
    pub kind: CaseKind,
    /// How far it is.
    pub state: CaseState,
    /// The grant.
    pub exchange: Id,
    /// About what exactly.
    pub subject: Subject,
    /// When an answer is due.
    pub due: Option<UnixTime>,
    /// Whether it is past that with no answer.
    pub is_overdue: bool,
    /// When it was opened.
    pub opened_at: UnixTime,
    /// What was said, in order.
    pub said: Vec<Said>,
}

impl Case {
    /// What came back as acknowledgement (受理函), where something did.
    pub fn acknowledged(&self) -> Option<&Said> {
        self.said.iter().find(|said| said.step == Step::Acknowledge.word())
    }

    /// The hearing, where one was set.
    pub fn hearing(&self) -> Option<&Hearing> {
        self.said.iter().rev().find_map(|said| said.hearing.as_ref())
    }

    /// The case as a file for others.
    pub fn to_file(&self) -> CaseFile {
        CaseFile {
            id: self.id,
            kind: self.kind.word().to_owned(),
            state: self.state.word().to_owned(),
            exchange: self.exchange,
            subject: self.subject.clone(),
            opened_at: self.opened_at,
            due: self.due,
            overdue: self.is_overdue,
            said: self.said.clone(),
        }
    }
}

/// A case as a file for others: `case.json` of an evidence pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseFile {
    /// Its id.
    pub id: Id,
    /// The word of its kind.
    pub kind: String,
    /// The word of its state.
    pub state: String,
    /// The grant.
    pub exchange: Id,
    /// About what exactly.
    pub subject: Subject,
    /// When it was opened, by the person's clock.
    pub opened_at: UnixTime,
    /// When an answer is due.
    pub due: Option<UnixTime>,
    /// Whether it is past that.
    pub overdue: bool,
    /// What was said, in order, as the person wrote it down.
    pub said: Vec<Said>,
}

/// Something that was said, with the step that it went with.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Said {
    /// The step: the word of a [`super::Step`], or `open`.
    pub step: String,
    /// When, by this space's clock.
    pub at: UnixTime,
    /// In whose words, as the person writes it down; may be empty.
    pub text: String,
    /// Where and when a hearing is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hearing: Option<Hearing>,
}

/// What is said in a case is nobody's business in a log.
impl std::fmt::Debug for Said {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Said({})", self.step)
    }
}

/// A hearing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hearing {
    /// When.
    pub at: UnixTime,
    /// Where.
    pub place: String,
}

/// The stored form: the `body` of a row.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Body {
    pub(super) subject: Subject,
    pub(super) said: Vec<Said>,
}

impl Body {
    pub(super) fn to_text(&self) -> Result<String, RemedyError> {
        let text = serde_json::to_string(self).map_err(|_| RemedyError::TooLong)?;
        if text.len() > MAX_BODY { Err(RemedyError::TooLong) } else { Ok(text) }
    }
}

/// Bytes of all that is said in one case.
const MAX_BODY: usize = 256 << 10;
/// Bytes of one text.
pub(super) const MAX_TEXT: usize = 16 << 10;
