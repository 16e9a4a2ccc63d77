//! `artefact`: the very bytes that were sent or received. Rows are only ever added, and only stored
//! bytes are sent again.

use chop_crypto::{Digest, Random, Secret, SecretBytes, open, seal, sha256};
use chop_model::Id;
use rusqlite::Row as SqlRow;

use super::to_u64;
use crate::fact::RowDigest;
use crate::{Fact, Read, Tx, VaultError};

numbered! {
    /// What an artefact is.
    pub enum ArtefactKind {
        /// The signed request.
        Request = 1,
        /// The signed grant.
        Grant = 2,
        /// The signed delivery note.
        Delivery = 3,
        /// The envelope.
        Envelope = 4,
        /// The signed acknowledgement.
        Ack = 5,
        /// The message that releases the key.
        Key = 6,
        /// The signed use receipt.
        Use = 7,
        /// The signed refusal.
        Refused = 8,
        /// The signed erasure receipt.
        Erased = 9,
        /// The consent record.
        ConsentRecord = 10,
        /// The notice as it was shown.
        Notice = 11,
        /// The sealed content.
        Content = 12,
        /// What was presented, opened; erasable.
        Presentation = 13,
        /// A later use inside the verifier.
        Internal = 14,
        /// A checkpoint that a commitment opens to.
        Checkpoint = 15,
        /// A signed notice about a consent: withdrawn, or to be deleted.
        ConsentNotice = 20,
        /// What an offer was made from: picks and recipients.
        Offered = 40,
        /// The body that takes up an offer, as it is posted to the relay.
        ClaimBody = 41,
        /// The sealed envelope, as it is posted to the relay.
        RelayEnvelope = 42,
        /// The sealed acknowledgement, as it is posted to the relay.
        RelayAck = 43,
        /// The sealed key share, as it is posted to the relay.
        RelayShare = 44,
        /// The sealed use receipt or refusal, as it is posted to the relay.
        RelayUse = 45,
        /// What puts the offer at the relay, as it is posted.
        RelayCreate = 46,
        /// An entry that the relay signed.
        RelayEntry = 47,
        /// Two entries of one relay that contradict each other.
        RelayFault = 48,
        /// The body of another claim than the one that is ahead.
        OtherClaim = 49,
        /// A key statement.
        KeyStatement = 50,
        /// The signed claim of a sealed offer.
        Claim = 51,
        /// Anything else that must be kept as it was.
        Other = 255,
    }
}

/// One artefact.
#[derive(Clone, PartialEq, Eq)]
pub struct Row {
    /// Its number in the order of coming.
    pub seq: u64,
    /// The exchange it belongs to.
    pub exchange: Id,
    /// What it is.
    pub kind: ArtefactKind,
    /// SHA-256 of `bytes`.
    pub digest: Digest,
    /// Who issued it, for what may come once by (`iss`, `jti`).
    pub iss: Option<String>,
    /// Its id at its issuer.
    pub jti: Option<String>,
    /// The bytes; sealed ones for what can be erased.
    pub bytes: Vec<u8>,
}

/// What is told of an artefact that is to be kept.
#[derive(Debug, Clone, Copy)]
pub struct NewArtefact<'a> {
    /// The exchange it belongs to.
    pub exchange: Id,
    /// What it is.
    pub kind: ArtefactKind,
    /// (`iss`, `jti`) for what may come once.
    pub once: Option<(&'a str, &'a str)>,
}

/// Keeps `bytes`.
///
/// # Errors
/// [`VaultError::Exists`] when an artefact of that kind and that (`iss`, `jti`) was seen.
pub fn insert(tx: &Tx<'_>, new: &NewArtefact<'_>, bytes: &[u8]) -> Result<Row, VaultError> {
    let NewArtefact { exchange, kind, once } = *new;
    let (iss, jti) = once.unzip();
    let digest = sha256(bytes);
    let seq = tx.insert(
        "INSERT INTO artefact(exchange, kind, digest, iss, jti, bytes) VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
        (exchange.0, kind, digest, iss, jti, bytes),
    )?;
    Ok(Row {
        seq: to_u64(seq)?,
        exchange,
        kind,
        digest,
        iss: iss.map(str::to_owned),
        jti: jti.map(str::to_owned),
        bytes: bytes.to_vec(),
    })
}

