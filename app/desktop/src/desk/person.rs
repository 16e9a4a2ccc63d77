//! Whom a summary is about, in lines: the name with sex and day of birth, numbers, how to reach them, whom to
//! call. Marital status, languages and the like stand in the whole beside them.
//!
//! Source: HL7 FHIR R4, Patient.

use chop_core::notice::Words;
use serde_json::Value;

use super::coded::standing;
use super::section::{Unread, is_none_or_false, list, text};

pub(super) fn lines(patient: &Value, words: &Words) -> Result<Vec<String>, Unread> {
    // A record that another one replaced, or of somebody who died, is not read as one of a living person.
    let is_turned = TURNS.iter().any(|key| !is_none_or_false(patient.get(*key)));
    if is_turned || !list(patient, "link").is_empty() || patient.get("active") == Some(&Value::Bool(false)) {
        return Err(Unread);
    }
    let mut first: Vec<String> = list(patient, "name").iter().filter_map(name).collect();
    let sex = patient.get("gender").map(|sex| standing(words, "Patient", "gender", sex));
    first.extend(sex.transpose()?);
    first.extend(text(patient, "birthDate").map(str::to_owned));
    let mut lines = vec![first.join(" · ")];
    let said = |key: &str, value: Option<String>| match value {
        Some(value) => {
            words.say_with(&format!("fhir-label-{key}"), &[("value", value.into())]).map_err(|_| Unread)
        }
        None => Err(Unread),
    };
    for number in list(patient, "identifier") {
        lines.push(said("identifier", text(number, "value").map(str::to_owned))?);
    }
    for way in list(patient, "telecom") {
        lines.push(said("telecom", text(way, "value").map(str::to_owned))?);
    }
    for place in list(patient, "address") {
        lines.push(said("address", address(place))?);
    }
    for person in list(patient, "contact") {
        let ways = list(person, "telecom").iter().filter_map(|way| text(way, "value")).map(str::to_owned);
        let who: Vec<String> = person.get("name").and_then(name).into_iter().chain(ways).collect();
        lines.push(said("contact", (!who.is_empty()).then(|| who.join(" · ")))?);
    }
    lines.retain(|line| !line.is_empty());
    Ok(lines)
}

/// A name as its owner writes it, else its parts.
fn name(name: &Value) -> Option<String> {
    if let Some(whole) = text(name, "text").filter(|whole| !whole.trim().is_empty()) {
        return Some(whole.to_owned());
    }
    let given = list(name, "given").iter().filter_map(Value::as_str);
    let parts: Vec<&str> = given.chain(text(name, "family")).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

fn address(place: &Value) -> Option<String> {
    if let Some(whole) = text(place, "text") {
        return Some(whole.to_owned());
    }
    let street = list(place, "line").iter().filter_map(Value::as_str);
    let rest = ["district", "city", "state", "postalCode", "country"];
    let parts: Vec<&str> = street.chain(rest.iter().filter_map(|key| text(place, key))).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

const TURNS: [&str; 4] = ["modifierExtension", "implicitRules", "deceasedBoolean", "deceasedDateTime"];
