//! Why: a purpose with its code, its scene and its words. 无场景不授权: no scene, no grant.

use serde::{Deserialize, Serialize};

use crate::LangText;

/// A purpose as a request states it and a grant keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Purpose {
    /// Our code, `care.consultation`; the key of the purpose template.
    pub code: String,
    /// The DPV 2.3 concept, as an IRI.
    pub id: String,
    /// The scene, `outpatient`. Never empty.
    pub scene: String,
    /// The purpose in words.
    pub text: LangText,
}
