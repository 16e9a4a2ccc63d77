//! What every room needs: where the app stands, language, theme.

use chop_core::plumbing::model::Lang;
use tauri::State;

use crate::dto::shell::ShellState;
use crate::failure::Answer;
use crate::settings::Theme;
use crate::state::Desktop;

/// Where the app stands.
#[tauri::command(async)]
pub(crate) fn shell_state(desktop: State<'_, Desktop>) -> ShellState {
    ShellState::of(&desktop)
}

/// Sets the language of everything that is shown. One that is not known changes nothing.
#[tauri::command(async)]
pub(crate) fn shell_set_language(desktop: State<'_, Desktop>, language: String) -> Answer<ShellState> {
    if Lang::from_tag(&language).is_some() {
        desktop.change_settings(|settings| settings.language = Some(language));
    }
    Ok(ShellState::of(&desktop))
}

/// Sets how the app looks.
#[tauri::command(async)]
pub(crate) fn shell_set_theme(desktop: State<'_, Desktop>, theme: Theme) -> Answer<ShellState> {
    desktop.change_settings(|settings| settings.theme = theme);
    Ok(ShellState::of(&desktop))
}
