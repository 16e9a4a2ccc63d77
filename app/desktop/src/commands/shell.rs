//! What every room needs: where the app stands, language, theme, lock, clipboard.

use chop_core::plumbing::model::Lang;
use tauri::{AppHandle, State, WebviewWindow};

use crate::clipboard::Copied;
use crate::dto::shell::{OpenedWith, ShellState};
use crate::failure::Answer;
use crate::guard::{self, Presence};
use crate::opened::Waiting;
use crate::settings::Theme;
use crate::state::Desktop;

/// Where the app stands.
#[tauri::command(async)]
pub(crate) fn shell_state(desktop: State<'_, Desktop>) -> ShellState {
    ShellState::of(&desktop)
}

/// Sets the language of everything that is shown. One that is not known changes nothing.
#[tauri::command(async)]
pub(crate) fn shell_set_language(
    app: AppHandle,
    desktop: State<'_, Desktop>,
    language: String,
) -> Answer<ShellState> {
    if Lang::from_tag(&language).is_some() {
        desktop.change_settings(|settings| settings.language = Some(language));
        guard::tell(&app);
    }
    Ok(ShellState::of(&desktop))
}

/// Sets how the app looks.
#[tauri::command(async)]
pub(crate) fn shell_set_theme(
    app: AppHandle,
    desktop: State<'_, Desktop>,
    theme: Theme,
) -> Answer<ShellState> {
    desktop.change_settings(|settings| settings.theme = theme);
    guard::tell(&app);
    Ok(ShellState::of(&desktop))
}

/// Locks now.
#[tauri::command(async)]
pub(crate) fn shell_lock(app: AppHandle, desktop: State<'_, Desktop>) -> ShellState {
    guard::lock(&app);
    ShellState::of(&desktop)
}

/// Somebody is there: a key, a click, a touch.
#[tauri::command(async)]
pub(crate) fn shell_ping(presence: State<'_, Presence>, desktop: State<'_, Desktop>) -> bool {
    presence.note();
    desktop.is_open()
}

/// Copies a text; it leaves the clipboard by itself. Whether it was copied.
#[tauri::command(async)]
pub(crate) fn shell_copy(
    app: AppHandle,
    copied: State<'_, Copied>,
    desktop: State<'_, Desktop>,
    text: String,
) -> bool {
    copied.copy(&app, &text, desktop.settings().clipboard_seconds)
}

/// Opens the system's dialog that prints what the window shows. Whether it opened.
#[tauri::command(async)]
pub(crate) fn shell_print(window: WebviewWindow) -> bool {
    window.print().is_ok()
}

/// Takes what the app was opened with. It is there once.
#[tauri::command(async)]
pub(crate) fn shell_opened(waiting: State<'_, Waiting>) -> Option<OpenedWith> {
    waiting.take()
}

/// The texts of the licences of what is built in, if this is a packed app: `scripts/package` puts them in.
#[tauri::command(async)]
pub(crate) fn shell_notices(app: AppHandle) -> Option<String> {
    let file = app.asset_resolver().get("notices.txt".to_owned())?;
    // For what it does not know the resolver gives the first page, as a browser's app wants it.
    (file.mime_type == "text/plain").then(|| String::from_utf8_lossy(&file.bytes).into_owned())
}
