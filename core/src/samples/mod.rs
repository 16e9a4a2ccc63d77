//! DEMO data: nobody here exists, and every name says so (示例 · 示範 · Sample · Exemplo). For
//! `chop demo`, the examples and the tests. The patient is HL7's (see `core/testdata/ips`).

mod asking;
mod identity;
mod parties;
mod transcript;

pub use asking::{
    hospital_query, hospital_terms, outpatient_query, outpatient_terms, registrar_query, registrar_terms,
};
pub use identity::{IDENTITY_VCT, identity, identity_disclosable, predicates_query};
pub use parties::{clinic, hospital, list_publisher, office, university};
pub use transcript::{TRANSCRIPT_VCT, Transcript, TranscriptError};

/// HL7's example patient summary, as a clinic would hold it: `Bundle-IPS-examples-Bundle-01.json`.
pub const PATIENT_SUMMARY: &[u8] = include_bytes!("../../testdata/ips/Bundle-IPS-examples-Bundle-01.json");

/// A transcript of 40 courses: the claims of a credential of type [`TRANSCRIPT_VCT`].
pub const TRANSCRIPT: &[u8] = include_bytes!("../../testdata/transcript/transcript-demo.json");

#[cfg(test)]
#[path = "samples_tests.rs"]
mod tests;
