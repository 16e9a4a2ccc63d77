//! Many threads on one space through the border: nothing is torn, and one request is answered once.
#![cfg(feature = "testing")]
#![expect(clippy::unwrap_used, reason = "a call that fails is a failed test")]

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use chop_wallet::{CallbackError, Cancel, NewSpace, Place, Progress, Space, SpaceType, testing_space};

const THREADS: usize = 16;
const ROUNDS: usize = 8;

struct Counts {
    space: Arc<Space>,
    seen: AtomicU64,
}

/// Calls back into the space that is being read, from every report.
impl Progress for Counts {
    fn go_on(&self, done: u64, _: u64) -> Result<bool, CallbackError> {
        self.seen.store(done, Ordering::Release);
        Ok(!self.space.record().lines(3).map_err(|_| CallbackError::Failed)?.is_empty())
    }
}

#[test]
fn sixteen_threads_on_one_space() {
    let folder = tempfile::tempdir().unwrap();
    let new = NewSpace { kind: SpaceType::Person, label: "stress".into(), place: Place::Hk };
    let folder = folder.path().join("space").to_string_lossy().into_owned();
    let space = testing_space(folder, new, "stress".into(), 1_800_000_000).unwrap();
    thread::scope(|scope| {
        for number in 0..THREADS {
            let space = &space;
            scope.spawn(move || {
                for round in 0..ROUNDS {
                    works(space, number, round);
                }
            });
        }
    });
    assert_eq!(space.holdings().search("jotting".into(), 500).unwrap().len(), THREADS / 4 * ROUNDS);
    let counts = Arc::new(Counts { space: space.clone(), seen: AtomicU64::new(0) });
    let report = space.record().audit(Some(counts.clone()), Some(Cancel::new())).unwrap();
    assert!(report.flaws.is_empty(), "{:?}", report.flaws);
    assert_eq!(counts.seen.load(Ordering::Acquire), report.entries);
}

fn works(space: &Arc<Space>, number: usize, round: usize) {
    match number % 4 {
        0 => {
            let (name, text) = (format!("{number}-{round}.txt"), format!("a note {number} {round}"));
            let title = Some(format!("jotting {number} {round}"));
            space.holdings().import_bytes(name, text.into_bytes(), title).unwrap();
        }
        1 => assert!(space.holdings().list(None, None, 50).unwrap().len() <= 50),
        2 => assert_eq!(space.grants().uses().unwrap(), 0),
        _ => assert!(space.record().lines(20).unwrap().len() <= 20),
    }
}
