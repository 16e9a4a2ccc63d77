//! The verifier's side (RFC 9901 sections 7.1 and 7.3), and what a holder checks on receipt.

use chop_crypto::{Digest, P256PublicKey};
use chop_model::UnixTime;
use serde_json::Value;

use super::key_binding::{self, KbClaims, KeyBinding};
use super::parts::Parts;
use super::times::Times;
use super::unfold::{Below, Unfolded, unfold};
use super::{Held, MAX_BYTES, SdJwtError};
use crate::jose::JoseError;
use crate::jose::jws::{Header, UnverifiedJws, VerifiedJws};
use crate::json;

/// Which `typ` an issuer-signed JWT may have (RFC 9901 section 9.11).
#[derive(Debug, Clone, Copy)]
pub enum TypeRule<'a> {
    /// This one and no other.
    Exactly(&'a str),
    /// Any that ends in `sd-jwt`, and none at all: RFC 9901 leaves the type to its profiles.
    AnySdJwt,
}

impl TypeRule<'_> {
    fn allows(self, typ: &str) -> bool {
        match self {
            Self::Exactly(expected) => typ == expected,
            Self::AnySdJwt => typ.is_empty() || typ.ends_with("sd-jwt"),
        }
    }
}

/// An SD-JWT that was taken apart and not verified.
pub struct UnverifiedSdJwt {
    parts: Parts,
    jws: UnverifiedJws,
}

impl UnverifiedSdJwt {
    /// Takes an SD-JWT or a presentation apart: compact, flattened JSON or general JSON.
    ///
    /// # Errors
    /// The variant of [`SdJwtError`] that names the first fault in the form.
    pub fn parse(text: &str) -> Result<Self, SdJwtError> {
        let parts = Parts::read(text)?;
        let jws = UnverifiedJws::parse(parts.jwt(), MAX_BYTES)?;
        Ok(Self { parts, jws })
    }

    /// The header of the issuer-signed JWT. Who takes a key from `x5c` verifies the chain first.
    pub fn header(&self) -> &Header {
        self.jws.header()
    }

    /// The issuer-signed payload before anybody vouched for it, with digests and without disclosures.
    pub fn dangerous_payload(&self) -> &[u8] {
        self.jws.dangerous_payload()
    }

    /// Verifies issuer, disclosures and time. A key binding that came along is not judged and not
    /// reported; an `aud` of the issuer is not judged, because nobody said who we are.
    ///
    /// # Errors
    /// The variant of [`SdJwtError`] that names the first fault.
    pub fn verify(
        self,
        issuer: &P256PublicKey,
        typ: TypeRule<'_>,
        now: UnixTime,
    ) -> Result<VerifiedSdJwt, SdJwtError> {
        let Self { parts, jws } = self;
        let jws = verify_issuer(&parts, jws, issuer, typ)?;
        let unfolded = unfold(json::parse(jws.payload(), MAX_BYTES)?, parts.disclosures())?;
        Times::of(&unfolded.claims)?.check(now)?;
        Ok(VerifiedSdJwt { parts, header: jws.header().clone(), unfolded })
    }

    /// As [`UnverifiedSdJwt::verify`], and that the holder made this presentation for us, now.
    ///
    /// # Errors
    /// The variant of [`SdJwtError`] that names the first fault; [`SdJwtError::NoKeyBinding`] where
    /// none was sent.
    pub fn verify_presentation(
        self,
        issuer: &P256PublicKey,
        typ: TypeRule<'_>,
        expected: &KeyBinding<'_>,
        now: UnixTime,
    ) -> Result<VerifiedPresentation, SdJwtError> {
        let sd_jwt = self.verify(issuer, typ, now)?;
        let text = sd_jwt.parts.key_binding.as_deref().ok_or(SdJwtError::NoKeyBinding)?;
        let holder = sd_jwt.holder_key()?.ok_or(SdJwtError::NoHolderKey)?;
        let key_binding = key_binding::verify(text, &sd_jwt.parts.sd, &holder, expected, now)?;
        check_audience(sd_jwt.claims(), expected.aud)?;
        Ok(VerifiedPresentation { sd_jwt, holder, key_binding })
    }
}

