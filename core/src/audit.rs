//! Re-checking the whole record: the tree against its leaves, the entries against their commitments,
//! every row of facts against the entry that last spoke of it, and what is derived against what it
//! derives from.
//!
//! ```text
//! entries  0 … n−1   → leaf = HMAC(salt, entry)?   → facts: (table, key) → (digest | destroyed, entry)
//! rows               → digest = facts(table, key)?  else changed · added;  what is left over: missing
//! ```

use std::collections::HashMap;

use chop_crypto::Digest;
use chop_formats::log_entry::LogEntry;
use chop_ledger::{Difference, FsckError, HashReader, fsck, leaf_hash, stored_hash_count};
use chop_vault::table::{item, log, version};
use chop_vault::{Fact, Read, VaultError, facts, search};

use crate::holdings::Form;
use crate::journal::head;
use crate::{Result, Wallet};

chop_model::coded_errors! {
    /// What a re-check can find wrong.
    pub enum FlawKind {
        /// An entry's body does not open, or is not what its leaf commits to.
        EntryChanged => ("audit.entry-changed", Environment, "an entry of the record was changed"),
        /// An entry has keys and no body, or a body and no keys.
        EntryTorn => ("audit.entry-torn", Environment, "an entry of the record is torn"),
        /// An entry is gone, or its content is, and no other entry says that it was erased.
        EntryMissing => ("audit.entry-missing", Environment, "an entry of the record is missing"),
        /// A stored hash of the tree is not the one that the leaves give.
        TreeDiffers => ("audit.tree-differs", Environment, "the stored tree is not the tree of the leaves"),
        /// A row is not what the entry that wrote it committed to.
        RowChanged => ("audit.row-changed", Environment, "a row was changed from outside"),
        /// A row that an entry committed to is gone.
        RowMissing => ("audit.row-missing", Environment, "a row was removed from outside"),
        /// A row that no entry speaks of.
        RowAdded => ("audit.row-added", Environment, "a row was added from outside"),
        /// A file's bytes are not those of its seal.
        FileChanged => ("audit.file-changed", Environment, "a file is not the one that was sealed"),
        /// The search index does not fit the holdings.
        SearchDiffers => ("audit.search-differs", Environment, "the search index does not fit the holdings"),
        /// The key store remembers another state of this record.
        AnchorDiffers => ("audit.anchor-differs", Environment, "the key store remembers another state of this record"),
        /// The record has never been seen by this key store.
        NotWitnessed => ("audit.not-witnessed", Environment, "no key store remembers this record"),
        /// A page of the database does not verify.
        PageDamaged => ("audit.page-damaged", Environment, "a page of the database is damaged"),
    }
}

/// One thing that is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// What.
    pub kind: FlawKind,
    /// Where: `log 17`, `item <key>`, `tile`.
    pub place: String,
}

/// What a re-check found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditReport {
    /// Entries that were read.
    pub entries: u64,
    /// Entries whose content was erased: their leaves hold, what they said is gone.
    pub erased: u64,
    /// Rows of facts that were compared.
    pub rows: u64,
    /// Everything that is wrong, in the order in which it was found.
    pub flaws: Vec<Flaw>,
}

impl AuditReport {
    /// Whether nothing is wrong.
    pub fn is_clean(&self) -> bool {
        self.flaws.is_empty()
    }

    fn found(&mut self, kind: FlawKind, place: impl Into<String>) {
        self.flaws.push(Flaw { kind, place: place.into() });
    }
}

/// What the entries say of each row: its last digest, or that it was destroyed.
type Committed = HashMap<(String, Vec<u8>), Option<Digest>>;

impl Wallet {
    /// Re-checks everything. `progress` hears how many entries are done, of how many.
    ///
    /// # Errors
    /// Only when the space cannot be read at all; what is wrong in it is in the report.
    pub fn audit(&self, progress: &mut dyn FnMut(u64, u64)) -> Result<AuditReport> {
        let mut report = AuditReport::default();
        if self.vault.used().check_pages().is_err() {
            report.found(FlawKind::PageDamaged, "vault.db");
        }
        self.vault.read(|read| {
            let committed = check_entries(read, &mut report, progress)?;
            check_tree(read, &mut report)?;
            check_rows(read, committed, &mut report)?;
            check_files(read, &mut report)
        })?;
        self.check_search(&mut report)?;
        self.check_anchor(&mut report)?;
        Ok(report)
    }

    fn check_anchor(&self, report: &mut AuditReport) -> Result<()> {
        let head = self.vault.read(head)?;
        match self.ports.keystore.anchor(&head.origin)? {
            None => report.found(FlawKind::NotWitnessed, head.origin),
            Some(anchor) if anchor.size != head.size || anchor.root != head.root => {
                report.found(FlawKind::AnchorDiffers, format!("size {} of {}", head.size, anchor.size));
            }
            Some(_) => {}
        }
        Ok(())
    }

