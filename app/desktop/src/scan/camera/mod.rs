//! A camera: frames of grey pixels, whoever takes them.
//!
//! ```text
//! FrameSource   v4l.rs   a Linux camera (V4L2): WebKitGTK denies media streams to a page by default
//!               y4m.rs   a video file, for tests in the real window (feature `e2e`)
//! watch.rs      a thread: frame → codes → gathering, and a small picture of what is seen
//! ```
//! Elsewhere than on Linux the page has a camera of its own and hands over each frame (`scan_frame`).

#[cfg(target_os = "linux")]
mod v4l;
mod watch;
#[cfg(any(test, feature = "e2e"))]
pub(crate) mod y4m;

pub(crate) use watch::{Preview, Sink, watch};

/// One frame as a camera saw it.
pub(crate) struct Frame {
    /// Pixels in a row.
    pub(crate) width: u32,
    /// Grey pixels, row by row from the top left.
    pub(crate) grey: Vec<u8>,
}

/// Where frames come from.
pub(crate) trait FrameSource {
    /// Waits for the next frame.
    ///
    /// # Errors
    /// [`CameraFault`]; a source that failed gives no more frames.
    fn next(&mut self) -> Result<Frame, CameraFault>;
}

/// Why there are no frames.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CameraFault {
    /// No camera is connected.
    None,
    /// This person may not use it.
    NotAllowed,
    /// Another program has it.
    Busy,
    /// It has no form of picture that is read here.
    OtherForm,
    /// It was there, and went away.
    Gone,
}

/// What the camera is asked for: a code of version 25 then has three pixels a module.
pub(crate) const ASKED: (u32, u32) = (1280, 720);

/// The camera of this machine; in a build for tests, the video that the test names.
pub(crate) fn open() -> Result<Box<dyn FrameSource>, CameraFault> {
    #[cfg(feature = "e2e")]
    if let Some(file) = y4m::named_by_test() {
        return Ok(Box::new(y4m::Video::open(&file)?));
    }
    #[cfg(target_os = "linux")]
    return Ok(Box::new(v4l::Camera::open()?));
    #[cfg(not(target_os = "linux"))]
    Err(CameraFault::None)
}

/// Whether frames are taken here, and not by the page.
pub(crate) const IS_HERE: bool = cfg!(target_os = "linux");
