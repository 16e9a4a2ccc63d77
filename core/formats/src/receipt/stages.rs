//! The payloads of the four stages. What all have in common is written out in each: `serde` cannot
//! refuse unknown members of a flattened struct.

use chop_crypto::{Digest, SigningDomain};
use chop_model::{Id, UnixTime};
use serde::{Deserialize, Serialize};

use crate::digest64::B64Digest;
use crate::object::SignedObject;

/// What every receipt says: who, when, for whom, and of which exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Common {
    /// Full client id.
    pub iss: String,
    /// Identifier of the organisation in its certificate.
    pub org: String,
    /// When it was signed.
    pub iat: UnixTime,
    /// Its id.
    pub jti: Id,
    /// The grant's `iss`.
    pub aud: B64Digest,
    /// `h(grant)`.
    pub grant: B64Digest,
    /// `h(delivery)`.
    pub dn: B64Digest,
    /// `h(R)`.
    pub req: B64Digest,
    /// `h(C)`.
    pub ct: B64Digest,
    /// Commitment to the key.
    pub kc: B64Digest,
    /// Echo of the grant's log commitment.
    pub hlc: B64Digest,
    /// The verifier's own log commitment.
    pub vlc: B64Digest,
}

/// One stage of an exchange, with a type of its own.
pub trait Stage: SignedObject {
    /// What it has in common with the others.
    fn common(&self) -> Common;
    /// The receipt that it follows.
    fn prev(&self) -> Option<Digest>;
    /// `h(P)`, where the stage knows it.
    fn vp(&self) -> Option<Digest>;
    /// How many digests it lists.
    fn count_of_digests(&self) -> usize;
}

/// How a use ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "result", deny_unknown_fields)]
pub enum Outcome {
    /// Every presentation verified and was accepted.
    Accepted {},
    /// The content was opened and not accepted.
    Refused {
        /// Why.
        reason: Reason,
    },
}

/// Why a verifier refused, in words that tell nothing about the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// The envelope does not open or cannot be read.
    BadEnvelope,
    /// The grant does not verify or does not fit the request.
    BadGrant,
    /// The delivery note does not fit the grant.
    BadDelivery,
    /// The key is not the promised one.
    BadKey,
    /// The content does not open or is not the promised one.
    BadContent,
    /// A presentation does not verify.
    BadPresentation,
    /// An issuer is not one that the verifier trusts.
    UntrustedIssuer,
    /// The issuer revoked a credential.
    Revoked,
    /// The issuer suspended a credential.
    Suspended,
    /// Something asked for is missing.
    Incomplete,
    /// It came too late.
    TooLate,
    /// The verifier no longer wants it.
    NotWanted,
}

macro_rules! stage {
    ($(#[$meta:meta])* $name:ident, $typ:literal, $domain:ident, prev: $prev:expr, vp: $vp:expr,
     digests: $digests:expr, { $($(#[$field_meta:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            /// Full client id.
            pub iss: String,
            /// Identifier of the organisation in its certificate.
            pub org: String,
            /// When it was signed.
            pub iat: UnixTime,
            /// Its id.
            pub jti: Id,
            /// The grant's `iss`.
            pub aud: B64Digest,
            /// `h(grant)`.
            pub grant: B64Digest,
            /// `h(delivery)`.
            pub dn: B64Digest,
            /// `h(R)`.
            pub req: B64Digest,
            /// `h(C)`.
            pub ct: B64Digest,
            /// Commitment to the key.
            pub kc: B64Digest,
            /// Echo of the grant's log commitment.
            pub hlc: B64Digest,
            /// The verifier's own log commitment.
            pub vlc: B64Digest,
            $($(#[$field_meta])* pub $field: $type,)*
        }

        impl $name {
            /// The receipt of this stage with what all stages say.
            pub fn new(common: Common, $($field: $type,)*) -> Self {
                let Common { iss, org, iat, jti, aud, grant, dn, req, ct, kc, hlc, vlc } = common;
                Self { iss, org, iat, jti, aud, grant, dn, req, ct, kc, hlc, vlc, $($field,)* }
            }
        }

        impl SignedObject for $name {
            const TYP: &'static str = $typ;
            const DOMAIN: SigningDomain = SigningDomain::$domain;
            const MAX_TEXT: usize = 512 << 10;
        }

        impl Stage for $name {
            fn common(&self) -> Common {
                let Self { iss, org, iat, jti, aud, grant, dn, req, ct, kc, hlc, vlc, .. } = self.clone();
                Common { iss, org, iat, jti, aud, grant, dn, req, ct, kc, hlc, vlc }
            }

            fn prev(&self) -> Option<Digest> {
                ($prev)(self)
            }

            fn vp(&self) -> Option<Digest> {
                ($vp)(self)
            }

            fn count_of_digests(&self) -> usize {
                ($digests)(self)
            }
        }
    };
}

stage! {
    /// The acknowledgement: grant, delivery and ciphertext are here. Only this releases a key.
    Ack, "chop-ack+jwt", Acknowledgement, prev: |_: &Self| None, vp: |_: &Self| None,
    digests: |_: &Self| 0, {}
}

stage! {
    /// The use: the content was opened.
    Use, "chop-use+jwt", Use, prev: |me: &Self| Some(me.prev.0), vp: |me: &Self| Some(me.vp.0),
    digests: |me: &Self| me.sd_hash.len() + me.claims.len(), {
        /// `h(ack)`.
        prev: B64Digest,
        /// `h(P)`.
        vp: B64Digest,
        /// `sd_hash` of every presentation (RFC 9901 section 4.3.1).
        sd_hash: Vec<B64Digest>,
        /// Digests of the disclosures that were seen; never their values.
        claims: Vec<B64Digest>,
        /// How it ended.
        outcome: Outcome,
    }
}

stage! {
    /// A refusal: before the acknowledgement, or after it.
    Refused, "chop-refused+jwt", Refused, prev: |me: &Self| me.prev.map(|p| p.0), vp: |_: &Self| None,
    digests: |_: &Self| 0, {
        /// `h(ack)`, if there was one.
        prev: Option<B64Digest>,
        /// Why.
        reason: Reason,
    }
}

stage! {
    /// The erasure: a signed promise that nothing is left.
    Erased, "chop-erased+jwt", Erased, prev: |me: &Self| Some(me.prev.0), vp: |me: &Self| Some(me.vp.0),
    digests: |_: &Self| 0, {
        /// `h(use)`.
        prev: B64Digest,
        /// `h(P)` of what was erased.
        vp: B64Digest,
    }
}
