//! Rows 19, 30, 31 and 43 of protocol.md section 6, and the duties of CHECKS.md.

use chop_model::Coded;

use super::*;
use crate::checks;

const GRANT: Digest = [3; 32];

fn key() -> Secret<32> {
    Secret::new([9; 32])
}

fn content() -> Content {
    let salt = [7; 32];
    let bytes = b"%PDF-1.7 pretended".to_vec();
    let seal = seal_file(&salt, "application/pdf", &bytes).unwrap();
    let file = ContentFile { seal, salt, mime: "application/pdf".into(), name: "成绩.pdf".into(), bytes };
    let texts = vec!["e30.e30.AA~WyJhIl0~e30.e30.AQ".to_owned()];
    let presentations = [("summary".to_owned(), texts.clone()), ("tr".to_owned(), texts)].into();
    Content { presentations, files: vec![file] }
}

#[test]
fn what_was_sealed_opens() {
    let sealed = seal_content(&key(), &GRANT, &content()).unwrap();
    assert_eq!(open_content(&key(), &sealed.binding, &sealed.ciphertext), Ok(content()));
    let empty = seal_content(&key(), &GRANT, &Content::default()).unwrap();
    assert_eq!(open_content(&key(), &empty.binding, &empty.ciphertext), Ok(Content::default()));
}

#[test]
fn row_31_one_ciphertext_and_two_keys() {
    // A key that opens nothing, and one that would open a C made to open twice, fail alike at `kc`,
    // before the ciphertext is touched: even an empty ciphertext gives the same answer.
    let sealed = seal_content(&key(), &GRANT, &content()).unwrap();
    let other = Secret::new([8; 32]);
    assert_eq!(open_content(&other, &sealed.binding, &sealed.ciphertext), Err(ContentError::WrongKey));
    assert_eq!(open_content(&other, &sealed.binding, &[]), Err(ContentError::WrongKey));
}

#[test]
fn row_43_each_party_is_blamed_for_its_own() {
    let sealed = seal_content(&key(), &GRANT, &content()).unwrap();
    let mut swapped = sealed.ciphertext.clone();
    swapped[0] ^= 1;
    assert_eq!(open_content(&key(), &sealed.binding, &swapped), Err(ContentError::WrongCiphertext));
    let other_grant = ContentBinding { grant: [4; 32], ..sealed.binding };
    assert_eq!(open_content(&key(), &other_grant, &sealed.ciphertext), Err(ContentError::Junk));
}

#[test]
fn row_30_junk_is_proven_by_kc_and_c() {
    let junk = vec![0x5a; 200];
    let binding = ContentBinding { grant: GRANT, ct: sha256(&junk), kc: key_commitment(&key()), vp: [0; 32] };
    assert_eq!(open_content(&key(), &binding, &junk), Err(ContentError::Junk));
}

#[test]
fn every_flipped_bit_is_found() {
    let sealed = seal_content(&key(), &GRANT, &content()).unwrap();
    for i in 0..sealed.ciphertext.len() {
        let mut changed = sealed.ciphertext.clone();
        changed[i] ^= 0x10;
        let binding = ContentBinding { ct: sha256(&changed), ..sealed.binding };
        assert_eq!(open_content(&key(), &binding, &changed), Err(ContentError::Junk), "byte {i}");
    }
}

#[test]
fn what_could_not_be_opened_is_not_sealed() {
    let mut wrong_file = content();
    wrong_file.files[0].bytes.push(0);
    assert_eq!(wrong_file.to_cbor(), Err(ContentError::WrongFile));
    let mut not_sd_jwt = content();
    not_sd_jwt.presentations.insert("x".into(), vec!["e30.e30.AA".into()]);
    assert_eq!(not_sd_jwt.to_cbor(), Err(ContentError::BadPresentation));
    let mut large = content();
    large.files[0].bytes = vec![0; MAX_INFLATED];
    large.files[0].seal = seal_file(&[7; 32], "application/pdf", &large.files[0].bytes).unwrap();
    assert_eq!(seal_content(&key(), &GRANT, &large).err(), Some(ContentError::TooLarge));
}

#[test]
fn nothing_of_the_content_is_printed() {
    assert_eq!(format!("{:?}", content()), "Content(2 queries, 1 files)");
    assert_eq!(format!("{:?}", content().files), "[ContentFile(18 bytes)]");
}

#[test]
fn every_duty_has_its_bad_file() {
    checks::hold("content", &|bytes| read_vector(bytes).err().map(|e| e.code()));
}

#[test]
#[ignore = "writes the bad files anew"]
fn write_the_bad_files() {
    checks::write_bad("content", &bad_files());
}

/// A vector is CBOR `[K, h(grant), ct, kc, vp, C]`.
fn read_vector(bytes: &[u8]) -> Result<Content, ContentError> {
    let mut reader = Deterministic::check(bytes, 2 << 20).expect("a vector").reader();
    reader.array(6).expect("a vector");
    let mut hash = || reader.array_of().expect("a vector");
    let (key, grant, ct, kc, vp) = (hash(), hash(), hash(), hash(), hash());
    let binding = ContentBinding { grant, ct, kc, vp };
    open_content(&Secret::new(key), &binding, reader.bytes().expect("a vector"))
}

