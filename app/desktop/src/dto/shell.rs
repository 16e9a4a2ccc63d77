//! Where the app stands.

use chop_core::Standing;
use chop_core::plumbing::vault::{SlotKind, Vault};
use serde::Serialize;
use ts_rs::TS;

use crate::edge::Home;
use crate::settings::Settings;
use crate::state::Desktop;

/// Where the app stands.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "shell.ts")]
pub(crate) struct ShellState {
    /// Whether a space is open.
    pub(crate) space: SpaceState,
    /// The space's name, where there is one.
    pub(crate) label: Option<String>,
    /// Its folder, to be read by the person.
    pub(crate) folder: String,
    /// Whether everybody in it is invented.
    pub(crate) is_sample: bool,
    /// Whether the system's key store can open it.
    pub(crate) has_key_store: bool,
    /// How the record stands, while the space is open.
    pub(crate) standing: Option<StandingOf>,
    /// Releases that an earlier run left without an outcome.
    pub(crate) interrupted: usize,
    /// The language in use.
    pub(crate) language: String,
    /// The settings.
    pub(crate) settings: Settings,
    /// The version of the app.
    pub(crate) version: String,
}

/// Whether a space is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export_to = "shell.ts")]
pub(crate) enum SpaceState {
    /// There is none in the folder yet.
    None,
    /// There is one, and it is locked.
    Locked,
    /// It is open.
    Open,
}

/// How the record stands against the key store's memory of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "shell.ts")]
pub(crate) enum StandingOf {
    /// At or beyond what the key store remembers.
    Current,
    /// The key store does not remember this record.
    NotWitnessed,
    /// The space is older than the key store remembers.
    RolledBack,
}

/// What the app was opened with.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "shell.ts")]
pub(crate) struct OpenedWith {
    /// What it is.
    pub(crate) kind: OpenedKind,
    /// The name of the file; empty for a link.
    pub(crate) name: String,
    /// Its text; nothing where it could not be read, and for a backup.
    pub(crate) text: Option<String>,
}

/// What the app was opened with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export_to = "shell.ts")]
pub(crate) enum OpenedKind {
    /// A `chop:` link.
    Link,
    /// A file with a message.
    Message,
    /// A trust list.
    Trust,
    /// A rule pack or a catalogue.
    Pack,
    /// A backup.
    Backup,
}

impl ShellState {
    /// As of now.
    pub(crate) fn of(desktop: &Desktop) -> Self {
        let home = desktop.home();
        let space = match desktop.is_open() {
            true => SpaceState::Open,
            false if home.is_made() => SpaceState::Locked,
            false => SpaceState::None,
        };
        let open = desktop.wallet().ok().filter(|_| space == SpaceState::Open);
        Self {
            space,
            label: Vault::peek(&home.folder).ok().map(|info| info.label),
            folder: home.folder.display().to_string(),
            is_sample: home.is_sample,
            has_key_store: has_key_store(&home),
            standing: open.as_ref().map(|wallet| wallet.standing().into()),
            interrupted: open.map_or(0, |wallet| wallet.interrupted()),
            language: desktop.lang().tag().to_owned(),
            settings: desktop.settings(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }
}

fn has_key_store(home: &Home) -> bool {
    let ways = Vault::ways_into(&home.folder).unwrap_or_default();
    ways.iter().any(|slot| slot.kind == SlotKind::Platform)
}

impl From<Standing> for StandingOf {
    fn from(standing: Standing) -> Self {
        match standing {
            Standing::Current => Self::Current,
            Standing::NotWitnessed => Self::NotWitnessed,
            Standing::RolledBack => Self::RolledBack,
        }
    }
}
