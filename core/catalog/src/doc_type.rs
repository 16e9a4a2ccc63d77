//! A type of document and its fields.

use std::collections::BTreeMap;

use chop_model::{LangText, UnixTime};

use crate::class::{FieldClass, Level};
use crate::day::{When, when};
use crate::numbers::NumberKind;

/// What a field's value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FieldKind {
    /// Words or a number as text.
    Text,
    /// One of a list.
    Code,
    /// A day: `2026-01-31`, or `31-01-2026` on cards of the two SARs.
    Date,
    /// `202601`.
    Month,
    /// `2026`.
    Year,
    /// A day and a time, ISO 8601.
    DateTime,
    /// A whole number.
    Integer,
    /// A number.
    Decimal,
    /// Money.
    Amount,
    /// Yes or no.
    Bool,
    /// Several values.
    List,
    /// A value with parts.
    Object,
    /// A picture: never in a QR code (row 41).
    Image,
    /// From a low to a high value.
    Range,
}

impl FieldKind {
    /// All of them.
    pub const ALL: [Self; 14] = [
        Self::Text,
        Self::Code,
        Self::Date,
        Self::Month,
        Self::Year,
        Self::DateTime,
        Self::Integer,
        Self::Decimal,
        Self::Amount,
        Self::Bool,
        Self::List,
        Self::Object,
        Self::Image,
        Self::Range,
    ];

    /// The word in the data.
    pub fn code(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Code => "code",
            Self::Date => "date",
            Self::Month => "month",
            Self::Year => "year",
            Self::DateTime => "datetime",
            Self::Integer => "integer",
            Self::Decimal => "decimal",
            Self::Amount => "amount",
            Self::Bool => "bool",
            Self::List => "list",
            Self::Object => "object",
            Self::Image => "image",
            Self::Range => "range",
        }
    }
}

/// Where a document is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// The mainland.
    Cn,
    /// Hong Kong.
    Hk,
    /// Macao.
    Mo,
    /// Any of them.
    Any,
}

/// Whose document it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Subject {
    /// A person's.
    Person,
    /// A firm's.
    Firm,
}

/// A name, or the statement that nobody has found it out (row 84: unknown is said, not left blank).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    /// Not known.
    Unknown,
    /// Known.
    Named(LangText),
}

/// 谁主管、谁提供、谁负责 (row 84).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accountable {
    /// The body that rules over it.
    pub responsible: Known,
    /// Who provides it.
    pub provider: Known,
    /// Whom to ask.
    pub contact: Known,
}

/// From when until when a document holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Validity {
    /// The field with the first day.
    pub from: Option<String>,
    /// The field with the last day.
    pub until: Option<String>,
    /// The lengths in which it is issued, in years; empty where any is possible.
    pub years: Vec<u16>,
}

/// How long what a document says is news.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Freshness {
    /// The field with its day.
    pub field: String,
    /// After this many days it is old. A product rule.
    pub days: u32,
}

/// A rule between the fields of one document. The words are the data's; what they do is
/// [`check_document`](crate::check_document).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Check {
    /// The 17th digit of a citizen number is odd for men.
    SexParity {
        /// The number.
        number: String,
        /// The sex.
        sex: String,
    },
    /// Digits 7 to 14 of a citizen number are the birth date.
    BirthDigits {
        /// The number.
        number: String,
        /// The date.
        date: String,
    },
    /// One day or month is not after the other.
    NotAfter {
        /// The earlier.
        first: String,
        /// The later.
        then: String,
    },
    /// A number begins with one of these.
    Prefix {
        /// The number.
        field: String,
        /// The beginnings.
        any: Vec<String>,
    },
    /// A code is the first digit of a number.
    FirstDigit {
        /// The number.
        number: String,
        /// The code.
        field: String,
    },
    /// One number begins with the other.
    SameStart {
        /// The shorter.
        number: String,
        /// The longer.
        field: String,
    },
    /// The low end of a range is not above its high end.
    RangeOrder {
        /// The range.
        field: String,
    },
    /// The flag of a result agrees with its range.
    Flag {
        /// The result.
        value: String,
        /// The range.
        range: String,
        /// The flag.
        flag: String,
    },
}

