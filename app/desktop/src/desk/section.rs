//! A section of a patient summary in lines that a clerk can read: what, its value, how it stands, since when.
//! They leave out who wrote it, doses and places, so the whole stays beside them. An entry of which what it
//! says cannot be read makes the whole section be shown as it is: a line that is missing looks like health.
//!
//! Source: HL7 FHIR R4, resources of the International Patient Summary 2.0; what must be understood to be
//! read at all: FHIR R4, section 2.1.0.4, "modifier elements".

use chop_core::notice::Words;
use serde_json::Value;

use super::coded::standing;
use super::{narrative, person, plan};

/// One line for each entry of a section of the summary, and who it is about; nothing for what is neither, and
/// for a section with an entry that these lines cannot say.
pub(crate) fn lines(claim: &Value, words: &Words) -> Option<Vec<String>> {
    if text(claim, "resourceType") == Some("Patient") {
        return person::lines(claim, words).ok();
    }
    let entries = claim.get("resources")?.as_array()?;
    let section = claim.get("section").unwrap_or(&Value::Null);
    let lists = list(section, "entry").ok()?;
    if entries.is_empty() && lists.is_empty() {
        return without_entries(section, words);
    }
    let listed = lists.iter().map(|one| find(text(one, "reference")?, None, entries));
    let listed = listed.collect::<Option<Vec<&Value>>>()?;
    let mut lines = own_words(section)?;
    for entry in entries {
        let is_listed = listed.iter().any(|one| std::ptr::eq(*one, resource_of(entry)));
        if is_listed || !is_beside(entry, entries) {
            lines.push(line(entry, entries, words).ok()?);
        }
    }
    (!lines.is_empty()).then_some(lines)
}

/// Why a section lists nothing, and what its author wrote instead of entries.
fn without_entries(section: &Value, words: &Words) -> Option<Vec<String>> {
    if !list(section, "section").ok()?.is_empty() {
        return None;
    }
    let why =
        section.get("emptyReason").map(|why| standing(words, "", "emptyReason", why)).transpose().ok()?;
    let mut lines: Vec<String> = why.into_iter().collect();
    // What was written beside the reason may say more than it: read, or shown as it is.
    if section.get("text").is_some() {
        lines.extend(narrated(section)?);
    }
    (!lines.is_empty()).then_some(lines)
}

/// A story is told by its words; what it lists stands beside them. Nothing where they cannot be read.
fn own_words(section: &Value) -> Option<Vec<String>> {
    let code = section.get("code").map(|code| list(code, "coding")).transpose().ok()?.unwrap_or_default();
    match code.iter().any(|coding| text(coding, "code") == Some(PATIENT_STORY)) {
        true => narrated(section),
        false => Some(Vec::new()),
    }
}

fn narrated(section: &Value) -> Option<Vec<String>> {
    narrative::lines(text(section.get("text")?, "div")?)
}

/// Something is said that these lines cannot say.
pub(super) struct Unread;

/// Whether an entry only came along: who wrote it and where, a medicine that a statement names, or the paper
/// that a directive was written on.
fn is_beside(entry: &Value, entries: &[Value]) -> bool {
    let resource = resource_of(entry);
    let stands = |as_said: &str| text(resource, "status").is_none_or(|status| status == as_said);
    let is_named = |key: &str| {
        let names = |one: &Value| refers(one, key, entries).is_some_and(|to| std::ptr::eq(to, resource));
        entries.iter().any(names)
    };
    match text(resource, "resourceType") {
        Some("Medication") => stands("active") && is_named("medicationReference"),
        Some("DocumentReference") => stands("current") && is_named("sourceReference"),
        kind => kind.is_some_and(|kind| PEOPLE_AND_PLACES.contains(&kind)),
    }
}

