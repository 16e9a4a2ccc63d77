//! What the signed objects of an exchange have in common: one `typ`, one signing domain, one reader.
//!
//! ```text
//! payload --sign--> Signed<T>                 made here, ready to go
//! text --parse--> Unverified… --verify--> Verified<T>     made there, and checked
//! ```
//!
//! Both keep the exact text, because `h(x)` is the hash of that text, signature included.

use std::fmt;

use chop_crypto::{Digest, KeyId, Keystore, P256PublicKey, SigningDomain, sha256};
use chop_model::UnixTime;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::jose::JoseError;
use crate::jose::jws::{Header, UnverifiedJws, sign_json};

/// How far two clocks may be apart, in seconds (protocol.md section 6, row 25).
pub const MAX_SKEW: i64 = 300;

/// A payload that is signed as one type of its own.
pub trait SignedObject: Serialize + DeserializeOwned {
    /// The `typ` of its header.
    const TYP: &'static str;
    /// The domain its key must be allowed for.
    const DOMAIN: SigningDomain;
    /// Characters of its compact form.
    const MAX_TEXT: usize;
}

/// An object that was signed here.
#[derive(Clone)]
pub struct Signed<T> {
    text: String,
    payload: T,
}

/// An object whose signature and content were checked. Only `verify` makes one.
#[derive(Clone)]
pub struct Verified<T> {
    text: String,
    payload: T,
    key: P256PublicKey,
}

impl<T: SignedObject> Signed<T> {
    /// Signs `payload` under `header`, whose `typ` is the type's own.
    pub(crate) fn make(
        payload: T,
        header: &Header,
        keystore: &dyn Keystore,
        key: &KeyId,
    ) -> Result<Self, JoseError> {
        let text = sign_json(header, &payload, keystore, key, T::DOMAIN)?;
        if text.len() > T::MAX_TEXT {
            return Err(JoseError::TooLarge);
        }
        Ok(Self { text, payload })
    }
}

impl<T> Signed<T> {
    /// The compact form.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// `h(x)`: SHA-256 of the compact form.
    pub fn digest(&self) -> Digest {
        sha256(self.text.as_bytes())
    }

    /// What was signed.
    pub fn payload(&self) -> &T {
        &self.payload
    }
}

impl<T: SignedObject> Verified<T> {
    /// Checks type and signature and reads the payload. What the payload says is the caller's to
    /// check before this leaves the crate.
    pub(crate) fn signature_holds(jws: UnverifiedJws, key: &P256PublicKey) -> Result<Self, JoseError> {
        let jws = jws.verify(key, T::TYP)?;
        Ok(Self { text: jws.text().to_owned(), payload: jws.json()?, key: *key })
    }
}

impl<T> Verified<T> {
    /// The compact form, as it came.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// `h(x)`: SHA-256 of the compact form.
    pub fn digest(&self) -> Digest {
        sha256(self.text.as_bytes())
    }

    /// What was signed.
    pub fn payload(&self) -> &T {
        &self.payload
    }

    /// The key that signed it.
    pub fn key(&self) -> &P256PublicKey {
        &self.key
    }
}

impl<T: SignedObject> fmt::Debug for Signed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signed({})", T::TYP)
    }
}

impl<T: SignedObject> fmt::Debug for Verified<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Verified({})", T::TYP)
    }
}

/// Whether `at` lies in the future by more than clocks differ.
pub(crate) fn is_from_future(at: UnixTime, now: UnixTime) -> bool {
    at.since(now) > MAX_SKEW
}

/// Whether `exp` has passed by more than clocks differ.
pub(crate) fn has_expired(exp: UnixTime, now: UnixTime) -> bool {
    now.since(exp) > MAX_SKEW
}
