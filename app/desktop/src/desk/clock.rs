//! The retention clock: what was promised to be gone goes, as soon as the space opens and once a minute
//! after that.

use std::sync::{Arc, Weak};
use std::thread;
use std::time::Duration;

use chop_core::Wallet;
use tauri::{AppHandle, Emitter as _, Manager as _};

use crate::state::Desktop;

/// Starts the clock on a thread of its own, for as long as the app runs.
pub(crate) fn start(app: AppHandle) {
    thread::spawn(move || {
        let mut seen = Weak::new();
        let mut ticks = 0;
        loop {
            // A locked space cannot be written; what is due waits for the next unlock and goes then.
            if let Ok(wallet) = app.state::<Desktop>().desk_wallet() {
                let is_new = !Weak::ptr_eq(&seen, &Arc::downgrade(&wallet));
                if is_new || ticks >= TICKS {
                    (seen, ticks) = (Arc::downgrade(&wallet), 0);
                    erase_due(&app, &wallet);
                }
            }
            ticks += 1;
            thread::sleep(TICK);
        }
    });
}

/// Of its own accord, which is no use of the space: a counter that nobody touches locks all the same.
fn erase_due(app: &AppHandle, wallet: &Wallet) {
    for exchange in wallet.unattended(Wallet::erase_due).unwrap_or_default() {
        let _ = app.emit_to(crate::app::DESK, "desk-erased", exchange.to_string());
    }
}

const TICK: Duration = Duration::from_secs(1);
/// Ticks from one look at an open space to the next.
const TICKS: u32 = 60;
