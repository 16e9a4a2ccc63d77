//! Mode C: the holder offers first, a relay in between hands out once and reads nothing (protocol.md
//! section 1.3 "Mode C").
//!
//! ```text
//! code     CHOP1:<base45(CBOR [1, relay, k_qr(32), h(grant)(32), exp])>      the small QR
//! link     https://HOST/g#<decimal digits of 1 ‖ k_qr ‖ h(grant)>             any phone's camera
//! keys     G = HKDF(k_qr, "chop/1/id")[0..16]     tok, channel = HKDF(k_qr, "chop/1/tok" | "chop/1/channel" ‖ G)
//!          K = HKDF(k_qr ‖ k_rel, "chop/1/K/" ‖ mode ‖ h(grant))
//! channel  every body that crosses the relay in C1, padded to a size class
//! claim    chop-claim+jwt: who takes up a sealed offer (C2)
//! key      chop-key+jwt: a key of a verifier to seal things to while it is not there (C2n)
//! ```
//!
//! Who holds `k_qr` and not `k_rel` opens the channel and no content; the relay holds neither.

mod channel;
mod claim;
mod code;
mod host;
mod key_statement;
mod keys;
mod share;
mod signer;

pub use channel::{Channel, Part};
pub use claim::{Claim, ExpectedClaim, MAX_CLAIM_LIFETIME, StoredClaim, UnverifiedClaim, VerifiedClaim};
pub use code::{MAX_CODE_CHARS, OfferCode};
pub use host::{MAX_HOST_CHARS, RelayHost};
pub use key_statement::{KeyStatement, MAX_STATEMENT_LIFETIME, UnverifiedKeyStatement, VerifiedKeyStatement};
pub use keys::{OfferKeys, content_key};
pub use share::{open_share, seal_share};
pub use signer::Signatory;

use crate::coded_union::coded_union;
use crate::jose::JoseError;
use crate::trust_list::TrustError;
use crate::x509::X509Error;

chop_model::coded_errors! {
    /// What is wrong with a code, a channel body, a claim or a key statement.
    pub enum OfferError {
        /// Neither a code nor a link of an offer.
        NotAnOffer => ("offer.not-an-offer", Peer, "this is no offer"),
        /// Longer than [`MAX_CODE_CHARS`].
        TooLong => ("offer.too-long", Peer, "the code is too long for an offer"),
        /// Not canonical Base45.
        BadBase45 => ("offer.bad-base45", Peer, "the code is not canonical Base45"),
        /// Not the one deterministic form of an offer.
        Malformed => ("offer.malformed", Peer, "the code cannot be read"),
        /// Of another version.
        UnknownVersion => ("offer.unknown-version", Peer, "the offer is of a version that is not known here"),
        /// Userinfo, a port spelled oddly, punycode, an address in numbers, or no host at all.
        BadRelay => ("offer.bad-relay", Peer, "the offer names a relay in a way that is not allowed"),
        /// A plain-file offer to whoever comes has no link (protocol.md section 1.3).
        NoLink => ("offer.no-link", User, "an offer to whoever comes is not given as a link"),
        /// A body of the channel that does not open.
        BadSeal => ("offer.bad-seal", Peer, "what came through the relay does not open"),
        /// Larger than the largest size class.
        BodyTooLarge => ("offer.body-too-large", User, "this is too much for the relay"),
        /// A claim for another relay, offer or grant.
        OtherOffer => ("offer.other-offer", Peer, "this was made for another offer"),
        /// The client identifier is not the certificate's.
        OtherClient => ("offer.other-client", Peer, "the claimer is not the one that the certificate names"),
        /// No certificate in the header.
        NoCertificate => ("offer.no-certificate", Peer, "it does not say whose it is"),
        /// Times in the wrong order, or a life that is too long.
        BadTimes => ("offer.bad-times", Peer, "its times do not fit each other"),
        /// From the future.
        FromTheFuture => ("offer.from-the-future", Peer, "it was made in the future"),
        /// Past its end.
        Expired => ("offer.expired", Peer, "it has expired"),
        /// A nonce of less than 128 bits.
        BadNonce => ("offer.bad-nonce", Peer, "its nonce is not fit for use"),
        /// The encryption key is the certified signing key.
        KeySigns => ("offer.key-signs", Peer, "the key to seal to is the signing key"),
        /// Not an encryption-only P-256 key.
        BadKey => ("offer.bad-key", Peer, "the key to seal to is not fit for use"),
        /// The key statement ends before the offer does.
        KeyEndsEarlier => ("offer.key-ends-earlier", User, "the recipient's key ends before the offer does"),
        /// The key statement is of somebody else than the offer is for.
        OtherVerifier => ("offer.other-verifier", Peer, "the key belongs to somebody else than the offer is for"),
        /// Neither list nor certificate give a name.
        NoName => ("offer.no-name", Peer, "nobody says who this is"),
    }
}

coded_union! {
    /// Why something of mode C is refused.
    pub enum OfferRefusal {
        /// A rule of offers.
        Offer(OfferError),
        /// Form, algorithm, type or signature.
        Jose(JoseError),
        /// A certificate.
        X509(X509Error),
        /// Trust list against certificate.
        Trust(TrustError),
    }
}
