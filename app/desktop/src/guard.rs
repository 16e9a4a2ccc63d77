//! What locks the space when nobody is there: a timer over the page's own signs of life, the machine
//! going to sleep, and the person.
//!
//! On Linux logind says that the machine goes to sleep. Everywhere, a clock that jumped while the timer
//! slept says that it was asleep, and the space is locked before anything is shown.

use std::sync::atomic::{AtomicI64, Ordering};
use std::thread;
use std::time::Duration;

use chop_core::Clock as _;
use chop_core::plumbing::model::UnixTime;
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
    // What was shown over the whole screen is gone; so is the page that would give the screen back.
    for window in app.webview_windows().values() {
        let _ = window.set_fullscreen(false);
    }
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
        if must_lock(&app.state::<Desktop>(), &app.state::<Presence>(), was_asleep, now) {
            lock(app);
        }
    }
}

/// Whether the space is to be locked now: the machine was asleep, nobody touched a window, or core's own
/// limit is over.
fn must_lock(desktop: &Desktop, presence: &Presence, was_asleep: bool, now: UnixTime) -> bool {
    let is_gone = presence.is_gone(desktop.settings().lock_minutes, now.0);
    desktop.holds_a_space() && (was_asleep || is_gone || desktop.lock_if_idle())
}

/// `PrepareForSleep(true)` of `org.freedesktop.login1.Manager`. A machine without logind says nothing, and
/// the jump of the clock is all there is.
#[cfg(target_os = "linux")]
fn sleep_of_the_machine(app: &AppHandle) {
    let app = app.clone();
    let _ = dbus::blocking::Connection::new_system().and_then(|bus| hear_sleep(&bus, move || lock(&app)));
}

/// Does `act` each time that logind on `bus` says the machine is about to sleep, as long as the bus is there.
#[cfg(target_os = "linux")]
fn hear_sleep(bus: &dbus::blocking::Connection, act: impl Fn() + Send + 'static) -> Result<(), dbus::Error> {
    let signal = dbus::message::MatchRule::new_signal("org.freedesktop.login1.Manager", "PrepareForSleep")
        .with_sender("org.freedesktop.login1");
    bus.add_match(signal, move |(begins,): (bool,), _, _| {
        if begins {
            act();
        }
        true
    })?;
    loop {
        bus.process(Duration::from_secs(3600))?;
    }
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

    #[test]
    fn an_open_space_is_locked_when_nobody_is_there_and_when_the_machine_slept() {
        let home = tempfile::tempdir().unwrap();
        let desktop = crate::faults_tests::made(home.path());
        let (presence, now) = (Presence::default(), SystemClock.now());
        presence.note();
        assert!(!must_lock(&desktop, &presence, true, now), "there is nothing to lock");
        spaces::unlock(&desktop, crate::faults_tests::secret()).unwrap();
        assert!(!must_lock(&desktop, &presence, false, now.plus(290)));
        assert!(must_lock(&desktop, &presence, true, now.plus(1)));
        assert!(must_lock(&desktop, &presence, false, now.plus(310)));
        desktop.change_settings(|settings| settings.lock_minutes = 0);
        assert!(!must_lock(&desktop, &presence, false, now.plus(86_400)));
        assert!(desktop.is_open());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn logind_says_that_the_machine_goes_to_sleep_and_nobody_else_may() {
        use std::io::{BufRead as _, BufReader};
        use std::process::{Command, Stdio};
        use std::sync::mpsc;

        use dbus::blocking::Connection;
        use dbus::channel::{Channel, Sender as _};

        let started = Command::new("dbus-daemon")
            .args(["--session", "--nofork", "--print-address=1"])
            .stdout(Stdio::piped())
            .spawn();
        let Ok(mut daemon) = started else { return says_skipped() };
        let mut address = String::new();
        BufReader::new(daemon.stdout.take().unwrap()).read_line(&mut address).unwrap();
        let connect = || {
            let mut channel = Channel::open_private(address.trim()).unwrap();
            channel.register().unwrap();
            Connection::from(channel)
        };
        let (logind, stranger, ours) = (connect(), connect(), connect());
        logind.request_name("org.freedesktop.login1", false, true, false).unwrap();
        let (told, heard) = mpsc::channel();
        thread::spawn(move || hear_sleep(&ours, move || told.send(()).unwrap()));
        let say = |from: &Connection, begins: bool| {
            let name = "org.freedesktop.login1.Manager";
            let signal = dbus::Message::signal(
                &"/org/freedesktop/login1".into(),
                &name.into(),
                &"PrepareForSleep".into(),
            );
            from.send(signal.append1(begins)).unwrap();
            from.channel().flush();
        };
        // It waits for its match to be in place: a signal sent before would be nobody's.
        let first = (0..100).find_map(|_| {
            say(&logind, true);
            heard.recv_timeout(Duration::from_millis(100)).ok()
        });
        assert!(first.is_some(), "nothing was heard");
        while heard.recv_timeout(Duration::from_millis(300)).is_ok() {}
        say(&stranger, true);
        say(&logind, false);
        assert!(heard.recv_timeout(Duration::from_millis(500)).is_err(), "that was no sleep of the machine");
        say(&logind, true);
        assert!(heard.recv_timeout(Duration::from_secs(10)).is_ok());
        daemon.kill().unwrap();
        daemon.wait().unwrap();
    }

    #[cfg(target_os = "linux")]
    #[expect(clippy::disallowed_methods, reason = "a test is an edge: CI must not skip")]
    #[expect(clippy::print_stdout, reason = "a test that is skipped says so")]
    fn says_skipped() {
        assert!(std::env::var("CI").is_err(), "no dbus-daemon");
        println!("SKIPPED: the sleep of the machine: no dbus-daemon here");
    }
}
