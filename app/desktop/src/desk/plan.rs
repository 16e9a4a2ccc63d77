//! A plan of care and an advance directive, each in one line: what is wished or planned, how it stands, since
//! when. They are read only in a form of which everything that could turn the sense around is said; in any
//! other the section is shown as it is.
//!
//! Source: HL7 FHIR R4, CarePlan and Consent.

use chop_core::notice::Words;
use serde_json::Value;

use super::coded::standing;
use super::section::{Unread, all, concept, day, is_none_or_false, list, period, said, text};

/// What a person wishes to be done or left undone.
pub(super) fn directive(resource: &Value, words: &Words) -> Result<String, Unread> {
    only(resource, &[&COMMON, &DIRECTIVE])?;
    let mut parts = all(resource, "category")?;
    if let Some(provision) = resource.get("provision") {
        only(provision, &[&PROVISION])?;
        let way = provision.get("type").map(|way| standing(words, "Consent", "provision", way));
        parts.extend(way.transpose()?);
        parts.extend(all(provision, "code")?);
        parts.extend(provision.get("period").map(|of| period(of).ok_or(Unread)).transpose()?);
    }
    // Of a directive that says nothing but that there is one, a line would say less than nothing.
    if parts.is_empty() {
        return Err(Unread);
    }
    parts.extend(resource.get("scope").map(|scope| concept(scope).ok_or(Unread)).transpose()?);
    parts.push(standing(words, "Consent", "status", resource.get("status").ok_or(Unread)?)?);
    parts.extend(text(resource, "dateTime").map(day));
    Ok(parts.join(" · "))
}

/// What is planned, with each thing to be done and what came of it.
pub(super) fn care(resource: &Value, words: &Words) -> Result<String, Unread> {
    only(resource, &[&COMMON, &CARE])?;
    let mut parts = all(resource, "category")?;
    parts.extend(["title", "description"].iter().filter_map(|key| text(resource, key)).map(str::to_owned));
    for activity in list(resource, "activity") {
        parts.push(step(activity, words)?);
    }
    parts.extend(notes(resource, "note")?);
    if parts.is_empty() {
        return Err(Unread);
    }
    parts.push(standing(words, "CarePlan", "status", resource.get("status").ok_or(Unread)?)?);
    parts.extend(resource.get("period").map(|of| period(of).ok_or(Unread)).transpose()?);
    Ok(parts.join(" · "))
}

fn step(activity: &Value, words: &Words) -> Result<String, Unread> {
    only(activity, &[&STEP])?;
    let detail = activity.get("detail").ok_or(Unread)?;
    only(detail, &[&DETAIL])?;
    if !is_none_or_false(detail.get("doNotPerform")) {
        return Err(Unread);
    }
    let own = || text(detail, "description").map(str::to_owned);
    let what = detail.get("code").and_then(concept).or_else(own).ok_or(Unread)?;
    let mut how = vec![standing(words, "CarePlan", "status", detail.get("status").ok_or(Unread)?)?];
    how.extend(detail.get("statusReason").map(said).transpose()?);
    how.extend(all(activity, "outcomeCodeableConcept")?);
    how.extend(notes(activity, "progress")?);
    Ok(format!("{what} ({})", how.join(", ")))
}

fn notes(resource: &Value, key: &str) -> Result<Vec<String>, Unread> {
    list(resource, key).iter().map(|note| text(note, "text").map(str::to_owned).ok_or(Unread)).collect()
}

/// Whether nothing is said but under these names.
fn only(value: &Value, names: &[&[&str]]) -> Result<(), Unread> {
    let members = value.as_object().ok_or(Unread)?;
    let is_known = |key: &String| names.iter().any(|names| names.contains(&key.as_str()));
    members.keys().all(is_known).then_some(()).ok_or(Unread)
}

/// What every resource may say of itself, and whom it is about.
const COMMON: [&str; 8] =
    ["resourceType", "id", "meta", "text", "language", "identifier", "status", "doNotPerform"];
/// Who wrote it and by which rule: it stands in the whole.
const DIRECTIVE: [&str; 10] = [
    "scope",
    "category",
    "patient",
    "dateTime",
    "performer",
    "organization",
    "sourceReference",
    "sourceAttachment",
    "policyRule",
    "provision",
];
const PROVISION: [&str; 3] = ["type", "period", "code"];
/// As above, and from which plan it came. Goals are not here: they are more than a line.
const CARE: [&str; 16] = [
    "basedOn",
    "replaces",
    "partOf",
    "intent",
    "category",
    "title",
    "description",
    "subject",
    "encounter",
    "period",
    "created",
    "author",
    "careTeam",
    "addresses",
    "activity",
    "note",
];
const STEP: [&str; 3] = ["detail", "outcomeCodeableConcept", "progress"];
/// Doses and places are left out, as everywhere in these lines.
const DETAIL: [&str; 9] = [
    "kind",
    "code",
    "description",
    "status",
    "statusReason",
    "doNotPerform",
    "scheduledTiming",
    "scheduledPeriod",
    "location",
];
