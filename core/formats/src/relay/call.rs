//! What is posted to a relay.

use chop_crypto::{Digest, Secret};
use chop_model::UnixTime;

use super::field::{Field, MAX_LIST, message};
use super::{
    Acked, Bounded, Claimed, Collected, Entered, MAX_BODY, MAX_ENVELOPE, MAX_SHARE, Message, Mode, OfferId,
    Proof, RelayFormatError, Watched, Withdrawn,
};
use crate::cbor::{Reader, Writer};

/// A message with an address of its own and an answer of its own.
pub trait Call: Message {
    /// Where it is posted.
    const PATH: &'static str;
    /// What comes back.
    type Answer: Message;
    /// Whether the relay may hold the answer back until something happens, at most
    /// [`super::MAX_WAIT`] seconds.
    const WAITS: bool = false;
}

message! {
    /// Puts an offer. The same bytes again get the same answer.
    pub struct Create(MAX_ENVELOPE + SMALL) {
        /// What the operator gave the owner to be allowed to; nothing where the relay is open to all.
        capability: Option<Bounded<64>>,
        /// `G`.
        offer: OfferId,
        /// SHA-256 of `tok`.
        h_tok: Digest,
        /// SHA-256 of the owner's secret of this offer.
        h_owner: Digest,
        /// The last second in which anything is given out.
        exp: UnixTime,
        /// What the relay holds from the beginning.
        content: Content,
    }
}

/// What an offer's relay holds from the beginning, by mode.
#[derive(Debug)]
pub enum Content {
    /// C1: nothing.
    Live,
    /// C2n: what is sealed to a named verifier.
    Named(Box<SealedDrop>),
    /// C2f: files, with the key share as it is.
    Files(Box<SealedDrop>),
}

message! {
    /// What a sealed drop (C2) consists of.
    pub struct SealedDrop(MAX_ENVELOPE + SMALL) {
        /// Who may claim.
        policy: Policy,
        /// `h(grant)`.
        grant: Digest,
        /// `h(delivery)`.
        dn: Digest,
        /// `h(C)`.
        ct: Digest,
        /// Commitment to the key.
        kc: Digest,
        /// `ENV`.
        env: Bounded<MAX_ENVELOPE>,
        /// `k_rel`, sealed to the named verifier (C2n) or as it is (C2f).
        share: Bounded<MAX_SHARE>,
    }
}

message! {
    /// Who may claim a sealed drop: a verifier under one of the relay's authorities that fits each list
    /// which is not empty. Three empty lists: every such verifier.
    pub struct Policy(SMALL) {
        /// Full client ids.
        client_ids: Vec<String>,
        /// Identifiers of organisations, as certificates have them.
        organisations: Vec<String>,
        /// SHA-256 of authorities' certificates.
        anchors: Vec<Digest>,
    }
}

message! {
    /// Claims an offer. The same body again gets the same answer; another one is a conflict.
    pub struct Claim(MAX_BODY + SMALL) {
        /// `G`.
        offer: OfferId,
        /// What only who saw the QR code knows.
        tok: Secret<32>,
        /// C1: the request, sealed under `channel`. C2: the text of a `chop-claim+jwt`.
        body: Bounded<MAX_BODY>,
    }
}

message! {
    /// Asks how the own claim stands, and waits for a change.
    pub struct Collect(SMALL) {
        /// `G`.
        offer: OfferId,
        /// As in [`Claim`].
        tok: Secret<32>,
        /// SHA-256 of the claim's body.
        claim: Digest,
        /// The state known so far: an answer comes as soon as it is another, or after `wait`.
        known: Option<super::State>,
        /// Seconds to wait, at most [`super::MAX_WAIT`].
        wait: u64,
    }
}

message! {
    /// Acknowledges what was collected. C2: the relay checks it and answers with the key share. C1: the
    /// relay keeps it for the wallet.
    pub struct Ack(MAX_BODY + SMALL) {
        /// `G`.
        offer: OfferId,
        /// As in [`Claim`].
        tok: Secret<32>,
        /// SHA-256 of the claim's body: the relay and the claimant know it, a passer-by with a photo of
        /// the code does not.
        claim: Digest,
        /// C1: the acknowledgement, sealed under `channel`. C2: the text of a `chop-ack+jwt`.
        body: Bounded<MAX_BODY>,
    }
}

message! {
    /// Leaves the use receipt, or a refusal, for the wallet.
    pub struct UseNote(MAX_BODY + SMALL) {
        /// `G`.
        offer: OfferId,
        /// As in [`Claim`].
        tok: Secret<32>,
        /// As in [`Ack`].
        claim: Digest,
        /// The receipt: C1 sealed under `channel`, C2 its text.
        body: Bounded<MAX_BODY>,
    }
}

message! {
    /// Asks what happened to the own offer, and waits for more.
    pub struct Watch(SMALL) {
        /// `G`.
        offer: OfferId,
        /// What only the owner knows.
        owner: Secret<32>,
        /// Number of the last event that is stored at home; 0 for none.
        after: u64,
        /// Seconds to wait, at most [`super::MAX_WAIT`].
        wait: u64,
    }
}

message! {
    /// Rejects the claim that is pending: the offer opens again, at most [`super::MAX_REJECTIONS`] times.
    pub struct Reject(SMALL) {
        /// `G`.
        offer: OfferId,
        /// As in [`Watch`].
        owner: Secret<32>,
        /// SHA-256 of the rejected claim's body.
        claim: Digest,
    }
}

