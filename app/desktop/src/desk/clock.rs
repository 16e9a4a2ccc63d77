//! The retention clock: what was promised to be gone goes, once a minute, while the space is open.

use std::thread;
use std::time::Duration;

use tauri::{AppHandle, Emitter as _, Manager as _};

use crate::state::Desktop;

/// Starts the clock on a thread of its own, for as long as the app runs.
pub(crate) fn start(app: AppHandle) {
    thread::spawn(move || {
        loop {
            let desktop = app.state::<Desktop>();
            // A locked space cannot be written; what is due waits for the next unlock and goes then.
            let gone = match desktop.desk_wallet() {
                Ok(wallet) if !wallet.vault().is_locked() => wallet.erase_due().unwrap_or_default(),
                _ => Vec::new(),
            };
            for exchange in gone {
                let _ = app.emit_to(super::super::app::DESK, "desk-erased", exchange.to_string());
            }
            thread::sleep(EVERY);
        }
    });
}

const EVERY: Duration = Duration::from_secs(60);
