//! What the machine gives: its clock, and the lock around an object that a step uses up.

use std::sync::{Mutex, MutexGuard};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use chop_core::Clock;
use chop_core::plumbing::model::{Id, UnixTime};

use crate::ChopError;
use crate::error::{BorderError, failed};

/// The device's clock.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the clock port of the bindings")]
    fn now(&self) -> UnixTime {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        UnixTime(i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
    }
}

/// An object that one step uses up: other languages have no moves.
pub(crate) struct Once<T>(Mutex<Option<T>>);

impl<T> Once<T> {
    pub(crate) fn new(value: T) -> Self {
        Self(Mutex::new(Some(value)))
    }

    /// The value, for this step alone.
    pub(crate) fn take(&self) -> Result<T, ChopError> {
        self.lock()?.take().ok_or_else(|| failed(BorderError::UsedUp))
    }

    /// Gives back what a failed step did not use.
    pub(crate) fn put_back(&self, value: T) -> Result<(), ChopError> {
        *self.lock()? = Some(value);
        Ok(())
    }

    /// A look at the value.
    pub(crate) fn with<R>(&self, look: impl FnOnce(&T) -> R) -> Result<R, ChopError> {
        self.lock()?.as_ref().map(look).ok_or_else(|| failed(BorderError::UsedUp))
    }

    fn lock(&self) -> Result<MutexGuard<'_, Option<T>>, ChopError> {
        self.0.lock().map_err(|_| failed(BorderError::Poisoned))
    }
}

/// How much is left of a wait, by the machine's monotonic clock.
pub(crate) struct Waiting(Instant, u32);

impl Waiting {
    #[expect(
        clippy::disallowed_methods,
        reason = "an edge measures its own waiting; core asks the clock port"
    )]
    pub(crate) fn of(seconds: u32) -> Self {
        Self(Instant::now(), seconds)
    }

    /// Seconds that are left.
    pub(crate) fn left(&self) -> u32 {
        self.1.saturating_sub(u32::try_from(self.0.elapsed().as_secs()).unwrap_or(u32::MAX))
    }
}

/// Reads an id as every other part of the house writes it.
pub(crate) fn id(text: &str) -> Result<Id, ChopError> {
    text.parse().map_err(|_| failed(BorderError::BadId))
}
