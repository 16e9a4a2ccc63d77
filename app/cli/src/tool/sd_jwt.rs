//! RFC 9901 alone: any `typ` that ends in `sd-jwt`, no `vct` needed.

use chop_core::plumbing::crypto::P256PublicKey;
use chop_core::plumbing::formats::jose::{JoseError, jwk};
use chop_core::plumbing::formats::json;
use chop_core::plumbing::formats::sd_jwt::{KeyBinding, SdJwtError, TypeRule, UnverifiedSdJwt};
use chop_core::plumbing::model::UnixTime;
use chop_core::{Clock, Error};
use serde_json::{Value, json};

use super::not_valid;
use crate::args::SdJwtVerifyArgs;
use crate::edge::SystemClock;
use crate::exit::Failure;
use crate::files;
use crate::report::Report;
use crate::terminal::json_text;

/// Verifies and prints the processed payload.
pub(crate) fn verify(args: &SdJwtVerifyArgs) -> Result<Report, Failure> {
    let issuer = files::read(&args.issuer_jwk)?;
    let text = files::read_text(&args.file)?;
    let now = args.at.unwrap_or_else(|| SystemClock.now());
    Ok(match public_key(&issuer).and_then(|issuer| Ok(payload(args, &text, &issuer, now)?)) {
        Ok(payload) => Report::done(json_text(&payload), json!({ "valid": true, "payload": payload })),
        Err(error) => not_valid(error),
    })
}

fn payload(
    args: &SdJwtVerifyArgs,
    text: &str,
    issuer: &P256PublicKey,
    now: UnixTime,
) -> Result<Value, SdJwtError> {
    let sd_jwt = UnverifiedSdJwt::parse(text)?;
    let (Some(aud), Some(nonce)) = (&args.aud, &args.nonce) else {
        return Ok(sd_jwt.verify(issuer, TypeRule::AnySdJwt, now)?.claims().clone());
    };
    let expected = KeyBinding { aud, nonce, max_age: args.max_age, chop_grant: None };
    Ok(sd_jwt.verify_presentation(issuer, TypeRule::AnySdJwt, &expected, now)?.claims().clone())
}

/// A JWK with its private part is taken too: here a person names a key of their own, nobody sends one.
fn public_key(bytes: &[u8]) -> Result<P256PublicKey, Error> {
    let mut value = json::parse(bytes, MAX_JWK_BYTES).map_err(JoseError::from)?;
    if let Value::Object(members) = &mut value {
        members.remove("d");
    }
    Ok(jwk::from_value(&value)?)
}

/// Bytes of a JWK.
const MAX_JWK_BYTES: usize = 16 * 1024;
