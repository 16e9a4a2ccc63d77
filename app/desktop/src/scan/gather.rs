//! One text after the other, until they make something whole.

use chop_core::Result;
use chop_core::flow;
use chop_core::plumbing::formats::frame::{Assembler, Progress};
use chop_core::plumbing::formats::offer::OfferCode;

use super::Content;

/// What a gathering has come to.
#[derive(Debug)]
pub(crate) enum Seen {
    /// A frame of a message of several.
    Part,
    /// Something whole.
    Whole(Content),
    /// Nothing new: the same frame again, as an animated code shows it.
    Nothing,
}

/// Frames in any order, again and again, until the message is whole.
#[derive(Default)]
pub(crate) struct Gathering {
    assembler: Assembler,
    frames: Vec<String>,
}

impl Gathering {
    /// Takes one text: of a code, a line of a file, or typed.
    ///
    /// # Errors
    /// `frame.*`; the frames that came before stay.
    pub(crate) fn take(&mut self, text: &str) -> Result<Seen> {
        let text = text.trim();
        if text.is_empty() || self.frames.iter().any(|known| known == text) {
            return Ok(Seen::Nothing);
        }
        if !text.starts_with(FRAME) || OfferCode::is_one(text) {
            return Ok(Seen::Whole(Content::of(text)));
        }
        let progress = self.assembler.accept(text)?;
        self.frames.push(text.to_owned());
        if !progress.is_complete() {
            return Ok(Seen::Part);
        }
        let frames = std::mem::take(&mut self.frames);
        self.assembler.restart();
        Ok(Seen::Whole(Content::Message(flow::read(&frames)?)))
    }

    /// How far a message is that is not whole yet.
    pub(crate) fn progress(&self) -> Option<Progress> {
        self.assembler.progress()
    }

    /// Begins anew, with another message.
    pub(crate) fn restart(&mut self) {
        *self = Self::default();
    }
}

/// What every frame begins with, and the code of an offer too.
const FRAME: &str = "CHOP1:";
