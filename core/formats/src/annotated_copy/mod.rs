//! 加注件: a copy of an item, made for one grant and marked for it. `typ: chop-annotated-copy+jwt`.
//!
//! ```text
//! JZJZZSJ made at · JZJZZZ made by · JZJZZSY reason · JZJYXQJZSJ valid until     (GB/T 36903, gba.md 3.0)
//! iss, aud, req as the grant's     original = h(what was copied)     copy = SHA-256(page | fields)
//! ```
//!
//! Signed with the grant's own consent key, so that the mark is the holder's and belongs to one answer to
//! one request. A copied file travels as a page with the mark on it; copied fields travel as they are,
//! and the mark covers their JSON. The mark says what the copy is for. It stops nobody from cutting it
//! off: then the signature is gone too.

use std::collections::BTreeMap;

use chop_crypto::{Digest, KeyId, Keystore, SigningDomain, sha256};
use chop_model::{Id, UnixTime};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::coded_union::coded_union;
use crate::digest64::B64Digest;
use crate::grant::VerifiedGrant;
use crate::jose::JoseError;
use crate::jose::jws::{Header, UnverifiedJws};
use crate::object::{Signed, SignedObject, Verified, is_from_future};

/// Longest reason, in bytes.
pub const MAX_REASON: usize = 500;
/// Longest name of who made it, or of what was copied, in bytes.
pub const MAX_NAME: usize = 200;
/// Longest time for which a copy is good: 366 days, in seconds.
pub const MAX_VALIDITY: i64 = 366 * 86_400;

chop_model::coded_errors! {
    /// What can be wrong with an annotated copy.
    pub enum AnnotatedCopyError {
        /// Signed by somebody else than who granted.
        WrongIssuer => ("copy.wrong-issuer", Peer, "the marked copy is not from the holder who granted"),
        /// Made for another recipient or another request.
        WrongGrant => ("copy.wrong-grant", Peer, "the marked copy was made for another grant"),
        /// The page or the fields are not those that were marked.
        OtherContent => ("copy.other-content", Peer, "this is not the copy that was marked"),
        /// No reason, no maker, or more words than a mark has.
        BadWords => ("copy.words", User, "a marked copy says for what and by whom it was made, in a few words"),
        /// Times that contradict each other, or too long a time.
        BadTimes => ("copy.times", User, "the times of the marked copy contradict each other or are too long"),
        /// Made in the future.
        NotYetValid => ("copy.not-yet-valid", Peer, "the marked copy is from the future"),
        /// No longer good.
        Expired => ("copy.expired", Peer, "the marked copy is no longer valid"),
    }
}

coded_union! {
    /// Why an annotated copy is refused.
    pub enum AnnotatedCopyRefusal {
        /// Form, algorithm, type or signature.
        Jose(JoseError),
        /// What it says.
        Copy(AnnotatedCopyError),
    }
}

/// A mark that was signed here.
pub type SignedAnnotatedCopy = Signed<AnnotatedCopy>;
/// A mark that was checked against its grant and its copy.
pub type VerifiedAnnotatedCopy = Verified<AnnotatedCopy>;

/// The mark on a copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnnotatedCopy {
    /// The grant's `iss`.
    pub iss: B64Digest,
    /// The grant's `aud`; absent where the grant names nobody yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aud: Option<String>,
    /// The grant's `req`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub req: Option<B64Digest>,
    /// Its id.
    pub jti: Id,
    /// 加注件制作时间.
    #[serde(rename = "JZJZZSJ")]
    pub made_at: UnixTime,
    /// 加注件制作者.
    #[serde(rename = "JZJZZZ")]
    pub made_by: String,
    /// 加注件事由.
    #[serde(rename = "JZJZZSY")]
    pub reason: String,
    /// 加注件有效期截止.
    #[serde(rename = "JZJYXQJZSJ")]
    pub valid_until: UnixTime,
    /// What the holder calls the original.
    pub title: String,
    /// Digest of the original: a file's salted seal, or SHA-256 over the text of a record.
    pub original: B64Digest,
    /// SHA-256 of the marked page or of the copied fields.
    pub copy: B64Digest,
}

