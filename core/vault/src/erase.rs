//! Erasing an item: its content is destroyed, its record stays provable.
//!
//! What goes: every body and the key it was sealed under, every part of a file, title, issuer, names
//! and types, the salt that the row's former digests hang on, the entry in the search index; then, as
//! the write commits, what the write-ahead log still held of them. Copies already made elsewhere, and
//! blocks that a disk keeps behind the file system, are out of reach.

use chop_model::{ItemId, UnixTime};

use crate::table::item::{self, ItemState, Seal};
use crate::table::version;
use crate::{Fact, Tx, VaultError, search};

/// Erases the content of an item, all its versions included. The facts are those of the emptied rows.
///
/// # Errors
/// [`VaultError::Missing`], [`VaultError::Erased`] the second time.
pub fn erase_item(tx: &Tx<'_>, id: &ItemId, now: UnixTime) -> Result<Vec<Fact>, VaultError> {
    let old = item::find(tx, id)?.ok_or(VaultError::Missing)?;
    if old.state == ItemState::Erased {
        return Err(VaultError::Erased);
    }
    let emptied = item::Row {
        format: String::new(),
        doc_type: String::new(),
        title: String::new(),
        issuer: String::new(),
        state: ItemState::Erased,
        updated_at: now,
        expires_at: None,
        seal: Seal::CannotCheck,
        seal_reason: String::new(),
        salt: Vec::new(),
        ..old
    };
    item::update(tx, &emptied)?;
    search::remove(tx, emptied.row)?;
    let versions = version::erase_all(tx, id)?;
    tx.purge_after();
    Ok(std::iter::once(emptied.fact()).chain(versions.iter().map(version::Row::fact)).collect())
}
