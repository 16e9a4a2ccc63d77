//! `version`: every state an item had. Replacing adds a row; erasing empties all of them.
//!
//! A body lies sealed under a key of its own: in the row when it is short text, in chunks when it is
//! a file. The context names item and number, so a body moved elsewhere does not open.

use std::io;

use chop_crypto::{Digest, Random, Secret, SecretBytes, make_array, make_secret, open, seal};
use chop_model::{Id, ItemId, UnixTime};
use rusqlite::Row as SqlRow;

use super::{chunk, to_i64, to_u64};
use crate::fact::RowDigest;
use crate::{Fact, Read, Tx, VaultError};

/// One state of an item.
#[derive(Debug)]
pub struct Row {
    /// Whose.
    pub item: ItemId,
    /// From 1.
    pub no: u32,
    /// When it came in.
    pub added_at: UnixTime,
    /// The MIME type of the body.
    pub mime: String,
    /// Bytes of the body.
    pub size: u64,
    /// The name of the file it came from; empty if none.
    pub name: String,
    /// The key the body is sealed under; nothing once erased.
    pub body_key: Option<Secret<32>>,
    /// The sealed body; nothing for a file, which lies in chunks.
    pub body: Option<Vec<u8>>,
    /// The salt of the file seal.
    pub file_salt: Option<[u8; 32]>,
    /// The file seal (protocol.md section 4): covers salt, size, type and every byte.
    pub file_seal: Option<Digest>,
}

/// What is told of a body that comes in.
#[derive(Debug, Clone)]
pub struct NewVersion<'a> {
    /// Whose.
    pub item: ItemId,
    /// The version's number, from 1.
    pub no: u32,
    /// When.
    pub added_at: UnixTime,
    /// The media type.
    pub mime: &'a str,
    /// The file's name; empty if none.
    pub name: &'a str,
}

/// Keeps a short body in the row.
///
/// # Errors
/// [`VaultError::Exists`], [`VaultError::TooLarge`] above [`MAX_BODY_BYTES`].
pub fn insert(
    tx: &Tx<'_>,
    new: &NewVersion<'_>,
    body: &[u8],
    random: &dyn Random,
) -> Result<Row, VaultError> {
    if body.len() > MAX_BODY_BYTES {
        return Err(VaultError::TooLarge);
    }
    let key = make_secret(random)?;
    let sealed = seal(random, &key, &context(&new.item, new.no), body)?;
    let size = u64::try_from(body.len()).map_err(|_| VaultError::TooLarge)?;
    let row = Row { body_key: Some(key), body: Some(sealed), ..Row::empty(new, size) };
    insert_row(tx, &row)?;
    Ok(row)
}

/// Keeps a file of exactly `size` bytes in chunks, read part by part, under its salted seal.
///
/// # Errors
/// [`VaultError::TooLarge`] above [`MAX_FILE_BYTES`], [`VaultError::BadMime`],
/// [`VaultError::SizeDiffers`] when `file` ends early or late.
pub fn insert_file(
    tx: &Tx<'_>,
    new: &NewVersion<'_>,
    size: u64,
    file: &mut dyn io::Read,
    random: &dyn Random,
) -> Result<Row, VaultError> {
    let (key, salt) = (make_secret(random)?, make_array(random)?);
    let file_seal = chunk::insert_all(tx, new, size, file, &key, &salt, random)?;
    let row = Row {
        body_key: Some(key),
        file_salt: Some(salt),
        file_seal: Some(file_seal),
        ..Row::empty(new, size)
    };
    insert_row(tx, &row)?;
    Ok(row)
}

/// Version `no` of `item`.
///
/// # Errors
/// When the space cannot be read.
pub fn find(read: &Read<'_>, item: &ItemId, no: u32) -> Result<Option<Row>, VaultError> {
    read.find(
        "SELECT item, no, added_at, mime, size, name, body_key, body, file_salt, file_seal
         FROM version WHERE item = ?1 AND no = ?2",
        (item.0, no),
        |row| Ok(map(row)),
    )?
    .transpose()
}

/// All versions of `item`, oldest first.
///
/// # Errors
/// When the space cannot be read.
pub fn of_item(read: &Read<'_>, item: &ItemId) -> Result<Vec<Row>, VaultError> {
    let mut out = Vec::new();
    read.each(
        "SELECT item, no, added_at, mime, size, name, body_key, body, file_salt, file_seal
         FROM version WHERE item = ?1 ORDER BY no",
        [item.0],
        |row| {
            out.push(map(row)?);
            Ok(())
        },
    )?;
    Ok(out)
}

/// Items of which there is more than one version.
///
/// # Errors
/// When the space cannot be read.
pub fn items_with_several(read: &Read<'_>) -> Result<Vec<ItemId>, VaultError> {
    let sql = "SELECT item FROM version GROUP BY item HAVING count(*) > 1";
    read.list(sql, [], |row| row.get(0).map(Id))
}

/// The body that lies in `row`.
///
/// # Errors
/// [`VaultError::Erased`]; [`VaultError::WrongState`] for a file, which is copied out with
/// [`copy_file`]; [`VaultError::BadRow`] when it does not open.
pub fn open_body(row: &Row) -> Result<SecretBytes, VaultError> {
    match (&row.body_key, &row.body) {
        (Some(key), Some(body)) => Ok(open(key, &context(&row.item, row.no), body)?),
        (Some(_), None) => Err(VaultError::WrongState),
        (None, None) => Err(VaultError::Erased),
        (None, Some(_)) => Err(VaultError::BadRow),
    }
}

