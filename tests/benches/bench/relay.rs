//! A relay over its sockets: redemptions a second on either store, claim to data, memory.
//!
//! A redemption is a claim and its acknowledgement (mode C2): two posts, two steps in durable transactions,
//! three verifications (certificate, claim, acknowledgement), two signed entries. What is posted is made
//! before the clock runs. The reference does each kind of work by itself, with all cores where the work
//! has more than one hand, and its time is their sum.

mod cluster;
mod node;
mod parties;

use std::error::Error;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::available_parallelism;

use rusqlite::Connection;

use crate::Rows;
use crate::clients::{Caller, Job, post, run};
use crate::measure::{median, now, percentile};
use crate::reference::ring::{LogSigner, Signed, Signer, verify};
use crate::reference::sqlite::Step;
use crate::reference::{Sizes, pgbench, sqlite};
use crate::report::Row;
use cluster::Cluster;
use node::Node;
use parties::{Offered, Verifier, hands_out};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Rows of the relay `binary`; what it needs is made in `folder` anew.
pub(crate) fn rows(binary: &Path, folder: &Path) -> Rows {
    let folder = folder.join("relays");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let bench = Bench::new(binary, &folder)?;
    let mut rows = vec![bench.embedded()?];
    rows.extend(bench.postgres()?);
    rows.extend(bench.one_claim()?);
    rows.push(bench.memory()?);
    fs::remove_dir_all(&folder)?;
    Ok(rows)
}

struct Bench<'a> {
    binary: &'a Path,
    folder: &'a Path,
    verifier: Verifier,
    signed: Signed,
    log_signer: LogSigner,
    posts: Posts,
    sizes: Sizes,
    cores: u64,
}

/// What one round took, in microseconds for a redemption.
#[derive(Default)]
struct Rounds {
    ours: Vec<f64>,
    store: Vec<f64>,
    signatures: Vec<f64>,
    posts: Vec<f64>,
    sums: Vec<f64>,
    batches: Vec<f64>,
}

impl<'a> Bench<'a> {
    fn new(binary: &'a Path, folder: &'a Path) -> Result<Self> {
        let verifier = Verifier::new()?;
        let signed = verifier.signed(&Offered::make()?)?;
        let cores = u64::try_from(available_parallelism()?.get())?;
        let (log_signer, posts) = (LogSigner::new(), Posts::start()?);
        let sizes = sizes(binary, &folder.join("sizes"), &verifier)?;
        Ok(Self { binary, folder, verifier, signed, log_signer, posts, sizes, cores })
    }

    /// Redemptions on SQLite.
    fn embedded(&self) -> Result<Row> {
        let folder = self.folder.join("embedded");
        let node = self.node(&folder, &path(&folder.join("relay.db"))?)?;
        self.redeem(&node, EMBEDDED_CALLERS)?;
        let mut bare = sqlite::Bare::create(&folder.join("bare.db"), self.sizes.clone())?;
        let mut rounds = Rounds::default();
        for _ in 0..ROUNDS {
            let steps = self.ours(&node, EMBEDDED_CALLERS, &mut rounds)?;
            let first = bare.fill(REDEMPTIONS)?;
            let took = bare.redeem(first, REDEMPTIONS, steps.round() as usize, self.cores)?;
            self.rest(took.as_secs_f64(), EMBEDDED_CALLERS, &mut rounds)?;
        }
        Ok(rounds.row("redeem, SQLite, durable, 16 clients | its SQLite, ring, axum"))
    }

    /// Redemptions on PostgreSQL; said and left out where it is not installed.
    fn postgres(&self) -> Result<Option<Row>> {
        let Some(bin) = cluster::binaries() else {
            say("SKIPPED: redemptions on PostgreSQL, which is not installed (scripts/need postgres)");
            return Ok(None);
        };
        let folder = self.folder.join("postgres");
        let cluster = Cluster::start(bin, &folder.join("cluster"))?;
        let node = self.node(&folder, &cluster.database("relay")?)?;
        self.redeem(&node, POSTGRES_CALLERS)?;
        cluster.database("bare")?;
        let sizes = self.sizes.clone();
        let mut bare = pgbench::Bare::create(&cluster.bin, &cluster.folder, "bare", sizes)?;
        let mut rounds = Rounds::default();
        for _ in 0..ROUNDS {
            let steps = self.ours(&node, POSTGRES_CALLERS, &mut rounds)?;
            let transactions = bare.fill(REDEMPTIONS, (steps.round() as u64).max(1))?;
            let took = bare.transactions(transactions)?
                + bare.reads(u64::try_from(POSTGRES_CALLERS)?, 2 * REDEMPTIONS)?;
            self.rest(took, POSTGRES_CALLERS, &mut rounds)?;
        }
        Ok(Some(rounds.row("redeem, PostgreSQL, 32 clients | its pgbench, ring, axum")))
    }