message! {
    /// Answers the claim that is pending (C1).
    pub struct Answer(MAX_ENVELOPE + SMALL) {
        /// `G`.
        offer: OfferId,
        /// As in [`Watch`].
        owner: Secret<32>,
        /// SHA-256 of the answered claim's body.
        claim: Digest,
        /// `ENV`, sealed under `channel`.
        env: Bounded<MAX_ENVELOPE>,
    }
}

message! {
    /// Gives the key share to the claim that acknowledged (C1).
    pub struct Release(SMALL + MAX_SHARE) {
        /// `G`.
        offer: OfferId,
        /// As in [`Watch`].
        owner: Secret<32>,
        /// SHA-256 of the claim's body.
        claim: Digest,
        /// `k_rel`, sealed to the ephemeral key of the request.
        share: Bounded<MAX_SHARE>,
    }
}

message! {
    /// Withdraws the offer.
    pub struct Withdraw(SMALL) {
        /// `G`.
        offer: OfferId,
        /// As in [`Watch`].
        owner: Secret<32>,
    }
}

/// Asks for a proof from the relay's log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prove {
    /// That entry `index` is in the log of today.
    Inclusion {
        /// From 0.
        index: u64,
    },
    /// That the log of today continues the one of `old` entries.
    Consistency {
        /// Number of entries then.
        old: u64,
    },
}

impl Policy {
    /// Everybody whom the relay's authorities vouch for.
    pub fn everybody() -> Self {
        Self { client_ids: Vec::new(), organisations: Vec::new(), anchors: Vec::new() }
    }

    /// Exactly this client.
    pub fn only(client_id: &str) -> Self {
        Self { client_ids: vec![client_id.to_owned()], ..Self::everybody() }
    }

    /// Whether a verifier with this client id and organisation, under this authority, fits.
    pub fn allows(&self, client_id: &str, organisation: &str, anchor: &Digest) -> bool {
        let Self { client_ids, organisations, anchors } = self;
        let listed = |list: &[String], text: &str| list.is_empty() || list.iter().any(|item| item == text);
        listed(client_ids, client_id)
            && listed(organisations, organisation)
            && (anchors.is_empty() || anchors.contains(anchor))
    }
}

impl Content {
    /// The mode of an offer with this content.
    pub fn mode(&self) -> Mode {
        match self {
            Self::Live => Mode::Live,
            Self::Named(_) => Mode::Named,
            Self::Files(_) => Mode::Files,
        }
    }

    /// What is sealed, in C2.
    pub fn sealed(&self) -> Option<&SealedDrop> {
        match self {
            Self::Live => None,
            Self::Named(sealed) | Self::Files(sealed) => Some(sealed),
        }
    }
}

/// `[mode, drop or null]`.
impl Field for Content {
    fn write(&self, to: &mut Writer) {
        to.array(2).uint(self.mode().number());
        match self.sealed() {
            Some(sealed) => sealed.write(to),
            None => drop(to.null()),
        }
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, RelayFormatError> {
        from.array(2)?;
        let mode = Mode::read(from)?;
        match (mode, Option::<SealedDrop>::read(from)?) {
            (Mode::Live, None) => Ok(Self::Live),
            // A named drop without a name would be for everybody without saying so.
            (Mode::Named, Some(sealed)) if !sealed.policy.client_ids.is_empty() => {
                Ok(Self::Named(Box::new(sealed)))
            }
            (Mode::Files, Some(sealed)) => Ok(Self::Files(Box::new(sealed))),
            _ => Err(RelayFormatError::Malformed),
        }
    }
}

/// `[1, kind, number]`.
impl Message for Prove {
    const MAX_BYTES: usize = SMALL;

    fn to_bytes(&self) -> Vec<u8> {
        let (kind, number) = match self {
            Self::Inclusion { index } => (1, *index),
            Self::Consistency { old } => (2, *old),
        };
        let mut writer = Writer::new();
        writer.array(3).uint(1).uint(kind).uint(number);
        writer.finish()
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, RelayFormatError> {
        let [version, kind, number] = super::field::from_bytes::<Three>(bytes, Self::MAX_BYTES)?.0;
        match (version, kind) {
            (1, 1) => Ok(Self::Inclusion { index: number }),
            (1, 2) => Ok(Self::Consistency { old: number }),
            _ => Err(RelayFormatError::Malformed),
        }
    }
}

struct Three([u64; 3]);

impl Field for Three {
    fn write(&self, to: &mut Writer) {
        to.array(3);
        self.0.iter().for_each(|n| n.write(to));
    }
    fn read(from: &mut Reader<'_>) -> Result<Self, RelayFormatError> {
        from.array(3)?;
        Ok(Self([u64::read(from)?, u64::read(from)?, u64::read(from)?]))
    }
}

macro_rules! calls {
    ($($call:ty => $path:literal, $answer:ty, $waits:literal;)*) => {
        $(impl Call for $call {
            const PATH: &'static str = $path;
            type Answer = $answer;
            const WAITS: bool = $waits;
        })*
    };
}

calls! {
    Create => "/v1/offer", Entered, false;
    Claim => "/v1/claim", Claimed, false;
    Collect => "/v1/collect", Collected, true;
    Ack => "/v1/ack", Acked, false;
    UseNote => "/v1/use", Acked, false;
    Watch => "/v1/watch", Watched, true;
    Reject => "/v1/reject", Entered, false;
    Answer => "/v1/answer", Entered, false;
    Release => "/v1/release", Entered, false;
    Withdraw => "/v1/withdraw", Withdrawn, false;
    Prove => "/v1/proof", Proof, false;
}

/// What everything but the large byte strings takes, with room for full lists of a policy.
const SMALL: usize = MAX_LIST * 3 * 520 + 1024;
