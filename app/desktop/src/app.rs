//! The windows and what they may call.

use std::process::ExitCode;

use tauri::{App, Manager as _, WebviewUrl, WebviewWindowBuilder};

use crate::clipboard::Copied;
use crate::commands::settings::Previewed;
use crate::commands::space::Kit;
use crate::edge::Places;
use crate::guard::{self, Presence};
use crate::holdings::intake::Intake;
use crate::instance::{self, Start};
use crate::jobs::Jobs;
use crate::navigation;
use crate::opened::{self, Waiting};
use crate::state::Desktop;
use crate::{commands, spaces, workers};

/// Opens the app and stays until its last window is closed.
pub fn run() -> ExitCode {
    let places = match Places::from_command_line() {
        Ok(places) => places,
        Err(said) => return said,
    };
    let opened_with = places.opened_with.clone();
    let desktop = Desktop::at(places);
    let Start::First(listener) = instance::start(&desktop.home().folder, opened_with.as_deref()) else {
        return ExitCode::SUCCESS;
    };
    // Kept until the app ends.
    let Ok(_workers) = workers::start() else { return ExitCode::FAILURE };
    let built = tauri::Builder::default()
        .plugin(navigation::stay_home())
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_clipboard_manager::init())
        .plugin(tauri_plugin_window_state::Builder::default().build())
        .manage(crate::scan::Scans::default())
        .manage(crate::consent::Sheets::default())
        .manage(crate::consent::Outgoing::default())
        .manage(Intake::default())
        .on_window_event(commands::intake::dropped)
        .manage(Jobs::default())
        .on_window_event(guard::attend)
        .manage(desktop)
        .manage(Copied::default())
        .manage(Kit::default())
        .manage(Presence::default())
        .manage(Previewed::default())
        .manage(Waiting::default())
        .manage(crate::offers::Relays::default())
        .manage(crate::offers::Listeners::default())
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
            // offer
            commands::offer::offer_relay,
            commands::offer::offer_set_relay,
            commands::offer::offer_authority,
            commands::offer::offer_purposes,
            commands::offer::offer_directory,
            commands::offer::offer_key,
            commands::offer::offer_items,
            commands::offer::offer_page,
            commands::offer::offer_make,
            commands::offer::offer_list,
            commands::offer::offer_open,
            commands::offer::offer_answer,
            commands::offer::offer_withdraw,
            commands::offer::offer_try_again,
            // scan
            commands::scan::scan_begin,
            commands::scan::scan_end,
            commands::scan::scan_restart,
            commands::scan::scan_text,
            commands::scan::scan_files,
            commands::scan::scan_dropped,
            commands::scan::scan_clipboard,
            commands::scan::scan_screen,
            commands::scan::scan_bytes,
            commands::scan::scan_frame,
            commands::scan::scan_camera,
            commands::scan::scan_camera_stop,
            commands::scan::scan_opened,
            commands::scan::scan_import,
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
            commands::holdings::profile_change,
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
            commands::recipients::recipients_muted,
            commands::recipients::recipients_correct,
            commands::recipients::recipients_consent_act,
            commands::recipients::recipients_save_notice,
            commands::recipients::recipients_open_case,
            commands::recipients::recipients_step_case,
            commands::recipients::recipients_letter,
            commands::recipients::recipients_save,
            commands::shell::shell_lock,
            commands::shell::shell_ping,
            commands::shell::shell_copy,
            commands::shell::shell_print,
            commands::shell::shell_notices,
            commands::shell::shell_opened,
            // space
            commands::space::space_create,
            commands::space::space_kit_save,
            commands::space::space_kit_print,
            commands::space::space_kit_done,
            commands::space::space_unlock,
            commands::space::space_unlock_key_store,
            commands::space::space_choose_folder,
            commands::space::space_recover,
            commands::space::space_pick_backup,
            commands::space::space_restore,
            commands::space::space_sample,
            commands::space::space_leave_sample,
            commands::space::space_go_on,
            // settings
            commands::settings::settings_set,
            commands::settings::settings_space,
            commands::settings::settings_passphrase,
            commands::settings::settings_recovery,
            commands::settings::settings_backup,
            commands::settings::settings_key_store,
            commands::settings::settings_trust,
            commands::settings::settings_pick_trust,
            commands::settings::settings_look_trust,
            commands::settings::settings_add_trust,
            commands::settings::settings_packs,
            commands::settings::settings_pick_pack,
            commands::settings::settings_look_pack,
            commands::settings::settings_add_pack,
        ])
        .setup(move |app| {
            open_main(app)?;
            crate::desk::start_clock(app.handle().clone());
            guard::watch(app.handle());
            if let Some(listener) = listener {
                instance::listen(app.handle(), listener);
            }
            if let Some(with) = opened_with {
                opened::open(app.handle(), &with);
            }
            Ok(())
        })
        .build(tauri::generate_context!());
    let Ok(app) = built else { return ExitCode::FAILURE };
    app.run(|app, event| match event {
        // What was copied and what was open do not outlive the app.
        tauri::RunEvent::Exit => {
            spaces::lock(&app.state::<Desktop>());
            app.state::<Copied>().clear(app);
        }
        // macOS hands links and files over as an event.
        #[cfg(target_os = "macos")]
        tauri::RunEvent::Opened { urls } => {
            for url in urls {
                let file = url.to_file_path().ok().map(|path| path.to_string_lossy().into_owned());
                opened::open(app, file.as_deref().unwrap_or(url.as_str()));
            }
        }
        _ => {}
    });
    ExitCode::SUCCESS
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
