//! `remedy`: what a person asked of a recipient after a grant, and how far it is: requests for their
//! rights, complaints, disputes, notices of correction.
//!
//! A row moves, one entry in the log for each move. `last_seen` only grows: a clock that goes back does
//! not make an overdue answer punctual. `body` is what was said at each step, as JSON.

use chop_model::{Id, UnixTime};
use rusqlite::Row as SqlRow;

use crate::fact::RowDigest;
use crate::{Fact, Read, Tx, VaultError};

/// The table's statements, for the schema.
pub(crate) const SCHEMA: &str = "
CREATE TABLE remedy(
    id        BLOB PRIMARY KEY CHECK(length(id) = 16),
    kind      INTEGER NOT NULL,
    state     INTEGER NOT NULL,
    exchange  BLOB NOT NULL CHECK(length(exchange) = 16),
    due       INTEGER,
    last_seen INTEGER NOT NULL,
    opened_at INTEGER NOT NULL,
    body      TEXT NOT NULL
) STRICT, WITHOUT ROWID;
";

/// One case.
#[derive(Clone, PartialEq, Eq)]
pub struct Row {
    /// Random.
    pub id: Id,
    /// What is asked; the numbers are core's.
    pub kind: u8,
    /// How far it is; the numbers are core's.
    pub state: u8,
    /// The grant that it is about.
    pub exchange: Id,
    /// When an answer is due, where a law or the recipient says so.
    pub due: Option<UnixTime>,
    /// The latest time that this case has seen.
    pub last_seen: UnixTime,
    /// When it was opened.
    pub opened_at: UnixTime,
    /// What was said, step by step: JSON.
    pub body: String,
}

/// Whom somebody complains about is nobody's business in a log.
impl std::fmt::Debug for Row {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Remedy({})", self.id)
    }
}

/// Keeps a case.
///
/// # Errors
/// [`VaultError::Exists`] when there is one of that id.
pub fn insert(tx: &Tx<'_>, row: &Row) -> Result<(), VaultError> {
    let changed = tx.run(
        "INSERT INTO remedy(id, kind, state, exchange, due, last_seen, opened_at, body)
         VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        rusqlite::params![
            row.id.0,
            row.kind,
            row.state,
            row.exchange.0,
            row.due.map(|at| at.0),
            row.last_seen.0,
            row.opened_at.0,
            row.body,
        ],
    )?;
    if changed == 1 { Ok(()) } else { Err(VaultError::Exists) }
}

/// Moves a case from state `from` to what `to` says. What it is about does not change.
///
/// # Errors
/// [`VaultError::WrongState`] when it is not in `from`: somebody was faster.
pub fn advance(tx: &Tx<'_>, from: u8, to: &Row) -> Result<(), VaultError> {
    let changed = tx.run(
        "UPDATE remedy SET state = ?3, due = ?4, last_seen = ?5, body = ?6 WHERE id = ?1 AND state = ?2",
        rusqlite::params![to.id.0, from, to.state, to.due.map(|at| at.0), to.last_seen.0, to.body],
    )?;
    if changed == 1 { Ok(()) } else { Err(VaultError::WrongState) }
}

/// The case called `id`.
///
/// # Errors
/// When the space cannot be read.
pub fn find(read: &Read<'_>, id: &Id) -> Result<Option<Row>, VaultError> {
    read.find(
        "SELECT id, kind, state, exchange, due, last_seen, opened_at, body FROM remedy WHERE id = ?1",
        [id.0],
        map,
    )
}

/// Every case, by id.
///
/// # Errors
/// The first that reading or `each` gives.
pub fn each(read: &Read<'_>, each: &mut dyn FnMut(Row) -> Result<(), VaultError>) -> Result<(), VaultError> {
    read.each(
        "SELECT id, kind, state, exchange, due, last_seen, opened_at, body FROM remedy ORDER BY id",
        [],
        |row| each(map(row)?),
    )
}

impl Row {
    /// What the log commits to.
    pub fn fact(&self) -> Fact {
        RowDigest::of("remedy")
            .blob(&self.id.0)
            .int(self.kind)
            .int(self.state)
            .blob(&self.exchange.0)
            .opt_int(self.due.map(|at| at.0))
            .int(self.last_seen.0)
            .int(self.opened_at.0)
            .text(&self.body)
            .finish(self.id.0.to_vec())
    }
}

fn map(row: &SqlRow<'_>) -> rusqlite::Result<Row> {
    Ok(Row {
        id: Id(row.get(0)?),
        kind: row.get(1)?,
        state: row.get(2)?,
        exchange: Id(row.get(3)?),
        due: row.get::<_, Option<i64>>(4)?.map(UnixTime),
        last_seen: UnixTime(row.get(5)?),
        opened_at: UnixTime(row.get(6)?),
        body: row.get(7)?,
    })
}
