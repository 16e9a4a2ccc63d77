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
    /// How many there are in all. Where fewer are here, they are the first, and the rest is to be asked for.
    pub(crate) of: usize,
}

impl Code {
    /// Draws each text as one code.
    pub(crate) fn draw<T: AsRef<str>>(texts: &[T]) -> Result<Self> {
        Self::some(texts, texts.len())
    }

    /// Draws the first of the texts alone: a screen shows something before it shows the next, and a grant takes
    /// some twenty codes.
    pub(crate) fn first<T: AsRef<str>>(texts: &[T]) -> Result<Self> {
        Self::some(texts, 1)
    }

    fn some<T: AsRef<str>>(texts: &[T], count: usize) -> Result<Self> {
        let drawn = texts.iter().take(count).map(|text| Ok(qr::draw(text.as_ref())?.svg()));
        Ok(Self { frames: drawn.collect::<Result<_>>()?, of: texts.len() })
    }
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn the_first_code_says_how_many_follow() {
        let texts = ["chop:1", "chop:2", "chop:3"];
        let (all, first) = (Code::draw(&texts).unwrap(), Code::first(&texts).unwrap());
        assert_eq!((all.frames.len(), all.of), (3, 3));
        assert_eq!((first.frames.as_slice(), first.of), (all.frames.get(..1).unwrap(), 3));
    }
}
