//! A window as large as the desktop's, with one sentence in it.

use std::process::ExitCode;

use tauri::{WebviewUrl, WebviewWindowBuilder};

fn main() -> ExitCode {
    let ran = tauri::Builder::default()
        .setup(|app| {
            WebviewWindowBuilder::new(app, "main", WebviewUrl::App("index.html".into()))
                .title("Empty")
                .inner_size(1120.0, 760.0)
                .build()?;
            Ok(())
        })
        .run(tauri::generate_context!());
    if ran.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
