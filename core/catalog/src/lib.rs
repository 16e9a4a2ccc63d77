//! Floor 2: the papers that people have in the three places, as data, and the numbers on them.
//!
//! ```text
//! numbers::check(kind, text, at)  -> NumberCheck { errors, warnings }     one number by itself
//! Catalog::built_in().with(pack)  -> Catalog -> doc_type(code) -> DocType { fields, … }
//! check_document(type, fields, at) -> [FieldFinding]                      a paper's fields among themselves
//! ```
//!
//! The catalogue is data in `data/*.toml`, one file per place or sector, all in the form in which a
//! regional pack is added later without a new build (gba.md rows 11 and 30). A type that it does not
//! know is no error: the paper is kept and shown, and nothing is said about its fields.
//!
//! ```
//! use chop_catalog::Catalog;
//! use chop_model::Lang;
//! let catalog = Catalog::built_in()?;
//! let card = catalog.by_vct("urn:chop:cn.resident_id:1").unwrap();
//! assert_eq!(card.field("id_number").unwrap().names.in_lang(Lang::ZhHans), "公民身份号码");
//! assert!(catalog.by_vct("urn:example:unheard-of:1").is_none());
//! # Ok::<(), chop_catalog::CatalogError>(())
//! ```

#![deny(clippy::indexing_slicing, clippy::expect_used)]

mod catalog;
mod class;
mod compare;
mod day;
mod doc_type;
mod document;
mod error;
mod finding;
pub mod numbers;
mod purpose;
mod read;
mod wire;

pub use catalog::{BUILT_IN, Catalog, Envelope, PackHeader, StatusCode};
pub use class::{FieldClass, Level};
pub use doc_type::{
    Accountable, Check, DocType, Field, FieldKind, Freshness, Known, Place, Subject, Validity,
};
pub use document::check_document;
pub use error::CatalogError;
pub use finding::{DocumentFinding, FieldFinding, FindingKind};
pub use purpose::{LeastSet, LegalBasis, Need, PurposeTemplate};
