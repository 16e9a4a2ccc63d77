//! Predicates: a yes in place of a value (可用不可见, gba.md rows 39, 68). `core/docs/predicates.md` says
//! what each proves.
//!
//! ```text
//! age_over_18            ISO/IEC 18013-5 section 7.2.5: at or over so many years
//! grade_at_least_B       any claim, `_at_least_`, a grade or a number with `_` for the point
//! not_expired            the document is valid today
//! name_document_match    whoever issued it held name and document against each other
//! ```
//!
//! A predicate is asked for by its claim path, like any claim. Where the issuer signed it, the answer is
//! the issuer's; where it did not, the holder can state it, and everybody is told that the holder does.

use chop_model::UnixTime;
use jiff::civil::Date;
use jiff::tz::{TimeZone, offset};
use serde_json::{Map, Value};

/// A question with yes for an answer, by the name of its claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Predicate {
    /// `age_over_NN`: the person is so many years old, or older.
    AgeOver(u8),
    /// `X_at_least_Y`: the claim X is Y or better.
    AtLeast {
        /// The claim that is compared.
        claim: String,
        /// What it is compared with.
        bound: Bound,
    },
    /// `not_expired`.
    NotExpired,
    /// `name_document_match`.
    NameDocumentMatch,
}

/// What a claim is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bound {
    /// A letter, A best; `+` is written `plus`, `-` is written `minus`.
    Grade(String),
    /// A number in hundredths: `3_5` is 350.
    Hundredths(i64),
}

impl Predicate {
    /// The predicate with this claim name; nothing for the name of a value.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "not_expired" => return Some(Self::NotExpired),
            "name_document_match" => return Some(Self::NameDocumentMatch),
            _ => {}
        }
        if let Some(years) = name.strip_prefix("age_over_") {
            let is_years = years.len() == 2 && years.bytes().all(|byte| byte.is_ascii_digit());
            return is_years.then(|| years.parse().ok().map(Self::AgeOver)).flatten();
        }
        let (claim, bound) = name.split_once("_at_least_")?;
        let bound = Bound::read(bound)?;
        (!claim.is_empty()).then(|| Self::AtLeast { claim: claim.to_owned(), bound })
    }

    /// The claim whose value a yes is about: as sensitive as that one is.
    pub fn about(&self) -> &str {
        match self {
            Self::AgeOver(_) => "birth_date",
            Self::AtLeast { claim, .. } => claim,
            Self::NotExpired => "valid_to",
            Self::NameDocumentMatch => "name",
        }
    }

    /// Whether `claims` give a yes on `today`; nothing where they do not tell, or say no. A holder
    /// states nothing but a yes: a no would tell more than was asked.
    pub fn holds_in(&self, claims: &Value, today: Date) -> bool {
        match self {
            Self::AgeOver(years) => {
                birth_date(claims).is_some_and(|born| age(born, today) >= i16::from(*years))
            }
            Self::AtLeast { claim, bound } => claims.get(claim).is_some_and(|value| bound.is_met_by(value)),
            Self::NotExpired => end_of(claims).is_some_and(|end| end >= today),
            // Only whoever saw the document can say that.
            Self::NameDocumentMatch => false,
        }
    }
}

impl Bound {
    fn read(text: &str) -> Option<Self> {
        let number = text.replace('_', ".");
        if let Some(hundredths) = hundredths(&number) {
            return Some(Self::Hundredths(hundredths));
        }
        grade_rank(text).map(|_| Self::Grade(text.to_owned()))
    }

    fn is_met_by(&self, value: &Value) -> bool {
        // A scale says with its value what it is measured by: `{"value": "3.52", "scale": "4.3"}`.
        let value = value.get("value").unwrap_or(value);
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => return false,
        };
        match self {
            Self::Hundredths(least) => hundredths(&text).is_some_and(|value| value >= *least),
            Self::Grade(least) => {
                grade_rank(&text).zip(grade_rank(least)).is_some_and(|(value, least)| value <= least)
            }
        }
    }
}

/// Whole years from one day to another; whoever is born on 29 February turns on 1 March.
pub(crate) fn age(born: Date, today: Date) -> i16 {
    let had_birthday = (today.month(), today.day()) >= (born.month(), born.day());
    today.year() - born.year() - i16::from(!had_birthday)
}