fn line(entry: &Value, entries: &[Value], words: &Words) -> Result<String, Unread> {
    let resource = resource_of(entry);
    if MODIFIERS.iter().any(|key| !is_none_or_false(resource.get(*key))) {
        return Err(Unread);
    }
    match text(resource, "resourceType") {
        Some("CarePlan") => plan::care(resource, words),
        Some("Consent") => plan::directive(resource, words),
        Some(kind) if READ.contains(&kind) => finding(kind, entry, entries, words),
        _ => Err(Unread),
    }
}

/// A finding, a medicine, something done or used.
fn finding(kind: &str, entry: &Value, entries: &[Value], words: &Words) -> Result<String, Unread> {
    let resource = resource_of(entry);
    let what = match concept_of(resource) {
        Some(code) => concept(code),
        None => referred(entry, entries),
    };
    let what = what.ok_or(Unread)?;
    let mut parts = vec![what];
    parts.extend(values(resource)?);
    for component in list(resource, "component")? {
        let (what, values) = (name(component).ok_or(Unread)?, values(component)?);
        parts.push([what].into_iter().chain(values).collect::<Vec<_>>().join(" "));
    }
    for member in list(resource, "hasMember")? {
        // It has a line of its own, if it is here.
        let reference = text(member, "reference").ok_or(Unread)?;
        find(reference, Some(entry), entries).ok_or(Unread)?;
    }
    for reaction in list(resource, "reaction")? {
        parts.extend(all(reaction, "manifestation")?);
        let severity = reaction.get("severity").map(|one| standing(words, kind, "severity", one));
        parts.extend(severity.transpose()?);
    }
    for dosage in list(resource, "dosage")? {
        parts.extend(dosage.get("text").map(said).transpose()?);
    }
    for (key, value) in STANDINGS.iter().filter_map(|key| Some((key, resource.get(key)?))) {
        parts.push(standing(words, kind, key, value)?);
    }
    for prefix in TIMES {
        parts.extend(of_type(resource, prefix)?);
    }
    Ok(parts.join(" · "))
}

/// What a resource is about.
fn name(resource: &Value) -> Option<String> {
    concept_of(resource).and_then(concept)
}

/// The first that is there, readable or not: what comes after it says something else.
fn concept_of(resource: &Value) -> Option<&Value> {
    CONCEPTS.iter().find_map(|key| resource.get(key))
}

/// A medicine or a device is often an entry of its own that the statement refers to.
fn referred(entry: &Value, entries: &[Value]) -> Option<String> {
    REFERENCES.iter().find_map(|key| {
        let display = || text(resource_of(entry).get(key)?, "display").map(str::to_owned);
        refers(entry, key, entries).and_then(name).or_else(display)
    })
}

fn refers<'v>(entry: &'v Value, key: &str, entries: &'v [Value]) -> Option<&'v Value> {
    find(text(resource_of(entry).get(key)?, "reference")?, Some(entry), entries)
}

/// The resource that a reference means: one inside the resource itself, a `fullUrl`, or `Type/id` at the end
/// of exactly one of them (FHIR R4, Bundle, "Resolving references in Bundles").
fn find<'v>(reference: &str, from: Option<&'v Value>, entries: &'v [Value]) -> Option<&'v Value> {
    if let Some(id) = reference.strip_prefix('#') {
        return list(resource_of(from?), "contained").ok()?.iter().find(|one| text(one, "id") == Some(id));
    }
    let reference = reference.split_once("/_history/").map_or(reference, |(whole, _)| whole);
    let relative = format!("/{reference}");
    let is_meant = |url: &str| match reference.contains(':') {
        true => url == reference,
        false => url.ends_with(&relative),
    };
    let mut found = entries.iter().filter(|entry| text(entry, "fullUrl").is_some_and(is_meant));
    found.next().filter(|_| found.next().is_none()).map(resource_of)
}

/// The value of an observation or of a part of one, why it has none, and how it was judged.
fn values(resource: &Value) -> Result<Vec<String>, Unread> {
    let mut values = of_type(resource, "value")?;
    values.extend(resource.get("dataAbsentReason").map(said).transpose()?);
    values.extend(all(resource, "interpretation")?);
    Ok(values)
}

