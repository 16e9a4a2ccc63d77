//! `mark`: what the holder says about an item: whether and how it is shared, whether biometric claims of
//! it may go by other ways than a QR code, and whom it is about.

use chop_model::{Id, ItemId, UnixTime};
use rusqlite::Row as SqlRow;

use crate::fact::RowDigest;
use crate::{Fact, Read, Tx, VaultError};

/// One row an item; an item without a row has never been marked.
pub(crate) const SCHEMA: &str = "
CREATE TABLE mark(
    item       BLOB PRIMARY KEY CHECK(length(item) = 16),
    share      INTEGER NOT NULL,
    biometric  INTEGER NOT NULL,
    subject    BLOB CHECK(length(subject) = 16),
    act        BLOB NOT NULL CHECK(length(act) = 16),
    changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
";

numbered! {
    /// How an item is shared (gba.md rows 89, 90).
    pub enum ShareClass {
        /// 不予共享: in no grant, whoever asks.
        Never = 1,
        /// 有条件共享: asked for each time. Nobody has to choose it.
        Conditional = 2,
        /// 无条件共享: the holder has said yes beforehand; each use is still in the record.
        Open = 3,
    }
}

/// What the holder said about an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The item.
    pub item: ItemId,
    /// How it is shared.
    pub share: ShareClass,
    /// Whether its biometric claims may go by ways other than a QR code.
    pub biometric: bool,
    /// The profile of whom it is about; nothing: the owner of the space.
    pub subject: Option<Id>,
    /// The act by which it was said last.
    pub act: Id,
    /// When.
    pub changed_at: UnixTime,
}

/// Writes what is said about an item, whatever was said before.
///
/// # Errors
/// When the row cannot be written.
pub fn set(tx: &Tx<'_>, mark: &Row) -> Result<(), VaultError> {
    let Row { item, share, biometric, subject, act, changed_at } = mark;
    tx.run(
        "INSERT OR REPLACE INTO mark(item, share, biometric, subject, act, changed_at)
         VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
        (item.0, share, biometric, subject.map(|id| id.0), act.0, changed_at.0),
    )?;
    Ok(())
}

/// What is said about an item.
///
/// # Errors
/// When the space cannot be read.
pub fn find(read: &Read<'_>, item: &ItemId) -> Result<Option<Row>, VaultError> {
    read.find(
        "SELECT item, share, biometric, subject, act, changed_at FROM mark WHERE item = ?1",
        [item.0],
        |row| Ok(map(row)),
    )?
    .transpose()
}

impl Row {
    /// What the log commits to.
    pub fn fact(&self) -> Fact {
        let Self { item, share, biometric, subject, act, changed_at } = self;
        RowDigest::of("mark")
            .blob(&item.0)
            .int(share.number())
            .int(i64::from(*biometric))
            .opt_blob(subject.as_ref().map(|id| id.0.as_slice()))
            .blob(&act.0)
            .int(changed_at.0)
            .finish(item.0.to_vec())
    }
}

fn map(row: &SqlRow<'_>) -> Result<Row, VaultError> {
    Ok(Row {
        item: Id(row.get(0)?),
        share: row.get(1)?,
        biometric: row.get(2)?,
        subject: row.get::<_, Option<[u8; 16]>>(3)?.map(Id),
        act: Id(row.get(4)?),
        changed_at: UnixTime(row.get(5)?),
    })
}
