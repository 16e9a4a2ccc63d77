//! Reading: cards, one item, search.

use chop_model::{ItemId, UnixTime};
use chop_vault::table::item::{self, Card, CardCursor, Shelf};
use chop_vault::table::version;
use chop_vault::{Read, search};

pub use chop_vault::table::item::Seal;

use super::Form;
use crate::{Error, Result, Wallet, WalletError};

/// One holding with its history, without its content.
#[derive(Debug, Clone)]
pub struct ItemView {
    /// The row as it is stored.
    pub row: item::Row,
    /// Its form; nothing where the content was erased.
    pub form: Option<Form>,
    /// Every version: number, when it came, size in bytes.
    pub versions: Vec<(u32, UnixTime, u64)>,
}

/// What is told of a file beside its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileView {
    /// The name it came by.
    pub name: String,
    /// Its media type, by the ending of its name: what to open it with, and not relied on.
    pub mime: String,
    /// Bytes.
    pub size: u64,
}

impl Wallet {
    /// A page of cards, newest first.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn cards(&self, shelf: Option<Shelf>, after: Option<CardCursor>, limit: u32) -> Result<Vec<Card>> {
        Ok(self.vault.read(|read| item::cards(read, shelf, after, limit))?)
    }

    /// Cards whose title, issuer or searchable claims hold `words`, newest first.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn search(&self, words: &str, limit: u32) -> Result<Vec<Card>> {
        Ok(self.vault.read(|read| search::search(read, words, limit))?)
    }

    /// One holding.
    ///
    /// # Errors
    /// `holding.unknown`.
    pub fn item(&self, id: &ItemId) -> Result<ItemView> {
        self.vault
            .read(|read| {
                let row = item::find(read, id)?.ok_or(chop_vault::VaultError::Missing)?;
                let versions =
                    version::of_item(read, id)?.iter().map(|v| (v.no, v.added_at, v.size)).collect();
                Ok((row, versions))
            })
            .map_err(|error| match error {
                chop_vault::VaultError::Missing => WalletError::NoSuchItem.into(),
                other => Error::from(other),
            })
            .and_then(|(row, versions)| {
                let form = Form::from_name(&row.format);
                if form.is_none() && row.state != item::ItemState::Erased {
                    return Err(WalletError::UnknownForm.into());
                }
                Ok(ItemView { row, form, versions })
            })
    }

    /// The text of a holding that is not a file: the credential, the bundle or the record.
    ///
    /// # Errors
    /// `holding.unknown`, `vault.erased`.
    pub fn text_of(&self, id: &ItemId) -> Result<String> {
        Ok(self.vault.read(|read| body(read, id))?)
    }

    /// Name, media type and size of the newest version of a holding.
    ///
    /// # Errors
    /// `holding.unknown`.
    pub fn file_of(&self, id: &ItemId) -> Result<FileView> {
        self.item(id)?;
        let row = self.vault.read(|read| newest(read, id))?;
        Ok(FileView { name: row.name, mime: row.mime, size: row.size })
    }

    /// Writes the content of a file holding to `to`, checked against its seal.
    ///
    /// # Errors
    /// When a byte of it was changed; what was written by then must not be used.
    pub fn copy_file(&self, id: &ItemId, to: &mut dyn std::io::Write) -> Result<()> {
        Ok(self.vault.read(|read| {
            let row = newest(read, id)?;
            version::copy_file(read, &row, to)
        })?)
    }
}

/// The newest version of an item.
pub(crate) fn newest(
    read: &Read<'_>,
    id: &ItemId,
) -> std::result::Result<version::Row, chop_vault::VaultError> {
    let row = item::find(read, id)?.ok_or(chop_vault::VaultError::Missing)?;
    version::find(read, id, row.version)?.ok_or(chop_vault::VaultError::Missing)
}

/// The content of the newest version, as text.
pub(super) fn body(read: &Read<'_>, id: &ItemId) -> std::result::Result<String, chop_vault::VaultError> {
    let opened = version::open_body(&newest(read, id)?)?;
    // EXPOSE: the holder's own content, for the holder.
    String::from_utf8(opened.expose().to_vec()).map_err(|_| chop_vault::VaultError::BadRow)
}
