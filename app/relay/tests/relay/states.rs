//! The states, step by step, on both stores.

use chop_formats::relay::{
    EventKind, MAX_REJECTIONS, OfferId, Policy, Prove, RelayRefusal, State, What, Withdrawal,
};
use chop_relay::Service;

use crate::parties::{BOUND, Verifier};
use crate::world::{NOW, ORIGIN, Offer, World, on_both};

/// Brings a live offer to a state.
async fn reach(relay: &Service, offer: &Offer, state: State) {
    relay.call(offer.live()).await.unwrap();
    if state >= State::Pending && state <= State::Released {
        relay.call(offer.claim(b"R")).await.unwrap();
    }
    if state >= State::Claimed && state <= State::Released {
        relay.call(offer.answer(b"R", b"ENV")).await.unwrap();
    }
    if state == State::Released {
        relay.call(offer.ack(b"R", b"ACK")).await.unwrap();
        relay.call(offer.release(b"R", b"KEY")).await.unwrap();
    }
    if state == State::Revoked {
        relay.call(offer.withdraw()).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_step_from_every_state_is_as_the_table_says() {
    use RelayRefusal as R;
    use State::{Claimed, Expired, Open, Pending, Released, Revoked};
    type Row = (State, &'static str, Result<State, RelayRefusal>);
    let table: &[Row] = &[
        (Open, "claim", Ok(Pending)),
        (Open, "ack", Err(R::WrongState)),
        (Open, "use", Err(R::WrongState)),
        (Open, "reject", Err(R::WrongState)),
        (Open, "answer", Err(R::WrongState)),
        (Open, "release", Err(R::WrongState)),
        (Open, "withdraw", Ok(Revoked)),
        (Pending, "claim", Ok(Pending)),
        (Pending, "other claim", Err(R::Conflict)),
        (Pending, "ack", Err(R::WrongState)),
        (Pending, "use", Err(R::WrongState)),
        (Pending, "reject", Ok(Open)),
        (Pending, "answer", Ok(Claimed)),
        (Pending, "release", Err(R::WrongState)),
        (Pending, "withdraw", Ok(Revoked)),
        (Claimed, "claim", Ok(Claimed)),
        (Claimed, "other claim", Err(R::Conflict)),
        (Claimed, "ack", Ok(Claimed)),
        (Claimed, "use", Ok(Claimed)),
        (Claimed, "reject", Err(R::WrongState)),
        (Claimed, "answer", Ok(Claimed)),
        (Claimed, "other answer", Err(R::Conflict)),
        (Claimed, "release", Err(R::NoAcknowledgement)),
        (Claimed, "withdraw", Ok(Revoked)),
        (Released, "claim", Ok(Released)),
        (Released, "other claim", Err(R::Conflict)),
        (Released, "ack", Ok(Released)),
        (Released, "other ack", Err(R::Conflict)),
        (Released, "use", Ok(Released)),
        (Released, "reject", Err(R::WrongState)),
        (Released, "answer", Ok(Released)),
        (Released, "release", Ok(Released)),
        (Released, "other release", Err(R::Conflict)),
        (Released, "withdraw", Ok(Released)),
        (Revoked, "claim", Err(R::Revoked)),
        (Revoked, "ack", Err(R::Revoked)),
        (Revoked, "answer", Err(R::Revoked)),
        (Revoked, "reject", Err(R::Revoked)),
        (Revoked, "release", Err(R::Revoked)),
        (Revoked, "withdraw", Ok(Revoked)),
        (Expired, "claim", Err(R::Expired)),
        (Expired, "ack", Err(R::Expired)),
        (Expired, "answer", Err(R::Expired)),
        (Expired, "reject", Err(R::Expired)),
        (Expired, "release", Err(R::Expired)),
        (Expired, "withdraw", Ok(Revoked)),
    ];
    on_both(|world| async move {
        let relay = world.relay().await;
        for (from, step, expected) in table {
            let offer = Offer { exp: world.now().plus(60), ..Offer::new(world.now()) };
            reach(&relay, &offer, *from).await;
            if *from == Expired {
                world.pass(61);
            }
            let came = match *step {
                "claim" => relay.call(offer.claim(b"R")).await.map(|a| a.state),
                "other claim" => relay.call(offer.claim(b"R2")).await.map(|a| a.state),
                "ack" => relay.call(offer.ack(b"R", b"ACK")).await.map(|a| a.state),
                "other ack" => relay.call(offer.ack(b"R", b"ACK2")).await.map(|a| a.state),
                "use" => relay.call(offer.note(b"R", b"USE")).await.map(|a| a.state),
                "reject" => relay.call(offer.reject(b"R")).await.map(|a| a.state),
                "answer" => relay.call(offer.answer(b"R", b"ENV")).await.map(|a| a.state),
                "other answer" => relay.call(offer.answer(b"R", b"ENV2")).await.map(|a| a.state),
                "release" => relay.call(offer.release(b"R", b"KEY")).await.map(|a| a.state),
                "other release" => relay.call(offer.release(b"R", b"KEY2")).await.map(|a| a.state),
                _ => relay.call(offer.withdraw()).await.map(|a| {
                    match a.verify(world.key.vkey(), &offer.g).unwrap() {
                        Withdrawal::RevokedAt(..) => Revoked,
                        Withdrawal::AlreadyReleasedAt(..) => Released,
                    }
                }),
            };
            assert_eq!(came, *expected, "{from:?} {step}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn row_06_a_repeated_call_gets_the_same_bytes() {
    use chop_formats::relay::Message as _;
    on_both(|world| async move {
        let relay = world.relay().await;
        let offer = Offer::new(world.now());
        let created = relay.call(offer.live()).await.unwrap().to_bytes();
        assert_eq!(relay.call(offer.live()).await.unwrap().to_bytes(), created);
        let other = Offer { exp: offer.exp.plus(1), ..offer };
        assert_eq!(relay.call(other.live()).await.err(), Some(RelayRefusal::Taken));

        let pending = relay.call(offer.claim(b"R")).await.unwrap().to_bytes();
        assert_eq!(relay.call(offer.claim(b"R")).await.unwrap().to_bytes(), pending);
        let answered = relay.call(offer.answer(b"R", b"ENV")).await.unwrap().to_bytes();
        assert_eq!(relay.call(offer.answer(b"R", b"ENV")).await.unwrap().to_bytes(), answered);
        let claimed = relay.call(offer.claim(b"R")).await.unwrap();
        assert_eq!(claimed.env.as_ref().unwrap().as_bytes(), b"ENV");
        let collected = relay.call(offer.collect(b"R", None, 0)).await.unwrap().to_bytes();
        assert_eq!(relay.call(offer.collect(b"R", None, 0)).await.unwrap().to_bytes(), collected);
        relay.call(offer.ack(b"R", b"ACK")).await.unwrap();
        let released = relay.call(offer.release(b"R", b"KEY")).await.unwrap().to_bytes();
        assert_eq!(relay.call(offer.release(b"R", b"KEY")).await.unwrap().to_bytes(), released);
        let collected = relay.call(offer.collect(b"R", None, 0)).await.unwrap();
        assert_eq!(collected.share.as_ref().unwrap().as_bytes(), b"KEY");
        // Also at the last second, and by another process.
        world.pass(600);
        let again = world.relay().await.call(offer.collect(b"R", None, 0)).await.unwrap();
        assert_eq!(again.to_bytes(), collected.to_bytes());
        // Somebody with another key is refused, and changes nothing.
        let conflict = relay.call(offer.collect(b"R2", None, 0)).await.err();
        assert_eq!(conflict, Some(RelayRefusal::Conflict));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn row_46_junk_rejections_and_a_lease_that_runs_out_burn_nothing() {
    on_both(|world| async move {
        let relay = world.relay().await;
        let offer = Offer::new(world.now());
        relay.call(offer.live()).await.unwrap();
        // A junk tok looks like an unknown offer, and leaves no event.
        let junk = relay.call(offer.claim_with([0; 32], b"R")).await.err();
        assert_eq!(junk, Some(RelayRefusal::UnknownOffer));
        let stranger = Offer::new(world.now());
        assert_eq!(relay.call(stranger.claim(b"R")).await.err(), Some(RelayRefusal::UnknownOffer));
        assert_eq!(relay.call(offer.watch(1, 0)).await.unwrap().events.len(), 0);

        // A lease runs out; the same claim may come again.
        relay.call(offer.claim(b"R0")).await.unwrap();
        world.pass(120);
        assert_eq!(relay.call(offer.collect(b"R0", None, 0)).await.unwrap().state, State::Open);
        assert_eq!(relay.call(offer.claim(b"R0")).await.unwrap().state, State::Pending);
        assert_eq!(relay.call(offer.reject(b"R0")).await.unwrap().state, State::Open);
        // A rejected one may not.
        assert_eq!(relay.call(offer.claim(b"R0")).await.err(), Some(RelayRefusal::Rejected));
        assert_eq!(relay.call(offer.reject(b"R0")).await.unwrap().state, State::Open);
        for n in 1..MAX_REJECTIONS {
            let body = [b'R', u8::try_from(n).unwrap()];
            relay.call(offer.claim(&body)).await.unwrap();
            assert_eq!(relay.call(offer.reject(&body)).await.unwrap().state, State::Open);
        }
        // After eight it is still open for the right one; the ninth rejection ends it.
        relay.call(offer.claim(b"R9")).await.unwrap();
        let ended = relay.call(offer.reject(b"R9")).await.unwrap();
        assert_eq!(ended.state, State::Revoked);
        assert_eq!(world.verify(&ended.entry).entry().what, What::Revoked);
        let kinds: Vec<_> =
            relay.call(offer.watch(0, 0)).await.unwrap().events.iter().map(|e| e.kind).collect();
        assert_eq!(kinds.iter().filter(|kind| **kind == EventKind::Rejected).count(), 8);
        assert_eq!(
            kinds[..4],
            [EventKind::Created, EventKind::Pending, EventKind::Lapsed, EventKind::Pending]
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sealed_drop_goes_to_whom_it_names_for_an_acknowledgement_of_what_is_held() {
    on_both(|world| async move {
        let relay = world.relay().await;
        let (hospital, bank) = (Verifier::new("hospital"), Verifier::new("bank"));
        let offer = Offer::new(world.now());
        relay.call(offer.sealed(Policy::only(&hospital.client_id()))).await.unwrap();
        let claim_of = |v: &Verifier, n| v.claim(offer.g, BOUND.grant, ORIGIN, world.now(), n);

        let refused = async |body: &[u8]| relay.call(offer.claim(body)).await.err();
        assert_eq!(refused(b"no JWT").await, Some(RelayRefusal::BadClaim));
        assert_eq!(refused(&claim_of(&bank, 1)).await, Some(RelayRefusal::NotAllowed));
        let unknown = Verifier::under("hospital", "another authority");
        assert_eq!(refused(&claim_of(&unknown, 1)).await, Some(RelayRefusal::BadClaim));
        let elsewhere = hospital.claim(offer.g, BOUND.grant, "https://other.example", world.now(), 1);
        assert_eq!(refused(&elsewhere).await, Some(RelayRefusal::BadClaim));
        let other_grant = hospital.claim(offer.g, [0; 32], ORIGIN, world.now(), 1);
        assert_eq!(refused(&other_grant).await, Some(RelayRefusal::BadClaim));
        let other_offer = hospital.claim(OfferId([0; 16]), BOUND.grant, ORIGIN, world.now(), 1);
        assert_eq!(refused(&other_offer).await, Some(RelayRefusal::BadClaim));
        let old = hospital.claim(offer.g, BOUND.grant, ORIGIN, world.now().plus(-4000), 1);
        assert_eq!(refused(&old).await, Some(RelayRefusal::BadClaim));

        let claim = claim_of(&hospital, 2);
        let claimed = relay.call(offer.claim(&claim)).await.unwrap();
        assert_eq!(claimed.env.unwrap().as_bytes(), b"sealed envelope");
        world.verify(&claimed.entry).expect(What::Claimed, &offer.g, &chop_crypto::sha256(&claim)).unwrap();
        // The share is not given with the envelope.
        let before = relay.call(offer.collect(&claim, None, 0)).await.unwrap();
        assert!(before.share.is_none() && before.released.is_none());
        // Another claim of the same verifier is another claim; the holder learns whose.
        let second = claim_of(&hospital, 3);
        assert_eq!(refused(&second).await, Some(RelayRefusal::Conflict));

        let bad = async |body: &[u8]| relay.call(offer.ack(&claim, body)).await.err();
        let forged = crate::parties::Bound { ct: [0; 32], ..BOUND };
        assert_eq!(
            bad(&hospital.ack(&claim, &forged, world.now())).await,
            Some(RelayRefusal::BadAcknowledgement)
        );
        assert_eq!(bad(&bank.ack(&claim, &BOUND, world.now())).await, Some(RelayRefusal::BadAcknowledgement));
        assert_eq!(
            bad(&hospital.ack(&second, &BOUND, world.now())).await,
            Some(RelayRefusal::BadAcknowledgement)
        );
        let ack = hospital.ack(&claim, &BOUND, world.now());
        let acked = relay.call(offer.ack(&claim, &ack)).await.unwrap();
        assert_eq!(acked.share.unwrap().as_bytes(), b"sealed key share");
        let released = world.verify(&acked.released.unwrap());
        released.expect(What::Released, &offer.g, &chop_crypto::sha256(&claim)).unwrap();
        assert_eq!(released.entry().about, Some(chop_crypto::sha256(&ack)));
        // Long after the claim's own end the same claim and acknowledgement still get the same.
        world.pass(590);
        assert_eq!(relay.call(offer.claim(&claim)).await.unwrap().state, State::Released);
        assert!(relay.call(offer.ack(&claim, &ack)).await.unwrap().share.is_some());

        let events = relay.call(offer.watch(0, 0)).await.unwrap().events;
        let told: Vec<_> =
            events.iter().map(|e| (e.kind, e.body.as_ref().map(|b| b.as_bytes().to_vec()))).collect();
        assert_eq!(
            told,
            [
                (EventKind::Created, None),
                (EventKind::Claimed, Some(claim)),
                (EventKind::Conflict, Some(second)),
                (EventKind::Released, Some(ack)),
            ]
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn content_goes_a_day_after_the_release_and_the_record_later() {
    on_both(|world| async move {
        let relay = world.relay().await;
        let offer = Offer { exp: world.now().plus(5 * 86_400), ..Offer::new(world.now()) };
        reach(&relay, &offer, State::Released).await;
        let unclaimed = Offer::new(world.now());
        relay.call(unclaimed.sealed(Policy::everybody())).await.unwrap();
        world.pass(601);
        relay.sweep().await.unwrap();
        let events = relay.call(unclaimed.watch(0, 0)).await.unwrap().events;
        assert_eq!(events.last().unwrap().kind, EventKind::Expired);
        world.pass(86_400);
        relay.sweep().await.unwrap();
        let collected = relay.call(offer.collect(b"R", None, 0)).await.unwrap();
        assert_eq!((collected.state, collected.env.is_none()), (State::Released, true));
        assert!(collected.released.is_some() && collected.share.is_none());
        world.pass(40 * 86_400);
        relay.sweep().await.unwrap();
        assert_eq!(relay.call(offer.watch(0, 0)).await.err(), Some(RelayRefusal::UnknownOffer));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_proves_every_entry_and_its_own_growth() {
    use chop_ledger::VerifiedCheckpoint;
    on_both(|world| async move {
        let relay = world.relay().await;
        let early = Offer::new(world.now());
        let created = relay.call(early.live()).await.unwrap();
        let note = relay.checkpoint().await.unwrap();
        let earlier = VerifiedCheckpoint::read(&note, world.key.vkey()).unwrap();
        for _ in 0..20 {
            relay.call(Offer::new(world.now()).live()).await.unwrap();
        }
        let entry = world.verify(&created.entry);
        let proof = relay.call(Prove::Inclusion { index: entry.entry().index }).await.unwrap();
        let now = proof.verify_inclusion(&entry, world.key.vkey()).unwrap();
        assert_eq!(now.checkpoint().size, 21);
        let grown = relay.call(Prove::Consistency { old: earlier.checkpoint().size }).await.unwrap();
        grown.verify_consistency(&earlier, world.key.vkey()).unwrap();
        assert_eq!(relay.call(Prove::Inclusion { index: 21 }).await.err(), Some(RelayRefusal::WrongState));
        let store = chop_relay::store::open(&world.database, &world.key.vkey().to_string(), 2).await.unwrap();
        assert_eq!(chop_relay::check_log::check(&*store).await.unwrap(), 21);
        let other = chop_relay::RelayKey::make("relay.example").unwrap();
        let foreign = chop_relay::store::open(&world.database, &other.vkey().to_string(), 2).await;
        assert!(foreign.is_err(), "a log has one key for ever");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_poll_hears_of_a_change_at_once_and_of_another_process_soon() {
    on_both(|world| async move {
        let (relay, other) = (world.relay().await, world.relay().await);
        let offer = Offer::new(world.now());
        relay.call(offer.live()).await.unwrap();
        for claimer in [&relay, &other] {
            let body = if std::sync::Arc::ptr_eq(claimer, &relay) { b"A" } else { b"B" };
            let after = relay.call(offer.watch(0, 0)).await.unwrap().events.last().unwrap().number;
            let watch = tokio::spawn({
                let relay = relay.clone();
                async move { relay.call(offer.watch(after, 30)).await.unwrap() }
            });
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
            let began = tokio::time::Instant::now();
            claimer.call(offer.claim(body)).await.unwrap();
            let heard = watch.await.unwrap();
            assert_eq!(heard.events.last().unwrap().kind, EventKind::Pending);
            assert!(began.elapsed().as_secs() < 8);
            relay.call(offer.reject(body)).await.unwrap();
        }
        assert!(world.now().0 >= NOW);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_put_offers_and_how_many_is_the_operators_to_say() {
    let capability = b"a capability of 32 random bytes!".to_vec();
    on_both(|mut world| {
        world.limits.capabilities.insert(chop_crypto::sha256(&capability), 2);
        let capability = capability.clone();
        async move {
            let relay = world.relay().await;
            let put = async |shown: Option<&[u8]>| {
                let mut create = Offer::new(world.now()).live();
                create.capability = shown.map(|c| chop_formats::relay::Bounded::new(c.to_vec()).unwrap());
                relay.call(create).await.map(|a| a.state)
            };
            assert_eq!(put(None).await, Err(RelayRefusal::Quota));
            assert_eq!(put(Some(b"another")).await, Err(RelayRefusal::Quota));
            assert_eq!(put(Some(&capability)).await, Ok(State::Open));
            assert_eq!(put(Some(&capability)).await, Ok(State::Open));
            assert_eq!(put(Some(&capability)).await, Err(RelayRefusal::Quota));
            world.pass(86_400);
            assert_eq!(put(Some(&capability)).await, Ok(State::Open));
            let late = Offer { exp: world.now().plus(31 * 86_400), ..Offer::new(world.now()) };
            assert_eq!(relay.call(late.live()).await.err(), Some(RelayRefusal::BadExpiry));
        }
    })
    .await;
}

/// Kept here so that every module of the tests uses the one world.
#[test]
fn a_world_begins_at_a_known_time() {
    assert_eq!(World::sqlite().now().0, NOW);
}
