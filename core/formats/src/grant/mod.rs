//! The grant: a holder's signed, scoped, one-off permission. `typ: chop-grant+jwt`.
//!
//! ```text
//! header   {alg, typ, jwk}            iss = sub = RFC 7638 thumbprint of jwk
//! payload  who (aud, controller) may do what (actions) with which claims (dcql_query) of whose
//!          making (src), why (purpose), how long (retain), until when (exp), how often (max_uses 1);
//!          what was shown (notice, ui) and recorded (rec); what was asked (req) and logged (hlc, vlc)
//! ```
//!
//! Immutable. The consent key is not the credential's key (RFC 8725 section 3.11); that it speaks for
//! the subject of the data is said by the presentation, which names this grant in `chop_grant`.
//! Fields: protocol.md section 3; `authorization_details` is RFC 9396.

mod recipient;
mod scope;

pub use recipient::{AudPolicy, OfferedGrant, RelayRef};
pub use scope::{DataAccess, FileRef};

use chop_crypto::{KeyId, Keystore, P256PublicKey, SigningDomain};
use chop_model::{Id, Jurisdiction, Lang, LangText, Party, Purpose, Retention, UnixTime};
use serde::{Deserialize, Serialize};

use crate::coded_union::coded_union;
use crate::digest64::B64Digest;
use crate::jose::JoseError;
use crate::jose::jwk::thumbprint;
use crate::jose::jws::{Header, UnverifiedJws};
use crate::object::{Signed, SignedObject, Verified, has_expired, is_from_future};

/// `schema` of every grant: ISO/IEC TS 27560 as DPV profiles it.
pub const SCHEMA: &str = "https://w3id.org/dpv/schema/dpv-27560#record";
/// The legal basis of a grant unless its rules name another.
pub const EXPLICIT_CONSENT: &str = "https://w3id.org/dpv#ExplicitlyExpressedConsent";

chop_model::coded_errors! {
    /// What a grant can say that makes it void.
    pub enum GrantError {
        /// Not signed under a key that its header carries, or under a certificate.
        NoKey => ("grant.no-key", Peer, "the grant does not carry the key that signed it"),
        /// `iss` or `sub` is not the thumbprint of the key.
        WrongIssuer => ("grant.wrong-issuer", Peer, "the grant names another issuer than its key"),
        /// Of a schema that is not known here.
        UnknownSchema => ("grant.unknown-schema", Peer, "the grant follows an unknown schema"),
        /// Not exactly one access to data, or one of an unknown type.
        UnknownAccess => ("grant.unknown-access", Peer, "the grant permits something that is not known here"),
        /// A query without an explicit list of claims, or with a wildcard in a path.
        Wildcard => ("grant.wildcard", Peer, "the grant does not list its claims one by one"),
        /// A query that leaves the choice open.
        OpenChoice => ("grant.open-choice", Peer, "the grant leaves open which data it permits"),
        /// Nothing is permitted.
        EmptyScope => ("grant.empty-scope", Peer, "the grant permits nothing"),
        /// No purpose, or a purpose without a scene.
        NoPurpose => ("grant.no-purpose", Peer, "the grant has no purpose"),
        /// More than one use, or none.
        NotOneOff => ("grant.not-one-off", Peer, "the grant is not for exactly one use"),
        /// Its times contradict each other.
        BadTimes => ("grant.bad-times", Peer, "the times of the grant contradict each other"),
        /// Not valid yet, beyond what clocks differ.
        NotYetValid => ("grant.not-yet-valid", Peer, "the grant is not valid yet"),
        /// No longer valid.
        Expired => ("grant.expired", Peer, "the grant has expired"),
        /// To another recipient.
        WrongAudience => ("grant.wrong-audience", Peer, "the grant was made for another recipient"),
        /// In answer to another request.
        WrongRequest => ("grant.wrong-request", Peer, "the grant answers another request"),
        /// It names no recipient, or two, or a policy that lets nobody in.
        NoRecipient => ("grant.no-recipient", Peer, "the grant does not say who may use it"),
        /// Some of an offer's members and some of an answer's.
        MixedMode => ("grant.mixed-mode", Peer, "the grant is neither an answer nor an offer"),
        /// Not the grant that the code names.
        OtherGrant => ("grant.other-than-offered", Peer, "the grant is not the one that the code names"),
        /// Of another relay than the code's.
        WrongRelay => ("grant.wrong-relay", Peer, "the grant names another relay than the code"),
        /// Of another end than the code's.
        WrongExpiry => ("grant.wrong-expiry", Peer, "the grant ends at another time than the code says"),
        /// It echoes another log commitment than the request's.
        WrongVerifierLog => ("grant.wrong-verifier-log", Peer, "the grant echoes another log than the verifier's"),
    }
}

