//! Rows 10, 19 and 50 of protocol.md section 6, and the duties of CHECKS.md.

use chop_crypto::encoding::to_base64url;
use chop_crypto::testing::SeededRandom;
use chop_crypto::{Random, Secret};
use chop_model::Coded;
use flate2::{Compress, Compression, FlushCompress};
use proptest::prelude::*;

use super::*;
use crate::cbor::Writer;
use crate::checks;

/// A JWE text of about `size` bytes that do not compress.
fn data(size: usize) -> Message {
    let mut bytes = vec![0; size];
    SeededRandom::new("frame").fill(&mut bytes).unwrap();
    let text = ["e30", "", "AAAAAAAAAAAAAAAA", &to_base64url(&bytes), "AAAAAAAAAAAAAAAAAAAAAA"].join(".");
    Message::text(MessageKind::Data, &text).unwrap()
}

fn read(texts: &[String]) -> Result<Message, FrameError> {
    let mut assembler = Assembler::new();
    for text in texts {
        assembler.accept(text)?;
    }
    assembler.finish()
}

fn frame(text: &str) -> Frame {
    Frame::read(text).unwrap()
}

#[test]
fn any_order_and_repeats_give_the_message() {
    let message = data(2000);
    let mut texts = message.frames().unwrap();
    assert_eq!(texts.len(), 6);
    assert!(texts.iter().all(|t| t.len() <= MAX_FRAME_TEXT));
    texts.reverse();
    texts.extend(texts.clone());
    let read = read(&texts).unwrap();
    assert_eq!(read.kind(), MessageKind::Data);
    assert_eq!(read.into_text(MessageKind::Data), message.into_text(MessageKind::Data));
}

#[test]
fn missing_frames_are_named() {
    let texts = data(2000).frames().unwrap();
    let mut assembler = Assembler::new();
    assert_eq!(assembler.progress(), None);
    assembler.accept(&texts[3]).unwrap();
    let progress = assembler.accept(&texts[0]).unwrap();
    assert_eq!(progress, Progress { received: 2, count: 6, missing: vec![2, 3, 5, 6] });
    assert_eq!(assembler.finish().err(), Some(FrameError::Missing));
    for text in &texts {
        assembler.accept(text).unwrap();
    }
    assert!(assembler.finish().is_ok());
}

#[test]
fn row_10_a_refused_frame_changes_nothing() {
    let (ours, theirs) = (data(2000).frames().unwrap(), data(2001).frames().unwrap());
    let mut assembler = Assembler::new();
    assembler.accept(&ours[0]).unwrap();
    let before = assembler.progress();
    assert_eq!(assembler.accept(&theirs[1]), Err(FrameError::ForeignFrame));
    let forged = Frame { payload: vec![0; frame(&ours[0]).payload.len()], ..frame(&ours[0]) };
    assert_eq!(assembler.accept(&forged.to_text()), Err(FrameError::Contradiction));
    assert_eq!(assembler.accept("https://chop.invalid/"), Err(FrameError::NotAFrame));
    assert_eq!(assembler.progress(), before);
    for text in &ours {
        assembler.accept(text).unwrap();
    }
    assert!(assembler.finish().is_ok());
    assembler.restart();
    assert!(assembler.accept(&theirs[0]).is_ok());
}

#[test]
fn row_10_a_frame_of_our_session_with_other_content_is_found_at_the_end() {
    let mut texts = data(2000).frames().unwrap();
    let mut forged = frame(&texts[2]);
    forged.payload[5] ^= 1;
    texts[2] = forged.to_text();
    assert_eq!(read(&texts).err(), Some(FrameError::WrongMessage));
}

#[test]
fn the_limit_of_a_set_is_60_kb() {
    let texts = data(59_900).frames().unwrap();
    assert!(texts.len() <= usize::from(MAX_FRAMES));
    assert!(read(&texts).is_ok());
    assert_eq!(data(60_000).frames().err(), Some(FrameError::TooLarge));
}

#[test]
fn a_key_comes_back_and_is_not_printed() {
    let message = Message::key(KeyBody { key: Secret::new([5; 32]), ack: [6; 32] });
    assert!(!format!("{message:?}").contains("5, 5"));
    let texts = message.frames().unwrap();
    assert_eq!(texts.len(), 1);
    let release = read(&texts).unwrap().into_key().unwrap();
    assert_eq!((release.key.expose(), release.ack), (&[5; 32], [6; 32]));
    let again = read(&texts).unwrap();
    assert_eq!(again.into_text(MessageKind::Ack).err(), Some(FrameError::UnexpectedMessage));
    assert_eq!(data(10).into_key().err(), Some(FrameError::UnexpectedMessage));
    assert_eq!(Message::text(MessageKind::Ack, "e30..AA.AA.AA").err(), Some(FrameError::BadMessage));
}

