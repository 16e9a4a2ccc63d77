//! The entries against their leaves, and the stored tree against the tree of the leaves.

use std::collections::HashMap;

use chop_crypto::Digest;
use chop_formats::log_entry::LogEntry;
use chop_ledger::{Difference, FsckError, HashReader, fsck, leaf_hash, stored_hash_count};
use chop_vault::table::log;
use chop_vault::{Read, VaultError};

use super::{AuditReport, FlawKind};

/// What the entries say of each row: its last digest, or that it was destroyed.
pub(super) type Committed = HashMap<(String, Vec<u8>), Option<Digest>>;

/// The walk over the entries, in turns: others may write between two of them, because an entry that was
/// read does not change, and what is added is read in a later turn.
#[derive(Default)]
pub(super) struct Walk {
    /// What the entries say of rows.
    pub(super) committed: Committed,
    /// Whether the numbers are 0, 1, 2, … without a gap.
    pub(super) are_whole: bool,
    /// The numbers that are still to be read, backwards.
    ahead: Vec<u64>,
    /// The number after the last that was seen.
    next: u64,
    erased: Vec<u64>,
}

impl Walk {
    /// Begins: finds the numbers, and gaps by them alone, so that one far away is one gap and not a long
    /// walk.
    pub(super) fn begin(read: &Read<'_>, report: &mut AuditReport) -> Result<Self, VaultError> {
        let mut walk = Self { are_whole: true, ..Self::default() };
        walk.look_ahead(read, report)?;
        for number in log::stray_keys(read)? {
            report.found(FlawKind::EntryTorn, format!("log {number}"));
        }
        Ok(walk)
    }

    /// Finds what was added since the last look.
    pub(super) fn look_ahead(&mut self, read: &Read<'_>, report: &mut AuditReport) -> Result<(), VaultError> {
        let mut found = Vec::new();
        for number in log::numbers(read)? {
            let Ok(seq) = u64::try_from(number) else {
                // Told once: a later look begins behind what was seen.
                if self.next == 0 {
                    report.found(FlawKind::RowAdded, format!("log {number}"));
                    self.are_whole = false;
                }
                continue;
            };
            if seq < self.next {
                continue;
            }
            if seq > self.next {
                let (from, to) = (self.next, seq - 1);
                let gap = if from == to { format!("log {from}") } else { format!("log {from} to {to}") };
                report.found(FlawKind::EntryMissing, gap);
                self.are_whole = false;
            }
            found.push(seq);
            self.next = seq.saturating_add(1);
        }
        found.reverse();
        found.append(&mut self.ahead);
        self.ahead = found;
        Ok(())
    }

    /// Opens the next entries and holds each against its leaf. Whether any are left.
    pub(super) fn go_on(
        &mut self,
        read: &Read<'_>,
        most: u64,
        report: &mut AuditReport,
    ) -> Result<bool, VaultError> {
        for _ in 0..most {
            let Some(seq) = self.ahead.pop() else { return Ok(false) };
            match log::entry(read, seq) {
                Ok(Some(bytes)) => match LogEntry::read(bytes.expose()) {
                    // EXPOSE: the entry is read to compare rows with it; it holds no value of a claim.
                    Ok(entry) => remember(&mut self.committed, seq, entry, report),
                    Err(_) => report.found(FlawKind::EntryChanged, format!("log {seq}")),
                },
                Ok(None) => self.erased.push(seq),
                Err(VaultError::Erased | VaultError::WrongState) => {
                    report.found(FlawKind::EntryTorn, format!("log {seq}"));
                }
                Err(VaultError::BadRow) => report.found(FlawKind::EntryChanged, format!("log {seq}")),
                Err(error) => return Err(error),
            }
            report.entries += 1;
        }
        Ok(!self.ahead.is_empty())
    }

    /// How many entries there are, as far as is known.
    pub(super) fn size(&self, report: &AuditReport) -> u64 {
        report.entries + u64::try_from(self.ahead.len()).unwrap_or(u64::MAX)
    }

    /// Ends: erasing is an event, and an entry that is gone without one was taken out from outside.
    pub(super) fn end(&mut self, report: &mut AuditReport) {
        for seq in self.erased.drain(..) {
            report.erased += 1;
            if self.committed.get(&("log".to_owned(), seq.to_be_bytes().to_vec())) != Some(&None) {
                report.found(FlawKind::EntryMissing, format!("log {seq}"));
            }
        }
    }
}

/// An entry that changes a row says first what the row was: a row that was changed from outside and
/// written on afterwards is found there.
fn remember(committed: &mut Committed, seq: u64, entry: LogEntry, report: &mut AuditReport) {
    let mut of_this_entry = std::collections::HashSet::new();
    for fact in entry.facts {
        let key = (fact.table, fact.key);
        let is_known = committed.contains_key(&key);
        if of_this_entry.insert(key.clone()) && is_known && fact.digest.is_some() {
            // The first fact of a known row in an entry is what the row was before.
            if committed.get(&key) != Some(&fact.digest) {
                let place = super::rows::place_of(&key.0, &key.1);
                report.found(FlawKind::RowChanged, format!("{place} before log {seq}"));
            }
        }
        committed.insert(key, fact.digest);
    }
}

/// The stored hashes against those that the leaves give.
pub(super) fn check_tree(read: &Read<'_>, report: &mut AuditReport) -> Result<(), VaultError> {
    let size = log::size(read)?;
    let leaves = (0..size).map(|seq| log::leaf(read, seq).map(|leaf| leaf_hash(&leaf)));
    let places: Vec<u64> = (0..stored_hash_count(size)).collect();
    let stored = places.chunks(HASHES_AT_ONCE).flat_map(|chunk| match HashReader::read(read, chunk) {
        Ok(hashes) => hashes.into_iter().map(Ok).collect::<Vec<_>>(),
        Err(error) => vec![Err(error)],
    });
    match fsck::<VaultError>(leaves, stored) {
        Ok(_) if log::hashes_are_complete(read)? => {}
        Ok(_) => report.found(FlawKind::TreeDiffers, "tile"),
        Err(FsckError::Differs(Difference::Changed { leaf, .. })) => {
            report.found(FlawKind::TreeDiffers, format!("tile over log {leaf}"));
        }
        Err(FsckError::Differs(_) | FsckError::Read(VaultError::BadRow | VaultError::Missing)) => {
            report.found(FlawKind::TreeDiffers, "tile");
        }
        Err(FsckError::Read(error)) => return Err(error),
    }
    Ok(())
}

/// Stored hashes read in one go.
const HASHES_AT_ONCE: usize = 1024;
