//! JWK, JWS and JWE against their bad files.

use chop_crypto::encoding::{from_base64url, to_base64url};
use chop_crypto::testing::{MemoryKeystore, SeededRandom};
use chop_crypto::{AgreementKey, KeyPurpose, KeyRef, Keystore, SigningDomain};
use chop_formats::jose::{JoseError, jwe, jwk, jws};
use chop_formats::json;
use chop_model::Coded;
use serde_json::{Value, json};

use crate::checks::{hold, write_bad};

const MAX: usize = 64 * 1024;
const TYP: &str = "chop-grant+jwt";
const KID: &str = "enc-1";
const APV: &[u8] = b"hash of the request";

#[test]
fn every_duty_has_its_bad_object() {
    hold("jose", &|bytes| judge(std::str::from_utf8(bytes).unwrap()).err().map(|e| e.code()));
}

#[test]
fn the_good_ones_are_accepted_and_bad_files_are_as_they_are_made() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/jose");
    for (name, text) in good() {
        assert_eq!(judge(&text), Ok(()), "{name}");
        assert_eq!(std::fs::read_to_string(folder.join("good").join(name)).unwrap(), text, "{name}");
    }
    for (name, text) in bad() {
        assert!(std::fs::read(folder.join("bad").join(name)).unwrap() == text.as_bytes(), "{name} differs");
    }
}

#[test]
#[ignore = "writes testdata anew after a wire form has changed"]
fn write_jose_testdata() {
    let files = bad();
    write_bad("jose", &files.iter().map(|(n, t)| (*n, t.clone().into_bytes())).collect::<Vec<_>>());
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/jose/good");
    std::fs::create_dir_all(&folder).unwrap();
    for (name, text) in good() {
        std::fs::write(folder.join(name), text).unwrap();
    }
}

