//! Entries of the relay's log, each signed: what the relay can be held to.
//!
//! ```text
//! entry   CBOR [1, what, G or null, claim or null, about or null, at, epoch, index]      a leaf of the log
//! signed  CBOR [entry as bytes, Ed25519 over "chop/1/relay-entry" 0x00 name 0x00 entry]
//! ```
//!
//! The key is the one of the log's checkpoints, whose text can hold no 0x00: an entry is never a
//! checkpoint. `name` is the key's name, the log's origin.

use chop_crypto::{CryptoError, Digest, Signature, verify_ed25519};
use chop_ledger::VerifierKey;
use chop_model::UnixTime;

use super::field::{Field, from_bytes, message, to_bytes};
use super::{OfferId, RelayFormatError};
use crate::cbor::{Deterministic, Reader, Writer};

/// Bytes of an entry.
const MAX_ENTRY: usize = 160;
/// Bytes of a signed entry.
const MAX_SIGNED: usize = MAX_ENTRY + 80;

/// What an entry says has happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum What {
    /// The offer was put. `about`: SHA-256 of the call.
    Created,
    /// A claim is pending.
    Pending,
    /// The owner rejected the claim.
    Rejected,
    /// The claim's lease ran out.
    Lapsed,
    /// The claim got the envelope. `about`: SHA-256 of ENV.
    Claimed,
    /// The claim got the key share. `about`: SHA-256 of the acknowledgement's body.
    Released,
    /// The owner withdrew: nothing is given out any more.
    Revoked,
    /// The time ended, or the relay was restored.
    Expired,
    /// The relay was restored: all offers of earlier epochs are expired. Of no offer.
    Restored,
}

message! {
    /// One entry of the relay's log.
    pub struct Entry(MAX_ENTRY) {
        /// What.
        what: What,
        /// Of which offer.
        offer: Option<OfferId>,
        /// Of which claim: SHA-256 of its body.
        claim: Option<Digest>,
        /// What else the step is about; see [`What`].
        about: Option<Digest>,
        /// When, by the relay's clock; never earlier than the entry before.
        at: UnixTime,
        /// Grows with each restore.
        epoch: u64,
        /// Its place in the log, from 0.
        index: u64,
    }
}

impl Clone for Entry {
    fn clone(&self) -> Self {
        let Self { what, offer, claim, about, at, epoch, index } = self;
        Self {
            what: *what,
            offer: *offer,
            claim: *claim,
            about: *about,
            at: *at,
            epoch: *epoch,
            index: *index,
        }
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        to_bytes(self) == to_bytes(other)
    }
}

impl Eq for Entry {}

/// An entry with its signature, as bytes. Nothing is said about whether the signature is right.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct SignedEntry(Vec<u8>);

/// An entry that was read and not verified.
#[derive(Debug, Clone)]
pub struct UnverifiedEntry {
    signed: SignedEntry,
    bytes: Vec<u8>,
    entry: Entry,
    signature: Signature,
}

/// An entry that a relay's key signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedEntry {
    signed: SignedEntry,
    bytes: Vec<u8>,
    entry: Entry,
    key: VerifierKey,
}

/// The two answers that a withdrawal has; there is no third.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Withdrawal {
    /// Nothing will be given out after this time.
    RevokedAt(UnixTime, Box<VerifiedEntry>),
    /// The key share was given out at this time.
    AlreadyReleasedAt(UnixTime, Box<VerifiedEntry>),
}

impl Entry {
    /// The entry of a leaf, from its bytes.
    ///
    /// # Errors
    /// [`RelayFormatError::Malformed`] or [`RelayFormatError::TooLarge`].
    pub fn read(bytes: &[u8]) -> Result<Self, RelayFormatError> {
        let entry: Self = from_bytes(bytes, MAX_ENTRY)?;
        // The relay's own entries are of no offer, all others of one.
        match (entry.what, entry.offer) {
            (What::Restored, None) => Ok(entry),
            (What::Restored, Some(_)) | (_, None) => Err(RelayFormatError::Malformed),
            _ => Ok(entry),
        }
    }

    /// The bytes of the leaf.
    pub fn bytes(&self) -> Vec<u8> {
        to_bytes(self)
    }
}

impl SignedEntry {
    /// Signs the bytes of an entry with the relay's key.
    ///
    /// # Errors
    /// What `sign` says.
    pub fn make(
        entry: &[u8],
        key: &VerifierKey,
        sign: impl FnOnce(&[u8]) -> Result<Signature, CryptoError>,
    ) -> Result<Self, CryptoError> {
        let signature = sign(&signing_input(key.name(), entry))?;
        let mut writer = Writer::new();
        writer.array(2).bytes(entry).bytes(&signature);
        Ok(Self(writer.finish()))
    }

    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The same, taken apart: what is a `SignedEntry` could be read once.
    pub fn to_unverified(&self) -> UnverifiedEntry {
        // Both makers of a SignedEntry keep what they read or write in this form.
        UnverifiedEntry::parse(&self.0).unwrap_or_else(|_| UnverifiedEntry {
            signed: self.clone(),
            bytes: Vec::new(),
            entry: Entry {
                what: What::Restored,
                offer: None,
                claim: None,
                about: None,
                at: UnixTime(0),
                epoch: 0,
                index: 0,
            },
            // No key verifies this.
            signature: [0; 64],
        })
    }
}

