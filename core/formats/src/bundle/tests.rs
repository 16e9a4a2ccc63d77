//! A bundle opens whole or not at all.

use std::io::{Read, Write};

use chop_crypto::testing::SeededRandom;
use chop_crypto::{Argon2Cost, Secret, SecretBytes};
use chop_model::Coded;

use super::*;

fn code() -> RecoverySecret {
    Secret::new([4; 20])
}

fn text(size: usize) -> Vec<u8> {
    (0..size).map(|i| u8::try_from(i % 251).unwrap()).collect()
}

fn bundle(size: usize) -> Vec<u8> {
    let code = code();
    let keys = BundleKeys { recovery: Some(&code), ..BundleKeys::default() };
    let mut writer = BundleWriter::create(&SeededRandom::new("bundle"), Vec::new(), &keys).unwrap();
    writer.write_all(&text(size)).unwrap();
    writer.finish().unwrap()
}

fn read(bytes: &[u8]) -> Result<Vec<u8>, BundleError> {
    let mut reader = LockedBundle::read(bytes)?.open_with_recovery(&code())?;
    let mut out = Vec::new();
    reader.read_to_end(&mut out).map_err(|e| BundleError::behind(&e))?;
    Ok(out)
}

fn head_len() -> usize {
    bundle(0).len() - chop_crypto::TAG_LEN
}

#[test]
fn every_size_comes_back() {
    for size in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 1, 300_000] {
        let bytes = bundle(size);
        assert_eq!(read(&bytes), Ok(text(size)), "{size}");
        assert_eq!(bytes.len(), head_len() + size + 16 * size.div_ceil(CHUNK).max(1));
    }
}

#[test]
fn either_secret_opens_it_and_no_other() {
    let (passphrase, code) = (SecretBytes::new(b"eight wild geese".to_vec()), code());
    let keys = BundleKeys { passphrase: Some((&passphrase, Argon2Cost::FLOOR)), recovery: Some(&code) };
    let mut writer = BundleWriter::create(&SeededRandom::new("two slots"), Vec::new(), &keys).unwrap();
    writer.write_all(b"text").unwrap();
    let bytes = writer.finish().unwrap();
    assert_eq!(read(&bytes), Ok(b"text".to_vec()));
    let locked = || LockedBundle::read(&bytes[..]).unwrap();
    let mut out = String::new();
    locked().open_with_passphrase(&passphrase).unwrap().read_to_string(&mut out).unwrap();
    assert_eq!(out, "text");
    let wrong = SecretBytes::new(b"eight wild geesf".to_vec());
    assert_eq!(locked().open_with_passphrase(&wrong).err(), Some(BundleError::WrongSecret));
    assert_eq!(locked().open_with_recovery(&Secret::new([5; 20])).err(), Some(BundleError::WrongSecret));
    let recovery_only = bundle(1);
    let locked = LockedBundle::read(&recovery_only[..]).unwrap();
    assert_eq!(locked.open_with_passphrase(&passphrase).err(), Some(BundleError::NoSuchSlot));
}

#[test]
fn a_bundle_without_secret_or_with_a_cheap_one_is_not_made() {
    let random = SeededRandom::new("cheap");
    let none = BundleWriter::create(&random, Vec::new(), &BundleKeys::default());
    assert_eq!(none.err(), Some(BundleError::NoSecret));
    let passphrase = SecretBytes::new(b"x".to_vec());
    let cheap = Argon2Cost { passes: 2, ..Argon2Cost::FLOOR };
    let keys = BundleKeys { passphrase: Some((&passphrase, cheap)), recovery: None };
    assert_eq!(BundleWriter::create(&random, Vec::new(), &keys).err(), Some(BundleError::BadCost));
}

#[test]
fn a_head_with_a_cheap_or_huge_cost_is_refused() {
    for (memory, error) in [(65_535, BundleError::BadCost), (1 << 33, BundleError::BadCost)] {
        let mut header = crate::cbor::Writer::new();
        header.array(1).array(6).uint(1).uint(memory).uint(3).uint(1).bytes(&[0; 32]).bytes(&[0; 60]);
        let header = header.finish();
        let length = u16::try_from(header.len()).unwrap().to_be_bytes();
        let bytes = [b"CHOP-BUNDLE\n\x01", &length[..], &header].concat();
        assert_eq!(LockedBundle::read(&bytes[..]).err(), Some(error));
    }
}

#[test]
fn any_flipped_byte_is_found() {
    let good = bundle(CHUNK + 100);
    let positions = (0..good.len()).filter(|i| *i < head_len() + 40 || i % 997 == 0 || good.len() - i < 120);
    for i in positions {
        let mut changed = good.clone();
        changed[i] ^= 1;
        assert!(read(&changed).is_err(), "byte {i}");
    }
}

