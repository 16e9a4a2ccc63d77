//! PostgreSQL, and what speaks it: any number of processes, one log.
//!
//! A batch begins by writing to the one row of the log's head. Whoever has that row has the turn; the
//! others wait for it and find what was committed. So the log stays one log, and no batch is worked out
//! on stale rows; the comparison of version and state in each UPDATE stands beside that as a second lock.
//! Where a database answers 40001 or 40P01 instead of letting wait, the whole batch is tried again: every
//! step may be repeated.
//!
//! Only plain statements: no advisory lock, no LISTEN, no extension, no sequence, no function of
//! PostgreSQL's own beyond `unnest` and `COALESCE` (see docs/scaling.md).

mod wire;
mod write;

use std::collections::HashMap;
use std::time::Duration;

use chop_crypto::Digest;
use chop_formats::relay::OfferId;
use chop_model::UnixTime;
use deadpool_postgres::{
    GenericClient, Manager, ManagerConfig, Object, Pool, RecyclingMethod, Runtime, Timeouts,
};
use tokio_postgres::error::SqlState;
use tokio_postgres::types::ToSql;
use tokio_postgres::{NoTls, Row};

use super::{
    LAYOUT, Later, OTHER_KEY, OTHER_LAYOUT, Store, StoreError, StoredContent, StoredEvent, Wanted, Work,
    read_digest, read_edge, read_id, signed, unsigned,
};
use crate::offer::Offer;
use crate::plan::{Head, Loaded, Outcome, Plan};
use wire::{Wire, wire};
use write::write;

/// Reads an address, and the file of authorities that it names.
///
/// # Errors
/// [`StoreError::Address`].
pub(super) fn check(address: &str) -> Result<(), StoreError> {
    wire(address).map(|_| ())
}

/// A store in PostgreSQL.
pub struct Postgres {
    /// For reads, of any number.
    pool: Pool,
    /// For batches, which follow one another: none waits behind reads for a connection.
    turns: Pool,
}

impl Postgres {
    /// Connects, and makes the tables where there are none. `vkey` signs the log.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn open(address: &str, vkey: &str, connections: usize) -> Result<Self, StoreError> {
        let Wire { mut config, tls } = wire(address)?;
        config.application_name("chop-relay").connect_timeout(CONNECT);
        let pool = |connections| {
            let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
            let timeouts = Timeouts { wait: Some(WAIT), create: Some(CONNECT), recycle: Some(CONNECT) };
            let manager = match tls.clone() {
                Some(tls) => Manager::from_config(config.clone(), tls, recycling),
                None => Manager::from_config(config.clone(), NoTls, recycling),
            };
            Pool::builder(manager)
                .max_size(connections)
                .timeouts(timeouts)
                .runtime(Runtime::Tokio1)
                .build()
                .map_err(|error| StoreError::Address(error.to_string()))
        };
        let store = Self { pool: pool(connections.max(2) - 1)?, turns: pool(1)? };
        store.prepare(vkey).await?;
        Ok(store)
    }

    async fn prepare(&self, vkey: &str) -> Result<(), StoreError> {
        let client = self.pool.get().await?;
        let durable: String = client.query_one("SHOW synchronous_commit", &[]).await?.try_get(0)?;
        if durable == "off" {
            return Err(StoreError::Foreign("synchronous_commit is off: an answered commit could be lost"));
        }
        // Several processes may start at once on an empty database: the first wins, the others find it.
        let mut attempt = 0;
        loop {
            match make_tables(&client, vkey).await {
                Err(error) if attempt < ATTEMPTS && is_passing(&error) => pause(attempt).await,
                other => break other?,
            }
            attempt += 1;
        }
        let row = client.query_one("SELECT layout, vkey FROM relay_head WHERE id = 1", &[]).await?;
        if row.try_get::<_, i64>(0)? != LAYOUT {
            return Err(StoreError::Foreign(OTHER_LAYOUT));
        }
        if row.try_get::<_, String>(1)? != vkey {
            return Err(StoreError::Foreign(OTHER_KEY));
        }
        Ok(())
    }

    fn with<T, F>(&self, read: impl FnOnce(Object) -> F + Send + 'static) -> Later<T>
    where
        T: Send + 'static,
        F: Future<Output = Result<T, StoreError>> + Send + 'static,
    {
        let pool = self.pool.clone();
        Box::pin(async move { read(pool.get().await?).await })
    }
}

impl Store for Postgres {
    fn commit(&self, wanted: Wanted, work: Work) -> Later<(Vec<Outcome>, Head)> {
        let pool = self.turns.clone();
        Box::pin(async move {
            let mut attempt = 0;
            loop {
                match commit(&pool, &wanted, &work).await {
                    // Also after a lost connection, when nobody knows whether it was committed: what was
                    // is found, and the same step gets the same answer.
                    Err(error) if attempt < ATTEMPTS && is_passing(&error) => pause(attempt).await,
                    other => break other,
                }
                attempt += 1;
            }
        })
    }

