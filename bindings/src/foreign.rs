//! Foreign code is called on a thread of its own and waited for only so long: what hangs there is an
//! error here, and no lock of ours is held meanwhile.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use chop_transport::Cancel;

/// How calls into one foreign object are waited for.
#[derive(Debug, Clone)]
pub(crate) struct Patience {
    /// How long one call may take.
    limit: Duration,
    /// Calls that were given up and still run: foreign code cannot be stopped from outside.
    stuck: Arc<AtomicUsize>,
}

/// Why nothing came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoAnswer {
    /// It took too long, or too many calls hang already.
    Hangs,
    /// Somebody pressed stop.
    Stopped,
    /// The call broke off.
    Broke,
}

impl Patience {
    pub(crate) fn of(limit: Duration) -> Self {
        Self { limit, stuck: Arc::default() }
    }

    /// Makes the call and waits for it.
    pub(crate) fn call<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, NoAnswer> {
        self.call_until(self.limit, &Cancel::default(), work)
    }

    /// As [`Patience::call`], for `limit` and until somebody presses stop.
    pub(crate) fn call_until<T: Send + 'static>(
        &self,
        limit: Duration,
        cancel: &Cancel,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, NoAnswer> {
        if self.stuck.load(Ordering::Acquire) >= MOST_STUCK {
            return Err(NoAnswer::Hangs);
        }
        let (send, receive) = mpsc::sync_channel(1);
        let call = Arc::new(Call { state: AtomicU8::new(RUNNING), stuck: self.stuck.clone() });
        let running = Ended(call.clone());
        thread::Builder::new()
            .name("chop-foreign".into())
            .spawn(move || {
                // Whatever happens in there, `running` notes that it ended.
                let _running = running;
                let _ = send.send(work());
            })
            .map_err(|_| NoAnswer::Hangs)?;
        let mut left = limit;
        loop {
            let slice = left.min(Cancel::SLICE);
            match receive.recv_timeout(slice) {
                Ok(value) => return Ok(value),
                Err(RecvTimeoutError::Disconnected) => return Err(NoAnswer::Broke),
                Err(RecvTimeoutError::Timeout) => {}
            }
            left = left.saturating_sub(slice);
            if cancel.is_cancelled() || left.is_zero() {
                call.give_up();
                return Err(if cancel.is_cancelled() { NoAnswer::Stopped } else { NoAnswer::Hangs });
            }
        }
    }
}

/// One call: whether it runs, has ended, or was given up.
struct Call {
    state: AtomicU8,
    stuck: Arc<AtomicUsize>,
}

impl Call {
    fn give_up(&self) {
        if self.moves(RUNNING, GIVEN_UP) {
            self.stuck.fetch_add(1, Ordering::AcqRel);
        }
    }

    fn moves(&self, from: u8, to: u8) -> bool {
        self.state.compare_exchange(from, to, Ordering::AcqRel, Ordering::Acquire).is_ok()
    }
}

/// Its end, by return or by panic, says that the call is over.
struct Ended(Arc<Call>);

impl Drop for Ended {
    fn drop(&mut self) {
        if !self.0.moves(RUNNING, ENDED) {
            // It was given up, counted as stuck, and has come back after all.
            self.0.stuck.fetch_sub(1, Ordering::AcqRel);
        }
    }
}

const RUNNING: u8 = 0;
const ENDED: u8 = 1;
const GIVEN_UP: u8 = 2;
/// So many calls that hang are a broken store: no further thread is given to it.
const MOST_STUCK: usize = 8;

#[cfg(test)]
mod tests {
    use super::*;

    const SHORT: Duration = Duration::from_millis(50);

    #[test]
    fn what_answers_is_heard_and_what_panics_is_survived() {
        let patience = Patience::of(Duration::from_secs(60));
        assert_eq!(patience.call(|| 7), Ok(7));
        let broken: fn() -> u8 = || std::panic::panic_any("broken");
        assert_eq!(patience.call(broken), Err(NoAnswer::Broke));
        assert_eq!(patience.stuck.load(Ordering::Acquire), 0);
    }

    #[test]
    fn what_hangs_is_given_up_and_does_not_pile_up() {
        let patience = Patience::of(SHORT);
        let (hold, held) = mpsc::channel::<()>();
        let held = Arc::new(std::sync::Mutex::new(held));
        for _ in 0..MOST_STUCK {
            let held = held.clone();
            let hangs = move || held.lock().map(|held| held.recv().is_ok()).unwrap_or_default();
            assert_eq!(patience.call(hangs), Err(NoAnswer::Hangs));
        }
        // No thread is made for one more, however quick it would be.
        assert_eq!(patience.call(|| 1), Err(NoAnswer::Hangs));
        drop(hold);
        while patience.stuck.load(Ordering::Acquire) > 0 {
            thread::yield_now();
        }
        assert_eq!(patience.call(|| 1), Ok(1));
    }

    #[test]
    fn a_wait_ends_when_somebody_presses_stop() {
        let (cancel, patience) = (Cancel::default(), Patience::of(SHORT));
        let (_hold, held) = mpsc::channel::<()>();
        cancel.cancel();
        let hangs = move || held.recv().is_ok();
        let limit = Duration::from_secs(3600);
        assert_eq!(patience.call_until(limit, &cancel, hangs), Err(NoAnswer::Stopped));
    }
}
