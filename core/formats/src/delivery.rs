//! The delivery note: what the holder sends in answer to a grant. `typ: chop-delivery+jwt`.
//!
//! ```text
//! grant = h(grant)   req = h(R)   ct = h(C)   kc = SHA-256("chop/1/kc" ‖ K)   vp = h(P)
//! ```
//!
//! Signed with the grant's own key. It binds one ciphertext, one key and one content to one grant:
//! the acknowledgement answers it, and if C and K turn out to be junk, it proves who sent them.

use chop_crypto::{Digest, KeyId, Keystore, SigningDomain, sha256};
use chop_model::{Id, UnixTime};
use serde::{Deserialize, Serialize};

use crate::coded_union::coded_union;
use crate::content::ContentBinding;
use crate::digest64::B64Digest;
use crate::grant::VerifiedGrant;
use crate::jose::JoseError;
use crate::jose::jws::{Header, UnverifiedJws};
use crate::object::{Signed, SignedObject, Verified, has_expired, is_from_future};

chop_model::coded_errors! {
    /// What a delivery note can say that makes it void.
    pub enum DeliveryError {
        /// Not of the grant's holder.
        WrongIssuer => ("delivery.wrong-issuer", Peer, "the delivery note is not from the holder who granted"),
        /// For another grant.
        WrongGrant => ("delivery.wrong-grant", Peer, "the delivery note belongs to another grant"),
        /// For another request.
        WrongRequest => ("delivery.wrong-request", Peer, "the delivery note answers another request"),
        /// Of a mode that its grant is not for.
        WrongMode => ("delivery.wrong-mode", Peer, "the delivery note is of another way than its grant"),
        /// It names a key share where there is none, or none where there is one, or another.
        WrongShare => ("delivery.wrong-share", Peer, "the delivery note names another key share"),
        /// Valid for longer than its grant, or never.
        BadTimes => ("delivery.bad-times", Peer, "the times of the delivery note contradict the grant"),
        /// Signed in the future.
        NotYetValid => ("delivery.not-yet-valid", Peer, "the delivery note is from the future"),
        /// No longer valid.
        Expired => ("delivery.expired", Peer, "the delivery note has expired"),
        /// The ciphertext beside it is another one.
        WrongCiphertext => ("delivery.wrong-ciphertext", Peer, "the sealed content is not the one that the delivery note names"),
    }
}

/// A delivery note that was signed here.
pub type SignedDelivery = Signed<Delivery>;
/// A delivery note that was checked against its grant.
pub type VerifiedDelivery = Verified<Delivery>;
coded_union! {
    /// Why a delivery note is refused.
    pub enum DeliveryRefusal {
        /// Form, algorithm, type or signature.
        Jose(JoseError),
        /// What it says.
        Delivery(DeliveryError),
    }
}

/// The payload of a delivery note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Delivery {
    /// How it travels.
    pub mode: Mode,
    /// The grant's `iss`.
    pub iss: B64Digest,
    /// Its id.
    pub jti: Id,
    /// When it was signed.
    pub iat: UnixTime,
    /// Until when it can be acknowledged.
    pub exp: UnixTime,
    /// `h(grant)`.
    pub grant: B64Digest,
    /// `h(R)`; nothing in C2, where nobody had asked when it was signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub req: Option<B64Digest>,
    /// `h(C)`.
    pub ct: B64Digest,
    /// Commitment to the key.
    pub kc: B64Digest,
    /// `h(P)`.
    pub vp: B64Digest,
    /// C2: hash of the sealed key share that waits at the relay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sk: Option<B64Digest>,
}

/// The way of an exchange (protocol.md section 1.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mode {
    /// Posted to a verifier that asked first. Nothing is gated: the key goes along.
    B,
    /// Two-way QR.
    D,
    /// Through a relay, the wallet there.
    C1,
    /// Left at a relay for a named verifier.
    #[serde(rename = "C2n")]
    C2Named,
    /// Files left at a relay for whoever comes.
    #[serde(rename = "C2f")]
    C2Files,
}

impl Mode {
    /// As it is written in a delivery note and in the label of a content key.
    pub fn word(self) -> &'static str {
        match self {
            Self::B => "B",
            Self::D => "D",
            Self::C1 => "C1",
            Self::C2Named => "C2n",
            Self::C2Files => "C2f",
        }
    }

    /// Whether the relay keeps the key share, so that the wallet may sleep.
    pub fn is_sealed(self) -> bool {
        matches!(self, Self::C2Named | Self::C2Files)
    }

    /// Whether a request came before the delivery.
    pub fn answers_request(self) -> bool {
        !self.is_sealed()
    }
}

impl SignedObject for Delivery {
    const TYP: &'static str = "chop-delivery+jwt";
    const DOMAIN: SigningDomain = SigningDomain::Delivery;
    const MAX_TEXT: usize = 8 << 10;
}

impl Delivery {
    /// The note for a content sealed under `grant`, valid until `exp`.
    pub fn of(
        grant: &Signed<crate::grant::Grant>,
        jti: Id,
        iat: UnixTime,
        exp: UnixTime,
        seal: &ContentBinding,
    ) -> Self {
        Self::about(grant.payload(), grant.digest(), jti, (iat, exp), seal)
    }

