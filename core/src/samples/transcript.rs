//! The claims of a transcript: read, checked, and which of them can be shown one by one.

use chop_formats::claim_path::{ClaimPath, PathElement};
use chop_formats::json;
use serde_json::{Map, Value};

/// Type of the credential that carries a transcript.
pub const TRANSCRIPT_VCT: &str = "urn:chop:transcript:1";

chop_model::coded_errors! {
    /// Why a file is no transcript.
    pub enum TranscriptError {
        /// Not a strict JSON object of at most 1 MiB.
        NotJson => ("transcript.not-json", User, "the file is not a well-formed JSON object of at most 1 MiB"),
        /// A field that every transcript has is missing, or one that none has is there.
        Fields => ("transcript.fields", User, "the transcript does not have the fields of a transcript"),
        /// No course, or a course without code, title, credits or a grade of the scale.
        Course => ("transcript.course", User, "a course of the transcript is not complete"),
    }
}

/// A transcript whose fields are there.
#[derive(Clone, PartialEq)]
pub struct Transcript(Map<String, Value>);

impl Transcript {
    /// Reads the claims.
    ///
    /// # Errors
    /// [`TranscriptError`].
    pub fn read(bytes: &[u8]) -> Result<Self, TranscriptError> {
        let value = json::parse(bytes, MAX_BYTES).map_err(|_| TranscriptError::NotJson)?;
        let Value::Object(claims) = value else { return Err(TranscriptError::NotJson) };
        let known = claims.keys().all(|name| FIELDS.contains(&name.as_str()));
        if !known || claims.len() != FIELDS.len() {
            return Err(TranscriptError::Fields);
        }
        let points =
            claims.get("grade_scale").and_then(|scale| scale.get("points")).and_then(Value::as_object);
        let points = points.ok_or(TranscriptError::Fields)?;
        let courses = claims.get("courses").and_then(Value::as_array).ok_or(TranscriptError::Fields)?;
        if courses.is_empty() || !courses.iter().all(|course| is_complete(course, points)) {
            return Err(TranscriptError::Course);
        }
        Ok(Self(claims))
    }

    /// The claims of a credential of type [`TRANSCRIPT_VCT`], without its `vct`.
    pub fn claims(&self) -> &Map<String, Value> {
        &self.0
    }

    /// What can be shown or kept back one by one: each field, and each course by itself.
    pub fn disclosable(&self) -> Vec<ClaimPath> {
        let fields = FIELDS.iter().filter(|name| **name != "courses").map(|name| ClaimPath::key(name));
        let courses = self.0.get("courses").and_then(Value::as_array).map_or(0, Vec::len);
        let each = (0..courses).filter_map(|n| ClaimPath::key("courses").then(PathElement::Index(n)).ok());
        fields.chain(each).collect()
    }
}

/// Grades are not printed.
impl std::fmt::Debug for Transcript {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Transcript")
    }
}

fn is_complete(course: &Value, points: &Map<String, Value>) -> bool {
    let text = |name: &str| course.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    let titles = course.get("title").and_then(Value::as_object).is_some_and(|titles| !titles.is_empty());
    let point = text("grade").and_then(|grade| points.get(grade)).and_then(Value::as_str);
    titles
        && text("code").is_some()
        && text("term").is_some()
        && text("credits").and_then(|c| c.parse::<f64>().ok()).is_some_and(|credits| credits > 0.0)
        && point.is_some()
        && point == text("grade_point")
}

const MAX_BYTES: usize = 1024 * 1024;
const FIELDS: [&str; 14] = [
    "name",
    "student_no",
    "institution",
    "programme",
    "award",
    "level",
    "period",
    "grade_scale",
    "credit_unit",
    "courses",
    "credits_total",
    "gpa",
    "registrar",
    "issue_date",
];
