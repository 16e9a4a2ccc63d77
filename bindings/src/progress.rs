//! Long work: heard of while it goes on, and stopped.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Sender};
use std::thread;

use crate::ChopError;
use crate::error::{BorderError, failed};

/// A switch that ends long work from another thread: an audit, an import, a wait at a relay.
#[derive(Debug, Default, uniffi::Object)]
pub struct Cancel {
    switch: chop_transport::Cancel,
}

#[uniffi::export]
impl Cancel {
    /// A switch that nobody has pressed.
    #[uniffi::constructor]
    pub fn new() -> Arc<Self> {
        Arc::default()
    }

    /// Ends every call that holds this switch, also those not yet made.
    pub fn cancel(&self) {
        self.switch.cancel();
    }

    /// Whether it was pressed.
    pub fn is_cancelled(&self) -> bool {
        self.switch.is_cancelled()
    }
}

/// What a callback raises when it cannot go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum CallbackError {
    /// Anything: the work that it was told of is stopped.
    #[error("the callback failed")]
    Failed,
}

impl From<uniffi::UnexpectedUniFFICallbackError> for CallbackError {
    fn from(_: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Failed
    }
}

/// Hears how far long work came, on the thread that called. No lock is held: it may call back into the
/// space.
#[uniffi::export(with_foreign)]
pub trait Progress: Send + Sync {
    /// `done` of `total` entries or bytes. False stops the work: it fails with `border.stopped`.
    ///
    /// # Errors
    /// Stops the work too: it fails with `border.callback-failed`.
    fn go_on(&self, done: u64, total: u64) -> Result<bool, CallbackError>;
}

/// What long work asks between two pieces.
pub(crate) struct Pace<'a> {
    told: Sender<(u64, u64)>,
    stop: &'a AtomicBool,
    cancel: chop_transport::Cancel,
}

impl Pace<'_> {
    /// Says how far it is; whether to go on.
    pub(crate) fn at(&self, done: u64, total: u64) -> bool {
        let _ = self.told.send((done, total));
        !self.is_stopped()
    }

    fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Acquire) || self.cancel.is_cancelled()
    }
}

/// What becomes of work that was done before the word to stop reached it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Late {
    /// It had an effect: that is told.
    Kept,
    /// It only read: a stop is a stop.
    Dropped,
}

/// Runs `work` on a thread beside this one and tells `progress` from here: foreign code runs under no lock
/// that the work may hold. `None` from the work: it was stopped and nothing happened.
pub(crate) fn long<T: Send>(
    progress: Option<&Arc<dyn Progress>>,
    cancel: Option<&Arc<Cancel>>,
    late: Late,
    work: impl FnOnce(&Pace<'_>) -> Result<Option<T>, ChopError> + Send,
) -> Result<T, ChopError> {
    let stop = AtomicBool::new(false);
    let mut is_broken = false;
    let (told, hears) = mpsc::channel();
    let pace = Pace { told, stop: &stop, cancel: switch(cancel) };
    let done = thread::scope(|scope| {
        let worker = scope.spawn(move || {
            let result = work(&pace);
            drop(pace);
            result
        });
        for (done, total) in hears {
            match progress.map_or(Ok(true), |progress| progress.go_on(done, total)) {
                Ok(true) => {}
                Ok(false) => stop.store(true, Ordering::Release),
                Err(_) => {
                    is_broken = true;
                    stop.store(true, Ordering::Release);
                }
            }
        }
        worker.join().map_err(|_| failed(BorderError::Poisoned))
    })?;
    let is_late = late == Late::Dropped && stop.load(Ordering::Acquire);
    match done {
        Ok(Some(done)) if !is_late => Ok(done),
        Ok(_) if is_broken => Err(failed(BorderError::CallbackFailed)),
        Ok(_) => Err(failed(BorderError::Stopped)),
        Err(error) => Err(error),
    }
}

/// The transport's switch behind ours; one that nobody presses where there is none.
pub(crate) fn switch(cancel: Option<&Arc<Cancel>>) -> chop_transport::Cancel {
    cancel.map(|cancel| cancel.switch.clone()).unwrap_or_default()
}