/// An element that has a type in its name: `valueQuantity`, `onsetDateTime`.
fn of_type(resource: &Value, prefix: &str) -> Result<Vec<String>, Unread> {
    let members = resource.as_object().into_iter().flatten();
    let typed = members.filter_map(|(key, value)| {
        // A primitive that is missing says why under its name with `_`.
        let kind = key.strip_prefix('_').unwrap_or(key).strip_prefix(prefix)?;
        kind.starts_with(char::is_uppercase).then_some((key.starts_with('_'), kind, value))
    });
    typed.map(|(is_beside, kind, value)| if is_beside { Err(Unread) } else { read(kind, value) }).collect()
}

fn read(kind: &str, value: &Value) -> Result<String, Unread> {
    let text = || value.as_str().filter(|text| !text.trim().is_empty()).ok_or(Unread);
    match kind {
        "String" | "Date" | "Time" => text().map(str::to_owned),
        "DateTime" | "Instant" => text().map(day),
        "Boolean" | "Integer" => match value {
            Value::Bool(_) | Value::Number(_) => Ok(value.to_string()),
            _ => Err(Unread),
        },
        "CodeableConcept" => concept(value).ok_or(Unread),
        "Quantity" | "Age" => quantity(value).ok_or(Unread),
        "Period" => period(value).ok_or(Unread),
        _ => Err(Unread),
    }
}

/// Every concept of a list.
pub(super) fn all(resource: &Value, key: &str) -> Result<Vec<String>, Unread> {
    list(resource, key)?.iter().map(|one| concept(one).ok_or(Unread)).collect()
}

/// `CodeableConcept`: its text, else the first display, else the first code.
pub(super) fn concept(value: &Value) -> Option<String> {
    let codings = list(value, "coding").ok()?;
    let coded = |key: &str| codings.iter().find_map(|one| text(one, key));
    let text = text(value, "text").or_else(|| coded("display")).or_else(|| coded("code"))?;
    (!text.trim().is_empty()).then(|| text.to_owned())
}

/// A code, or the words of a concept.
pub(super) fn said(value: &Value) -> Result<String, Unread> {
    value.as_str().map(str::to_owned).or_else(|| concept(value)).ok_or(Unread)
}

/// With what stands before the number: `<` 5 is not 5.
fn quantity(quantity: &Value) -> Option<String> {
    let number = quantity.get("value").filter(|value| value.is_number())?.to_string();
    let unit = text(quantity, "unit").or_else(|| text(quantity, "code"));
    let parts = [text(quantity, "comparator"), Some(&number), unit];
    Some(parts.into_iter().flatten().collect::<Vec<_>>().join(" "))
}

pub(super) fn period(period: &Value) -> Option<String> {
    match (text(period, "start").map(day), text(period, "end").map(day)) {
        (Some(start), None) => Some(start),
        (None, None) => None,
        (start, Some(end)) => Some(format!("{} – {end}", start.unwrap_or_default()).trim_start().to_owned()),
    }
}

pub(super) fn day(time: &str) -> String {
    time.split('T').next().unwrap_or(time).to_owned()
}

pub(super) fn is_none_or_false(value: Option<&Value>) -> bool {
    value.is_none_or(|value| value.is_null() || *value == Value::Bool(false))
}

fn resource_of(entry: &Value) -> &Value {
    entry.get("resource").unwrap_or(entry)
}

pub(super) fn text<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value.get(key)?.as_str()
}

/// What is listed under a name; nothing where the name is missing. What is there and is no list is not read
/// as if it were missing.
pub(super) fn list<'v>(value: &'v Value, key: &str) -> Result<&'v [Value], Unread> {
    match value.get(key) {
        Some(listed) => listed.as_array().map(Vec::as_slice).ok_or(Unread),
        None => Ok(&[]),
    }
}

