//! Whom a summary is about, in lines: the name with sex and day of birth, numbers, how to reach them, whom to
//! call. Marital status, languages and the like stand in the whole beside them.
//!
//! Source: HL7 FHIR R4, Patient.

use chop_core::notice::{Words, isolate};
use serde_json::Value;

use super::coded::standing;
use super::section::{Unread, is_none_or_false, list};

pub(super) fn lines(patient: &Value, words: &Words) -> Result<Vec<String>, Unread> {
    // A record that another one replaced, or of somebody who died, is not read as one of a living person.
    let is_turned = TURNS.iter().any(|key| !is_none_or_false(patient.get(*key)));
    if is_turned || !list(patient, "link")?.is_empty() || patient.get("active") == Some(&Value::Bool(false)) {
        return Err(Unread);
    }
    let mut names = list(patient, "name")?.iter().map(name).collect::<Result<Vec<_>, _>>()?.into_iter();
    let mut first: Vec<String> = names.next().into_iter().collect();
    let sex = patient.get("gender").map(|sex| standing(words, "Patient", "gender", sex));
    first.extend(sex.transpose()?);
    first.extend(string(patient, "birthDate")?);
    let mut lines = vec![first.join(" · ")];
    // In one line, two names would read as those of two people.
    lines.extend(names);
    let said = |key: &str, value: &str| {
        let value = isolate(value);
        words.say_with(&format!("fhir-label-{key}"), &[("value", value.into())]).map_err(|_| Unread)
    };
    for number in list(patient, "identifier")? {
        lines.push(said("identifier", &value(number, &NUMBERS)?)?);
    }
    for way in list(patient, "telecom")? {
        lines.push(said("telecom", &value(way, &WAYS)?)?);
    }
    for place in list(patient, "address")? {
        lines.push(said("address", &address(place)?)?);
    }
    for person in list(patient, "contact")? {
        has_no_end(person)?;
        let mut who: Vec<String> = person.get("name").map(name).transpose()?.into_iter().collect();
        for way in list(person, "telecom")? {
            who.push(value(way, &WAYS)?);
        }
        if who.is_empty() {
            return Err(Unread);
        }
        lines.push(said("contact", &who.join(" · "))?);
    }
    lines.retain(|line| !line.is_empty());
    Ok(lines)
}

/// A name as its owner writes it, else its parts.
fn name(name: &Value) -> Result<String, Unread> {
    in_use(name, &NAMES)?;
    if let Some(whole) = string(name, "text")?.filter(|whole| !whole.trim().is_empty()) {
        return Ok(whole);
    }
    let mut parts = strings(name, "given")?;
    parts.extend(string(name, "family")?);
    joined(&parts, " ")
}

fn address(place: &Value) -> Result<String, Unread> {
    in_use(place, &PLACES)?;
    if let Some(whole) = string(place, "text")?.filter(|whole| !whole.trim().is_empty()) {
        return Ok(whole);
    }
    let mut parts = strings(place, "line")?;
    for key in ["district", "city", "state", "postalCode", "country"] {
        parts.extend(string(place, key)?);
    }
    joined(&parts, ", ")
}

/// The value of a number or of a way to reach somebody.
fn value(one: &Value, uses: &[&str]) -> Result<String, Unread> {
    in_use(one, uses)?;
    string(one, "value")?.filter(|value| !value.trim().is_empty()).ok_or(Unread)
}

/// What it is used for turns the sense around: a name of old is not the name.
fn in_use(one: &Value, uses: &[&str]) -> Result<(), Unread> {
    let is_said = string(one, "use")?.is_none_or(|use_| uses.contains(&use_.as_str()));
    is_said.then_some(()).ok_or(Unread)?;
    has_no_end(one)
}

/// What ended, or will, is shown with its end and not as what holds: a former name, an old address.
fn has_no_end(one: &Value) -> Result<(), Unread> {
    let Some(period) = one.get("period") else { return Ok(()) };
    let members = period.as_object().ok_or(Unread)?;
    let is_open = !members.keys().any(|key| key.trim_start_matches('_') == "end");
    is_open.then_some(()).ok_or(Unread)
}

fn joined(parts: &[String], between: &str) -> Result<String, Unread> {
    let whole = parts.join(between);
    let is_blank = parts.iter().all(|part| part.trim().is_empty());
    (!is_blank).then_some(whole).ok_or(Unread)
}

/// A text that may be missing, but not be something else.
fn string(value: &Value, key: &str) -> Result<Option<String>, Unread> {
    value.get(key).map(|value| value.as_str().map(str::to_owned).ok_or(Unread)).transpose()
}

