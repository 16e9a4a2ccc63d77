//! sd-jwt-rs 0.7.1 with jsonwebtoken: the same claims, issued, presented and verified its way.

use std::sync::Mutex;

use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{DecodingKey, EncodingKey};
use rcgen::{KeyPair, PKCS_ECDSA_P256_SHA256, PublicKeyData};
use sd_jwt_rs::{
    ClaimsForSelectiveDisclosureStrategy, SDJWTHolder, SDJWTIssuer, SDJWTSerializationFormat, SDJWTVerifier,
};
use serde_json::{Map, Value, json};

/// An issuer, a holder with a credential read, and a verifier.
pub(crate) struct Peer {
    claims: Value,
    chosen: Map<String, Value>,
    aud: String,
    nonce: String,
    issuer: (EncodingKey, DecodingKey),
    holder_key: EncodingKey,
    holder_jwk: Jwk,
    holder: Mutex<SDJWTHolder>,
}

impl Peer {
    pub(crate) fn new(claims: &Map<String, Value>, disclosed: usize, aud: &str, nonce: &str) -> Self {
        let (issuer_private, issuer_public) = pair();
        let (holder_private, holder_public) = pair();
        let issuer = (encoding(&issuer_private), decoding(&issuer_public));
        let holder_jwk = jwk(&holder_public);
        let claims = Value::Object(claims.clone());
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
            holder: Mutex::new(holder),
        }
    }

    pub(crate) fn issue(&self) -> String {
        issue(&self.issuer.0, &self.claims, &self.holder_jwk)
    }

    pub(crate) fn present(&self) -> String {
        let mut holder = self.holder.lock().expect("one thread");
        holder
            .create_presentation(
                self.chosen.clone(),
                Some(self.nonce.clone()),
                Some(self.aud.clone()),
                Some(self.holder_key.clone()),
                None,
            )
            .expect("a presentation")
    }

    pub(crate) fn verify(&self, presentation: &str) -> Value {
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
    let pair = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).expect("a key pair");
    (pair.serialize_der(), pair.der_bytes().to_vec())
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
