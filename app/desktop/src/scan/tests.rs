//! What is scanned, from every source, against a world of real wallets.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use chop_core::flow::{Inbound, RequestDraft};
use chop_core::plumbing::formats::dcql::DcqlQuery;
use chop_core::{qr, samples};
use chop_tests::world::World;
use chop_transport::Cancel;

use super::camera::{self, CameraFault, Frame, FrameSource, Preview, Sink};
use super::picture::{Held, Refusal, in_bytes, in_file, lines};
use super::{Content, Outcome, Scan, Scans, Trouble};

fn request_frames(world: &World) -> Vec<String> {
    let dcql = DcqlQuery::from_value(&samples::outpatient_query()).unwrap();
    let draft = RequestDraft { dcql, terms: samples::outpatient_terms() };
    let asked = world.hospital.ask(draft).unwrap();
    let frames = asked.frames().to_vec();
    world.hospital.shown(asked).unwrap();
    frames
}

/// A code in the middle of a camera's picture, as [`camera::ASKED`] asks for it.
fn seen(text: &str) -> Vec<u8> {
    let code = qr::pixels(&qr::draw(text).unwrap().png(qr::MODULE_PIXELS).unwrap()).unwrap();
    let (width, height) = (camera::ASKED.0 as usize, camera::ASKED.1 as usize);
    let side = code.width as usize;
    let mut frame = vec![96; width * height];
    let (left, top) = ((width - side) / 2, (height - side) / 2);
    for (row, pixels) in code.grey.chunks_exact(side).enumerate() {
        frame[(top + row) * width + left..][..side].copy_from_slice(pixels);
    }
    frame
}

/// A video of these codes, each for two frames, as `--use-file-for-fake-video-capture` takes it.
fn video(path: &Path, texts: &[String]) {
    let (width, height) = camera::ASKED;
    let mut file = File::create(path).unwrap();
    writeln!(file, "YUV4MPEG2 W{width} H{height} F120:1 Ip A1:1 C420jpeg").unwrap();
    let grey = vec![128; width as usize * height as usize / 2];
    for text in texts {
        let frame = seen(text);
        for _ in 0..2 {
            file.write_all(b"FRAME\n").unwrap();
            file.write_all(&frame).unwrap();
            file.write_all(&grey).unwrap();
        }
    }
}

/// Gathers as the app does.
struct Gathers {
    scans: Scans,
    scan: Arc<Scan>,
    found: Option<Arc<Content>>,
    previews: usize,
    fault: Option<CameraFault>,
}

impl Gathers {
    fn new() -> Self {
        let scans = Scans::default();
        let id = scans.begin("main");
        let scan = scans.scan("main", &id).unwrap();
        Self { scans, scan, found: None, previews: 0, fault: None }
    }
}

impl Sink for Gathers {
    fn texts(&mut self, texts: &[String]) -> bool {
        self.found = self.scans.take("main", &self.scan, texts).found.map(|(_, content)| content);
        self.found.is_some()
    }

    fn preview(&mut self, preview: Preview) {
        assert_eq!((preview.width, preview.height, preview.grey.len()), (320, 180, 320 * 180));
        self.previews += 1;
    }

    fn fault(&mut self, fault: CameraFault) {
        self.fault = Some(fault);
    }
}

#[test]
fn a_video_of_an_animated_code_becomes_the_request() {
    let world = World::new();
    let frames = request_frames(&world);
    assert!(frames.len() > 1, "a code of several frames");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("camera.y4m");
    // The camera comes in when the third code is on the screen.
    let turned: Vec<_> = frames.iter().cycle().skip(2).take(frames.len()).cloned().collect();
    video(&file, &turned);
    let mut gathers = Gathers::new();
    let mut source = camera::y4m::Video::open(&file).unwrap();
    camera::watch(&mut source, &mut gathers, &Cancel::default());
    let found = gathers.found.expect("a message");
    let Content::Message(Inbound::Request(request)) = found.as_ref() else { panic!("{found:?}") };
    assert!(world.resident.look(request).is_ok());
    assert!(gathers.previews > 0);
}

#[test]
fn a_camera_that_goes_away_says_so_and_what_was_read_stays() {
    struct Cut(Vec<Vec<u8>>);
    impl FrameSource for Cut {
        fn next(&mut self) -> Result<Frame, CameraFault> {
            let grey = self.0.pop().ok_or(CameraFault::Gone)?;
            Ok(Frame { width: camera::ASKED.0, grey })
        }
    }
    let frames = request_frames(&World::new());
    let mut gathers = Gathers::new();
    camera::watch(&mut Cut(vec![seen(&frames[0])]), &mut gathers, &Cancel::default());
    assert_eq!(gathers.fault, Some(CameraFault::Gone));
    let progress = gathers.scan.progress().unwrap();
    assert_eq!(usize::from(progress.count), frames.len());
    assert_eq!(progress.received, 1);
    assert!(!progress.missing.contains(&1));
    // The rest by pictures: the same scan goes on.
    let outcome = gathers.scans.take("main", &gathers.scan, &frames);
    assert!(matches!(outcome.found.unwrap().1.as_ref(), Content::Message(Inbound::Request(_))));
}

