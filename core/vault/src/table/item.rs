//! `item`: what is held, one row each; and the cards that a shelf shows.

use chop_model::{Id, ItemId, UnixTime};
use rusqlite::Row as SqlRow;

use crate::fact::RowDigest;
use crate::{Fact, Read, Tx, VaultError};

numbered! {
    /// The shelf an item lies on.
    pub enum Shelf {
        /// Issuer-signed statements (证照).
        Credential = 1,
        /// The holder's own data, files and records (数据).
        Data = 2,
    }
}

numbered! {
    /// Whether the content is still there.
    pub enum ItemState {
        /// It is.
        Active = 1,
        /// It was erased; the row is empty.
        Erased = 2,
    }
}

numbered! {
    /// Where an item's seal stands.
    pub enum Seal {
        /// The signature verifies and its signer is known.
        Valid = 1,
        /// It does not verify.
        Invalid = 2,
        /// It could not be judged; the reason says why.
        CannotCheck = 3,
        /// Stated by the holder; there is no issuer's seal.
        SelfStated = 4,
    }
}

/// One item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its number in the order of coming; 0 for a row that is yet to be inserted.
    pub row: i64,
    /// Its id.
    pub id: ItemId,
    /// Where it lies.
    pub shelf: Shelf,
    /// The wire form: `dc+sd-jwt`, `fhir+json`, `file`, `record`.
    pub format: String,
    /// The type within the format: a `vct`, a FHIR profile, a MIME type.
    pub doc_type: String,
    /// What it is called.
    pub title: String,
    /// Who issued it, as shown; empty if nobody.
    pub issuer: String,
    /// Whether the content is there.
    pub state: ItemState,
    /// The newest version's number, from 1.
    pub version: u32,
    /// When it came in.
    pub created_at: UnixTime,
    /// When it was replaced or judged last.
    pub updated_at: UnixTime,
    /// When it lapses, if it does.
    pub expires_at: Option<UnixTime>,
    /// Where its seal stands.
    pub seal: Seal,
    /// A stable code that says why; empty if there is nothing to say.
    pub seal_reason: String,
    /// 32 random bytes that keep the row's digest from being guessed; empty once erased.
    pub salt: Vec<u8>,
}

/// What a shelf shows of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Its number in the order of coming.
    pub row: i64,
    /// Its id.
    pub id: ItemId,
    /// Where it lies.
    pub shelf: Shelf,
    /// The wire form.
    pub format: String,
    /// The type within the format.
    pub doc_type: String,
    /// What it is called.
    pub title: String,
    /// Who issued it.
    pub issuer: String,
    /// The newest version's number: more than 1 says that there is a history.
    pub version: u32,
    /// When it was replaced or judged last.
    pub updated_at: UnixTime,
    /// When it lapses.
    pub expires_at: Option<UnixTime>,
    /// Where its seal stands.
    pub seal: Seal,
    /// Why.
    pub seal_reason: String,
}

/// Where the next page of cards begins: after this card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CardCursor {
    updated_at: UnixTime,
    row: i64,
}

impl CardCursor {
    /// After the card that was judged or replaced last at `updated_at` and has row number `row`.
    pub fn after(updated_at: UnixTime, row: i64) -> Self {
        Self { updated_at, row }
    }
}

/// Inserts `item` and tells its row number.
///
/// # Errors
/// [`VaultError::Exists`] when the id is taken.
pub fn insert(tx: &Tx<'_>, item: &Row) -> Result<i64, VaultError> {
    let Row {
        row: _,
        id,
        shelf,
        format,
        doc_type,
        title,
        issuer,
        state,
        version,
        created_at,
        updated_at,
        expires_at,
        seal,
        seal_reason,
        salt,
    } = item;
    tx.insert(
        "INSERT INTO item(id, shelf, format, doc_type, title, issuer, state, version, created_at,
            updated_at, expires_at, seal, seal_reason, salt)
         VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        rusqlite::params![
            id.0,
            shelf,
            format,
            doc_type,
            title,
            issuer,
            state,
            version,
            created_at.0,
            updated_at.0,
            expires_at.map(|t| t.0),
            seal,
            seal_reason,
            salt,
        ],
    )
}

/// Writes every column of an item that is there.
///
/// # Errors
/// [`VaultError::Missing`].
pub fn update(tx: &Tx<'_>, item: &Row) -> Result<(), VaultError> {
    let Row {
        row,
        id,
        shelf,
        format,
        doc_type,
        title,
        issuer,
        state,
        version,
        created_at,
        updated_at,
        expires_at,
        seal,
        seal_reason,
        salt,
    } = item;
    let changed = tx.run(
        "UPDATE item SET shelf = ?3, format = ?4, doc_type = ?5, title = ?6, issuer = ?7, state = ?8,
            version = ?9, created_at = ?10, updated_at = ?11, expires_at = ?12, seal = ?13,
            seal_reason = ?14, salt = ?15
         WHERE row = ?1 AND id = ?2",
        rusqlite::params![
            row,
            id.0,
            shelf,
            format,
            doc_type,
            title,
            issuer,
            state,
            version,
            created_at.0,
            updated_at.0,
            expires_at.map(|t| t.0),
            seal,
            seal_reason,
            salt,
        ],
    )?;
    if changed == 1 { Ok(()) } else { Err(VaultError::Missing) }
}

