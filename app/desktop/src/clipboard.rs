//! What is copied leaves the clipboard again, unless something else has taken its place.

use std::sync::Mutex;
use std::thread;
use std::time::Duration;

use chop_core::plumbing::crypto::{Digest, sha256};
use tauri::{AppHandle, Manager as _};
use tauri_plugin_clipboard_manager::ClipboardExt as _;

use crate::state::hold;

/// What came from here last: its digest, and which copy it was.
#[derive(Default)]
pub(crate) struct Copied(Mutex<(u64, Option<Digest>)>);

impl Copied {
    /// Copies `text` and clears it after `seconds`; 0: when the space is locked. Whether it was copied.
    pub(crate) fn copy(&self, app: &AppHandle, text: &str, seconds: u32) -> bool {
        if app.clipboard().write_text(text).is_err() {
            return false;
        }
        let turn = {
            let mut last = hold(&self.0);
            *last = (last.0 + 1, Some(sha256(text.as_bytes())));
            last.0
        };
        if seconds > 0 {
            let app = app.clone();
            thread::spawn(move || {
                thread::sleep(Duration::from_secs(seconds.into()));
                let copied = app.state::<Self>();
                if hold(&copied.0).0 == turn {
                    copied.clear(&app);
                }
            });
        }
        true
    }

    /// Clears the clipboard if what lies in it came from here.
    pub(crate) fn clear(&self, app: &AppHandle) {
        let Some(ours) = hold(&self.0).1.take() else { return };
        let lies_there = app.clipboard().read_text().is_ok_and(|text| sha256(text.as_bytes()) == ours);
        if lies_there {
            // A clipboard that cannot be written any more cannot be cleared either.
            let _ = app.clipboard().clear();
        }
    }
}
