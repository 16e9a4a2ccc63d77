//! The steps that a batch is made of.

use chop_crypto::Digest;
use chop_formats::relay::{Mode, OfferId};
use chop_model::UnixTime;

use super::day;
use crate::check::Checked;
use crate::offer::{Bound, Claimant};

/// One change that somebody asked for, checked as far as it can be without the store.
#[derive(Debug)]
pub enum Step {
    /// Puts an offer.
    Create(Box<NewOfferStep>),
    /// Claims one. `claimant` was checked, in C2.
    Claim {
        /// `G`.
        g: OfferId,
        /// SHA-256 of `tok`.
        h_tok: Digest,
        /// What was posted.
        body: Vec<u8>,
        /// C2: who signed it.
        claimant: Option<Claimant>,
    },
    /// Acknowledges.
    Ack {
        /// `G`.
        g: OfferId,
        /// SHA-256 of `tok`.
        h_tok: Digest,
        /// SHA-256 of the claim's body.
        claim: Digest,
        /// What was posted.
        body: Vec<u8>,
        /// C2: that it was checked. Without it nothing is released.
        checked: Option<Checked>,
    },
    /// Leaves a use receipt.
    Use {
        /// `G`.
        g: OfferId,
        /// SHA-256 of `tok`.
        h_tok: Digest,
        /// SHA-256 of the claim's body.
        claim: Digest,
        /// What was posted.
        body: Vec<u8>,
    },
    /// Rejects a claim.
    Reject {
        /// `G`.
        g: OfferId,
        /// SHA-256 of the owner's secret.
        h_owner: Digest,
        /// SHA-256 of the claim's body.
        claim: Digest,
    },
    /// Answers a claim.
    Answer {
        /// `G`.
        g: OfferId,
        /// SHA-256 of the owner's secret.
        h_owner: Digest,
        /// SHA-256 of the claim's body.
        claim: Digest,
        /// `ENV`.
        env: Vec<u8>,
    },
    /// Gives the key share.
    Release {
        /// `G`.
        g: OfferId,
        /// SHA-256 of the owner's secret.
        h_owner: Digest,
        /// SHA-256 of the claim's body.
        claim: Digest,
        /// The key share.
        share: Vec<u8>,
    },
    /// Withdraws.
    Withdraw {
        /// `G`.
        g: OfferId,
        /// SHA-256 of the owner's secret.
        h_owner: Digest,
    },
    /// Writes down what time has done.
    Tick {
        /// `G`.
        g: OfferId,
    },
    /// Raises the epoch, unless it is above `above` already.
    Restored {
        /// The epoch that it is raised above.
        above: u64,
    },
}

/// A new offer.
#[derive(Debug)]
pub struct NewOfferStep {
    /// `G`.
    pub g: OfferId,
    /// SHA-256 of the call.
    pub h_create: Digest,
    /// SHA-256 of `tok`.
    pub h_tok: Digest,
    /// SHA-256 of the owner's secret.
    pub h_owner: Digest,
    /// Its end.
    pub exp: UnixTime,
    /// How it hands out.
    pub mode: Mode,
    /// C2: what it is bound to, ENV and key share.
    pub sealed: Option<(Bound, Vec<u8>, Vec<u8>)>,
    /// The owner's capability, hashed, and how many offers it is good for in a day.
    pub capability: Option<(Digest, u64)>,
}

impl Step {
    /// The offer it is about.
    pub fn offer(&self) -> Option<OfferId> {
        match self {
            Self::Create(new) => Some(new.g),
            Self::Claim { g, .. }
            | Self::Ack { g, .. }
            | Self::Use { g, .. }
            | Self::Reject { g, .. }
            | Self::Answer { g, .. }
            | Self::Release { g, .. }
            | Self::Withdraw { g, .. }
            | Self::Tick { g } => Some(*g),
            Self::Restored { .. } => None,
        }
    }

    /// The capability that it uses, with the day.
    pub fn capability(&self, now: UnixTime) -> Option<(Digest, i64)> {
        match self {
            Self::Create(new) => new.capability.map(|(hash, _)| (hash, day(now))),
            _ => None,
        }
    }

    /// Bytes that it brings, so that a batch stays small.
    pub(crate) fn weight(&self) -> usize {
        match self {
            Self::Create(new) => new.sealed.as_ref().map_or(0, |(_, env, share)| env.len() + share.len()),
            Self::Claim { body, .. } | Self::Ack { body, .. } | Self::Use { body, .. } => body.len(),
            Self::Answer { env, .. } => env.len(),
            Self::Release { share, .. } => share.len(),
            _ => 0,
        }
    }
}