/// Keeps `bytes` sealed under `key`, whose destruction erases them.
///
/// # Errors
/// As [`insert`].
pub fn insert_sealed(
    tx: &Tx<'_>,
    new: &NewArtefact<'_>,
    bytes: &[u8],
    key: &Secret<32>,
    random: &dyn Random,
) -> Result<Row, VaultError> {
    insert(tx, new, &seal(random, key, &context(&new.exchange, new.kind), bytes)?)
}

/// Opens what [`insert_sealed`] kept.
///
/// # Errors
/// [`VaultError::BadRow`] when `key` is not its key.
pub fn open_sealed(row: &Row, key: &Secret<32>) -> Result<SecretBytes, VaultError> {
    Ok(open(key, &context(&row.exchange, row.kind), &row.bytes)?)
}

/// The first artefact of `kind` in an exchange.
///
/// # Errors
/// When the space cannot be read.
pub fn find_kind(read: &Read<'_>, exchange: &Id, kind: ArtefactKind) -> Result<Option<Row>, VaultError> {
    read.find(
        "SELECT seq, exchange, kind, digest, iss, jti, bytes FROM artefact
         WHERE exchange = ?1 AND kind = ?2 ORDER BY seq LIMIT 1",
        (exchange.0, kind),
        map,
    )
}

/// The grant or the acknowledgement with this digest: the two that later objects name. Others are
/// found by their exchange.
///
/// # Errors
/// When the vault cannot be read.
pub fn find_by_digest(
    read: &Read<'_>,
    kind: ArtefactKind,
    digest: &Digest,
) -> Result<Option<Row>, VaultError> {
    // The last condition is the index's own: every other kind stays out of it, because each entry in a
    // random place costs a page of the transaction that spends.
    read.find(
        "SELECT seq, exchange, kind, digest, iss, jti, bytes FROM artefact
         WHERE kind = ?1 AND digest = ?2 AND kind IN (2, 5)",
        (kind, digest),
        map,
    )
}

/// The artefact that its issuer called `jti`.
///
/// # Errors
/// When the space cannot be read.
pub fn find_by_jti(
    read: &Read<'_>,
    kind: ArtefactKind,
    iss: &str,
    jti: &str,
) -> Result<Option<Row>, VaultError> {
    read.find(
        "SELECT seq, exchange, kind, digest, iss, jti, bytes FROM artefact
         WHERE kind = ?1 AND iss = ?2 AND jti = ?3",
        (kind, iss, jti),
        map,
    )
}

/// All artefacts of an exchange, in the order of coming.
///
/// # Errors
/// When the space cannot be read.
pub fn of_exchange(read: &Read<'_>, exchange: &Id) -> Result<Vec<Row>, VaultError> {
    read.list(
        "SELECT seq, exchange, kind, digest, iss, jti, bytes FROM artefact WHERE exchange = ?1
         ORDER BY seq",
        [exchange.0],
        map,
    )
}

impl Row {
    /// What the log commits to.
    pub fn fact(&self) -> Fact {
        let Self { seq, exchange, kind, digest, iss, jti, bytes } = self;
        RowDigest::of("artefact")
            .int(i64::try_from(*seq).unwrap_or(i64::MAX))
            .blob(&exchange.0)
            .int(kind.number())
            .blob(digest)
            .opt_text(iss.as_deref())
            .opt_text(jti.as_deref())
            .blob(bytes)
            .finish(seq.to_be_bytes().to_vec())
    }

    /// The bytes as text, for compact JWS and the like.
    ///
    /// # Errors
    /// [`VaultError::BadRow`] when they are none.
    pub fn text(&self) -> Result<&str, VaultError> {
        std::str::from_utf8(&self.bytes).map_err(|_| VaultError::BadRow)
    }
}

impl std::fmt::Debug for Row {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "artefact::Row({:?}, {} bytes)", self.kind, self.bytes.len())
    }
}

fn map(row: &SqlRow<'_>) -> rusqlite::Result<Row> {
    Ok(Row {
        seq: u64::try_from(row.get::<_, i64>(0)?).unwrap_or(u64::MAX),
        exchange: Id(row.get(1)?),
        kind: row.get(2)?,
        digest: row.get(3)?,
        iss: row.get(4)?,
        jti: row.get(5)?,
        bytes: row.get(6)?,
    })
}

fn context(exchange: &Id, kind: ArtefactKind) -> Vec<u8> {
    [b"chop/1/artefact/".as_slice(), &exchange.0, &[kind.number()]].concat()
}
