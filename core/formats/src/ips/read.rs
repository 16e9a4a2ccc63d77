//! Reading a document bundle: structure first, then references, then what each resource must say.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::{
    DOCUMENT_TYPE, IpsBundle, IpsError, MAX_BYTES, MAX_CLAIMS_BYTES, MAX_ENTRIES, MAX_SECTIONS,
    REQUIRED_SECTIONS, Section,
};
use crate::json;

pub(super) fn bundle(bytes: &[u8]) -> Result<IpsBundle, IpsError> {
    let bundle = json::parse(bytes, MAX_BYTES).map_err(|_| IpsError::NotJson)?;
    if text(&bundle, "resourceType") != Some("Bundle") || text(&bundle, "type") != Some("document") {
        return Err(IpsError::NotADocument);
    }
    let identifier = bundle.get("identifier").filter(|id| is_said(id, "system") && is_said(id, "value"));
    let identifier = identifier.ok_or(IpsError::NoIdentifier)?.clone();
    let timestamp =
        text(&bundle, "timestamp").filter(|t| is_instant(t)).ok_or(IpsError::NoTimestamp)?.to_owned();

    let entries = Entries::read(&bundle)?;
    let composition = entries.composition()?;
    let patient = entries.patient(composition)?;
    let sections = sections(&entries, composition)?;
    let title = text(composition.resource, "title").unwrap_or_default().to_owned();
    Ok(IpsBundle { identifier, timestamp, title, patient, sections })
}

pub(super) fn human_name(name: &Value) -> Option<String> {
    if let Some(whole) = text(name, "text").filter(|whole| !whole.trim().is_empty()) {
        return Some(whole.to_owned());
    }
    let given = list(name, "given").iter().filter_map(Value::as_str);
    let parts: Vec<&str> = given.chain(text(name, "family")).filter(|part| !part.trim().is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// One entry of the bundle, with the place that its relative references start from.
#[derive(Clone, Copy)]
struct Entry<'b> {
    full_url: &'b str,
    resource: &'b Value,
    /// Bytes of the resource as JSON.
    size: usize,
}

impl<'b> Entry<'b> {
    fn kind(self) -> &'b str {
        text(self.resource, "resourceType").unwrap_or_default()
    }

    /// The resource without a narrative that was generated from its own data: HL7's generator writes
    /// the patient's name and date of birth into each, so that one section would show them.
    fn to_value(self) -> Value {
        let mut resource = self.resource.clone();
        let generated =
            resource.get("text").is_some_and(|narrative| text(narrative, "status") == Some("generated"));
        if let Some(members) = resource.as_object_mut().filter(|_| generated) {
            members.remove("text");
        }
        json!({ "fullUrl": self.full_url, "resource": resource })
    }

    /// Absolute references are `fullUrl`s; `Type/id` is completed from the server's base in this
    /// entry's own `fullUrl` (FHIR R4, Bundle, "Resolving references in Bundles").
    fn resolve(self, reference: &str) -> String {
        let reference = reference.split_once("/_history/").map_or(reference, |(whole, _)| whole);
        if reference.contains(':') {
            return reference.to_owned();
        }
        let end = format!("/{}/{}", self.kind(), text(self.resource, "id").unwrap_or_default());
        match self.full_url.strip_suffix(&end) {
            Some(base) => format!("{base}/{reference}"),
            None => reference.to_owned(),
        }
    }
}

struct Entries<'b> {
    in_order: Vec<Entry<'b>>,
    by_url: BTreeMap<&'b str, Entry<'b>>,
}

impl<'b> Entries<'b> {
    fn read(bundle: &'b Value) -> Result<Self, IpsError> {
        let entries = list(bundle, "entry");
        if entries.len() > MAX_ENTRIES {
            return Err(IpsError::TooMany);
        }
        let (mut in_order, mut by_url) = (Vec::new(), BTreeMap::new());
        for entry in entries {
            let full_url =
                text(entry, "fullUrl").filter(|url| url.contains(':')).ok_or(IpsError::BadEntry)?;
            let resource =
                entry.get("resource").filter(|r| is_said(r, "resourceType")).ok_or(IpsError::BadEntry)?;
            let entry = Entry { full_url, resource, size: resource.to_string().len() };
            if by_url.insert(full_url, entry).is_some() {
                return Err(IpsError::BadEntry);
            }
            in_order.push(entry);
        }
        Ok(Self { in_order, by_url })
    }

