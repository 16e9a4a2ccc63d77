//! What locks the space when nobody is there: a timer over the page's own signs of life, the machine
//! going to sleep, and the person.
//!
//! On Linux logind says that the machine goes to sleep. Everywhere, a clock that jumped while the timer
//! slept says that it was asleep, and the space is locked before anything is shown.

use std::sync::atomic::{AtomicI64, Ordering};
use std::thread;
use std::time::Duration;

use chop_core::Clock as _;
use tauri::{AppHandle, Emitter as _, Manager as _, Window, WindowEvent};

use crate::clipboard::Copied;
use crate::dto::shell::ShellState;
use crate::edge::SystemClock;
use crate::spaces;
use crate::state::Desktop;

/// When the person last did something in a window. Reads of a room that refreshes itself are no sign.
#[derive(Default)]
pub(crate) struct Presence(AtomicI64);

impl Presence {
    /// Somebody is there now.
    pub(crate) fn note(&self) {
        self.0.store(SystemClock.now().0, Ordering::SeqCst);
    }

    /// Whether nobody was there for `minutes`; 0 is never. A clock that was set back counts as a sign.
    pub(crate) fn is_gone(&self, minutes: u32, now: i64) -> bool {
        let since = now.saturating_sub(self.0.load(Ordering::SeqCst));
        minutes > 0 && since >= i64::from(minutes) * 60
    }
}

/// Locks, empties the clipboard of what came from here, and tells every window.
pub(crate) fn lock(app: &AppHandle) {
    spaces::lock(&app.state::<Desktop>());
    app.state::<crate::consent::Sheets>().close_all();
    app.state::<crate::offers::Listeners>().stop_all();
    app.state::<Copied>().clear(app);
    tell(app);
}

/// Tells every window where the app stands.
pub(crate) fn tell(app: &AppHandle) {
    // A window that is gone hears nothing, and needs nothing.
    let _ = app.emit("shell", ShellState::of(&app.state::<Desktop>()));
}

/// Says whether any of our windows is in front, when one gains or loses the focus: the person who goes from
/// one of them to the other is still there.
pub(crate) fn attend(window: &Window, event: &WindowEvent) {
    if !matches!(event, WindowEvent::Focused(_)) {
        return;
    }
    let app = window.app_handle().clone();
    thread::spawn(move || {
        // Between two of our windows the focus is nowhere for a moment.
        thread::sleep(Duration::from_millis(FOCUS_MILLISECONDS));
        let in_front = app.webview_windows().values().any(|window| window.is_focused().unwrap_or(true));
        let _ = app.emit("attended", in_front);
    });
}

/// Watches until the app ends.
pub(crate) fn watch(app: &AppHandle) {
    app.state::<Presence>().note();
    let timer = app.clone();
    thread::spawn(move || tick(&timer));
    #[cfg(target_os = "linux")]
    {
        let sleeper = app.clone();
        thread::spawn(move || sleep_of_the_machine(&sleeper));
    }
}

fn tick(app: &AppHandle) {
    let mut before = SystemClock.now();
    loop {
        thread::sleep(Duration::from_secs(TICK_SECONDS));
        let now = SystemClock.now();
        let was_asleep = now.since(before) > ASLEEP_SECONDS;
        before = now;
        let desktop = app.state::<Desktop>();
        let minutes = desktop.settings().lock_minutes;
        let is_gone = app.state::<Presence>().is_gone(minutes, now.0);
        if desktop.holds_a_space() && (was_asleep || is_gone || desktop.lock_if_idle()) {
            lock(app);
        }
    }
}

/// `PrepareForSleep(true)` of `org.freedesktop.login1.Manager`. A machine without logind says nothing, and
/// the jump of the clock is all there is.
#[cfg(target_os = "linux")]
fn sleep_of_the_machine(app: &AppHandle) {
    let listen = || -> Result<(), dbus::Error> {
        let bus = dbus::blocking::Connection::new_system()?;
        let signal =
            dbus::message::MatchRule::new_signal("org.freedesktop.login1.Manager", "PrepareForSleep")
                .with_sender("org.freedesktop.login1");
        let app = app.clone();
        bus.add_match(signal, move |(begins,): (bool,), _, _| {
            if begins {
                lock(&app);
            }
            true
        })?;
        loop {
            bus.process(Duration::from_secs(3600))?;
        }
    };
    let _ = listen();
}

const TICK_SECONDS: u64 = 2;
const FOCUS_MILLISECONDS: u64 = 150;
/// A timer that wakes so much later was not awake in between.
const ASLEEP_SECONDS: i64 = 30;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_gone_before_the_minutes_are_over_and_never_at_zero() {
        let presence = Presence::default();
        presence.0.store(1000, Ordering::SeqCst);
        assert!(!presence.is_gone(5, 1000 + 299));
        assert!(presence.is_gone(5, 1000 + 300));
        assert!(!presence.is_gone(0, 1_000_000));
        assert!(!presence.is_gone(5, 10), "a clock that was set back");
    }
}