impl Check {
    /// The fields it looks at.
    pub(crate) fn fields(&self) -> Vec<&str> {
        match self {
            Self::SexParity { number: a, sex: b }
            | Self::BirthDigits { number: a, date: b }
            | Self::NotAfter { first: a, then: b }
            | Self::FirstDigit { number: a, field: b }
            | Self::SameStart { number: a, field: b } => vec![a, b],
            Self::Prefix { field, any: _ } | Self::RangeOrder { field } => vec![field],
            Self::Flag { value, range, flag } => vec![value, range, flag],
        }
    }
}

/// One field of a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// The claim's name.
    pub key: String,
    /// The element of GB/T 36903, where public code shows one.
    pub code: Option<String>,
    /// Its name.
    pub names: LangText,
    /// The form as gba.md §3.1 writes it: `code GB/T 2261.1`.
    pub format: String,
    /// What its value is.
    pub kind: FieldKind,
    /// How it counts before the law.
    pub class: FieldClass,
    /// Whether Macao counts it as sensitive (Law 8/2005 art. 7).
    pub mo_sensitive: bool,
    /// How much harm a leak can do.
    pub level: Level,
    /// The kinds of number it can hold; it must be right as one of them.
    pub numbers: Vec<NumberKind>,
    /// The values it can have; empty where any. Another one warns.
    pub values: Vec<String>,
    /// Values that stand for no end: 长期.
    pub open_ended: Vec<String>,
    /// Its day cannot lie in the future.
    pub is_past: bool,
    /// Forms it can have, `9` a digit and `A` a letter; empty where any. Another one warns.
    pub forms: Vec<String>,
    /// The smallest value.
    pub min: Option<f64>,
    /// The largest value.
    pub max: Option<f64>,
    /// An invented value.
    pub example: Option<String>,
    /// The rule in words, as gba.md §3.1 has it.
    pub rule: Option<String>,
    /// Where it differs from the document's.
    pub accountable: Option<Accountable>,
}

/// One type of document.
#[derive(Debug, Clone, PartialEq)]
pub struct DocType {
    /// `cn.resident_id`.
    pub code: String,
    /// `urn:chop:cn.resident_id:1`.
    pub vct: String,
    /// The pack that brought it.
    pub pack: String,
    /// Where it is from.
    pub place: Place,
    /// Whose it is.
    pub subject: Subject,
    /// Its name.
    pub names: LangText,
    /// Who issues it, as the paper has it.
    pub issuer: String,
    /// What else there is to know.
    pub note: String,
    /// Whether it comes in the envelope of GB/T 36903, with its status codes.
    pub is_electronic_licence: bool,
    /// Who answers for it.
    pub accountable: Accountable,
    /// From when until when it holds.
    pub validity: Option<Validity>,
    /// How long what it says is news.
    pub freshness: Option<Freshness>,
    /// Its fields, in the order of the paper.
    pub fields: Vec<Field>,
    /// The rules between them.
    pub checks: Vec<Check>,
}

impl DocType {
    /// The field with this key.
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.key == key)
    }

    /// Who answers for a field: what it says itself, else what its document says.
    pub fn accountable(&self, field: &Field) -> Accountable {
        field.accountable.clone().unwrap_or_else(|| self.accountable.clone())
    }

    /// Whether what a document says is older than it stays news (row 93). One without a day is not.
    pub fn is_stale(&self, fields: &BTreeMap<String, String>, at: UnixTime) -> bool {
        let Some(Freshness { field, days }) = &self.freshness else { return false };
        let made = fields.get(field).map(|text| when(text));
        matches!(made, Some(When::At(made)) if at.since(made) > i64::from(*days) * 86_400)
    }
}
