//! The retention clock: what was promised to be gone goes, as soon as the space opens and once a minute
//! after that.

use std::sync::{Arc, Weak};
use std::thread;
use std::time::Duration;

use chop_core::Wallet;
use chop_core::flow::Swept;
use chop_core::plumbing::model::Lang;
use tauri::{AppHandle, Emitter as _, Manager as _};

use crate::failure::Failure;
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
    let swept = wallet.unattended(Wallet::erase_due);
    for exchange in &swept.gone {
        let _ = app.emit_to(crate::app::DESK, "desk-erased", exchange.to_string());
    }
    if let Some(failure) = trouble(&swept, app.state::<Desktop>().lang()) {
        let _ = app.emit_to(crate::app::DESK, "desk-failure", failure);
    }
}

/// What the clerk is told of a promise that was not kept. A space that was locked meanwhile broke none.
fn trouble(swept: &Swept, lang: Lang) -> Option<Failure> {
    let error = swept.failed.as_ref().filter(|error| error.code() != LOCKED)?;
    Some(Failure::of(error, lang))
}

const LOCKED: &str = "vault.locked";

const TICK: Duration = Duration::from_secs(1);
/// Ticks from one look at an open space to the next.
const TICKS: u32 = 60;

#[cfg(test)]
mod tests {
    use chop_core::WalletError;
    use chop_core::plumbing::vault::VaultError;

    use super::*;

    #[test]
    fn the_clerk_is_told_what_could_not_be_deleted_and_nothing_of_a_lock() {
        let swept = |failed| Swept { gone: Vec::new(), failed };
        let told = trouble(&swept(Some(WalletError::LogBroken.into())), Lang::En).unwrap();
        assert_eq!(told.code, chop_core::Error::from(WalletError::LogBroken).code());
        assert!(trouble(&swept(Some(VaultError::Locked.into())), Lang::En).is_none());
        assert!(trouble(&swept(None), Lang::En).is_none());
    }
}