/// A grant that was signed here.
pub type SignedGrant = Signed<Grant>;
/// A grant whose signature, issuer, scope and times were checked.
pub type VerifiedGrant = Verified<Grant>;
coded_union! {
    /// Why a grant is refused.
    pub enum GrantRefusal {
        /// Form, algorithm, type or signature.
        Jose(JoseError),
        /// What it says.
        Grant(GrantError),
    }
}

/// The payload of a grant.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grant {
    /// [`SCHEMA`].
    pub schema: String,
    /// Its id; unique with `iss`.
    pub jti: Id,
    /// RFC 7638 thumbprint of the consent key.
    pub iss: B64Digest,
    /// The same: the holder speaks of their own data.
    pub sub: B64Digest,
    /// Full client id of the only recipient. Nothing where a policy says who may claim (C).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aud: Option<String>,
    /// Who may claim, where it is not one recipient (C).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aud_policy: Option<AudPolicy>,
    /// Who that was when it was granted, from the trust list or the certificate. Nothing where it was
    /// not known yet (C).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub controller: Option<Party>,
    /// Who made the data.
    pub src: Vec<Source>,
    /// When it was signed.
    pub iat: UnixTime,
    /// From when it holds.
    pub nbf: UnixTime,
    /// Until when it holds.
    pub exp: UnixTime,
    /// `h(R)` of the request that it answers; nothing in C, where the delivery note binds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub req: Option<B64Digest>,
    /// What is permitted: exactly one member.
    pub authorization_details: Vec<DataAccess>,
    /// 1.
    pub max_uses: u32,
    /// Why. Never empty.
    pub purpose: Vec<Purpose>,
    /// DPV IRI, [`EXPLICIT_CONSENT`] unless the rules name another.
    pub legal_basis: String,
    /// How long the recipient may keep the data.
    pub retain: Retention,
    /// To whom it may pass them on; empty: to nobody.
    pub onward: Vec<String>,
    /// Where they may be stored.
    pub locations: Vec<Jurisdiction>,
    /// Whose law the recipient is under.
    pub jurisdiction: Jurisdiction,
    /// The words that were shown.
    pub notice: NoticeRef,
    /// How to withdraw, see, correct and erase.
    pub rights: Rights,
    /// When a receipt is due.
    pub receipt: ReceiptRule,
    /// Blinded commitment to the holder's log before this use.
    pub hlc: B64Digest,
    /// Echo of the request's commitment to the verifier's log; nothing in C.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vlc: Option<B64Digest>,
    /// C: the relay, by origin and log key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relay: Option<RelayRef>,
    /// Digest of the consent record that travels beside it.
    pub rec: B64Digest,
    /// Digest of the consent page that was shown.
    pub ui: B64Digest,
}

/// Who made a part of the data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Its name, from the trust list or the certificate.
    pub name: LangText,
    /// Its identifier: the `iss` of the credential, or what its certificate says.
    pub issuer: String,
    /// The type of the credential.
    pub vct: String,
}

/// The notice that was shown before the consent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoticeRef {
    /// Digest of its words.
    pub digest: B64Digest,
    /// The language it was shown in.
    pub lang: Lang,
    /// The version of its template.
    pub version: String,
}

/// Where the rights of the person are exercised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rights {
    /// Address of the recipient for withdrawal, access, correction and erasure.
    pub channel: String,
}

/// When the recipient owes a receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReceiptRule {
    /// The acknowledgement comes before the key.
    RequiredBeforeKey,
}

/// Who granted what to whom is nobody's business in a log.
impl std::fmt::Debug for Grant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Grant({})", self.jti)
    }
}

impl SignedObject for Grant {
    const TYP: &'static str = "chop-grant+jwt";
    const DOMAIN: SigningDomain = SigningDomain::Grant;
    const MAX_TEXT: usize = 128 << 10;
}