    fn composition(&self) -> Result<Entry<'b>, IpsError> {
        let mut compositions = self.in_order.iter().filter(|entry| entry.kind() == "Composition");
        let first = self.in_order.first().filter(|entry| entry.kind() == "Composition");
        let (Some(first), Some(_), None) = (first, compositions.next(), compositions.next()) else {
            return Err(IpsError::NoComposition);
        };
        let is_summary = first.resource.get("type").and_then(loinc_code) == Some(DOCUMENT_TYPE);
        if is_summary { Ok(*first) } else { Err(IpsError::OtherDocument) }
    }

    fn patient(&self, composition: Entry<'b>) -> Result<Value, IpsError> {
        let subject = composition.resource.get("subject").and_then(|subject| text(subject, "reference"));
        let patient = subject.and_then(|reference| self.find(composition, reference));
        let patient = patient.filter(|entry| entry.kind() == "Patient").ok_or(IpsError::NoPatient)?;
        list(patient.resource, "name").iter().find_map(human_name).ok_or(IpsError::NoPatientName)?;
        text(patient.resource, "birthDate").filter(|date| is_date(date)).ok_or(IpsError::NoBirthDate)?;
        Ok(patient.resource.clone())
    }

    fn find(&self, from: Entry<'_>, reference: &str) -> Option<Entry<'b>> {
        self.by_url.get(from.resolve(reference).as_str()).copied()
    }
}

fn sections(entries: &Entries<'_>, composition: Entry<'_>) -> Result<Vec<Section>, IpsError> {
    let written = list(composition.resource, "section");
    if written.len() > MAX_SECTIONS {
        return Err(IpsError::TooMany);
    }
    // What each section lists itself, before following references.
    let mut listed: BTreeMap<&str, Vec<Entry<'_>>> = BTreeMap::new();
    for section in written {
        let code = section.get("code").and_then(loinc_code).ok_or(IpsError::BadSection)?;
        let found = references(section).into_iter().map(|r| entries.find(composition, r));
        let found = found.collect::<Option<Vec<_>>>().ok_or(IpsError::MissingReference)?;
        if found.is_empty()
            && REQUIRED_SECTIONS.contains(&code)
            && section.get("emptyReason").and_then(any_code).is_none()
        {
            return Err(IpsError::SectionBlank);
        }
        if listed.insert(code, found).is_some() {
            return Err(IpsError::SectionTwice);
        }
    }
    if !REQUIRED_SECTIONS.iter().all(|code| listed.contains_key(code)) {
        return Err(IpsError::SectionMissing);
    }
    let mut room = MAX_CLAIMS_BYTES;
    written.iter().map(|section| whole_section(entries, &listed, section, &mut room)).collect()
}

fn whole_section(
    entries: &Entries<'_>,
    listed: &BTreeMap<&str, Vec<Entry<'_>>>,
    section: &Value,
    room: &mut usize,
) -> Result<Section, IpsError> {
    let code = section.get("code").and_then(loinc_code).ok_or(IpsError::BadSection)?;
    let own = listed.get(code).map(Vec::as_slice).unwrap_or_default();
    let of_others = listed.iter().filter(|(other, _)| **other != code).flat_map(|(_, entries)| entries);
    let closed: BTreeSet<&str> = of_others.map(|entry| entry.full_url).collect();

    let mut taken: BTreeSet<&str> = BTreeSet::new();
    let mut resources = Vec::new();
    let mut waiting: Vec<Entry<'_>> = own.iter().rev().copied().collect();
    let own: BTreeSet<&str> = own.iter().map(|entry| entry.full_url).collect();
    while let Some(entry) = waiting.pop() {
        let is_open = own.contains(entry.full_url) || !closed.contains(entry.full_url);
        if matches!(entry.kind(), "Patient" | "Composition") || !is_open || !taken.insert(entry.full_url) {
            continue;
        }
        is_complete(entry)?;
        *room = room.checked_sub(entry.size).ok_or(IpsError::TooMany)?;
        resources.push(entry.to_value());
        let found = references(entry.resource).into_iter().filter_map(|r| entries.find(entry, r));
        waiting.extend(found);
    }
    let title = text(section, "title").unwrap_or_default().to_owned();
    Ok(Section { code: code.to_owned(), title, section: section.clone(), resources })
}

