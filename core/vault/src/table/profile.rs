//! `profile`: people for whom the owner of the space acts: a child under a guardian (gba.md row 113).

use chop_model::{Id, ItemId, Jurisdiction, UnixTime};
use rusqlite::Row as SqlRow;

use crate::fact::RowDigest;
use crate::{Fact, Read, Tx, VaultError};

/// Names and birth dates are guessable: the row's digest is covered by a salt of its own.
pub(crate) const SCHEMA: &str = "
CREATE TABLE profile(
    id         BLOB PRIMARY KEY CHECK(length(id) = 16),
    name       TEXT NOT NULL,
    birth_date TEXT NOT NULL,
    place      TEXT NOT NULL,
    guardian   TEXT NOT NULL,
    relation   INTEGER NOT NULL,
    evidence   BLOB CHECK(length(evidence) = 16),
    added_at   INTEGER NOT NULL,
    salt       BLOB NOT NULL CHECK(length(salt) = 32)
) STRICT, WITHOUT ROWID;
";

numbered! {
    /// What the owner of the space is to the person of a profile.
    pub enum Relation {
        /// Mother or father.
        Parent = 1,
        /// Guardian by law or appointment.
        Guardian = 2,
    }
}

/// Somebody for whom the owner of the space acts.
#[derive(Clone, PartialEq, Eq)]
pub struct Row {
    /// Its id. Local to a space and never sent.
    pub id: Id,
    /// Their name.
    pub name: String,
    /// Their birth date, `YYYY-MM-DD`.
    pub birth_date: String,
    /// Where they live: whose law on minors is asked.
    pub place: Jurisdiction,
    /// The guardian's name, as it stands in a record.
    pub guardian: String,
    /// What the guardian is to them.
    pub relation: Relation,
    /// The holding that shows the relation: a birth certificate, a court order.
    pub evidence: Option<ItemId>,
    /// When it was written.
    pub added_at: UnixTime,
    /// 32 random bytes that keep the row's digest from being guessed.
    pub salt: [u8; 32],
}

/// A child's name and birth date are nobody's business in a log.
impl std::fmt::Debug for Row {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Profile({})", self.id)
    }
}

/// Writes a profile, whatever it was before.
///
/// # Errors
/// When the row cannot be written.
pub fn set(tx: &Tx<'_>, profile: &Row) -> Result<(), VaultError> {
    let Row { id, name, birth_date, place, guardian, relation, evidence, added_at, salt } = profile;
    tx.run(
        "INSERT OR REPLACE INTO profile(id, name, birth_date, place, guardian, relation, evidence, added_at,
            salt) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        rusqlite::params![
            id.0,
            name,
            birth_date,
            place.code(),
            guardian,
            relation,
            evidence.map(|id| id.0),
            added_at.0,
            salt
        ],
    )?;
    Ok(())
}

/// One profile.
///
/// # Errors
/// When the space cannot be read.
pub fn find(read: &Read<'_>, id: &Id) -> Result<Option<Row>, VaultError> {
    read.find(
        "SELECT id, name, birth_date, place, guardian, relation, evidence, added_at, salt
            FROM profile WHERE id = ?1",
        [id.0],
        |row| Ok(map(row)),
    )?
    .transpose()
}

/// All profiles, oldest first.
///
/// # Errors
/// When the space cannot be read.
pub fn all(read: &Read<'_>) -> Result<Vec<Row>, VaultError> {
    let mut out = Vec::new();
    read.each(
        "SELECT id, name, birth_date, place, guardian, relation, evidence, added_at, salt
            FROM profile ORDER BY added_at, id",
        [],
        |row| {
            out.push(map(row)?);
            Ok(())
        },
    )?;
    Ok(out)
}

impl Row {
    /// What the log commits to.
    pub fn fact(&self) -> Fact {
        let Self { id, name, birth_date, place, guardian, relation, evidence, added_at, salt } = self;
        RowDigest::of("profile")
            .blob(&id.0)
            .text(name)
            .text(birth_date)
            .text(place.code())
            .text(guardian)
            .int(relation.number())
            .opt_blob(evidence.as_ref().map(|id| id.0.as_slice()))
            .int(added_at.0)
            .blob(salt)
            .finish(id.0.to_vec())
    }
}

fn map(row: &SqlRow<'_>) -> Result<Row, VaultError> {
    let place: String = row.get(3)?;
    Ok(Row {
        id: Id(row.get(0)?),
        name: row.get(1)?,
        birth_date: row.get(2)?,
        place: Jurisdiction::from_code(&place).ok_or(VaultError::BadRow)?,
        guardian: row.get(4)?,
        relation: row.get(5)?,
        evidence: row.get::<_, Option<[u8; 16]>>(6)?.map(Id),
        added_at: UnixTime(row.get(7)?),
        salt: row.get(8)?,
    })
}
