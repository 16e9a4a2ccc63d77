//! Vectors of the draft, the duties of `CHECKS.md`, and what is true of every list.

use std::path::{Path, PathBuf};

use chop_crypto::testing::{MemoryKeystore, SeededRandom};
use chop_crypto::{KeyPurpose, KeyRef, Keystore, SigningDomain};
use chop_model::Coded;
use proptest::prelude::*;

use super::*;
use crate::checks;

const URI: &str = "https://status.example/lists/1";
const NOW: UnixTime = UnixTime(1_795_000_000);

struct Issuer {
    store: MemoryKeystore,
    key: KeyRef,
}

impl Issuer {
    fn new(seed: &str) -> Self {
        let store = MemoryKeystore::new(Box::new(SeededRandom::new(seed)));
        let key = store.generate(KeyPurpose::Issuer).unwrap();
        Self { store, key }
    }

    fn public(&self) -> P256PublicKey {
        *self.key.public.p256().unwrap()
    }

    fn sign(&self, header: &Header, payload: &Value) -> Vec<u8> {
        let payload = serde_json::to_vec(payload).unwrap();
        let sign = |m: &[u8]| self.store.sign(&self.key.id, SigningDomain::StatusList, m);
        jws::sign(header, &payload, &sign).unwrap().into_bytes()
    }

    fn issue(&self, draft: &Draft<'_>) -> String {
        issue(draft, Vec::new(), &|m| self.store.sign(&self.key.id, SigningDomain::StatusList, m)).unwrap()
    }

    fn verify(&self, text: &str) -> Result<VerifiedStatusList, StatusError> {
        UnverifiedStatusList::parse(text)?.verify(&self.public(), URI, NOW)
    }
}

fn issuer() -> Issuer {
    Issuer::new("status")
}

fn draft(bits: Bits, statuses: &[u8]) -> Draft<'_> {
    Draft {
        uri: URI,
        iat: UnixTime(NOW.0 - 60),
        exp: Some(UnixTime(NOW.0 + 3600)),
        ttl: Some(600),
        bits,
        statuses,
    }
}

fn payload() -> Value {
    json!({
        "sub": URI, "iat": NOW.0 - 60, "exp": NOW.0 + 3600, "ttl": 600,
        "status_list": { "bits": 1, "lst": "eNrbuRgAAhcBXQ" },
    })
}

fn with(path: &str, value: Value) -> Value {
    let mut payload = payload();
    *payload.pointer_mut(path).unwrap() = value;
    payload
}

fn without(parent: &str, name: &str) -> Value {
    let mut payload = payload();
    payload.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(name);
    payload
}

fn lst(stream: &[u8]) -> Value {
    with("/status_list/lst", chop_crypto::encoding::to_base64url(stream).into())
}

/// Zeros, compressed: a thousandth of their size.
fn zeros(size: usize) -> Vec<u8> {
    let mut compress = flate2::Compress::new(flate2::Compression::best(), true);
    let mut out = Vec::with_capacity(size / 500 + 4096);
    compress.compress_vec(&vec![0; size], &mut out, flate2::FlushCompress::Finish).unwrap();
    out
}

