//! Credentials: SD-JWT VC (draft-ietf-oauth-sd-jwt-vc), as far as the draft fixes it.
//!
//! An SD-JWT of type `dc+sd-jwt` that says what it is (`vct`), with the claims that decide about its
//! validity always in the open. Whose key the issuer's is, is the caller's knowledge (`x5c` and a trust
//! list, or a pinned key). Revocation is not looked up: a credential with a `status` says so in its
//! type. Duties: `sd_jwt/CHECKS.md`, rows `VC`.

use chop_crypto::{CryptoError, P256PublicKey, Random, Signature};
use chop_model::UnixTime;
use serde_json::Value;

use crate::claim_path::PathElement;
use crate::jose::jws::Header;
use crate::sd_jwt::{
    Held, Issuance, KbClaims, KeyBinding, SdJwtError, TypeRule, UnverifiedSdJwt, VerifiedSdJwt,
};

/// `typ` of a credential. The older `vc+sd-jwt` is not read.
pub const TYP: &str = "dc+sd-jwt";

/// Issues a credential: as [`crate::sd_jwt::issue`], with the draft's demands on top.
///
/// # Errors
/// [`SdJwtError::NoCredentialType`] without `vct`, [`SdJwtError::HiddenClaim`] when a claim that must
/// be open is to be hidden, else as [`crate::sd_jwt::issue`].
pub fn issue(
    random: &dyn Random,
    issuance: &Issuance<'_>,
    sign: &dyn Fn(&[u8]) -> Result<Signature, CryptoError>,
) -> Result<String, SdJwtError> {
    if issuance.typ != TYP || !issuance.claims.get("vct").is_some_and(Value::is_string) {
        return Err(SdJwtError::NoCredentialType);
    }
    let hides = |name: &str| {
        issuance
            .disclosable
            .iter()
            .any(|path| matches!(path.elements().first(), Some(PathElement::Key(key)) if key == name))
    };
    if ALWAYS_OPEN.iter().any(|name| hides(name)) {
        return Err(SdJwtError::HiddenClaim);
    }
    crate::sd_jwt::issue(random, issuance, sign)
}

/// A credential, or a presentation of one, that was taken apart and not verified.
pub struct UnverifiedCredential(UnverifiedSdJwt);

impl UnverifiedCredential {
    /// Takes it apart.
    ///
    /// # Errors
    /// As [`UnverifiedSdJwt::parse`].
    pub fn parse(text: &str) -> Result<Self, SdJwtError> {
        UnverifiedSdJwt::parse(text).map(Self)
    }

    /// The header; `x5c` from here is verified before its key is used.
    pub fn header(&self) -> &Header {
        self.0.header()
    }

    /// The issuer-signed payload before anybody vouched for it: where a holder's own statement says
    /// which key it is signed with.
    pub fn dangerous_payload(&self) -> &[u8] {
        self.0.dangerous_payload()
    }

    /// Verifies what an issuer hands over, or what is shown without key binding.
    ///
    /// # Errors
    /// As [`UnverifiedSdJwt::verify`], [`SdJwtError::NoCredentialType`], [`SdJwtError::HiddenClaim`],
    /// [`SdJwtError::BadClaim`].
    pub fn verify(self, issuer: &P256PublicKey, now: UnixTime) -> Result<VerifiedCredential, SdJwtError> {
        let sd_jwt = self.0.verify(issuer, TypeRule::Exactly(TYP), now)?;
        let facts = Facts::of(&sd_jwt)?;
        Ok(VerifiedCredential { sd_jwt, facts })
    }

    /// Verifies a presentation by the holder, for us, within this exchange.
    ///
    /// # Errors
    /// As [`UnverifiedCredential::verify`] and [`UnverifiedSdJwt::verify_presentation`].
    pub fn verify_presentation(
        self,
        issuer: &P256PublicKey,
        expected: &KeyBinding<'_>,
        now: UnixTime,
    ) -> Result<PresentedCredential, SdJwtError> {
        let presented = self.0.verify_presentation(issuer, TypeRule::Exactly(TYP), expected, now)?;
        let (sd_jwt, holder, key_binding) = presented.into_parts();
        let facts = Facts::of(&sd_jwt)?;
        Ok(PresentedCredential { credential: VerifiedCredential { sd_jwt, facts }, holder, key_binding })
    }
}