fn strings(value: &Value, key: &str) -> Result<Vec<String>, Unread> {
    list(value, key)?.iter().map(|one| one.as_str().map(str::to_owned).ok_or(Unread)).collect()
}

/// What may be said without saying what it is used for.
const NAMES: [&str; 2] = ["official", "usual"];
const NUMBERS: [&str; 3] = ["official", "usual", "secondary"];
const WAYS: [&str; 3] = ["home", "work", "mobile"];
const PLACES: [&str; 2] = ["home", "work"];
const TURNS: [&str; 4] = ["modifierExtension", "implicitRules", "deceasedBoolean", "deceasedDateTime"];

#[cfg(test)]
mod tests {
    use chop_core::plumbing::model::Lang;
    use serde_json::json;

    use super::*;

    fn of(patient: &Value) -> Option<Vec<String>> {
        lines(patient, &Words::of(Lang::En).unwrap()).ok()
    }

    #[test]
    fn what_has_an_end_is_not_read_as_what_holds() {
        let members = [
            ("name", json!({ "text": "Ana Lam" })),
            ("identifier", json!({ "value": "1" })),
            ("telecom", json!({ "value": "1" })),
            ("address", json!({ "text": "Macau" })),
            ("contact", json!({ "name": { "text": "Rui Lam" } })),
        ];
        for (key, mut one) in members {
            one["period"] = json!({ "start": "2010-05-01" });
            assert!(of(&json!({ key: [one] })).is_some(), "{key}");
            for ended in [json!({ "end": "2019-05-01" }), json!({ "_end": {} }), json!("2019"), json!(null)] {
                one["period"] = ended;
                assert_eq!(of(&json!({ key: [one] })), None, "{one}");
            }
        }
    }

    #[test]
    fn what_is_old_or_for_a_time_or_of_no_known_use_is_not_read() {
        let members = [
            (
                "name",
                json!({ "text": "Ana Lam" }),
                &NAMES[..],
                &["temp", "nickname", "anonymous", "maiden"][..],
            ),
            ("identifier", json!({ "value": "1" }), &NUMBERS[..], &["temp"][..]),
            ("telecom", json!({ "value": "1" }), &WAYS[..], &["temp"][..]),
            ("address", json!({ "text": "Macau" }), &PLACES[..], &["temp", "billing"][..]),
        ];
        for (key, mut one, said, unread) in members {
            assert!(of(&json!({ key: [one] })).is_some(), "{key}");
            for used in said {
                one["use"] = json!(used);
                assert!(of(&json!({ key: [one] })).is_some(), "{key} {used}");
            }
            for used in unread.iter().map(|used| json!(used)).chain([json!("old"), json!("later"), json!(1)])
            {
                one["use"] = used;
                assert_eq!(of(&json!({ key: [one] })), None, "{key} {one}");
            }
        }
        for (key, used) in [("name", "old"), ("telecom", "old")] {
            let one = json!({ "text": "Ana Lam", "value": "1", "use": used });
            let list = json!([one]);
            let contact = json!({ "contact": [{ key: if key == "name" { &one } else { &list } }] });
            assert_eq!(of(&contact), None, "{contact}");
        }
    }

    #[test]
    fn a_name_that_cannot_be_read_is_not_skipped_and_two_are_two_lines() {
        let ana = json!({ "text": "Ana Lam" });
        let two = json!({ "name": [ana, { "given": ["Ana", "Rosa"], "family": "Lam" }], "gender": "female" });
        assert_eq!(of(&two).unwrap(), ["Ana Lam · female", "Ana Rosa Lam"]);
        for unread in [
            json!({ "name": [ana, {}] }),
            json!({ "name": [ana, { "given": "Rosa" }] }),
            json!({ "name": [ana, { "given": [1], "family": "Lam" }] }),
            json!({ "name": [ana, { "family": " " }] }),
            json!({ "name": ana }),
            json!({ "name": [ana], "telecom": { "value": "1" } }),
            json!({ "name": [ana], "link": {} }),
            json!({ "contact": [{ "name": {}, "telecom": [{ "value": "1" }] }] }),
            json!({ "contact": [{ "name": ana, "telecom": [{}] }] }),
        ] {
            assert_eq!(of(&unread), None, "{unread}");
        }
    }

    #[test]
    fn text_of_others_cannot_reorder_the_words_around_it() {
        let turned = json!({ "identifier": [{ "value": "12\u{202e}34\nContact: 1" }] });
        assert_eq!(of(&turned).unwrap(), ["Number: \u{2068}1234 Contact: 1\u{2069}"]);
    }
}