impl Grant {
    /// Signs the grant with a consent key, whose thumbprint is `iss`.
    ///
    /// # Errors
    /// [`GrantError`] for a grant that nobody would accept; otherwise why the key did not sign.
    pub fn sign(self, keystore: &dyn Keystore, key: &KeyId) -> Result<SignedGrant, GrantRefusal> {
        let public = keystore.find(key).and_then(|k| k.public.p256().copied()).map_err(JoseError::from)?;
        self.check(&public)?;
        let header = Header { jwk: Some(public), ..Header::new(Self::TYP) };
        Ok(Signed::make(self, &header, keystore, key)?)
    }

    /// The one access that it permits. Of a grant that was checked there is always one.
    pub fn access(&self) -> Option<&DataAccess> {
        self.authorization_details.first()
    }

    /// Everything that holds for a grant at any time.
    fn check(&self, key: &P256PublicKey) -> Result<(), GrantError> {
        let thumbprint = B64Digest(thumbprint(key));
        if self.iss != thumbprint || self.sub != thumbprint {
            return Err(GrantError::WrongIssuer);
        }
        if self.schema != SCHEMA {
            return Err(GrantError::UnknownSchema);
        }
        if self.max_uses != 1 {
            return Err(GrantError::NotOneOff);
        }
        // 无场景不授权: a purpose without a scene permits nothing.
        if self.purpose.is_empty() || self.purpose.iter().any(|p| p.scene.is_empty() || p.code.is_empty()) {
            return Err(GrantError::NoPurpose);
        }
        if self.nbf > self.exp || self.iat > self.exp {
            return Err(GrantError::BadTimes);
        }
        recipient::check(self)?;
        scope::check(&self.authorization_details)
    }

    pub(super) fn check_times(&self, now: UnixTime) -> Result<(), GrantError> {
        if is_from_future(self.iat, now) || is_from_future(self.nbf, now) {
            return Err(GrantError::NotYetValid);
        }
        if has_expired(self.exp, now) { Err(GrantError::Expired) } else { Ok(()) }
    }
}

/// What the recipient of a grant knows of its own request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnsweredRequest {
    /// Its full client id.
    pub client_id: String,
    /// `h(R)`.
    pub req: chop_crypto::Digest,
    /// The log commitment in R.
    pub vlc: chop_crypto::Digest,
}

/// A grant that was taken apart and not checked.
pub struct UnverifiedGrant(UnverifiedJws);

impl UnverifiedGrant {
    /// Takes a compact JWS apart.
    ///
    /// # Errors
    /// [`JoseError`].
    pub fn parse(text: &str) -> Result<Self, GrantRefusal> {
        Ok(Self(UnverifiedJws::parse(text, Grant::MAX_TEXT)?))
    }

    /// Checks type, signature, issuer, scope and times: that the grant holds at `now` and answers
    /// `request`.
    ///
    /// # Errors
    /// [`GrantRefusal`].
    pub fn verify(self, request: &AnsweredRequest, now: UnixTime) -> Result<VerifiedGrant, GrantRefusal> {
        let grant = self.verify_as_record()?;
        let payload = grant.payload();
        if payload.aud.as_ref() != Some(&request.client_id) {
            return Err(GrantError::WrongAudience.into());
        }
        if payload.req.is_none_or(|req| req.0 != request.req) {
            return Err(GrantError::WrongRequest.into());
        }
        if payload.vlc.is_none_or(|vlc| vlc.0 != request.vlc) {
            return Err(GrantError::WrongVerifierLog.into());
        }
        payload.check_times(now)?;
        Ok(grant)
    }

    /// Checks everything that does not depend on who asks and when: for a record of the past.
    ///
    /// # Errors
    /// [`GrantRefusal`].
    pub fn verify_as_record(self) -> Result<VerifiedGrant, GrantRefusal> {
        let header = self.0.header();
        // The type is looked at first: another object carries no key, and is no grant without one.
        if header.typ != Grant::TYP {
            return Err(JoseError::WrongType.into());
        }
        // A certificate beside the key would leave open which of the two speaks.
        let bare = header.x5c.is_empty() && header.x5t_s256.is_none();
        let key = header.jwk.filter(|_| bare).ok_or(GrantError::NoKey)?;
        let grant: VerifiedGrant = Verified::signature_holds(self.0, &key)?;
        grant.payload().check(grant.key())?;
        Ok(grant)
    }
}

#[cfg(test)]
pub(crate) mod tests;