    /// One round of ours; the steps of one transaction.
    fn ours(&self, node: &Node, callers: usize, rounds: &mut Rounds) -> Result<f64> {
        let (took, steps) = self.redeem(node, callers)?;
        rounds.ours.push(each(took));
        rounds.batches.push(steps);
        Ok(steps)
    }

    /// The reference's other parts: bare signatures and empty posts.
    fn rest(&self, store: f64, callers: usize, rounds: &mut Rounds) -> Result<()> {
        let ring = self.log_signer.all(&self.signed, VERIFICATIONS, SIGNATURES, REDEMPTIONS, self.cores);
        let posts = self.posts.take(callers, 2 * REDEMPTIONS)?;
        rounds.store.push(each(store));
        rounds.signatures.push(each(ring.as_secs_f64()));
        rounds.posts.push(each(posts));
        rounds.sums.push(each(store + ring.as_secs_f64() + posts));
        Ok(())
    }

    /// Puts offers, then redeems them: seconds, and the steps of one transaction.
    fn redeem(&self, node: &Node, callers: usize) -> Result<(f64, f64)> {
        let offers = (0..REDEMPTIONS).map(|_| Offered::make()).collect::<Result<Vec<_>>>()?;
        let puts: Vec<Job> = offers.iter().map(|offered| vec![offered.put.clone()]).collect();
        run(node.address, callers, &puts).map_err(|error| format!("{error}: {}", node.log()))?;
        let jobs =
            offers.iter().map(|offered| self.verifier.redeem(offered)).collect::<Result<Vec<Job>>>()?;
        let before = node.batches()?;
        let (took, answers) = run(node.address, callers, &jobs)?;
        if !answers.iter().all(|answer| hands_out(answer)) {
            return Err("a redemption handed nothing out".into());
        }
        Ok((took.as_secs_f64(), node.batches()?.size_since(&before)))
    }

    /// From the verifier's claim to the file in its hands, one after the other: it signs, posts, opens.
    fn one_claim(&self) -> Rows {
        let folder = self.folder.join("one");
        let node = self.node(&folder, &path(&folder.join("relay.db"))?)?;
        let mut bare = sqlite::Bare::create(&folder.join("bare.db"), self.sizes.clone())?;
        let (mut caller, signer) = (Caller::connect(node.address)?, Signer::new());
        let first = bare.fill(CLAIMS)?;
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for n in first..first + CLAIMS {
            let offered = Offered::make()?;
            caller.ask(&offered.put)?;
            let began = now();
            let (claim, digest) = self.verifier.claim(&offered)?;
            let claimed = caller.ask(&claim)?;
            let acked = caller.ask(&self.verifier.acknowledge(&offered, digest)?)?;
            offered.open(&claimed, &acked)?;
            ours.push(began.elapsed().as_secs_f64() * 1e6);
            let began = now();
            for step in [Step::Claim(n), Step::Release(n)] {
                signer.sign(&self.signed.message);
                bare.commit(&[step])?;
            }
            (0..VERIFICATIONS).for_each(|_| verify(&self.signed));
            (0..SIGNATURES).for_each(|_| self.log_signer.sign());
            theirs.push(began.elapsed().as_secs_f64() * 1e6);
        }
        let row = |name, at, ours: &mut Vec<f64>, theirs: &mut Vec<f64>| {
            Row::new(name, percentile(ours, at), percentile(theirs, at), 2.0, "us")
        };
        Ok(vec![
            row("claim to data on loopback, p50 | its signatures and commits", 50, &mut ours, &mut theirs),
            row("claim to data on loopback, p99 | its signatures and commits", 99, &mut ours, &mut theirs),
        ])
    }