/// Checks the issuer's signature: one of several, where the JSON serialization has several.
fn verify_issuer(
    parts: &Parts,
    first: UnverifiedJws,
    issuer: &P256PublicKey,
    typ: TypeRule<'_>,
) -> Result<VerifiedJws, SdJwtError> {
    let check = |jws: UnverifiedJws| match typ.allows(&jws.header().typ) {
        true => jws.verify_any_type(issuer),
        false => Err(JoseError::WrongType),
    };
    let judged = check(first);
    if judged.is_ok() || parts.also_signed.is_empty() {
        return Ok(judged?);
    }
    let mut others =
        parts.also_signed.iter().map(|text| UnverifiedJws::parse(text, MAX_BYTES).and_then(check));
    Ok(others.find(Result::is_ok).unwrap_or(judged)?)
}

/// RFC 7519 section 4.1.3: an issuer that names an audience means nobody else.
fn check_audience(claims: &Value, us: &str) -> Result<(), SdJwtError> {
    match claims.get("aud") {
        None => Ok(()),
        Some(Value::String(aud)) if aud == us => Ok(()),
        Some(Value::Array(list)) if list.iter().any(|aud| aud == us) => Ok(()),
        Some(_) => Err(SdJwtError::NotForUs),
    }
}

/// An SD-JWT whose issuer, disclosures and time are right. Says nothing about who sent it.
pub struct VerifiedSdJwt {
    parts: Parts,
    header: Header,
    unfolded: Unfolded,
}

impl VerifiedSdJwt {
    /// The processed payload, an object: what is open and what was disclosed.
    pub fn claims(&self) -> &Value {
        &self.unfolded.claims
    }

    /// The header of the issuer-signed JWT.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The holder's key as the issuer named it; nothing where the credential is bound to nobody.
    ///
    /// # Errors
    /// [`SdJwtError::NoHolderKey`] when `cnf` holds something else than a P-256 key.
    pub fn holder_key(&self) -> Result<Option<P256PublicKey>, SdJwtError> {
        key_binding::holder_key(self.claims())
    }

    /// SHA-256 of each disclosure, in the order they were sent.
    pub fn disclosure_digests(&self) -> &[Digest] {
        &self.unfolded.digests
    }

    /// SHA-256 over the SD-JWT in compact form, without a key binding.
    pub fn sd_hash(&self) -> Digest {
        key_binding::sd_hash(&self.parts.sd)
    }

    /// The SD-JWT in compact form, without a key binding.
    pub fn sd_jwt(&self) -> &str {
        &self.parts.sd
    }

    /// Whether a claim at the top, or a part of it, came from a disclosure and not from the open part.
    pub fn was_hidden(&self, name: &str) -> bool {
        match &self.unfolded.tree {
            Below::Members(nodes) => nodes.contains_key(name),
            _ => false,
        }
    }

    /// `exp`: the first second at which it is no longer valid.
    ///
    /// # Errors
    /// Never for an SD-JWT that was verified.
    pub fn not_after(&self) -> Result<Option<UnixTime>, SdJwtError> {
        Ok(Times::of(self.claims())?.expires)
    }

    /// The credential in the holder's hand, after the checks on receipt (section 7.2).
    ///
    /// # Errors
    /// [`SdJwtError::UnexpectedKeyBinding`] for a presentation: an issuer sends none.
    pub fn into_held(self) -> Result<Held, SdJwtError> {
        Held::from_parts(self.parts, self.unfolded)
    }
}

/// A presentation made by the holder of the key in `cnf`, for us, within this exchange.
pub struct VerifiedPresentation {
    sd_jwt: VerifiedSdJwt,
    holder: P256PublicKey,
    key_binding: KbClaims,
}

impl VerifiedPresentation {
    /// What was presented.
    pub fn sd_jwt(&self) -> &VerifiedSdJwt {
        &self.sd_jwt
    }

    /// The processed payload, an object.
    pub fn claims(&self) -> &Value {
        self.sd_jwt.claims()
    }

    /// The key that made the presentation.
    pub fn holder_key(&self) -> &P256PublicKey {
        &self.holder
    }

    /// What the holder signed.
    pub fn key_binding(&self) -> &KbClaims {
        &self.key_binding
    }

    pub(crate) fn into_parts(self) -> (VerifiedSdJwt, P256PublicKey, KbClaims) {
        (self.sd_jwt, self.holder, self.key_binding)
    }
}
