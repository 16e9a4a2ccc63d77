//! kill -9, a database that restarts, connections that are cut: nothing is released twice, nothing that
//! was answered is lost.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chop_crypto::sha256;
use chop_formats::relay::{RelayRefusal, SignedEntry, State, What};
use chop_ledger::VerifierKey;
use chop_relay::{RelayKey, store};

use crate::http::{Process, now};
use crate::postgres::{self, Cluster};
use crate::world::Offer;

/// What a relay has said, by offer: what it must still say after any crash.
type Said = Arc<Mutex<HashMap<[u8; 16], Vec<(SignedEntry, Option<Vec<u8>>)>>>>;

/// Goes through live offers without end: two verifiers race for each, and whatever is answered is kept.
fn work(relays: &Mutex<Vec<Process>>, at: usize, said: &Said, over: &AtomicBool) {
    while !over.load(Ordering::SeqCst) {
        let offer = Offer::new(now());
        let keep = |entry: &SignedEntry, share: Option<Vec<u8>>| {
            said.lock().unwrap().entry(offer.g.0).or_default().push((entry.clone(), share));
        };
        // Asked until it is answered: that is what wallets and verifiers do.
        macro_rules! ask {
            ($call:expr) => {
                loop {
                    if over.load(Ordering::SeqCst) {
                        return;
                    }
                    let call = $call;
                    // The address is taken under the lock; the call is made outside of it.
                    let address = relays.lock().unwrap()[at].address;
                    match crate::http::call_at(address, &call) {
                        None
                        | Some(Err(RelayRefusal::Internal | RelayRefusal::Busy | RelayRefusal::TimedOut)) => {
                            std::thread::sleep(Duration::from_millis(3));
                        }
                        Some(answer) => break answer,
                    }
                }
            };
        }
        let created = ask!(offer.live()).unwrap();
        keep(&created.entry, None);
        let claims = [b"one".to_vec(), b"two".to_vec()];
        let taken = [ask!(offer.claim(&claims[0])), ask!(offer.claim(&claims[1]))];
        let winner = taken.iter().position(Result::is_ok).expect("one claim is taken");
        assert_eq!(taken.iter().filter(|taken| taken.is_ok()).count(), 1);
        let claim = &claims[winner];
        keep(&ask!(offer.answer(claim, b"ENV")).unwrap().entry, None);
        ask!(offer.ack(claim, b"ACK")).unwrap();
        keep(&ask!(offer.release(claim, b"KEY")).unwrap().entry, None);
        let collected = ask!(offer.collect(claim, None, 0)).unwrap();
        keep(&collected.released.unwrap(), collected.share.map(|share| share.into_bytes()));
    }
}

/// Everything that was said is still so, and the log is whole.
fn judge(key: &VerifierKey, database: &str, said: &Said) {
    let said = said.lock().unwrap();
    assert!(said.len() > 20, "only {} offers", said.len());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let store = runtime.block_on(store::open(database, &key.to_string(), 2)).unwrap();
    runtime.block_on(chop_relay::check_log::check(&*store)).unwrap();
    let mut places = HashMap::new();
    for (g, entries) in said.iter() {
        let (kept, _) = runtime.block_on(store.offer(chop_formats::relay::OfferId(*g))).unwrap().unwrap();
        let verified: Vec<_> =
            entries.iter().map(|(entry, _)| entry.to_unverified().verify(key).unwrap()).collect();
        for entry in &verified {
            let other = places.insert(entry.entry().index, entry.bytes().to_vec());
            assert!(other.is_none_or(|other| other == entry.bytes()), "two entries at one place");
            let kept_bytes = match entry.entry().what {
                What::Created => Some(&kept.created),
                What::Claimed => kept.claimed.as_ref(),
                _ => kept.ended.as_ref(),
            };
            assert_eq!(kept_bytes.map(Vec::as_slice), Some(entry.bytes()), "an answered commit was lost");
        }
        let released: Vec<_> = verified.iter().filter(|e| e.entry().what == What::Released).collect();
        assert!(released.windows(2).all(|pair| pair[0].bytes() == pair[1].bytes()), "released twice");
        assert!(
            released.iter().all(|entry| entry.entry().about == Some(sha256(b"ACK"))),
            "without a receipt"
        );
        assert!(entries.iter().all(|(_, share)| share.as_deref().is_none_or(|share| share == b"KEY")));
        assert!(released.is_empty() || kept.state == State::Released);
    }
}