#[test]
fn no_video_and_no_camera_are_said_apart_from_a_file_that_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("camera.y4m");
    assert_eq!(camera::y4m::Video::open(&file).err(), Some(CameraFault::None));
    std::fs::write(&file, b"RIFF no video").unwrap();
    assert_eq!(camera::y4m::Video::open(&file).err(), Some(CameraFault::OtherForm));
}

#[test]
fn frames_come_in_any_order_and_twice_and_the_missing_ones_are_named() {
    let frames = request_frames(&World::new());
    let gathers = Gathers::new();
    let take = |texts: &[&str]| gathers.scans.take("main", &gathers.scan, texts);
    assert!(take(&[&frames[1]]).is_news);
    assert!(!take(&[&frames[1], ""]).is_news);
    let progress = gathers.scan.progress().unwrap();
    assert_eq!(progress.missing[0], 1);
    assert!(!progress.missing.contains(&2));
    let other = request_frames(&World::new());
    if other[0] != frames[0] {
        assert_eq!(take(&[&other[0]]).error.unwrap().code(), "frame.foreign-frame");
    }
    gathers.scan.restart();
    assert!(gathers.scan.progress().is_none());
}

#[test]
fn a_file_is_a_picture_or_lines_or_one_of_ours_and_bounds_come_first() {
    let frames = request_frames(&World::new());
    let png = qr::draw(&frames[0]).unwrap().png(qr::MODULE_PIXELS).unwrap();
    assert!(matches!(in_bytes(&png), Held::Texts(texts) if texts == frames[..1]));
    assert!(matches!(in_bytes(frames.join("\n").as_bytes()), Held::Texts(texts) if texts == frames));
    assert!(matches!(in_bytes(&png[..40]), Held::Unread(qr::QrError::PictureDamaged)));
    assert!(matches!(in_bytes(b"CHOP-BUNDLE\n\x01rest"), Held::Whole(Content::Backup)));
    assert!(matches!(in_bytes(&[0xff, 0xfe, 0, 1]), Held::Refused(Refusal::UnknownForm)));
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(in_file(folder.path()), Held::Refused(Refusal::Unreadable)));
    let large = folder.path().join("large");
    File::create(&large).unwrap().set_len(100 * 1024 * 1024).unwrap();
    assert!(matches!(in_file(&large), Held::Refused(Refusal::TooLarge)));
    assert_eq!(lines(" one line \n"), ["one line"]);
    assert_eq!(lines("{\n}").len(), 1);
}

#[test]
fn a_window_takes_only_what_it_scanned_itself() {
    let scans = Scans::default();
    let (id, _) = scans.keep("main", Content::Text("x".into()));
    assert!(scans.found("main", &id).is_ok());
    assert_eq!(scans.found("desk", &id).unwrap_err().code(), "scan.unknown");
    assert_eq!(scans.found("mai", &id).unwrap_err().code(), "scan.unknown");
    let scan = scans.begin("desk");
    assert!(scans.scan("main", &scan).is_err());
    scans.end("main", &scan);
    assert!(scans.scan("desk", &scan).is_ok());
    scans.end("desk", &scan);
    assert!(scans.scan("desk", &scan).is_err());
}

#[test]
fn each_text_is_named_for_what_it_is() {
    let world = World::new();
    let named = |text: &str| format!("{:?}", Content::of(text)).split('(').next().unwrap().to_owned();
    assert_eq!(named(&world.list), "TrustList");
    assert_eq!(named(&world.summary()), "Credential");
    assert_eq!(named(&world.hospital.state_key(30).unwrap()), "KeyStatement");
    assert_eq!(named("openid4vp://?client_id=x&request_uri=https%3A%2F%2Fa.example%2Fr"), "RequestLink");
    assert_eq!(
        named("openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fa.example"),
        "IssuerLink"
    );
    assert_eq!(named("hello"), "Text");
}

#[test]
fn a_picture_without_a_code_is_trouble_and_no_failure() {
    let gathers = Gathers::new();
    let blank = qr::QrError::NoCode;
    let outcome = gathers.scans.take_held("main", &gathers.scan, Held::Unread(blank));
    let Outcome { found, error, trouble, is_news } = outcome;
    assert!(found.is_none() && error.is_none() && !is_news);
    assert_eq!(trouble, Some(Trouble::Picture(blank)));
}
