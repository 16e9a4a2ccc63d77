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

/// The numbers of the entries that are there.
pub(super) struct Numbers {
    of: Vec<u64>,
    /// Whether they are 0, 1, 2, … without a gap.
    pub(super) are_whole: bool,
}

/// Finds gaps by the numbers alone, so that one far away is one gap and not a long walk.
pub(super) fn numbers(read: &Read<'_>, report: &mut AuditReport) -> Result<Numbers, VaultError> {
    let (mut of, mut are_whole) = (Vec::new(), true);
    let mut next = 0u64;
    for number in log::numbers(read)? {
        let Ok(seq) = u64::try_from(number) else {
            report.found(FlawKind::RowAdded, format!("log {number}"));
            are_whole = false;
            continue;
        };
        if seq > next {
            let gap =
                if seq == next + 1 { format!("log {next}") } else { format!("log {next} to {}", seq - 1) };
            report.found(FlawKind::EntryMissing, gap);
            are_whole = false;
        }
        of.push(seq);
        next = seq.saturating_add(1);
    }
    for number in log::stray_keys(read)? {
        report.found(FlawKind::EntryTorn, format!("log {number}"));
    }
    Ok(Numbers { of, are_whole })
}

/// Opens every entry and holds it against its leaf; what the entries say of rows.
pub(super) fn check(
    read: &Read<'_>,
    numbers: &Numbers,
    report: &mut AuditReport,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Committed, VaultError> {
    let size = u64::try_from(numbers.of.len()).unwrap_or(u64::MAX);
    let mut committed = Committed::new();
    let mut erased = Vec::new();
    for seq in &numbers.of {
        match log::entry(read, *seq) {
            Ok(Some(bytes)) => match LogEntry::read(bytes.expose()) {
                // EXPOSE: the entry is read to compare rows with it; it holds no value of a claim.
                Ok(entry) => remember(&mut committed, *seq, entry, report),
                Err(_) => report.found(FlawKind::EntryChanged, format!("log {seq}")),
            },
            Ok(None) => erased.push(*seq),
            Err(VaultError::Erased | VaultError::WrongState) => {
                report.found(FlawKind::EntryTorn, format!("log {seq}"));
            }
            Err(VaultError::BadRow) => report.found(FlawKind::EntryChanged, format!("log {seq}")),
            Err(error) => return Err(error),
        }
        report.entries += 1;
        if report.entries.is_multiple_of(PROGRESS_STEP) || report.entries == size {
            progress(report.entries, size);
        }
    }
    for seq in erased {
        report.erased += 1;
        // Erasing is an event: an entry that is gone without one was taken out from outside.
        if committed.get(&("log".to_owned(), seq.to_be_bytes().to_vec())) != Some(&None) {
            report.found(FlawKind::EntryMissing, format!("log {seq}"));
        }
    }
    Ok(committed)
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

/// Entries between two reports of progress.
const PROGRESS_STEP: u64 = 512;
/// Stored hashes read in one go.
const HASHES_AT_ONCE: usize = 1024;
