//! The verifier's counter: what it can ask, what is under way, what was taken.

use chop_core::Result;
use chop_core::notice::Words;
use chop_core::plumbing::catalog::{Catalog, Place};
use chop_core::plumbing::model::Lang;
use serde::Serialize;
use ts_rs::TS;

use super::code::Code;
use crate::offers;

/// Who stands behind the counter.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "desk.ts")]
pub(crate) struct DeskState {
    /// Whether the space is open.
    pub(crate) open: bool,
    /// The name under which people will see it, from a trust list; nothing where none names it.
    pub(crate) name: Option<String>,
    /// Whether it has a certificate.
    pub(crate) certified: bool,
    /// Its place: `CN`, `HK` or `MO`.
    pub(crate) place: Option<String>,
    /// The public key for which a certificate is wanted, as a JWK.
    pub(crate) key: Option<String>,
}

/// What can be asked.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "desk.ts")]
pub(crate) struct DeskForms {
    /// Purposes of the catalogue.
    pub(crate) purposes: Vec<PurposeForm>,
    /// Types of document.
    pub(crate) documents: Vec<DocumentForm>,
}

/// A purpose.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "desk.ts")]
pub(crate) struct PurposeForm {
    /// Its code.
    pub(crate) code: String,
    /// Its name.
    pub(crate) name: String,
    /// Scenes in which it happens: code and name.
    pub(crate) scenes: Vec<(String, String)>,
    /// Longer keeping than this many days warns the person.
    pub(crate) max_days: u32,
    /// The least that it needs, document by document.
    pub(crate) least: Vec<LeastForm>,
}

/// The least of one document.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "desk.ts")]
pub(crate) struct LeastForm {
    /// What it is needed as.
    pub(crate) need: String,
    /// Type of the document.
    pub(crate) vct: String,
    /// Names of its claims.
    pub(crate) claims: Vec<String>,
}

/// A type of document.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "desk.ts")]
pub(crate) struct DocumentForm {
    /// Its type.
    pub(crate) vct: String,
    /// Its name.
    pub(crate) name: String,
    /// Where it is from: `CN`, `HK`, `MO`; nothing for what is from anywhere.
    pub(crate) place: Option<String>,
    /// Its fields.
    pub(crate) fields: Vec<FieldForm>,
}

/// A field.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "desk.ts")]
pub(crate) struct FieldForm {
    /// The claim.
    pub(crate) claim: String,
    /// Its name.
    pub(crate) name: String,
    /// Whether the law counts it as sensitive.
    pub(crate) sensitive: bool,
}

/// One exchange at the counter.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "desk.ts")]
pub(crate) struct DeskExchange {
    /// Its id.
    pub(crate) id: String,
    /// How far it is, by core's stable word.
    pub(crate) state: String,
    /// How far its offer is, by core's stable word, where it came over a relay.
    pub(crate) offer: Option<String>,
    /// The purpose in words.
    pub(crate) purpose: String,
    /// When it began.
    pub(crate) created: i64,
    /// Until when its first step can be answered.
    pub(crate) expires: i64,
    /// What to show to the holder now.
    pub(crate) code: Option<Code>,
    /// What was taken.
    pub(crate) result: Option<DeskResult>,
}

/// What was taken, and what was not.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "desk.ts")]
pub(crate) struct DeskResult {
    /// When it was taken.
    pub(crate) taken: i64,
    /// When it is to be gone.
    pub(crate) due: i64,
    /// Documents, in the order in which they were asked for.
    pub(crate) documents: Vec<TakenDocument>,
    /// Files.
    pub(crate) files: Vec<TakenFile>,
    /// What was asked for and not given: `document · field`.
    pub(crate) withheld: Vec<String>,
}

/// A document that was taken.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "desk.ts")]
pub(crate) struct TakenDocument {
    /// Its type, named.
    pub(crate) name: String,
    /// Who signed it; nothing where the holder says so alone.
    pub(crate) issuer: Option<String>,
    /// `valid`, `not-checked`, `no-list` or another word of the status list.
    pub(crate) status: String,
    /// What it says.
    pub(crate) claims: Vec<TakenClaim>,
}

/// A value that was given.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "desk.ts")]
pub(crate) struct TakenClaim {
    /// Its name.
    pub(crate) name: String,
    /// The value, as text.
    pub(crate) value: String,
    /// All of it as its issuer wrote it, where `value` leaves something out.
    pub(crate) whole: Option<String>,
}

/// A file that was given.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "desk.ts")]
pub(crate) struct TakenFile {
    /// Its name.
    pub(crate) name: String,
    /// Its media type.
    pub(crate) mime: String,
    /// Bytes.
    pub(crate) size: usize,
}

/// What the counter keeps of others.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "desk.ts")]
pub(crate) struct DeskKept {
    /// The exchange.
    pub(crate) exchange: String,
    /// The purpose in words.
    pub(crate) purpose: String,
    /// When it was taken.
    pub(crate) taken: i64,
    /// When it is to be gone.
    pub(crate) due: i64,
}

impl DeskForms {
    /// Everything that the catalogue knows, in the reader's language.
    ///
    /// # Errors
    /// When core's words cannot be read.
    pub(crate) fn of(catalog: &Catalog, lang: Lang) -> Result<Self> {
        let words = Words::of(lang)?;
        let vct = |code: &str| catalog.doc_type(code).map(|known| known.vct.clone());
        let purposes = catalog.purposes().iter().filter(|purpose| !purpose.is_marketing);
        let purposes = purposes.map(|purpose| PurposeForm {
            code: purpose.code.clone(),
            name: purpose.names.in_lang(lang).to_owned(),
            scenes: offers::scenes(&words, &purpose.scenes),
            max_days: purpose.max_retention_days,
            least: purpose
                .needs
                .iter()
                .flat_map(|need| need.any_of.iter().map(move |set| (need, set)))
                .filter_map(|(need, set)| {
                    Some(LeastForm {
                        need: need.names.in_lang(lang).to_owned(),
                        vct: vct(&set.doc_type)?,
                        claims: set.fields.clone(),
                    })
                })
                .collect(),
        });
        let documents = catalog.types().iter().map(|known| DocumentForm {
            vct: known.vct.clone(),
            name: known.names.in_lang(lang).to_owned(),
            place: place_word(known.place),
            fields: known
                .fields
                .iter()
                .map(|field| FieldForm {
                    claim: field.key.clone(),
                    name: field.names.in_lang(lang).to_owned(),
                    sensitive: field.class.is_sensitive(),
                })
                .collect(),
        });
        Ok(Self { purposes: purposes.collect(), documents: documents.collect() })
    }
}

fn place_word(place: Place) -> Option<String> {
    let word = format!("{place:?}").to_uppercase();
    ["CN", "HK", "MO"].contains(&word.as_str()).then_some(word)
}
