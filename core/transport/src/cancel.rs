//! Somebody pressed stop.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use chop_core::{NetError, Result};

/// A switch that ends calls from another thread. Clones are one switch.
///
/// A call looks at it at least every [`Cancel::SLICE`]; only the system's name lookup and its TCP
/// connect are not interrupted, and those have caps of their own ([`crate::Limits`]).
#[derive(Debug, Clone, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// How long a call may take to notice.
    pub const SLICE: Duration = Duration::from_millis(100);

    /// Ends every call that holds this switch, also those not yet made.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Release);
    }

    /// Whether it was pressed.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }

    /// Refuses once it was pressed.
    ///
    /// # Errors
    ///
    /// `net.cancelled`.
    pub fn check(&self) -> Result<()> {
        if self.is_cancelled() { Err(NetError::Cancelled.into()) } else { Ok(()) }
    }

    /// Waits, unless somebody presses stop meanwhile.
    ///
    /// # Errors
    ///
    /// `net.cancelled`.
    pub fn sleep(&self, time: Duration) -> Result<()> {
        let until = now() + time;
        loop {
            self.check()?;
            let left = until.saturating_duration_since(now());
            if left.is_zero() {
                return Ok(());
            }
            thread::sleep(left.min(Self::SLICE));
        }
    }
}

/// The machine's monotonic clock: this crate is an edge, and its caps are durations, never times of day.
pub(crate) fn now() -> Instant {
    #[expect(
        clippy::disallowed_methods,
        reason = "an edge measures its own waiting; core asks the clock port"
    )]
    Instant::now()
}