/// A credential whose issuer, disclosures, time and form are right. Its status was not looked up.
pub struct VerifiedCredential {
    sd_jwt: VerifiedSdJwt,
    facts: Facts,
}

impl VerifiedCredential {
    /// `iss`; where there is none, the certificate alone names the issuer.
    pub fn issuer(&self) -> Option<&str> {
        self.facts.issuer.as_deref()
    }

    /// `vct`: what kind of credential this is.
    pub fn vct(&self) -> &str {
        &self.facts.vct
    }

    /// The key in `cnf`, where the credential is bound to one.
    pub fn holder_key(&self) -> Option<&P256PublicKey> {
        self.facts.holder_key.as_ref()
    }

    /// The processed payload, an object.
    pub fn claims(&self) -> &Value {
        self.sd_jwt.claims()
    }

    /// `exp`: the first second at which it is no longer valid.
    pub fn not_after(&self) -> Option<UnixTime> {
        self.facts.not_after
    }

    /// Present where the issuer may revoke: somebody still has to ask whether it did.
    pub fn status(&self) -> Option<&StatusNotChecked> {
        self.facts.status.as_ref()
    }

    /// The SD-JWT below.
    pub fn sd_jwt(&self) -> &VerifiedSdJwt {
        &self.sd_jwt
    }

    /// The credential in the holder's hand.
    ///
    /// # Errors
    /// [`SdJwtError::UnexpectedKeyBinding`] for a presentation.
    pub fn into_held(self) -> Result<Held, SdJwtError> {
        self.sd_jwt.into_held()
    }
}

/// A credential presented by the holder of its key, for us, within this exchange.
pub struct PresentedCredential {
    credential: VerifiedCredential,
    holder: P256PublicKey,
    key_binding: KbClaims,
}

impl PresentedCredential {
    /// What was presented.
    pub fn credential(&self) -> &VerifiedCredential {
        &self.credential
    }

    /// The key that presented it.
    pub fn holder_key(&self) -> &P256PublicKey {
        &self.holder
    }

    /// What the holder signed.
    pub fn key_binding(&self) -> &KbClaims {
        &self.key_binding
    }
}

/// The issuer names a place where revocation can be looked up, and nobody has looked.
#[derive(Debug, Clone, PartialEq)]
pub struct StatusNotChecked {
    /// `status` as the issuer wrote it, an object.
    pub status: Value,
}

struct Facts {
    issuer: Option<String>,
    vct: String,
    holder_key: Option<P256PublicKey>,
    not_after: Option<UnixTime>,
    status: Option<StatusNotChecked>,
}

impl Facts {
    fn of(sd_jwt: &VerifiedSdJwt) -> Result<Self, SdJwtError> {
        // A holder who may keep `exp` or `status` back decides about validity alone.
        if ALWAYS_OPEN.iter().any(|name| sd_jwt.was_hidden(name)) {
            return Err(SdJwtError::HiddenClaim);
        }
        let claims = sd_jwt.claims();
        let vct = claims.get("vct").and_then(Value::as_str).filter(|vct| !vct.is_empty());
        optional_text(claims, "sub")?;
        Ok(Self {
            vct: vct.ok_or(SdJwtError::NoCredentialType)?.to_owned(),
            issuer: optional_text(claims, "iss")?,
            holder_key: sd_jwt.holder_key()?,
            not_after: sd_jwt.not_after()?,
            status: match claims.get("status") {
                None => None,
                Some(status @ Value::Object(_)) => Some(StatusNotChecked { status: status.clone() }),
                Some(_) => return Err(SdJwtError::BadClaim),
            },
        })
    }
}

fn optional_text(claims: &Value, name: &str) -> Result<Option<String>, SdJwtError> {
    match claims.get(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(SdJwtError::BadClaim),
    }
}

/// Claims that must not be selectively disclosable (the draft's section on registered claims).
const ALWAYS_OPEN: [&str; 7] = ["iss", "nbf", "exp", "cnf", "vct", "vct#integrity", "status"];