/// Resources of which such a line says what matters. Of another it would say less than a clerk takes it for.
const READ: [&str; 12] = [
    "AllergyIntolerance",
    "Condition",
    "Device",
    "DeviceUseStatement",
    "Flag",
    "Immunization",
    "Medication",
    "MedicationRequest",
    "MedicationStatement",
    "Observation",
    "Procedure",
    "Specimen",
];
/// A section that is written, and not listed (LOINC).
const PATIENT_STORY: &str = "81338-6";
/// Resources that say who and where, and nothing of the patient's health.
const PEOPLE_AND_PLACES: [&str; 5] =
    ["Location", "Organization", "Practitioner", "PractitionerRole", "RelatedPerson"];
/// What turns the sense of a resource around, or of one unknown.
const MODIFIERS: [&str; 3] = ["modifierExtension", "implicitRules", "doNotPerform"];
/// Where a resource says what it is about.
const CONCEPTS: [&str; 4] = ["code", "medicationCodeableConcept", "vaccineCode", "type"];
/// Where it says so by another one.
const REFERENCES: [&str; 2] = ["medicationReference", "device"];
/// Where it says how that stands.
const STANDINGS: [&str; 5] = ["clinicalStatus", "verificationStatus", "criticality", "severity", "status"];
/// Where it says since when, or until when.
const TIMES: [&str; 5] = ["onset", "effective", "performed", "occurrence", "abatement"];

#[cfg(test)]
mod tests {
    use chop_core::plumbing::formats::ips::IpsBundle;
    use chop_core::samples;
    use serde_json::json;

    use chop_core::plumbing::model::Lang;

    use super::*;

    fn lines(claim: &Value) -> Option<Vec<String>> {
        super::lines(claim, &Words::of(Lang::En).unwrap())
    }

    #[test]
    fn a_section_reads_as_what_how_it_stands_and_since_when() {
        let claims = IpsBundle::read(samples::PATIENT_SUMMARY).unwrap().as_claims();
        let allergies = lines(claims.get("48765-2").unwrap()).unwrap();
        let penicillin =
            "Substance with penicillin structure (substance) · active · confirmed · high risk · 2010";
        assert_eq!(allergies, [penicillin, "No known food allergy (situation) · active"]);
        let medicines = lines(claims.get("10160-0").unwrap()).unwrap();
        assert!(medicines.iter().all(|line| line.contains(" · active")), "{medicines:?}");
        assert!(medicines.iter().any(|line| line.ends_with("2015-03")), "{medicines:?}");
    }

    /// Every section of HL7's example with all of them, with the resources that the section lists itself.
    fn all_sections() -> Vec<(String, Value, Vec<Value>)> {
        let bytes = include_bytes!("../../../../core/testdata/ips/Bundle-bundle-ips-all-sections.json");
        let claims = IpsBundle::read(bytes).unwrap().as_claims();
        let sections = claims.into_iter().filter(|(_, claim)| claim.get("resources").is_some());
        let listed = |claim: &Value| {
            let references = claim["section"]["entry"].as_array().unwrap().iter();
            let url =
                |one: &Value| format!("https://fhir.example.com/{}", one["reference"].as_str().unwrap());
            let found = |url: String| {
                let resources = claim["resources"].as_array().unwrap();
                resources.iter().find(|one| one["fullUrl"] == url.as_str()).unwrap()["resource"].clone()
            };
            references.map(|one| found(url(one))).collect()
        };
        sections.map(|(code, claim)| (code, claim.clone(), listed(&claim))).collect()
    }