fn vector(key: [u8; 32], binding: &ContentBinding, ciphertext: &[u8]) -> Vec<u8> {
    let mut writer = Writer::new();
    writer.array(6).bytes(&key);
    for hash in [&binding.grant, &binding.ct, &binding.kc, &binding.vp] {
        writer.bytes(hash);
    }
    writer.bytes(ciphertext);
    writer.finish()
}

/// A vector whose every hash is right, round any deflated text.
fn round_deflated(p: &[u8], deflated: &[u8]) -> Vec<u8> {
    let ciphertext = seal_at(&key(), NONCE, &context(&GRANT), deflated).unwrap();
    let binding =
        ContentBinding { grant: GRANT, ct: sha256(&ciphertext), kc: key_commitment(&key()), vp: sha256(p) };
    vector([9; 32], &binding, &ciphertext)
}

fn round(p: &[u8]) -> Vec<u8> {
    round_deflated(p, &deflate(p).unwrap())
}

fn with_file(write: impl Fn(&mut Writer, &ContentFile)) -> Vec<u8> {
    let mut writer = Writer::new();
    writer.map(2).uint(1).map(0).uint(2).array(1);
    write(&mut writer, &content().files[0]);
    round(&writer.finish())
}

fn with_presentation(item: &[u8]) -> Vec<u8> {
    let mut writer = Writer::new();
    writer.map(2).uint(1).map(1).text("q").array(1);
    writer.item(Deterministic::check(item, 1000).unwrap()).uint(2).array(0);
    round(&writer.finish())
}

fn bad_files() -> Vec<(&'static str, Vec<u8>)> {
    let sealed = seal_content(&key(), &GRANT, &content()).unwrap();
    let (binding, c) = (sealed.binding, sealed.ciphertext);
    let p = content().to_cbor().unwrap();
    let bomb = {
        let zeros = vec![0u8; MAX_INFLATED];
        let mut compress = flate2::Compress::new(flate2::Compression::best(), false);
        let mut out = Vec::with_capacity(1 << 16);
        out.push(1);
        let _ = compress.compress_vec(&zeros, &mut out, flate2::FlushCompress::None).unwrap();
        let rest = &zeros[usize::try_from(compress.total_in()).unwrap()..];
        let _ =
            compress.compress_vec(&[rest, &[0]].concat(), &mut out, flate2::FlushCompress::Finish).unwrap();
        out
    };
    let fields = |w: &mut Writer, f: &ContentFile, size: u64, name: &str| {
        w.array(6).bytes(&f.seal).bytes(&f.salt).text(&f.mime).uint(size).text(name).bytes(&f.bytes);
    };
    vec![
        ("another-key", vector([8; 32], &binding, &c)),
        ("swapped-ciphertext", vector([9; 32], &binding, &[&c[..], &[0]].concat())),
        ("junk-ciphertext", vector([9; 32], &ContentBinding { ct: sha256(&[0; 99]), ..binding }, &[0; 99])),
        ("of-another-grant", vector([9; 32], &ContentBinding { grant: [4; 32], ..binding }, &c)),
        ("shorter-than-a-tag", vector([9; 32], &ContentBinding { ct: sha256(&[0; 9]), ..binding }, &[0; 9])),
        ("another-content", vector([9; 32], &ContentBinding { vp: [0; 32], ..binding }, &c)),
        ("decompression-bomb", round_deflated(&[], &bomb)),
        ("not-deflated", round_deflated(&p, &p)),
        ("deflate-cut-off", round_deflated(&p, &deflate(&p).unwrap()[..40])),
        ("map-out-of-order", round(&[0xa2, 0x02, 0x80, 0x01, 0xa0])),
        ("third-member", round(&[0xa3, 0x01, 0xa0, 0x02, 0x80, 0x03, 0x00])),
        ("query-twice", round(&[0xa2, 0x01, 0xa2, 0x61, 0x61, 0x80, 0x61, 0x61, 0x80, 0x02, 0x80])),
        ("trailing-byte", round(&[&p[..], &[0]].concat())),
        ("presentation-is-a-jws", with_presentation(&pack("e30.e30.AA").unwrap())),
        ("presentation-is-text", with_presentation(&[0x61, 0x61])),
        (
            "file-with-other-bytes",
            with_file(|w, f| {
                let other = ContentFile { bytes: vec![0; f.bytes.len()], ..f.clone() };
                fields(w, &other, 18, "a");
            }),
        ),
        (
            "file-with-other-salt",
            with_file(|w, f| fields(w, &ContentFile { salt: [0; 32], ..f.clone() }, 18, "a")),
        ),
        (
            "file-with-other-type",
            with_file(|w, f| {
                fields(w, &ContentFile { mime: "text/plain".into(), ..f.clone() }, 18, "a");
            }),
        ),
        ("file-with-other-size", with_file(|w, f| fields(w, f, 17, "a"))),
        ("file-name-of-256-bytes", with_file(|w, f| fields(w, f, 18, &"a".repeat(256)))),
    ]
}
