//! The International Patient Summary: a FHIR R4 document Bundle (HL7 IPS 2.0.0), read as far as a
//! wallet needs it.
//!
//! ```text
//! Bundle(document) = identifier, timestamp, Composition(LOINC 60591-5), Patient, resources
//! claims           = { document, patient, "48765-2": { section, resources }, … }
//! ```
//!
//! Each section becomes one claim, named by its LOINC code, that can be shown without the others. It
//! holds the section and the resources it refers to, directly or through another, but neither the
//! patient nor what another section lists: allergies do not give the problem list away. Nothing is
//! translated or cleaned: codes, references and the sections' narrative stay as they were written, and
//! whoever shows narrative treats it as foreign HTML. Only the narrative that was generated from a
//! resource's own data is left out, because it names the patient.
//!
//! Not read: terminology (whether a code exists), profiles beyond the elements in CHECKS.md, signatures
//! inside the bundle.

mod read;

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::claim_path::ClaimPath;

/// Type of the credential that carries a summary.
pub const VCT: &str = "urn:chop:ips:1";
/// LOINC code of the document type.
pub const DOCUMENT_TYPE: &str = "60591-5";
/// Sections that every summary has: problems, allergies, medications.
pub const REQUIRED_SECTIONS: [&str; 3] = ["11450-4", "48765-2", "10160-0"];
/// Largest bundle read, in bytes. HL7's largest example has 103 kB; more than this crosses by no QR.
pub const MAX_BYTES: usize = 1024 * 1024;
/// Most bytes in all claims together: a resource that several sections share is in each of them.
pub const MAX_CLAIMS_BYTES: usize = 4 * MAX_BYTES;
/// Most entries of a bundle.
pub const MAX_ENTRIES: usize = 4_000;
/// Most sections of a composition; the guide knows 16.
pub const MAX_SECTIONS: usize = 32;

chop_model::coded_errors! {
    /// Why a file is no patient summary.
    pub enum IpsError {
        /// Not strict JSON within [`MAX_BYTES`].
        NotJson => ("ips.not-json", User, "the file is not well-formed JSON of at most 1 MiB"),
        /// `resourceType` is not Bundle, or its `type` is not document.
        NotADocument => ("ips.not-a-document", User, "the file is not a FHIR document bundle"),
        /// No `identifier` with system and value (bdl-9).
        NoIdentifier => ("ips.no-identifier", Peer, "the summary has no identifier"),
        /// No `timestamp` (bdl-10).
        NoTimestamp => ("ips.no-timestamp", Peer, "the summary does not say when it was put together"),
        /// More than [`MAX_ENTRIES`] entries, [`MAX_SECTIONS`] sections or [`MAX_CLAIMS_BYTES`].
        TooMany => ("ips.too-many", Peer, "the summary has too many parts"),
        /// The first entry is not a Composition, or another one is (bdl-11).
        NoComposition => ("ips.no-composition", Peer, "the summary has no table of contents"),
        /// The Composition is of another type than 60591-5.
        OtherDocument => ("ips.other-document", User, "the document is not a patient summary"),
        /// An entry without `fullUrl`, or one used twice (bdl-7).
        BadEntry => ("ips.bad-entry", Peer, "a part of the summary has no name of its own"),
        /// The Composition's subject is no Patient of the bundle.
        NoPatient => ("ips.no-patient", Peer, "the summary does not say whom it is about"),
        /// The Patient has no name.
        NoPatientName => ("ips.no-patient-name", Peer, "the patient has no name"),
        /// The Patient has no date of birth.
        NoBirthDate => ("ips.no-birth-date", Peer, "the patient has no date of birth"),
        /// A section without a LOINC code.
        BadSection => ("ips.bad-section", Peer, "a section of the summary has no LOINC code"),
        /// Two sections with one code.
        SectionTwice => ("ips.section-twice", Peer, "the summary has one section twice"),
        /// Problems, allergies or medications missing.
        SectionMissing => ("ips.section-missing", Peer, "the summary lacks problems, allergies or medications"),
        /// A required section with neither entries nor a coded reason: "nothing known" is coded, not
        /// left blank.
        SectionBlank => ("ips.section-blank", Peer, "a section that must be filled is left blank"),
        /// A section refers to something that is not in the bundle (bdl: document contents).
        MissingReference => ("ips.missing-reference", Peer, "a section refers to something that is not in the summary"),
        /// A resource of a section lacks an element that the guide makes mandatory.
        IncompleteResource => ("ips.incomplete-resource", Peer, "a part of the summary lacks what it must say"),
    }
}

/// A summary that has every mandatory element and whose sections refer to what is there.
#[derive(Clone, PartialEq)]
pub struct IpsBundle {
    identifier: Value,
    timestamp: String,
    title: String,
    patient: Value,
    sections: Vec<Section>,
}

/// One section with the resources it refers to.
#[derive(Clone, PartialEq)]
pub struct Section {
    code: String,
    title: String,
    section: Value,
    resources: Vec<Value>,
}

impl IpsBundle {
    /// Reads a bundle.
    ///
    /// # Errors
    /// [`IpsError`] naming the first element that is missing or wrong.
    pub fn read(bytes: &[u8]) -> Result<Self, IpsError> {
        read::bundle(bytes)
    }

    /// When it was put together, as FHIR writes it.
    pub fn timestamp(&self) -> &str {
        &self.timestamp
    }

    /// Its title, in the language of its author.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The patient's name as the first `name` has it: `text`, else given names and family.
    pub fn patient_name(&self) -> Option<String> {
        read::human_name(self.patient.get("name")?.get(0)?)
    }

    /// The sections in the document's order.
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// The claims of a credential of type [`VCT`], without its `vct`.
    pub fn as_claims(&self) -> Map<String, Value> {
        let document = json!({
            "identifier": self.identifier, "timestamp": self.timestamp, "title": self.title,
        });
        let mut claims = Map::new();
        claims.insert("document".into(), document);
        claims.insert("patient".into(), self.patient.clone());
        for Section { code, section, resources, title: _ } in &self.sections {
            claims.insert(code.clone(), json!({ "section": section, "resources": resources }));
        }
        claims
    }

    /// The claims of [`IpsBundle::as_claims`] that can be shown or kept back one by one: all of them.
    pub fn disclosable(&self) -> Vec<ClaimPath> {
        let names: BTreeSet<String> = self.as_claims().into_iter().map(|(name, _)| name).collect();
        names.iter().map(|name| ClaimPath::key(name)).collect()
    }
}

impl Section {
    /// Its LOINC code.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// Its title, in the language of its author.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The resources it refers to, as `{fullUrl, resource}`.
    pub fn resources(&self) -> &[Value] {
        &self.resources
    }
}

/// Health data are not printed.
impl std::fmt::Debug for IpsBundle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("IpsBundle").field("sections", &self.sections).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Section {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Section").field("code", &self.code).finish_non_exhaustive()
    }
}

#[cfg(test)]
#[path = "ips_tests.rs"]
mod tests;
