//! `offer`: one offer that goes through a relay, on either side (mode C).

use chop_crypto::Digest;
use chop_model::{Id, UnixTime};
use rusqlite::Row as SqlRow;

use super::exchange::Role;
use crate::fact::RowDigest;
use crate::{Fact, Read, Tx, VaultError};

/// Statement of the table.
pub(crate) const SCHEMA: &str = "
CREATE TABLE offer(
    id         BLOB PRIMARY KEY CHECK(length(id) = 16),
    role       INTEGER NOT NULL,
    mode       INTEGER NOT NULL,
    state      INTEGER NOT NULL,
    relay      TEXT NOT NULL,
    offer      BLOB NOT NULL CHECK(length(offer) = 16),
    grant      BLOB NOT NULL CHECK(length(grant) = 32),
    claim      BLOB,
    seen       INTEGER NOT NULL,
    others     INTEGER NOT NULL,
    client_id  TEXT NOT NULL,
    peer_name  TEXT NOT NULL,
    purpose    TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
";

/// Statements are constants: what they have in common is written once.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, role, mode, state, relay, offer, grant, claim, seen, others, client_id, peer_name,
                purpose, created_at, expires_at, updated_at FROM offer ",
            $rest
        )
    };
}

/// One offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its id; for a holder the grant's `jti`, and the id of the exchange that takes it up.
    pub id: Id,
    /// Which side this is.
    pub role: Role,
    /// Which mode of C; the numbers are the flow's.
    pub mode: u8,
    /// How far it is; the numbers are the flow's.
    pub state: u8,
    /// Origin of the relay.
    pub relay: String,
    /// `G`: its name at the relay.
    pub offer: [u8; 16],
    /// `h(grant)`.
    pub grant: Digest,
    /// SHA-256 of the body of the claim that is ahead, once one is.
    pub claim: Option<Digest>,
    /// Number of the last event of the relay that was taken in (holder).
    pub seen: u64,
    /// How many other claims came (holder).
    pub others: u64,
    /// The verifier's full client id, once it is known.
    pub client_id: String,
    /// The other side's name, as it was shown.
    pub peer_name: String,
    /// The purpose's code.
    pub purpose: String,
    /// When it was made or scanned.
    pub created_at: UnixTime,
    /// When it ends.
    pub expires_at: UnixTime,
    /// When it moved last.
    pub updated_at: UnixTime,
}

/// Begins an offer.
///
/// # Errors
/// [`VaultError::Exists`] when the id is taken.
pub fn insert(tx: &Tx<'_>, row: &Row) -> Result<(), VaultError> {
    let Row { id, role, mode, state, relay, offer, grant, claim, seen, others, client_id, .. } = row;
    let Row { peer_name, purpose, created_at, expires_at, updated_at, .. } = row;
    tx.run(
        "INSERT INTO offer(id, role, mode, state, relay, offer, grant, claim, seen, others, client_id,
            peer_name, purpose, created_at, expires_at, updated_at)
         VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
        rusqlite::params![
            id.0,
            role,
            mode,
            state,
            relay,
            offer,
            grant,
            claim,
            number(*seen),
            number(*others),
            client_id,
            peer_name,
            purpose,
            created_at.0,
            expires_at.0,
            updated_at.0
        ],
    )?;
    Ok(())
}

/// Brings a row from `before` to `after`. What names the offer stays.
///
/// # Errors
/// [`VaultError::WrongState`] when it is no longer as `before`: somebody was faster.
pub fn update(tx: &Tx<'_>, before: &Row, after: &Row) -> Result<(), VaultError> {
    let changed = tx.run(
        "UPDATE offer SET state = ?2, claim = ?3, seen = ?4, others = ?5, client_id = ?6, peer_name = ?7,
            expires_at = ?8, updated_at = ?9, mode = ?13
         WHERE id = ?1 AND state = ?10 AND seen = ?11 AND claim IS ?12",
        rusqlite::params![
            after.id.0,
            after.state,
            after.claim,
            number(after.seen),
            number(after.others),
            after.client_id,
            after.peer_name,
            after.expires_at.0,
            after.updated_at.0,
            before.state,
            number(before.seen),
            before.claim,
            after.mode
        ],
    )?;
    if changed == 1 { Ok(()) } else { Err(VaultError::WrongState) }
}

/// The offer called `id`.
///
/// # Errors
/// When the space cannot be read.
pub fn find(read: &Read<'_>, id: &Id) -> Result<Option<Row>, VaultError> {
    read.find(select!("WHERE id = ?1"), [id.0], map)
}

/// Every offer of this name at its relay that this role has: a claim that was refused may be made anew.
///
/// # Errors
/// When the space cannot be read.
pub fn named(read: &Read<'_>, role: Role, offer: &[u8; 16]) -> Result<Vec<Row>, VaultError> {
    read.list(select!("WHERE role = ?1 AND offer = ?2 ORDER BY id"), (role, offer), map)
}

/// Every offer, by id.
///
/// # Errors
/// The first that reading or `each` gives.
pub fn each(read: &Read<'_>, each: &mut dyn FnMut(Row) -> Result<(), VaultError>) -> Result<(), VaultError> {
    read.each(select!("ORDER BY id"), [], |row| each(map(row)?))
}

impl Row {
    /// What the log commits to.
    pub fn fact(&self) -> Fact {
        let Self { id, role, mode, state, relay, offer, grant, claim, seen, others, client_id, .. } = self;
        let Self { peer_name, purpose, created_at, expires_at, updated_at, .. } = self;
        let digest = RowDigest::of("offer")
            .blob(&id.0)
            .int(role.number())
            .int(*mode)
            .int(*state)
            .text(relay)
            .blob(offer)
            .blob(grant);
        let digest = match claim {
            Some(claim) => digest.blob(claim),
            None => digest.opt_int(None),
        };
        digest
            .int(number(*seen))
            .int(number(*others))
            .text(client_id)
            .text(peer_name)
            .text(purpose)
            .int(created_at.0)
            .int(expires_at.0)
            .int(updated_at.0)
            .finish(id.0.to_vec())
    }
}

fn number(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn map(row: &SqlRow<'_>) -> rusqlite::Result<Row> {
    let count = |n: i64| u64::try_from(n).unwrap_or(u64::MAX);
    Ok(Row {
        id: Id(row.get(0)?),
        role: row.get(1)?,
        mode: row.get(2)?,
        state: row.get(3)?,
        relay: row.get(4)?,
        offer: row.get(5)?,
        grant: row.get(6)?,
        claim: row.get(7)?,
        seen: count(row.get(8)?),
        others: count(row.get(9)?),
        client_id: row.get(10)?,
        peer_name: row.get(11)?,
        purpose: row.get(12)?,
        created_at: UnixTime(row.get(13)?),
        expires_at: UnixTime(row.get(14)?),
        updated_at: UnixTime(row.get(15)?),
    })
}
