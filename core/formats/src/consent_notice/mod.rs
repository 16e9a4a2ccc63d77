//! What a holder tells a recipient about a consent that was given: it is withdrawn, or the data are to
//! be deleted. `typ: chop-notice+jwt`.
//!
//! ```text
//! grant = h(grant)   rec = the grant's rec   kind = withdrawn | delete | pledged | kept
//! ```
//!
//! A pledge (容缺受理) says what is missing and until when it is promised; `kept` says that it is there.
//!
//! Signed with the grant's own key, so that nobody else can speak for the holder. It says what it cannot
//! do as well: what was done under the consent before stays lawful (PIPL art. 15), and nobody reaches into
//! a recipient's database with it.

use chop_crypto::{Digest, KeyId, Keystore, SigningDomain};
use chop_model::{Id, UnixTime};
use serde::{Deserialize, Serialize};

use crate::coded_union::coded_union;
use crate::digest64::B64Digest;
use crate::grant::VerifiedGrant;
use crate::jose::JoseError;
use crate::jose::jws::{Header, UnverifiedJws};
use crate::object::{Signed, SignedObject, Verified, is_from_future};
use crate::shown_text::check_name;

chop_model::coded_errors! {
    /// What a notice can say that makes it none about this grant.
    pub enum ConsentNoticeError {
        /// Not of the grant's holder.
        WrongIssuer => ("consent-notice.wrong-issuer", Peer, "the notice is not from the holder who granted"),
        /// To another recipient.
        WrongAudience => ("consent-notice.wrong-audience", Peer, "the notice is for another recipient"),
        /// About another grant.
        WrongGrant => ("consent-notice.wrong-grant", Peer, "the notice is about another grant"),
        /// From before the grant.
        TooEarly => ("consent-notice.too-early", Peer, "the notice is older than its grant"),
        /// From the future, beyond what clocks differ.
        FromFuture => ("consent-notice.from-future", Peer, "the notice is from the future"),
        /// A pledge with nothing promised or no time, or a promise in another notice.
        BadPledge => ("consent-notice.bad-pledge", Peer, "the notice does not say what is pledged, or until when"),
    }
}

/// A notice that was signed here.
pub type SignedConsentNotice = Signed<ConsentNotice>;
/// A notice that was checked against its grant.
pub type VerifiedConsentNotice = Verified<ConsentNotice>;
coded_union! {
    /// Why a notice is refused.
    pub enum ConsentNoticeRefusal {
        /// Form, algorithm, type or signature.
        Jose(JoseError),
        /// What it says.
        Notice(ConsentNoticeError),
    }
}

/// What a notice is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NoticeKind {
    /// The consent is withdrawn: no further use, from `iat` on.
    Withdrawn,
    /// What was received is to be deleted, and the deletion confirmed or refused with a reason.
    Delete,
    /// 容缺: something is missing and promised for later.
    Pledged,
    /// What was promised is there now.
    Kept,
}

/// 容缺受理: what is missing, and until when it is promised (gba.md row 120).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pledge {
    /// What is missing, in the holder's words: a type of document, not a value.
    pub missing: String,
    /// Until when. Overdue, the pledge is broken on both sides, each by its own clock.
    pub due: UnixTime,
}

/// How far it reaches. There is one answer, and it is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoticeReach {
    /// From now on; what was done under the consent before stays as it was.
    FromNowOn,
}

/// The payload of a notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsentNotice {
    /// The grant's `iss`.
    pub iss: B64Digest,
    /// The grant's `aud`, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aud: Option<String>,
    /// Its id.
    pub jti: Id,
    /// From when it holds.
    pub iat: UnixTime,
    /// `h(grant)`.
    pub grant: B64Digest,
    /// The grant's `rec`.
    pub rec: B64Digest,
    /// What is told.
    pub kind: NoticeKind,
    /// How far it reaches.
    pub reach: NoticeReach,
    /// What is promised; there just when `kind` is a pledge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pledge: Option<Pledge>,
}

