//! What the app remembers outside every space: language, theme, lock. Nothing secret, nothing about
//! anybody. Where the file cannot be read the defaults hold; it is kept under another name before anything
//! is written in its place.

use std::path::{Path, PathBuf};
use std::{fs, io};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The settings of the app on this machine.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
#[ts(export_to = "settings.ts")]
pub(crate) struct Settings {
    /// BCP 47: `zh-Hans`, `zh-Hant`, `en` or `pt`; as the system says while nothing was chosen.
    pub(crate) language: Option<String>,
    /// Light, dark, or as the system says.
    pub(crate) theme: Theme,
    /// Minutes without use after which the space locks; 0: never.
    pub(crate) lock_minutes: u32,
    /// Seconds after which what was copied leaves the clipboard; 0: it stays.
    pub(crate) clipboard_seconds: u32,
    /// Relay and network.
    pub(crate) network: Network,
    /// Whether the page hides what it shows while its window has no focus.
    pub(crate) hide_unfocused: bool,
    /// The folder of the space that was open last, where it is not the usual one.
    pub(crate) space: Option<PathBuf>,
}

/// Whom the app may call, beyond public addresses over TLS.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
#[ts(export_to = "settings.ts")]
pub(crate) struct Network {
    /// The relay at which offers are left, `https://relay.example`.
    pub(crate) relay: Option<String>,
    /// Origins of one's own network, on a private address or a port of their own.
    pub(crate) allowed: Vec<String>,
}

/// How the app looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export_to = "settings.ts")]
pub(crate) enum Theme {
    /// As the system says.
    System,
    /// Paper.
    Light,
    /// Ink.
    Dark,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: None,
            theme: Theme::System,
            lock_minutes: 5,
            clipboard_seconds: 30,
            network: Network::default(),
            // A screen in memory has no window manager: there no window is ever in front.
            hide_unfocused: cfg!(not(feature = "e2e")),
            space: None,
        }
    }
}

impl Settings {
    /// Reads the file; the defaults where there is none that can be read.
    pub(crate) fn read(path: &Path) -> Self {
        Self::in_file(path).unwrap_or_default()
    }

    /// Writes the file by rename. Settings that cannot be kept are no reason to stop.
    pub(crate) fn keep(&self, path: &Path) -> bool {
        let Ok(text) = serde_json::to_vec_pretty(self) else { return false };
        let beside = path.with_extension("json.new");
        let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
        let written = folder.and_then(|()| fs::write(&beside, text)).and_then(|()| put_aside(path));
        written.and_then(|()| fs::rename(&beside, path)).is_ok()
    }

    fn in_file(path: &Path) -> Option<Self> {
        let small = fs::metadata(path).is_ok_and(|file| file.len() <= MAX_BYTES);
        let text = small.then(|| fs::read(path).ok()).flatten()?;
        serde_json::from_slice(&text).ok()
    }
}

/// Gives a file that this version cannot read another name: a newer version, or a person, wrote it.
fn put_aside(path: &Path) -> io::Result<()> {
    if !path.exists() || Settings::in_file(path).is_some() {
        return Ok(());
    }
    let mut names = (1..=ASIDE).map(|number| path.with_extension(format!("json.unread-{number}")));
    let free = names.find(|name| !name.exists()).ok_or(io::ErrorKind::AlreadyExists)?;
    fs::rename(path, free)
}

/// Bytes of a file of settings.
const MAX_BYTES: u64 = 64 * 1024;
/// Files of settings that could not be read and are kept.
const ASIDE: u32 = 99;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_that_cannot_be_read_are_kept_under_another_name() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("settings.json");
        // A theme of a later version, and a folder that would be looked for in vain.
        let later = r#"{"theme":"sepia","space":"/x"}"#;
        for number in 1..=2 {
            fs::write(&path, later).unwrap();
            let mut settings = Settings::read(&path);
            assert_eq!(settings.space, None);
            settings.language = Some("pt".to_owned());
            assert!(settings.keep(&path) && settings.keep(&path));
            assert_eq!(Settings::read(&path).language.as_deref(), Some("pt"));
            let aside = home.path().join(format!("settings.json.unread-{number}"));
            assert_eq!(fs::read_to_string(aside).unwrap(), later);
        }
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 3);
    }
}
