//! Scripted photographs of QR codes: the same seed gives the same picture, byte for byte.
//!
//! ```text
//! drawing ── perspective ──► lens (blur) ──► sensor (light, noise) ──► JPEG 85, 1280×720
//! ```
//! The conditions are those under which the versions of the frames were chosen: the code at 80 % of the
//! frame's height, tilt, blur of 0.5 to 1.1 pixels, noise; and quarter turns.

use std::f32::consts::PI;
use std::io::Cursor;

use chop_core::qr;
use image::codecs::jpeg::JpegEncoder;
use image::imageops::blur;
use image::{GrayImage, Luma};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// One photograph and what a reader should find in it.
pub struct Photo {
    /// Version, turn and scene; names a miss.
    pub name: String,
    /// The text of the code.
    pub text: String,
    /// The file.
    pub jpeg: Vec<u8>,
}

/// Eight scenes of each version from 5 to 15, every quarter turn twice.
pub fn photos() -> impl Iterator<Item = Photo> {
    CAPACITY
        .iter()
        .flat_map(|(version, characters)| (0..SCENES).map(move |scene| photo(*version, *characters, scene)))
}

/// One photograph of a code of that version.
///
/// # Panics
/// When the version is not among those of the frames, or nothing can be drawn: a test is wrong then.
pub fn photo_of(version: u64, scene: u64) -> Photo {
    let (_, characters) = CAPACITY.iter().find(|(known, _)| *known == version).expect("a known version");
    photo(version, *characters, scene)
}

/// A text that fills a code of `characters` alphanumeric characters.
pub fn text_of(characters: usize, random: &mut ChaCha8Rng) -> String {
    let filling = (PREFIX.len()..characters)
        .map(|_| char::from(ALPHABET[random.next_u32() as usize % ALPHABET.len()]))
        .collect::<String>();
    format!("{PREFIX}{filling}")
}

fn photo(version: u64, characters: usize, scene: u64) -> Photo {
    let mut random = ChaCha8Rng::seed_from_u64(version * 1000 + scene);
    let text = text_of(characters, &mut random);
    let png = qr::draw(&text).and_then(|drawing| drawing.png(qr::MODULE_PIXELS)).expect("a drawing");
    let paper = image::load_from_memory(&png).expect("our own PNG").into_luma8();
    let quarter = scene % 4;
    let seen = pose(quarter, &mut random).project(&paper);
    let sigma = between(&mut random, 0.5, 1.1);
    let sensed = sense(&blur(&seen, sigma), &mut random);
    Photo { name: format!("v{version}-turn{}-scene{scene}", quarter * 90), text, jpeg: jpeg(&sensed) }
}

/// How the paper lies before the camera: angles in radians.
struct Pose {
    yaw: f32,
    pitch: f32,
    roll: f32,
}

fn pose(quarter: u64, random: &mut ChaCha8Rng) -> Pose {
    let tilt = |random: &mut ChaCha8Rng, degrees: f32| between(random, -degrees, degrees) * PI / 180.0;
    Pose {
        yaw: tilt(random, 22.0),
        pitch: tilt(random, 22.0),
        roll: tilt(random, 12.0) + quarter as f32 * PI / 2.0,
    }
}

impl Pose {
    /// What a pinhole camera sees of the paper on a grey table.
    ///
    /// Each pixel's ray is followed back to the paper's plane; four rays a pixel are averaged.
    fn project(&self, paper: &GrayImage) -> GrayImage {
        let axes = self.axes();
        let modules = paper.width() as f32 / qr::MODULE_PIXELS as f32;
        let (side, middle) = framed(&axes);
        let scale = (modules - 8.0) * qr::MODULE_PIXELS as f32 / side;
        GrayImage::from_fn(WIDTH, HEIGHT, |x, y| {
            let mut light = 0.0;
            for (dx, dy) in [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)] {
                let ray = [
                    x as f32 + dx - WIDTH as f32 / 2.0 + middle.0,
                    y as f32 + dy - HEIGHT as f32 / 2.0 + middle.1,
                    FOCAL,
                ];
                light += hit(&axes, ray).map_or(TABLE, |(u, v)| sample(paper, u * scale, v * scale));
            }
            Luma([(light / 4.0) as u8])
        })
    }

    /// The paper's axes (right, down, away) in the camera's coordinates: roll, then pitch, then yaw.
    fn axes(&self) -> [[f32; 3]; 3] {
        let turn = |axis: [f32; 3]| {
            let [x, y, z] = axis;
            let (x, y) =
                (x * self.roll.cos() - y * self.roll.sin(), x * self.roll.sin() + y * self.roll.cos());
            let (y, z) =
                (y * self.pitch.cos() - z * self.pitch.sin(), y * self.pitch.sin() + z * self.pitch.cos());
            let (x, z) = (x * self.yaw.cos() + z * self.yaw.sin(), z * self.yaw.cos() - x * self.yaw.sin());
            [x, y, z]
        };
        [turn([1.0, 0.0, 0.0]), turn([0.0, 1.0, 0.0]), turn([0.0, 0.0, 1.0])]
    }
}

