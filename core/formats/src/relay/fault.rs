//! Proof that a relay said two things that cannot both be true (protocol.md section 6, row 8).
//!
//! ```text
//! file   CBOR ["chop-relay-fault", 1, vkey, signed entry, signed entry]
//! ```
//!
//! Whoever has the file and the relay's key can judge it; nothing else is needed.

use chop_ledger::VerifierKey;

use super::{RelayFormatError, UnverifiedEntry, VerifiedEntry, What};
use crate::cbor::{Deterministic, Writer};

/// What a relay did that it must not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FaultKind {
    /// It gave one offer's envelope to two claims.
    ClaimedTwice,
    /// It gave one offer's key share out twice, for two claims or two acknowledgements.
    ReleasedTwice,
    /// It gave the key share out and said that it was revoked.
    ReleasedAndRevoked,
    /// It gave the key share to another claim than the one that had the envelope.
    ReleasedToAnother,
    /// It put two entries at one place of its log.
    TwoAtOnePlace,
}

/// Two entries of one relay that contradict each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultProof {
    kind: FaultKind,
    first: VerifiedEntry,
    second: VerifiedEntry,
}

/// Whether two entries under one key contradict each other, and how.
pub fn equivocation(first: &VerifiedEntry, second: &VerifiedEntry) -> Option<FaultProof> {
    if first.key() != second.key() || first.bytes() == second.bytes() {
        return None;
    }
    let kind = contradiction(first, second)?;
    Some(FaultProof { kind, first: first.clone(), second: second.clone() })
}

impl FaultProof {
    /// What the relay did.
    pub fn kind(&self) -> FaultKind {
        self.kind
    }

    /// The two entries.
    pub fn entries(&self) -> (&VerifiedEntry, &VerifiedEntry) {
        (&self.first, &self.second)
    }

    /// The proof as a file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut writer = Writer::new();
        writer.array(5).text(MAGIC).uint(1).text(&self.first.key().to_string());
        writer.bytes(self.first.signed().as_bytes()).bytes(self.second.signed().as_bytes());
        writer.finish()
    }

    /// Reads a proof and judges it. The key inside is the one that is accused: compare it with the one
    /// that a grant names.
    ///
    /// # Errors
    /// [`RelayFormatError::BadSignature`] when an entry is not that key's,
    /// [`RelayFormatError::NoFault`] when the two can both be true; else what reading gives.
    pub fn verify(bytes: &[u8]) -> Result<Self, RelayFormatError> {
        let mut reader = Deterministic::check(bytes, MAX_PROOF)?.reader();
        reader.array(5)?;
        if reader.text()? != MAGIC {
            return Err(RelayFormatError::Malformed);
        }
        reader.exactly(1)?;
        let key = VerifierKey::parse(reader.text()?).map_err(|_| RelayFormatError::Malformed)?;
        let first = UnverifiedEntry::parse(reader.bytes()?)?.verify(&key)?;
        let second = UnverifiedEntry::parse(reader.bytes()?)?.verify(&key)?;
        reader.finish()?;
        equivocation(&first, &second).ok_or(RelayFormatError::NoFault)
    }

    /// The accused relay's key.
    pub fn key(&self) -> &VerifierKey {
        self.first.key()
    }
}

fn contradiction(first: &VerifiedEntry, second: &VerifiedEntry) -> Option<FaultKind> {
    let (a, b) = (first.entry(), second.entry());
    if (a.epoch, a.index) == (b.epoch, b.index) {
        return Some(FaultKind::TwoAtOnePlace);
    }
    if a.offer.is_none() || a.offer != b.offer {
        return None;
    }
    match (a.what, b.what) {
        // One offer is claimed once and released once: even the same claim has one entry only.
        (What::Claimed, What::Claimed) if a.claim != b.claim => Some(FaultKind::ClaimedTwice),
        (What::Released, What::Released) if (a.claim, a.about) != (b.claim, b.about) => {
            Some(FaultKind::ReleasedTwice)
        }
        (What::Released, What::Revoked) | (What::Revoked, What::Released) => {
            Some(FaultKind::ReleasedAndRevoked)
        }
        (What::Claimed, What::Released) | (What::Released, What::Claimed) if a.claim != b.claim => {
            Some(FaultKind::ReleasedToAnother)
        }
        _ => None,
    }
}

const MAGIC: &str = "chop-relay-fault";
const MAX_PROOF: usize = 2048;
