//! Text to QR code: PNG for files, SVG for pages and print, half blocks for terminals.

use std::io::Cursor;

use image::{ImageFormat, Luma};
use qrcode::bits::Bits;
use qrcode::render::{svg, unicode::Dense1x2};
use qrcode::types::QrError as EncodeError;
use qrcode::{EcLevel, QrCode, Version};

use super::QrError;

/// Side of one module in a PNG, in pixels, when nobody says otherwise.
pub const MODULE_PIXELS: u32 = 8;

/// Draws `text` as the smallest QR code of error correction M that holds it.
///
/// Frames are written in the alphanumeric alphabet (ISO/IEC 18004 section 7.4.4), which the encoder
/// then uses for the whole of them: 600 characters in version 15.
///
/// # Errors
/// [`QrError::TooLong`] beyond version 15.
pub fn draw(text: &str) -> Result<Drawing, QrError> {
    if text.len() > DIGITS_MAX {
        return Err(QrError::TooLong);
    }
    let code = match QrCode::with_error_correction_level(text, EcLevel::M) {
        Ok(code) if is_small(code.version()) => Ok(code),
        // The encoder changes mode for runs of digits, and a few bits more than one segment needs are
        // too many for a full frame.
        Ok(_) | Err(EncodeError::DataTooLong) => one_segment(text),
        Err(error) => Err(error),
    };
    let code = code.map_err(|error| match error {
        EncodeError::DataTooLong | EncodeError::InvalidCharacter => QrError::TooLong,
        _ => QrError::NotDrawn,
    })?;
    match code.version() {
        Version::Normal(version) if version <= VERSION_MAX => Ok(Drawing { code, version }),
        _ => Err(QrError::TooLong),
    }
}

/// The text as one alphanumeric segment in the largest version that we draw.
fn one_segment(text: &str) -> Result<QrCode, EncodeError> {
    if !text.bytes().all(|byte| ALPHANUMERIC.contains(&byte)) {
        return Err(EncodeError::InvalidCharacter);
    }
    let mut bits = Bits::new(Version::Normal(VERSION_MAX));
    bits.push_alphanumeric_data(text.as_bytes())?;
    bits.push_terminator(EcLevel::M)?;
    QrCode::with_bits(bits, EcLevel::M)
}

fn is_small(version: Version) -> bool {
    matches!(version, Version::Normal(version) if version <= VERSION_MAX)
}

/// A QR code that can be drawn in several forms, each with the quiet zone of four modules that
/// ISO/IEC 18004 section 6.3.8 asks for.
pub struct Drawing {
    code: QrCode,
    version: i16,
}

impl Drawing {
    /// The version, 1 to 15.
    pub fn version(&self) -> i16 {
        self.version
    }

    /// Modules on a side, without the quiet zone.
    pub fn modules(&self) -> usize {
        self.code.width()
    }

    /// The bytes of a greyscale PNG, each module `pixels` on a side: 8 to 64, other values are moved there.
    ///
    /// # Errors
    /// [`QrError::NotDrawn`] when the encoder fails.
    pub fn png(&self, pixels: u32) -> Result<Vec<u8>, QrError> {
        let side = pixels.clamp(MODULE_PIXELS, MODULE_PIXELS_MAX);
        let picture = self.code.render::<Luma<u8>>().module_dimensions(side, side).build();
        let mut png = Cursor::new(Vec::new());
        picture.write_to(&mut png, ImageFormat::Png).map_err(|_| QrError::NotDrawn)?;
        Ok(png.into_inner())
    }

    /// An SVG document, eight units a module, that scales to any size.
    pub fn svg(&self) -> String {
        self.code.render::<svg::Color<'_>>().module_dimensions(MODULE_PIXELS, MODULE_PIXELS).build()
    }

    /// Lines for a terminal, two modules in each character cell.
    ///
    /// Colours are set on every line and taken back at its end: dark modules stay dark on a light and
    /// on a dark terminal alike.
    pub fn terminal(&self) -> String {
        let blocks = self.code.render::<Dense1x2>().module_dimensions(1, 1).build();
        blocks.lines().map(|line| format!("{BLACK_ON_WHITE}{line}{PLAIN}\n")).collect()
    }
}

const VERSION_MAX: i16 = 15;
/// ISO/IEC 18004 table 5.
const ALPHANUMERIC: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
/// Digits are the densest segment; version 15-M holds so many of them.
const DIGITS_MAX: usize = 1_000;
const MODULE_PIXELS_MAX: u32 = 64;
/// SGR 38;5 and 48;5: exact colours of the 256-colour cube, which themes leave alone.
const BLACK_ON_WHITE: &str = "\x1b[38;5;16;48;5;231m";
const PLAIN: &str = "\x1b[0m";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn version_15_m_is_the_ceiling() {
        assert_eq!(draw(&"A".repeat(600)).unwrap().version(), 15);
        assert_eq!(draw(&"A".repeat(601)).err(), Some(QrError::TooLong));
        assert_eq!(draw(&"9".repeat(100_000)).err(), Some(QrError::TooLong));
    }

    #[test]
    fn a_full_frame_fits_whatever_runs_of_digits_it_has() {
        let mut state = 1u64;
        for round in 0..400 {
            let text: String = (0..600)
                .map(|_| {
                    state =
                        state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    // Every other round is rich in digits, so that runs of them are long enough to matter.
                    let letters = if round % 2 == 0 { ALPHANUMERIC.len() } else { 13 };
                    char::from(ALPHANUMERIC[(state >> 33) as usize % letters])
                })
                .collect();
            let drawing = draw(&text).unwrap();
            assert!(drawing.version() <= 15);
            if round % 40 == 0 {
                assert_eq!(crate::qr::read(&drawing.png(MODULE_PIXELS).unwrap()).unwrap(), [text]);
            }
        }
    }

    #[test]
    fn frames_use_the_alphanumeric_alphabet() {
        // In bytes, 122 characters would need version 7.
        assert_eq!(draw(&"CHOP1:".chars().cycle().take(122).collect::<String>()).unwrap().version(), 5);
    }

    #[test]
    fn the_quiet_zone_is_four_modules() {
        let drawing = draw("CHOP1:QUIET").unwrap();
        let picture = image::load_from_memory(&drawing.png(10).unwrap()).unwrap().to_luma8();
        assert_eq!(picture.width() as usize, (drawing.modules() + 8) * 10);
        assert!(picture.rows().take(40).flatten().all(|pixel| pixel.0 == [255]));
        assert_eq!(picture.get_pixel(40, 40).0, [0]);
    }

    #[test]
    fn the_terminal_shows_the_same_modules_as_the_png() {
        let drawing = draw("CHOP1:TERMINAL").unwrap();
        let text = drawing.terminal();
        let mut cells = text.lines().map(|line| {
            let blocks = line.strip_prefix(BLACK_ON_WHITE).unwrap().strip_suffix(PLAIN).unwrap();
            blocks.chars().collect::<Vec<_>>()
        });
        let first = cells.next().unwrap();
        assert_eq!(first.len(), drawing.modules() + 8);
        assert!(first.iter().all(|cell| *cell == ' '), "the quiet zone is the light background");
        // The top left finder pattern begins in row four: its dark edge above the light ring.
        assert_eq!(cells.nth(1).unwrap()[4..12].iter().collect::<String>(), "█▀▀▀▀▀█ ");
    }

    #[test]
    fn svg_is_a_document_of_its_own() {
        let svg = draw("CHOP1:SVG").unwrap().svg();
        assert!(svg.starts_with("<?xml") && svg.trim_end().ends_with("</svg>"));
    }
}
