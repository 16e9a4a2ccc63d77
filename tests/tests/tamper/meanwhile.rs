//! A re-check beside those who write: what is half-way for a moment is no flaw.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use chop_core::Wallet;
use chop_core::holdings::Import;
use chop_core::plumbing::model::ItemId;
use chop_tests::world::{KeyPlace, World};

#[test]
fn a_record_that_others_write_to_meanwhile_is_found_whole() {
    // Key stores of both kinds: one that answers at once, and one that writes a file.
    for place in [KeyPlace::Memory, KeyPlace::File] {
        let world = World::with_keys(place);
        let (wallet, is_over): (&Wallet, _) = (&world.resident, AtomicBool::new(false));
        thread::scope(|scope| {
            for name in ["one", "two", "three"] {
                let is_over = &is_over;
                scope.spawn(move || {
                    while !is_over.load(Ordering::Relaxed) {
                        let held = note(wallet, name);
                        wallet.erase(&held).unwrap();
                    }
                });
            }
            let reports: Vec<_> = (0..AUDITS).map(|_| wallet.audit(&mut |_, _| {})).collect();
            is_over.store(true, Ordering::Relaxed);
            let found: Vec<_> = reports.into_iter().flat_map(|report| report.unwrap().flaws).collect();
            assert_eq!(found, Vec::new());
        });
        assert!(wallet.audit(&mut |_, _| {}).unwrap().is_clean());
    }
}

fn note(wallet: &Wallet, name: &str) -> ItemId {
    let mut bytes = name.as_bytes();
    let size = bytes.len().try_into().unwrap();
    wallet.import(Import { form: None, title: None, name: "note.txt", size, bytes: &mut bytes }).unwrap().id
}

const AUDITS: usize = 25;
