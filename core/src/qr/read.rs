//! Pictures to texts: the ordinary case first, dearer attempts only where the cheaper found nothing.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use image::GrayImage;
use image::imageops::{FilterType, resize};
use rxing::common::cpp_essentials::ConcentricPattern;
use rxing::common::{BitMatrix, DetectorRXingResult, GlobalHistogramBinarizer, HybridBinarizer};
use rxing::qrcode::cpp_port::decoder::Decode;
use rxing::qrcode::cpp_port::detector::{FindFinderPatterns, GenerateFinderPatternSets, SampleQR};
use rxing::{Binarizer, BinaryBitmap, Luma8LuminanceSource, LuminanceSource};

use super::QrError;
use super::picture::{PICTURE_PIXELS_MAX, grey};

/// Most pictures read at once: a frame set has at most 200 frames.
pub const PICTURES_MAX: usize = 200;

/// The texts of all QR codes in one PNG or JPEG picture, turned, tilted or inverted; each text once.
///
/// # Errors
/// [`QrError::NoCode`] when there is none, or what is wrong with the picture.
pub fn read(picture: &[u8]) -> Result<Vec<String>, QrError> {
    found(looks_at(grey(picture)?))
}

/// The texts of all QR codes in one frame of grey pixels, row by row from the top left: what a camera
/// gives before anybody has packed it into a file.
///
/// # Errors
/// [`QrError::NoCode`]; [`QrError::PicturePixels`] above 40 megapixels, [`QrError::PictureDamaged`] when
/// `pixels` are not whole rows of `width`.
pub fn read_pixels(pixels: &[u8], width: u32) -> Result<Vec<String>, QrError> {
    let count = u64::try_from(pixels.len()).unwrap_or(u64::MAX);
    if count > PICTURE_PIXELS_MAX {
        return Err(QrError::PicturePixels);
    }
    let height = count.checked_div(u64::from(width)).and_then(|height| u32::try_from(height).ok());
    let frame = height.and_then(|height| {
        let whole = u64::from(width) * u64::from(height) == count;
        whole.then(|| GrayImage::from_raw(width, height, pixels.to_vec())).flatten()
    });
    found(looks_at(frame.ok_or(QrError::PictureDamaged)?))
}

fn found(texts: Vec<String>) -> Result<Vec<String>, QrError> {
    if texts.is_empty() { Err(QrError::NoCode) } else { Ok(texts) }
}

/// What a set of pictures gave: the frames of one message, usually.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PictureSet {
    /// Every text once, in the order in which it was first seen.
    pub texts: Vec<String>,
    /// Index of each picture that gave none, with the reason.
    pub unread: Vec<(usize, QrError)>,
}

/// Reads several pictures, one frame or more in each. A picture that cannot be read is named, not fatal:
/// the assembler says which frames are missing.
///
/// # Errors
/// [`QrError::TooManyPictures`].
pub fn read_set<'a>(pictures: impl IntoIterator<Item = &'a [u8]>) -> Result<PictureSet, QrError> {
    let mut set = PictureSet::default();
    let mut seen = BTreeSet::new();
    for (index, picture) in pictures.into_iter().enumerate() {
        if index >= PICTURES_MAX {
            return Err(QrError::TooManyPictures);
        }
        match read(picture) {
            Ok(texts) => set.texts.extend(texts.into_iter().filter(|text| seen.insert(text.clone()))),
            Err(error) => set.unread.push((index, error)),
        }
    }
    Ok(set)
}

/// Each look costs a pass over the picture. A picture in good light is read by the first.
fn looks_at(picture: GrayImage) -> Vec<String> {
    let (width, height) = picture.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if pixels > ORDINARY_PIXELS {
        // A phone's full frame: a code that fills a tenth of its width still has three pixels a module.
        // It is never looked at in full, which bounds the work of one picture.
        return looks(scaled(&picture, (ORDINARY_PIXELS as f64 / pixels as f64).sqrt()));
    }
    if pixels < SMALL_PIXELS {
        let texts = looks(scaled(&picture, 3.0));
        if !texts.is_empty() {
            return texts;
        }
    }
    looks(picture)
}

fn looks(picture: GrayImage) -> Vec<String> {
    let (width, height) = picture.dimensions();
    if width < SIDE_MIN || height < SIDE_MIN {
        return Vec::new();
    }
    let Ok(source) = Luma8LuminanceSource::new(picture.into_raw(), width, height) else { return Vec::new() };
    let mut texts = look(HybridBinarizer::new(source.clone()), Effort::Quick);
    // Where there are two there may be more; where there is one, the quick look has done its work.
    if texts.len() != 1 {
        merge(&mut texts, look(HybridBinarizer::new(source.clone()), Effort::Harder));
    }
    if texts.is_empty() {
        texts = look(GlobalHistogramBinarizer::new(source.clone()), Effort::Harder);
    }
    if texts.is_empty() {
        let mut inverted = source;
        inverted.invert();
        texts = look(HybridBinarizer::new(inverted), Effort::Harder);
    }
    texts
}

fn scaled(picture: &GrayImage, factor: f64) -> GrayImage {
    let side = |length: u32| (f64::from(length) * factor).round().max(1.0) as u32;
    resize(picture, side(picture.width()), side(picture.height()), FilterType::Triangle)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Effort {
    Quick,
    Harder,
}

fn look<B: Binarizer>(binarizer: B, effort: Effort) -> Vec<String> {
    // Foreign code over hostile pixels: a panic in it is a look that found nothing.
    catch_unwind(AssertUnwindSafe(|| codes_in(BinaryBitmap::new(binarizer).get_black_matrix(), effort)))
        .unwrap_or_default()
}

/// The reader's own steps, with a bound on the work: a picture full of finder patterns would otherwise be
/// tried in every combination, for minutes.
fn codes_in(matrix: &BitMatrix, effort: Effort) -> Vec<String> {
    let mut patterns = FindFinderPatterns(matrix, effort == Effort::Harder, 0);
    patterns.sort_by_key(|pattern| Reverse(pattern.size));
    patterns.truncate(PATTERNS_MAX);
    let mut used: Vec<ConcentricPattern> = Vec::new();
    let mut texts = Vec::new();
    let mut tried = 0;
    for set in GenerateFinderPatternSets(&mut patterns) {
        let corners = [set.bl, set.tl, set.tr];
        if corners.iter().any(|corner| used.contains(corner)) {
            continue;
        }
        tried += 1;
        if tried > SETS_MAX {
            break;
        }
        let Ok(sampled) = SampleQR(matrix, &set) else { continue };
        let Ok(decoded) = Decode(sampled.getBits()) else { continue };
        if decoded.isValid() {
            used.extend(corners);
            merge(&mut texts, vec![decoded.text()]);
        }
    }
    texts
}

fn merge(texts: &mut Vec<String>, more: Vec<String>) {
    for text in more {
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
}

/// A picture with more pixels is shrunk to so many.
const ORDINARY_PIXELS: u64 = 4_000_000;
/// A picture with fewer is enlarged for the first look.
const SMALL_PIXELS: u64 = 160 * 160;
/// No QR code is smaller than 21 modules.
const SIDE_MIN: u32 = 21;
/// Finder patterns looked at in one pass, the largest first: three for each of some eighty codes.
const PATTERNS_MAX: usize = 256;
/// Triples of them that are sampled in one pass.
const SETS_MAX: usize = 512;
