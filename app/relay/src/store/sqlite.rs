//! One SQLite file: WAL, `synchronous=FULL`, one thread that writes, a few connections that read.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

use chop_crypto::Digest;
use chop_formats::relay::OfferId;
use chop_model::UnixTime;
use rusqlite::{Connection, OptionalExtension as _, Row, TransactionBehavior, params};
use tokio::sync::oneshot;

use super::{
    LAYOUT, Later, OTHER_KEY, OTHER_LAYOUT, Store, StoreError, StoredContent, StoredEvent, Wanted, Work,
    read_digest, read_edge, read_id, signed, unsigned,
};
use crate::offer::Offer;
use crate::plan::{Head, Loaded, OfferRow, Outcome, Plan, Writes};

/// An embedded store.
pub struct Sqlite {
    jobs: mpsc::Sender<Job>,
    readers: Arc<Readers>,
}

struct Job {
    wanted: Wanted,
    work: Work,
    done: oneshot::Sender<Result<(Vec<Outcome>, Head), StoreError>>,
}

struct Readers {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
}

impl Sqlite {
    /// Opens or makes the file at `path`, whose log `vkey` signs.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn open(path: &Path, vkey: &str, readers: usize) -> Result<Self, StoreError> {
        let mut writer = connect(path)?;
        prepare(&mut writer, vkey)?;
        let readers = Readers {
            path: path.to_owned(),
            idle: Mutex::new((0..readers.max(1)).map(|_| connect(path)).collect::<Result<_, _>>()?),
        };
        let (jobs, queue) = mpsc::channel::<Job>();
        std::thread::spawn(move || {
            for Job { wanted, work, done } in queue {
                let outcome = commit(&mut writer, &wanted, &work);
                // Who asked may have gone; what was committed stays.
                let _ = done.send(outcome);
            }
        });
        Ok(Self { jobs, readers: Arc::new(readers) })
    }

    /// Reads one small row on the thread that asks: from pages in memory that is shorter than the way to
    /// another thread and back.
    fn read_here<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Later<T> {
        let readers = self.readers.clone();
        Box::pin(async move { readers.with(read) })
    }

    /// Reads what may be large or many, on a thread that may wait.
    fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Later<T> {
        let readers = self.readers.clone();
        Box::pin(async move {
            let done = tokio::task::spawn_blocking(move || readers.with(read));
            done.await.map_err(|_| StoreError::Stopped)?
        })
    }
}

impl Readers {
    fn with<T>(&self, read: impl FnOnce(&Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let connection = self.take()?;
        let answer = read(&connection);
        self.give(connection);
        answer
    }

    fn take(&self) -> Result<Connection, StoreError> {
        let idle = self.idle.lock().map_err(|_| StoreError::Stopped)?.pop();
        idle.map_or_else(|| connect(&self.path), Ok)
    }

    fn give(&self, connection: Connection) {
        if let Ok(mut idle) = self.idle.lock()
            && idle.len() < MAX_IDLE
        {
            idle.push(connection);
        }
    }
}

impl Store for Sqlite {
    fn commit(&self, wanted: Wanted, work: Work) -> Later<(Vec<Outcome>, Head)> {
        let (done, answer) = oneshot::channel();
        let sent = self.jobs.send(Job { wanted, work, done });
        Box::pin(async move {
            sent.map_err(|_| StoreError::Stopped)?;
            answer.await.map_err(|_| StoreError::Stopped)?
        })
    }

