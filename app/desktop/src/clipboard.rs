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
        let turn = self.note(text);
        if seconds > 0 {
            let app = app.clone();
            thread::spawn(move || {
                thread::sleep(Duration::from_secs(seconds.into()));
                let copied = app.state::<Self>();
                if copied.is_latest(turn) {
                    copied.clear(&app);
                }
            });
        }
        true
    }

    /// Clears the clipboard if what lies in it came from here.
    pub(crate) fn clear(&self, app: &AppHandle) {
        if self.is_ours(|| app.clipboard().read_text().ok()) {
            // A clipboard that cannot be written any more cannot be cleared either.
            let _ = app.clipboard().clear();
        }
    }

    /// Remembers what was copied; which copy it is.
    fn note(&self, text: &str) -> u64 {
        let mut last = hold(&self.0);
        *last = (last.0 + 1, Some(sha256(text.as_bytes())));
        last.0
    }

    /// Whether nothing was copied from here since.
    fn is_latest(&self, turn: u64) -> bool {
        hold(&self.0).0 == turn
    }

    /// Whether what lies in the clipboard came from here. Asked once: then it is forgotten.
    fn is_ours(&self, lies_there: impl FnOnce() -> Option<String>) -> bool {
        let ours = hold(&self.0).1.take();
        ours.is_some_and(|ours| lies_there().is_some_and(|text| sha256(text.as_bytes()) == ours))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_from_here_is_cleared_once_and_what_took_its_place_is_left_alone() {
        let copied = Copied::default();
        assert!(!copied.is_ours(|| unreachable!("nothing was copied: the clipboard is not even read")));
        copied.note("chop:offer?code");
        assert!(copied.is_ours(|| Some("chop:offer?code".into())));
        assert!(!copied.is_ours(|| Some("chop:offer?code".into())), "it is forgotten");
        copied.note("chop:offer?code");
        assert!(!copied.is_ours(|| Some("a shopping list".into())));
        copied.note("chop:offer?code");
        assert!(!copied.is_ours(|| None), "an empty clipboard, or one that cannot be read");
    }

    #[test]
    fn a_later_copy_has_all_of_its_own_time() {
        let copied = Copied::default();
        let first = copied.note("one");
        let second = copied.note("two");
        assert!(!copied.is_latest(first) && copied.is_latest(second));
    }
}