impl UnverifiedEntry {
    /// Takes a signed entry apart.
    ///
    /// # Errors
    /// [`RelayFormatError::TooLarge`] or [`RelayFormatError::Malformed`].
    pub fn parse(signed: &[u8]) -> Result<Self, RelayFormatError> {
        let mut reader = Deterministic::check(signed, MAX_SIGNED)?.reader();
        reader.array(2)?;
        let bytes = reader.bytes()?.to_vec();
        let signature = reader.array_of()?;
        reader.finish()?;
        let entry = Entry::read(&bytes)?;
        Ok(Self { signed: SignedEntry(signed.to_vec()), bytes, entry, signature })
    }

    /// Checks the signature under the key that the grant names.
    ///
    /// # Errors
    /// [`RelayFormatError::BadSignature`].
    pub fn verify(self, key: &VerifierKey) -> Result<VerifiedEntry, RelayFormatError> {
        verify_ed25519(key.public(), &signing_input(key.name(), &self.bytes), &self.signature)
            .map_err(|_| RelayFormatError::BadSignature)?;
        Ok(VerifiedEntry { signed: self.signed, bytes: self.bytes, entry: self.entry, key: key.clone() })
    }

    /// The bytes as they came.
    pub fn signed(&self) -> &SignedEntry {
        &self.signed
    }

    /// What it says, by nobody's word.
    pub fn dangerous_entry(&self) -> &Entry {
        &self.entry
    }
}

impl VerifiedEntry {
    /// What the relay said.
    pub fn entry(&self) -> &Entry {
        &self.entry
    }

    /// The leaf's bytes: [`chop_ledger::leaf_hash`] of them is in the log.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The entry with its signature, byte for byte as it came.
    pub fn signed(&self) -> &SignedEntry {
        &self.signed
    }

    /// The key that it was verified under.
    pub fn key(&self) -> &VerifierKey {
        &self.key
    }

    /// That the entry is of this offer.
    ///
    /// # Errors
    /// [`RelayFormatError::OtherOffer`].
    pub fn expect_offer(&self, offer: &OfferId) -> Result<(), RelayFormatError> {
        if self.entry.offer == Some(*offer) { Ok(()) } else { Err(RelayFormatError::OtherOffer) }
    }

    /// That the entry is this step of this offer and this claim.
    ///
    /// # Errors
    /// [`RelayFormatError::OtherOffer`], [`RelayFormatError::OtherStep`] or
    /// [`RelayFormatError::OtherClaim`].
    pub fn expect(&self, what: What, offer: &OfferId, claim: &Digest) -> Result<(), RelayFormatError> {
        self.expect_offer(offer)?;
        if self.entry.what != what {
            return Err(RelayFormatError::OtherStep);
        }
        if self.entry.claim == Some(*claim) { Ok(()) } else { Err(RelayFormatError::OtherClaim) }
    }
}

impl Withdrawal {
    /// Which of the two answers an entry is.
    ///
    /// # Errors
    /// [`RelayFormatError::OtherStep`] for every other entry.
    pub fn of(entry: VerifiedEntry) -> Result<Self, RelayFormatError> {
        let at = entry.entry.at;
        match entry.entry.what {
            What::Revoked => Ok(Self::RevokedAt(at, Box::new(entry))),
            What::Released => Ok(Self::AlreadyReleasedAt(at, Box::new(entry))),
            _ => Err(RelayFormatError::OtherStep),
        }
    }
}

impl What {
    const ALL: [Self; 9] = [
        Self::Created,
        Self::Pending,
        Self::Rejected,
        Self::Lapsed,
        Self::Claimed,
        Self::Released,
        Self::Revoked,
        Self::Expired,
        Self::Restored,
    ];

    /// The number on the wire. Never reused.
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
            Self::Restored => 9,
        }
    }
}

impl Field for What {
    fn write(&self, to: &mut Writer) {
        to.uint(self.number());
    }
    fn read(from: &mut Reader<'_>) -> Result<Self, RelayFormatError> {
        let number = from.uint()?;
        Self::ALL.into_iter().find(|what| what.number() == number).ok_or(RelayFormatError::Malformed)
    }
}

impl std::fmt::Debug for SignedEntry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SignedEntry")
    }
}

fn signing_input(name: &str, entry: &[u8]) -> Vec<u8> {
    [DOMAIN, &[0], name.as_bytes(), &[0], entry].concat()
}

const DOMAIN: &[u8] = b"chop/1/relay-entry";