/// The day in the three places, which share UTC+8 all year.
pub(crate) fn day_of(at: UnixTime) -> Option<Date> {
    let instant = jiff::Timestamp::from_second(at.0).ok()?;
    Some(instant.to_zoned(TimeZone::fixed(offset(8))).date())
}

/// What a holder can state of `claims` in answer to `asked`: a yes for each predicate that holds and that
/// the claims do not say themselves.
pub(crate) fn statable<'a>(
    asked: impl Iterator<Item = &'a str>,
    claims: &Value,
    now: UnixTime,
) -> Map<String, Value> {
    let Some(today) = day_of(now) else { return Map::new() };
    asked
        .filter(|name| claims.get(*name).is_none())
        .filter(|name| Predicate::named(name).is_some_and(|asked| asked.holds_in(claims, today)))
        .map(|name| (name.to_owned(), Value::Bool(true)))
        .collect()
}

fn birth_date(claims: &Value) -> Option<Date> {
    ["birth_date", "birthdate", "date_of_birth"].iter().find_map(|name| day(claims.get(name)?))
}

fn end_of(claims: &Value) -> Option<Date> {
    ["valid_to", "expiry_date", "valid_until"].iter().find_map(|name| {
        let value = claims.get(name)?;
        // A document of the mainland that never ends says so in words.
        if value == "长期" { Some(Date::MAX) } else { day(value) }
    })
}

fn day(value: &Value) -> Option<Date> {
    value.as_str()?.get(..10)?.parse().ok()
}

/// Hundredths of a decimal number with at most two places.
fn hundredths(text: &str) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 9 || part.len() > 2 || !is_digits(whole) || !is_digits(part) {
        return None;
    }
    let part = format!("{part:0<2}");
    Some(whole.parse::<i64>().ok()? * 100 + part.parse::<i64>().ok()?)
}

/// 0 for A+, 1 for A, 2 for A-, 3 for B+, …: the lower the better.
fn grade_rank(text: &str) -> Option<u32> {
    let mut letters = text.chars();
    let letter = letters.next().filter(char::is_ascii_uppercase)?;
    let shift = match letters.as_str() {
        "+" | "plus" => 0,
        "" => 1,
        "-" | "minus" => 2,
        _ => return None,
    };
    Some((u32::from(letter) - u32::from('A')) * 3 + shift)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn names_say_what_is_asked() {
        assert_eq!(Predicate::named("age_over_18"), Some(Predicate::AgeOver(18)));
        assert_eq!(Predicate::named("not_expired"), Some(Predicate::NotExpired));
        for value in [
            "age_over_",
            "age_over_1",
            "age_over_999",
            "age_over_xx",
            "grade",
            "_at_least_B",
            "grade_at_least_",
            "grade_at_least_x",
            "birth_date",
            "gpa_at_least_3_0_0",
        ] {
            assert_eq!(Predicate::named(value), None, "{value}");
        }
    }

    #[test]
    fn a_yes_follows_from_the_claims_and_from_nothing_else() {
        let today: Date = "2026-11-21".parse().unwrap();
        let claims = json!({
            "birth_date": "2008-11-21", "grade": "B+", "tax_grade": "A", "gpa": {"value": "3.05", "scale": "4.3"},
            "score": 88, "valid_to": "2026-11-21",
        });
        for (name, expected) in [
            ("age_over_18", true),
            ("age_over_19", false),
            ("grade_at_least_B", true),
            ("grade_at_least_Aminus", false),
            ("tax_grade_at_least_B", true),
            ("gpa_at_least_3_0", true),
            ("gpa_at_least_3_1", false),
            ("score_at_least_60", true),
            ("nothing_at_least_60", false),
            ("not_expired", true),
            ("name_document_match", false),
        ] {
            assert_eq!(Predicate::named(name).unwrap().holds_in(&claims, today), expected, "{name}");
        }
        let next: Date = "2026-11-22".parse().unwrap();
        assert!(!Predicate::NotExpired.holds_in(&claims, next));
        assert!(Predicate::NotExpired.holds_in(&json!({"valid_to": "长期"}), next));
        let leap: Date = "2008-02-29".parse().unwrap();
        assert_eq!(
            [age(leap, "2026-02-28".parse().unwrap()), age(leap, "2026-03-01".parse().unwrap())],
            [17, 18]
        );
    }
}
