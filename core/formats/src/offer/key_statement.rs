//! `chop-key+jwt`: a verifier states a key to which something may be sealed while it is not there (C2n).
//!
//! ```text
//! header   typ chop-key+jwt, x5c
//! payload  iss client_id, iat, exp ≤ iat + 90 days, key {EC, P-256, use enc, alg ECDH-ES, kid, x, y}
//! ```

use chop_crypto::{Digest, KeyId, Keystore, P256PublicKey, SigningDomain};
use chop_model::UnixTime;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::signer::{self, Signatory};
use super::{OfferError, OfferRefusal};
use crate::jose::jwk;
use crate::jose::jws::{self, Header, UnverifiedJws, VerifiedJws};
use crate::request::encryption_kid;
use crate::trust_list::TrustView;

/// Seconds from `iat` to `exp` at most: 90 days.
pub const MAX_STATEMENT_LIFETIME: i64 = 90 * 86_400;

/// A key statement that is about to be signed.
#[derive(Debug, Clone)]
pub struct KeyStatement {
    /// The key; never the signing key.
    pub key: P256PublicKey,
    /// Now.
    pub iat: UnixTime,
    /// At most [`MAX_STATEMENT_LIFETIME`] later.
    pub exp: UnixTime,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    iss: String,
    iat: UnixTime,
    exp: UnixTime,
    key: Value,
}

impl KeyStatement {
    /// Signs the statement with the key that the leaf of `x5c` certifies.
    ///
    /// # Errors
    /// What a wallet would refuse; why the key did not sign.
    pub fn sign(self, x5c: &[Vec<u8>], keystore: &dyn Keystore, key: &KeyId) -> Result<String, OfferRefusal> {
        let (client_id, public) = signer::client_of(x5c, keystore, key)?;
        signer::check_times((self.iat, self.exp), MAX_STATEMENT_LIFETIME, self.iat)?;
        if self.key == public {
            return Err(OfferError::KeySigns.into());
        }
        let mut key_value = jwk::to_value(&self.key);
        if let (Value::Object(fields), Value::Object(more)) =
            (&mut key_value, json!({"use": "enc", "alg": "ECDH-ES", "kid": encryption_kid(&self.key)}))
        {
            fields.extend(more);
        }
        let wire = Wire { iss: client_id, iat: self.iat, exp: self.exp, key: key_value };
        let header = Header { x5c: x5c.to_vec(), ..Header::new(TYP) };
        Ok(jws::sign_json(&header, &wire, keystore, key, SigningDomain::KeyStatement)?)
    }
}

/// A key statement that was taken apart and not checked.
pub struct UnverifiedKeyStatement(UnverifiedJws);

impl UnverifiedKeyStatement {
    /// Takes a compact JWS apart.
    ///
    /// # Errors
    /// [`crate::jose::JoseError`].
    pub fn parse(text: &str) -> Result<Self, OfferRefusal> {
        Ok(Self(UnverifiedJws::parse(text.trim_end(), MAX_STATEMENT_CHARS)?))
    }

    /// Checks chain, signature, client, times, and that the key only encrypts.
    ///
    /// # Errors
    /// [`OfferRefusal`] for the first fault.
    pub fn verify(self, trust: &TrustView, now: UnixTime) -> Result<VerifiedKeyStatement, OfferRefusal> {
        let client = |jws: &VerifiedJws| Ok(jws.json::<Wire>()?.iss);
        let (jws, signatory) = signer::verify(self.0, TYP, client, trust, now)?;
        let Wire { iss: _, iat, exp, key } = jws.json::<Wire>()?;
        signer::check_times((iat, exp), MAX_STATEMENT_LIFETIME, now)?;
        let (key, kid) = read_key(&key)?;
        if key == *signatory.chain.leaf_key() {
            return Err(OfferError::KeySigns.into());
        }
        Ok(VerifiedKeyStatement { jws, key, kid, exp, signatory })
    }
}

/// A key statement whose chain, signature, client, times and key were checked.
#[derive(Clone)]
pub struct VerifiedKeyStatement {
    jws: VerifiedJws,
    key: P256PublicKey,
    kid: String,
    exp: UnixTime,
    signatory: Signatory,
}

impl VerifiedKeyStatement {
    /// The exact text.
    pub fn text(&self) -> &str {
        self.jws.text()
    }

    /// `h(statement)`.
    pub fn digest(&self) -> Digest {
        self.jws.digest()
    }

    /// The key to seal to.
    pub fn key(&self) -> &P256PublicKey {
        &self.key
    }

    /// Its name.
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// Until when it can be used.
    pub fn exp(&self) -> UnixTime {
        self.exp
    }

    /// Whose it is.
    pub fn signatory(&self) -> &Signatory {
        &self.signatory
    }

    /// Whether it lives as long as an offer until `exp` does, and is of the verifier `client_id`.
    ///
    /// # Errors
    /// [`OfferError::KeyEndsEarlier`], [`OfferError::OtherVerifier`].
    pub fn check_for(&self, client_id: &str, exp: UnixTime) -> Result<(), OfferError> {
        if self.signatory.client_id != client_id {
            return Err(OfferError::OtherVerifier);
        }
        if self.exp < exp { Err(OfferError::KeyEndsEarlier) } else { Ok(()) }
    }
}

impl std::fmt::Debug for VerifiedKeyStatement {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "VerifiedKeyStatement({})", self.signatory.client_id)
    }
}

fn read_key(value: &Value) -> Result<(P256PublicKey, String), OfferError> {
    let text = |name: &str| value.get(name).and_then(Value::as_str);
    if text("use") != Some("enc") || text("alg") != Some("ECDH-ES") {
        return Err(OfferError::BadKey);
    }
    let key = jwk::from_value(value).map_err(|_| OfferError::BadKey)?;
    match text("kid") {
        // The name is the key's own: nobody can point to another key by it.
        Some(kid) if kid == encryption_kid(&key) => Ok((key, kid.to_owned())),
        _ => Err(OfferError::BadKey),
    }
}

const TYP: &str = "chop-key+jwt";
/// A chain of four certificates and the payload.
const MAX_STATEMENT_CHARS: usize = 48 << 10;
