//! For tests and golden walks only: a clock that stands where it is put, and named points at which a
//! process stops so that a test can kill it.

use std::io::Write;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, OnceLock};

use chop_model::UnixTime;

use crate::Clock;

pub use chop_crypto::testing::{MemoryKeystore, SeededRandom};

/// A clock that moves only when told to.
#[derive(Debug)]
pub struct FixedClock(AtomicI64);

impl FixedClock {
    /// A clock that stands at `now`.
    pub fn at(now: UnixTime) -> Self {
        Self(AtomicI64::new(now.0))
    }

    /// Moves it, forwards or backwards.
    pub fn move_by(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl Clock for FixedClock {
    fn now(&self) -> UnixTime {
        UnixTime(self.0.load(Ordering::SeqCst))
    }
}

/// The point at which this process is to stop, if any. Process-wide, because the test that sets it
/// kills the whole process.
fn stop_point() -> &'static Mutex<Option<String>> {
    static POINT: OnceLock<Mutex<Option<String>>> = OnceLock::new();
    POINT.get_or_init(Mutex::default)
}

/// Makes the process stop for ever when it reaches the point `name`; see [`POINTS`].
pub fn stop_at(name: &str) {
    if let Ok(mut point) = stop_point().lock() {
        *point = Some(name.to_owned());
    }
}

/// Every named point between the request and the last row of the walk. The crash test walks them
/// all; `key` is the making of a key for a recipient who is met for the first time, before T1.
pub const POINTS: &[&str] = &[
    "t0-before-commit",
    "t0-after-commit",
    "t0-after-anchor",
    "t0-outcome-before-commit",
    "t0-outcome-after-commit",
    "t0-after-outcome",
    "key-before-commit",
    "key-after-commit",
    "key-after-anchor",
    "t1-before-commit",
    "t1-after-commit",
    "t1-after-anchor",
    "t1-outcome-before-commit",
    "t1-outcome-after-commit",
    "t1-after-outcome",
    "t2-before-commit",
    "t2-after-commit",
    "t2-after-anchor",
    "t2-outcome-before-commit",
    "t2-outcome-after-commit",
    "t2-after-outcome",
    "t3-before-commit",
    "t3-after-commit",
    "t3-after-anchor",
    "t3-outcome-before-commit",
    "t3-outcome-after-commit",
    "t3-after-outcome",
    "t4-before-commit",
    "t4-after-commit",
    "t4-after-anchor",
    "t4-outcome-before-commit",
    "t4-outcome-after-commit",
    "t4-after-outcome",
    "t5-before-commit",
    "t5-after-commit",
    "t5-after-anchor",
];

/// The steps of an offer through a relay (mode C), each with the points `-before-commit`,
/// `-after-commit` and `-after-anchor`.
pub const OFFER_STEPS: &[&str] = &[
    "key",
    "offer",
    "t0",
    "relay",
    "entry",
    "event",
    "t1",
    "envelope",
    "t2",
    "post-ack",
    "collected",
    "t3",
    "share",
    "t4",
    "post-use",
    "t5",
];

/// Announces the point on standard output and waits to be killed, if it is the one that was set.
pub(crate) fn reach(name: &str) {
    let is_here = stop_point().lock().is_ok_and(|point| point.as_deref() == Some(name));
    if is_here {
        let mut out = std::io::stdout().lock();
        let _ = writeln!(out, "reached {name}");
        let _ = out.flush();
        loop {
            std::thread::park();
        }
    }
}
