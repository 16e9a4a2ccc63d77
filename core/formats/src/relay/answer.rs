//! What a relay answers.

use chop_crypto::Digest;
use chop_ledger::{VerifiedCheckpoint, VerifierKey, leaf_hash, verify_consistency, verify_inclusion};
use chop_model::{Coded, UnixTime};

use super::field::{Field, message};
use super::{
    Bounded, MAX_BODY, MAX_ENVELOPE, MAX_SHARE, RelayFormatError, RelayRefusal, SignedEntry, State,
    UnverifiedEntry, VerifiedEntry, Withdrawal,
};
use crate::cbor::{Reader, Writer};

message! {
    /// The state, and the signed entry of the step that was taken.
    pub struct Entered(SMALL) {
        /// The state now.
        state: State,
        /// The step.
        entry: SignedEntry,
    }
}

message! {
    /// How a claim was taken.
    pub struct Claimed(MAX_ENVELOPE + SMALL) {
        /// The state now: PENDING in C1, CLAIMED in C2, further for a claim that is sent again.
        state: State,
        /// PENDING or CLAIMED, with the claim's hash.
        entry: SignedEntry,
        /// `ENV`, once CLAIMED and until it is deleted.
        env: Option<Bounded<MAX_ENVELOPE>>,
    }
}

message! {
    /// How a claim stands.
    pub struct Collected(MAX_ENVELOPE + MAX_SHARE + SMALL) {
        /// The state now. OPEN: the lease ran out, and the claim may be sent again.
        state: State,
        /// CLAIMED, with the claim's hash, from then on.
        claimed: Option<SignedEntry>,
        /// `ENV`, once CLAIMED and until it is deleted.
        env: Option<Bounded<MAX_ENVELOPE>>,
        /// RELEASED, with the claim's hash, from then on.
        released: Option<SignedEntry>,
        /// The key share, once RELEASED and until it is deleted.
        share: Option<Bounded<MAX_SHARE>>,
    }
}

message! {
    /// How an acknowledgement or a use receipt was taken: durable before this answer.
    pub struct Acked(MAX_SHARE + SMALL) {
        /// The state now.
        state: State,
        /// RELEASED (C2), with the acknowledgement's hash.
        released: Option<SignedEntry>,
        /// The key share (C2).
        share: Option<Bounded<MAX_SHARE>>,
    }
}

message! {
    /// What happened to an offer.
    pub struct Watched(MAX_WATCHED) {
        /// The state now.
        state: State,
        /// What happened after the number that was asked for, in order, as much as fits.
        events: Vec<Event>,
        /// Whether more is there already.
        more: u64,
    }
}

message! {
    /// One thing that happened to an offer.
    pub struct Event(MAX_BODY + SMALL) {
        /// Its number, from 1, without gaps.
        number: u64,
        /// What.
        kind: EventKind,
        /// When, by the relay's clock.
        at: UnixTime,
        /// SHA-256 of the body of the claim that it is about.
        claim: Option<Digest>,
        /// What was posted: the claim, the acknowledgement or the receipt.
        body: Option<Bounded<MAX_BODY>>,
        /// The entry in the relay's log, where the state changed.
        entry: Option<SignedEntry>,
    }
}

/// What happened to an offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EventKind {
    /// The offer was put.
    Created,
    /// A claim came (C1), with its body.
    Pending,
    /// The owner rejected a claim.
    Rejected,
    /// A claim's lease ran out.
    Lapsed,
    /// A claim got the envelope; in C2 with its body.
    Claimed,
    /// Another claim came when one was ahead, with its body.
    Conflict,
    /// An acknowledgement came (C1), with its body.
    Acked,
    /// The key share was given out; in C2 with the acknowledgement.
    Released,
    /// A use receipt or refusal came, with its body.
    Used,
    /// The owner withdrew.
    Revoked,
    /// The time ended, or the relay was restored.
    Expired,
}

message! {
    /// The answer to a withdrawal: one of two, signed.
    pub struct Withdrawn(SMALL) {
        /// REVOKED or RELEASED.
        entry: SignedEntry,
    }
}

message! {
    /// A proof from the relay's log.
    pub struct Proof(SMALL) {
        /// The signed note of the state that the proof is for.
        checkpoint: Bounded<4096>,
        /// The hashes (RFC 6962 sections 2.1.1 and 2.1.2).
        hashes: Vec<Digest>,
    }
}

message! {
    /// Who the relay is and what it takes.
    pub struct Info(SMALL) {
        /// `https://host`, the `aud` of claims.
        origin: String,
        /// Its key, as C2SP writes verifier keys.
        vkey: String,
        /// Grows with each restore; every offer of an earlier one has expired.
        epoch: u64,
        /// The relay's clock, never to be trusted.
        now: UnixTime,
        /// Seconds that an offer may be open.
        max_age: u64,
        /// Bytes that an envelope may have.
        max_envelope: u64,
    }
}