/// The code's side, in pixels at the paper's distance, for which it spans SHARE of the frame's height as
/// it lies, and the middle of what it then covers.
fn framed(axes: &[[f32; 3]; 3]) -> (f32, (f32, f32)) {
    let wanted = SHARE * HEIGHT as f32;
    let mut side = wanted;
    let mut middle = (0.0, 0.0);
    // Perspective is not linear; three steps come within a pixel.
    for _ in 0..3 {
        let corners = [(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)]
            .map(|(u, v)| seen_at(axes, u * side, v * side));
        let extent = |of: fn(&(f32, f32)) -> f32| {
            let values = corners.iter().map(of);
            (values.clone().fold(f32::MAX, f32::min), values.fold(f32::MIN, f32::max))
        };
        let (left, right) = extent(|corner| corner.0);
        let (top, bottom) = extent(|corner| corner.1);
        side *= wanted / (bottom - top);
        middle = ((left + right) / 2.0, (top + bottom) / 2.0);
    }
    (side, middle)
}

/// Where the camera sees a point of the paper, in pixels from the middle of the frame.
fn seen_at(axes: &[[f32; 3]; 3], u: f32, v: f32) -> (f32, f32) {
    let [right, down, _] = *axes;
    let at = |axis: usize| right[axis] * u + down[axis] * v;
    let depth = (at(2) + FOCAL) / FOCAL;
    (at(0) / depth, at(1) / depth)
}

/// Where a ray meets the paper's plane, which passes through (0, 0, FOCAL), in the paper's coordinates.
fn hit(axes: &[[f32; 3]; 3], ray: [f32; 3]) -> Option<(f32, f32)> {
    let [right, down, away] = *axes;
    let along = dot(away, ray);
    if along.abs() < 1e-6 {
        return None;
    }
    let distance = away[2] * FOCAL / along;
    let point = [ray[0] * distance, ray[1] * distance, ray[2] * distance - FOCAL];
    (distance > 0.0).then(|| (dot(right, point), dot(down, point)))
}

fn dot(a: [f32; 3], b: [f32; 3]) -> f32 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

/// Bilinear, with the paper's middle at the origin; beyond its edge lies the table.
fn sample(paper: &GrayImage, u: f32, v: f32) -> f32 {
    let (x, y) = (u + paper.width() as f32 / 2.0 - 0.5, v + paper.height() as f32 / 2.0 - 0.5);
    if x < 0.0 || y < 0.0 {
        return TABLE;
    }
    let (left, top) = (x as u32, y as u32);
    if left + 1 >= paper.width() || top + 1 >= paper.height() {
        return TABLE;
    }
    let (fx, fy) = (x.fract(), y.fract());
    let at = |x, y| f32::from(paper.get_pixel(x, y).0[0]);
    let upper = at(left, top) * (1.0 - fx) + at(left + 1, top) * fx;
    let lower = at(left, top + 1) * (1.0 - fx) + at(left + 1, top + 1) * fx;
    upper * (1.0 - fy) + lower * fy
}

/// Light that falls off to one side, black that is not black, and noise of a few levels.
fn sense(seen: &GrayImage, random: &mut ChaCha8Rng) -> GrayImage {
    let slope = between(random, -0.25, 0.25);
    let noise = between(random, 3.0, 9.0);
    let mut sensed = seen.clone();
    for (x, _, pixel) in sensed.enumerate_pixels_mut() {
        let light = 1.0 + slope * (x as f32 / WIDTH as f32 - 0.5);
        let level = 25.0 + f32::from(pixel.0[0]) * 0.75 * light + noise * bell(random);
        pixel.0[0] = level.clamp(0.0, 255.0) as u8;
    }
    sensed
}

/// Near enough to a normal distribution: four uniform values (Irwin-Hall), scaled to deviation one.
fn bell(random: &mut ChaCha8Rng) -> f32 {
    let word = random.next_u64();
    let sum: f32 = (0..4).map(|part| ((word >> (16 * part)) & 0xffff) as f32 / 65_536.0).sum();
    (sum - 2.0) * 3.0_f32.sqrt()
}

fn between(random: &mut ChaCha8Rng, low: f32, high: f32) -> f32 {
    low + (high - low) * (random.next_u32() as f32 / u32::MAX as f32)
}

fn jpeg(picture: &GrayImage) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, 85)).expect("a JPEG");
    bytes.into_inner()
}

/// Alphanumeric characters that fill each version with error correction M (ISO/IEC 18004 table 7).
const CAPACITY: &[(u64, usize)] = &[
    (5, 122),
    (6, 154),
    (7, 178),
    (8, 221),
    (9, 262),
    (10, 311),
    (11, 366),
    (12, 419),
    (13, 483),
    (14, 528),
    (15, 600),
];
const SCENES: u64 = 8;
const PREFIX: &str = "CHOP1:";
const ALPHABET: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const WIDTH: u32 = 1280;
const HEIGHT: u32 = 720;
/// Of the frame's height, taken by the code as it lies.
const SHARE: f32 = 0.8;
/// Distance of the paper in pixels: about 60 degrees of view across the frame.
const FOCAL: f32 = 1100.0;
/// Grey of what lies round the paper.
const TABLE: f32 = 150.0;
