//! QR codes: drawn and read in the core, the same on every platform.

use chop_core::qr;

use crate::ChopError;
use crate::error::failed;

pub(crate) fn png(text: &str, pixels: u32) -> Result<Vec<u8>, ChopError> {
    qr::draw(text).and_then(|drawing| drawing.png(pixels)).map_err(failed)
}

/// The QR code of `text` as a PNG of about `pixels` a side, quiet zone included.
#[uniffi::export]
pub fn draw_qr(text: String, pixels: u32) -> Result<Vec<u8>, ChopError> {
    png(&text, pixels)
}

/// The texts of the QR codes in a picture, PNG or JPEG.
#[uniffi::export]
pub fn read_qr_picture(picture: Vec<u8>) -> Result<Vec<String>, ChopError> {
    qr::read(&picture).map_err(failed)
}

/// The texts of the QR codes in a camera's frame: one byte of brightness a pixel, row by row.
#[uniffi::export]
pub fn read_qr_pixels(pixels: Vec<u8>, width: u32) -> Result<Vec<String>, ChopError> {
    qr::read_pixels(&pixels, width).map_err(failed)
}
