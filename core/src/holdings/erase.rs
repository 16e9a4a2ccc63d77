//! Destroying content. The record of every use stays provable; copies that recipients have are out
//! of reach, and whoever shows this says so.

use chop_formats::log_entry::EntryKind;
use chop_model::ItemId;
use chop_vault::erase_item;
use chop_vault::table::{item, version};

use crate::journal::Entry;
use crate::{Result, Wallet};

impl Wallet {
    /// Destroys the content of a holding in every version: keys, bodies, files, search words, and
    /// what the database's free pages and write-ahead log still had of them. What lies sealed in an offer
    /// of files that is over is read by nobody here; one that is open keeps it until it ends.
    ///
    /// # Errors
    /// `holding.unknown`, `vault.erased` when it was erased before.
    pub fn erase(&self, id: &ItemId) -> Result<()> {
        let entry = Entry::new(EntryKind::Erased, &self.ports).text("item", &id.to_string());
        let now = self.ports.clock.now();
        self.record("erase", entry, |tx, entry| {
            entry.was(item::find(tx, id)?.map(|row| row.fact()));
            for version in version::of_item(tx, id)? {
                entry.was(Some(version.fact()));
            }
            for fact in erase_item(tx, id, now)? {
                entry.commits(fact);
            }
            crate::flow::offer::forget_ended(tx, entry)
        })
    }
}