/// Writes a file out part by part and checks its seal at the end.
///
/// # Errors
/// [`VaultError::Erased`], [`VaultError::WrongState`] for a body that lies in its row,
/// [`VaultError::BadRow`] when a part is missing or changed: what was written then is to be thrown away.
pub fn copy_file(read: &Read<'_>, row: &Row, to: &mut dyn io::Write) -> Result<(), VaultError> {
    match (&row.body_key, row.file_salt, row.file_seal) {
        (Some(key), Some(salt), Some(file_seal)) => {
            if chunk::copy_all(read, row, key, &salt, to)? == file_seal {
                Ok(())
            } else {
                Err(VaultError::BadRow)
            }
        }
        (Some(_), None, None) => Err(VaultError::WrongState),
        (None, None, None) => Err(VaultError::Erased),
        _ => Err(VaultError::BadRow),
    }
}

/// Empties every version of `item`; what is left says only that they were there.
pub(crate) fn erase_all(tx: &Tx<'_>, item: &ItemId) -> Result<Vec<Row>, VaultError> {
    tx.run(
        "UPDATE version SET mime = '', size = 0, name = '', body_key = NULL, body = NULL, file_salt = NULL,
            file_seal = NULL WHERE item = ?1",
        [item.0],
    )?;
    chunk::erase_all(tx, item)?;
    of_item(tx, item)
}

/// Parts of files that belong to no version that is held: item, version and part of each, the item's
/// id as it stands.
///
/// # Errors
/// When the space cannot be read.
pub fn stray_parts(read: &Read<'_>) -> Result<Vec<(Vec<u8>, i64, i64)>, VaultError> {
    chunk::without_file(read)
}

/// Every row.
pub fn each(read: &Read<'_>, each: &mut dyn FnMut(Row) -> Result<(), VaultError>) -> Result<(), VaultError> {
    read.each(
        "SELECT item, no, added_at, mime, size, name, body_key, body, file_salt, file_seal
         FROM version ORDER BY item, no",
        [],
        |row| each(map(row)?),
    )
}

impl Row {
    /// What the log commits to. The key among the columns keeps the digest from being guessed.
    pub fn fact(&self) -> Fact {
        let Self { item, no, added_at, mime, size, name, body_key, body, file_salt, file_seal } = self;
        RowDigest::of("version")
            .blob(&item.0)
            .int(*no)
            .int(added_at.0)
            .text(mime)
            .int(i64::try_from(*size).unwrap_or(i64::MAX))
            .text(name)
            // EXPOSE: hashed, so that a changed key is found like any other change.
            .opt_blob(body_key.as_ref().map(|key| key.expose().as_slice()))
            .opt_blob(body.as_deref())
            .opt_blob(file_salt.as_ref().map(<[u8; 32]>::as_slice))
            .opt_blob(file_seal.as_ref().map(<[u8; 32]>::as_slice))
            .finish([item.0.as_slice(), &no.to_be_bytes()].concat())
    }

    /// Whether the body is a file that lies in chunks.
    pub fn is_file(&self) -> bool {
        self.file_seal.is_some()
    }

    fn empty(new: &NewVersion<'_>, size: u64) -> Self {
        let NewVersion { item, no, added_at, mime, name } = new;
        Self {
            item: *item,
            no: *no,
            added_at: *added_at,
            mime: (*mime).to_owned(),
            size,
            name: (*name).to_owned(),
            body_key: None,
            body: None,
            file_salt: None,
            file_seal: None,
        }
    }
}

fn insert_row(tx: &Tx<'_>, row: &Row) -> Result<(), VaultError> {
    let Row { item, no, added_at, mime, size, name, body_key, body, file_salt, file_seal } = row;
    // EXPOSE: stored in the sealed database, which is where it lives.
    let body_key = body_key.as_ref().map(|key| key.expose());
    tx.insert(
        "INSERT INTO version(item, no, added_at, mime, size, name, body_key, body, file_salt, file_seal)
         VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        (item.0, no, added_at.0, mime, to_i64(*size)?, name, body_key, body, file_salt, file_seal),
    )?;
    Ok(())
}

fn map(row: &SqlRow<'_>) -> Result<Row, VaultError> {
    Ok(Row {
        item: Id(row.get(0)?),
        no: row.get(1)?,
        added_at: UnixTime(row.get(2)?),
        mime: row.get(3)?,
        size: to_u64(row.get(4)?)?,
        name: row.get(5)?,
        body_key: row.get::<_, Option<[u8; 32]>>(6)?.map(Secret::new),
        body: row.get(7)?,
        file_salt: row.get(8)?,
        file_seal: row.get(9)?,
    })
}

fn context(item: &ItemId, no: u32) -> Vec<u8> {
    [b"chop/1/body/".as_slice(), &item.0, &no.to_be_bytes()].concat()
}

/// The longest body that lies in its row: 16 MiB.
pub const MAX_BODY_BYTES: usize = 16 * 1024 * 1024;
/// The largest file: 100 MiB.
pub const MAX_FILE_BYTES: u64 = chop_formats::file_seal::MAX_FILE;
