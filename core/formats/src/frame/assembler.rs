//! Frames in any order, again and again, until the message is whole.

use super::{Frame, FrameError, MAX_SET_BYTES, Message, session_of};

/// Collects the frames of one message. The first good frame chooses the message; frames of others
/// are refused until [`Assembler::restart`]. A refused frame changes nothing.
#[derive(Default)]
pub struct Assembler {
    set: Option<Set>,
}

/// How far a message has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// Different frames read so far.
    pub received: u16,
    /// Frames of the message.
    pub count: u16,
    /// Numbers of the frames still missing, from 1, as a screen says them.
    pub missing: Vec<u16>,
}

impl Progress {
    /// Whether every frame was read.
    pub fn is_complete(&self) -> bool {
        self.missing.is_empty()
    }
}

struct Set {
    session: [u8; 8],
    /// One place per frame; at most [`super::MAX_FRAMES`], checked when the frame was read.
    pieces: Vec<Option<Vec<u8>>>,
}

impl Assembler {
    /// Nothing read yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes one QR text.
    ///
    /// # Errors
    /// [`FrameError`]; the frames read before stay.
    pub fn accept(&mut self, text: &str) -> Result<Progress, FrameError> {
        let frame = Frame::read(text)?;
        let set = self.set.get_or_insert_with(|| Set {
            session: frame.session,
            pieces: vec![None; usize::from(frame.count)],
        });
        set.accept(frame)?;
        Ok(set.progress())
    }

    /// Forgets what was read, to begin another message.
    pub fn restart(&mut self) {
        self.set = None;
    }

    /// How far the message has come; nothing before the first frame.
    pub fn progress(&self) -> Option<Progress> {
        self.set.as_ref().map(Set::progress)
    }

    /// The message, once every frame is there. Frames that do not add up are forgotten.
    ///
    /// # Errors
    /// [`FrameError::Missing`], [`FrameError::WrongMessage`], or why the message cannot be read.
    pub fn finish(&mut self) -> Result<Message, FrameError> {
        let set = self.set.as_ref().ok_or(FrameError::Missing)?;
        if !set.progress().is_complete() {
            return Err(FrameError::Missing);
        }
        let bytes: Vec<u8> = set.pieces.iter().flatten().flatten().copied().collect();
        if session_of(&bytes) != set.session {
            self.restart();
            return Err(FrameError::WrongMessage);
        }
        Message::from_bytes(&bytes)
    }
}

impl Set {
    fn accept(&mut self, frame: Frame) -> Result<(), FrameError> {
        if frame.session != self.session {
            return Err(FrameError::ForeignFrame);
        }
        if usize::from(frame.count) != self.pieces.len() || !self.length_fits(&frame) {
            return Err(FrameError::Contradiction);
        }
        let place = self.pieces.get_mut(usize::from(frame.index)).ok_or(FrameError::BadCount)?;
        match place {
            Some(piece) if *piece != frame.payload => Err(FrameError::Contradiction),
            Some(_) => Ok(()),
            None => {
                *place = Some(frame.payload);
                Ok(())
            }
        }
    }

    /// All pieces but the last have one length, the last has no more, and together they stay within
    /// the limit of a set.
    fn length_fits(&self, frame: &Frame) -> bool {
        let last = self.pieces.len() - 1;
        let is_last = |index: usize| index == last;
        let full_lengths =
            self.pieces.iter().enumerate().filter(|(i, _)| !is_last(*i)).filter_map(|(_, p)| p.as_ref());
        let known = full_lengths.map(Vec::len).next();
        let length = frame.payload.len();
        let total = self.pieces.len().saturating_mul(known.unwrap_or(0).max(length));
        if is_last(usize::from(frame.index)) {
            return known.is_none_or(|full| length <= full);
        }
        let last_length = self.pieces.last().and_then(|p| p.as_ref()).map_or(0, Vec::len);
        known.is_none_or(|full| full == length) && last_length <= length && total <= MAX_SET_BYTES + length
    }

    fn progress(&self) -> Progress {
        let missing: Vec<u16> =
            (1..).zip(&self.pieces).filter(|(_, piece)| piece.is_none()).map(|(number, _)| number).collect();
        let count = u16::try_from(self.pieces.len()).unwrap_or(u16::MAX);
        Progress { received: count - u16::try_from(missing.len()).unwrap_or(count), count, missing }
    }
}
