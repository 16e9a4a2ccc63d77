//! Bare PostgreSQL: pgbench with prepared statements runs what a store of offers runs, with as many bytes
//! in each column. Each number is a run of its own, in which pgbench takes the time.

use std::io::{Error, Result, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::Sizes;

/// A database with offers.
pub(crate) struct Bare {
    bin: PathBuf,
    host: PathBuf,
    name: String,
    sizes: Sizes,
    offers: u64,
}

impl Bare {
    /// Makes the tables in an empty database of this name.
    pub(crate) fn create(bin: &Path, host: &Path, name: &str, sizes: Sizes) -> Result<Self> {
        let bare = Self { bin: bin.into(), host: host.into(), name: name.to_owned(), sizes, offers: 0 };
        bare.sql(SCHEMA)?;
        Ok(bare)
    }

    /// Puts so many offers and writes down the transactions that will redeem them, of so many steps each;
    /// nobody measures that. The number of transactions.
    pub(crate) fn fill(&mut self, count: u64, steps: u64) -> Result<u64> {
        let Sizes { records: [open, claimed, released], events: [put, claim, release], env, share } =
            self.sizes;
        let (first, last) = (self.offers, self.offers + count - 1);
        self.offers += count;
        let bytes = |length: usize| format!("decode(repeat('ab', {length}), 'hex')");
        self.sql(&format!(
            "INSERT INTO relay_offer SELECT decode(md5(n::text), 'hex'), 1, 1, {DUE}, {}
                FROM generate_series({first}, {last}) AS n;
             INSERT INTO relay_content SELECT decode(md5(n::text), 'hex'), {}, {}
                FROM generate_series({first}, {last}) AS n;
             INSERT INTO relay_event SELECT decode(md5(n::text), 'hex'), 1, {}
                FROM generate_series({first}, {last}) AS n;
             TRUNCATE bench_batch;",
            bytes(open),
            bytes(env),
            bytes(share),
            bytes(put)
        ))?;
        // Transactions come in pairs: one claims some offers, the next releases them.
        for (odd, was, is, version, record, event) in
            [(0, 1, 3, 1, claimed, claim), (1, 3, 4, 2, released, release)]
        {
            self.sql(&format!(
                "INSERT INTO bench_batch
                 SELECT 2 * ((n - {first}) / {steps}) + {odd},
                    array_agg(decode(md5(n::text), 'hex')), array_agg({is}::bigint), array_agg({DUE}::bigint),
                    array_agg({}), array_agg({version}::bigint), array_agg({was}::bigint),
                    array_agg({version}::bigint + 1), array_agg({}),
                    array_agg(4 * n + 2 * {odd}) || array_agg(4 * n + 2 * {odd} + 1),
                    array_agg({hash}) || array_agg({hash}), {}
                 FROM generate_series({first}::bigint, {last}) AS n GROUP BY (n - {first}) / {steps}",
                bytes(record),
                bytes(event),
                bytes(EDGE),
                hash = bytes(32),
            ))?;
        }
        self.sql("VACUUM ANALYZE; CHECKPOINT")?;
        Ok(2 * count.div_ceil(steps))
    }

    /// Seconds that one client takes for so many of the transactions written down, one behind the other, as
    /// the one row of a head makes them. What it takes to fetch what is in one is taken off.
    pub(crate) fn transactions(&self, count: u64) -> Result<f64> {
        let whole = self.run(&[FETCH, TRANSACTION].concat(), 1, count)?;
        let fetching = self.run(FETCH, 1, count)?;
        Ok(whole - fetching)
    }

    /// Seconds that so many clients take for so many pairs of reads.
    pub(crate) fn reads(&self, clients: u64, count: u64) -> Result<f64> {
        let last = self.offers - 1;
        self.run(&format!("\\set i random(0, {last})\n{READ}"), clients, count.div_ceil(clients))
    }

    /// Seconds of one run of `script`.
    fn run(&self, script: &str, clients: u64, each: u64) -> Result<f64> {
        let mut child = Command::new(self.bin.join("pgbench"))
            .args(["-n", "-M", "prepared", "-D", "n=-1", "-f", "-", "-U", "postgres", "-h"])
            .arg(&self.host)
            .args(["-c", &clients.to_string(), "-j", &clients.min(2).to_string(), "-t", &each.to_string()])
            .arg(&self.name)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        child.stdin.take().ok_or_else(|| Error::other("no pipe"))?.write_all(script.as_bytes())?;
        let said = child.wait_with_output()?;
        let text = String::from_utf8_lossy(&said.stdout);
        let done = format!("transactions actually processed: {0}/{0}", clients * each);
        let rate =
            text.lines().find_map(|line| line.strip_prefix("tps = ")?.split(' ').next()?.parse::<f64>().ok());
        match rate {
            Some(rate) if said.status.success() && text.contains(&done) => Ok((clients * each) as f64 / rate),
            _ => Err(Error::other(format!("pgbench: {text}{}", String::from_utf8_lossy(&said.stderr)))),
        }
    }

    fn sql(&self, statements: &str) -> Result<()> {
        let mut command = Command::new(self.bin.join("psql"));
        command
            .args(["-qX", "-v", "ON_ERROR_STOP=1", "-U", "postgres", "-d", &self.name, "-h"])
            .arg(&self.host);
        for statement in statements.split(';').filter(|statement| !statement.trim().is_empty()) {
            command.args(["-c", statement]);
        }
        let said = command.output()?;
        if said.status.success() {
            return Ok(());
        }
        Err(Error::other(format!("psql: {}", String::from_utf8_lossy(&said.stderr))))
    }
}

const DUE: i64 = 1_900_000_000;
/// Bytes of the right edge of a tree of some thousand leaves.
const EDGE: usize = 7 * 32;
const SCHEMA: &str = "
CREATE TABLE relay_head (id BIGINT PRIMARY KEY, turn BIGINT NOT NULL, size BIGINT NOT NULL,
    edge BYTEA NOT NULL, at BIGINT NOT NULL, epoch BIGINT NOT NULL);
INSERT INTO relay_head VALUES (1, 0, 0, '', 0, 1);
CREATE TABLE relay_offer (g BYTEA PRIMARY KEY, version BIGINT NOT NULL, state BIGINT NOT NULL,
    due BIGINT NOT NULL, record BYTEA NOT NULL);
CREATE INDEX relay_offer_due ON relay_offer (due);
CREATE TABLE relay_event (g BYTEA NOT NULL, number BIGINT NOT NULL, record BYTEA NOT NULL,
    PRIMARY KEY (g, number));
CREATE TABLE relay_content (g BYTEA PRIMARY KEY, env BYTEA, share BYTEA);
CREATE TABLE relay_tree (place BIGINT PRIMARY KEY, hash BYTEA NOT NULL);
CREATE TABLE bench_batch (n BIGINT PRIMARY KEY, ids BYTEA[], states BIGINT[], due BIGINT[], records BYTEA[],
    versions BIGINT[], was BIGINT[], numbers BIGINT[], events BYTEA[], places BIGINT[], hashes BYTEA[],
    edge BYTEA)";
const FETCH: &str = r"\set n :n + 1
SELECT * FROM bench_batch WHERE n = :n \gset
";
const TRANSACTION: &str = r"BEGIN;
UPDATE relay_head SET turn = turn + 1 WHERE id = 1 RETURNING size, edge, at, epoch;
SELECT g, version, record FROM relay_offer WHERE g = ANY(:ids::bytea[]);
\startpipeline
UPDATE relay_offer SET version = relay_offer.version + 1, state = u.state, due = u.due, record = u.record
    FROM unnest(:ids::bytea[], :states::bigint[], :due::bigint[], :records::bytea[], :versions::bigint[],
    :was::bigint[]) AS u (g, state, due, record, version, was)
    WHERE relay_offer.g = u.g AND relay_offer.version = u.version AND relay_offer.state = u.was
    RETURNING relay_offer.g;
INSERT INTO relay_event (g, number, record) SELECT u.g, u.number, u.record
    FROM unnest(:ids::bytea[], :numbers::bigint[], :events::bytea[]) AS u (g, number, record);
INSERT INTO relay_tree (place, hash) SELECT u.place, u.hash
    FROM unnest(:places::bigint[], :hashes::bytea[]) AS u (place, hash);
UPDATE relay_head SET size = size + 1, edge = :edge::bytea, at = 1, epoch = 1 WHERE id = 1 AND size = size;
\endpipeline
COMMIT;
";
const READ: &str = "SELECT o.record, h.epoch FROM relay_offer o, relay_head h
    WHERE o.g = decode(md5(:i::text), 'hex') AND h.id = 1;
SELECT env, share FROM relay_content WHERE g = decode(md5(:i::text), 'hex');
";