/// What was copied.
#[derive(Clone, Copy)]
pub enum Copied<'a> {
    /// A page that carries the mark.
    Page(&'a [u8]),
    /// Fields, by name.
    Fields(&'a BTreeMap<String, Value>),
}

/// What was copied is for whoever it was granted to, and for no log.
impl std::fmt::Debug for Copied<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Page(_) => "Page",
            Self::Fields(_) => "Fields",
        })
    }
}

impl Copied<'_> {
    /// What the mark covers: the bytes of the page, or the JSON of the fields with sorted names.
    pub fn digest(&self) -> Digest {
        match self {
            Self::Page(bytes) => sha256(bytes),
            Self::Fields(fields) => sha256(&serde_json::to_vec(fields).unwrap_or_default()),
        }
    }
}

impl SignedObject for AnnotatedCopy {
    const TYP: &'static str = "chop-annotated-copy+jwt";
    const DOMAIN: SigningDomain = SigningDomain::AnnotatedCopy;
    const MAX_TEXT: usize = 8 << 10;
}

impl AnnotatedCopy {
    /// Signs the mark with the grant's consent key.
    ///
    /// # Errors
    /// [`AnnotatedCopyError::BadWords`], [`AnnotatedCopyError::BadTimes`]; why the key did not sign.
    pub fn sign(
        self,
        keystore: &dyn Keystore,
        key: &KeyId,
    ) -> Result<SignedAnnotatedCopy, AnnotatedCopyRefusal> {
        self.check()?;
        Ok(Signed::make(self, &Header::new(Self::TYP), keystore, key)?)
    }

    fn check(&self) -> Result<(), AnnotatedCopyError> {
        let fits = |text: &str, most: usize| !text.trim().is_empty() && text.len() <= most;
        if !fits(&self.reason, MAX_REASON) || !fits(&self.made_by, MAX_NAME) || !fits(&self.title, MAX_NAME) {
            return Err(AnnotatedCopyError::BadWords);
        }
        match self.valid_until.since(self.made_at) {
            1..=MAX_VALIDITY => Ok(()),
            _ => Err(AnnotatedCopyError::BadTimes),
        }
    }
}

/// A mark that was taken apart and not checked.
pub struct UnverifiedAnnotatedCopy(UnverifiedJws);

impl UnverifiedAnnotatedCopy {
    /// Takes a compact JWS apart.
    ///
    /// # Errors
    /// [`JoseError`].
    pub fn parse(text: &str) -> Result<Self, AnnotatedCopyRefusal> {
        Ok(Self(UnverifiedJws::parse(text, AnnotatedCopy::MAX_TEXT)?))
    }

    /// Checks type, signature under the grant's key, binding to the grant, the copy itself, and times.
    ///
    /// # Errors
    /// [`AnnotatedCopyRefusal`].
    pub fn verify(
        self,
        grant: &VerifiedGrant,
        copied: Copied<'_>,
        now: UnixTime,
    ) -> Result<VerifiedAnnotatedCopy, AnnotatedCopyRefusal> {
        let mark: VerifiedAnnotatedCopy = Verified::signature_holds(self.0, grant.key())?;
        let (said, granted) = (mark.payload(), grant.payload());
        if said.iss != granted.iss {
            return Err(AnnotatedCopyError::WrongIssuer.into());
        }
        if said.aud != granted.aud || said.req != granted.req {
            return Err(AnnotatedCopyError::WrongGrant.into());
        }
        said.check()?;
        if said.copy.0 != copied.digest() {
            return Err(AnnotatedCopyError::OtherContent.into());
        }
        if is_from_future(said.made_at, now) {
            return Err(AnnotatedCopyError::NotYetValid.into());
        }
        if said.valid_until < now {
            return Err(AnnotatedCopyError::Expired.into());
        }
        Ok(mark)
    }
}

#[cfg(test)]
mod tests;