fn bad_files() -> Vec<(&'static str, Vec<u8>)> {
    let issuer = issuer();
    let typed = |payload: &Value| issuer.sign(&Header::new(TYP), payload);
    let good = typed(&payload());
    let text = String::from_utf8(good.clone()).unwrap();
    let (signed, _) = text.rsplit_once('.').unwrap();
    let other = Issuer::new("somebody else").sign(&Header::new(TYP), &payload());
    let none = r#"{"alg":"none","typ":"statuslist+jwt"}"#;
    let body = text.split('.').nth(1).unwrap();
    let unsigned = format!("{}.{body}.", chop_crypto::encoding::to_base64url(none.as_bytes()));
    let full = pack(Bits::One, &[1; 64]).unwrap();
    let bomb = usize::try_from(MAX_INFLATED).unwrap() + 1;
    vec![
        ("not-a-jws", b"status".to_vec()),
        ("alg-none", unsigned.into_bytes()),
        ("wrong-typ", issuer.sign(&Header::new("JWT"), &payload())),
        ("no-typ", issuer.sign(&Header::new(""), &payload())),
        ("a-credentials-typ", issuer.sign(&Header::new("dc+sd-jwt"), &payload())),
        ("by-somebody-else", other),
        ("signature-cut", format!("{signed}.AAAA").into_bytes()),
        ("other-sub", typed(&with("/sub", "https://status.example/lists/2".into()))),
        ("other-sub-by-a-slash", typed(&with("/sub", format!("{URI}/").into()))),
        ("other-sub-by-case", typed(&with("/sub", "https://STATUS.example/lists/1".into()))),
        ("sub-list", typed(&with("/sub", json!([URI])))),
        ("no-sub", typed(&without("", "sub"))),
        ("no-iat", typed(&without("", "iat"))),
        ("iat-text", typed(&with("/iat", "1795000000".into()))),
        ("iat-negative", typed(&with("/iat", (-1).into()))),
        ("iat-future", typed(&with("/iat", (NOW.0 + MAX_SKEW + 1).into()))),
        ("expired", typed(&with("/exp", NOW.0.into()))),
        ("exp-text", typed(&with("/exp", "never".into()))),
        ("ttl-zero", typed(&with("/ttl", 0.into()))),
        ("ttl-negative", typed(&with("/ttl", (-600).into()))),
        ("no-status-list", typed(&without("", "status_list"))),
        ("no-bits", typed(&without("/status_list", "bits"))),
        ("bits-0", typed(&with("/status_list/bits", 0.into()))),
        ("bits-3", typed(&with("/status_list/bits", 3.into()))),
        ("bits-16", typed(&with("/status_list/bits", 16.into()))),
        ("no-lst", typed(&without("/status_list", "lst"))),
        ("lst-padded", typed(&with("/status_list/lst", "eNrbuRgAAhcBXQ==".into()))),
        ("lst-empty", typed(&with("/status_list/lst", "".into()))),
        ("lst-raw-deflate", typed(&lst(&full[2..full.len() - 4]))),
        ("lst-cut", typed(&lst(&full[..full.len() - 1]))),
        ("lst-checksum", typed(&lst(&[&full[..full.len() - 1], &[0]].concat()))),
        ("lst-trailing", typed(&lst(&[&full[..], &[0]].concat()))),
        ("lst-gzip", typed(&lst(&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]))),
        ("bomb", typed(&lst(&zeros(bomb)))),
    ]
}

#[test]
fn every_duty_has_its_bad_file() {
    checks::hold("status_list", &|bytes| {
        let text = std::str::from_utf8(bytes).ok()?;
        issuer().verify(text).err().map(|error| error.code())
    });
}

#[test]
#[ignore = "writes the bad files anew"]
fn write_bad_files() {
    checks::write_bad("status_list", &bad_files());
}

#[test]
fn the_drafts_arrays_are_read_bit_by_bit() {
    // Section 4.1 of the draft: 0xb9 0xa3, lowest bit first.
    let one = [1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1];
    // 0xc9 0x44 0xf9.
    let two = [1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3];
    for (file, bits, expected) in [
        ("status_list_encoding_json.md", Bits::One, &one[..]),
        ("status_list_encoding2_json.md", Bits::Two, &two[..]),
    ] {
        let Some(vector) = shared(file) else { return };
        let (bytes, json) = vector.split_once("encoded:").unwrap();
        let list: Value = serde_json::from_str(json).unwrap();
        assert_eq!(list["bits"], bits.number());
        let stream = from_base64url(list["lst"].as_str().unwrap()).unwrap();
        for (idx, status) in (0..).zip(expected) {
            assert_eq!(array::look(&stream, bits, idx), Ok(Some(*status)), "{file} {idx}");
        }
        assert_eq!(array::look(&stream, bits, expected.len() as u64), Ok(None));
        // The bytes that the vector names are the ones that ours packs to.
        let hex: Vec<_> =
            bytes.split("0x").skip(1).map(|h| u8::from_str_radix(&h[..2], 16).unwrap()).collect();
        let packed = pack(bits, expected).unwrap();
        for (at, byte) in (0..).zip(&hex) {
            assert_eq!(array::look(&packed, Bits::Eight, at), Ok(Some(*byte)));
        }
    }
}

