//! JWS and JWE: those of the other library are verified and opened, ours are written for it.

use std::error::Error;
use std::path::Path;

use chop_crypto::encoding::to_base64url;
use chop_crypto::testing::{MemoryKeystore, SeededRandom};
use chop_crypto::{AgreementKey, KeyPurpose, Keystore, SigningDomain};
use chop_formats::jose::{jwe, jwk, jws};
use serde_json::{Value, json};

use crate::{Outcome, list, read_json, text, write_json};

/// Verifies `theirs.json`; writes `ours.json` with our keys, signatures and envelopes.
pub(crate) fn answer(folder: &Path) -> Outcome {
    let theirs = read_json(&folder.join("theirs.json"))?;
    let key = jwk::from_value(&theirs["sign"])?;
    for one in list(&theirs, "jws")? {
        let (compact, typ) = (text(one, "text")?, text(one, "typ")?);
        let verified = jws::UnverifiedJws::parse(compact, MAX)?.verify(&key, typ)?;
        if to_base64url(verified.payload()) != text(one, "payload")? {
            return Err("a payload of theirs was read as something else".into());
        }
        if jws::UnverifiedJws::parse(&tampered(compact)?, MAX)?.verify(&key, typ).is_ok() {
            return Err("a changed signature of theirs was taken".into());
        }
    }
    write_json(&folder.join("ours.json"), &ours(&theirs["seal"])?)?;
    Ok(format!("{} signatures of theirs verified", list(&theirs, "jws")?.len()))
}

/// Opens the envelopes of `theirs-jwe.json`, which were sealed to our key.
pub(crate) fn open(folder: &Path) -> Outcome {
    let theirs = read_json(&folder.join("theirs-jwe.json"))?;
    let key = agreement_key()?;
    for one in list(&theirs, "jwe")? {
        let apv = chop_crypto::encoding::from_base64url(text(one, "apv")?)?;
        let sealed = jwe::UnverifiedJwe::parse(text(one, "text")?, MAX)?;
        let opened = sealed.open(&key, KID, &apv)?;
        // EXPOSE: compared with what the other library says that it sealed.
        if to_base64url(opened.expose()) != text(one, "plaintext")? {
            return Err("an envelope of theirs opened to something else".into());
        }
    }
    Ok(format!("{} envelopes of theirs opened", list(&theirs, "jwe")?.len()))
}

fn ours(seal_to: &Value) -> Result<Value, Box<dyn Error>> {
    let keystore = MemoryKeystore::new(Box::new(SeededRandom::new("interop keys")));
    let signer = keystore.generate(KeyPurpose::Verifier)?;
    let mut signed = Vec::new();
    for (typ, domain) in TYPES {
        for payload in payloads() {
            let header = jws::Header { kid: Some("our key".to_owned()), ..jws::Header::new(typ) };
            let compact = jws::sign(&header, &payload, &|m| keystore.sign(&signer.id, *domain, m))?;
            signed.push(json!({
                "typ": typ, "payload": to_base64url(&payload),
                "tampered": tampered(&compact)?, "text": compact,
            }));
        }
    }
    let (to, kid) = (jwk::from_value(&seal_to["public"])?, text(seal_to, "kid")?);
    let random = SeededRandom::new("interop envelopes");
    let mut sealed = Vec::new();
    for payload in payloads() {
        let compact = jwe::encrypt(&random, &to, kid, APV, &payload)?;
        sealed.push(json!({
            "apv": to_base64url(APV), "plaintext": to_base64url(&payload),
            "tampered": tampered(&compact)?, "text": compact,
        }));
    }
    let public = signer.public.p256()?;
    Ok(json!({
        "sign": jwk::to_value(public), "thumbprint": to_base64url(&jwk::thumbprint(public)),
        "seal": { "public": jwk::to_value(&agreement_key()?.public()), "kid": KID },
        "jws": signed, "jwe": sealed,
    }))
}

/// The same key in both steps, which are two processes.
fn agreement_key() -> Result<AgreementKey, chop_crypto::CryptoError> {
    AgreementKey::make(&SeededRandom::new("interop agreement"))
}

fn payloads() -> Vec<Vec<u8>> {
    let long = "數據空間, Carimbo ".repeat(500);
    let texts = [json!({}), json!({ "iss": "x509_hash:abc", "iat": 1_700_000_000 }), json!({ "名": long })];
    texts.iter().map(|value| value.to_string().into_bytes()).collect()
}

/// The same text with one bit of its last part's first byte changed.
fn tampered(compact: &str) -> Result<String, Box<dyn Error>> {
    let (kept, last) = compact.rsplit_once('.').ok_or("not compact")?;
    let mut bytes = chop_crypto::encoding::from_base64url(last)?;
    *bytes.first_mut().ok_or("nothing to change")? ^= 1;
    Ok(format!("{kept}.{}", to_base64url(&bytes)))
}

const TYPES: &[(&str, SigningDomain)] = &[
    ("oauth-authz-req+jwt", SigningDomain::Request),
    ("chop-ack+jwt", SigningDomain::Acknowledgement),
    ("chop-use+jwt", SigningDomain::Use),
];
const APV: &[u8] = b"hash of a request, 32 bytes long";
const KID: &str = "envelope";
const MAX: usize = 1024 * 1024;
