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
    parts.extend(resource.get("policyRule").map(form).transpose()?);
    parts.extend(resource.get("scope").map(|scope| concept(scope).ok_or(Unread)).transpose()?);
    parts.push(standing(words, "Consent", "status", resource.get("status").ok_or(Unread)?)?);
    parts.extend(text(resource, "dateTime").map(day));
    Ok(parts.join(" · "))
}

/// The rule that it was given under, where that is a form of consent. Any other may be the rule to which the
/// provision is the exception: under an opt-out, what the provision names is not wished but excepted.
fn form(rule: &Value) -> Result<String, Unread> {
    let is_form = |one: &Value| text(one, "system") == Some(RULES) && text(one, "code") == Some(COMMON_RULE);
    let codes = list(rule, "coding")?;
    if codes.is_empty() || !codes.iter().all(is_form) {
        return Err(Unread);
    }
    concept(rule).ok_or(Unread)
}

/// What is planned, with each thing to be done and what came of it.
pub(super) fn care(resource: &Value, words: &Words) -> Result<String, Unread> {
    only(resource, &[&COMMON, &CARE])?;
    // What is only proposed, or one of several ways, is not planned.
    if !text(resource, "intent").is_some_and(|intent| INTENTS.contains(&intent)) {
        return Err(Unread);
    }
    let mut parts = all(resource, "category")?;
    for key in ["title", "description"] {
        parts.extend(own_words(resource, key)?);
    }
    for activity in list(resource, "activity")? {
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
    let code = detail.get("code").map(|code| concept(code).ok_or(Unread)).transpose()?;
    let what: Vec<String> = code.into_iter().chain(own_words(detail, "description")?).collect();
    if what.is_empty() {
        return Err(Unread);
    }
    let mut how = vec![standing(words, "CarePlan", "status", detail.get("status").ok_or(Unread)?)?];
    how.extend(detail.get("statusReason").map(said).transpose()?);
    how.extend(all(activity, "outcomeCodeableConcept")?);
    how.extend(notes(activity, "progress")?);
    Ok(format!("{} ({})", what.join(", "), how.join(", ")))
}

fn notes(resource: &Value, key: &str) -> Result<Vec<String>, Unread> {
    list(resource, key)?.iter().map(|note| text(note, "text").map(str::to_owned).ok_or(Unread)).collect()
}

/// Words that may be missing, but not be something else.
fn own_words(value: &Value, key: &str) -> Result<Option<String>, Unread> {
    let words = value.get(key).map(|words| words.as_str().filter(|words| !words.trim().is_empty()));
    words.map(|words| words.map(str::to_owned).ok_or(Unread)).transpose()
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
/// Who wrote it stands in the whole.
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
const RULES: &str = "http://terminology.hl7.org/CodeSystem/consentpolicycodes";
/// Common Rule Informed Consent: how consent is given, and nothing of what holds without it.
const COMMON_RULE: &str = "cric";
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
const INTENTS: [&str; 2] = ["plan", "order"];
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

#[cfg(test)]
mod tests {
    use chop_core::plumbing::model::Lang;
    use serde_json::json;

    use super::*;

    fn with(mut one: Value, more: &Value) -> Value {
        one.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        one
    }

    #[test]
    fn a_directive_under_a_rule_that_may_turn_it_is_not_read() {
        let words = Words::of(Lang::En).unwrap();
        let of = |more: Value| {
            let one = json!({ "resourceType": "Consent", "status": "active",
                "provision": { "code": [{ "text": "Resuscitation" }] } });
            directive(&with(one, &more), &words).ok()
        };
        assert_eq!(of(json!({})).unwrap(), "Resuscitation · active");
        let act = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
        for rule in [
            json!({ "coding": [{ "system": act, "code": "OPTOUT" }] }),
            json!({ "coding": [{ "system": act, "code": "OPTIN" }] }),
            json!({ "coding": [{ "system": act, "code": "cric" }] }),
            json!({ "coding": [{ "system": RULES, "code": "cric" }, { "system": act, "code": "OPTOUT" }] }),
            json!({ "text": "opt-out" }),
            json!({ "coding": [] }),
            json!({}),
        ] {
            assert_eq!(of(json!({ "policyRule": rule })), None, "{rule}");
        }
        let common = json!({ "policyRule": { "coding": [{ "system": RULES, "code": "cric" }] } });
        assert_eq!(of(common).unwrap(), "Resuscitation · cric · active");
    }

    #[test]
    fn only_what_is_planned_or_ordered_is_said_as_a_plan() {
        let words = Words::of(Lang::En).unwrap();
        let of = |more: Value| {
            let one = json!({ "resourceType": "CarePlan", "status": "active", "title": "Diet" });
            care(&with(one, &more), &words).ok()
        };
        for intent in ["plan", "order"] {
            assert_eq!(of(json!({ "intent": intent })).unwrap(), "Diet · active");
        }
        for turned in [
            json!({}),
            json!({ "intent": "proposal" }),
            json!({ "intent": "option" }),
            json!({ "intent": 1 }),
            json!({ "intent": "plan", "activity": {} }),
            json!({ "intent": "plan", "description": 1 }),
        ] {
            assert_eq!(of(turned.clone()), None, "{turned}");
        }
    }

    #[test]
    fn an_activity_says_its_code_and_its_description() {
        let words = Words::of(Lang::En).unwrap();
        let of = |detail: Value| step(&json!({ "detail": detail }), &words).ok();
        let both =
            json!({ "status": "active", "code": { "text": "Warfarin" }, "description": "stop on Monday" });
        assert_eq!(of(both).unwrap(), "Warfarin, stop on Monday (active)");
        let own = json!({ "status": "active", "description": "Fast" });
        assert_eq!(of(own).unwrap(), "Fast (active)");
        for unread in [
            json!({ "status": "active" }),
            json!({ "status": "active", "code": {}, "description": "Fast" }),
            json!({ "status": "active", "code": { "text": "Diet" }, "description": ["Fast"] }),
        ] {
            assert_eq!(of(unread.clone()), None, "{unread}");
        }
    }
}
