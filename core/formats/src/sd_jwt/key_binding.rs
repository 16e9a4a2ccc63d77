//! The key binding JWT (RFC 9901 section 4.3): who presents holds the key in `cnf`, here and now.

use chop_crypto::encoding::to_base64url;
use chop_crypto::{Digest, P256PublicKey, sha256};
use chop_model::UnixTime;
use serde::Serialize;
use serde_json::Value;

use super::times::Times;
use super::{MAX_CLOCK_SKEW, MAX_KEY_BINDING_BYTES, SdJwtError};
use crate::jose::jwk;
use crate::jose::jws::{Header, UnverifiedJws};
use crate::json;

/// `typ` of a key binding JWT.
pub(crate) const TYP: &str = "kb+jwt";

/// What a verifier demands of a presentation.
#[derive(Debug, Clone, Copy)]
pub struct KeyBinding<'a> {
    /// Our own name; `aud` must be exactly this text.
    pub aud: &'a str,
    /// The nonce of our request.
    pub nonce: &'a str,
    /// Seconds since `iat` that we accept; nothing where another check bounds the age.
    pub max_age: Option<i64>,
    /// `h(grant)`, where the presentation travels under a grant: `chop_grant` must be this digest.
    pub chop_grant: Option<&'a Digest>,
}

/// The claims of a key binding JWT.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KbClaims {
    /// When it was made.
    pub iat: UnixTime,
    /// Who it was made for: one text, never a list.
    pub aud: String,
    /// What it answers.
    pub nonce: String,
    /// SHA-256 over what is presented, base64url.
    pub sd_hash: String,
    /// `h(grant)`, base64url: the grant under which it was made, if any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chop_grant: Option<String>,
    /// SHA-256 of each `transaction_data` entry that it agrees to, base64url (OpenID4VP 1.0 appendix
    /// B.3.3.1).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub transaction_data_hashes: Vec<String>,
}

impl KbClaims {
    /// The signing input of a key binding JWT with these claims.
    pub(crate) fn signing_input(&self) -> Result<String, SdJwtError> {
        let payload = serde_json::to_vec(self).map_err(|_| SdJwtError::BadKeyBinding)?;
        Ok(crate::jose::jws::signing_input(&Header::new(TYP), &payload)?)
    }
}

/// `sd_hash` of `<JWT>~<disclosure>~…~`.
pub(crate) fn sd_hash(sd: &str) -> Digest {
    sha256(sd.as_bytes())
}

/// The holder's key as `cnf` names it (RFC 7800 section 3.2); nothing where there is no `cnf`.
pub(crate) fn holder_key(claims: &Value) -> Result<Option<P256PublicKey>, SdJwtError> {
    let Some(cnf) = claims.get("cnf") else { return Ok(None) };
    let jwk = cnf.get("jwk").ok_or(SdJwtError::NoHolderKey)?;
    jwk::from_value(jwk).map(Some).map_err(|_| SdJwtError::NoHolderKey)
}

/// Section 7.3 step 5, in its order.
pub(crate) fn verify(
    text: &str,
    sd: &str,
    holder: &P256PublicKey,
    expected: &KeyBinding<'_>,
    now: UnixTime,
) -> Result<KbClaims, SdJwtError> {
    let jws = UnverifiedJws::parse(text, MAX_KEY_BINDING_BYTES)?;
    let jws = jws.verify(holder, TYP).map_err(|error| match SdJwtError::from(error) {
        SdJwtError::BadSignature => SdJwtError::BadHolderSignature,
        other => other,
    })?;
    let payload = json::parse(jws.payload(), MAX_KEY_BINDING_BYTES)?;
    let claims = read_claims(&payload)?;
    check_age(&claims, expected.max_age, now)?;
    if claims.nonce != expected.nonce {
        return Err(SdJwtError::WrongNonce);
    }
    if claims.aud != expected.aud {
        return Err(SdJwtError::WrongAudience);
    }
    if claims.sd_hash != to_base64url(&sd_hash(sd)) {
        return Err(SdJwtError::WrongSdHash);
    }
    if let Some(grant) = expected.chop_grant
        && claims.chop_grant.as_deref() != Some(to_base64url(grant).as_str())
    {
        return Err(SdJwtError::WrongGrant);
    }
    // Step 5.8: a valid JWT in all other respects.
    Times { issued: None, ..Times::of(&payload)? }.check(now)?;
    Ok(claims)
}

fn check_age(claims: &KbClaims, max_age: Option<i64>, now: UnixTime) -> Result<(), SdJwtError> {
    if claims.iat.since(now) > MAX_CLOCK_SKEW {
        return Err(SdJwtError::KeyBindingInFuture);
    }
    match max_age {
        Some(max_age) if now.since(claims.iat) > max_age => Err(SdJwtError::KeyBindingTooOld),
        _ => Ok(()),
    }
}

/// Section 4.3: `iat`, `aud`, `nonce` and `sd_hash` are required; a list as `aud` is refused, so that
/// one presentation never serves two verifiers.
fn read_claims(payload: &Value) -> Result<KbClaims, SdJwtError> {
    let text = |name: &str| payload.get(name).and_then(Value::as_str).map(str::to_owned);
    let required = |name: &str| text(name).ok_or(SdJwtError::BadKeyBinding);
    Ok(KbClaims {
        iat: Times::of(payload)?.issued.ok_or(SdJwtError::BadKeyBinding)?,
        aud: required("aud")?,
        nonce: required("nonce")?,
        sd_hash: required("sd_hash")?,
        chop_grant: match payload.get("chop_grant") {
            None => None,
            Some(_) => Some(required("chop_grant")?),
        },
        transaction_data_hashes: match payload.get("transaction_data_hashes") {
            None => Vec::new(),
            Some(list) => serde_json::from_value(list.clone()).map_err(|_| SdJwtError::BadKeyBinding)?,
        },
    })
}
