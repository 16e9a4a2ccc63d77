//! The windows and what they may call.

use std::process::ExitCode;

use tauri::{App, WebviewUrl, WebviewWindowBuilder};

use crate::commands;
use crate::edge::Places;
use crate::state::Desktop;

/// Opens the app and stays until its last window is closed.
pub fn run() -> ExitCode {
    let places = match Places::from_command_line() {
        Ok(places) => places,
        Err(said) => return said,
    };
    let built = tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_clipboard_manager::init())
        .plugin(tauri_plugin_window_state::Builder::default().build())
        .manage(Desktop::at(places))
        .invoke_handler(tauri::generate_handler![
            commands::shell::shell_state,
            commands::shell::shell_set_language,
            commands::shell::shell_set_theme,
        ])
        .setup(|app| Ok(open_main(app)?))
        .run(tauri::generate_context!());
    match built {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn open_main(app: &App) -> tauri::Result<()> {
    WebviewWindowBuilder::new(app, MAIN, WebviewUrl::App("index.html".into()))
        .title("Chop 数印")
        .inner_size(1120.0, 760.0)
        .min_inner_size(800.0, 560.0)
        .build()?;
    Ok(())
}

/// The holder's window.
pub(crate) const MAIN: &str = "main";
