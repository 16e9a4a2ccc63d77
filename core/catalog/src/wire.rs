//! The TOML of a catalogue. Words are read as text here, so that each fault has an error of its own in
//! `read.rs`.

use std::collections::BTreeMap;

use serde::Deserialize;

pub(crate) type Names = BTreeMap<String, String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    pub(crate) catalog: Header,
    pub(crate) envelope: Option<Envelope>,
    #[serde(default, rename = "type")]
    pub(crate) types: Vec<Type>,
    #[serde(default, rename = "purpose")]
    pub(crate) purposes: Vec<Purpose>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Header {
    pub(crate) id: String,
    pub(crate) version: String,
    pub(crate) effective_from: String,
    pub(crate) source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Envelope {
    pub(crate) source: String,
    #[serde(default, rename = "field")]
    pub(crate) fields: Vec<Field>,
    #[serde(default)]
    pub(crate) status: Vec<Status>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Status {
    pub(crate) code: String,
    pub(crate) names: Names,
    pub(crate) confirmed: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Type {
    pub(crate) code: String,
    pub(crate) vct: String,
    pub(crate) place: String,
    pub(crate) subject: String,
    #[serde(default)]
    pub(crate) electronic_licence: bool,
    pub(crate) names: Names,
    pub(crate) issuer: String,
    #[serde(default)]
    pub(crate) note: String,
    pub(crate) responsible: Known,
    pub(crate) provider: Known,
    pub(crate) contact: Known,
    pub(crate) validity: Option<Validity>,
    pub(crate) freshness: Option<Freshness>,
    #[serde(default, rename = "field")]
    pub(crate) fields: Vec<Field>,
    #[serde(default, rename = "check")]
    pub(crate) checks: Vec<Check>,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum Known {
    Word(String),
    Names(Names),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Validity {
    pub(crate) from: Option<String>,
    pub(crate) until: Option<String>,
    #[serde(default)]
    pub(crate) years: Vec<u16>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Freshness {
    pub(crate) field: String,
    pub(crate) days: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Field {
    pub(crate) key: String,
    pub(crate) code: Option<String>,
    pub(crate) names: Names,
    pub(crate) format: String,
    pub(crate) kind: String,
    pub(crate) class: String,
    #[serde(default)]
    pub(crate) mo: bool,
    pub(crate) level: String,
    #[serde(default)]
    pub(crate) number: Vec<String>,
    #[serde(default)]
    pub(crate) values: Vec<String>,
    #[serde(default)]
    pub(crate) open_ended: Vec<String>,
    #[serde(default)]
    pub(crate) past: bool,
    #[serde(default)]
    pub(crate) forms: Vec<String>,
    pub(crate) min: Option<f64>,
    pub(crate) max: Option<f64>,
    pub(crate) example: Option<String>,
    pub(crate) rule: Option<String>,
    pub(crate) responsible: Option<Known>,
    pub(crate) provider: Option<Known>,
    pub(crate) contact: Option<Known>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Check {
    pub(crate) rule: String,
    pub(crate) number: Option<String>,
    pub(crate) field: Option<String>,
    pub(crate) range: Option<String>,
    pub(crate) first: Option<String>,
    pub(crate) then: Option<String>,
    #[serde(default)]
    pub(crate) any: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Purpose {
    pub(crate) code: String,
    pub(crate) scenes: Vec<String>,
    pub(crate) names: Names,
    pub(crate) dpv: String,
    pub(crate) max_retention_days: u32,
    pub(crate) legal_basis: Basis,
    pub(crate) confirmed: bool,
    #[serde(default)]
    pub(crate) marketing: bool,
    #[serde(default, rename = "need")]
    pub(crate) needs: Vec<Need>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Basis {
    #[serde(rename = "CN")]
    pub(crate) cn: String,
    #[serde(rename = "HK")]
    pub(crate) hk: String,
    #[serde(rename = "MO")]
    pub(crate) mo: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Need {
    pub(crate) names: Names,
    pub(crate) any_of: Vec<LeastSet>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LeastSet {
    #[serde(rename = "type")]
    pub(crate) doc_type: String,
    pub(crate) fields: Vec<String>,
    #[serde(default)]
    pub(crate) predicates: Vec<String>,
}