    /// What a person must see of a resource: its name and its values.
    fn must_be_said(resource: &Value) -> Vec<String> {
        let of_concept =
            |one: &Value| one["text"].as_str().or(one["coding"][0]["display"].as_str()).unwrap().to_owned();
        let parts = resource["component"].as_array().cloned().unwrap_or_default();
        let mut said = Vec::new();
        for part in std::iter::once(resource).chain(&parts) {
            let names = ["code", "medicationCodeableConcept", "vaccineCode", "valueCodeableConcept"];
            said.extend(names.iter().filter_map(|key| part.get(key)).map(of_concept));
            said.extend(part["valueString"].as_str().map(str::to_owned));
            said.extend(part["valueQuantity"].get("value").map(Value::to_string));
        }
        said
    }

    #[test]
    fn nothing_that_a_section_lists_is_missing_from_its_lines() {
        let sections = all_sections();
        assert_eq!(sections.len(), 16);
        let mut shown_whole = Vec::new();
        for (code, claim, listed) in sections {
            let Some(lines) = lines(&claim) else {
                shown_whole.push(code);
                continue;
            };
            for resource in listed {
                let said = must_be_said(&resource);
                let found = lines.iter().any(|line| said.iter().all(|part| line.contains(part)));
                assert!(found, "{code}: {said:?} is not in {lines:#?}");
            }
        }
        assert_eq!(shown_whole, [""; 0]);
    }

    #[test]
    fn codes_that_hl7_fixed_are_said_in_the_readers_words_and_others_stay() {
        let claims = IpsBundle::read(samples::PATIENT_SUMMARY).unwrap().as_claims();
        let said = |lang, claim: &Value| super::lines(claim, &Words::of(lang).unwrap()).unwrap();
        for (lang, ends) in [
            (Lang::ZhHans, " · 现存 · 已证实 · 高风险 · 2010"),
            (Lang::ZhHant, " · 現存 · 已證實 · 高風險 · 2010"),
            (Lang::Pt, " · activa · confirmada · risco elevado · 2010"),
        ] {
            let allergies = said(lang, claims.get("48765-2").unwrap());
            assert!(allergies[0].ends_with(ends), "{allergies:?}");
        }
        let of = |status: Value| {
            let code = json!({ "text": "Gout" });
            let one = json!({ "resourceType": "Condition", "code": code, "clinicalStatus": status });
            said(Lang::ZhHans, &json!({ "resources": [one] })).remove(0)
        };
        let system = "http://terminology.hl7.org/CodeSystem/condition-clinical";
        let known = json!([{ "system": system, "code": "resolved", "display": "Resolved" }]);
        assert_eq!(of(json!({ "coding": known })), "Gout · 已痊愈");
        assert_eq!(of(json!({ "coding": known, "text": "RESOLVED" })), "Gout · 已痊愈");
        assert_eq!(of(json!({ "coding": known, "text": "since May" })), "Gout · 已痊愈 (since May)");
        let later = json!([{ "system": system, "code": "of-a-later-release" }]);
        assert_eq!(of(json!({ "coding": later })), "Gout · of-a-later-release");
        let other = json!([{ "system": "https://other.example", "code": "active" }]);
        assert_eq!(of(json!({ "coding": other })), "Gout · active");
    }

