//! Every command that the page may ask for, by name: a permission `allow-NAME` is made of each, and
//! `capabilities/` says which window holds which. A command that is not listed here cannot be called.

use std::{fs, io, path::Path};

/// Shared by both windows, then one line for each room. `ui/src/wallet/commands.ts` names the same.
const COMMANDS: &[&str] = &[
    // shell
    "shell_state",
    "shell_set_language",
    "shell_set_theme",
    // consent
    "consent_open",
    "consent_sheet",
    "consent_page",
    "consent_act",
    "consent_presence",
    "consent_agree",
    "consent_decline",
    "consent_close",
    // exchange
    "exchange_list",
    "exchange_open",
    "exchange_shown",
    "exchange_take",
    "exchange_withdraw",
    "exchange_post_again",
    // desk
    "desk_open",
    "desk_state",
    "desk_forms",
    "desk_certify",
    "desk_ask",
    "desk_list",
    "desk_exchange",
    "desk_shown",
    "desk_take",
    "desk_save_file",
    "desk_kept",
    "desk_erase",
    // offer
    "offer_relay",
    "offer_set_relay",
    "offer_authority",
    "offer_purposes",
    "offer_directory",
    "offer_lists",
    "offer_items",
    "offer_page",
    "offer_make",
    "offer_list",
    "offer_open",
    "offer_answer",
    "offer_withdraw",
    "offer_try_again",
    // scan: both windows
    "scan_begin",
    "scan_end",
    "scan_restart",
    "scan_text",
    "scan_files",
    "scan_dropped",
    "scan_clipboard",
    "scan_screen",
    "scan_bytes",
    "scan_frame",
    "scan_camera",
    "scan_camera_stop",
    "scan_opened",
    "scan_import",
    // holdings
    "holdings_cards",
    "holdings_search",
    "item_open",
    "item_reveal",
    "item_seen",
    "item_conflicts",
    "item_wrong",
    "item_prepare_corrections",
    "item_set_share",
    "item_set_subject",
    "item_set_biometrics",
    "item_erase",
    "item_show",
    "item_full_screen",
    "item_ask_status",
    "item_stop_status",
    "profile_list",
    "profile_add",
    "profile_change",
    "form_list",
    "form_open",
    "form_check",
    "form_draft",
    "form_keep",
    "intake_pick",
    "intake_text",
    "intake_look",
    "intake_code",
    "intake_keep",
    "intake_let_go",
    // record
    "job_cancel",
    "record_overview",
    "record_rows",
    "record_use",
    "record_entries",
    "record_check",
    "record_prove",
    "record_check_proof",
    "recipients_list",
    "recipients_one",
    "recipients_muted",
    "recipients_consent_act",
    "recipients_save_notice",
    "recipients_open_case",
    "recipients_step_case",
    "recipients_letter",
    "recipients_save",
    // shell, since then
    "shell_lock",
    "shell_ping",
    "shell_copy",
    "shell_print",
    "shell_opened",
    // space
    "space_create",
    "space_kit_save",
    "space_kit_print",
    "space_kit_done",
    "space_unlock",
    "space_unlock_key_store",
    "space_choose_folder",
    "space_recover",
    "space_pick_backup",
    "space_restore",
    "space_sample",
    "space_leave_sample",
    "space_go_on",
    // settings
    "settings_set",
    "settings_space",
    "settings_passphrase",
    "settings_recovery",
    "settings_backup",
    "settings_key_store",
    "settings_trust",
    "settings_pick_trust",
    "settings_look_trust",
    "settings_add_trust",
    "settings_packs",
    "settings_pick_pack",
    "settings_look_pack",
    "settings_add_pack",
];

fn main() -> io::Result<()> {
    // A checkout whose page was not built yet still compiles: the window then says so.
    let page = Path::new("../../ui/dist");
    if !page.join("index.html").exists() {
        fs::create_dir_all(page)?;
        fs::write(page.join("index.html"), NOT_BUILT)?;
    }
    println!("cargo:rerun-if-changed=../../ui/dist");
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest)).map_err(io::Error::other)
}

const NOT_BUILT: &str = "<!doctype html><title>Chop</title><p>The page of this build is missing: run `make ui`, then build again.";
