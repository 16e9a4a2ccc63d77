//! Bare SQLite through rusqlite: the tables, statements and settings of an embedded store of offers (WAL,
//! `synchronous=FULL`), with as many bytes in each column. No rule, no hash, no signature.

use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use rusqlite::{Connection, Result, params};

use super::{Sizes, stored};
use crate::measure::now;

/// A database with offers.
pub(crate) struct Bare {
    path: PathBuf,
    writer: Connection,
    sizes: Sizes,
    offers: u64,
    leaves: u64,
}

/// What is done to an offer: it is claimed, then released.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Step {
    Claim(u64),
    Release(u64),
}

impl Bare {
    pub(crate) fn create(path: &Path, sizes: Sizes) -> Result<Self> {
        let writer = connect(path)?;
        writer.execute_batch(SCHEMA)?;
        Ok(Self { path: path.to_owned(), writer, sizes, offers: 0, leaves: 0 })
    }

    /// Puts so many offers, which nobody measures; the number of the first.
    pub(crate) fn fill(&mut self, count: u64) -> Result<u64> {
        let first = self.offers;
        let Self { writer, sizes, .. } = self;
        let tx = writer.transaction()?;
        for n in first..first + count {
            tx.prepare_cached(
                "INSERT INTO offer (g, version, state, due, record) VALUES (?1, 1, 1, ?2, ?3)",
            )?
            .execute(params![id(n), DUE, zeros(sizes.records[0])])?;
            tx.prepare_cached("INSERT INTO content (g, env, share) VALUES (?1, ?2, ?3)")?
                .execute(params![id(n), zeros(sizes.env), zeros(sizes.share)])?;
            tx.prepare_cached("INSERT INTO event (g, number, record) VALUES (?1, 1, ?2)")?
                .execute(params![id(n), zeros(sizes.events[0])])?;
            append(&tx, n)?;
        }
        tx.commit()?;
        self.offers += count;
        Ok(first)
    }

    /// One durable transaction for these steps.
    pub(crate) fn commit(&mut self, steps: &[Step]) -> Result<()> {
        let Self { writer, sizes, leaves, .. } = self;
        let tx = writer.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        for step in steps {
            let mut query = tx.prepare_cached("SELECT version, record FROM offer WHERE g = ?1")?;
            query.query_row([id(step.offer())], |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?))
            })?;
        }
        tx.prepare_cached("SELECT size, edge, at, epoch FROM head WHERE id = 1")?
            .query_row([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?)))?;
        for step in steps {
            let (was, state, version, at) = step.change();
            let changed = tx
                .prepare_cached(
                    "UPDATE offer SET version = version + 1, state = ?2, due = ?3, record = ?4
                     WHERE g = ?1 AND version = ?5 AND state = ?6",
                )?
                .execute(params![id(step.offer()), state, DUE, zeros(sizes.records[at]), version, was])?;
            assert_eq!(changed, 1, "{step:?}");
        }
        for step in steps {
            let (.., at) = step.change();
            tx.prepare_cached("INSERT INTO event (g, number, record) VALUES (?1, ?2, ?3)")?
                .execute(params![id(step.offer()), signed(at as u64 + 1), zeros(sizes.events[at])])?;
        }
        for _ in steps {
            *leaves += 1;
            append(&tx, OFFERS + *leaves)?;
        }
        let edge = zeros(32 * (OFFERS + *leaves).count_ones() as usize);
        tx.prepare_cached(
            "UPDATE head SET size = ?1, edge = ?2, at = ?3, epoch = ?4 WHERE id = 1 AND size = size",
        )?
        .execute(params![signed(*leaves), edge, DUE, 1])?;
        tx.commit()
    }

    /// Redeems `count` offers from `first` in transactions of so many steps, then looks as often as a
    /// relay does, on as many cores: the offer before either step, its content after it.
    pub(crate) fn redeem(&mut self, first: u64, count: u64, steps: usize, cores: u64) -> Result<Duration> {
        let window = (steps as u64).max(1);
        let all: Vec<Step> = (first..first + count)
            .step_by(steps.max(1))
            .flat_map(|from| {
                let some = from..(from + window).min(first + count);
                some.clone().map(Step::Claim).chain(some.map(Step::Release))
            })
            .collect();
        let began = now();
        for batch in all.chunks(steps.max(1)) {
            self.commit(batch)?;
        }
        let each = count.div_ceil(cores);
        thread::scope(|scope| {
            let readers: Vec<_> = (0..cores)
                .map(|core| {
                    let some = first + core * each..(first + (core + 1) * each).min(first + count);
                    scope.spawn(|| read(&self.path, some))
                })
                .collect();
            readers.into_iter().try_for_each(|reader| reader.join().unwrap_or(Ok(())))
        })?;
        Ok(began.elapsed())
    }
}

impl Step {
    fn offer(self) -> u64 {
        match self {
            Self::Claim(n) | Self::Release(n) => n,
        }
    }

    /// State before and after, version before, and which size.
    fn change(self) -> (i64, i64, i64, usize) {
        match self {
            Self::Claim(_) => (1, 3, 1, 1),
            Self::Release(_) => (3, 4, 2, 2),
        }
    }
}

fn read(path: &Path, offers: std::ops::Range<u64>) -> Result<()> {
    let reader = connect(path)?;
    for n in offers {
        for _ in 0..2 {
            reader
                .prepare_cached(
                    "SELECT record, (SELECT epoch FROM head WHERE id = 1) FROM offer WHERE g = ?1",
                )?
                .query_row([id(n)], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, i64>(1)?)))?;
            reader
                .prepare_cached("SELECT env, share FROM content WHERE g = ?1")?
                .query_row([id(n)], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, Vec<u8>>(1)?)))?;
        }
    }
    Ok(())
}

fn append(db: &Connection, leaf: u64) -> Result<()> {
    for place in stored(leaf)..stored(leaf + 1) {
        db.prepare_cached("INSERT INTO tree (place, hash) VALUES (?1, ?2)")?
            .execute(params![signed(place), zeros(32)])?;
    }
    Ok(())
}

fn connect(path: &Path) -> Result<Connection> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(Duration::from_secs(10))?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "secure_delete", "ON")?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.set_prepared_statement_cache_capacity(32);
    Ok(connection)
}

/// Keys without order, as identifiers are (the multiplier is odd, so none comes twice).
fn id(n: u64) -> [u8; 16] {
    (u128::from(n.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15)) << 64).to_be_bytes()
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn zeros(bytes: usize) -> Vec<u8> {
    vec![9; bytes]
}

const DUE: i64 = 1_900_000_000;
/// Leaves of redemptions are counted from here, above those of any number of offers.
const OFFERS: u64 = 1 << 24;
const SCHEMA: &str = "
CREATE TABLE head (id INTEGER PRIMARY KEY, size INTEGER NOT NULL, edge BLOB NOT NULL, at INTEGER NOT NULL,
    epoch INTEGER NOT NULL) STRICT;
INSERT INTO head VALUES (1, 0, x'', 0, 1);
CREATE TABLE offer (g BLOB PRIMARY KEY, version INTEGER NOT NULL, state INTEGER NOT NULL,
    due INTEGER NOT NULL, record BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX offer_due ON offer (due);
CREATE TABLE event (g BLOB NOT NULL, number INTEGER NOT NULL, record BLOB NOT NULL,
    PRIMARY KEY (g, number)) STRICT, WITHOUT ROWID;
CREATE TABLE content (g BLOB PRIMARY KEY, env BLOB, share BLOB) STRICT;
CREATE TABLE tree (place INTEGER PRIMARY KEY, hash BLOB NOT NULL) STRICT;
";
