//! The settings room: the app's own settings, the ways into the space, whom it trusts, by what it judges.

use std::sync::Mutex;

use chop_core::plumbing::crypto::encoding::from_base64url;
use chop_core::plumbing::crypto::{Argon2Cost, Digest};
use chop_core::plumbing::formats::trust_list::UnverifiedTrustList;
use chop_core::plumbing::vault::VaultError;
use chop_core::{Clock as _, Error, Wallet, WalletError};
use tauri::{AppHandle, State, WebviewWindow};

use crate::commands::space::Kit;
use crate::dto::settings::{PackPreviewed, PackRow, SpaceAbout, TrustList};
use crate::dto::shell::ShellState;
use crate::dto::space::{RecoveryKit, Typed};
use crate::edge::SystemClock;
use crate::failure::{Answer, Failure, Told as _};
use crate::guard;
use crate::opened;
use crate::pick::{self, Want};
use crate::scan::{Content, Scans};
use crate::spaces;
use crate::state::{Desktop, hold};

/// The file that was previewed last: what is added is what was shown, under the fingerprint that the person
/// compared. Another preview may have come in between, so the page says which one that was.
#[derive(Default)]
pub(crate) struct Previewed(Mutex<Option<String>>);

/// Sets when the space locks, when the clipboard is cleared, and whether an unwatched window hides.
#[tauri::command(async)]
pub(crate) fn settings_set(
    app: AppHandle,
    desktop: State<'_, Desktop>,
    lock_minutes: u32,
    clipboard_seconds: u32,
    hide_unfocused: bool,
) -> ShellState {
    desktop.change_settings(|settings| {
        settings.lock_minutes = lock_minutes;
        settings.clipboard_seconds = clipboard_seconds;
        settings.hide_unfocused = hide_unfocused;
    });
    for wallet in [desktop.wallet(), desktop.desk_wallet()].into_iter().flatten() {
        wallet.lock_after(i64::from(lock_minutes) * 60);
    }
    guard::tell(&app);
    ShellState::of(&desktop)
}

/// What the space is, and how it opens.
#[tauri::command(async)]
pub(crate) fn settings_space(desktop: State<'_, Desktop>) -> Answer<SpaceAbout> {
    desktop.wallet().and_then(|wallet| SpaceAbout::of(&wallet)).told(&desktop)
}

/// Sets a new passphrase. The old one is asked, however long the space has been open.
#[tauri::command(async)]
pub(crate) fn settings_passphrase(desktop: State<'_, Desktop>, old: Typed, new: Typed) -> Answer<()> {
    let wallet = desktop.wallet().told(&desktop)?;
    wallet.reauthenticate(&old.secret()).told(&desktop)?;
    wallet.change_passphrase(&new.secret(), Argon2Cost::FLOOR).told(&desktop)
}

/// Makes a new recovery code; the old one opens nothing any more.
#[tauri::command(async)]
pub(crate) fn settings_recovery(
    desktop: State<'_, Desktop>,
    kit: State<'_, Kit>,
    passphrase: Typed,
) -> Answer<RecoveryKit> {
    let wallet = desktop.wallet().told(&desktop)?;
    wallet.reauthenticate(&passphrase.secret()).told(&desktop)?;
    let code = wallet.renew_recovery_code().told(&desktop)?;
    kit.show(true);
    let info = wallet.info();
    RecoveryKit::of(&code, info.label.clone(), info.id.to_string()).told(&desktop)
}

/// Writes a backup where the person says, sealed under `passphrase`. Whether it was written.
#[tauri::command(async)]
pub(crate) fn settings_backup(
    app: AppHandle,
    desktop: State<'_, Desktop>,
    title: String,
    passphrase: Typed,
) -> Answer<bool> {
    let wallet = desktop.wallet().told(&desktop)?;
    let want = Want { title: &title, endings: &["chop-backup"] };
    let Some(path) = pick::to_save(&app, want, "space.chop-backup") else { return Ok(false) };
    spaces::back_up(&wallet, &path, &passphrase.secret()).told(&desktop)?;
    Ok(true)
}

/// Lets the system's key store open the space, or no longer.
#[tauri::command(async)]
pub(crate) fn settings_key_store(
    app: AppHandle,
    desktop: State<'_, Desktop>,
    on: bool,
) -> Answer<ShellState> {
    let wallet = desktop.wallet().told(&desktop)?;
    spaces::set_key_store(&wallet, on).told(&desktop)?;
    guard::tell(&app);
    Ok(ShellState::of(&desktop))
}

/// The trust lists.
#[tauri::command(async)]
pub(crate) fn settings_trust(desktop: State<'_, Desktop>) -> Answer<Vec<TrustList>> {
    let lists = desktop.wallet().and_then(|wallet| wallet.trust_lists()).told(&desktop)?;
    Ok(lists.iter().map(|held| TrustList::of(&held.list, held.is_stale, desktop.lang())).collect())
}

/// Shows a list that the person picks. Nothing is kept.
#[tauri::command(async)]
pub(crate) fn settings_pick_trust(
    app: AppHandle,
    desktop: State<'_, Desktop>,
    previewed: State<'_, Previewed>,
    title: String,
) -> Answer<Option<TrustList>> {
    let want = Want { title: &title, endings: &["chop-trust"] };
    let Some(text) = picked_text(&app, &desktop, want)? else { return Ok(None) };
    show_list(&desktop, &previewed, text).map(Some)
}

