//! Masks (脱敏, gba.md row 94): how a value is shown to whoever does not need to read it.
//!
//! ```text
//! 13800000000          138****0000          A123456(3)     A12****(*)
//! 44000019900101001X   440***********001X   1234567(8)     12*****(*)
//! 陈大文 · Chan Tai Man  陈** · C*** T** M**    1990-01-01     1990-**-**
//! ```
//!
//! A value whose kind nobody can tell is hidden whole: a mask that shows too much is none. What says how
//! a holding is built stays: names of members, the type and the times of the credential itself.

use serde_json::Value;

/// What stands for a value of which nothing is shown.
pub const HIDDEN: &str = "•••";

/// The same tree with every text, number and truth value behind a mask.
pub fn masked(value: &Value) -> Value {
    under("", value)
}

/// One value behind its mask, by the name of the claim that it belongs to.
pub fn masked_claim(name: &str, value: &Value) -> Value {
    under(name, value)
}

/// Free text, a title for instance, with the numbers in it masked that identify a person.
pub fn masked_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut word = String::new();
    for c in text.chars() {
        if c.is_ascii_alphanumeric() || matches!(c, '(' | ')') {
            word.push(c);
        } else {
            out.push_str(&masked_word(&std::mem::take(&mut word)));
            out.push(c);
        }
    }
    out + &masked_word(&word)
}

fn masked_word(word: &str) -> String {
    match Kind::by_form(word) {
        Some(kind) => kind.mask(word),
        None => word.to_owned(),
    }
}

fn under(name: &str, value: &Value) -> Value {
    match value {
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| match PLAIN.contains(&name.as_str()) {
                true => (name.clone(), value.clone()),
                false => (name.clone(), under(name, value)),
            })
            .collect(),
        Value::Array(items) => items.iter().map(|item| under(name, item)).collect(),
        Value::Null => Value::Null,
        Value::String(text) => Kind::of(name, text).map_or_else(|| HIDDEN.into(), |k| k.mask(text).into()),
        Value::Bool(_) | Value::Number(_) => HIDDEN.into(),
    }
}

/// The kinds of values that have a mask of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Long numbers: a mainland identity number, a unified social credit code, an account.
    LongNumber,
    /// A mainland mobile number.
    Mobile,
    /// A Hong Kong identity card number.
    Hkid,
    /// A Macao identity card number.
    MacaoId,
    /// Numbers of seven to eleven characters: permits, business registrations, telephones.
    ShortNumber,
    Name,
    Address,
    Email,
    Date,
}

impl Kind {
    /// What a value is, by the name of its claim where that tells, else by its form.
    fn of(name: &str, text: &str) -> Option<Self> {
        if let Some(kind) = Self::by_form(text) {
            return Some(kind);
        }
        let ends = |ends: &[&str]| ends.iter().any(|end| name == *end || name.ends_with(&format!("_{end}")));
        let has_zone = |zones: &[&str]| zones.iter().any(|zone| name.ends_with(&format!("_{zone}")));
        if ends(&["name", "holder", "representative", "guardian"])
            || (name.contains("name") && has_zone(&["zh", "latin", "en", "pt", "hans", "hant"]))
        {
            return Some(Self::Name);
        }
        if ends(&["address", "domicile", "residence"]) {
            return Some(Self::Address);
        }
        if is_date(text) {
            return Some(Self::Date);
        }
        let is_number = ends(&["no", "number", "code", "phone", "tel", "mobile", "id", "brn"]);
        match text.chars().count() {
            12.. if is_number => Some(Self::LongNumber),
            7..=11 if is_number => Some(Self::ShortNumber),
            _ => None,
        }
    }

    /// What a value is by its form alone: only forms that nothing else has.
    fn by_form(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let digits = |part: &[u8]| part.iter().all(u8::is_ascii_digit);
        match bytes {
            [first @ b'1'..=b'9', middle @ .., last] if bytes.len() == 18 && digits(middle) => {
                (first.is_ascii_digit() && (last.is_ascii_digit() || matches!(last, b'X' | b'x')))
                    .then_some(Self::LongNumber)
            }
            [b'1', b'3'..=b'9', rest @ ..] if bytes.len() == 11 && digits(rest) => Some(Self::Mobile),
            [rest @ .., b'(', check, b')'] => parenthesised(rest, *check),
            _ if is_email(text) => Some(Self::Email),
            _ if bytes.len() == 18 && is_credit_code(bytes) => Some(Self::LongNumber),
            _ => None,
        }
    }

    fn mask(self, text: &str) -> String {
        match self {
            Self::LongNumber => keep(text, 3, 4),
            Self::Mobile => keep(text, 3, 4),
            Self::Hkid => bracketed(text, 3),
            Self::MacaoId => bracketed(text, 2),
            Self::ShortNumber => keep(text, 2, 2),
            Self::Name => text.split(' ').map(mask_name).collect::<Vec<_>>().join(" "),
            Self::Address if text.is_ascii() => stars(4),
            Self::Address => text.chars().take(3).chain(stars(4).chars()).collect(),
            Self::Email => {
                let (user, host) = text.split_once('@').unwrap_or((text, ""));
                format!("{}@{host}", keep(user, 1, 0))
            }
            Self::Date => text.get(..4).map_or_else(|| HIDDEN.to_owned(), |year| format!("{year}-**-**")),
        }
    }
}

