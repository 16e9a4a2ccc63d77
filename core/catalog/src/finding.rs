//! What can be said about the fields of a document among themselves.

use crate::numbers::NumberFinding;

/// One thing that was found about a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldFinding {
    /// The field's key.
    pub field: String,
    /// What was found.
    pub kind: FindingKind,
}

/// About the number itself, or about the field beside others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FindingKind {
    /// About the number.
    Number(NumberFinding),
    /// About the document.
    Document(DocumentFinding),
}

impl FieldFinding {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self.kind {
            FindingKind::Number(finding) => finding.code(),
            FindingKind::Document(finding) => finding.code(),
        }
    }

    /// Whether the field may be right all the same.
    pub fn is_warning(&self) -> bool {
        match self.kind {
            FindingKind::Number(finding) => finding.is_warning(),
            FindingKind::Document(finding) => finding.is_warning(),
        }
    }
}

/// What can be wrong between fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DocumentFinding {
    /// A day that no calendar has.
    NoSuchDate,
    /// A day that has not come yet.
    FutureDate,
    /// The sex is not the one in the identity number.
    SexDiffers,
    /// The birth date is not the one in the identity number.
    BirthDateDiffers,
    /// The end lies before the beginning.
    DatesReversed,
    /// The low end of a range lies above its high end.
    RangeReversed,
    /// The number is of another document.
    OtherPrefix,
    /// The code is not the one in the number.
    CodeDiffers,
    /// Less or more than there can be.
    OutOfBounds,
    /// Warning: a date in a form that was not understood.
    UnreadDate,
    /// Warning: a value that the catalogue does not list.
    UnknownValue,
    /// Warning: not the form of such a field.
    OtherForm,
    /// Warning: the document does not hold for as long as such documents do.
    UnusualValidity,
    /// Warning: the flag is not what the range says.
    FlagDiffers,
}

impl DocumentFinding {
    /// All of them, for the test that demands words for each.
    pub const ALL: [Self; 14] = [
        Self::NoSuchDate,
        Self::FutureDate,
        Self::SexDiffers,
        Self::BirthDateDiffers,
        Self::DatesReversed,
        Self::RangeReversed,
        Self::OtherPrefix,
        Self::CodeDiffers,
        Self::OutOfBounds,
        Self::UnreadDate,
        Self::UnknownValue,
        Self::OtherForm,
        Self::UnusualValidity,
        Self::FlagDiffers,
    ];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::NoSuchDate => "document.no-such-date",
            Self::FutureDate => "document.future-date",
            Self::SexDiffers => "document.sex-differs",
            Self::BirthDateDiffers => "document.birth-date-differs",
            Self::DatesReversed => "document.dates-reversed",
            Self::RangeReversed => "document.range-reversed",
            Self::OtherPrefix => "document.other-prefix",
            Self::CodeDiffers => "document.code-differs",
            Self::OutOfBounds => "document.out-of-bounds",
            Self::UnreadDate => "document.unread-date",
            Self::UnknownValue => "document.unknown-value",
            Self::OtherForm => "document.other-form",
            Self::UnusualValidity => "document.unusual-validity",
            Self::FlagDiffers => "document.flag-differs",
        }
    }

    /// Whether the document may be right all the same.
    pub fn is_warning(self) -> bool {
        matches!(
            self,
            Self::UnreadDate
                | Self::UnknownValue
                | Self::OtherForm
                | Self::UnusualValidity
                | Self::FlagDiffers
        )
    }
}
