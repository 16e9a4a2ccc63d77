//! Codes whose meaning HL7 fixed, in the reader's words: `clinicalStatus`, `verificationStatus`, `status` and
//! the like. A code that is not known here stays as it is.
//!
//! Source: HL7 FHIR R4, the value sets that these elements are bound to (section 4.1.5, "required");
//! `Condition.severity` is bound to three codes of SNOMED CT, by preference.

use chop_core::notice::Words;
use serde_json::Value;

use super::section::{Unread, concept, list, text};

/// A code or a concept that stands under `key` of a resource of this kind.
pub(super) fn standing(words: &Words, kind: &str, key: &str, value: &Value) -> Result<String, Unread> {
    match value.as_str() {
        Some(code) => Ok(said(words, kind, key, code).unwrap_or_else(|| code.to_owned())),
        None => of_concept(words, kind, key, value).ok_or(Unread),
    }
}

/// The reader's word for a code; what the author wrote beside it, where that is more than the code again.
fn of_concept(words: &Words, kind: &str, key: &str, value: &Value) -> Option<String> {
    let known = list(value, "coding").ok()?.iter().find_map(|coding| {
        let code = code_of(text(coding, "system")?, text(coding, "code")?)?;
        Some((said(words, kind, key, code)?, coding))
    });
    let Some((word, coding)) = known else { return concept(value) };
    let same = |own: &str| {
        let is = |other: &str| own.trim().eq_ignore_ascii_case(other.trim());
        own.trim().is_empty()
            || is(&word)
            || ["code", "display"].iter().any(|key| text(coding, key).is_some_and(is))
    };
    Some(match text(value, "text").filter(|own| !same(own)) {
        Some(own) => format!("{word} ({own})"),
        None => word,
    })
}

/// A code by the name that FHIR has for it; nothing for one of a system that is not closed.
fn code_of<'c>(system: &str, code: &'c str) -> Option<&'c str> {
    match system {
        SNOMED => SEVERITIES.iter().find(|(concept, _)| *concept == code).map(|(_, severity)| *severity),
        _ => CLOSED.iter().any(|name| system.strip_prefix(HL7) == Some(name)).then_some(code),
    }
}

/// The word for a code, as this kind of resource says it, else as all do.
fn said(words: &Words, kind: &str, key: &str, code: &str) -> Option<String> {
    // The key of a word is made of what somebody sent: of nothing but a code.
    if !code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-') {
        return None;
    }
    let keys = [format!("fhir-{key}-{kind}-{code}"), format!("fhir-{key}-{code}")];
    keys.iter().find(|key| words.knows(key)).and_then(|key| words.say(key).ok())
}

const HL7: &str = "http://terminology.hl7.org/CodeSystem/";
const CLOSED: [&str; 5] = [
    "allergyintolerance-clinical",
    "allergyintolerance-verification",
    "condition-clinical",
    "condition-ver-status",
    "list-empty-reason",
];
const SNOMED: &str = "http://snomed.info/sct";
const SEVERITIES: [(&str, &str); 3] =
    [("255604002", "mild"), ("6736007", "moderate"), ("24484000", "severe")];
