//! Long work as a job of its own: it says how far it is, and can be broken off.
//!
//! ```text
//! page ── record_check { job: 7 } ──► Jobs::begin(7) ─► work … step(done, of) ─► event `progress` {7, done, of}
//! page ── job_cancel { job: 7 } ────► the next step says "stop"; the command answers that it was stopped
//! ```
//!
//! The page names the job, so that it can break off what has not answered yet.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use serde::Serialize;
use tauri::{Emitter, WebviewWindow};
use ts_rs::TS;

/// What is under way, by the number that the page gave it.
#[derive(Default)]
pub(crate) struct Jobs {
    running: Mutex<HashMap<u32, Arc<AtomicBool>>>,
}

/// One job. Dropping it ends it.
pub(crate) struct Job<'a> {
    jobs: &'a Jobs,
    number: u32,
    is_stopped: Arc<AtomicBool>,
}

/// How far a job is: the payload of the event `progress`.
#[derive(Debug, Clone, Copy, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "job.ts")]
pub(crate) struct JobProgress {
    /// The number that the page gave the job.
    pub(crate) job: u32,
    /// Steps that are done.
    pub(crate) done: u64,
    /// Of so many.
    pub(crate) of: u64,
}

impl Jobs {
    /// Begins the job `number`. One of the same number that still runs is stopped.
    pub(crate) fn begin(&self, number: u32) -> Job<'_> {
        let is_stopped = Arc::new(AtomicBool::new(false));
        if let Some(before) = self.hold().insert(number, is_stopped.clone()) {
            before.store(true, Ordering::SeqCst);
        }
        Job { jobs: self, number, is_stopped }
    }

    /// Asks the job `number` to stop. One that is over is no fault.
    pub(crate) fn cancel(&self, number: u32) {
        if let Some(flag) = self.hold().get(&number) {
            flag.store(true, Ordering::SeqCst);
        }
    }

    fn hold(&self) -> std::sync::MutexGuard<'_, HashMap<u32, Arc<AtomicBool>>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Job<'_> {
    /// One step of the work: tells the window, and says whether to go on.
    pub(crate) fn step(&self, window: &WebviewWindow, done: u64, of: u64) -> ControlFlow<()> {
        // A window that is gone hears nothing; the work then ends with the job.
        let _ = window.emit_to(window.label(), PROGRESS, JobProgress { job: self.number, done, of });
        self.give_way()
    }

    /// Lets others have the vault, and says whether to go on.
    pub(crate) fn give_way(&self) -> ControlFlow<()> {
        // A lock that is let go and taken again at once never lets anybody else in.
        thread::sleep(Duration::from_millis(1));
        match self.is_stopped.load(Ordering::SeqCst) {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        }
    }
}

impl Drop for Job<'_> {
    fn drop(&mut self) {
        let mut running = self.jobs.hold();
        // Another of the same number may have begun meanwhile.
        if running.get(&self.number).is_some_and(|flag| Arc::ptr_eq(flag, &self.is_stopped)) {
            running.remove(&self.number);
        }
    }
}

/// The event by which a job says how far it is.
const PROGRESS: &str = "progress";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_stops_when_it_is_asked_and_leaves_nothing_behind() {
        let jobs = Jobs::default();
        let job = jobs.begin(7);
        assert_eq!(job.give_way(), ControlFlow::Continue(()));
        jobs.cancel(8);
        assert_eq!(job.give_way(), ControlFlow::Continue(()));
        jobs.cancel(7);
        assert_eq!(job.give_way(), ControlFlow::Break(()));
        drop(job);
        assert!(jobs.hold().is_empty());
        jobs.cancel(7);
    }

    #[test]
    fn the_same_number_again_stops_the_one_before_and_outlives_it() {
        let jobs = Jobs::default();
        let before = jobs.begin(1);
        let after = jobs.begin(1);
        assert_eq!(before.give_way(), ControlFlow::Break(()));
        drop(before);
        jobs.cancel(1);
        assert_eq!(after.give_way(), ControlFlow::Break(()));
    }
}