    fn offer(&self, g: OfferId) -> Later<Option<(Offer, u64)>> {
        self.read_here(move |db| {
            let found = db
                .prepare_cached(
                    "SELECT record, (SELECT epoch FROM head WHERE id = 1) FROM offer WHERE g = ?1",
                )?
                .query_row([&g.0[..]], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, i64>(1)?)))
                .optional()?;
            found.map(|(record, epoch)| Ok((Offer::read(&record)?, unsigned(epoch)?))).transpose()
        })
    }

    fn content(&self, g: OfferId) -> Later<StoredContent> {
        self.read(move |db| {
            let found = db
                .prepare_cached("SELECT env, share FROM content WHERE g = ?1")?
                .query_row([&g.0[..]], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            Ok(found.unwrap_or_default())
        })
    }

    fn share(&self, g: OfferId) -> Later<Option<Vec<u8>>> {
        self.read_here(move |db| {
            let mut query = db.prepare_cached("SELECT share FROM content WHERE g = ?1")?;
            Ok(query.query_row([&g.0[..]], |row| row.get(0)).optional()?.flatten())
        })
    }

    fn events(&self, g: OfferId, after: u64, limit: u64) -> Later<Vec<StoredEvent>> {
        self.read(move |db| {
            let mut query = db.prepare_cached(
                "SELECT number, record FROM event WHERE g = ?1 AND number > ?2 ORDER BY number LIMIT ?3",
            )?;
            let rows = query.query_map(params![&g.0[..], signed(after), signed(limit)], |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?))
            })?;
            rows.map(|row| row.map_err(StoreError::from).and_then(|(n, r)| Ok((unsigned(n)?, r)))).collect()
        })
    }

    fn head(&self) -> Later<Head> {
        self.read(head)
    }

    fn hashes(&self, places: Vec<u64>) -> Later<Vec<Digest>> {
        self.read(move |db| {
            let mut query = db.prepare_cached("SELECT hash FROM tree WHERE place = ?1")?;
            let one = |place: &u64| query.query_row([signed(*place)], |row| row.get::<_, Vec<u8>>(0));
            let found: Vec<Vec<u8>> = places.iter().map(one).collect::<Result<_, _>>()?;
            found.iter().map(|hash| read_digest(hash)).collect()
        })
    }

    fn due(&self, now: UnixTime, limit: u64) -> Later<Vec<OfferId>> {
        self.read(move |db| {
            let mut query = db.prepare_cached("SELECT g FROM offer WHERE due <= ?1 ORDER BY due LIMIT ?2")?;
            let rows = query.query_map([now.0, signed(limit)], |row| row.get::<_, Vec<u8>>(0))?;
            rows.map(|row| read_id(&row?)).collect()
        })
    }

    fn stored(&self, from: u64, limit: u64) -> Later<Vec<Digest>> {
        self.read(move |db| {
            let mut query =
                db.prepare_cached("SELECT hash FROM tree WHERE place >= ?1 ORDER BY place LIMIT ?2")?;
            let rows = query.query_map([signed(from), signed(limit)], |row| row.get::<_, Vec<u8>>(0))?;
            rows.map(|row| read_digest(&row?)).collect()
        })
    }

    fn settle(&self) -> Later<()> {
        // Whoever copies the one file of a stopped relay has all of it.
        self.read(|db| Ok(db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?))
    }

    fn is_shared(&self) -> bool {
        false
    }
}

fn connect(path: &Path) -> Result<Connection, StoreError> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(Duration::from_secs(10))?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    // A commit that was answered survives a power cut.
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "secure_delete", "ON")?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.set_prepared_statement_cache_capacity(32);
    Ok(connection)
}

fn prepare(db: &mut Connection, vkey: &str) -> Result<(), StoreError> {
    let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let layout: i64 = tx.pragma_query_value(None, "user_version", |row| row.get(0))?;
    match layout {
        0 => {
            tx.execute_batch(SCHEMA)?;
            tx.execute(
                "INSERT INTO head (id, size, edge, at, epoch, vkey) VALUES (1, 0, x'', 0, 1, ?1)",
                [vkey],
            )?;
            tx.pragma_update(None, "user_version", LAYOUT)?;
        }
        LAYOUT => {
            let kept: String = tx.query_row("SELECT vkey FROM head WHERE id = 1", [], |row| row.get(0))?;
            if kept != vkey {
                return Err(StoreError::Foreign(OTHER_KEY));
            }
        }
        _ => return Err(StoreError::Foreign(OTHER_LAYOUT)),
    }
    Ok(tx.commit()?)
}

fn commit(db: &mut Connection, wanted: &Wanted, work: &Work) -> Result<(Vec<Outcome>, Head), StoreError> {
    let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let loaded = load(&tx, wanted)?;
    let size_before = loaded.head.frontier.size();
    let Plan { outcomes, writes, head } = work(loaded);
    if !writes.is_empty() {
        write(&tx, &writes)?;
        write_head(&tx, &head, size_before)?;
        tx.commit()?;
    }
    Ok((outcomes, head))
}

fn load(db: &Connection, wanted: &Wanted) -> Result<Loaded, StoreError> {
    let mut offers = HashMap::with_capacity(wanted.offers.len());
    let mut query = db.prepare_cached("SELECT version, record FROM offer WHERE g = ?1")?;
    for g in &wanted.offers {
        let row = query
            .query_row([&g.0[..]], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?)))
            .optional()?;
        if let Some((version, record)) = row {
            offers.insert(*g, (unsigned(version)?, Offer::read(&record)?));
        }
    }
    let mut used = HashMap::new();
    let mut query = db.prepare_cached("SELECT used FROM quota WHERE capability = ?1 AND day = ?2")?;
    for (capability, day) in &wanted.used {
        let count = query.query_row(params![&capability[..], day], |row| row.get::<_, i64>(0)).optional()?;
        used.insert((*capability, *day), unsigned(count.unwrap_or(0))?);
    }
    Ok(Loaded { head: head(db)?, offers, used })
}

fn head(db: &Connection) -> Result<Head, StoreError> {
    let mut query = db.prepare_cached("SELECT size, edge, at, epoch FROM head WHERE id = 1")?;
    let read = |row: &Row<'_>| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?, row.get::<_, i64>(2)?, row.get::<_, i64>(3)?))
    };
    let (size, edge, at, epoch) = query.query_row([], read)?;
    Ok(Head { frontier: read_edge(unsigned(size)?, &edge)?, at: UnixTime(at), epoch: unsigned(epoch)? })
}