/// The first and last characters, a star for each other; all stars where nothing would be hidden.
fn keep(text: &str, first: usize, last: usize) -> String {
    let count = text.chars().count();
    if count <= first + last {
        return stars(count);
    }
    let shown = |at: usize| at < first || at >= count - last;
    text.chars().enumerate().map(|(at, c)| if shown(at) { c } else { '*' }).collect()
}

/// `A123456(3)`: so many characters of the number; its check character too is a mask.
fn bracketed(text: &str, first: usize) -> String {
    let number = text.split('(').next().unwrap_or_default();
    format!("{}(*)", keep(number, first, 0))
}

/// The first letter of a word; a comma or full stop behind it stays.
fn mask_name(word: &str) -> String {
    let end = if word.ends_with([',', '.', '，']) { word.chars().next_back() } else { None };
    let count = word.chars().count() - usize::from(end.is_some());
    let name: String = word.chars().take(count).collect();
    // One character alone would be shown whole; what comes after the first is hidden, if it is only one.
    let masked = if count <= 1 { stars(count) } else { keep(&name, 1, 0) };
    masked.chars().chain(end).collect()
}

fn stars(count: usize) -> String {
    "*".repeat(count)
}

fn parenthesised(number: &[u8], check: u8) -> Option<Kind> {
    let letters = number.iter().take_while(|byte| byte.is_ascii_uppercase()).count();
    let (head, digits) = number.split_at_checked(letters)?;
    let all_digits = digits.iter().all(u8::is_ascii_digit);
    match (head.len(), digits.len()) {
        (1 | 2, 6) if all_digits && check.is_ascii_alphanumeric() => Some(Kind::Hkid),
        (0, 7) if all_digits && check.is_ascii_digit() => Some(Kind::MacaoId),
        _ => None,
    }
}

/// Registration authority, entity type, six digits of a region, nine of an organisation, one check.
fn is_credit_code(bytes: &[u8]) -> bool {
    bytes.iter().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
        && bytes.iter().skip(2).take(6).all(u8::is_ascii_digit)
        && bytes.iter().any(u8::is_ascii_digit)
}

fn is_email(text: &str) -> bool {
    let parts = text.split_once('@');
    parts.is_some_and(|(user, host)| !user.is_empty() && host.contains('.') && !text.contains(' '))
}

/// `YYYY-MM-DD` and what follows.
fn is_date(text: &str) -> bool {
    let form =
        |(at, byte): (usize, &u8)| if matches!(at, 4 | 7) { *byte == b'-' } else { byte.is_ascii_digit() };
    text.len() >= 10 && text.as_bytes().iter().take(10).enumerate().all(form)
}

/// Members that say what kind of thing it is, not about whom.
const PLAIN: [&str; 5] = ["vct", "iat", "exp", "nbf", "resourceType"];

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn gba_row_94_each_kind_has_its_mask() {
        for (name, value, expected) in [
            ("phone", "13800000000", "138****0000"),
            ("id_number", "44000019900101001X", "440***********001X"),
            ("anything", "44000019900101001X", "440***********001X"),
            ("uscc", "91440300MA0000A00A", "914***********A00A"),
            ("hkid", "A123456(3)", "A12****(*)"),
            ("hkid", "XX123456(0)", "XX1*****(*)"),
            ("bir", "1234567(8)", "12*****(*)"),
            ("permit_no", "H00000001", "H0*****01"),
            ("brn", "00000001", "00****01"),
            ("name", "陈大文", "陈**"),
            ("name", "陳", "*"),
            ("name_latin", "CHAN, Tai Man", "C***, T** M**"),
            ("birth_date", "1990-01-01", "1990-**-**"),
            ("address", "广东省示例市示例路0号", "广东省****"),
            ("address", "1 Sample Road, Hong Kong", "****"),
            ("email", "somebody@example.invalid", "s*******@example.invalid"),
            ("diagnosis", "asthma", HIDDEN),
            ("note_no", "12", HIDDEN),
        ] {
            assert_eq!(masked_claim(name, &json!(value)), json!(expected), "{name}: {value}");
        }
    }

    #[test]
    fn gba_row_94_no_value_shines_through_a_tree() {
        let claims =
            json!({"vct": "urn:x", "secret": "陈大文", "list": [1, {"a": true, "b": null}], "empty": {}});
        let expected =
            json!({"vct": "urn:x", "secret": "•••", "list": ["•••", {"a": "•••", "b": null}], "empty": {}});
        assert_eq!(masked(&claims), expected);
    }

    #[test]
    fn numbers_in_a_title_are_masked_and_its_words_stay() {
        assert_eq!(masked_text("身份证 44000019900101001X（旧）"), "身份证 440***********001X（旧）");
        assert_eq!(masked_text("HKID A123456(3), 13800000000"), "HKID A12****(*), 138****0000");
        assert_eq!(masked_text("Transcript 2026 (copy)"), "Transcript 2026 (copy)");
    }
}
