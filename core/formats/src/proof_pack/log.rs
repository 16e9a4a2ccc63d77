//! The log's side of a pack: its key, its checkpoint, its entries, and what its commitment opens to.

use chop_crypto::Digest;
use chop_ledger::{
    Origin, VerifiedCheckpoint, VerifierKey, blinded_holder_log, blinded_verifier_log, leaf_data, leaf_hash,
    verify_consistency, verify_inclusion,
};

use super::{PackContents, PackError, PackFault, PackOpening, Part, Side};
use crate::log_entry::{LogEntry, Ref};

/// The log, with every entry proven in it.
pub(super) struct CheckedLog {
    pub(super) key: VerifierKey,
    pub(super) checkpoint: VerifiedCheckpoint,
    pub(super) entries: Vec<LogEntry>,
}

impl CheckedLog {
    /// Checks key, checkpoint and entries.
    pub(super) fn check(contents: &PackContents, expected: Option<&VerifierKey>) -> Result<Self, PackFault> {
        let key =
            VerifierKey::parse(&contents.log_key).map_err(|e| PackError::BadLogKey.because(Part::Log, &e))?;
        // Only our own origins: random characters that show nothing and hide nothing when printed.
        Origin::parse(key.name()).map_err(|e| PackError::BadLogKey.because(Part::Log, &e))?;
        if expected.is_some_and(|expected| *expected != key) {
            return Err(PackError::StrangeLog.of(Part::Log));
        }
        let checkpoint = VerifiedCheckpoint::read(&contents.checkpoint, &key)
            .map_err(|e| PackError::BadCheckpoint.because(Part::Log, &e))?;
        let entries = check_entries(contents, &checkpoint)?;
        Ok(Self { key, checkpoint, entries })
    }

    /// Says that some entry names `digest` under `name`: what fixes the bytes of an object, its
    /// signature included.
    pub(super) fn names(&self, name: &str, digest: &Digest, part: Part) -> Result<(), PackFault> {
        let named = self.entries.iter().any(|entry| entry.hash(name) == Some(digest));
        if named { Ok(()) } else { Err(PackError::NotLogged.of(part)) }
    }

    /// Says that no entry names anything else under `name`.
    pub(super) fn names_only(
        &self,
        contents: &PackContents,
        name: &str,
        digest: &Digest,
    ) -> Result<(), PackFault> {
        let foreign = |entry: &LogEntry| entry.refs.get(name).is_some_and(|r| *r != Ref::Hash(*digest));
        match contents.entries.iter().zip(&self.entries).find(|(_, entry)| foreign(entry)) {
            Some((place, _)) => Err(PackError::ForeignEntry.of(Part::Entry(place.index))),
            None => Ok(()),
        }
    }

    /// Opens the commitment and shows that this log continues what was committed. Gives the size of
    /// the log then.
    pub(super) fn open(
        &self,
        opening: &PackOpening,
        side: Side,
        commitment: &Digest,
    ) -> Result<u64, PackFault> {
        let PackOpening { salt, note, proof } = opening;
        let blinded = match side {
            Side::Holder => blinded_holder_log(salt, note.as_bytes()),
            Side::Verifier => blinded_verifier_log(salt, note.as_bytes()),
        };
        if blinded != *commitment {
            return Err(PackError::DoesNotOpen.of(Part::Opening));
        }
        let then = VerifiedCheckpoint::read(note, &self.key)
            .map_err(|e| PackError::DoesNotOpen.because(Part::Opening, &e))?;
        let (then, now) = (then.checkpoint(), self.checkpoint.checkpoint());
        verify_consistency(then.size, now.size, proof, &then.root, &now.root)
            .map_err(|e| PackError::NotContinued.because(Part::Opening, &e))?;
        Ok(then.size)
    }
}

fn check_entries(
    contents: &PackContents,
    checkpoint: &VerifiedCheckpoint,
) -> Result<Vec<LogEntry>, PackFault> {
    let state = checkpoint.checkpoint();
    let rising = contents.entries.iter().zip(contents.entries.iter().skip(1)).all(|(a, b)| a.index < b.index);
    if contents.entries.is_empty() || !rising {
        return Err(PackError::EntryOrder.of(Part::Log));
    }
    let mut entries = Vec::new();
    for entry in &contents.entries {
        let part = Part::Entry(entry.index);
        let leaf = leaf_hash(&leaf_data(&entry.salt, &entry.bytes));
        verify_inclusion(&leaf, entry.index, state.size, &entry.proof, &state.root)
            .map_err(|e| PackError::NotInLog.because(part, &e))?;
        entries.push(LogEntry::read(&entry.bytes).map_err(|e| PackError::BadEntry.because(part, &e))?);
    }
    Ok(entries)
}