    /// As [`Delivery::of`], for a grant that was signed before: an offer that is taken up.
    pub fn about(
        grant: &crate::grant::Grant,
        digest: Digest,
        jti: Id,
        (iat, exp): (UnixTime, UnixTime),
        seal: &ContentBinding,
    ) -> Self {
        Self {
            mode: Mode::D,
            iss: grant.iss,
            jti,
            iat,
            exp,
            grant: B64Digest(digest),
            req: grant.req,
            sk: None,
            ct: B64Digest(seal.ct),
            kc: B64Digest(seal.kc),
            vp: B64Digest(seal.vp),
        }
    }

    /// The note for a content that goes through a relay: `req` is `h(R)` in C1, `sk` the hash of the
    /// sealed key share in C2.
    #[must_use]
    pub fn by_relay(self, mode: Mode, req: Option<Digest>, sk: Option<Digest>) -> Self {
        Self { mode, req: req.map(B64Digest), sk: sk.map(B64Digest), ..self }
    }

    /// The same note for another way of the exchange.
    #[must_use]
    pub fn by(self, mode: Mode) -> Self {
        Self { mode, ..self }
    }

    /// Signs the note with the grant's consent key.
    ///
    /// # Errors
    /// Why the key did not sign.
    pub fn sign(self, keystore: &dyn Keystore, key: &KeyId) -> Result<SignedDelivery, DeliveryRefusal> {
        Ok(Signed::make(self, &Header::new(Self::TYP), keystore, key)?)
    }

    /// What binds the content.
    pub fn binding(&self) -> ContentBinding {
        ContentBinding { grant: self.grant.0, ct: self.ct.0, kc: self.kc.0, vp: self.vp.0 }
    }

    /// Whether `ciphertext` is the one that this note names: before it is acknowledged.
    ///
    /// # Errors
    /// [`DeliveryError::WrongCiphertext`].
    pub fn check_ciphertext(&self, ciphertext: &[u8]) -> Result<(), DeliveryError> {
        let ct: Digest = sha256(ciphertext);
        if ct == self.ct.0 { Ok(()) } else { Err(DeliveryError::WrongCiphertext) }
    }

    /// Whether `share`, as the relay hands it out, is the one that this note names (C2).
    ///
    /// # Errors
    /// [`DeliveryError::WrongShare`].
    pub fn check_share(&self, share: &[u8]) -> Result<(), DeliveryError> {
        let sk: Digest = sha256(share);
        if self.sk.is_some_and(|named| named.0 == sk) { Ok(()) } else { Err(DeliveryError::WrongShare) }
    }

    fn check(&self, grant: &VerifiedGrant) -> Result<(), DeliveryError> {
        if self.grant.0 != grant.digest() {
            return Err(DeliveryError::WrongGrant);
        }
        if self.iss != grant.payload().iss {
            return Err(DeliveryError::WrongIssuer);
        }
        self.check_mode(grant.payload())?;
        if self.iat > self.exp || self.exp > grant.payload().exp {
            return Err(DeliveryError::BadTimes);
        }
        Ok(())
    }

    /// D and B answer the grant's request; C1 binds a request to a grant that was there before it; C2 has
    /// none and names the share that waits. A mode of C goes with a grant that names a relay.
    fn check_mode(&self, grant: &crate::grant::Grant) -> Result<(), DeliveryError> {
        if grant.relay.is_some() != !matches!(self.mode, Mode::B | Mode::D) {
            return Err(DeliveryError::WrongMode);
        }
        let fits = match self.mode {
            Mode::B | Mode::D => self.req.is_some() && self.req == grant.req,
            Mode::C1 => self.req.is_some(),
            Mode::C2Named | Mode::C2Files => self.req.is_none(),
        };
        if !fits {
            return Err(DeliveryError::WrongRequest);
        }
        if self.sk.is_some() == self.mode.is_sealed() { Ok(()) } else { Err(DeliveryError::WrongShare) }
    }
}

/// A delivery note that was taken apart and not checked.
pub struct UnverifiedDelivery(UnverifiedJws);

impl UnverifiedDelivery {
    /// Takes a compact JWS apart.
    ///
    /// # Errors
    /// [`crate::jose::JoseError`].
    pub fn parse(text: &str) -> Result<Self, DeliveryRefusal> {
        Ok(Self(UnverifiedJws::parse(text, Delivery::MAX_TEXT)?))
    }

    /// Checks type, signature under the grant's key, binding to the grant, and times.
    ///
    /// # Errors
    /// [`DeliveryRefusal`].
    pub fn verify(self, grant: &VerifiedGrant, now: UnixTime) -> Result<VerifiedDelivery, DeliveryRefusal> {
        let delivery = self.verify_as_record(grant)?;
        if is_from_future(delivery.payload().iat, now) {
            return Err(DeliveryError::NotYetValid.into());
        }
        if has_expired(delivery.payload().exp, now) {
            return Err(DeliveryError::Expired.into());
        }
        Ok(delivery)
    }

    /// Checks everything that does not depend on the time: for a record of the past.
    ///
    /// # Errors
    /// [`DeliveryRefusal`].
    pub fn verify_as_record(self, grant: &VerifiedGrant) -> Result<VerifiedDelivery, DeliveryRefusal> {
        let delivery: VerifiedDelivery = Verified::signature_holds(self.0, grant.key())?;
        delivery.payload().check(grant)?;
        Ok(delivery)
    }
}
