//! `exchange`: one request being asked or answered. (role, client_id, nonce) comes once.

use chop_model::{Id, UnixTime};
use rusqlite::Row as SqlRow;

use crate::fact::RowDigest;
use crate::{Fact, Read, Tx, VaultError};

numbered! {
    /// Which side this space is on.
    pub enum Role {
        /// It answers.
        Holder = 1,
        /// It asks.
        Verifier = 2,
    }
}

/// One exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its id, local to this space.
    pub id: Id,
    /// Which side this is.
    pub role: Role,
    /// How far it is; the numbers are the flow's.
    pub state: u8,
    /// The verifier's full client id.
    pub client_id: String,
    /// The request's nonce.
    pub nonce: String,
    /// The other side's name, as it was shown.
    pub peer_name: String,
    /// The purpose's code.
    pub purpose: String,
    /// When it began.
    pub created_at: UnixTime,
    /// When the request lapses.
    pub expires_at: UnixTime,
    /// When its state moved last.
    pub updated_at: UnixTime,
}

/// Begins an exchange.
///
/// # Errors
/// [`VaultError::Exists`] when this role has seen that request: it is not answered twice.
pub fn insert(tx: &Tx<'_>, exchange: &Row) -> Result<(), VaultError> {
    let Row { id, role, state, client_id, nonce, peer_name, purpose, created_at, expires_at, updated_at } =
        exchange;
    tx.run(
        "INSERT INTO exchange(id, role, state, client_id, nonce, peer_name, purpose, created_at, expires_at,
            updated_at) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        (id.0, role, state, client_id, nonce, peer_name, purpose, created_at.0, expires_at.0, updated_at.0),
    )?;
    Ok(())
}

/// Moves an exchange from state `from` to state `to`; the row as it is then.
///
/// # Errors
/// [`VaultError::WrongState`] when it is not in `from`: somebody was faster, or it was done before.
pub fn advance(tx: &Tx<'_>, id: &Id, from: u8, to: u8, now: UnixTime) -> Result<Row, VaultError> {
    let changed = tx.run(
        "UPDATE exchange SET state = ?3, updated_at = ?4 WHERE id = ?1 AND state = ?2",
        (id.0, from, to, now.0),
    )?;
    if changed != 1 {
        return Err(VaultError::WrongState);
    }
    find(tx, id)?.ok_or(VaultError::Missing)
}

/// The exchange called `id`.
///
/// # Errors
/// When the space cannot be read.
pub fn find(read: &Read<'_>, id: &Id) -> Result<Option<Row>, VaultError> {
    read.find(
        "SELECT id, role, state, client_id, nonce, peer_name, purpose, created_at, expires_at, updated_at
         FROM exchange WHERE id = ?1",
        [id.0],
        map,
    )
}

/// The exchange of one request, if this role has seen it.
///
/// # Errors
/// When the space cannot be read.
pub fn find_by_nonce(
    read: &Read<'_>,
    role: Role,
    client_id: &str,
    nonce: &str,
) -> Result<Option<Row>, VaultError> {
    read.find(
        "SELECT id, role, state, client_id, nonce, peer_name, purpose, created_at, expires_at, updated_at
         FROM exchange WHERE role = ?1 AND client_id = ?2 AND nonce = ?3",
        (role, client_id, nonce),
        map,
    )
}

/// Every exchange, by id.
///
/// # Errors
/// The first that reading or `each` gives.
pub fn each(read: &Read<'_>, each: &mut dyn FnMut(Row) -> Result<(), VaultError>) -> Result<(), VaultError> {
    read.each(
        "SELECT id, role, state, client_id, nonce, peer_name, purpose, created_at, expires_at, updated_at
         FROM exchange ORDER BY id",
        [],
        |row| each(map(row)?),
    )
}

impl Row {
    /// What the log commits to.
    pub fn fact(&self) -> Fact {
        let Self {
            id,
            role,
            state,
            client_id,
            nonce,
            peer_name,
            purpose,
            created_at,
            expires_at,
            updated_at,
        } = self;
        RowDigest::of("exchange")
            .blob(&id.0)
            .int(role.number())
            .int(*state)
            .text(client_id)
            .text(nonce)
            .text(peer_name)
            .text(purpose)
            .int(created_at.0)
            .int(expires_at.0)
            .int(updated_at.0)
            .finish(id.0.to_vec())
    }
}

fn map(row: &SqlRow<'_>) -> rusqlite::Result<Row> {
    Ok(Row {
        id: Id(row.get(0)?),
        role: row.get(1)?,
        state: row.get(2)?,
        client_id: row.get(3)?,
        nonce: row.get(4)?,
        peer_name: row.get(5)?,
        purpose: row.get(6)?,
        created_at: UnixTime(row.get(7)?),
        expires_at: UnixTime(row.get(8)?),
        updated_at: UnixTime(row.get(9)?),
    })
}