    #[test]
    fn a_directive_a_plan_a_story_and_a_section_without_entries_are_lines() {
        let of = |wanted: &str| {
            let sections = all_sections();
            lines(&sections.into_iter().find(|(code, ..)| code == wanted).unwrap().1).unwrap()
        };
        let directive = "Do Not Resuscitate · Not for resuscitation · cric · Treatment · active · 2021-09-01";
        assert_eq!(of("42348-3"), [directive]);
        let story = "Patient undergoing lifestyle changes to lower blood pressure.";
        assert_eq!(of("81338-6"), [story, directive]);
        let plan = "Weight management plan · Manage obesity and weight loss · Weight Measured (completed, \
                    Achieved weight loss to mitigate diabetes risk., Weight decreased) · active · – 2017-06-01";
        assert_eq!(of("18776-5"), [plan]);
        let claims = IpsBundle::read(samples::PATIENT_SUMMARY).unwrap().as_claims();
        let advice = "Continue hormone medication with Anastrozole for total of 5 years and monitor for \
                      potential breast cancer recurrence";
        assert_eq!(lines(claims.get("18776-5").unwrap()).unwrap(), [advice]);
        let nothing = json!({ "resources": [], "section": { "emptyReason": { "coding": [{
            "system": "http://terminology.hl7.org/CodeSystem/list-empty-reason", "code": "notasked" }] } } });
        assert_eq!(lines(&nothing).unwrap(), ["not asked"]);
        for unread in
            [json!({ "div": "<s>a</s>" }), json!({ "status": "generated" }), json!("a"), json!(null)]
        {
            let mut claim = nothing.clone();
            claim["section"]["text"] = unread;
            assert_eq!(lines(&claim), None, "a narrative that cannot be read is not dropped: {claim}");
        }
        let parted = json!({ "resources": [], "section": { "section": [{}], "text": { "div": "a" } } });
        assert_eq!(lines(&parted), None);
    }

    #[test]
    fn whom_it_is_about_is_lines_unless_the_record_is_turned() {
        let mut patient = IpsBundle::read(samples::PATIENT_SUMMARY).unwrap().as_claims()["patient"].clone();
        let said = [
            "Martha DeLarosa · female · 1972-05-01",
            "Number: \u{2068}574687583\u{2069}",
            "Contact: \u{2068}+31788700800\u{2069}",
            "Address: \u{2068}Laan Van Europa 1600, Dordrecht, 3317 DB, NL\u{2069}",
            "Contact person: \u{2068}Martha Mum · +33-555-20036\u{2069}",
        ];
        assert_eq!(lines(&patient).unwrap(), said);
        patient["deceasedDateTime"] = json!("2020");
        assert_eq!(lines(&patient), None);
    }

    #[test]
    fn parts_values_and_how_they_were_judged_are_said() {
        let vital = all_sections().into_iter().find(|(code, ..)| code == "8716-3").unwrap().1;
        let pressure = "Blood pressure panel with all children optional · Systolic blood pressure 140 mmHg · \
                        Diastolic blood pressure 80 mmHg · final · 2024-08-30";
        assert!(lines(&vital).unwrap().iter().any(|line| line == pressure), "{:?}", lines(&vital));
        let of = |resource: Value| lines(&json!({ "resources": [resource] }));
        let code = json!({ "coding": [{ "code": "718-7" }] });
        let low = json!({ "resourceType": "Observation", "code": code, "status": "final",
            "valueQuantity": { "value": 5, "comparator": "<", "code": "g/dL" },
            "interpretation": [{ "text": "Critical low" }] });
        assert_eq!(of(low).unwrap(), ["718-7 · < 5 g/dL · Critical low · final"]);
        let ended = json!({ "resourceType": "MedicationStatement", "medicationCodeableConcept": code,
            "status": "active", "effectivePeriod": { "start": "2020-01-02T00:00:00Z", "end": "2021" } });
        assert_eq!(of(ended).unwrap(), ["718-7 · active · 2020-01-02 – 2021"]);
        let refused = json!({ "resourceType": "MedicationRequest", "medicationCodeableConcept": code,
            "doNotPerform": false });
        assert_eq!(of(refused).unwrap(), ["718-7"]);
    }