proptest! {
    #[test]
    fn any_text_is_read_without_a_panic(text in "CHOP1:[0-9A-Z $%*+./:-]{0,120}") {
        let mut assembler = Assembler::new();
        let _ = assembler.accept(&text);
        let _ = assembler.finish();
    }

    #[test]
    fn every_size_splits_and_joins(size in 1usize..4000) {
        let message = vec![7u8; size];
        let texts = split(&message).unwrap();
        let mut joined = Vec::new();
        for text in &texts {
            prop_assert!(text.len() <= MAX_FRAME_TEXT);
            joined.extend(frame(text).payload);
        }
        prop_assert_eq!(joined, message);
    }
}

#[test]
fn every_duty_has_its_bad_file() {
    checks::hold("frame", &|bytes| {
        let text = std::str::from_utf8(bytes).expect("QR texts");
        let texts: Vec<_> = text.lines().map(str::to_owned).collect();
        read(&texts).err().map(|e| e.code())
    });
}

#[test]
#[ignore = "writes the bad files anew"]
fn write_the_bad_files() {
    checks::write_bad("frame", &bad_files());
}

fn bad_files() -> Vec<(&'static str, Vec<u8>)> {
    let texts = data(600).frames().unwrap();
    let one = |change: &dyn Fn(&mut Frame)| {
        let mut changed = frame(&texts[1]);
        change(&mut changed);
        vec![texts[0].clone(), changed.to_text()]
    };
    let raw = |at: usize, value: u8| {
        let mut bytes = base45::decode(&texts[0][PREFIX.len()..]).unwrap();
        bytes[at] = value;
        vec![PREFIX.to_owned() + &base45::encode(bytes)]
    };
    let message = |bytes: &[u8]| split(bytes).unwrap();
    let with_body = |kind: u64, body: &[u8]| {
        let mut writer = Writer::new();
        writer.array(3).uint(1).uint(kind).bytes(body);
        message(&writer.finish())
    };
    let key_body = |key: &[u8]| {
        let mut writer = Writer::new();
        writer.array(3).uint(1).bytes(key).bytes(&[0; 32]);
        crate::deflate::deflate(&writer.finish()).unwrap()
    };
    let mut compress = Compress::new(Compression::best(), false);
    let mut bomb = Vec::with_capacity(1 << 16);
    bomb.push(1);
    compress.compress_vec(&vec![0; 2 << 20], &mut bomb, FlushCompress::Finish).unwrap();
    let packed = crate::deflate::deflate(&crate::pack::pack("e30.e30.AA").unwrap()).unwrap();
    [
        ("no-prefix", vec![texts[0][PREFIX.len()..].to_owned()]),
        ("next-prefix", vec![texts[0].replace("CHOP1", "CHOP2")]),
        ("text-of-601-characters", vec![texts[0].clone() + &"0".repeat(601 - texts[0].len())]),
        ("base45-group-out-of-range", vec![format!("{PREFIX}GGX")]),
        ("base45-final-pair-out-of-range", vec![format!("{PREFIX}00000000U5")]),
        ("base45-length-1-modulo-3", vec![format!("{PREFIX}0000")]),
        ("base45-lower-case", vec![texts[0].to_lowercase().replace("chop1", "CHOP1")]),
        ("header-cut-off", vec![PREFIX.to_owned() + &base45::encode([1, 0, 1, 2, 3])]),
        ("no-payload", vec![Frame { session: [0; 8], index: 0, count: 1, payload: vec![] }.to_text()]),
        ("frame-version-2", raw(0, 2)),
        ("frame-kind-1", raw(1, 1)),
        ("wrong-checksum", raw(20, 0xaa)),
        ("count-zero", one(&|f| f.count = 0)),
        ("count-201", one(&|f| f.count = 201)),
        ("index-is-count", one(&|f| f.index = f.count)),
        ("missing-frame", vec![texts[0].clone()]),
        ("foreign-frame", vec![texts[0].clone(), data(601).frames().unwrap()[1].clone()]),
        ("other-count", one(&|f| f.count += 1)),
        ("longer-last-frame", one(&|f| f.payload.extend([0; 20]))),
        ("same-frame-other-content", {
            let mut changed = frame(&texts[0]);
            changed.payload[0] ^= 1;
            vec![texts[0].clone(), changed.to_text()]
        }),
        ("content-is-not-the-session", one(&|f| f.payload[0] ^= 1)),
        ("message-not-deterministic", message(&[0x98, 0x03, 0x01, 0x01, 0x40])),
        ("message-version-2", message(&[0x83, 0x02, 0x01, 0x40])),
        ("message-trailing-byte", message(&[0x83, 0x01, 0x01, 0x40, 0x00])),
        ("message-kind-8", with_body(8, &packed)),
        ("decompression-bomb", with_body(2, &bomb)),
        ("body-cut-off", with_body(1, &packed[..packed.len() - 1])),
        ("jws-where-jwe", with_body(2, &packed)),
        ("key-of-31-bytes", with_body(4, &key_body(&[0; 31]))),
    ]
    .into_iter()
    .map(|(name, lines)| (name, lines.join("\n").into_bytes()))
    .collect()
}
