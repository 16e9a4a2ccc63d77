//! The threads that answer the page. Tauri runs each command on one of them to its end, and would make as many
//! as the machine has processors: two dialogs of the system, or two askers that do not answer, and nothing on
//! the page would do anything until they did.

use std::io;

use tauri::async_runtime::{self, TokioRuntime};

/// Makes them, for Tauri to use. They live as long as what is returned.
///
/// # Errors
/// When the system gives no more threads.
pub(crate) fn start() -> io::Result<TokioRuntime> {
    let workers = pool()?;
    async_runtime::set(workers.handle().clone());
    Ok(workers)
}

fn pool() -> io::Result<TokioRuntime> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(WORKERS)
        .thread_name("chop-command")
        .enable_all()
        .build()
}

/// More than a person keeps busy: a file dialog, a fetched link, a status list, an audit, a backup, each for
/// as long as it takes, and the rest for the page.
const WORKERS: usize = 12;

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn many_long_commands_leave_the_page_answered() {
        let workers = pool().unwrap();
        let (let_go, waits) = mpsc::channel::<()>();
        let waits = std::sync::Arc::new(std::sync::Mutex::new(waits));
        // Each holds a thread, as a dialog does that nobody closes.
        let long: Vec<_> = (1..WORKERS)
            .map(|_| {
                let waits = waits.clone();
                workers.spawn(async move { waits.lock().unwrap().recv() })
            })
            .collect();
        let answered = workers.block_on(workers.spawn(async { "here" })).unwrap();
        assert_eq!(answered, "here");
        drop(let_go);
        for one in long {
            assert!(workers.block_on(one).unwrap().is_err());
        }
    }
}
