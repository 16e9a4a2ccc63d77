//! Row 38 where two things happen at once: what is erased or replaced while seals are judged stays so.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use chop_core::holdings::Import;
use chop_core::{Anchors, Edge, PinnedList, Wallet};
use chop_model::ItemId;
use chop_tests::world::World;
use chop_vault::Unlock;
use chop_vault::table::item::{ItemState, Row};

/// Trust that brings nothing, and does something when it is asked: it is asked once for each seal, after
/// the rows were read and before they are written.
#[derive(Default)]
struct Meanwhile {
    asked: AtomicUsize,
    wallet: OnceLock<Arc<Wallet>>,
    act: Mutex<Option<(usize, Act)>>,
}

type Act = Box<dyn FnOnce(&Wallet) + Send>;

impl Anchors for Meanwhile {
    fn lists(&self) -> Vec<PinnedList> {
        let now = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
        let act = self.act.lock().unwrap().take_if(|(at, _)| *at == now);
        if let Some(((_, act), wallet)) = act.zip(self.wallet.get()) {
            act(wallet);
        }
        Vec::new()
    }
}

/// The row of a revoked credential and what the re-check finds, after `act` came in while the `at`th seal
/// was judged.
fn after(at: usize, act: impl FnOnce(&Wallet, &ItemId, &str) + Send + 'static) -> (Arc<Wallet>, Row) {
    let mut world = World::new();
    world.clock.move_by(60);
    let text = world.transcript_on_list(chop_tests::world::STATUS_URI, chop_tests::world::STATUS_IDX);
    let id = world.resident.take("on-list.sd-jwt", text.as_bytes()).id;
    let (newer, list) = (world.transcript(), world.list_saying(1, 10));
    world.resident.close();
    let meanwhile = Arc::new(Meanwhile::default());
    let edge = Edge { anchors: meanwhile.clone(), ..world.resident.edge().clone() };
    let key = world.resident.key();
    let wallet = Arc::new(Wallet::open(world.resident.folder(), Unlock::Key(key), edge).unwrap());
    let _ = meanwhile.wallet.set(wallet.clone());
    let fetch = wallet.statuses_due(true).unwrap().remove(0);
    // The first question is whether the list itself is to be believed.
    *meanwhile.act.lock().unwrap() = Some((at + 1, Box::new(move |wallet| act(wallet, &id, &newer))));
    meanwhile.asked.store(0, Ordering::SeqCst);
    wallet.take_status(&fetch, list.as_bytes()).unwrap();
    assert!(meanwhile.act.lock().unwrap().is_none(), "nothing came in between");
    assert!(wallet.audit(&mut |_, _| {}).unwrap().flaws.is_empty());
    let row = wallet.item(&id).unwrap().row;
    (wallet, row)
}

#[test]
fn row_38_what_is_erased_while_seals_are_judged_stays_erased() {
    // Before its own turn, and in it.
    for at in [1, 3] {
        let (wallet, row) = after(at, |wallet, id, _| wallet.erase(id).unwrap());
        assert_eq!((row.state, row.title.as_str(), row.issuer.as_str()), (ItemState::Erased, "", ""), "{at}");
        let found = wallet.search("Sample University", 10).unwrap();
        assert!(found.iter().all(|card| card.id != row.id), "{at}: found by its words");
    }
}

#[test]
fn what_is_replaced_while_seals_are_judged_stays_replaced() {
    for at in [1, 3] {
        let (_, row) = after(at, |wallet, id, newer| {
            let bytes = &mut newer.as_bytes();
            let import =
                Import { form: None, title: None, name: "newer.sd-jwt", size: newer.len() as u64, bytes };
            wallet.replace(id, import).unwrap();
        });
        // The newer one is on no list: it has its own seal, not what was found of the older.
        assert_eq!((row.version, row.seal_reason.as_str()), (2, "seal-status-not-checked"), "{at}");
    }
}
