//! Where the app stands.

use serde::Serialize;
use ts_rs::TS;

use crate::settings::Settings;
use crate::state::Desktop;

/// Where the app stands.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "shell.ts")]
pub(crate) struct ShellState {
    /// Whether a space is open.
    pub(crate) space: SpaceState,
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

impl ShellState {
    /// As of now.
    pub(crate) fn of(desktop: &Desktop) -> Self {
        let space = match desktop.is_open() {
            true => SpaceState::Open,
            false if desktop.places.space.join("space.json").exists() => SpaceState::Locked,
            false => SpaceState::None,
        };
        Self {
            space,
            language: desktop.lang().tag().to_owned(),
            settings: desktop.settings(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }
}
