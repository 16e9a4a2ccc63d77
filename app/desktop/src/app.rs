//! The windows and what they may call.

use std::process::ExitCode;

use tauri::{App, WebviewUrl, WebviewWindowBuilder};

use crate::commands;
use crate::edge::Places;
use crate::holdings::intake::Intake;
use crate::jobs::Jobs;
use crate::navigation;
use crate::state::Desktop;

/// Opens the app and stays until its last window is closed.
pub fn run() -> ExitCode {
    let places = match Places::from_command_line() {
        Ok(places) => places,
        Err(said) => return said,
    };
    let built = tauri::Builder::default()
        .plugin(navigation::stay_home())
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_clipboard_manager::init())
        .plugin(tauri_plugin_window_state::Builder::default().build())
        .manage(Desktop::at(places))
        .manage(crate::scan::Scans::default())
        .manage(crate::consent::Sheets::default())
        .manage(crate::consent::Outgoing::default())
        .manage(Intake::default())
        .on_window_event(commands::intake::dropped)
        .manage(Jobs::default())
        .invoke_handler(tauri::generate_handler![
            commands::shell::shell_state,
            commands::shell::shell_set_language,
            commands::shell::shell_set_theme,
            // consent
            commands::consent::consent_open,
            commands::consent::consent_sheet,
            commands::consent::consent_page,
            commands::consent::consent_act,
            commands::consent::consent_presence,
            commands::consent::consent_agree,
            commands::consent::consent_decline,
            commands::consent::consent_close,
            // exchange
            commands::exchange::exchange_list,
            commands::exchange::exchange_open,
            commands::exchange::exchange_shown,
            commands::exchange::exchange_take,
            commands::exchange::exchange_withdraw,
            commands::exchange::exchange_post_again,
            // desk
            commands::desk::desk_open,
            commands::desk::desk_state,
            commands::desk::desk_forms,
            commands::desk::desk_certify,
            commands::desk::desk_ask,
            commands::desk::desk_list,
            commands::desk::desk_exchange,
            commands::desk::desk_shown,
            commands::desk::desk_take,
            commands::desk::desk_save_file,
            commands::desk::desk_kept,
            commands::desk::desk_erase,
            // scan
            commands::scan::scan_begin,
            commands::scan::scan_end,
            commands::scan::scan_restart,
            commands::scan::scan_text,
            commands::scan::scan_files,
            commands::scan::scan_dropped,
            commands::scan::scan_clipboard,
            commands::scan::scan_bytes,
            commands::scan::scan_frame,
            commands::scan::scan_camera,
            commands::scan::scan_camera_stop,
            commands::scan::scan_opened,
            // holdings
            commands::holdings::holdings_cards,
            commands::holdings::holdings_search,
            commands::holdings::item_open,
            commands::holdings::item_reveal,
            commands::holdings::item_seen,
            commands::holdings::item_conflicts,
            commands::holdings::item_wrong,
            commands::holdings::item_prepare_corrections,
            commands::holdings::item_set_share,
            commands::holdings::item_set_subject,
            commands::holdings::item_set_biometrics,
            commands::holdings::item_erase,
            commands::holdings::item_show,
            commands::holdings::item_full_screen,
            commands::holdings::item_ask_status,
            commands::holdings::item_stop_status,
            commands::holdings::profile_list,
            commands::holdings::profile_add,
            commands::holdings::form_list,
            commands::holdings::form_open,
            commands::holdings::form_check,
            commands::holdings::form_draft,
            commands::holdings::form_keep,
            commands::intake::intake_pick,
            commands::intake::intake_text,
            commands::intake::intake_look,
            commands::intake::intake_code,
            commands::intake::intake_keep,
            commands::intake::intake_let_go,
            // record
            commands::job::job_cancel,
            commands::record::record_overview,
            commands::record::record_rows,
            commands::record::record_use,
            commands::record::record_entries,
            commands::record::record_check,
            commands::record::record_prove,
            commands::record::record_check_proof,
            commands::recipients::recipients_list,
            commands::recipients::recipients_one,
            commands::recipients::recipients_consent_act,
            commands::recipients::recipients_save_notice,
            commands::recipients::recipients_open_case,
            commands::recipients::recipients_step_case,
            commands::recipients::recipients_letter,
            commands::recipients::recipients_save,
        ])
        .setup(|app| {
            crate::desk::start_clock(app.handle().clone());
            Ok(open_main(app)?)
        })
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
/// The verifier's window.
pub(crate) const DESK: &str = "desk";

/// Opens the verifier's window, or raises it.
pub(crate) fn open_desk(app: &tauri::AppHandle) -> tauri::Result<()> {
    if let Some(window) = tauri::Manager::get_webview_window(app, DESK) {
        return window.set_focus();
    }
    WebviewWindowBuilder::new(app, DESK, WebviewUrl::App("desk.html".into()))
        .title("Chop 数印 · 核验台")
        .inner_size(1120.0, 760.0)
        .min_inner_size(800.0, 560.0)
        .build()?;
    Ok(())
}
