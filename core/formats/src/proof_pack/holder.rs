//! Who granted: the key binding that names the grant, and whether a credential names its key.

use chop_crypto::encoding::to_base64url;
use chop_crypto::{Digest, P256PublicKey, sha256};
use chop_model::{Coded, UnixTime};
use serde::Deserialize;
use serde_json::Value;

use super::objects::CheckedRequest;
use super::{HolderEvidence, PackError, PackFault, PackPresentation, Part};
use crate::digest64::B64Digest;
use crate::grant::VerifiedGrant;
use crate::jose::jwk;
use crate::jose::jws::UnverifiedJws;
use crate::receipt::Use;
use crate::sd_jwt::{MAX_BYTES, MAX_KEY_BINDING_BYTES};
use crate::x509::Certificate;

/// A key that bound itself to the grant.
pub(super) struct CheckedHolder {
    pub(super) bound_at: UnixTime,
    /// The issuer whose credential names the key; nothing where nobody else does.
    pub(super) issuer: Option<CheckedIssuer>,
}

/// An issuer by its certificate, not yet by an anchor.
pub(super) struct CheckedIssuer {
    pub(super) x5c: Vec<Vec<u8>>,
    pub(super) leaf_sha256: Digest,
}

/// RFC 9901 section 4.3, and our `chop_grant`. Any other claim could be a value of the holder's.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KbPayload {
    iat: UnixTime,
    aud: String,
    nonce: String,
    sd_hash: B64Digest,
    chop_grant: B64Digest,
    /// Of what the request itself says (OpenID4VP 1.0 appendix B.3.3.1), not of a value.
    #[serde(default)]
    #[expect(dead_code, reason = "named, so that no other member can stand here")]
    transaction_data_hashes: Vec<B64Digest>,
}

impl PackPresentation {
    /// Takes from a presentation what a pack may hold of it: the key binding, and either the key
    /// alone or the issuer-signed part with its always-disclosed claims. Never a disclosure.
    ///
    /// # Errors
    /// [`PackError::BadObject`] for a presentation without key binding.
    pub fn of(presentation: &str, with_credential: bool) -> Result<Self, PackError> {
        let (sd, key_binding) = presentation.rsplit_once('~').ok_or(PackError::BadObject)?;
        let issued = sd.split('~').next().unwrap_or_default();
        let key_binding = key_binding.to_owned();
        let jws = UnverifiedJws::parse(issued, MAX_BYTES).map_err(|_| PackError::BadObject)?;
        let holder = if with_credential {
            HolderEvidence::Credential(issued.to_owned())
        } else {
            HolderEvidence::Key(holder_key(jws.dangerous_payload()).ok_or(PackError::BadObject)?)
        };
        if key_binding.is_empty() { Err(PackError::BadObject) } else { Ok(Self { key_binding, holder }) }
    }
}

/// Checks one key binding and whose key it is.
pub(super) fn check_presentation(
    number: usize,
    presentation: &PackPresentation,
    request: &CheckedRequest,
    grant: &VerifiedGrant,
    used: Option<&Use>,
) -> Result<CheckedHolder, PackFault> {
    let part = Part::Presentation(number);
    let wrong = |e: &dyn Coded| PackError::BadObject.because(part, e);
    let (key, issuer) = match &presentation.holder {
        HolderEvidence::Key(key) => (*key, None),
        HolderEvidence::Credential(jwt) => check_credential(jwt, part)?,
    };
    let jws =
        UnverifiedJws::parse(&presentation.key_binding, MAX_KEY_BINDING_BYTES).map_err(|e| wrong(&e))?;
    let jws = jws.verify(&key, KEY_BINDING_TYP).map_err(|e| wrong(&e))?;
    let said: KbPayload = jws.json().map_err(|e| wrong(&e))?;
    let in_use = used.is_none_or(|used| used.sd_hash.contains(&said.sd_hash));
    if said.aud != request.client_id
        || said.nonce != request.nonce
        || said.chop_grant.0 != grant.digest()
        || !in_use
    {
        return Err(PackError::WrongLink.of(part));
    }
    Ok(CheckedHolder { bound_at: said.iat, issuer })
}

/// The key that a credential names, and its issuer if that is somebody else than the holder.
fn check_credential(jwt: &str, part: Part) -> Result<(P256PublicKey, Option<CheckedIssuer>), PackFault> {
    let wrong = |e: &dyn Coded| PackError::BadObject.because(part, e);
    let jws = UnverifiedJws::parse(jwt, MAX_BYTES).map_err(|e| wrong(&e))?;
    let x5c = jws.header().x5c.clone();
    let (issuer_key, issuer) = match x5c.first() {
        Some(leaf) => {
            let key = Certificate::read(leaf).and_then(|leaf| leaf.p256_key()).map_err(|e| wrong(&e))?;
            (key, Some(CheckedIssuer { leaf_sha256: sha256(leaf), x5c }))
        }
        // A holder's own statement carries its key; it names nobody but itself.
        None => (own_key(jws.dangerous_payload()).ok_or(PackError::BadObject.of(part))?, None),
    };
    let jws = jws.verify(&issuer_key, crate::sd_jwt_vc::TYP).map_err(|e| wrong(&e))?;
    let holder = holder_key(jws.payload()).ok_or(PackError::BadObject.of(part))?;
    Ok((holder, issuer))
}

fn holder_key(payload: &[u8]) -> Option<P256PublicKey> {
    let payload = crate::json::parse(payload, MAX_BYTES).ok()?;
    jwk::from_value(payload.get("cnf")?.get("jwk")?).ok()
}

/// `sub_jwk`, if `iss` is its thumbprint URI (RFC 9278).
fn own_key(payload: &[u8]) -> Option<P256PublicKey> {
    let payload = crate::json::parse(payload, MAX_BYTES).ok()?;
    let key = jwk::from_value(payload.get("sub_jwk")?).ok()?;
    let uri =
        format!("urn:ietf:params:oauth:jwk-thumbprint:sha-256:{}", to_base64url(&jwk::thumbprint(&key)));
    (payload.get("iss").and_then(Value::as_str) == Some(uri.as_str())).then_some(key)
}

const KEY_BINDING_TYP: &str = "kb+jwt";