/// What the guide makes mandatory in the resources that sections list.
fn is_complete(entry: Entry<'_>) -> Result<(), IpsError> {
    let resource = entry.resource;
    let any_of = |names: &[&str]| names.iter().any(|name| resource.get(*name).is_some_and(|v| !v.is_null()));
    let complete = match entry.kind() {
        "AllergyIntolerance" | "Condition" => any_of(&["code"]),
        "Immunization" => any_of(&["vaccineCode"]) && any_of(&["occurrenceDateTime", "occurrenceString"]),
        "Observation" if is_laboratory(resource) => {
            any_of(&["effectiveDateTime", "effectivePeriod", "effectiveTiming", "effectiveInstant"])
                && !list(resource, "performer").is_empty()
        }
        _ => true,
    };
    if complete { Ok(()) } else { Err(IpsError::IncompleteResource) }
}

fn is_laboratory(observation: &Value) -> bool {
    let categories = list(observation, "category").iter().flat_map(|category| list(category, "coding"));
    categories.into_iter().any(|coding| text(coding, "code") == Some("laboratory"))
}

/// Every `reference` string inside, in order of appearance; contained resources (`#…`) are inside already.
fn references(value: &Value) -> Vec<&str> {
    let mut found = Vec::new();
    collect_references(value, &mut found);
    found
}

/// The JSON reader bounds the depth (`json::MAX_DEPTH`), so the recursion ends.
fn collect_references<'v>(value: &'v Value, found: &mut Vec<&'v str>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    Value::String(reference) if name == "reference" && !reference.starts_with('#') => {
                        found.push(reference);
                    }
                    _ => collect_references(member, found),
                }
            }
        }
        Value::Array(elements) => elements.iter().for_each(|element| collect_references(element, found)),
        _ => {}
    }
}

/// The LOINC code of a CodeableConcept, if it looks like one: digits, a hyphen and a check digit.
fn loinc_code(concept: &Value) -> Option<&str> {
    let coding = list(concept, "coding").iter().find(|c| text(c, "system") == Some("http://loinc.org"))?;
    text(coding, "code").filter(|code| {
        let (number, check) = code.split_once('-').unwrap_or_default();
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        digits(number) && number.len() <= 7 && digits(check) && check.len() == 1
    })
}

fn any_code(concept: &Value) -> Option<&str> {
    list(concept, "coding").iter().find_map(|coding| text(coding, "code")).filter(|code| !code.is_empty())
}

/// FHIR `date`: a year, a month or a day.
fn is_date(date: &str) -> bool {
    let parts: Vec<&str> = date.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    [[4].as_slice(), &[4, 2], &[4, 2, 2]].contains(&lengths.as_slice())
        && parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()))
}

/// FHIR `instant`: a day, `T`, a time and a zone.
fn is_instant(instant: &str) -> bool {
    let Some((day, time)) = instant.split_once('T') else { return false };
    let has_zone = time.ends_with('Z') || time.get(8..).is_some_and(|rest| rest.contains(['+', '-']));
    is_date(day) && day.len() == 10 && time.is_ascii() && has_zone
}

fn text<'v>(value: &'v Value, name: &str) -> Option<&'v str> {
    value.get(name)?.as_str()
}

fn is_said(value: &Value, name: &str) -> bool {
    text(value, name).is_some_and(|said| !said.trim().is_empty())
}

fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}