#[test]
fn cut_extended_reordered_and_foreign_chunks_are_refused() {
    let good = bundle(3 * CHUNK);
    let head = head_len();
    let edge = |n: usize| head + n * SEALED_CHUNK;
    for end in [edge(1), edge(2)] {
        assert_eq!(read(&good[..end]), Err(BundleError::Truncated), "cut at {end}");
    }
    for end in [head + 1, edge(1) + 1, edge(2) - 1, good.len() - 1] {
        assert!(read(&good[..end]).is_err(), "cut at {end}");
    }
    assert_eq!(read(&good[..head]), Err(BundleError::Truncated));
    assert_eq!(read(&good[..head - 1]), Err(BundleError::Truncated));
    assert_eq!(read(&good[..5]), Err(BundleError::NotABundle));
    assert_eq!(read(&[&good[..], &[0]].concat()), Err(BundleError::Damaged));
    assert_eq!(read(&[&good[..], &good[edge(2)..]].concat()), Err(BundleError::Damaged));
    let swapped = [&good[..head], &good[edge(1)..edge(2)], &good[head..edge(1)], &good[edge(2)..]].concat();
    assert_eq!(read(&swapped), Err(BundleError::Damaged));
    let dropped = [&good[..edge(1)], &good[edge(2)..]].concat();
    assert_eq!(read(&dropped), Err(BundleError::Damaged));
    let mut newer = good.clone();
    newer[12] = 2;
    assert_eq!(read(&newer), Err(BundleError::NewerVersion));
}

#[test]
fn after_a_failure_nothing_more_comes_out() {
    let mut bytes = bundle(2 * CHUNK);
    let at = head_len() + 5;
    bytes[at] ^= 1;
    let mut reader = LockedBundle::read(&bytes[..]).unwrap().open_with_recovery(&code()).unwrap();
    let mut out = [0; 10];
    for _ in 0..3 {
        assert_eq!(reader.read(&mut out).map_err(|e| BundleError::behind(&e)), Err(BundleError::Damaged));
    }
}

#[test]
fn every_duty_has_its_bad_file() {
    crate::checks::hold("bundle", &|bytes| read(bytes).err().map(|e| e.code()));
}

#[test]
#[ignore = "writes the bad files anew"]
fn write_the_bad_files() {
    crate::checks::write_bad("bundle", &bad_files());
}

fn bad_files() -> Vec<(&'static str, Vec<u8>)> {
    let good = bundle(100);
    let head = head_len();
    let with_head = |header: &[u8]| {
        let length = u16::try_from(header.len()).unwrap().to_be_bytes();
        [b"CHOP-BUNDLE\n\x01", &length[..], header].concat()
    };
    let slot = |kind: u64, memory: u64, passes: u64, lanes: u64| {
        let mut header = crate::cbor::Writer::new();
        header.array(1).array(6).uint(kind).uint(memory).uint(passes).uint(lanes);
        header.bytes(&[0; 32]).bytes(&[0; 60]);
        with_head(&header.finish())
    };
    let changed = |at: usize| {
        let mut bytes = good.clone();
        bytes[at] ^= 1;
        bytes
    };
    let sealed_for = |keys: &BundleKeys<'_>| {
        let mut writer = BundleWriter::create(&SeededRandom::new("other"), Vec::new(), keys).unwrap();
        writer.write_all(&text(100)).unwrap();
        writer.finish().unwrap()
    };
    let (other_code, same_code) = (Secret::new([5; 20]), code());
    let passphrase = SecretBytes::new(b"eight wild geese".to_vec());
    let other = sealed_for(&BundleKeys { recovery: Some(&same_code), ..BundleKeys::default() });
    vec![
        ("another-file", b"%PDF-1.7 and then some more bytes".to_vec()),
        ("empty", Vec::new()),
        ("version-2", {
            let mut bytes = good.clone();
            bytes[12] = 2;
            bytes
        }),
        ("head-cut-off", good[..head - 1].to_vec()),
        ("head-of-60-kB", [b"CHOP-BUNDLE\n\x01\xea\x60", &[0; 16][..]].concat()),
        ("head-with-long-integer", with_head(&[0x98, 0x00])),
        ("no-slot", with_head(&[0x80])),
        ("unknown-slot", slot(3, 0, 0, 0)),
        ("cheap-cost", slot(1, 65_535, 3, 1)),
        ("huge-cost", slot(1, 1 << 30, 3, 1)),
        ("another-code", sealed_for(&BundleKeys { recovery: Some(&other_code), ..BundleKeys::default() })),
        (
            "passphrase-only",
            sealed_for(&BundleKeys { passphrase: Some((&passphrase, Argon2Cost::FLOOR)), recovery: None }),
        ),
        ("flipped-byte-of-the-head", changed(head - 1)),
        ("flipped-byte-of-the-text", changed(head + 50)),
        ("no-chunk", good[..head].to_vec()),
        ("cut-in-a-chunk", good[..head + 50].to_vec()),
        ("appended-byte", [&good[..], &[0]].concat()),
        ("chunk-of-another-bundle", [&good[..head], &other[head..]].concat()),
    ]
}
