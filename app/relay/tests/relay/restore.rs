//! Row 48: a store that was restored from an older copy, or a replica that lagged and took over.

use chop_formats::relay::{FaultKind, RelayRefusal, State, What, equivocation};
use chop_relay::{RelayKey, Service};

use crate::http::{Process, now};
use crate::postgres::Cluster;
use crate::world::{Offer, World};

const OPEN: &str = "[limits]\ncalls_per_minute = 0\n";

#[test]
fn row_48_a_store_restored_from_an_older_copy_raises_the_epoch_by_itself() {
    let mut relay = Process::sqlite(OPEN);
    let (early, late) = (Offer::new(now()), Offer::new(now()));
    let first = relay.call(&early.live()).unwrap().unwrap();
    assert!(relay.terminate().success());
    let (file, copy) = (relay.folder.join("relay.db"), relay.folder.join("copy.db"));
    std::fs::copy(&file, &copy).unwrap();
    relay.start();
    relay.call(&late.live()).unwrap().unwrap();
    let claimed = relay.call(&early.claim(b"R")).unwrap().unwrap();
    assert_eq!(claimed.state, State::Pending);
    assert!(relay.terminate().success());

    std::fs::copy(&copy, &file).unwrap();
    for rest in ["relay.db-wal", "relay.db-shm"] {
        let _ = std::fs::remove_file(relay.folder.join(rest));
    }
    relay.start();
    // The one that the copy knows has expired; the one that it does not know is gone. Neither is given
    // out a second time, and a withdrawal says that nobody can know.
    assert_eq!(relay.call(&early.claim(b"R")).unwrap().err(), Some(RelayRefusal::Expired));
    assert_eq!(relay.call(&early.withdraw()).unwrap().err(), Some(RelayRefusal::Expired));
    assert_eq!(relay.call(&late.claim(b"R")).unwrap().err(), Some(RelayRefusal::UnknownOffer));
    let fresh = Offer::new(now());
    let created = relay.call(&fresh.live()).unwrap().unwrap();
    let key = RelayKey::read(&relay.folder.join("relay.key"), "localhost").unwrap();
    let verify = |entry: &chop_formats::relay::SignedEntry| entry.to_unverified().verify(key.vkey()).unwrap();
    assert_eq!((verify(&first.entry).entry().epoch, verify(&created.entry).entry().epoch), (1, 2));
    // What was signed before the restore and what is signed at the same place after it do not accuse a
    // relay that said that it was restored.
    assert_eq!(equivocation(&verify(&claimed.entry), &verify(&created.entry)), None);
}

#[test]
fn row_48_a_restore_that_is_announced_expires_every_earlier_offer() {
    let mut relay = Process::sqlite(OPEN);
    let offer = Offer::new(now());
    relay.call(&offer.live()).unwrap().unwrap();
    assert!(relay.terminate().success());
    let config = relay.folder.join(format!("relay-{}.toml", relay.address.port()));
    let done = std::process::Command::new(env!("CARGO_BIN_EXE_chop-relay"))
        .args(["restored", "--config"])
        .arg(config)
        .output()
        .unwrap();
    assert!(done.status.success(), "{done:?}");
    assert!(String::from_utf8_lossy(&done.stdout).starts_with("epoch 2;"));
    relay.start();
    assert_eq!(relay.call(&offer.claim(b"R")).unwrap().err(), Some(RelayRefusal::Expired));
}

#[test]
fn row_48_a_postgres_that_fails_over_to_a_replica_that_lags_is_found_while_serving() {
    let Some(cluster) = Cluster::start() else { return };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let world = World::on(cluster.database());
    let (early, late) = (Offer::new(world.now()), Offer::new(world.now()));
    let relay = runtime.block_on(async {
        let relay = world.relay().await;
        relay.call(early.live()).await.unwrap();
        relay
    });
    // The replica stands where the database was here: a crash cuts the connections, and the copy takes
    // the place of what the relay has answered from since.
    cluster.crash_and_start();
    let copy = cluster.copy_of(&world.database);
    let released = runtime.block_on(release(&relay, &early, &late));
    cluster.crash_and_start();
    cluster.replace(&world.database, &copy);
    runtime.block_on(async {
        let again = relay.call(early.claim(b"R2")).await;
        assert_eq!(again.err(), Some(RelayRefusal::Expired), "it was released in what was lost");
        assert_eq!(relay.call(late.claim(b"R")).await.err(), Some(RelayRefusal::UnknownOffer));
        let created = relay.call(Offer::new(world.now()).live()).await.unwrap();
        assert_eq!(world.verify(&created.entry).entry().epoch, 2);
    });
    drop(released);
}

async fn release(relay: &Service, early: &Offer, late: &Offer) -> chop_formats::relay::Entered {
    relay.call(late.live()).await.unwrap();
    relay.call(early.claim(b"R")).await.unwrap();
    relay.call(early.answer(b"R", b"ENV")).await.unwrap();
    relay.call(early.ack(b"R", b"ACK")).await.unwrap();
    relay.call(early.release(b"R", b"KEY")).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn row_08_a_relay_that_lies_to_two_verifiers_convicts_itself() {
    // Two stores behind one key: what an operator would have to do to give one offer out twice.
    let (one, mut other) = (World::sqlite(), World::sqlite());
    other.key = one.key.clone();
    let offer = Offer::new(one.now());
    let mut entries = Vec::new();
    for (world, claim) in [(&one, b"R1"), (&other, b"R2")] {
        let relay = world.relay().await;
        relay.call(offer.live()).await.unwrap();
        if claim == b"R2" {
            // The logs differ, as they would; the offer is the same.
            relay.call(Offer::new(world.now()).live()).await.unwrap();
        }
        relay.call(offer.claim(claim)).await.unwrap();
        let claimed = relay.call(offer.answer(claim, b"ENV")).await.unwrap();
        entries.push(one.verify(&claimed.entry));
    }
    assert!(entries.iter().all(|entry| entry.entry().what == What::Claimed));
    let proof = equivocation(&entries[0], &entries[1]).unwrap();
    assert_eq!(proof.kind(), FaultKind::ClaimedTwice);
    let judged = chop_formats::relay::FaultProof::verify(&proof.to_bytes()).unwrap();
    assert_eq!(judged.key(), one.key.vkey());
}