    /// The relay's peak after so many offers were put and some of them looked at.
    fn memory(&self) -> Result<Row> {
        let peak = |name: &str, count: u64| {
            let folder = self.folder.join(name);
            let node = self.node(&folder, &path(&folder.join("relay.db"))?)?;
            for from in (0..count).step_by(PUTS) {
                let some = (from..count).take(PUTS);
                let puts = some.map(|_| Ok(vec![Offered::of_size(OFFER_BYTES)?]));
                run(node.address, EMBEDDED_CALLERS, &puts.collect::<Result<Vec<Job>>>()?)?;
            }
            self.redeem(&node, EMBEDDED_CALLERS)?;
            node.peak()
        };
        let (many, few) = (peak("many", MANY_OFFERS)?, peak("few", FEW_OFFERS)?);
        Ok(Row::new("memory at 100,000 open offers of 2 kB | at 1,000", many, few, 1.3, "MiB"))
    }

    fn node(&self, folder: &Path, database: &str) -> Result<Node> {
        Node::start(self.binary, folder, database, &self.verifier.authority())
    }
}

/// What a relay stores of an offer in each state.
fn sizes(binary: &Path, folder: &Path, verifier: &Verifier) -> Result<Sizes> {
    let database = folder.join("relay.db");
    let node = Node::start(binary, folder, &path(&database)?, &verifier.authority())?;
    let mut caller = Caller::connect(node.address)?;
    for steps in 0..=2 {
        let offered = Offered::make()?;
        caller.ask(&offered.put)?;
        for request in verifier.redeem(&offered)?.iter().take(steps) {
            caller.ask(request)?;
        }
    }
    let store = Connection::open(database)?;
    let size = |what: &str| {
        let size: i64 = store.query_row(&format!("SELECT max(length({what}"), [], |row| row.get(0))?;
        Ok::<_, Box<dyn Error>>(usize::try_from(size)?)
    };
    let record = |state| size(&format!("record)) FROM offer WHERE state = {state}"));
    let event = |number| size(&format!("record)) FROM event WHERE number = {number}"));
    Ok(Sizes {
        records: [record(1)?, record(3)?, record(4)?],
        events: [event(1)?, event(2)?, event(3)?],
        env: size("env)) FROM content")?,
        share: size("share)) FROM content")?,
    })
}

impl Rounds {
    fn row(mut self, name: &str) -> Row {
        let (ours, sum) = (median(&mut self.ours), median(&mut self.sums));
        say(&format!(
            "{:.0} redemptions a second, {:.1} steps in a transaction; reference: store {:.0}, ring {:.0}, axum {:.0} us",
            1e6 / ours,
            median(&mut self.batches),
            median(&mut self.store),
            median(&mut self.signatures),
            median(&mut self.posts),
        ));
        Row::new(name, ours, sum, 1.5, "us")
    }
}

/// Bare axum in a process of its own.
struct Posts {
    process: Child,
    address: SocketAddr,
}

impl Posts {
    fn start() -> Result<Self> {
        let mut process = Command::new(std::env::current_exe()?)
            .arg("empty-posts")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        BufReader::new(process.stdout.take().ok_or("no pipe")?).read_line(&mut line)?;
        Ok(Self { process, address: SocketAddr::from(([127, 0, 0, 1], line.trim().parse()?)) })
    }

    /// Seconds for so many.
    fn take(&self, callers: usize, count: u64) -> Result<f64> {
        let jobs: Vec<Job> = (0..count).map(|_| vec![post("/", &[])]).collect();
        Ok(run(self.address, callers, &jobs)?.0.as_secs_f64())
    }
}

impl Drop for Posts {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Microseconds for one redemption of a round.
fn each(seconds: f64) -> f64 {
    seconds * 1e6 / REDEMPTIONS as f64
}

fn path(path: &Path) -> Result<String> {
    Ok(path.to_str().ok_or("a path that is not text")?.to_owned())
}

#[expect(clippy::print_stderr, reason = "a tool for people: it says what it measured")]
fn say(words: &str) {
    eprintln!("{words}");
}

const ROUNDS: usize = 7;
const REDEMPTIONS: u64 = 1_500;
const EMBEDDED_CALLERS: usize = 16;
const POSTGRES_CALLERS: usize = 32;
/// Of one redemption: certificate, claim, acknowledgement.
const VERIFICATIONS: u32 = 3;
/// Of one redemption: the entries CLAIMED and RELEASED.
const SIGNATURES: u32 = 2;
const CLAIMS: u64 = 1_000;
const OFFER_BYTES: usize = 2 << 10;
const MANY_OFFERS: u64 = 100_000;
const FEW_OFFERS: u64 = 1_000;
/// Offers that are put at once.
const PUTS: usize = 5_000;
