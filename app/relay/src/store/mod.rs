//! Where offers and the log are kept. A store loads, writes and commits; it knows no rule.
//!
//! ```text
//! head     one row: the log's size and right edge, time of the last entry, epoch, the key that signs
//! offer    g · version · state · due · record           changed WHERE version and state are as they were
//! event    g · number · record                          what happened, for the owner
//! content  g · env · share                              erased 24 h after the release, or at the end
//! tree     place · hash                                 the log's stored hashes (RFC 6962)
//! quota    capability · day · used                      no row links an offer to its owner's capability
//! ```
//!
//! Two implementations: [`Sqlite`], one file beside the process, and [`Postgres`], one service with any
//! number of processes.

mod postgres;
mod sqlite;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use chop_crypto::Digest;
use chop_formats::relay::OfferId;
use chop_ledger::{Frontier, HashReader, LedgerError};
use chop_model::UnixTime;

use crate::offer::{BadRecord, Offer};
use crate::plan::{Head, Loaded, Outcome, Plan};

pub use postgres::Postgres;
pub use sqlite::Sqlite;

/// What a store gives back, later.
pub type Later<T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send>>;
/// What a batch is worked out with. May be called again when the transaction has to be tried again.
pub type Work = Arc<dyn Fn(Loaded) -> Plan + Send + Sync>;

/// Why a store did not do it. Nothing was changed, or, after a lost connection, nobody knows: the same
/// step may always be asked again.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// SQLite.
    #[error("SQLite: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// PostgreSQL.
    #[error("PostgreSQL: {0}")]
    Postgres(#[from] tokio_postgres::Error),
    /// No connection.
    #[error("no connection to PostgreSQL: {0}")]
    Pool(#[from] deadpool_postgres::PoolError),
    /// The address of the database.
    #[error("the database address: {0}")]
    Address(String),
    /// A row was changed from outside, or in a way that the rules forbid.
    #[error("a row is not as it was left")]
    Changed,
    /// A record cannot be read.
    #[error(transparent)]
    Record(#[from] BadRecord),
    /// A hash of the tree is missing.
    #[error("the log's tree: {0}")]
    Tree(#[from] LedgerError),
    /// The store was made by another version, or for another key.
    #[error("{0}")]
    Foreign(&'static str),
    /// The store's own thread has ended.
    #[error("the store has stopped")]
    Stopped,
}

/// What a batch needs loaded.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Offers, each once.
    pub offers: Vec<OfferId>,
    /// Capabilities with their day, each once.
    pub used: Vec<(Digest, i64)>,
}

/// One event of an offer: its number and its record.
pub type StoredEvent = (u64, Vec<u8>);
/// ENV and key share, those that are there.
pub type StoredContent = (Option<Vec<u8>>, Option<Vec<u8>>);

/// A place for offers and the log.
pub trait Store: Send + Sync + 'static {
    /// One transaction: locks the head, loads, works out, writes, commits. Durable when it is done.
    fn commit(&self, wanted: Wanted, work: Work) -> Later<(Vec<Outcome>, Head)>;
    /// An offer, and the epoch of today.
    fn offer(&self, g: OfferId) -> Later<Option<(Offer, u64)>>;
    /// An offer's content.
    fn content(&self, g: OfferId) -> Later<StoredContent>;
    /// An offer's key share alone.
    fn share(&self, g: OfferId) -> Later<Option<Vec<u8>>>;
    /// Events after this number, in order, at most `limit`.
    fn events(&self, g: OfferId, after: u64, limit: u64) -> Later<Vec<StoredEvent>>;
    /// The head of the log.
    fn head(&self) -> Later<Head>;
    /// Stored hashes at these places, in the order asked.
    fn hashes(&self, places: Vec<u64>) -> Later<Vec<Digest>>;
    /// Offers to which time has done something by `now`, at most `limit`.
    fn due(&self, now: UnixTime, limit: u64) -> Later<Vec<OfferId>>;
    /// Leaf places from `from`, for a check of the whole log: at most `limit` hashes in order.
    fn stored(&self, from: u64, limit: u64) -> Later<Vec<Digest>>;
    /// Leaves everything where a copy of the store finds it; for the end of a process.
    fn settle(&self) -> Later<()>;
    /// Whether other processes may change it.
    fn is_shared(&self) -> bool;
}

/// Opens the store that `address` names: a path for SQLite, `postgres://…` for PostgreSQL. `vkey` is the
/// key that signs its log; a store has one for ever.
///
/// # Errors
/// [`StoreError`].
pub async fn open(address: &str, vkey: &str, connections: usize) -> Result<Arc<dyn Store>, StoreError> {
    if is_postgres(address) {
        Ok(Arc::new(Postgres::open(address, vkey, connections).await?))
    } else {
        let (path, vkey) = (address.strip_prefix("sqlite:").unwrap_or(address).to_owned(), vkey.to_owned());
        let opened = tokio::task::spawn_blocking(move || Sqlite::open(path.as_ref(), &vkey, connections));
        Ok(Arc::new(opened.await.map_err(|_| StoreError::Stopped)??))
    }
}

/// Whether an address can be understood, before anything is called.
///
/// # Errors
/// [`StoreError::Address`].
pub fn check(address: &str) -> Result<(), StoreError> {
    if is_postgres(address) { postgres::check(address) } else { Ok(()) }
}

fn is_postgres(address: &str) -> bool {
    address.starts_with("postgres://") || address.starts_with("postgresql://")
}

/// The layout of the tables; another one is refused.
const LAYOUT: i64 = 1;
const OTHER_LAYOUT: &str = "the store was made by another version of chop-relay";
const OTHER_KEY: &str = "the store's log is signed by another key: a new key needs a new store";

/// Reads hashes that were fetched before: proofs ask for all their places at once.
pub(crate) struct Fetched<'a>(pub(crate) &'a [Digest]);

impl HashReader for Fetched<'_> {
    type Error = LedgerError;
    fn read(&self, places: &[u64]) -> Result<Vec<Digest>, LedgerError> {
        if places.len() == self.0.len() { Ok(self.0.to_vec()) } else { Err(LedgerError::MissingHash) }
    }
}

/// Writes down which places a proof asks for.
#[derive(Default)]
pub(crate) struct Places(pub(crate) std::cell::RefCell<Vec<u64>>);

impl HashReader for Places {
    type Error = LedgerError;
    fn read(&self, places: &[u64]) -> Result<Vec<Digest>, LedgerError> {
        self.0.borrow_mut().extend_from_slice(places);
        Ok(vec![[0; 32]; places.len()])
    }
}

fn read_edge(size: u64, edge: &[u8]) -> Result<Frontier, StoreError> {
    let (hashes, rest) = edge.as_chunks::<32>();
    if !rest.is_empty() {
        return Err(StoreError::Changed);
    }
    Ok(Frontier::from_edge(size, hashes.to_vec())?)
}

fn read_digest(bytes: &[u8]) -> Result<Digest, StoreError> {
    bytes.try_into().map_err(|_| StoreError::Changed)
}

fn read_id(bytes: &[u8]) -> Result<OfferId, StoreError> {
    bytes.try_into().map(OfferId).map_err(|_| StoreError::Changed)
}

fn unsigned(number: i64) -> Result<u64, StoreError> {
    u64::try_from(number).map_err(|_| StoreError::Changed)
}

/// Every number that is stored has 63 bits: counts of rows, places below 2⁶³, seconds.
fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
