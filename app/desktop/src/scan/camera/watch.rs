//! Frame after frame, until something whole was seen, the camera is gone, or somebody stops.

use chop_core::qr;
use chop_transport::Cancel;

use super::{CameraFault, Frame, FrameSource};

/// What the loop tells.
pub(crate) trait Sink {
    /// The texts of the codes in a frame. `true`: that was all that was wanted.
    fn texts(&mut self, texts: &[String]) -> bool;
    /// A small picture of what is seen, a few times a second.
    fn preview(&mut self, preview: Preview);
    /// There are no more frames.
    fn fault(&mut self, fault: CameraFault);
}

/// A small picture of what a camera sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Preview {
    /// Pixels in a row.
    pub(crate) width: u32,
    /// Rows.
    pub(crate) height: u32,
    /// Grey pixels, row by row from the top left.
    pub(crate) grey: Vec<u8>,
}

/// Looks at every frame of `source`.
pub(crate) fn watch(source: &mut dyn FrameSource, sink: &mut dyn Sink, cancel: &Cancel) {
    let mut number = 0_u64;
    while !cancel.is_cancelled() {
        let frame = match source.next() {
            Ok(frame) => frame,
            Err(fault) => return sink.fault(fault),
        };
        if number.is_multiple_of(EVERY) {
            sink.preview(Preview::of(&frame));
        }
        number += 1;
        // A frame without a code is the ordinary case.
        if let Ok(texts) = qr::read_pixels(&frame.grey, frame.width)
            && sink.texts(&texts)
        {
            return;
        }
    }
}

impl Preview {
    /// Every n-th pixel of every n-th row, at most [`PREVIEW_WIDTH`] wide.
    pub(crate) fn of(frame: &Frame) -> Self {
        let width = usize::try_from(frame.width.max(1)).unwrap_or(1);
        let step = width.div_ceil(PREVIEW_WIDTH).max(1);
        let rows = frame.grey.chunks_exact(width).step_by(step);
        let height = rows.len();
        let grey: Vec<u8> = rows.flat_map(|row| row.iter().copied().step_by(step)).collect();
        let side = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        Self { width: side(width.div_ceil(step)), height: side(height), grey }
    }
}

/// One frame in so many becomes a preview: some five a second.
const EVERY: u64 = 4;
const PREVIEW_WIDTH: usize = 320;
