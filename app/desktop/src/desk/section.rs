//! A section of a patient summary in lines that a clerk can read: what, how it stands, since when. They leave
//! much out, so the whole stays beside them.
//!
//! Source: HL7 FHIR R4, resources of the International Patient Summary 2.0.

use serde_json::Value;

/// One line for each entry of a section of the summary; nothing for what is no section of one.
pub(super) fn lines(claim: &Value) -> Option<Vec<String>> {
    let entries = claim.get("resources")?.as_array()?;
    let resources: Vec<&Value> = entries.iter().map(|entry| entry.get("resource").unwrap_or(entry)).collect();
    let named: Vec<String> = resources.iter().filter_map(|resource| line(resource, entries)).collect();
    (!named.is_empty()).then_some(named)
}

fn line(resource: &Value, entries: &[Value]) -> Option<String> {
    let what = CONCEPTS.iter().find_map(|key| concept(resource.get(key)?));
    let what = what.or_else(|| referred(resource, entries))?;
    // What another entry only refers to is said there.
    if resource.get("resourceType")?.as_str()? == "Medication" {
        return None;
    }
    let value = quantity(resource).or_else(|| concept(resource.get("valueCodeableConcept")?));
    let stands = STANDINGS.iter().filter_map(|key| resource.get(key).and_then(said));
    let since = TIMES.iter().find_map(|key| said(resource.get(key)?));
    let reactions = resource.get("reaction").and_then(Value::as_array).into_iter().flatten();
    let reactions =
        reactions.filter_map(|one| one.get("manifestation")?.as_array()?.iter().find_map(concept));
    let parts = [what].into_iter().chain(value).chain(reactions).chain(stands).chain(since);
    Some(parts.collect::<Vec<_>>().join(" · "))
}

/// A medicine is often an entry of its own that the statement refers to.
fn referred(resource: &Value, entries: &[Value]) -> Option<String> {
    let reference = resource.get("medicationReference")?.get("reference")?.as_str()?;
    let entry = entries.iter().find(|one| one.get("fullUrl").and_then(Value::as_str) == Some(reference))?;
    concept(entry.get("resource")?.get("code")?)
}

/// `CodeableConcept`: its text, else the first display.
fn concept(value: &Value) -> Option<String> {
    let display = || value.get("coding")?.as_array()?.iter().find_map(|one| one.get("display")?.as_str());
    let text = value.get("text").and_then(Value::as_str).or_else(display)?;
    Some(text.to_owned())
}

/// A code, a date, or the words of a concept.
fn said(value: &Value) -> Option<String> {
    let code = || value.get("coding")?.as_array()?.first()?.get("code")?.as_str().map(str::to_owned);
    let start = || value.get("start")?.as_str().map(str::to_owned);
    let text = value.as_str().map(|text| text.split('T').next().unwrap_or(text).to_owned());
    text.or_else(|| concept(value)).or_else(code).or_else(start)
}

fn quantity(resource: &Value) -> Option<String> {
    let quantity = resource.get("valueQuantity")?;
    let unit = quantity.get("unit").and_then(Value::as_str).unwrap_or_default();
    Some(format!("{} {unit}", quantity.get("value")?).trim_end().to_owned())
}

/// Where a resource says what it is about.
const CONCEPTS: [&str; 4] = ["code", "medicationCodeableConcept", "vaccineCode", "type"];
/// Where it says how that stands.
const STANDINGS: [&str; 5] = ["clinicalStatus", "verificationStatus", "criticality", "severity", "status"];
/// Where it says since when.
const TIMES: [&str; 6] = [
    "onsetDateTime",
    "effectivePeriod",
    "effectiveDateTime",
    "performedDateTime",
    "occurrenceDateTime",
    "date",
];

#[cfg(test)]
mod tests {
    use chop_core::plumbing::formats::ips::IpsBundle;
    use chop_core::samples;
    use serde_json::json;

    use super::*;

    #[test]
    fn a_section_reads_as_what_how_it_stands_and_since_when() {
        let claims = IpsBundle::read(samples::PATIENT_SUMMARY).unwrap().as_claims();
        let allergies = lines(claims.get("48765-2").unwrap()).unwrap();
        let penicillin = "Substance with penicillin structure (substance) · active · confirmed · high · 2010";
        assert_eq!(allergies, [penicillin, "No known food allergy (situation) · active"]);
        let medicines = lines(claims.get("10160-0").unwrap()).unwrap();
        assert!(medicines.iter().all(|line| line.contains(" · active")), "{medicines:?}");
        assert!(medicines.iter().any(|line| line.ends_with("2015-03")), "{medicines:?}");
    }

    #[test]
    fn what_is_no_section_is_left_as_it_is() {
        for other in [
            json!("text"),
            json!({ "resources": 1 }),
            json!({ "resources": [] }),
            json!({ "resources": [{}] }),
        ] {
            assert_eq!(lines(&other), None, "{other}");
        }
    }
}