fn write(db: &Connection, writes: &Writes) -> Result<(), StoreError> {
    let Writes { offers, events, contents, erased, forgotten, hashes, used, all_are_due } = writes;
    for row in offers {
        write_offer(db, row)?;
    }
    let mut insert = db.prepare_cached("INSERT INTO event (g, number, record) VALUES (?1, ?2, ?3)")?;
    for (g, number, record) in events {
        insert.execute(params![&g.0[..], signed(*number), record])?;
    }
    let mut upsert = db.prepare_cached(
        "INSERT INTO content (g, env, share) VALUES (?1, ?2, ?3) ON CONFLICT (g) DO UPDATE SET
         env = COALESCE(excluded.env, content.env), share = COALESCE(excluded.share, content.share)",
    )?;
    for (g, env, share) in contents {
        upsert.execute(params![&g.0[..], env, share])?;
    }
    for g in erased {
        db.prepare_cached("DELETE FROM content WHERE g = ?1")?.execute([&g.0[..]])?;
    }
    for (g, version) in forgotten {
        let mut delete = db.prepare_cached("DELETE FROM offer WHERE g = ?1 AND version = ?2")?;
        expect_one(delete.execute(params![&g.0[..], signed(*version)])?)?;
        db.prepare_cached("DELETE FROM event WHERE g = ?1")?.execute([&g.0[..]])?;
        db.prepare_cached("DELETE FROM content WHERE g = ?1")?.execute([&g.0[..]])?;
    }
    let mut insert = db.prepare_cached("INSERT INTO tree (place, hash) VALUES (?1, ?2)")?;
    for (place, hash) in hashes {
        insert.execute(params![signed(*place), &hash[..]])?;
    }
    for (capability, day, count) in used {
        db.prepare_cached("DELETE FROM quota WHERE day < ?1")?.execute([day - 1])?;
        db.prepare_cached(
            "INSERT INTO quota (capability, day, used) VALUES (?1, ?2, ?3)
             ON CONFLICT (capability, day) DO UPDATE SET used = excluded.used",
        )?
        .execute(params![&capability[..], day, signed(*count)])?;
    }
    if *all_are_due {
        db.execute("UPDATE offer SET due = 0 WHERE state IN (1, 2, 3)", [])?;
    }
    Ok(())
}

fn write_offer(db: &Connection, row: &OfferRow) -> Result<(), StoreError> {
    let OfferRow { g, before, state, due, record } = row;
    let changed = match before {
        None => db
            .prepare_cached("INSERT INTO offer (g, version, state, due, record) VALUES (?1, 1, ?2, ?3, ?4)")?
            .execute(params![&g.0[..], signed(state.number()), due.0, record])?,
        Some((version, was)) => db
            .prepare_cached(
                "UPDATE offer SET version = version + 1, state = ?2, due = ?3, record = ?4
                 WHERE g = ?1 AND version = ?5 AND state = ?6",
            )?
            .execute(params![
                &g.0[..],
                signed(state.number()),
                due.0,
                record,
                signed(*version),
                signed(was.number())
            ])?,
    };
    expect_one(changed)
}

fn write_head(db: &Connection, head: &Head, size_before: u64) -> Result<(), StoreError> {
    let edge = head.frontier.edge().concat();
    let mut update = db.prepare_cached(
        "UPDATE head SET size = ?1, edge = ?2, at = ?3, epoch = ?4 WHERE id = 1 AND size = ?5",
    )?;
    let size = signed(head.frontier.size());
    expect_one(update.execute(params![size, edge, head.at.0, signed(head.epoch), signed(size_before)])?)?;
    Ok(())
}

fn expect_one(changed: usize) -> Result<(), StoreError> {
    if changed == 1 { Ok(()) } else { Err(StoreError::Changed) }
}

const MAX_IDLE: usize = 64;
const SCHEMA: &str = "
CREATE TABLE head (id INTEGER PRIMARY KEY CHECK (id = 1), size INTEGER NOT NULL, edge BLOB NOT NULL,
    at INTEGER NOT NULL, epoch INTEGER NOT NULL, vkey TEXT NOT NULL) STRICT;
CREATE TABLE offer (g BLOB PRIMARY KEY, version INTEGER NOT NULL, state INTEGER NOT NULL,
    due INTEGER NOT NULL, record BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX offer_due ON offer (due);
CREATE TABLE event (g BLOB NOT NULL, number INTEGER NOT NULL, record BLOB NOT NULL,
    PRIMARY KEY (g, number)) STRICT, WITHOUT ROWID;
CREATE TABLE content (g BLOB PRIMARY KEY, env BLOB, share BLOB) STRICT;
CREATE TABLE tree (place INTEGER PRIMARY KEY, hash BLOB NOT NULL) STRICT;
CREATE TABLE quota (capability BLOB NOT NULL, day INTEGER NOT NULL, used INTEGER NOT NULL,
    PRIMARY KEY (capability, day)) STRICT, WITHOUT ROWID;
";
