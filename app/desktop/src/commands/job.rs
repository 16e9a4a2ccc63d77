//! Work that takes long.

use tauri::State;

use crate::jobs::Jobs;

/// Asks a job to stop; it answers by itself when it has.
#[tauri::command(async)]
pub(crate) fn job_cancel(jobs: State<'_, Jobs>, job: u32) {
    jobs.cancel(job);
}
