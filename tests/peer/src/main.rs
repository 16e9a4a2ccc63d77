//! sd-jwt-rs 0.7.1 with jsonwebtoken: the claims of the bench, issued, presented and verified its way.
//!
//! For each line `issue N`, `present N` or `verify N` on standard input, one line on standard output: the
//! microseconds that one of N took.

use std::hint::black_box;
use std::io::{self, BufRead, Write};
use std::time::Instant;

use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{DecodingKey, EncodingKey};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use sd_jwt_rs::{
    ClaimsForSelectiveDisclosureStrategy, SDJWTHolder, SDJWTIssuer, SDJWTSerializationFormat, SDJWTVerifier,
};
use serde_json::{Map, Value, json};

fn main() -> io::Result<()> {
    let mut claims: Map<String, Value> =
        (0..20).map(|at| (format!("claim_{at:02}"), json!(format!("value number {at}")))).collect();
    claims.insert("iss".to_owned(), json!("https://university.example"));
    claims.insert("exp".to_owned(), json!(4_000_000_000_u32));
    let mut peer = Peer::new(claims, 8, AUD, NONCE);
    let presented = peer.present();
    let mut out = io::stdout();
    for line in io::stdin().lock().lines() {
        let line = line?;
        let (work, count) = line.split_once(' ').unwrap_or((line.as_str(), "1"));
        let count: u32 = count.parse().map_err(io::Error::other)?;
        let began = Instant::now();
        for _ in 0..count {
            match work {
                "issue" => drop(black_box(peer.issue())),
                "present" => drop(black_box(peer.present())),
                "verify" => drop(black_box(peer.verify(&presented))),
                _ => return Err(io::Error::other("issue, present or verify")),
            }
        }
        writeln!(out, "{}", began.elapsed().as_secs_f64() * 1e6 / f64::from(count))?;
        out.flush()?;
    }
    Ok(())
}

/// An issuer, a holder with a credential read, and a verifier.
struct Peer {
    claims: Value,
    chosen: Map<String, Value>,
    aud: String,
    nonce: String,
    issuer: (EncodingKey, DecodingKey),
    holder_key: EncodingKey,
    holder_jwk: Jwk,
    holder: SDJWTHolder,
}

impl Peer {
    fn new(claims: Map<String, Value>, disclosed: usize, aud: &str, nonce: &str) -> Self {
        let (issuer_private, issuer_public) = pair();
        let (holder_private, holder_public) = pair();
        let issuer = (encoding(&issuer_private), decoding(&issuer_public));
        let holder_jwk = jwk(&holder_public);
        let claims = Value::Object(claims);
        let credential = issue(&issuer.0, &claims, &holder_jwk);
        let holder =
            SDJWTHolder::new(credential, SDJWTSerializationFormat::Compact).expect("its own credential");
        let names = claims.as_object().into_iter().flat_map(Map::keys);
        let chosen = names.take(disclosed).map(|name| (name.clone(), json!(true))).collect();
        Self {
            claims,
            chosen,
            aud: aud.to_owned(),
            nonce: nonce.to_owned(),
            issuer,
            holder_key: encoding(&holder_private),
            holder_jwk,
            holder,
        }
    }

    fn issue(&self) -> String {
        issue(&self.issuer.0, &self.claims, &self.holder_jwk)
    }

    fn present(&mut self) -> String {
        self.holder
            .create_presentation(
                self.chosen.clone(),
                Some(self.nonce.clone()),
                Some(self.aud.clone()),
                Some(self.holder_key.clone()),
                None,
            )
            .expect("a presentation")
    }

    fn verify(&self, presentation: &str) -> Value {
        let key = self.issuer.1.clone();
        let resolve = Box::new(move |_: &str, _: &jsonwebtoken::Header| key.clone());
        SDJWTVerifier::new(
            presentation.to_owned(),
            resolve,
            Some(self.aud.clone()),
            Some(self.nonce.clone()),
            SDJWTSerializationFormat::Compact,
        )
        .expect("its own presentation")
        .verified_claims
    }
}

/// All claims but `iss` and `exp` can be disclosed one by one.
fn issue(key: &EncodingKey, claims: &Value, holder: &Jwk) -> String {
    let names = claims.as_object().into_iter().flat_map(Map::keys);
    let hidden = names.filter(|name| !matches!(name.as_str(), "iss" | "exp"));
    let paths: Vec<String> = hidden.map(|name| format!("$.{name}")).collect();
    let hidden = paths.iter().map(String::as_str).collect();
    SDJWTIssuer::new(key.clone(), None)
        .issue_sd_jwt(
            claims.clone(),
            ClaimsForSelectiveDisclosureStrategy::Custom(hidden),
            Some(holder.clone()),
            false,
            SDJWTSerializationFormat::Compact,
        )
        .expect("a credential")
}

/// PKCS #8 of a new key, and its public point.
fn pair() -> (Vec<u8>, Vec<u8>) {
    let random = SystemRandom::new();
    let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).expect("a key pair");
    let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.as_ref(), &random)
        .expect("its own key pair");
    (pkcs8.as_ref().to_vec(), pair.public_key().as_ref().to_vec())
}

fn encoding(pkcs8: &[u8]) -> EncodingKey {
    EncodingKey::from_ec_der(pkcs8)
}

fn decoding(point: &[u8]) -> DecodingKey {
    DecodingKey::from_jwk(&jwk(point)).expect("a key")
}

fn jwk(point: &[u8]) -> Jwk {
    let (x, y) = point[1..].split_at(32);
    let coordinate = |bytes: &[u8]| base64::Engine::encode(&base64::prelude::BASE64_URL_SAFE_NO_PAD, bytes);
    serde_json::from_value(json!({ "kty": "EC", "crv": "P-256", "x": coordinate(x), "y": coordinate(y) }))
        .expect("a JWK")
}

const AUD: &str = "x509_hash:Uvo3HtuIxuhC92rShpgqcT3YXwrqRxWEviRiA0OZszk";
const NONCE: &str = "n-0S6_WzA2Mj-0123456789";