fn kill_at_random(relays: Vec<Process>, kills: u32, key: &VerifierKey, database: &str) {
    let (said, over) = (Said::default(), Arc::new(AtomicBool::new(false)));
    let count = relays.len();
    let relays = Arc::new(Mutex::new(relays));
    let workers: Vec<_> = (0..4)
        .map(|n| {
            let (relays, said, over) = (relays.clone(), said.clone(), over.clone());
            std::thread::spawn(move || work(&relays, n % count, &said, &over))
        })
        .collect();
    for n in 0..kills {
        // From the first millisecond on to some way into the work.
        let seed = sha256(&n.to_be_bytes());
        std::thread::sleep(Duration::from_millis(u64::from(seed[0]) / 3));
        let mut relays = relays.lock().unwrap();
        let relay = &mut relays[usize::from(seed[1]) % count];
        relay.kill();
        relay.start();
    }
    std::thread::sleep(Duration::from_millis(300));
    over.store(true, Ordering::SeqCst);
    workers.into_iter().for_each(|worker| worker.join().unwrap());
    drop(relays);
    judge(key, database, &said);
}

fn key_in(folder: &std::path::Path) -> VerifierKey {
    RelayKey::read(&folder.join("relay.key"), "localhost").unwrap().vkey().clone()
}

const OPEN: &str = "[limits]\ncalls_per_minute = 0\n";

#[test]
fn row_45_killed_200_times_a_relay_releases_nothing_twice_and_loses_nothing_answered() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("relay.db").to_str().unwrap().to_owned();
    let mut relay = Process::prepare(folder.path().into(), database.clone(), OPEN);
    relay.start();
    kill_at_random(vec![relay], 200, &key_in(folder.path()), &database);
}

#[test]
fn row_45_three_relays_on_one_postgres_are_killed_in_turn() {
    let Some(cluster) = postgres::shared() else { return };
    let folder = tempfile::tempdir().unwrap();
    let database = cluster.database();
    let relays = (0..3).map(|_| {
        let mut relay = Process::prepare(folder.path().into(), database.clone(), OPEN);
        relay.start();
        relay
    });
    let relays = relays.collect();
    kill_at_random(relays, 60, &key_in(folder.path()), &database);
}

#[test]
fn a_database_that_restarts_in_mid_flight_costs_time_only() {
    let Some(cluster) = Cluster::start() else { return };
    let folder = tempfile::tempdir().unwrap();
    let database = cluster.database();
    let mut relay = Process::prepare(folder.path().into(), database.clone(), OPEN);
    relay.start();
    let (said, over) = (Said::default(), Arc::new(AtomicBool::new(false)));
    let relays = Arc::new(Mutex::new(vec![relay]));
    let workers: Vec<_> = (0..4)
        .map(|_| {
            let (relays, said, over) = (relays.clone(), said.clone(), over.clone());
            std::thread::spawn(move || work(&relays, 0, &said, &over))
        })
        .collect();
    for _ in 0..3 {
        std::thread::sleep(Duration::from_millis(700));
        cluster.crash_and_start();
    }
    std::thread::sleep(Duration::from_millis(1_500));
    over.store(true, Ordering::SeqCst);
    workers.into_iter().for_each(|worker| worker.join().unwrap());
    drop(relays);
    judge(&key_in(folder.path()), &database, &said);
}