#[test]
fn the_drafts_long_list_has_its_statuses() {
    let Some(vector) = shared("status_list_encoding1_long_json.md") else { return };
    // The text folds its lines.
    let list: Value = serde_json::from_str(&vector.replace("\n  ", "")).unwrap();
    assert_eq!(list["bits"], 1);
    let stream = from_base64url(list["lst"].as_str().unwrap()).unwrap();
    // Annex "Test vectors": 2^20 entries of one bit, these set.
    let set = [0, 1993, 25460, 159495, 495669, 554353, 645645, 723232, 854545, 934534, 1000345];
    for idx in set {
        assert_eq!(array::look(&stream, Bits::One, idx), Ok(Some(1)), "{idx}");
        assert_eq!(array::look(&stream, Bits::One, idx + 1), Ok(Some(0)), "{idx} + 1");
    }
    assert_eq!(array::look(&stream, Bits::One, (1 << 20) - 1), Ok(Some(0)));
    assert_eq!(array::look(&stream, Bits::One, 1 << 20), Ok(None));
}

#[test]
fn the_drafts_token_verifies_under_the_drafts_key() {
    let (Some(raw), Some(parts)) = (shared("status_list_jwt_raw.md"), shared("status_list_jwt.md")) else {
        return;
    };
    let text: String = raw.split_whitespace().collect();
    let key = crate::jose::jwk::from_value(&json!({
        "kty": "EC", "crv": "P-256",
        "x": "I3HWm_0Ds1dPMI-IWmf4mBmH-YaeAVbPVu7vB27CxXo",
        "y": "6N_d5Elj9bs1htgV3okJKIdbHEpkgTmAluYKJemzn1M",
    }))
    .unwrap();
    let uri = "https://example.com/statuslists/1";
    let list = || UnverifiedStatusList::parse(&text).unwrap();
    assert_eq!(list().header().kid.as_deref(), Some("12"));
    let verified = list().verify(&key, uri, NOW).unwrap();
    let payload: Value = serde_json::from_str(parts.split("\n.\n").nth(1).unwrap()).unwrap();
    assert_eq!(payload["sub"], uri);
    assert_eq!(payload["iat"], verified.issued().0);
    assert_eq!(payload["exp"], verified.not_after().unwrap().0);
    assert_eq!(payload["ttl"], verified.ttl().unwrap());
    let status = |idx| verified.status(idx);
    assert_eq!(
        (status(0), status(1), status(15)),
        (Ok(Status::Invalid), Ok(Status::Valid), Ok(Status::Invalid))
    );
    assert_eq!(status(16), Err(StatusRule::OutOfBounds));
    assert_eq!(list().verify(&issuer().public(), uri, NOW).unwrap_err().code(), "jose.bad-signature");
    let after = UnixTime(2_291_720_170);
    assert_eq!(list().verify(&key, uri, after).unwrap_err().code(), "status.expired");
}

#[test]
fn row_20_the_lowest_bit_is_the_first_entry() {
    let mut statuses = [0; 16];
    statuses[1] = 1;
    let issuer = issuer();
    let list = issuer.verify(&issuer.issue(&draft(Bits::One, &statuses))).unwrap();
    assert_eq!(list.status(1), Ok(Status::Invalid));
    // Whoever read the byte from the other end would revoke number 6.
    assert_eq!(list.status(6), Ok(Status::Valid));
}

#[test]
fn row_20_no_index_beyond_the_list_is_answered() {
    let issuer = issuer();
    let list = issuer.verify(&issuer.issue(&draft(Bits::Four, &[0; 10]))).unwrap();
    for idx in [10, 11, 12, 1 << 20, u64::from(u32::MAX), u64::MAX / 8, u64::MAX] {
        assert_eq!(list.status(idx), Err(StatusRule::OutOfBounds), "{idx}");
    }
}

