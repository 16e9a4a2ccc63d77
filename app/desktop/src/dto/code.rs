//! A message as codes to be shown: one picture, or several that take turns.

use chop_core::{Result, qr};
use serde::Serialize;
use ts_rs::TS;

/// A message as codes.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "code.ts")]
pub(crate) struct Code {
    /// SVG documents, in order; more than one take turns on the screen.
    pub(crate) frames: Vec<String>,
}

impl Code {
    /// Draws each text as one code.
    pub(crate) fn draw<T: AsRef<str>>(texts: &[T]) -> Result<Self> {
        let drawn = texts.iter().map(|text| Ok(qr::draw(text.as_ref())?.svg()));
        Ok(Self { frames: drawn.collect::<Result<_>>()? })
    }
}
