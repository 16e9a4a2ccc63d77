//! The relay's wire: what a wallet and a verifier send to a blind relay, what it answers, and what it
//! signs (protocol.md section 1.3, mode C).
//!
//! ```text
//! POST /v1/offer     Create    -> Entered      owner: G, h(tok), h(owner secret), exp; C2: what is sealed
//! POST /v1/claim     Claim     -> Claimed      verifier: OPEN -> PENDING (C1) or CLAIMED (C2)
//! POST /v1/collect   Collect   -> Collected    verifier's long poll: ENV, then the key share
//! POST /v1/ack       Ack       -> Acked        verifier: C1 kept for the wallet; C2 CLAIMED -> RELEASED
//! POST /v1/use       UseNote   -> Entered?     verifier: the use receipt, kept for the wallet
//! POST /v1/watch     Watch     -> Watched      owner's long poll: everything that happened, in order
//! POST /v1/reject    Reject    -> Entered      owner: PENDING -> OPEN
//! POST /v1/answer    Answer    -> Entered      owner: ENV, PENDING -> CLAIMED (C1)
//! POST /v1/release   Release   -> Entered      owner: key share, CLAIMED -> RELEASED (C1)
//! POST /v1/withdraw  Withdraw  -> Withdrawn    owner: "revoked at" or "already released at"
//! POST /v1/proof     Prove     -> Proof        anybody: inclusion or consistency in the relay's log
//! GET  /v1/info      -> Info        GET /v1/checkpoint -> a signed note, text
//! ```
//!
//! Every body is one deterministic CBOR array that begins with the version 1 and has exactly the
//! members listed, in their order; `null` where one is absent. Content type [`CONTENT_TYPE`]. What goes
//! wrong is a [`Refused`] with the HTTP status of its code. G, `tok` and the owner's secret stand in
//! bodies only, never in an address.

mod answer;
mod call;
mod entry;
mod fault;
mod field;
mod refusal;
mod size;

pub use answer::{
    Acked, Claimed, Collected, Entered, Event, EventKind, Info, Proof, Refused, Watched, Withdrawn,
};
pub use call::{
    Ack, Answer, Call, Claim, Collect, Content, Create, Policy, Prove, Reject, Release, SealedDrop, UseNote,
    Watch, Withdraw,
};
pub use entry::{Entry, SignedEntry, UnverifiedEntry, VerifiedEntry, What, Withdrawal};
pub use fault::{FaultKind, FaultProof, equivocation};
pub use field::{Bounded, Message, OfferId};
pub use refusal::{RelayFormatError, RelayRefusal};
pub use size::{SIZE_CLASSES, pad, size_class, unpad};

/// The content type of every body but the checkpoint's.
pub const CONTENT_TYPE: &str = "application/cbor";
/// Seconds that a claim holds an offer until the wallet answers (C1).
pub const LEASE_SECONDS: i64 = 120;
/// Rejections after which an offer opens again; the next one revokes it.
pub const MAX_REJECTIONS: u64 = 8;
/// Seconds that the relay keeps envelope and key share after the release.
pub const KEPT_AFTER_RELEASE: i64 = 24 * 3600;
/// The longest long poll, in seconds.
pub const MAX_WAIT: u64 = 60;
/// Bytes of a claim, an acknowledgement or a use receipt as it is posted: the class of 1 MiB, sealed.
pub const MAX_BODY: usize = (1 << 20) + SEAL_OVERHEAD;
/// Bytes of an envelope: the largest class, sealed.
pub const MAX_ENVELOPE: usize = (1 << 24) + SEAL_OVERHEAD;
/// Bytes of a sealed key share.
pub const MAX_SHARE: usize = 4096;
/// What sealing adds to a size class, at most.
pub const SEAL_OVERHEAD: usize = 256;

/// Where an offer stands at the relay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum State {
    /// Nobody has claimed it.
    Open,
    /// A verifier has claimed it and the wallet has not answered (C1).
    Pending,
    /// One claim has the envelope.
    Claimed,
    /// That claim has the key share.
    Released,
    /// The owner withdrew it in time.
    Revoked,
    /// Its time ended first.
    Expired,
}

impl State {
    /// All states.
    pub const ALL: [Self; 6] =
        [Self::Open, Self::Pending, Self::Claimed, Self::Released, Self::Revoked, Self::Expired];

    /// The number on the wire and in the relay's store. Never reused.
    pub fn number(self) -> u64 {
        match self {
            Self::Open => 1,
            Self::Pending => 2,
            Self::Claimed => 3,
            Self::Released => 4,
            Self::Revoked => 5,
            Self::Expired => 6,
        }
    }

    /// The state of this number.
    pub fn from_number(number: u64) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.number() == number)
    }

    /// Whether nothing can happen any more that gives something out.
    pub fn is_final(self) -> bool {
        matches!(self, Self::Released | Self::Revoked | Self::Expired)
    }
}

/// How an offer hands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mode {
    /// C1: the wallet answers each claim itself.
    Live,
    /// C2n: sealed to a named verifier's key statement.
    Named,
    /// C2f: plain files, the key share held by the relay.
    Files,
}

impl Mode {
    /// The number on the wire and in the relay's store. Never reused.
    pub fn number(self) -> u64 {
        match self {
            Self::Live => 1,
            Self::Named => 2,
            Self::Files => 3,
        }
    }

    /// The mode of this number.
    pub fn from_number(number: u64) -> Option<Self> {
        [Self::Live, Self::Named, Self::Files].into_iter().find(|mode| mode.number() == number)
    }
}

#[cfg(test)]
mod tests;