#[test]
fn row_19_a_bomb_takes_no_memory_and_stops_at_the_bound() {
    let stream = zeros(usize::try_from(MAX_INFLATED).unwrap() * 4);
    assert!(stream.len() < MAX_LIST_BYTES / 8);
    assert_eq!(array::look(&stream, Bits::One, 0), Err(StatusRule::TooLarge));
    let most = zeros(usize::try_from(MAX_INFLATED).unwrap());
    assert_eq!(array::look(&most, Bits::One, MAX_INFLATED * 8 - 1), Ok(Some(0)));
}

#[test]
fn statuses_have_the_drafts_meanings() {
    use Status as S;
    for (value, status) in [
        (0, S::Valid),
        (1, S::Invalid),
        (2, S::Suspended),
        (3, S::ApplicationSpecific(3)),
        (4, S::Unknown(4)),
        (10, S::Unknown(10)),
        (11, S::ApplicationSpecific(11)),
        (15, S::ApplicationSpecific(15)),
        (16, S::Unknown(16)),
        (255, S::Unknown(255)),
    ] {
        assert_eq!(Status::of(value), status);
    }
}

#[test]
fn a_reference_is_read_whole_or_refused() {
    let read = |value: Value| StatusReference::read(&value);
    let reference = StatusReference { uri: URI.to_owned(), idx: 7 };
    assert_eq!(read(reference.to_value()), Ok(Some(reference)));
    assert_eq!(read(json!({ "other_mechanism": {} })), Ok(None));
    for list in [
        json!({}),
        json!({ "idx": 7 }),
        json!({ "uri": URI }),
        json!({ "idx": -1, "uri": URI }),
        json!({ "idx": "7", "uri": URI }),
        json!({ "idx": 7.5, "uri": URI }),
        json!({ "idx": 7, "uri": "" }),
        json!({ "idx": 7, "uri": ["x"] }),
        json!([]),
        json!({ "idx": 7, "uri": "h".repeat(MAX_URI_BYTES + 1) }),
    ] {
        assert_eq!(read(json!({ "status_list": list.clone() })), Err(StatusRule::BadReference), "{list}");
    }
}

#[test]
fn every_signed_byte_counts() {
    let issuer = issuer();
    let text = issuer.issue(&draft(Bits::One, &[0, 1, 0, 0, 1]));
    for at in 0..text.len() {
        let mut bytes = text.clone().into_bytes();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        assert!(issuer.verify(std::str::from_utf8(&bytes).unwrap()).is_err(), "byte {at}");
    }
}

proptest! {
    #[test]
    fn what_is_packed_is_found(statuses in proptest::collection::vec(any::<u8>(), 1..400)) {
        for bits in [Bits::One, Bits::Two, Bits::Four, Bits::Eight] {
            let fitting: Vec<u8> = statuses.iter().map(|s| s & (u8::MAX >> (8 - bits.number()))).collect();
            let stream = pack(bits, &fitting).unwrap();
            for (idx, status) in (0..).zip(&fitting) {
                prop_assert_eq!(array::look(&stream, bits, idx), Ok(Some(*status)));
            }
        }
    }

    #[test]
    fn any_bytes_are_read_without_a_panic(stream in proptest::collection::vec(any::<u8>(), 0..200), idx: u64) {
        let _ = array::look(&stream, Bits::Two, idx);
        let _ = array::look(&[&[0x78, 0x9c], &stream[..]].concat(), Bits::Two, idx);
    }
}

/// A vector beside the clone. CI has them; elsewhere their absence is said aloud.
#[expect(clippy::disallowed_methods, reason = "a test asks whether CI runs it")]
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn shared(name: &str) -> Option<String> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/vectors/status-list");
    let read = |path: &Path| std::fs::read_to_string(path).ok();
    let text = read(&folder.join(name));
    if text.is_none() {
        assert!(std::env::var_os("CI").is_none(), "../shared/vectors is missing");
        eprintln!("skipped: ../shared/vectors is missing");
    }
    text
}
