//! Re-checking the whole record: the tree against its leaves, the entries against their commitments,
//! every row of facts against the entry that last spoke of it, and what is derived against what it
//! derives from.
//!
//! ```text
//! entries  0 … n−1   → leaf = HMAC(salt, entry)?   → facts: (table, key) → (digest | destroyed, entry)
//! rows               → digest = facts(table, key)?  else changed · added;  what is left over: missing
//! ```

mod entries;
mod rows;

use std::ops::ControlFlow;
use std::sync::PoisonError;

use chop_crypto::{Anchor, KeyId};
use chop_ledger::Checkpoint;
use chop_vault::table::{item, meta};
use chop_vault::{Read, Vault, VaultError, search};

use crate::holdings::{Form, search_words};
use crate::journal::{head, names};
use crate::keys::KEY_NAME;
use crate::{Result, Standing, Wallet};

use entries::Walk;

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
        /// A key that the space names is not in the key store.
        KeyMissing => ("audit.key-missing", Environment, "a key of this space is not in the key store"),
        /// The key store remembers another state of this record.
        AnchorDiffers => ("audit.anchor-differs", Environment, "the key store remembers another state of this record"),
        /// The record has never been seen by this key store.
        NotWitnessed => ("audit.not-witnessed", Environment, "no key store remembers this record"),
        /// A page of the database does not verify.
        PageDamaged => ("audit.page-damaged", Environment, "a page of the database is damaged"),
    }
}

/// Hears how many entries are done, of how many, and says whether to go on.
pub type Progress<'a> = &'a mut dyn FnMut(u64, u64) -> ControlFlow<()>;

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

impl Wallet {
    /// Re-checks everything. `progress` hears how many entries are done, of how many.
    ///
    /// # Errors
    /// Only when the space cannot be read at all; what is wrong in it is in the report.
    pub fn audit(&self, progress: &mut dyn FnMut(u64, u64)) -> Result<AuditReport> {
        let report = self.audit_while(&mut |done, of| {
            progress(done, of);
            ControlFlow::Continue(())
        })?;
        Ok(report.unwrap_or_default())
    }

    /// As [`Wallet::audit`], until `progress` breaks it off; then there is no report. Between two turns
    /// others read and write: the walk over the entries holds nobody up.
    ///
    /// # Errors
    /// As [`Wallet::audit`].
    pub fn audit_while(&self, progress: Progress<'_>) -> Result<Option<AuditReport>> {
        let Some(mut report) = recheck_while(self.vault(), progress)? else { return Ok(None) };
        self.check_keys(&mut report)?;
        self.check_anchor(&mut report)?;
        Ok(Some(report))
    }

    fn check_anchor(&self, report: &mut AuditReport) -> Result<()> {
        if let Some(behind) = self.behind() {
            report.found(FlawKind::AnchorDiffers, format!("size {} of {}", behind.size, behind.anchored));
        }
        // Held while both are read: nobody anchors in between, and who just committed waits for it.
        let _one_at_a_time = self.anchoring.lock().unwrap_or_else(PoisonError::into_inner);
        let Checkpoint { origin, size, root } = match self.vault.read(head) {
            Ok(head) => head,
            // The tree has no root that could be compared; what is wrong with it was found above.
            Err(VaultError::BadRow | VaultError::Missing) if !report.is_clean() => return Ok(()),
            Err(error) => return Err(error.into()),
        };
        match self.ports.keystore.anchor(&origin)? {
            None => report.found(FlawKind::NotWitnessed, origin),
            Some(known) if known != (Anchor { size, root }) && !self.is_ahead_of(known, size)? => {
                report.found(FlawKind::AnchorDiffers, format!("size {size} of {}", known.size));
            }
            Some(_) => {}
        }
        Ok(())
    }

    /// Whether the record only went on from what the key store knows: somebody wrote a moment ago, and the
    /// key store hears of it just now.
    fn is_ahead_of(&self, known: Anchor, size: u64) -> Result<bool> {
        if known.size >= size || self.standing() != Standing::Current {
            return Ok(false);
        }
        match self.vault.read(|read| chop_ledger::root(known.size, read)) {
            Ok(root) => Ok(root == known.root),
            Err(VaultError::BadRow | VaultError::Missing) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Every key that the space names is there: a key store of another day lacks the younger ones.
    fn check_keys(&self, report: &mut AuditReport) -> Result<()> {
        for (name, value) in self.vault.read(meta::all)? {
            let is_key = name == names::LOG_KEY || name.starts_with(KEY_NAME);
            let Ok(id) = <[u8; 16]>::try_from(value) else { continue };
            if is_key && self.ports.keystore.find(&KeyId(id)).is_err() {
                report.found(FlawKind::KeyMissing, format!("meta {name}"));
            }
        }
        Ok(())
    }
}

/// Re-checks all that a space says by itself, without its key store: for a space that was changed so
/// that no wallet opens it any more.
///
/// # Errors
/// Only when the space cannot be read at all; what is wrong in it is in the report.
pub fn recheck(vault: &Vault, progress: &mut dyn FnMut(u64, u64)) -> Result<AuditReport> {
    let report = recheck_while(vault, &mut |done, of| {
        progress(done, of);
        ControlFlow::Continue(())
    })?;
    Ok(report.unwrap_or_default())
}

fn recheck_while(vault: &Vault, progress: Progress<'_>) -> Result<Option<AuditReport>> {
    let mut report = AuditReport::default();
    if vault.check_pages().is_err() {
        report.found(FlawKind::PageDamaged, "vault.db");
    }
    let mut walk = vault.read(|read| Walk::begin(read, &mut report))?;
    while vault.read(|read| walk.go_on(read, ENTRIES_A_TURN, &mut report))? {
        if progress(report.entries, walk.size(&report)).is_break() {
            return Ok(None);
        }
    }
    // What was added meanwhile, and everything that has to be of one moment.
    vault.read(|read| {
        walk.look_ahead(read, &mut report)?;
        walk.go_on(read, u64::MAX, &mut report)?;
        walk.end(&mut report);
        if walk.are_whole {
            entries::check_tree(read, &mut report)?;
        }
        rows::check(read, std::mem::take(&mut walk.committed), &mut report)?;
        rows::check_files(read, &mut report)?;
        rows::check_strays(read, &mut report)?;
        check_search(read, &mut report)
    })?;
    if vault.write(search::check).is_err() {
        report.found(FlawKind::SearchDiffers, "index");
    }
    match progress(report.entries, report.entries) {
        ControlFlow::Continue(()) => Ok(Some(report)),
        ControlFlow::Break(()) => Ok(None),
    }
}

/// The index, held against the words that the holdings give now.
fn check_search(read: &Read<'_>, report: &mut AuditReport) -> std::result::Result<(), VaultError> {
    let mut held = Vec::new();
    rows::readable(item::each(read, &mut |row| {
        if row.state == item::ItemState::Active {
            held.push(row);
        }
        Ok(())
    }))?;
    for row in held {
        let Some(form) = Form::from_name(&row.format) else { continue };
        let words = search_words(read, &row.id, form).unwrap_or_default();
        let words: Vec<_> = words.iter().map(String::as_str).collect();
        if !search::agrees(read, row.row, &row.title, &row.issuer, &words).unwrap_or(false) {
            report.found(FlawKind::SearchDiffers, format!("item {}", row.id));
        }
    }
    for row in search::strays(read)? {
        report.found(FlawKind::SearchDiffers, format!("index row {row}"));
    }
    Ok(())
}

/// Entries that are read before others have their turn.
const ENTRIES_A_TURN: u64 = 512;
