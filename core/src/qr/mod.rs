//! QR codes: drawn for screens, paper and terminals, read back from pictures.
//!
//! ```text
//! text ── draw ──► Drawing ── png | svg | terminal
//! PNG, JPEG bytes ── read ──► texts        (bounds first, then the cheapest attempt that reads)
//! pixels of a camera ── read_pixels ──► texts        (a camera's JPEG becomes pixels by `pixels`)
//! pictures ── read_set ──► the texts of all of them, and which pictures gave none
//! ```
//! A code is at most version 15 with error correction M: what a camera reads in motion
//! (docs/protocol.md, "What cameras read"). What does not fit travels in frames
//! (`chop_formats::frame`), one drawing each.
//!
//! ```
//! use chop_core::qr;
//! let png = qr::draw("CHOP1:00")?.png(qr::MODULE_PIXELS)?;
//! assert_eq!(qr::read(&png)?, ["CHOP1:00"]);
//! # Ok::<(), qr::QrError>(())
//! ```

mod draw;
mod error;
mod picture;
mod read;

pub use draw::{Drawing, MODULE_PIXELS, draw};
pub use error::QrError;
pub use picture::{PICTURE_BYTES_MAX, PICTURE_PIXELS_MAX, Pixels, pixels};
pub use read::{PICTURES_MAX, PictureSet, read, read_pixels, read_set};
