//! `consent`: what became of each consent: its state, its uses, and the latest time that was seen.
//!
//! The record itself is an artefact of the exchange and never changes; a row here moves, one entry in the
//! log for each move. `last_seen` only grows: a clock that goes back revives nothing.

use chop_crypto::Digest;
use chop_model::{Id, UnixTime};
use rusqlite::Row as SqlRow;

use super::exchange::Role;
use crate::fact::RowDigest;
use crate::{Fact, Read, Tx, VaultError};

/// The table's statements, for the schema.
pub(crate) const SCHEMA: &str = "
CREATE TABLE consent(
    id          BLOB PRIMARY KEY CHECK(length(id) = 16),
    role        INTEGER NOT NULL,
    state       INTEGER NOT NULL,
    ended       INTEGER,
    client_id   TEXT NOT NULL,
    peer        TEXT NOT NULL,
    purpose     TEXT NOT NULL,
    record      BLOB CHECK(record IS NULL OR length(record) = 32),
    replaces    BLOB,
    uses        INTEGER NOT NULL,
    max_uses    INTEGER NOT NULL CHECK(uses BETWEEN 0 AND max_uses),
    valid_from  INTEGER NOT NULL,
    valid_until INTEGER NOT NULL,
    last_seen   INTEGER NOT NULL,
    pledge      INTEGER NOT NULL,
    pledge_due  INTEGER,
    reason      TEXT NOT NULL,
    updated_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX consent_of_asker ON consent(purpose, updated_at);
";

/// One consent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The exchange's id; for a holder also the grant's `jti`.
    pub id: Id,
    /// Whether this space gave it or received it.
    pub role: Role,
    /// Its state; the numbers are core's.
    pub state: u8,
    /// The state in which it ended, once a deletion is asked for.
    pub ended: Option<u8>,
    /// The recipient's full client id.
    pub client_id: String,
    /// The recipient's registration, `scheme:value`: a new certificate is the same asker.
    pub peer: String,
    /// The purpose's code.
    pub purpose: String,
    /// Digest of the consent record; none where nothing was given.
    pub record: Option<Digest>,
    /// The consent that this one supersedes.
    pub replaces: Option<Id>,
    /// How often it was used.
    pub uses: u32,
    /// How often it may be.
    pub max_uses: u32,
    /// From when.
    pub valid_from: UnixTime,
    /// Until when.
    pub valid_until: UnixTime,
    /// The latest time that this consent has seen.
    pub last_seen: UnixTime,
    /// 容缺: whether a pledge is open, kept or broken; the numbers are core's.
    pub pledge: u8,
    /// When the pledge is due.
    pub pledge_due: Option<UnixTime>,
    /// Why it moved last, in the person's or the recipient's words; may be empty.
    pub reason: String,
    /// When it moved last.
    pub updated_at: UnixTime,
}

/// Keeps a consent.
///
/// # Errors
/// [`VaultError::Exists`] when there is one of that id.
pub fn insert(tx: &Tx<'_>, row: &Row) -> Result<(), VaultError> {
    let changed = tx.run(
        "INSERT INTO consent(id, role, state, ended, client_id, peer, purpose, record, replaces, uses, max_uses,
            valid_from, valid_until, last_seen, pledge, pledge_due, reason, updated_at)
         VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
        rusqlite::params![
            row.id.0,
            row.role,
            row.state,
            row.ended,
            row.client_id,
            row.peer,
            row.purpose,
            row.record,
            row.replaces.map(|id| id.0),
            row.uses,
            row.max_uses,
            row.valid_from.0,
            row.valid_until.0,
            row.last_seen.0,
            row.pledge,
            row.pledge_due.map(|at| at.0),
            row.reason,
            row.updated_at.0,
        ],
    )?;
    if changed == 1 { Ok(()) } else { Err(VaultError::Exists) }
}