impl SignedObject for ConsentNotice {
    const TYP: &'static str = "chop-notice+jwt";
    const DOMAIN: SigningDomain = SigningDomain::ConsentNotice;
    const MAX_TEXT: usize = 4 << 10;
}

impl ConsentNotice {
    /// The notice about this grant.
    pub fn about(grant: &VerifiedGrant, kind: NoticeKind, jti: Id, iat: UnixTime) -> Self {
        let digest = B64Digest(grant.digest());
        let grant = grant.payload();
        let (iss, aud, rec) = (grant.iss, grant.aud.clone(), grant.rec);
        Self { iss, aud, jti, iat, grant: digest, rec, kind, reach: NoticeReach::FromNowOn, pledge: None }
    }

    /// The same notice with what it promises.
    #[must_use]
    pub fn promising(self, pledge: Pledge) -> Self {
        Self { pledge: Some(pledge), ..self }
    }

    /// Signs the notice with the grant's consent key.
    ///
    /// # Errors
    /// Why the key did not sign.
    pub fn sign(
        self,
        keystore: &dyn Keystore,
        key: &KeyId,
    ) -> Result<SignedConsentNotice, ConsentNoticeRefusal> {
        Ok(Signed::make(self, &Header::new(Self::TYP), keystore, key)?)
    }

    fn check(&self, grant: &VerifiedGrant, now: UnixTime) -> Result<(), ConsentNoticeError> {
        let digest = grant.digest();
        let grant = grant.payload();
        if self.grant.0 != digest || self.rec != grant.rec {
            return Err(ConsentNoticeError::WrongGrant);
        }
        if self.iss != grant.iss {
            return Err(ConsentNoticeError::WrongIssuer);
        }
        if self.aud != grant.aud {
            return Err(ConsentNoticeError::WrongAudience);
        }
        if self.iat < grant.iat {
            return Err(ConsentNoticeError::TooEarly);
        }
        if is_from_future(self.iat, now) {
            return Err(ConsentNoticeError::FromFuture);
        }
        let is_whole =
            self.pledge.as_ref().map(|pledge| check_name(&pledge.missing).is_ok() && pledge.due > self.iat);
        if is_whole != (self.kind == NoticeKind::Pledged).then_some(true) {
            return Err(ConsentNoticeError::BadPledge);
        }
        Ok(())
    }
}

/// A notice that was taken apart and not checked.
pub struct UnverifiedConsentNotice(UnverifiedJws);

impl UnverifiedConsentNotice {
    /// Takes a compact JWS apart.
    ///
    /// # Errors
    /// [`JoseError`].
    pub fn parse(text: &str) -> Result<Self, ConsentNoticeRefusal> {
        Ok(Self(UnverifiedJws::parse(text, ConsentNotice::MAX_TEXT)?))
    }

    /// The grant that it says it is about: enough to find the exchange, nothing to rely on.
    ///
    /// # Errors
    /// [`JoseError`] when the payload cannot be read.
    pub fn dangerous_grant(&self) -> Result<Digest, ConsentNoticeRefusal> {
        let payload: ConsentNotice =
            crate::json::parse_as(self.0.dangerous_payload(), ConsentNotice::MAX_TEXT)
                .map_err(JoseError::from)?;
        Ok(payload.grant.0)
    }

    /// Checks the signature against the grant's key, and what it says against the grant.
    ///
    /// # Errors
    /// [`ConsentNoticeRefusal`].
    pub fn verify(
        self,
        grant: &VerifiedGrant,
        now: UnixTime,
    ) -> Result<VerifiedConsentNotice, ConsentNoticeRefusal> {
        let verified: VerifiedConsentNotice = Verified::signature_holds(self.0, grant.key())?;
        verified.payload().check(grant, now)?;
        Ok(verified)
    }
}

#[cfg(test)]
mod tests;
