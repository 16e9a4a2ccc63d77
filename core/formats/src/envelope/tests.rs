//! Row 19 of protocol.md section 6, and the duties of CHECKS.md.

use chop_crypto::testing::SeededRandom;
use chop_model::Coded;

use super::*;
use crate::checks;

const REQUEST: Digest = [1; 32];

fn envelope() -> Envelope {
    Envelope {
        grant: "e30.e30.AA".into(),
        delivery: "e30.e30.AQ".into(),
        ciphertext: vec![1, 2, 3],
        record: b"{}".to_vec(),
    }
}

fn key() -> AgreementKey {
    AgreementKey::make(&SeededRandom::new("envelope")).unwrap()
}

fn sealed(text: &[u8]) -> String {
    encrypt(&SeededRandom::new("e"), &key().public(), "k1", &REQUEST, text).unwrap()
}

fn code(text: &str) -> &'static str {
    open_envelope(text, &key(), "k1", &REQUEST).unwrap_err().code()
}

#[test]
fn it_opens_for_the_request_it_answers_and_no_other() {
    let text = seal_envelope(&SeededRandom::new("e"), &key().public(), "k1", &REQUEST, &envelope()).unwrap();
    assert_eq!(open_envelope(&text, &key(), "k1", &REQUEST), Ok(envelope()));
    let open = |key: &AgreementKey, kid: &str, request: &Digest| {
        open_envelope(&text, key, kid, request).unwrap_err().code()
    };
    assert_eq!(open(&key(), "k1", &[2; 32]), "jose.wrong-party");
    assert_eq!(open(&key(), "k2", &REQUEST), "jose.wrong-recipient");
    let other = AgreementKey::make(&SeededRandom::new("other")).unwrap();
    assert_eq!(open(&other, "k1", &REQUEST), "jose.bad-seal");
}

#[test]
fn row_19_what_is_inside_is_bounded() {
    let mut compress = flate2::Compress::new(flate2::Compression::best(), false);
    let mut bomb = Vec::with_capacity(1 << 16);
    bomb.push(1);
    compress.compress_vec(&vec![0; 4 << 20], &mut bomb, flate2::FlushCompress::Finish).unwrap();
    assert_eq!(code(&sealed(&bomb)), "envelope.bomb");
    let large = Envelope { ciphertext: vec![0; MAX_INFLATED], ..envelope() };
    let made = seal_envelope(&SeededRandom::new("e"), &key().public(), "k1", &REQUEST, &large);
    assert_eq!(made.unwrap_err().code(), "envelope.too-large");
    assert_eq!(code(&"A".repeat(MAX_ENVELOPE_TEXT + 1)), "jose.too-large");
}

#[test]
fn other_insides_are_refused() {
    let inside = |cbor: &[u8]| sealed(&deflate(cbor).unwrap());
    let good = envelope().to_cbor().unwrap();
    let jwe = pack("e30..AA.AA.AA").unwrap();
    let mut with_jwe = Writer::new();
    let jwe = Deterministic::check(&jwe, 100).unwrap();
    with_jwe.map(4).uint(1).item(jwe).uint(2).item(jwe).uint(3).bytes(&[]).uint(4).bytes(&[]);
    for bad in [&good[..good.len() - 1], &[&good[..], &[0]].concat(), &[0xa0], &with_jwe.finish()] {
        assert_eq!(code(&inside(bad)), "envelope.malformed");
    }
    assert_eq!(code(&sealed(&good)), "envelope.malformed");
}

#[test]
fn every_duty_has_its_bad_file() {
    checks::hold("envelope", &|bytes| {
        let text = std::str::from_utf8(bytes).expect("a compact JWE");
        open_envelope(text, &key(), "k1", &REQUEST).err().map(|e| e.code())
    });
}

#[test]
#[ignore = "writes the bad files anew"]
fn write_the_bad_files() {
    checks::write_bad("envelope", &bad_files());
}

fn bad_files() -> Vec<(&'static str, Vec<u8>)> {
    let random = || SeededRandom::new("bad envelopes");
    let inside = |cbor: &[u8]| sealed(&deflate(cbor).unwrap());
    let good = envelope().to_cbor().unwrap();
    let (jws, jwe) = (pack("e30.e30.AA").unwrap(), pack("e30..AA.AA.AA").unwrap());
    let item = |packed| Deterministic::check(packed, 100).unwrap();
    let parts = |grant, delivery, count: usize| {
        let mut writer = Writer::new();
        writer.map(count).uint(1).item(grant).uint(2).item(delivery).uint(3).bytes(&[]);
        if count > 3 {
            writer.uint(4).bytes(&[]);
        }
        if count > 4 {
            writer.uint(5).bytes(&[]);
        }
        inside(&writer.finish())
    };
    let to = |key: &AgreementKey, kid: &str, request: &Digest| {
        seal_envelope(&random(), &key.public(), kid, request, &envelope()).unwrap()
    };
    let other_key = AgreementKey::make(&SeededRandom::new("other")).unwrap();
    let mut compress = flate2::Compress::new(flate2::Compression::best(), false);
    let mut bomb = Vec::with_capacity(1 << 16);
    bomb.push(1);
    compress.compress_vec(&vec![0; 4 << 20], &mut bomb, flate2::FlushCompress::Finish).unwrap();
    [
        ("of-another-request", to(&key(), "k1", &[2; 32])),
        ("to-another-key-name", to(&key(), "k2", &REQUEST)),
        ("to-another-key", to(&other_key, "k1", &REQUEST)),
        ("not-deflated", sealed(&good)),
        ("decompression-bomb", sealed(&bomb)),
        ("deflate-cut-off", sealed(&deflate(&good).unwrap()[..20])),
        ("trailing-byte", inside(&[&good[..], &[0]].concat())),
        ("long-integer", inside(&[0xb8, 0x04])),
        ("no-record", parts(item(&jws), item(&jws), 3)),
        ("fifth-part", parts(item(&jws), item(&jws), 5)),
        ("jwe-for-grant", parts(item(&jwe), item(&jws), 4)),
        ("bytes-for-delivery", parts(item(&jws), item(&[0x41, 0x00]), 4)),
    ]
    .into_iter()
    .map(|(name, text)| (name, text.into_bytes()))
    .collect()
}
