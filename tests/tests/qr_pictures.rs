//! Photographs read back; row 19 of the attacks: pictures that would fill memory or time.

use std::io::Cursor;
use std::time::{Duration, Instant};

use chop_core::qr::{self, QrError};
use chop_tests::camera;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::imageops::{invert, overlay, resize};
use image::{ExtendedColorType, GrayImage, ImageEncoder, ImageFormat, Luma, Rgba, RgbaImage};

#[test]
fn at_least_95_of_100_photographs_are_read() {
    let mut count = 0;
    let mut missed = Vec::new();
    for photo in camera::photos() {
        count += 1;
        match qr::read(&photo.jpeg) {
            Ok(texts) if texts == [photo.text.as_str()] => {}
            Ok(_) => panic!("{}: a photograph was read as something else", photo.name),
            Err(error) => missed.push(format!("{}: {error}", photo.name)),
        }
    }
    assert!(count >= 60, "{count} photographs are too few");
    assert!(missed.len() * 20 <= count, "missed {} of {count}:\n{}", missed.len(), missed.join("\n"));
}

#[test]
fn several_codes_in_one_picture() {
    let texts = ["CHOP1:ONE", "CHOP1:TWO AND A LITTLE MORE", "CHOP1:THREE", "CHOP1:FOUR"];
    let mut page = GrayImage::from_pixel(1200, 1200, Luma([255]));
    for (index, text) in texts.iter().enumerate() {
        let (column, row) = ((index % 2) as i64, (index / 2) as i64);
        overlay(&mut page, &drawn(text), 60 + column * 600, 60 + row * 600);
    }
    let mut read = qr::read(&png(&page)).expect("four codes");
    read.sort_unstable();
    let mut wanted = texts;
    wanted.sort_unstable();
    assert_eq!(read, wanted);
}

#[test]
fn inverted_transparent_small_and_huge() {
    let mut dark_mode = drawn("CHOP1:DARK MODE");
    invert(&mut dark_mode);
    assert_eq!(qr::read(&png(&dark_mode)).as_deref(), Ok(["CHOP1:DARK MODE".to_owned()].as_slice()));

    let code = drawn("CHOP1:CLEAR");
    let clear = RgbaImage::from_fn(code.width(), code.height(), |x, y| {
        Rgba([0, 0, 0, 255 - code.get_pixel(x, y).0[0]])
    });
    let mut bytes = Cursor::new(Vec::new());
    clear.write_to(&mut bytes, ImageFormat::Png).expect("a PNG");
    assert_eq!(qr::read(bytes.get_ref()).as_deref(), Ok(["CHOP1:CLEAR".to_owned()].as_slice()));

    let tiny = resize(&drawn("CHOP1:TINY"), 87, 87, image::imageops::FilterType::Triangle);
    assert_eq!(qr::read(&png(&tiny)).as_deref(), Ok(["CHOP1:TINY".to_owned()].as_slice()));

    let mut poster = GrayImage::from_pixel(4000, 3000, Luma([200]));
    overlay(&mut poster, &drawn("CHOP1:POSTER"), 1800, 1400);
    assert_eq!(qr::read(&png(&poster)).as_deref(), Ok(["CHOP1:POSTER".to_owned()].as_slice()));
}

#[test]
fn a_set_names_what_it_could_not_read() {
    let one = png(&drawn("CHOP1:1 OF 2"));
    let two = png(&drawn("CHOP1:2 OF 2"));
    let blank = png(&GrayImage::from_pixel(300, 300, Luma([255])));
    let set = qr::read_set([&one[..], &blank, &two, &one]).expect("few pictures");
    assert_eq!(set.texts, ["CHOP1:1 OF 2", "CHOP1:2 OF 2"]);
    assert_eq!(set.unread, [(1, QrError::NoCode)]);
    assert_eq!(qr::read_set(vec![&blank[..4]; 201]), Err(QrError::TooManyPictures));
}

