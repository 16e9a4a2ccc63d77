//! What the machine gives: the clock, the places of files, and the command line.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use chop_core::plumbing::crypto::OsRandom;
use chop_core::plumbing::model::UnixTime;
use chop_core::{Clock, Edge, Keys, NoAnchors};

/// The machine's clock.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the clock port of the desktop")]
    fn now(&self) -> UnixTime {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        UnixTime(i64::try_from(since.as_secs()).unwrap_or(i64::MAX)).plus(ahead())
    }
}

/// Seconds that a walk through the window is ahead of the machine: it cannot wait for what is due in days.
/// Only a build with feature `e2e` does this.
#[cfg(feature = "e2e")]
#[expect(clippy::disallowed_methods, reason = "the test says what time it is")]
fn ahead() -> i64 {
    std::env::var("CHOP_E2E_AHEAD").ok().and_then(|seconds| seconds.parse().ok()).unwrap_or(0)
}

#[cfg(not(feature = "e2e"))]
const fn ahead() -> i64 {
    0
}

/// Where things lie, and what the app was started with.
#[derive(Debug, Clone)]
pub(crate) struct Places {
    /// The folder of the space: `--space`, or `chop/space` in the XDG data folder.
    pub(crate) space: PathBuf,
    /// Whether `--space` named it: then no other folder is remembered.
    pub(crate) is_named: bool,
    /// The key stores, outside every space: `--keys`, or `chop/keys` in the XDG state folder.
    pub(crate) keys: PathBuf,
    /// Language, theme, lock: `chop/desktop.json` in the XDG config folder. Nothing secret.
    pub(crate) settings: PathBuf,
    /// A `chop:` link or a `.chop` file.
    pub(crate) opened_with: Option<String>,
}

/// Where one space lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Home {
    /// Its folder.
    pub(crate) folder: PathBuf,
    /// The folder of its key store.
    pub(crate) keys: PathBuf,
    /// Whether everybody in it is invented.
    pub(crate) is_sample: bool,
}

impl Places {
    /// Reads the command line; says what is wrong with it and gives the exit code.
    #[expect(clippy::print_stderr, reason = "a wrong command line is answered where it was typed")]
    pub(crate) fn from_command_line() -> Result<Self, ExitCode> {
        Self::read(std::env::args_os().skip(1).map(|arg| arg.to_string_lossy().into_owned())).map_err(
            |said| {
                eprintln!("{said}\nusage: chop-desktop [--space DIR] [--keys DIR] [LINK | FILE]");
                ExitCode::from(2)
            },
        )
    }

    fn read(args: impl Iterator<Item = String>) -> Result<Self, &'static str> {
        let (mut space, mut keys, mut opened_with) = (None, None, None);
        let mut args = args;
        while let Some(arg) = args.next() {
            match arg.as_str() {
                "--space" => space = Some(args.next().ok_or("--space wants a folder")?),
                "--keys" => keys = Some(args.next().ok_or("--keys wants a folder")?),
                flag if flag.starts_with("--") => return Err("there is no such option"),
                // Another process may take it over, and that one stands in another folder.
                link if link.starts_with("chop:") => opened_with = Some(arg),
                file => opened_with = Some(absolute(file.to_owned())?.to_string_lossy().into_owned()),
            }
        }
        let in_home =
            |variable, inside: &str| home(variable, inside).ok_or("neither HOME nor the XDG folders are set");
        Ok(Self {
            is_named: space.is_some(),
            space: match space {
                Some(folder) => absolute(folder)?,
                None => in_home("XDG_DATA_HOME", ".local/share")?.join("space"),
            },
            keys: match keys {
                Some(folder) => absolute(folder)?,
                None => in_home("XDG_STATE_HOME", ".local/state")?.join("keys"),
            },
            settings: in_home("XDG_CONFIG_HOME", ".config")?.join("desktop.json"),
            opened_with,
        })
    }

    /// The space that the app was started for.
    pub(crate) fn home(&self) -> Home {
        Home { folder: self.space.clone(), keys: self.keys.clone(), is_sample: false }
    }

    /// Where the sample spaces lie: beside the space, so that a run with `--space` keeps to itself.
    pub(crate) fn samples(&self) -> PathBuf {
        let mut name = self.space.file_name().unwrap_or_default().to_owned();
        name.push("-samples");
        self.space.with_file_name(name)
    }
}

impl Home {
    /// The ports of this machine, for this space.
    pub(crate) fn edge(&self) -> Edge {
        Edge {
            clock: Arc::new(SystemClock),
            random: Arc::new(OsRandom),
            anchors: Arc::new(NoAnchors),
            keys: Keys::Folder(self.keys.clone()),
        }
    }

    /// Whether there is a space.
    pub(crate) fn is_made(&self) -> bool {
        self.folder.join("space.json").exists() || self.folder.join("space.json.bak").exists()
    }
}

fn absolute(folder: String) -> Result<PathBuf, &'static str> {
    std::path::absolute(folder).map_err(|_| "a folder has no absolute path")
}

/// `chop` in an XDG base folder.
#[expect(clippy::disallowed_methods, reason = "where files lie is the environment's to say")]
fn home(variable: &str, inside: &str) -> Option<PathBuf> {
    let set = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let base = set(variable).or_else(|| set("HOME").map(|home| home.join(inside)))?;
    Some(base.join("chop"))
}