message! {
    /// Why a call was refused.
    pub struct Refused(SMALL) {
        /// The code of a [`RelayRefusal`].
        code: String,
        /// Seconds after which trying again makes sense.
        retry_after: Option<u64>,
    }
}

impl EventKind {
    const ALL: [Self; 11] = [
        Self::Created,
        Self::Pending,
        Self::Rejected,
        Self::Lapsed,
        Self::Claimed,
        Self::Conflict,
        Self::Acked,
        Self::Released,
        Self::Used,
        Self::Revoked,
        Self::Expired,
    ];

    /// The number on the wire and in the relay's store. Never reused.
    pub fn number(self) -> u64 {
        match self {
            Self::Created => 1,
            Self::Pending => 2,
            Self::Rejected => 3,
            Self::Lapsed => 4,
            Self::Claimed => 5,
            Self::Released => 6,
            Self::Revoked => 7,
            Self::Expired => 8,
            Self::Conflict => 20,
            Self::Acked => 21,
            Self::Used => 22,
        }
    }

    /// The kind of this number.
    pub fn from_number(number: u64) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.number() == number)
    }
}

impl Field for EventKind {
    fn write(&self, to: &mut Writer) {
        to.uint(self.number());
    }
    fn read(from: &mut Reader<'_>) -> Result<Self, RelayFormatError> {
        Self::from_number(from.uint()?).ok_or(RelayFormatError::Malformed)
    }
}

impl Withdrawn {
    /// What the relay says, under its key and about this offer.
    ///
    /// # Errors
    /// [`RelayFormatError::OtherStep`] for any other entry, and as [`UnverifiedEntry::verify`].
    pub fn verify(&self, key: &VerifierKey, offer: &super::OfferId) -> Result<Withdrawal, RelayFormatError> {
        let entry = self.entry.to_unverified().verify(key)?;
        entry.expect_offer(offer)?;
        Withdrawal::of(entry)
    }
}

impl Proof {
    /// Whether `entry` is in the log whose checkpoint this is.
    ///
    /// # Errors
    /// [`RelayFormatError::NotInLog`].
    pub fn verify_inclusion(
        &self,
        entry: &VerifiedEntry,
        key: &VerifierKey,
    ) -> Result<VerifiedCheckpoint, RelayFormatError> {
        let checkpoint = self.checkpoint(key)?;
        let state = checkpoint.checkpoint();
        let leaf = leaf_hash(entry.bytes());
        verify_inclusion(&leaf, entry.entry().index, state.size, &self.hashes, &state.root)
            .map_err(|_| RelayFormatError::NotInLog)?;
        Ok(checkpoint)
    }

    /// Whether the log whose checkpoint this is continues an earlier one.
    ///
    /// # Errors
    /// [`RelayFormatError::NotInLog`].
    pub fn verify_consistency(
        &self,
        earlier: &VerifiedCheckpoint,
        key: &VerifierKey,
    ) -> Result<VerifiedCheckpoint, RelayFormatError> {
        let checkpoint = self.checkpoint(key)?;
        let (old, new) = (earlier.checkpoint(), checkpoint.checkpoint());
        verify_consistency(old.size, new.size, &self.hashes, &old.root, &new.root)
            .map_err(|_| RelayFormatError::NotInLog)?;
        Ok(checkpoint)
    }

    fn checkpoint(&self, key: &VerifierKey) -> Result<VerifiedCheckpoint, RelayFormatError> {
        let note = std::str::from_utf8(self.checkpoint.as_bytes()).map_err(|_| RelayFormatError::NotInLog)?;
        VerifiedCheckpoint::read(note, key).map_err(|_| RelayFormatError::NotInLog)
    }
}

impl Refused {
    /// The body for a refusal.
    pub fn new(refusal: RelayRefusal, retry_after: Option<u64>) -> Self {
        Self { code: refusal.code().to_owned(), retry_after }
    }

    /// Which refusal it is; a code that is not known here counts as a failure inside the relay.
    pub fn refusal(&self) -> RelayRefusal {
        RelayRefusal::from_code(&self.code).unwrap_or(RelayRefusal::Internal)
    }
}

impl Field for SignedEntry {
    fn write(&self, to: &mut Writer) {
        to.bytes(self.as_bytes());
    }
    fn read(from: &mut Reader<'_>) -> Result<Self, RelayFormatError> {
        UnverifiedEntry::parse(from.bytes()?).map(|entry| entry.signed().clone())
    }
}

/// Bytes of an answer to a watch.
const MAX_WATCHED: usize = 4 << 20;
/// What everything but the large byte strings takes.
const SMALL: usize = 8 << 10;