#[test]
fn nothing_larger_than_asked_is_taken_apart() {
    let (text, _) = (sign(HEADER, b"{}"), ());
    assert_eq!(jws::UnverifiedJws::parse(&text, text.len() - 1).err(), Some(JoseError::TooLarge));
    let sealed = seal();
    assert_eq!(jwe::UnverifiedJwe::parse(&sealed, sealed.len() - 1).err(), Some(JoseError::TooLarge));
    let long = format!(r#"{{"alg":"ES256","typ":"{TYP}","x":"{}"}}"#, "x".repeat(jws::MAX_HEADER_BYTES));
    assert_eq!(judge(&sign(&long, b"{}")), Err(JoseError::TooLarge));
}

#[test]
fn two_seals_of_one_text_share_nothing() {
    let random = SeededRandom::new("twice");
    let key = recipient().public();
    let one = jwe::encrypt(&random, &key, KID, APV, b"text").unwrap();
    let two = jwe::encrypt(&random, &key, KID, APV, b"text").unwrap();
    for (at, (a, b)) in one.split('.').zip(two.split('.')).enumerate() {
        assert!(a != b || at == 1, "part {at} repeats");
    }
}

/// As the code reads them: five parts are a JWE, an object is a JWK, the rest is a JWS.
fn judge(text: &str) -> Result<(), JoseError> {
    if text.starts_with('{') {
        return jwk::from_value(&json::parse(text.as_bytes(), MAX)?).map(drop);
    }
    if text.matches('.').count() == 4 {
        let opened = jwe::UnverifiedJwe::parse(text, MAX)?.open(&recipient(), KID, APV)?;
        // EXPOSE: the plaintext of a test.
        assert_eq!(opened.expose(), b"text");
        return Ok(());
    }
    let (_, key) = signer();
    let verified = jws::UnverifiedJws::parse(text, MAX)?.verify(key.public.p256().unwrap(), TYP)?;
    verified.json::<Value>().map(drop)
}

fn signer() -> (MemoryKeystore, KeyRef) {
    let store = MemoryKeystore::new(Box::new(SeededRandom::new("jose testdata")));
    let key = store.generate(KeyPurpose::Consent).unwrap();
    (store, key)
}

fn recipient() -> AgreementKey {
    AgreementKey::make(&SeededRandom::new("jwe testdata")).unwrap()
}

fn sign(header: &str, payload: &[u8]) -> String {
    let (store, key) = signer();
    let input = format!("{}.{}", to_base64url(header.as_bytes()), to_base64url(payload));
    let signature = store.sign(&key.id, SigningDomain::Grant, input.as_bytes()).unwrap();
    format!("{input}.{}", to_base64url(&signature))
}

fn seal() -> String {
    let random = SeededRandom::new("jwe ephemeral");
    jwe::encrypt(&random, &recipient().public(), KID, APV, b"text").unwrap()
}

/// The sealed text with its header changed; what the header says is judged before the tag.
fn sealed_with(change: impl FnOnce(&mut Value)) -> String {
    let text = seal();
    let (header, rest) = text.split_once('.').unwrap();
    let mut fields: Value = serde_json::from_slice(&from_base64url(header).unwrap()).unwrap();
    change(&mut fields);
    format!("{}.{rest}", to_base64url(fields.to_string().as_bytes()))
}

fn sealed_part(at: usize, change: impl FnOnce(Vec<u8>) -> Vec<u8>) -> String {
    let text = seal();
    let mut parts: Vec<String> = text.split('.').map(str::to_owned).collect();
    parts[at] = to_base64url(&change(from_base64url(&parts[at]).unwrap()));
    parts.join(".")
}

fn flip(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes[0] ^= 1;
    bytes
}

fn key() -> Value {
    jwk::to_value(signer().1.public.p256().unwrap())
}

fn key_with(name: &str, value: Value) -> String {
    let mut key = key();
    key[name] = value;
    key.to_string()
}

fn with(fields: &str) -> String {
    sign(&format!(r#"{{"alg":"ES256","typ":"{TYP}",{fields}}}"#), b"{}")
}

fn good() -> Vec<(&'static str, String)> {
    vec![
        ("grant.jws", sign(HEADER, br#"{"iss":"x"}"#)),
        ("grant-with-key.jws", with(&format!(r#""jwk":{}"#, key()))),
        ("unknown-field.jws", with(r#""x":[1]"#)),
        ("sealed.jwe", seal()),
        ("key.json", key().to_string()),
        ("key-with-more.json", key_with("use", json!("sig"))),
    ]
}

fn bad() -> Vec<(&'static str, String)> {
    let mut all = bad_forms();
    all.extend(bad_headers());
    all.extend(bad_signatures());
    all.extend(bad_seals());
    all.extend(bad_keys());
    all
}

fn bad_forms() -> Vec<(&'static str, String)> {
    let text = sign(HEADER, b"{}");
    let (input, signature) = text.rsplit_once('.').unwrap();
    vec![
        ("two-parts.jws", input.to_owned()),
        ("four-parts.jws", format!("{text}.AA")),
        ("padded.jws", format!("{text}==")),
        ("trailing-bits.jws", {
            let last = signature.chars().last().unwrap();
            let next = char::from(u8::try_from(last).unwrap() + 1);
            format!("{input}.{}{next}", &signature[..signature.len() - 1])
        }),
        ("line-break.jws", text.replacen('.', ".\n", 1)),
        ("standard-alphabet.jws", format!("{input}.{}", "+/".repeat(43))),
        ("header-not-json.jws", sign(r#"{"alg":"ES256""#, b"{}")),
        ("header-not-object.jws", sign(r#"["ES256"]"#, b"{}")),
        ("header-bom.jws", sign(&format!("\u{feff}{HEADER}"), b"{}")),
        ("header-duplicate-key.jws", sign(r#"{"alg":"none","alg":"ES256","typ":"chop-grant+jwt"}"#, b"{}")),
        ("header-too-deep.jws", with(&format!(r#""x":{}{}"#, "[".repeat(200), "]".repeat(200)))),
        ("payload-duplicate-key.jws", sign(HEADER, br#"{"a":{"b":1,"b":2}}"#)),
        ("payload-not-json.jws", sign(HEADER, b"text")),
        ("payload-not-utf8.jws", sign(HEADER, b"\"\xff\"")),
    ]
}

fn bad_headers() -> Vec<(&'static str, String)> {
    let alg = |alg: &str| sign(&format!(r#"{{"alg":{alg},"typ":"{TYP}"}}"#), b"{}");
    let many = vec!["MAA="; jws::MAX_CERTIFICATES + 1];
    vec![
        ("alg-none.jws", {
            let text = alg(r#""none""#);
            text.rsplit_once('.').unwrap().0.to_owned() + "."
        }),
        ("alg-none-signed.jws", alg(r#""none""#)),
        ("alg-hs256.jws", alg(r#""HS256""#)),
        ("alg-es384.jws", alg(r#""ES384""#)),
        ("alg-rs256.jws", alg(r#""RS256""#)),
        ("alg-lower-case.jws", alg(r#""es256""#)),
        ("alg-list.jws", alg(r#"["ES256"]"#)),
        ("alg-missing.jws", sign(r#"{"typ":"chop-grant+jwt"}"#, b"{}")),
        ("crit-unknown.jws", with(r#""crit":["x"],"x":1"#)),
        ("crit-empty.jws", with(r#""crit":[]"#)),
        ("crit-known-name.jws", with(r#""crit":["typ"]"#)),
        ("b64-false.jws", with(r#""b64":false"#)),
        ("zip.jws", with(r#""zip":"DEF""#)),
        ("kid-number.jws", with(r#""kid":1"#)),
        ("typ-number.jws", sign(r#"{"alg":"ES256","typ":1}"#, b"{}")),
        ("typ-empty.jws", sign(r#"{"alg":"ES256","typ":""}"#, b"{}")),
        ("typ-missing.jws", sign(r#"{"alg":"ES256"}"#, b"{}")),
        ("typ-other.jws", sign(r#"{"alg":"ES256","typ":"chop-delivery+jwt"}"#, b"{}")),
        ("typ-of-key-binding.jws", sign(r#"{"alg":"ES256","typ":"kb+jwt"}"#, b"{}")),
        ("typ-jwt.jws", sign(r#"{"alg":"ES256","typ":"JWT"}"#, b"{}")),
        ("x5c-base64url.jws", with(r#""x5c":["_-8"]"#)),
        ("x5c-empty.jws", with(r#""x5c":[]"#)),
        ("x5c-text.jws", with(r#""x5c":"MAA=""#)),
        ("x5c-too-many.jws", with(&format!(r#""x5c":{}"#, json!(many)))),
        ("x5t-short.jws", with(r#""x5t#S256":"AAAA""#)),
        ("key-in-other-type.jws", {
            let header = format!(r#"{{"alg":"ES256","typ":"kb+jwt","jwk":{}}}"#, key());
            sign(&header, b"{}")
        }),
        ("key-private.jws", with(&format!(r#""jwk":{}"#, key_with("d", json!("AA"))))),
    ]
}

fn bad_signatures() -> Vec<(&'static str, String)> {
    let text = sign(HEADER, b"{}");
    let (input, signature) = text.rsplit_once('.').unwrap();
    let signature = from_base64url(signature).unwrap();
    let signed = |bytes: &[u8]| format!("{input}.{}", to_base64url(bytes));
    let der = [&[0x30, 0x44, 0x02, 0x20][..], &signature[..32], &[0x02, 0x20], &signature[32..]].concat();
    vec![
        ("signature-changed.jws", signed(&flip(signature.clone()))),
        ("signature-der.jws", signed(&der)),
        ("signature-short.jws", signed(&signature[..63])),
        ("signature-empty.jws", signed(&[])),
        ("signature-zero.jws", signed(&[0; 64])),
        ("signature-halves-swapped.jws", signed(&[&signature[32..], &signature[..32]].concat())),
        ("payload-changed.jws", {
            let parts: Vec<&str> = text.split('.').collect();
            format!("{}.{}.{}", parts[0], to_base64url(b"[]"), parts[2])
        }),
        ("header-changed.jws", {
            let (_, rest) = text.split_once('.').unwrap();
            format!("{}.{rest}", to_base64url(format!(r#"{{"typ":"{TYP}","alg":"ES256"}}"#).as_bytes()))
        }),
    ]
}

fn bad_seals() -> Vec<(&'static str, String)> {
    let field = |name: &'static str, value: Value| sealed_with(|h| h[name] = value);
    let without = |name: &'static str| sealed_with(|h| drop(h.as_object_mut().unwrap().remove(name)));
    let epk = |name: &'static str, value: Value| sealed_with(|h| h["epk"][name] = value);
    vec![
        ("encrypted-key-present.jwe", seal().replacen("..", ".AA.", 1)),
        ("alg-key-wrap.jwe", field("alg", json!("ECDH-ES+A256KW"))),
        ("alg-dir.jwe", field("alg", json!("dir"))),
        ("alg-rsa1-5.jwe", field("alg", json!("RSA1_5"))),
        ("enc-a128gcm.jwe", field("enc", json!("A128GCM"))),
        ("enc-cbc.jwe", field("enc", json!("A256CBC-HS512"))),
        ("enc-missing.jwe", without("enc")),
        ("zip.jwe", field("zip", json!("DEF"))),
        ("crit.jwe", field("crit", json!(["exp"]))),
        ("header-duplicate-key.jwe", {
            let text = seal();
            let (header, rest) = text.split_once('.').unwrap();
            let header = String::from_utf8(from_base64url(header).unwrap()).unwrap();
            let header = header.replacen('{', r#"{"kid":"enc-2","#, 1);
            format!("{}.{rest}", to_base64url(header.as_bytes()))
        }),
        ("kid-missing.jwe", without("kid")),
        ("kid-other.jwe", field("kid", json!("enc-2"))),
        ("apv-missing.jwe", without("apv")),
        ("apv-other.jwe", field("apv", json!(to_base64url(b"another request")))),
        ("apv-padded.jwe", field("apv", json!("AA=="))),
        ("apv-too-long.jwe", field("apv", json!("AAAA".repeat(100)))),
        ("apu-added.jwe", field("apu", json!("AAAA"))),
        ("epk-missing.jwe", without("epk")),
        ("epk-p384.jwe", epk("crv", json!("P-384"))),
        ("epk-private.jwe", epk("d", json!("AA"))),
        ("epk-off-the-curve.jwe", sealed_with(|h| h["epk"]["y"] = h["epk"]["x"].clone())),
        ("epk-other.jwe", sealed_with(|h| h["epk"] = key())),
        ("iv-of-16-bytes.jwe", sealed_part(2, |iv| [iv, vec![0; 4]].concat())),
        ("iv-changed.jwe", sealed_part(2, flip)),
        ("ciphertext-changed.jwe", sealed_part(3, flip)),
        ("tag-changed.jwe", sealed_part(4, flip)),
        ("tag-of-12-bytes.jwe", sealed_part(4, |tag| tag[..12].to_vec())),
        ("header-changed.jwe", field("x", json!(1))),
    ]
}

fn bad_keys() -> Vec<(&'static str, String)> {
    vec![
        ("key-oct.json", json!({"kty": "oct", "k": "AAAA"}).to_string()),
        ("key-okp.json", key_with("kty", json!("OKP"))),
        ("key-p384.json", key_with("crv", json!("P-384"))),
        ("key-private.json", key_with("d", json!("AA"))),
        ("key-x-short.json", key_with("x", json!(to_base64url(&[1; 31])))),
        ("key-x-with-leading-zero.json", {
            let x = from_base64url(key()["x"].as_str().unwrap()).unwrap();
            key_with("x", json!(to_base64url(&[vec![0], x].concat())))
        }),
        ("key-x-padded.json", key_with("x", json!(format!("{}=", key()["x"].as_str().unwrap())))),
        ("key-off-the-curve.json", key_with("y", key()["x"].clone())),
        ("key-at-infinity.json", {
            let zero = json!(to_base64url(&[0; 32]));
            let mut key = key();
            (key["x"], key["y"]) = (zero.clone(), zero);
            key.to_string()
        }),
        ("key-y-missing.json", {
            let mut key = key();
            key.as_object_mut().unwrap().remove("y");
            key.to_string()
        }),
    ]
}

const HEADER: &str = r#"{"alg":"ES256","typ":"chop-grant+jwt"}"#;
