//! What is held: two shelves, search, import, erase.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use chop_core::Wallet;
use chop_core::holdings::{Import, Imported};
use chop_core::plumbing::model::UnixTime;
use chop_core::plumbing::vault::table::item::{Card, CardCursor};

use crate::data::{SealState, ShelfName};
use crate::error::{BorderError, failed};
use crate::machine::id;
use crate::progress::{Late, Pace, long};
use crate::{Cancel, ChopError, Progress};

/// The holdings of a space.
#[derive(uniffi::Object)]
pub struct Holdings {
    pub(crate) wallet: Arc<Wallet>,
}

/// A card on a shelf: what can be shown without opening the item.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ItemCard {
    /// The item.
    pub id: String,
    /// Its shelf.
    pub shelf: ShelfName,
    /// Its form: `sd-jwt`, `ips`, `file`, `record`.
    pub form: String,
    /// Its type: a credential's `vct`.
    pub doc_type: String,
    /// Its title.
    pub title: String,
    /// Who signed it; empty where nobody did.
    pub issuer: String,
    /// How many versions it had.
    pub version: u32,
    /// Seconds since 1970.
    pub updated_at: i64,
    /// Seconds since 1970, where it ends.
    pub expires_at: Option<i64>,
    /// What its seal says.
    pub seal: SealState,
    /// Why.
    pub seal_reason: String,
    /// Where this card stands, to go on from there.
    pub cursor: String,
}

/// A card with the versions behind it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct CardView {
    /// The item.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its type.
    pub doc_type: String,
    /// Who signed it.
    pub issuer: String,
    /// Each version: its number, when it came and its bytes.
    pub versions: Vec<ItemVersion>,
}

/// One version of an item.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ItemVersion {
    /// Its number, from 1.
    pub number: u32,
    /// Seconds since 1970.
    pub added_at: i64,
    /// Bytes.
    pub size: u64,
}

/// What an import made.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct NewHolding {
    /// The item.
    pub id: String,
    /// Its form.
    pub form: String,
    /// Its type.
    pub doc_type: String,
    /// Its title.
    pub title: String,
    /// Who signed it.
    pub issuer: String,
    /// What its seal says.
    pub seal: SealState,
    /// Why.
    pub seal_reason: String,
}

#[uniffi::export]
impl Holdings {
    /// Takes a credential, a summary, a record or any file of at most 100 MiB.
    pub fn import_bytes(
        &self,
        name: String,
        bytes: Vec<u8>,
        title: Option<String>,
    ) -> Result<NewHolding, ChopError> {
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.take(&name, title.as_deref(), size, &mut bytes.as_slice())
    }

    /// As `import_bytes`, from a file; the file is read piece by piece and never whole. Stopped half-way,
    /// nothing of it is held.
    #[uniffi::method(default(progress = None, cancel = None))]
    pub fn import_file(
        &self,
        path: String,
        title: Option<String>,
        progress: Option<Arc<dyn Progress>>,
        cancel: Option<Arc<Cancel>>,
    ) -> Result<NewHolding, ChopError> {
        let mut file = File::open(&path).map_err(|_| failed(BorderError::File))?;
        let size = file.metadata().map_err(|_| failed(BorderError::File))?.len();
        let name = Path::new(&path).file_name().unwrap_or_default().to_string_lossy().into_owned();
        long(progress.as_ref(), cancel.as_ref(), Late::Kept, |pace| {
            let mut paced = Paced { bytes: &mut file, done: 0, size, pace, is_stopped: false };
            match self.take(&name, title.as_deref(), size, &mut paced) {
                Err(_) if paced.is_stopped => Ok(None),
                made => made.map(Some),
            }
        })
    }

    /// A new version of an item; the versions before stay.
    pub fn replace_bytes(&self, item: String, name: String, bytes: Vec<u8>) -> Result<NewHolding, ChopError> {
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let import = Import { form: None, title: None, name: &name, size, bytes: &mut bytes.as_slice() };
        Ok(self.wallet.replace(&id(&item)?, import)?.into())
    }

    /// Cards of a shelf, or of both, newest first, from the card with `after` as its cursor on.
    pub fn list(
        &self,
        shelf: Option<ShelfName>,
        after: Option<String>,
        limit: u32,
    ) -> Result<Vec<ItemCard>, ChopError> {
        let after = after.map(|text| cursor(&text)).transpose()?;
        let cards = self.wallet.cards(shelf.map(Into::into), after, limit)?;
        Ok(cards.into_iter().map(Into::into).collect())
    }