    fn offer(&self, g: OfferId) -> Later<Option<(Offer, u64)>> {
        self.with(move |client| async move {
            let query = client
                .prepare_cached(
                    "SELECT o.record, h.epoch FROM relay_offer o, relay_head h WHERE o.g = $1 AND h.id = 1",
                )
                .await?;
            let Some(row) = client.query_opt(&query, &[&&g.0[..]]).await? else { return Ok(None) };
            Ok(Some((Offer::read(row.try_get(0)?)?, unsigned(row.try_get(1)?)?)))
        })
    }

    fn content(&self, g: OfferId) -> Later<StoredContent> {
        self.with(move |client| async move {
            let query = client.prepare_cached("SELECT env, share FROM relay_content WHERE g = $1").await?;
            match client.query_opt(&query, &[&&g.0[..]]).await? {
                Some(row) => Ok((row.try_get(0)?, row.try_get(1)?)),
                None => Ok((None, None)),
            }
        })
    }

    fn share(&self, g: OfferId) -> Later<Option<Vec<u8>>> {
        self.with(move |client| async move {
            let query = client.prepare_cached("SELECT share FROM relay_content WHERE g = $1").await?;
            Ok(client.query_opt(&query, &[&&g.0[..]]).await?.map(|row| row.try_get(0)).transpose()?.flatten())
        })
    }

    fn events(&self, g: OfferId, after: u64, limit: u64) -> Later<Vec<StoredEvent>> {
        self.with(move |client| async move {
            let query = client
                .prepare_cached(
                    "SELECT number, record FROM relay_event WHERE g = $1 AND number > $2 ORDER BY number LIMIT $3",
                )
                .await?;
            let rows = client.query(&query, &[&&g.0[..], &signed(after), &signed(limit)]).await?;
            rows.iter().map(|row| Ok((unsigned(row.try_get(0)?)?, row.try_get(1)?))).collect()
        })
    }

    fn head(&self) -> Later<Head> {
        self.with(|client| async move {
            let query =
                client.prepare_cached("SELECT size, edge, at, epoch FROM relay_head WHERE id = 1").await?;
            read_head(&client.query_one(&query, &[]).await?)
        })
    }

    fn hashes(&self, places: Vec<u64>) -> Later<Vec<Digest>> {
        self.with(move |client| async move {
            let asked: Vec<i64> = places.iter().map(|place| signed(*place)).collect();
            let query =
                client.prepare_cached("SELECT place, hash FROM relay_tree WHERE place = ANY($1)").await?;
            let mut found = HashMap::new();
            for row in client.query(&query, &[&asked]).await? {
                found.insert(row.try_get::<_, i64>(0)?, read_digest(row.try_get(1)?)?);
            }
            asked.iter().map(|place| found.get(place).copied().ok_or(StoreError::Changed)).collect()
        })
    }

    fn due(&self, now: UnixTime, limit: u64) -> Later<Vec<OfferId>> {
        self.with(move |client| async move {
            let query = client
                .prepare_cached("SELECT g FROM relay_offer WHERE due <= $1 ORDER BY due LIMIT $2")
                .await?;
            let rows = client.query(&query, &[&now.0, &signed(limit)]).await?;
            rows.iter().map(|row| read_id(row.try_get(0)?)).collect()
        })
    }

    fn stored(&self, from: u64, limit: u64) -> Later<Vec<Digest>> {
        self.with(move |client| async move {
            let query = client
                .prepare_cached("SELECT hash FROM relay_tree WHERE place >= $1 ORDER BY place LIMIT $2")
                .await?;
            let rows = client.query(&query, &[&signed(from), &signed(limit)]).await?;
            rows.iter().map(|row| read_digest(row.try_get(0)?)).collect()
        })
    }

    fn settle(&self) -> Later<()> {
        Box::pin(async { Ok(()) })
    }

    fn is_shared(&self) -> bool {
        true
    }
}

async fn make_tables(client: &Object, vkey: &str) -> Result<(), StoreError> {
    for statement in SCHEMA {
        client.batch_execute(statement).await?;
    }
    let insert = "INSERT INTO relay_head (id, turn, size, edge, at, epoch, vkey, layout)
        VALUES (1, 0, 0, $1, 0, 1, $2, $3) ON CONFLICT (id) DO NOTHING";
    let no_edge: &[u8] = &[];
    client.execute(insert, &[&no_edge, &vkey, &LAYOUT]).await?;
    Ok(())
}

async fn commit(pool: &Pool, wanted: &Wanted, work: &Work) -> Result<(Vec<Outcome>, Head), StoreError> {
    let mut client = pool.get().await?;
    let tx = client.transaction().await?;
    let loaded = load(&tx, wanted).await?;
    let size_before = loaded.head.frontier.size();
    let Plan { outcomes, writes, head } = work(loaded);
    if writes.is_empty() {
        tx.rollback().await?;
    } else {
        write(&tx, &writes, &head, size_before).await?;
        tx.commit().await?;
    }
    Ok((outcomes, head))
}

