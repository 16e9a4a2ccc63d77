//! The fields of one document, each by itself and beside the others. What is not there is not judged:
//! a presentation shows only part of a document.

use std::collections::BTreeMap;

use chop_model::UnixTime;

use crate::day::{When, civil, when};
use crate::finding::{DocumentFinding as D, FieldFinding, FindingKind};
use crate::numbers::{NumberCheck, NumberKind, check};
use crate::{Check, DocType, Field, FieldKind};

/// What is wrong or strange about the fields of a document of this type, `at` this moment. Values are
/// text; lists and objects are left out by the caller.
pub fn check_document(
    doc_type: &DocType,
    fields: &BTreeMap<String, String>,
    at: UnixTime,
) -> Vec<FieldFinding> {
    let mut out = Findings(Vec::new());
    for field in &doc_type.fields {
        if let Some(value) =
            fields.get(&field.key).map(|value| value.trim()).filter(|value| !value.is_empty())
        {
            check_field(field, value, at, &mut out);
        }
    }
    let values = Values { doc_type, fields };
    doc_type.checks.iter().for_each(|check| check_between(check, &values, &mut out));
    check_validity(&values, &mut out);
    out.0
}

struct Findings(Vec<FieldFinding>);

impl Findings {
    fn push(&mut self, field: &str, finding: D) {
        self.0.push(FieldFinding { field: field.to_owned(), kind: FindingKind::Document(finding) });
    }
}

fn check_field(field: &Field, value: &str, at: UnixTime, out: &mut Findings) {
    if !field.numbers.is_empty() {
        let checked = check_number(&field.numbers, value, at);
        let found = checked.errors().chain(checked.warnings());
        let of_field =
            |finding| FieldFinding { field: field.key.clone(), kind: FindingKind::Number(finding) };
        out.0.extend(found.map(of_field));
    }
    if field.kind.is_time() && !field.open_ended.iter().any(|open| open == value) {
        match when(value) {
            When::NoSuchDay => out.push(&field.key, D::NoSuchDate),
            When::Unread => out.push(&field.key, D::UnreadDate),
            When::At(day) if field.is_past && day > at => out.push(&field.key, D::FutureDate),
            When::At(_) => {}
        }
    }
    let is_listed = |listed: &String| value == listed || value.split([' ', '　']).any(|part| part == listed);
    if !field.values.is_empty() && !field.values.iter().any(is_listed) {
        out.push(&field.key, D::UnknownValue);
    }
    if !field.forms.is_empty() && !field.forms.iter().any(|form| has_form(value, form)) {
        out.push(&field.key, D::OtherForm);
    }
    if let Some(number) = decimal(value) {
        let low = field.min.is_some_and(|min| number < min);
        if low || field.max.is_some_and(|max| number > max) {
            out.push(&field.key, D::OutOfBounds);
        }
    }
}

/// The number as the kind that it fits best; a field can hold numbers of two places.
fn check_number(kinds: &[NumberKind], value: &str, at: UnixTime) -> NumberCheck {
    let checked = kinds.iter().map(|kind| check(*kind, value, Some(at)));
    let best = checked.min_by_key(|checked| checked.errors().count());
    best.unwrap_or_else(|| check(NumberKind::Brn, value, None))
}

struct Values<'a> {
    doc_type: &'a DocType,
    fields: &'a BTreeMap<String, String>,
}

impl<'a> Values<'a> {
    fn text(&self, key: &str) -> Option<&'a str> {
        self.fields.get(key).map(|value| value.trim()).filter(|value| !value.is_empty())
    }

    /// The number in its normal form, if it is right.
    fn number(&self, key: &str) -> Option<String> {
        let kinds = &self.doc_type.field(key)?.numbers;
        let text = self.text(key)?;
        let checked = kinds.iter().map(|kind| check(*kind, text, None)).find(NumberCheck::is_right)?;
        Some(checked.normal().to_owned())
    }

    fn time(&self, key: &str) -> Option<UnixTime> {
        match when(self.text(key)?) {
            When::At(at) => Some(at),
            _ => None,
        }
    }
}

