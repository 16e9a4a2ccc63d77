//! Many at once: one offer, one winner.

use std::sync::Arc;

use chop_crypto::sha256;
use chop_formats::relay::{Policy, RelayRefusal, State, What, Withdrawal};
use chop_relay::Service;

use crate::parties::{BOUND, Verifier};
use crate::postgres;
use crate::world::{ORIGIN, Offer, World, on_both};

const CLAIMS: u64 = 1_000;

async fn a_thousand_claim_at_once(world: &World, relays: &[Arc<Service>]) {
    let hospital = Arc::new(Verifier::new("hospital"));
    let offer = Offer::new(world.now());
    relays[0].call(offer.sealed(Policy::only(&hospital.client_id()))).await.unwrap();
    let tasks: Vec<_> = (0..CLAIMS)
        .map(|n| {
            let relay = relays[usize::try_from(n).unwrap() % relays.len()].clone();
            let (hospital, now) = (hospital.clone(), world.now());
            tokio::spawn(async move {
                let claim = hospital.claim(offer.g, BOUND.grant, ORIGIN, now, n);
                let claimed = relay.call(offer.claim(&claim)).await;
                // Everybody acknowledges, also who was told that somebody else was first.
                let ack = hospital.ack(&claim, &BOUND, now);
                let acked = relay.call(offer.ack(&claim, &ack)).await;
                (claim, claimed, acked)
            })
        })
        .collect();
    let mut winners = Vec::new();
    for task in tasks {
        let (claim, claimed, acked) = task.await.unwrap();
        match (claimed, acked) {
            (Ok(claimed), Ok(acked)) => {
                let entry = world.verify(&claimed.entry);
                entry.expect(What::Claimed, &offer.g, &sha256(&claim)).unwrap();
                assert_eq!((acked.state, acked.share.is_some()), (State::Released, true));
                winners.push(claim);
            }
            (Err(RelayRefusal::Conflict), Err(RelayRefusal::Conflict)) => {}
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(winners.len(), 1, "exactly one claim is released");
    let released = relays[0].call(offer.collect(&winners[0], None, 0)).await.unwrap();
    assert_eq!(released.state, State::Released);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn row_05_a_thousand_claims_release_once_on_sqlite() {
    let world = World::sqlite();
    let relays = [world.relay().await];
    a_thousand_claim_at_once(&world, &relays).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn row_05_a_thousand_claims_release_once_on_postgres_with_three_relays() {
    let Some(cluster) = postgres::shared() else { return };
    let world = World::on(cluster.database());
    // Three services with pools, queues and memory of their own: what three processes have in common is
    // the database alone, and so have these. Three real processes: processes.rs.
    let relays = [world.relay().await, world.relay().await, world.relay().await];
    a_thousand_claim_at_once(&world, &relays).await;
    let store = chop_relay::store::open(&world.database, &world.key.vkey().to_string(), 2).await.unwrap();
    // Created, claimed, released: one log, whoever wrote.
    assert_eq!(chop_relay::check_log::check(&*store).await.unwrap(), 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn row_47_a_withdrawal_against_the_acknowledgement_has_one_of_two_ends() {
    on_both(|world| async move {
        let relay = world.relay().await;
        let hospital = Arc::new(Verifier::new("hospital"));
        let (mut revoked, mut released) = (0, 0);
        for round in 0..1_000u64 {
            let offer = Offer::new(world.now());
            relay.call(offer.sealed(Policy::only(&hospital.client_id()))).await.unwrap();
            let claim = hospital.claim(offer.g, BOUND.grant, ORIGIN, world.now(), round);
            relay.call(offer.claim(&claim)).await.unwrap();
            let ack = hospital.ack(&claim, &BOUND, world.now());
            let (left, right) = (relay.clone(), relay.clone());
            // The same start for both would make one of them win always.
            let late = round % 2 == 0;
            let withdrawing = tokio::spawn(async move {
                if late {
                    tokio::task::yield_now().await;
                    tokio::time::sleep(std::time::Duration::from_micros(80 * (round % 7))).await;
                }
                left.call(offer.withdraw()).await.unwrap()
            });
            let acked = right.call(offer.ack(&claim, &ack)).await;
            let withdrawn = withdrawing.await.unwrap().verify(world.key.vkey(), &offer.g).unwrap();
            match withdrawn {
                Withdrawal::RevokedAt(..) => {
                    revoked += 1;
                    assert_eq!(acked.err(), Some(RelayRefusal::Revoked));
                    let after = relay.call(offer.collect(&claim, None, 0)).await.unwrap();
                    assert!(after.share.is_none() && after.released.is_none());
                    assert_eq!(relay.call(offer.ack(&claim, &ack)).await.err(), Some(RelayRefusal::Revoked));
                }
                Withdrawal::AlreadyReleasedAt(_, entry) => {
                    released += 1;
                    assert_eq!(entry.entry().claim, Some(sha256(&claim)));
                    assert!(acked.unwrap().share.is_some());
                }
            }
        }
        assert_eq!(revoked + released, 1_000);
        assert!(revoked > 0 && released > 0, "both ends were seen: {revoked} {released}");
    })
    .await;
}

#[tokio::test]
async fn row_42_a_share_never_leaves_for_an_acknowledgement_that_nobody_checked() {
    on_both(|world| async move {
        let relay = world.relay().await;
        let hospital = Verifier::new("hospital");
        for round in 0..24u64 {
            let offer = Offer::new(world.now());
            relay.call(offer.sealed(Policy::only(&hospital.client_id()))).await.unwrap();
            let claim = hospital.claim(offer.g, BOUND.grant, ORIGIN, world.now(), round);
            // Both read the offer before the claim is written: the junk is queued behind the claim.
            let junk = offer.ack(&claim, b"no acknowledgement at all");
            let (claimed, acked) = tokio::join!(relay.call(offer.claim(&claim)), relay.call(junk));
            assert!(claimed.unwrap().env.is_some());
            let refusal = acked.err();
            assert!(
                matches!(refusal, Some(RelayRefusal::WrongState | RelayRefusal::BadAcknowledgement)),
                "{refusal:?}"
            );
            let after = relay.call(offer.collect(&claim, None, 0)).await.unwrap();
            assert_eq!((after.state, after.share.is_some()), (State::Claimed, false));
            // The real one is still worth the share.
            let ack = hospital.ack(&claim, &BOUND, world.now());
            assert!(relay.call(offer.ack(&claim, &ack)).await.unwrap().share.is_some());
        }
    })
    .await;
}
