//! Three relay processes on one PostgreSQL are one relay: a thousand clients claim one offer at once, and
//! one of them gets it; also when the database falls over while they do.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};
use std::time::Duration;

use chop_crypto::sha256;
use chop_formats::relay::{Call, Collect, Policy, RelayRefusal, State, What};
use chop_relay::RelayKey;

use crate::http::{Process, call_at, now};
use crate::parties::{BOUND, Verifier, anchor_pem};
use crate::postgres::{self, Cluster};
use crate::world::Offer;

/// Clients at once.
const CLAIMS: usize = 1_000;
/// As the configuration of these processes says.
const ORIGIN: &str = "http://localhost";

#[test]
fn row_05_a_thousand_clients_of_three_relay_processes_on_one_postgres_release_once() {
    let Some(cluster) = postgres::shared() else { return };
    let three = Three::start(cluster);
    let (claimed, counts) = three.race(|_| {});
    three.judge(&claimed, &counts);
}

#[test]
fn row_05_a_thousand_clients_release_once_while_the_database_falls_over() {
    let Some(cluster) = Cluster::start() else { return };
    let three = Three::start(&cluster);
    // Twice in mid-flight: when a quarter has its answer, and when three quarters have.
    let (claimed, counts) = three.race(|answered| {
        for part in [1, 3] {
            while answered.load(Ordering::SeqCst) < CLAIMS * part / 4 {
                std::thread::sleep(Duration::from_millis(1));
            }
            cluster.crash_and_start();
        }
    });
    three.judge(&claimed, &counts);
}

/// Three processes, one store, one sealed offer of theirs.
struct Three {
    relays: Vec<Process>,
    folder: tempfile::TempDir,
    database: String,
    offer: Offer,
    hospital: Arc<Verifier>,
}

/// How many clients ended with which answer.
type Counts = BTreeMap<String, usize>;

impl Three {
    fn start(cluster: &Cluster) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let authority = folder.path().join("authority.pem");
        std::fs::write(&authority, anchor_pem()).unwrap();
        let settings =
            format!("authorities = [\"{}\"]\n[limits]\ncalls_per_minute = 0\n", authority.display());
        let database = cluster.database();
        let relays = (0..3).map(|_| {
            let mut relay = Process::prepare(folder.path().into(), database.clone(), &settings);
            relay.start();
            relay
        });
        let three = Self {
            relays: relays.collect(),
            folder,
            database,
            offer: Offer::new(now()),
            hospital: Arc::new(Verifier::new("hospital")),
        };
        let sealed = three.offer.sealed(Policy::only(&three.hospital.client_id()));
        ask(three.relays[0].address, &sealed).unwrap();
        three
    }

    /// Everybody claims another claim and acknowledges it, whatever was answered. The claims that were
    /// taken, and what everybody was told in the end.
    fn race(&self, meanwhile: impl FnOnce(&AtomicUsize)) -> (Vec<Vec<u8>>, Counts) {
        let (start, answered) = (Arc::new(Barrier::new(CLAIMS)), Arc::new(AtomicUsize::new(0)));
        let clients: Vec<_> = (0..CLAIMS)
            .map(|number| {
                let at = self.relays[number % 3].address;
                let (start, answered, offer) = (start.clone(), answered.clone(), self.offer);
                let nonce = u64::try_from(number).unwrap();
                let claim = self.hospital.claim(offer.g, BOUND.grant, ORIGIN, now(), nonce);
                let ack = self.hospital.ack(&claim, &BOUND, now());
                let client = std::thread::Builder::new().stack_size(256 * 1024);
                client
                    .spawn(move || {
                        start.wait();
                        let claimed = ask(at, &offer.claim(&claim)).map(drop);
                        answered.fetch_add(1, Ordering::SeqCst);
                        let acked = ask(at, &offer.ack(&claim, &ack)).map(|acked| acked.state);
                        (claim, claimed, acked)
                    })
                    .unwrap()
            })
            .collect();
        meanwhile(&answered);
        let (mut taken, mut counts) = (Vec::new(), Counts::new());
        for client in clients {
            let (claim, claimed, acked) = client.join().unwrap();
            *counts.entry(format!("{claimed:?} {acked:?}")).or_default() += 1;
            if claimed.is_ok() {
                taken.push(claim);
            }
        }
        (taken, counts)
    }

    fn judge(&self, claimed: &[Vec<u8>], counts: &Counts) {
        let one = format!("{:?} {:?}", Ok::<(), RelayRefusal>(()), Ok::<_, RelayRefusal>(State::Released));
        let refused = Err::<(), _>(RelayRefusal::Conflict);
        let other = format!("{refused:?} {refused:?}");
        assert_eq!(counts, &Counts::from([(one, 1), (other, CLAIMS - 1)]));
        // Every process says the same of it, byte for byte, and so does the log.
        let collect: Collect = self.offer.collect(&claimed[0], None, 0);
        let said: Vec<_> =
            self.relays.iter().map(|relay| ask(relay.address, &collect).unwrap().released.unwrap()).collect();
        assert!(said.windows(2).all(|pair| pair[0].as_bytes() == pair[1].as_bytes()));
        let key = RelayKey::read(&self.folder.path().join("relay.key"), "localhost").unwrap();
        let entry = said[0].to_unverified().verify(key.vkey()).unwrap();
        entry.expect(What::Released, &self.offer.g, &sha256(&claimed[0])).unwrap();
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let vkey = key.vkey().to_string();
        let store = runtime.block_on(chop_relay::store::open(&self.database, &vkey, 2)).unwrap();
        // Created, claimed, released: one log, whoever wrote.
        assert_eq!(runtime.block_on(chop_relay::check_log::check(&*store)).unwrap(), 3);
    }
}

/// Asked until it is answered, as wallets and verifiers do.
fn ask<C: Call>(at: SocketAddr, call: &C) -> Result<C::Answer, RelayRefusal> {
    loop {
        match call_at(at, call) {
            None | Some(Err(RelayRefusal::Internal | RelayRefusal::Busy | RelayRefusal::TimedOut)) => {
                std::thread::sleep(Duration::from_millis(20));
            }
            Some(answer) => return answer,
        }
    }
}