#[test]
fn row_19_pictures_beyond_the_bounds_are_refused_before_they_are_unpacked() {
    // 8000 by 8000 pixels of one colour: a file of a few dozen kB, 64 MB unpacked.
    let mut bomb = Vec::new();
    PngEncoder::new_with_quality(&mut bomb, CompressionType::Best, FilterType::NoFilter)
        .write_image(&vec![0; 64_000_000], 8000, 8000, ExtendedColorType::L8)
        .expect("a PNG");
    assert!(bomb.len() < 200_000);
    assert_eq!(qr::read(&bomb), Err(QrError::PicturePixels));

    // A header alone that declares 100,000 by 100,000.
    assert_eq!(qr::read(&png_header(100_000, 100_000)), Err(QrError::PicturePixels));

    let mut padded = png(&drawn("CHOP1:PADDED"));
    padded.resize(qr::PICTURE_BYTES_MAX + 1, 0);
    assert_eq!(qr::read(&padded), Err(QrError::PictureBytes));
}

#[test]
fn row_19_a_picture_full_of_finder_patterns_ends_in_time() {
    let ring = |at: u32| matches!(at % 9, 0 | 6);
    let core = |at: u32| (2..=4).contains(&(at % 9));
    let field = GrayImage::from_fn(2400, 1600, |x, y| {
        let (x, y) = (x / 3, y / 3);
        let inside = x % 9 < 7 && y % 9 < 7;
        Luma([if inside && (ring(x) || ring(y) || (core(x) && core(y))) { 0 } else { 255 }])
    });
    let began = now();
    assert_eq!(qr::read(&png(&field)), Err(QrError::NoCode));
    let took = began.elapsed();
    assert!(took < Duration::from_secs(20), "took {took:?}");
}

#[test]
fn frames_of_a_camera_are_read_without_a_file() {
    let frame = drawn("CHOP1:FRAME");
    assert_eq!(
        qr::read_pixels(frame.as_raw(), frame.width()).as_deref(),
        Ok(&["CHOP1:FRAME".to_owned()][..])
    );
    assert_eq!(qr::read_pixels(frame.as_raw(), frame.width() - 1), Err(QrError::PictureDamaged));
    assert_eq!(qr::read_pixels(frame.as_raw(), 0), Err(QrError::PictureDamaged));
    assert_eq!(qr::read_pixels(&[], 0), Err(QrError::PictureDamaged));
    assert_eq!(qr::read_pixels(&[0; 400], 20), Err(QrError::NoCode));
    assert_eq!(qr::read_pixels(&vec![0; 40_000_001], 1), Err(QrError::PicturePixels));
}

#[test]
fn damaged_and_foreign_files_are_named() {
    let whole = png(&drawn("CHOP1:DAMAGED"));
    assert_eq!(qr::read(&whole[..whole.len() / 2]), Err(QrError::PictureDamaged));
    assert_eq!(qr::read(b"GIF89a..........."), Err(QrError::PictureForm));
    assert_eq!(qr::read(b""), Err(QrError::PictureForm));
    assert_eq!(qr::read(&png(&GrayImage::from_pixel(1, 1, Luma([0])))), Err(QrError::NoCode));
}

fn drawn(text: &str) -> GrayImage {
    let png = qr::draw(text).and_then(|drawing| drawing.png(8)).expect("a drawing");
    image::load_from_memory(&png).expect("our own PNG").into_luma8()
}

fn png(picture: &GrayImage) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png).expect("a PNG");
    bytes.into_inner()
}

/// Signature, IHDR of a grey picture, and an empty end; the checksum is right.
fn png_header(width: u32, height: u32) -> Vec<u8> {
    let mut small = png(&GrayImage::from_pixel(1, 1, Luma([0])));
    small[16..20].copy_from_slice(&width.to_be_bytes());
    small[20..24].copy_from_slice(&height.to_be_bytes());
    let sum = crc32(&small[12..29]);
    small[29..33].copy_from_slice(&sum.to_be_bytes());
    small
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| (sum >> 1) ^ (0xedb8_8320 & (sum & 1).wrapping_neg()))
    })
}

#[expect(clippy::disallowed_methods, reason = "a bound on time is measured by the machine's clock")]
fn now() -> Instant {
    Instant::now()
}