    /// The index, held against the words that the holdings give now.
    fn check_search(&self, report: &mut AuditReport) -> Result<()> {
        let mut rows = Vec::new();
        let read = self.vault.read(|read| {
            item::each(read, &mut |row| {
                if row.state == item::ItemState::Active {
                    rows.push(row);
                }
                Ok(())
            })
        });
        // A row that cannot be read was named among the rows.
        read.or_else(|error| if error == VaultError::BadRow { Ok(()) } else { Err(error) })?;
        for row in rows {
            let Some(form) = Form::from_name(&row.format) else { continue };
            let words = self.search_words(&row.id, form).unwrap_or_default();
            let words: Vec<_> = words.iter().map(String::as_str).collect();
            let agrees = self
                .vault
                .read(|read| search::agrees(read, row.row, &row.title, &row.issuer, &words))
                .unwrap_or(false);
            if !agrees {
                report.found(FlawKind::SearchDiffers, format!("item {}", row.id));
            }
        }
        if self.vault.write(search::check).is_err() {
            report.found(FlawKind::SearchDiffers, "index");
        }
        Ok(())
    }
}

fn check_entries(
    read: &Read<'_>,
    report: &mut AuditReport,
    progress: &mut dyn FnMut(u64, u64),
) -> std::result::Result<Committed, VaultError> {
    let size = log::size(read)?;
    let mut committed = Committed::new();
    let mut erased = Vec::new();
    for seq in 0..size {
        match log::entry(read, seq) {
            Ok(Some(bytes)) => match LogEntry::read(bytes.expose()) {
                // EXPOSE: the entry is read to compare rows with it; it holds no value of a claim.
                Ok(entry) => remember(&mut committed, entry),
                Err(_) => report.found(FlawKind::EntryChanged, format!("log {seq}")),
            },
            Ok(None) => erased.push(seq),
            Err(VaultError::Missing) => report.found(FlawKind::EntryMissing, format!("log {seq}")),
            Err(VaultError::Erased | VaultError::WrongState) => {
                report.found(FlawKind::EntryTorn, format!("log {seq}"));
            }
            Err(VaultError::BadRow) => report.found(FlawKind::EntryChanged, format!("log {seq}")),
            Err(error) => return Err(error),
        }
        report.entries += 1;
        if seq % PROGRESS_STEP == 0 || seq + 1 == size {
            progress(seq + 1, size);
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

fn remember(committed: &mut Committed, entry: LogEntry) {
    for fact in entry.facts {
        committed.insert((fact.table, fact.key), fact.digest);
    }
}

fn check_tree(read: &Read<'_>, report: &mut AuditReport) -> std::result::Result<(), VaultError> {
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

fn check_rows(
    read: &Read<'_>,
    mut committed: Committed,
    report: &mut AuditReport,
) -> std::result::Result<(), VaultError> {
    let compared = facts::for_each(read, &mut |fact: Fact| {
        report.rows += 1;
        let place = place_of(fact.table, &fact.key);
        match committed.remove(&(fact.table.to_owned(), fact.key)) {
            Some(Some(digest)) if digest == fact.digest => {}
            Some(Some(_)) => report.found(FlawKind::RowChanged, place),
            Some(None) | None => report.found(FlawKind::RowAdded, place),
        }
        Ok(())
    });
    match compared {
        Ok(()) => {}
        // A row that cannot even be read stops the scan of the rest; it is named by its table's code.
        Err(VaultError::BadRow) => report.found(FlawKind::RowChanged, "a row that cannot be read"),
        Err(error) => return Err(error),
    }
    let mut missing: Vec<_> = committed.into_iter().filter(|(_, digest)| digest.is_some()).collect();
    missing.sort();
    for ((table, key), _) in missing {
        report.found(FlawKind::RowMissing, place_of(&table, &key));
    }
    Ok(())
}

fn check_files(read: &Read<'_>, report: &mut AuditReport) -> std::result::Result<(), VaultError> {
    let mut files = Vec::new();
    version::each(read, &mut |row| {
        if row.is_file() {
            files.push(row);
        }
        Ok(())
    })
    .or_else(|error| if error == VaultError::BadRow { Ok(()) } else { Err(error) })?;
    for row in files {
        if version::copy_file(read, &row, &mut std::io::sink()).is_err() {
            report.found(FlawKind::FileChanged, format!("item {} version {}", row.item, row.no));
        }
    }
    Ok(())
}

/// Table and key, the key as text where it is one.
fn place_of(table: &str, key: &[u8]) -> String {
    let is_text = !key.is_empty() && key.iter().all(|b| b.is_ascii_graphic());
    match std::str::from_utf8(key) {
        Ok(text) if is_text => format!("{table} {text}"),
        _ => format!("{table} {}", chop_crypto::encoding::to_base64url(key)),
    }
}

/// Entries between two reports of progress.
const PROGRESS_STEP: u64 = 512;
/// Stored hashes read in one go.
const HASHES_AT_ONCE: usize = 1024;
