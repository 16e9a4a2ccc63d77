//! A camera on Linux, by V4L2. Frames are MJPEG or YUYV, which every camera of the USB video class gives.

use std::io;

use chop_core::qr;
use linuxvideo::format::{PixFormat, PixelFormat};
use linuxvideo::stream::ReadStream;
use linuxvideo::{BufType, CapabilityFlags, Device};

use super::{ASKED, CameraFault, Frame, FrameSource};

/// A camera that runs.
pub(crate) struct Camera {
    stream: ReadStream,
    form: Form,
    width: u32,
    height: u32,
    /// Bytes in a row of YUYV, padding included.
    stride: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Jpeg,
    Yuyv,
}

impl Camera {
    /// Opens the first camera that works, in the order of their numbers.
    ///
    /// # Errors
    /// The fault of the first that does not; [`CameraFault::None`] where there is none.
    pub(crate) fn open() -> Result<Self, CameraFault> {
        let mut worst = CameraFault::None;
        for number in 0..MAX_DEVICES {
            match Self::open_one(&format!("/dev/video{number}")) {
                Ok(camera) => return Ok(camera),
                // A camera has a second device for its own data: that is no fault of the first.
                Err(CameraFault::None) => {}
                Err(fault) if worst == CameraFault::None => worst = fault,
                Err(_) => {}
            }
        }
        Err(worst)
    }

    fn open_one(path: &str) -> Result<Self, CameraFault> {
        let device = Device::open(path).map_err(|error| fault(&error, CameraFault::None))?;
        let capabilities = device.capabilities().map_err(|error| fault(&error, CameraFault::None))?;
        if !capabilities.device_capabilities().contains(CapabilityFlags::VIDEO_CAPTURE) {
            return Err(CameraFault::None);
        }
        let has = |wanted| {
            let formats = device.formats(BufType::VIDEO_CAPTURE);
            formats.flatten().any(|format| format.pixel_format() == wanted)
        };
        // Compressed frames fit through USB 2 at this size thirty times a second; raw ones do not.
        let (form, pixels) = match () {
            () if has(PixelFormat::MJPG) => (Form::Jpeg, PixelFormat::MJPG),
            () if has(PixelFormat::JPEG) => (Form::Jpeg, PixelFormat::JPEG),
            () if has(PixelFormat::YUYV) => (Form::Yuyv, PixelFormat::YUYV),
            () => return Err(CameraFault::OtherForm),
        };
        let wanted = PixFormat::new(ASKED.0, ASKED.1, pixels);
        let capture = device.video_capture(wanted).map_err(|error| fault(&error, CameraFault::Busy))?;
        let given = capture.format();
        if given.pixel_format() != pixels {
            return Err(CameraFault::OtherForm);
        }
        let (width, height) = (given.width(), given.height());
        let stride = usize::try_from(given.bytes_per_line()).map_err(|_| CameraFault::OtherForm)?;
        let stream = capture.into_stream().map_err(|error| fault(&error, CameraFault::Busy))?;
        Ok(Self { stream, form, width, height, stride })
    }
}

impl FrameSource for Camera {
    fn next(&mut self) -> Result<Frame, CameraFault> {
        for _ in 0..BAD_IN_A_ROW {
            let bytes = self.stream.dequeue(|frame| Ok((!frame.is_error()).then(|| frame.to_vec())));
            // While it works, only a camera that went away fails.
            let Some(bytes) = bytes.map_err(|_| CameraFault::Gone)? else { continue };
            let frame = match self.form {
                Form::Jpeg => qr::pixels(&bytes).ok().map(|p| Frame { width: p.width, grey: p.grey }),
                Form::Yuyv => grey(&bytes, self.width, self.height, self.stride),
            };
            // A frame cut short is dropped: the next one comes in a thirtieth of a second.
            if let Some(frame) = frame {
                return Ok(frame);
            }
        }
        Err(CameraFault::OtherForm)
    }
}

/// The grey half of YUYV: every second byte.
fn grey(bytes: &[u8], width: u32, height: u32, stride: usize) -> Option<Frame> {
    let row = usize::try_from(width).ok()?.checked_mul(2)?;
    let stride = stride.max(row);
    let rows = bytes.chunks(stride).take(usize::try_from(height).ok()?);
    let whole = rows.filter_map(|bytes| bytes.get(..row));
    let grey: Vec<u8> = whole.flat_map(|row| row.iter().copied().step_by(2)).collect();
    let count = u64::from(width) * u64::from(height);
    (u64::try_from(grey.len()) == Ok(count)).then_some(Frame { width, grey })
}

fn fault(error: &io::Error, other: CameraFault) -> CameraFault {
    match error.kind() {
        io::ErrorKind::NotFound => CameraFault::None,
        io::ErrorKind::PermissionDenied => CameraFault::NotAllowed,
        io::ErrorKind::ResourceBusy => CameraFault::Busy,
        _ => other,
    }
}

/// Devices that are looked for.
const MAX_DEVICES: u32 = 16;
/// Bad frames in a row after which a camera is given up.
const BAD_IN_A_ROW: u32 = 60;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grey_is_every_second_byte_and_padding_is_left_out() {
        let bytes = [10, 128, 20, 128, 0, 0, 30, 128, 40, 128, 0, 0];
        let frame = grey(&bytes, 2, 2, 6).unwrap();
        assert_eq!((frame.width, frame.grey), (2, vec![10, 20, 30, 40]));
        assert!(grey(&bytes[..8], 2, 2, 6).is_none());
    }
}