fn check_between(check: &Check, values: &Values<'_>, out: &mut Findings) {
    let found = match check {
        Check::SexParity { number, sex } => {
            let is_man = values.number(number).and_then(|n| n.as_bytes().get(16).map(|c| c % 2 == 1));
            differ(is_man, values.text(sex).and_then(says_man)).then_some((sex, D::SexDiffers))
        }
        Check::BirthDigits { number, date } => {
            let born = values.number(number).and_then(|n| civil(n.get(6..14)?));
            let said = values.text(date).and_then(civil);
            differ(born, said).then_some((date, D::BirthDateDiffers))
        }
        Check::NotAfter { first, then } => {
            let both = values.time(first).zip(values.time(then));
            both.is_some_and(|(first, then)| first > then).then_some((then, D::DatesReversed))
        }
        Check::Prefix { field, any } => values.text(field).and_then(|number| {
            let begins = any.iter().any(|prefix| number.starts_with(prefix.as_str()));
            (!begins).then_some((field, D::OtherPrefix))
        }),
        Check::FirstDigit { number, field } => {
            let digit = values.number(number).and_then(|n| n.chars().find(char::is_ascii_digit));
            let said = values.text(field).and_then(|text| text.chars().find(char::is_ascii_digit));
            differ(digit, said).then_some((field, D::CodeDiffers))
        }
        Check::SameStart { number, field } => {
            let both = values.text(number).zip(values.text(field));
            both.is_some_and(|(short, long)| !long.starts_with(short)).then_some((field, D::CodeDiffers))
        }
        Check::RangeOrder { field } => {
            let range = values.text(field).and_then(range);
            range.is_some_and(|(low, high)| low > high).then_some((field, D::RangeReversed))
        }
        Check::Flag { value, range: of, flag } => {
            let side = values.text(value).and_then(decimal).zip(values.text(of).and_then(range));
            let expected = side.map(|(value, (low, high))| match value {
                value if value < low => 'L',
                value if value > high => 'H',
                _ => 'N',
            });
            let said = values.text(flag).and_then(|flag| flag.chars().next());
            differ(expected, said).then_some((flag, D::FlagDiffers))
        }
    };
    if let Some((field, finding)) = found {
        out.push(field, finding);
    }
}

/// Issued for a whole number of years, the last day counted or not.
fn check_validity(values: &Values<'_>, out: &mut Findings) {
    let Some(validity) = &values.doc_type.validity else { return };
    let (Some(from), Some(until)) = (&validity.from, &validity.until) else { return };
    let day = |key: &str| values.text(key).and_then(civil);
    let (Some(first), Some(last)) = (day(from), day(until)) else { return };
    let is_usual = validity.years.iter().any(|years| {
        let end = first.checked_add(jiff::Span::new().years(i64::from(*years)));
        end.is_ok_and(|end| last == end || last.tomorrow().is_ok_and(|next| next == end))
    });
    if !validity.years.is_empty() && first <= last && !is_usual {
        out.push(until, D::UnusualValidity);
    }
}

fn differ<T: PartialEq>(one: Option<T>, other: Option<T>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one != other)
}

/// GB/T 2261.1: 1 is a man, 2 a woman; cards of the SARs print M and F.
pub(crate) fn says_man(text: &str) -> Option<bool> {
    match text.chars().next()? {
        '1' | '男' | 'M' | 'm' => Some(true),
        '2' | '女' | 'F' | 'f' => Some(false),
        _ => None,
    }
}

fn has_form(value: &str, form: &str) -> bool {
    let fits = |(c, place): (char, char)| match place {
        '9' => c.is_ascii_digit(),
        'A' => c.is_ascii_uppercase(),
        other => c == other,
    };
    value.chars().count() == form.chars().count() && value.chars().zip(form.chars()).all(fits)
}

fn decimal(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

fn range(text: &str) -> Option<(f64, f64)> {
    let (low, high) = text.split_once(['–', '-', '~', '～'])?;
    Some((decimal(low.trim())?, decimal(high.trim())?))
}

impl FieldKind {
    fn is_time(self) -> bool {
        matches!(self, Self::Date | Self::DateTime | Self::Month | Self::Year)
    }
}