/// The item called `id`.
///
/// # Errors
/// When the space cannot be read.
pub fn find(read: &Read<'_>, id: &ItemId) -> Result<Option<Row>, VaultError> {
    read.find(
        "SELECT row, id, shelf, format, doc_type, title, issuer, state, version, created_at, updated_at,
            expires_at, seal, seal_reason, salt FROM item WHERE id = ?1",
        [id.0],
        map,
    )
}

/// At most `limit` cards of items whose content is there, latest first, from `after` on.
///
/// # Errors
/// When the space cannot be read.
pub fn cards(
    read: &Read<'_>,
    shelf: Option<Shelf>,
    after: Option<CardCursor>,
    limit: u32,
) -> Result<Vec<Card>, VaultError> {
    let CardCursor { updated_at, row } =
        after.unwrap_or(CardCursor { updated_at: UnixTime(i64::MAX), row: i64::MAX });
    match shelf {
        Some(shelf) => read.list(
            "SELECT row, id, shelf, format, doc_type, title, issuer, version, updated_at, expires_at, seal,
                seal_reason
             FROM item INDEXED BY item_on_shelf
             WHERE state = 1 AND shelf = ?1 AND (updated_at, row) < (?2, ?3)
             ORDER BY updated_at DESC, row DESC LIMIT ?4",
            (shelf, updated_at.0, row, limit),
            card,
        ),
        None => read.list(
            "SELECT row, id, shelf, format, doc_type, title, issuer, version, updated_at, expires_at, seal,
                seal_reason
             FROM item INDEXED BY item_by_time
             WHERE state = 1 AND (updated_at, row) < (?1, ?2)
             ORDER BY updated_at DESC, row DESC LIMIT ?3",
            (updated_at.0, row, limit),
            card,
        ),
    }
}

/// Cards of one type, newest first, at most `limit`.
///
/// # Errors
/// When the vault cannot be read.
pub fn of_type(read: &Read<'_>, shelf: Shelf, doc_type: &str, limit: u32) -> Result<Vec<Card>, VaultError> {
    read.list(
        "SELECT row, id, shelf, format, doc_type, title, issuer, version, updated_at, expires_at, seal,
            seal_reason FROM item WHERE state = 1 AND shelf = ?1 AND doc_type = ?2
         ORDER BY updated_at DESC, row DESC LIMIT ?3",
        (shelf, doc_type, limit),
        card,
    )
}

/// The card of the item with row number `row`, if its content is there.
///
/// # Errors
/// When the space cannot be read.
pub fn card_of(read: &Read<'_>, row: i64) -> Result<Option<Card>, VaultError> {
    read.find(
        "SELECT row, id, shelf, format, doc_type, title, issuer, version, updated_at, expires_at, seal,
            seal_reason FROM item WHERE row = ?1 AND state = 1",
        [row],
        card,
    )
}

/// Every row, in the order of coming.
pub fn each(read: &Read<'_>, each: &mut dyn FnMut(Row) -> Result<(), VaultError>) -> Result<(), VaultError> {
    read.each(
        "SELECT row, id, shelf, format, doc_type, title, issuer, state, version, created_at, updated_at,
            expires_at, seal, seal_reason, salt FROM item ORDER BY row",
        [],
        |row| each(map(row)?),
    )
}

impl Row {
    /// What the log commits to.
    pub fn fact(&self) -> Fact {
        let Self {
            row,
            id,
            shelf,
            format,
            doc_type,
            title,
            issuer,
            state,
            version,
            created_at,
            updated_at,
            expires_at,
            seal,
            seal_reason,
            salt,
        } = self;
        RowDigest::of("item")
            .int(*row)
            .blob(&id.0)
            .int(shelf.number())
            .text(format)
            .text(doc_type)
            .text(title)
            .text(issuer)
            .int(state.number())
            .int(*version)
            .int(created_at.0)
            .int(updated_at.0)
            .opt_int(expires_at.map(|t| t.0))
            .int(seal.number())
            .text(seal_reason)
            .blob(salt)
            .finish(id.0.to_vec())
    }
}

impl Card {
    /// Where the page after this card begins.
    pub fn cursor(&self) -> CardCursor {
        CardCursor { updated_at: self.updated_at, row: self.row }
    }
}

fn map(row: &SqlRow<'_>) -> rusqlite::Result<Row> {
    Ok(Row {
        row: row.get(0)?,
        id: Id(row.get(1)?),
        shelf: row.get(2)?,
        format: row.get(3)?,
        doc_type: row.get(4)?,
        title: row.get(5)?,
        issuer: row.get(6)?,
        state: row.get(7)?,
        version: row.get(8)?,
        created_at: UnixTime(row.get(9)?),
        updated_at: UnixTime(row.get(10)?),
        expires_at: row.get::<_, Option<i64>>(11)?.map(UnixTime),
        seal: row.get(12)?,
        seal_reason: row.get(13)?,
        salt: row.get(14)?,
    })
}

fn card(row: &SqlRow<'_>) -> rusqlite::Result<Card> {
    Ok(Card {
        row: row.get(0)?,
        id: Id(row.get(1)?),
        shelf: row.get(2)?,
        format: row.get(3)?,
        doc_type: row.get(4)?,
        title: row.get(5)?,
        issuer: row.get(6)?,
        version: row.get(7)?,
        updated_at: UnixTime(row.get(8)?),
        expires_at: row.get::<_, Option<i64>>(9)?.map(UnixTime),
        seal: row.get(10)?,
        seal_reason: row.get(11)?,
    })
}