    /// Cards whose title, issuer or searchable claims have these words or what they begin.
    pub fn search(&self, words: String, limit: u32) -> Result<Vec<ItemCard>, ChopError> {
        Ok(self.wallet.search(&words, limit)?.into_iter().map(Into::into).collect())
    }

    /// One item with its versions.
    pub fn item(&self, item: String) -> Result<CardView, ChopError> {
        let view = self.wallet.item(&id(&item)?)?;
        Ok(CardView {
            id: view.row.id.to_string(),
            title: view.row.title,
            doc_type: view.row.doc_type,
            issuer: view.row.issuer,
            versions: view
                .versions
                .into_iter()
                .map(|(number, added_at, size)| ItemVersion { number, added_at: added_at.0, size })
                .collect(),
        })
    }

    /// The newest text of an item: a credential, a summary, a record.
    pub fn text(&self, item: String) -> Result<String, ChopError> {
        Ok(self.wallet.text_of(&id(&item)?)?)
    }

    /// Copies the newest file of an item to `to`, which must not exist.
    pub fn copy_file(&self, item: String, to: String) -> Result<(), ChopError> {
        let item = id(&item)?;
        let mut file = File::create_new(&to).map_err(|_| failed(BorderError::File))?;
        Ok(self.wallet.copy_file(&item, &mut file)?)
    }

    /// Destroys the content of an item for good. The record keeps that it was held and erased.
    pub fn erase(&self, item: String) -> Result<(), ChopError> {
        Ok(self.wallet.erase(&id(&item)?)?)
    }

    /// A new key to which an issuer can bind a credential: its JWK (RFC 7517).
    pub fn make_credential_key(&self) -> Result<String, ChopError> {
        let key = self.wallet.make_credential_key()?;
        Ok(chop_core::plumbing::formats::jose::jwk::to_value(&key).to_string())
    }
}

impl Holdings {
    fn take(
        &self,
        name: &str,
        title: Option<&str>,
        size: u64,
        bytes: &mut dyn Read,
    ) -> Result<NewHolding, ChopError> {
        Ok(self.wallet.import(Import { form: None, title, name, size, bytes })?.into())
    }
}

/// A file on its way in: says how far it is, and breaks off where somebody presses stop.
struct Paced<'a> {
    bytes: &'a mut File,
    done: u64,
    size: u64,
    pace: &'a Pace<'a>,
    is_stopped: bool,
}

impl Read for Paced<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.bytes.read(buffer)?;
        self.done = self.done.saturating_add(u64::try_from(read).unwrap_or(u64::MAX));
        if self.pace.at(self.done, self.size) {
            return Ok(read);
        }
        self.is_stopped = true;
        Err(std::io::Error::other("stopped"))
    }
}

impl From<Imported> for NewHolding {
    fn from(made: Imported) -> Self {
        Self {
            id: made.id.to_string(),
            form: made.form.name().to_owned(),
            doc_type: made.doc_type,
            title: made.title,
            issuer: made.issuer,
            seal: made.seal.into(),
            seal_reason: made.seal_reason,
        }
    }
}

impl From<Card> for ItemCard {
    fn from(card: Card) -> Self {
        let cursor = format!("{}.{}", card.updated_at.0, card.row);
        Self {
            id: card.id.to_string(),
            shelf: card.shelf.into(),
            form: card.format,
            doc_type: card.doc_type,
            title: card.title,
            issuer: card.issuer,
            version: card.version,
            updated_at: card.updated_at.0,
            expires_at: card.expires_at.map(|at| at.0),
            seal: card.seal.into(),
            seal_reason: card.seal_reason,
            cursor,
        }
    }
}

/// What [`ItemCard::cursor`] says: when the card moved last, and its row.
fn cursor(text: &str) -> Result<CardCursor, ChopError> {
    let parts = text.split_once('.').and_then(|(at, row)| Some((at.parse().ok()?, row.parse().ok()?)));
    parts.map(|(at, row)| CardCursor::after(UnixTime(at), row)).ok_or_else(|| failed(BorderError::BadId))
}
