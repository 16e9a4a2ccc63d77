//! An offer that was taken up: the relay is asked until it is over, on a thread of its own.

use std::thread;
use std::time::Duration;

use chop_core::plumbing::model::Id;
use chop_core::{Result, Wallet};
use chop_transport::{Cancel, RelayClient};
use tauri::{AppHandle, Emitter as _, Manager as _};

use crate::failure::Failure;
use crate::net;
use crate::state::Desktop;

/// Follows an offer; the desk hears of each step and of each failure, and the asking goes on.
pub(crate) fn follow(app: AppHandle, id: Id) {
    thread::spawn(move || {
        for _ in 0..TRIES {
            let desktop = app.state::<Desktop>();
            let Ok(wallet) = desktop.desk_wallet() else { return };
            match step(&desktop, &wallet, &id) {
                Ok(true) => {
                    let _ = app.emit_to(crate::app::DESK, "desk", id.to_string());
                }
                Ok(false) => {}
                Err(error) => {
                    let _ =
                        app.emit_to(crate::app::DESK, "desk-failure", Failure::of(&error, desktop.lang()));
                    thread::sleep(AFTER_FAILURE);
                }
            }
            if !wallet.offer_view(&id).is_ok_and(|offer| offer.state.is_open()) {
                let _ = app.emit_to(crate::app::DESK, "desk", id.to_string());
                return;
            }
        }
    });
}

/// One call; whether anything moved.
fn step(desktop: &Desktop, wallet: &Wallet, id: &Id) -> Result<bool> {
    let before = wallet.offer_view(id)?.state;
    let Some(call) = wallet.relay_call(id, WAIT_SECONDS)? else { return Ok(false) };
    let client = RelayClient::new(net::rules(desktop)?, [call.origin()])?;
    let answer = client.perform(&call, &Cancel::default())?;
    let told = wallet.relay_answer(&call, &answer)?;
    let moved = !told.is_empty() || wallet.offer_view(id)?.state != before;
    if !moved {
        thread::sleep(PAUSE);
    }
    Ok(moved)
}

/// Seconds that the relay may keep a question open.
const WAIT_SECONDS: u64 = 10;
const PAUSE: Duration = Duration::from_millis(300);
const AFTER_FAILURE: Duration = Duration::from_secs(3);
/// Steps after which the asking ends by itself; the offer's own end is earlier.
const TRIES: u32 = 2_000;