/// Moves a consent from state `from` to what `to` says. Who gave it to whom and what for does not change.
///
/// # Errors
/// [`VaultError::WrongState`] when it is not in `from`: somebody was faster.
pub fn advance(tx: &Tx<'_>, from: u8, to: &Row) -> Result<(), VaultError> {
    let changed = tx.run(
        "UPDATE consent SET state = ?3, ended = ?4, uses = ?5, last_seen = ?6, pledge = ?7, pledge_due = ?8,
            reason = ?9, updated_at = ?10 WHERE id = ?1 AND state = ?2",
        rusqlite::params![
            to.id.0,
            from,
            to.state,
            to.ended,
            to.uses,
            to.last_seen.0,
            to.pledge,
            to.pledge_due.map(|at| at.0),
            to.reason,
            to.updated_at.0,
        ],
    )?;
    if changed == 1 { Ok(()) } else { Err(VaultError::WrongState) }
}

/// The consent called `id`.
///
/// # Errors
/// When the space cannot be read.
pub fn find(read: &Read<'_>, id: &Id) -> Result<Option<Row>, VaultError> {
    read.find(
        "SELECT id, role, state, ended, client_id, peer, purpose, record, replaces, uses, max_uses, valid_from,
            valid_until, last_seen, pledge, pledge_due, reason, updated_at FROM consent WHERE id = ?1",
        [id.0],
        map,
    )
}

/// The latest time at which a consent in `state` was left by the same asker for the same purpose: by its
/// client id, or by its registration under another certificate.
///
/// # Errors
/// When the space cannot be read.
pub fn latest_in(
    read: &Read<'_>,
    state: u8,
    client_id: &str,
    peer: &str,
    purpose: &str,
) -> Result<Option<UnixTime>, VaultError> {
    let found: Option<Option<i64>> = read.find(
        "SELECT max(updated_at) FROM consent
         WHERE purpose = ?4 AND role = 1 AND state = ?1 AND (client_id = ?2 OR peer = ?3)",
        (state, client_id, peer, purpose),
        |row| row.get(0),
    )?;
    Ok(found.flatten().map(UnixTime))
}

/// Every consent, by id.
///
/// # Errors
/// The first that reading or `each` gives.
pub fn each(read: &Read<'_>, each: &mut dyn FnMut(Row) -> Result<(), VaultError>) -> Result<(), VaultError> {
    read.each(
        "SELECT id, role, state, ended, client_id, peer, purpose, record, replaces, uses, max_uses, valid_from,
            valid_until, last_seen, pledge, pledge_due, reason, updated_at FROM consent ORDER BY id",
        [],
        |row| each(map(row)?),
    )
}

impl Row {
    /// What the log commits to.
    pub fn fact(&self) -> Fact {
        RowDigest::of("consent")
            .blob(&self.id.0)
            .int(self.role.number())
            .int(self.state)
            .opt_int(self.ended.map(i64::from))
            .text(&self.client_id)
            .text(&self.peer)
            .text(&self.purpose)
            .opt_blob(self.record.as_ref().map(<[u8; 32]>::as_slice))
            .opt_blob(self.replaces.as_ref().map(|id| id.0.as_slice()))
            .int(self.uses)
            .int(self.max_uses)
            .int(self.valid_from.0)
            .int(self.valid_until.0)
            .int(self.last_seen.0)
            .int(self.pledge)
            .opt_int(self.pledge_due.map(|at| at.0))
            .text(&self.reason)
            .int(self.updated_at.0)
            .finish(self.id.0.to_vec())
    }
}

fn map(row: &SqlRow<'_>) -> rusqlite::Result<Row> {
    Ok(Row {
        id: Id(row.get(0)?),
        role: row.get(1)?,
        state: row.get(2)?,
        ended: row.get(3)?,
        client_id: row.get(4)?,
        peer: row.get(5)?,
        purpose: row.get(6)?,
        record: row.get(7)?,
        replaces: row.get::<_, Option<[u8; 16]>>(8)?.map(Id),
        uses: row.get(9)?,
        max_uses: row.get(10)?,
        valid_from: UnixTime(row.get(11)?),
        valid_until: UnixTime(row.get(12)?),
        last_seen: UnixTime(row.get(13)?),
        pledge: row.get(14)?,
        pledge_due: row.get::<_, Option<i64>>(15)?.map(UnixTime),
        reason: row.get(16)?,
        updated_at: UnixTime(row.get(17)?),
    })
}
