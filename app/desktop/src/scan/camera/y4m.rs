//! A video file in the place of a camera: YUV4MPEG2, the form that Chromium's
//! `--use-file-for-fake-video-capture` takes too. It runs at its own speed and begins again at its end.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use super::{CameraFault, Frame, FrameSource};

/// A video that runs.
pub(crate) struct Video {
    file: PathBuf,
    decoder: y4m::Decoder<BufReader<File>>,
    pause: Duration,
}

impl Video {
    /// Opens a video.
    ///
    /// # Errors
    /// [`CameraFault::None`] without the file, [`CameraFault::OtherForm`] for what is no such video of
    /// eight bits.
    pub(crate) fn open(file: &Path) -> Result<Self, CameraFault> {
        let decoder = decoder(file)?;
        let rate = decoder.get_framerate();
        let seconds = rate.den as f64 / (rate.num.max(1)) as f64;
        let pause = Duration::from_secs_f64(seconds.clamp(0.0, 1.0));
        Ok(Self { file: file.to_owned(), decoder, pause })
    }
}

impl FrameSource for Video {
    fn next(&mut self) -> Result<Frame, CameraFault> {
        thread::sleep(self.pause);
        let width = u32::try_from(self.decoder.get_width()).map_err(|_| CameraFault::OtherForm)?;
        match self.decoder.read_frame() {
            Ok(frame) => Ok(Frame { width, grey: frame.get_y_plane().to_vec() }),
            Err(y4m::Error::EOF) => {
                self.decoder = decoder(&self.file).map_err(|_| CameraFault::Gone)?;
                let frame = self.decoder.read_frame().map_err(|_| CameraFault::Gone)?;
                Ok(Frame { width, grey: frame.get_y_plane().to_vec() })
            }
            Err(_) => Err(CameraFault::Gone),
        }
    }
}

fn decoder(file: &Path) -> Result<y4m::Decoder<BufReader<File>>, CameraFault> {
    let reader = BufReader::new(File::open(file).map_err(|_| CameraFault::None)?);
    let limits = y4m::Limits { bytes: MAX_FRAME_BYTES };
    let decoder = y4m::Decoder::new_with_limits(reader, limits).map_err(|_| CameraFault::OtherForm)?;
    if decoder.get_bit_depth() == 8 { Ok(decoder) } else { Err(CameraFault::OtherForm) }
}

/// The video that a test in the real window names.
#[cfg(feature = "e2e")]
#[expect(clippy::disallowed_methods, reason = "the test says where its video lies")]
pub(crate) fn named_by_test() -> Option<PathBuf> {
    std::env::var_os("CHOP_E2E_CAMERA").map(PathBuf::from)
}

/// Bytes of one frame, colours included.
const MAX_FRAME_BYTES: usize = 32 * 1024 * 1024;
