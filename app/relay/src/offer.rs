//! One offer at the relay, and the rules of its states. Pure: no clock, no store.
//!
//! ```text
//!            claim (C1)           answer            release (after an acknowledgement)
//!    OPEN ────────────▶ PENDING ────────▶ CLAIMED ───────────▶ RELEASED
//!     ▲ ◀──────────────────┘                 ▲                     (final)
//!     │   reject, lease out                  │
//!     └──── claim (C2) ──────────────────────┘       withdraw: every state before RELEASED → REVOKED
//!                                                    exp, restore: likewise → EXPIRED
//! ```
//!
//! Each rule says first what it answers to a repetition: the same call gets the same answer for as long
//! as the relay knows the offer, another one a conflict.

mod record;
mod rules;

use chop_crypto::{Digest, P256PublicKey};
use chop_formats::relay::{Mode, State};
use chop_model::UnixTime;

pub use record::BadRecord;
pub(crate) use record::EventRecord;

/// Whose claim a sealed drop was given to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimant {
    /// Full client id.
    pub client_id: String,
    /// Identifier of its organisation.
    pub organisation: String,
    /// SHA-256 of its certificate.
    pub leaf: Digest,
    /// The key of that certificate.
    pub key: P256PublicKey,
}

/// What a sealed drop is bound to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// Who may claim: a `Policy` as it came.
    pub policy: Vec<u8>,
    /// `h(grant)`.
    pub grant: Digest,
    /// `h(delivery)`.
    pub dn: Digest,
    /// `h(C)`.
    pub ct: Digest,
    /// Commitment to the key.
    pub kc: Digest,
}

/// An offer as the store keeps it, without its content and its events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Where it stands, as far as anything has happened; see [`Offer::state_at`].
    pub state: State,
    /// How it hands out.
    pub mode: Mode,
    /// The epoch that it was put in.
    pub epoch: u64,
    /// The last second in which anything is given out.
    pub exp: UnixTime,
    /// SHA-256 of the call that put it.
    pub h_create: Digest,
    /// SHA-256 of `tok`.
    pub h_tok: Digest,
    /// SHA-256 of the owner's secret.
    pub h_owner: Digest,
    /// C2: what it is bound to.
    pub bound: Option<Bound>,
    /// PENDING: when the lease ends.
    pub lease: UnixTime,
    /// Events so far.
    pub events: u64,
    /// The claim that is ahead: SHA-256 of its body.
    pub claim: Option<Digest>,
    /// C2: whose that is.
    pub claimant: Option<Claimant>,
    /// Claims that the owner rejected.
    pub rejected: Vec<Digest>,
    /// Other claims that came when one was ahead.
    pub conflicts: Vec<Digest>,
    /// Use receipts and refusals.
    pub notes: Vec<Digest>,
    /// SHA-256 of ENV.
    pub h_env: Option<Digest>,
    /// SHA-256 of the acknowledgement's body.
    pub h_ack: Option<Digest>,
    /// SHA-256 of the key share.
    pub h_share: Option<Digest>,
    /// The entry of its creation.
    pub created: Vec<u8>,
    /// The entry of the claim that is pending.
    pub pending: Option<Vec<u8>>,
    /// The entry of the last rejection.
    pub turned_away: Option<Vec<u8>>,
    /// The entry of the claim that got ENV.
    pub claimed: Option<Vec<u8>>,
    /// The entry of the release, the withdrawal or the end.
    pub ended: Option<Vec<u8>>,
    /// When that was.
    pub ended_at: UnixTime,
    /// Whether ENV or share are still there.
    pub has_content: bool,
}

impl Offer {
    /// Where it stands at `now`, also when nobody has written it down yet.
    pub fn state_at(&self, now: UnixTime, epoch: u64) -> State {
        match self.state {
            state if state.is_final() => state,
            _ if self.is_over(now, epoch) => State::Expired,
            State::Pending if self.lease <= now => State::Open,
            state => state,
        }
    }

    /// Whether nothing may be given out any more, though no entry says so yet.
    fn is_over(&self, now: UnixTime, epoch: u64) -> bool {
        now > self.exp || self.epoch < epoch
    }
}
