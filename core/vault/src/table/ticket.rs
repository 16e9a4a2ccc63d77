//! `ticket`: an intent in the log that waits for its outcome.

use chop_model::Id;
use rusqlite::Row as SqlRow;

use super::{to_i64, to_u64};
use crate::fact::RowDigest;
use crate::{Fact, Read, Tx, VaultError};

numbered! {
    /// Where an intent stands.
    pub enum TicketState {
        /// Waiting. Found so at start, it becomes [`TicketState::Unknown`], never "not used".
        Open = 1,
        /// Its outcome is in the log.
        Done = 2,
        /// Nobody knows: the machine stopped between intent and outcome.
        Unknown = 3,
    }
}

/// One ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The number of the intent's log entry.
    pub seq: u64,
    /// The exchange it is part of.
    pub exchange: Id,
    /// What was intended; the numbers are the journal's.
    pub kind: u8,
    /// Where it stands.
    pub state: TicketState,
    /// The number of the log entry that closed it.
    pub closed_seq: Option<u64>,
}

/// Opens a ticket for the intent logged as `seq`.
///
/// # Errors
/// [`VaultError::Exists`] when that entry has one.
pub fn open(tx: &Tx<'_>, seq: u64, exchange: &Id, kind: u8) -> Result<Row, VaultError> {
    tx.insert(
        "INSERT INTO ticket(seq, exchange, kind, state) VALUES(?1, ?2, ?3, 1)",
        (to_i64(seq)?, exchange.0, kind),
    )?;
    Ok(Row { seq, exchange: *exchange, kind, state: TicketState::Open, closed_seq: None })
}

/// Closes an open ticket by the outcome logged as `closed_seq`; the row as it is then.
///
/// # Errors
/// [`VaultError::WrongState`] when it is not open.
pub fn close(tx: &Tx<'_>, seq: u64, state: TicketState, closed_seq: u64) -> Result<Row, VaultError> {
    let changed = tx.run(
        "UPDATE ticket SET state = ?2, closed_seq = ?3 WHERE seq = ?1 AND state = 1",
        (to_i64(seq)?, state, to_i64(closed_seq)?),
    )?;
    if changed != 1 {
        return Err(VaultError::WrongState);
    }
    find(tx, seq)?.ok_or(VaultError::Missing)
}

/// The ticket of the intent logged as `seq`.
///
/// # Errors
/// When the space cannot be read.
pub fn find(read: &Read<'_>, seq: u64) -> Result<Option<Row>, VaultError> {
    read.find(
        "SELECT seq, exchange, kind, state, closed_seq FROM ticket WHERE seq = ?1",
        [to_i64(seq)?],
        |row| Ok(map(row)),
    )?
    .transpose()
}

/// The tickets that wait, oldest first.
///
/// # Errors
/// When the space cannot be read.
pub fn open_ones(read: &Read<'_>) -> Result<Vec<Row>, VaultError> {
    let mut out = Vec::new();
    read.each(
        "SELECT seq, exchange, kind, state, closed_seq FROM ticket WHERE state = 1 ORDER BY seq",
        [],
        |row| {
            out.push(map(row)?);
            Ok(())
        },
    )?;
    Ok(out)
}

/// Every row, by number.
///
/// # Errors
/// The first that reading or `each` gives.
pub fn each(read: &Read<'_>, each: &mut dyn FnMut(Row) -> Result<(), VaultError>) -> Result<(), VaultError> {
    read.each("SELECT seq, exchange, kind, state, closed_seq FROM ticket ORDER BY seq", [], |row| {
        each(map(row)?)
    })
}

impl Row {
    /// What the log commits to.
    pub fn fact(&self) -> Fact {
        let Self { seq, exchange, kind, state, closed_seq } = self;
        let as_int = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        RowDigest::of("ticket")
            .int(as_int(*seq))
            .blob(&exchange.0)
            .int(*kind)
            .int(state.number())
            .opt_int(closed_seq.map(as_int))
            .finish(seq.to_be_bytes().to_vec())
    }
}

fn map(row: &SqlRow<'_>) -> Result<Row, VaultError> {
    Ok(Row {
        seq: to_u64(row.get(0)?)?,
        exchange: Id(row.get(1)?),
        kind: row.get(2)?,
        state: row.get(3)?,
        closed_seq: row.get::<_, Option<i64>>(4)?.map(to_u64).transpose()?,
    })
}
