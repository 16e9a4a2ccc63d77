//! PNG or JPEG bytes to grey pixels, with the bounds checked before anything is allocated.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use image::error::ImageError;
use image::{DynamicImage, GrayImage, ImageDecoder, ImageFormat, ImageReader, Limits, Luma};

use super::QrError;

/// Largest file, in bytes.
pub const PICTURE_BYTES_MAX: usize = 20 * 1024 * 1024;
/// Largest picture, in pixels, as its header declares it.
pub const PICTURE_PIXELS_MAX: u64 = 40_000_000;

/// A picture as grey pixels.
#[derive(Clone, PartialEq, Eq)]
pub struct Pixels {
    /// Pixels in a row.
    pub width: u32,
    /// Row by row from the top left.
    pub grey: Vec<u8>,
}

/// What a picture shows is nobody's business in a log.
impl std::fmt::Debug for Pixels {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Pixels({} wide, {} in all)", self.width, self.grey.len())
    }
}

/// The grey pixels of a PNG or JPEG file: for an edge whose camera packs each frame, and that shows what
/// it sees.
///
/// # Errors
/// [`QrError::PictureBytes`], [`QrError::PicturePixels`], [`QrError::PictureForm`],
/// [`QrError::PictureDamaged`].
pub fn pixels(picture: &[u8]) -> Result<Pixels, QrError> {
    let grey = grey(picture)?;
    Ok(Pixels { width: grey.width(), grey: grey.into_raw() })
}

/// Reads a PNG or JPEG file as grey pixels; what is transparent counts as white paper.
///
/// # Errors
/// [`QrError::PictureBytes`], [`QrError::PicturePixels`], [`QrError::PictureForm`],
/// [`QrError::PictureDamaged`].
pub(super) fn grey(bytes: &[u8]) -> Result<GrayImage, QrError> {
    if bytes.len() > PICTURE_BYTES_MAX {
        return Err(QrError::PictureBytes);
    }
    // The decoders are foreign code over hostile bytes: a panic in them is a damaged picture.
    catch_unwind(AssertUnwindSafe(|| decode(bytes))).unwrap_or(Err(QrError::PictureDamaged)).map(on_paper)
}

fn decode(bytes: &[u8]) -> Result<DynamicImage, QrError> {
    let format = image::guess_format(bytes).map_err(|_| QrError::PictureForm)?;
    if !matches!(format, ImageFormat::Png | ImageFormat::Jpeg) {
        return Err(QrError::PictureForm);
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(DECODE_MEMORY_MAX);
    reader.limits(limits);
    let decoder = reader.into_decoder().map_err(fault)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PICTURE_PIXELS_MAX || decoder.total_bytes() > DECODE_MEMORY_MAX
    {
        return Err(QrError::PicturePixels);
    }
    DynamicImage::from_decoder(decoder).map_err(fault)
}

fn fault(error: ImageError) -> QrError {
    match error {
        ImageError::Limits(_) => QrError::PicturePixels,
        _ => QrError::PictureDamaged,
    }
}

fn on_paper(picture: DynamicImage) -> GrayImage {
    if !picture.color().has_alpha() {
        return picture.into_luma8();
    }
    let picture = picture.into_luma_alpha8();
    let (width, height) = picture.dimensions();
    let over_white = |grey: u8, alpha: u8| {
        let (grey, alpha) = (u16::from(grey), u16::from(alpha));
        u8::try_from((grey * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX)
    };
    GrayImage::from_fn(width, height, |x, y| {
        let [grey, alpha] = picture.get_pixel(x, y).0;
        Luma([over_white(grey, alpha)])
    })
}

/// Eight-bit RGBA of the largest picture; sixteen bits a channel have to be smaller.
const DECODE_MEMORY_MAX: u64 = PICTURE_PIXELS_MAX * 4;