    #[test]
    fn one_entry_that_cannot_be_said_makes_the_whole_be_shown() {
        let gout = json!({ "resourceType": "Condition", "code": { "text": "Gout" } });
        let observed = |more: Value| {
            let mut one = json!({ "resourceType": "Observation", "code": { "text": "Iron" } });
            one.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            one
        };
        for unread in [
            json!({ "resourceType": "Condition" }),
            json!({ "resourceType": "Condition", "code": {} }),
            json!({ "resourceType": "Observation", "code": {}, "type": { "text": "Blood" } }),
            json!({ "resourceType": "MedicationStatement", "medicationCodeableConcept": {},
                "medicationReference": { "display": "Iron" } }),
            json!({ "resourceType": "Consent", "code": { "text": "Do Not Resuscitate" } }),
            json!({ "resourceType": "AllergyIntolerance", "code": { "text": "Nuts" }, "reaction": [{ "manifestation": [{}] }] }),
            json!({ "resourceType": "Condition", "code": { "text": "Gout" }, "clinicalStatus": {} }),
            json!({ "resourceType": "Condition", "code": { "text": "Gout" }, "modifierExtension": [{}] }),
            json!({ "resourceType": "MedicationRequest", "medicationCodeableConcept": { "text": "Iron" }, "doNotPerform": true }),
            json!({ "resourceType": "MedicationStatement", "medicationReference": { "reference": "Medication/9" } }),
            json!({ "resourceType": "Consent", "status": "active", "category": [{ "text": "DNR" }],
                "provision": { "type": "permit", "provision": [{ "type": "deny" }] } }),
            json!({ "resourceType": "Consent", "category": [{ "text": "DNR" }] }),
            json!({ "resourceType": "CarePlan", "status": "active", "intent": "plan", "title": "Diet", "goal": [{}] }),
            json!({ "resourceType": "CarePlan", "status": "active", "intent": "plan", "title": "Diet", "activity": [{ "detail": {
                "status": "active", "doNotPerform": true, "description": "Fast" } }] }),
            observed(json!({ "valueRatio": { "numerator": 1 } })),
            observed(json!({ "valueQuantity": { "unit": "g" } })),
            observed(json!({ "_valueString": { "extension": [] } })),
            observed(json!({ "component": [{ "code": { "text": "Iron" }, "valueSampledData": {} }] })),
            observed(json!({ "hasMember": [{ "reference": "Observation/9" }] })),
        ] {
            let claim = json!({ "resources": [{ "resource": gout }, { "resource": unread }] });
            assert_eq!(lines(&claim), None, "{unread}");
        }
        let missing =
            json!({ "section": { "entry": [{ "reference": "Condition/2" }] }, "resources": [gout] });
        assert_eq!(lines(&missing), None, "an entry that is listed is not here");
    }

    #[test]
    fn a_member_that_should_be_a_list_and_is_none_makes_the_whole_be_shown() {
        let gout = json!({ "resourceType": "Condition", "code": { "text": "Gout" } });
        let of = |key: &str, value: Value| {
            let mut one = gout.clone();
            one[key] = value;
            lines(&json!({ "resources": [one] }))
        };
        assert_eq!(of("reaction", json!([])).unwrap(), ["Gout"]);
        for key in ["component", "hasMember", "reaction", "dosage", "interpretation"] {
            assert_eq!(of(key, json!({ "text": "a" })), None, "{key}");
        }
        assert_eq!(of("code", json!({ "text": "Gout", "coding": {} })), None);
        for section in [json!({ "entry": {} }), json!({ "code": { "coding": {} } })] {
            assert_eq!(lines(&json!({ "section": section, "resources": [gout] })), None, "{section}");
        }
    }

    #[test]
    fn a_medicine_is_found_where_the_statement_says() {
        let medicine = json!({ "resourceType": "Medication", "id": "9", "code": { "text": "Iron" } });
        let entry = json!({ "fullUrl": "https://a.example/Medication/9", "resource": medicine });
        for reference in ["Medication/9", "https://a.example/Medication/9", "Medication/9/_history/1", "#9"] {
            let statement = json!({ "resourceType": "MedicationStatement", "status": "active",
                "contained": [medicine], "medicationReference": { "reference": reference } });
            let said = lines(&json!({ "resources": [statement, entry] })).unwrap();
            assert_eq!(said[0], "Iron · active", "{reference}");
            // What nobody names, or what is no longer right, is said itself.
            assert_eq!(said.len(), if reference == "#9" { 2 } else { 1 }, "{reference}");
        }
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
