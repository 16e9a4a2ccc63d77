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

#![deny(clippy::indexing_slicing, clippy::expect_used)]

pub mod numbers;