/// Shows a list that was scanned, or that the app was opened with; the one shown last where none is named,
/// again in the language of now. Nothing is kept.
#[tauri::command(async)]
pub(crate) fn settings_look_trust(
    window: WebviewWindow,
    desktop: State<'_, Desktop>,
    scans: State<'_, Scans>,
    previewed: State<'_, Previewed>,
    found: Option<String>,
) -> Answer<TrustList> {
    let Some(found) = found else {
        let text = shown(&previewed).told(&desktop)?;
        return show_list(&desktop, &previewed, text);
    };
    match scans.found(window.label(), &found).told(&desktop)?.as_ref() {
        Content::TrustList(text) => show_list(&desktop, &previewed, text.clone()),
        _ => Err(WalletError::OtherMessage).told(&desktop),
    }
}

/// Accepts the list that was shown, where this is the fingerprint that signed it.
#[tauri::command(async)]
pub(crate) fn settings_add_trust(
    app: AppHandle,
    desktop: State<'_, Desktop>,
    previewed: State<'_, Previewed>,
    fingerprint: String,
) -> Answer<()> {
    let wallet = desktop.wallet().told(&desktop)?;
    add_list(&wallet, &previewed, &fingerprint).told(&desktop)?;
    // The counter in the other window may wait for just this list.
    guard::tell(&app);
    Ok(())
}

/// The rule packs and catalogues that were added.
#[tauri::command(async)]
pub(crate) fn settings_packs(desktop: State<'_, Desktop>) -> Answer<Vec<PackRow>> {
    let packs = desktop.wallet().and_then(|wallet| wallet.packs()).told(&desktop)?;
    Ok(packs.iter().map(PackRow::from).collect())
}

/// Shows a pack that the person picks. Nothing is kept.
#[tauri::command(async)]
pub(crate) fn settings_pick_pack(
    app: AppHandle,
    desktop: State<'_, Desktop>,
    previewed: State<'_, Previewed>,
    title: String,
) -> Answer<Option<PackPreviewed>> {
    let want = Want { title: &title, endings: &["chop-pack"] };
    let Some(text) = picked_text(&app, &desktop, want)? else { return Ok(None) };
    show_pack(&desktop, &previewed, text).map(Some)
}

/// Shows a pack that was scanned, or that the app was opened with; the one shown last where none is named.
/// Nothing is kept.
#[tauri::command(async)]
pub(crate) fn settings_look_pack(
    window: WebviewWindow,
    desktop: State<'_, Desktop>,
    scans: State<'_, Scans>,
    previewed: State<'_, Previewed>,
    found: Option<String>,
) -> Answer<PackPreviewed> {
    let Some(found) = found else {
        let text = shown(&previewed).told(&desktop)?;
        return show_pack(&desktop, &previewed, text);
    };
    match scans.found(window.label(), &found).told(&desktop)?.as_ref() {
        Content::Pack(text) => show_pack(&desktop, &previewed, text.clone()),
        _ => Err(WalletError::OtherMessage).told(&desktop),
    }
}

/// Accepts the pack that was shown, where this is the fingerprint that signed it.
#[tauri::command(async)]
pub(crate) fn settings_add_pack(
    desktop: State<'_, Desktop>,
    previewed: State<'_, Previewed>,
    fingerprint: String,
) -> Answer<()> {
    let wallet = desktop.wallet().told(&desktop)?;
    add_pack(&wallet, &previewed, &fingerprint).told(&desktop)
}

fn add_list(wallet: &Wallet, previewed: &Previewed, compared: &str) -> Result<(), Error> {
    wallet.add_trust(&shown(previewed)?, &digest(compared)?)?;
    *hold(&previewed.0) = None;
    Ok(())
}

fn add_pack(wallet: &Wallet, previewed: &Previewed, compared: &str) -> Result<(), Error> {
    wallet.add_pack(&shown(previewed)?, Some(&digest(compared)?))?;
    *hold(&previewed.0) = None;
    Ok(())
}

/// A fingerprint as the page names it; core refuses what another key signed.
fn digest(text: &str) -> Result<Digest, Error> {
    let bytes = from_base64url(text).ok().and_then(|bytes| bytes.try_into().ok());
    bytes.ok_or_else(|| VaultError::Missing.into())
}

fn show_list(desktop: &Desktop, previewed: &Previewed, text: String) -> Answer<TrustList> {
    let now = SystemClock.now();
    let unverified = UnverifiedTrustList::parse(&text).told(desktop)?;
    let fingerprint = unverified.fingerprint();
    let list = unverified.verify(&fingerprint, None, now).told(desktop)?;
    *hold(&previewed.0) = Some(text);
    Ok(TrustList::of(&list, list.is_stale(now), desktop.lang()))
}

fn show_pack(desktop: &Desktop, previewed: &Previewed, text: String) -> Answer<PackPreviewed> {
    let preview = desktop.wallet().and_then(|wallet| wallet.preview_pack(&text)).told(desktop)?;
    *hold(&previewed.0) = Some(text);
    Ok(preview.into())
}

fn shown(previewed: &Previewed) -> Result<String, Error> {
    hold(&previewed.0).clone().ok_or_else(|| VaultError::Missing.into())
}

fn picked_text(app: &AppHandle, desktop: &Desktop, want: Want<'_>) -> Result<Option<String>, Failure> {
    let Some(path) = pick::to_open(app, want).into_iter().next() else { return Ok(None) };
    opened::text_of(&path).ok_or(VaultError::FileUnavailable).told(desktop).map(Some)
}

#[cfg(test)]
#[path = "settings_tests.rs"]
mod tests;