/// Takes the turn, then loads: in this order, so that nothing loaded is stale.
async fn load<C: GenericClient>(tx: &C, wanted: &Wanted) -> Result<Loaded, StoreError> {
    let turn = tx
        .prepare_cached("UPDATE relay_head SET turn = turn + 1 WHERE id = 1 RETURNING size, edge, at, epoch")
        .await?;
    let query = tx.prepare_cached("SELECT g, version, record FROM relay_offer WHERE g = ANY($1)").await?;
    let ids: Vec<&[u8]> = wanted.offers.iter().map(|g| &g.0[..]).collect();
    // Sent one behind the other without waiting, and done in that order.
    let params: [&(dyn ToSql + Sync); 1] = [&ids];
    let (head, rows) = tokio::try_join!(biased; tx.query_one(&turn, &[]), tx.query(&query, &params))?;
    let head = read_head(&head)?;
    let mut offers = HashMap::with_capacity(ids.len());
    for row in rows {
        let version = unsigned(row.try_get(1)?)?;
        offers.insert(read_id(row.try_get(0)?)?, (version, Offer::read(row.try_get(2)?)?));
    }
    let query = "SELECT used FROM relay_quota WHERE capability = $1 AND day = $2";
    let mut used = HashMap::new();
    for (capability, day) in &wanted.used {
        let query = tx.prepare_cached(query).await?;
        let count = tx.query_opt(&query, &[&&capability[..], day]).await?;
        let count = count.map(|row| row.try_get::<_, i64>(0)).transpose()?.unwrap_or(0);
        used.insert((*capability, *day), unsigned(count)?);
    }
    Ok(Loaded { head, offers, used })
}

fn read_head(row: &Row) -> Result<Head, StoreError> {
    let size = unsigned(row.try_get(0)?)?;
    Ok(Head {
        frontier: read_edge(size, row.try_get(1)?)?,
        at: UnixTime(row.try_get(2)?),
        epoch: unsigned(row.try_get(3)?)?,
    })
}

/// Whether the same transaction may pass when tried again.
fn is_passing(error: &StoreError) -> bool {
    match error {
        StoreError::Postgres(error) => match error.code() {
            Some(code) => PASSING.contains(code) || code.code().starts_with("08"),
            None => error.is_closed() || std::error::Error::source(error).is_some(),
        },
        StoreError::Pool(_) | StoreError::Changed => true,
        _ => false,
    }
}

/// Longer with every attempt, and never in step with another process.
async fn pause(attempt: u32) {
    let mut random = [0; 1];
    let _ = chop_crypto::Random::fill(&chop_crypto::OsRandom, &mut random);
    let [jitter] = random;
    let millis = (5 << attempt.min(7)) + u64::from(jitter) / 8;
    tokio::time::sleep(Duration::from_millis(millis)).await;
}

/// Serialization and deadlock, a server that restarts or fails over, a row or table that another
/// process made first.
const PASSING: &[SqlState] = &[
    SqlState::T_R_SERIALIZATION_FAILURE,
    SqlState::T_R_DEADLOCK_DETECTED,
    SqlState::ADMIN_SHUTDOWN,
    SqlState::CRASH_SHUTDOWN,
    SqlState::CANNOT_CONNECT_NOW,
    SqlState::READ_ONLY_SQL_TRANSACTION,
    SqlState::UNIQUE_VIOLATION,
    SqlState::DUPLICATE_TABLE,
];
const ATTEMPTS: u32 = 12;
const CONNECT: Duration = Duration::from_secs(5);
const WAIT: Duration = Duration::from_secs(5);
const SCHEMA: &[&str] = &[
    "CREATE TABLE IF NOT EXISTS relay_head (id BIGINT PRIMARY KEY CHECK (id = 1), turn BIGINT NOT NULL,
        size BIGINT NOT NULL, edge BYTEA NOT NULL, at BIGINT NOT NULL, epoch BIGINT NOT NULL,
        vkey TEXT NOT NULL, layout BIGINT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS relay_offer (g BYTEA PRIMARY KEY, version BIGINT NOT NULL,
        state BIGINT NOT NULL, due BIGINT NOT NULL, record BYTEA NOT NULL)",
    "CREATE INDEX IF NOT EXISTS relay_offer_due ON relay_offer (due)",
    "CREATE TABLE IF NOT EXISTS relay_event (g BYTEA NOT NULL, number BIGINT NOT NULL, record BYTEA NOT NULL,
        PRIMARY KEY (g, number))",
    "CREATE TABLE IF NOT EXISTS relay_content (g BYTEA PRIMARY KEY, env BYTEA, share BYTEA)",
    "CREATE TABLE IF NOT EXISTS relay_tree (place BIGINT PRIMARY KEY, hash BYTEA NOT NULL)",
    "CREATE TABLE IF NOT EXISTS relay_quota (capability BYTEA NOT NULL, day BIGINT NOT NULL,
        used BIGINT NOT NULL, PRIMARY KEY (capability, day))",
];
