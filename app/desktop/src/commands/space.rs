//! The first room: a space is made, opened, brought back. Key derivation runs here, beside the window's
//! own thread.

use std::fs;
use std::path::Path;
use std::sync::Mutex;

use chop_core::plumbing::vault::{NewSpace, Vault, VaultError};
use tauri::{AppHandle, State, WebviewWindow};

use crate::dto::shell::ShellState;
use crate::dto::space::{Kind, Place, RecoveryKit, Typed};
use crate::failure::{Answer, Told as _};
use crate::guard::{self, Presence};
use crate::opened::Waiting;
use crate::pick::{self, Want};
use crate::spaces;
use crate::state::{Desktop, hold};

/// Whether a recovery kit is on the screen: the one time that a page may save or print one.
#[derive(Default)]
pub(crate) struct Kit(Mutex<bool>);

impl Kit {
    /// A kit is shown, or no longer.
    pub(crate) fn show(&self, shown: bool) {
        *hold(&self.0) = shown;
    }

    fn is_shown(&self) -> bool {
        *hold(&self.0)
    }
}

/// Makes a space and opens it; the kit is shown once.
#[tauri::command(async)]
pub(crate) fn space_create(
    desktop: State<'_, Desktop>,
    kit: State<'_, Kit>,
    kind: Kind,
    place: Place,
    label: String,
    passphrase: Typed,
) -> Answer<RecoveryKit> {
    let new = NewSpace { kind: kind.into(), label: label.trim().to_owned() };
    let code = spaces::create(&desktop, &new, place.into(), passphrase.secret()).told(&desktop)?;
    kit.show(true);
    let info = Vault::peek(&desktop.home().folder).told(&desktop)?;
    RecoveryKit::of(&code, info.label, info.id.to_string()).told(&desktop)
}

/// Saves the kit as a page of its own, where the person says. Whether it was saved.
#[tauri::command(async)]
pub(crate) fn space_kit_save(
    app: AppHandle,
    desktop: State<'_, Desktop>,
    kit: State<'_, Kit>,
    title: String,
    page: String,
) -> Answer<bool> {
    if !kit.is_shown() || page.len() > MAX_PAGE {
        return Ok(false);
    }
    let want = Want { title: &title, endings: &["html"] };
    let Some(path) = pick::to_save(&app, want, "chop-recovery-kit.html") else { return Ok(false) };
    write_private(&path, page.as_bytes()).map_err(VaultError::from).told(&desktop)?;
    Ok(true)
}

/// Prints the kit by the system's dialog.
#[tauri::command(async)]
pub(crate) fn space_kit_print(window: WebviewWindow, kit: State<'_, Kit>) -> bool {
    kit.is_shown() && window.print().is_ok()
}

/// The person has the kit: it is not shown again.
#[tauri::command(async)]
pub(crate) fn space_kit_done(app: AppHandle, desktop: State<'_, Desktop>, kit: State<'_, Kit>) -> ShellState {
    kit.show(false);
    came_in(&app, &desktop)
}

/// Opens the space with its passphrase.
#[tauri::command(async)]
pub(crate) fn space_unlock(
    app: AppHandle,
    desktop: State<'_, Desktop>,
    passphrase: Typed,
) -> Answer<ShellState> {
    spaces::unlock(&desktop, passphrase.secret()).told(&desktop)?;
    Ok(came_in(&app, &desktop))
}

/// Opens the space with the system's key store.
#[tauri::command(async)]
pub(crate) fn space_unlock_key_store(app: AppHandle, desktop: State<'_, Desktop>) -> Answer<ShellState> {
    spaces::unlock_by_key_store(&desktop).told(&desktop)?;
    Ok(came_in(&app, &desktop))
}

/// Looks for a space in a folder that the person picks.
#[tauri::command(async)]
pub(crate) fn space_choose_folder(
    app: AppHandle,
    desktop: State<'_, Desktop>,
    title: String,
) -> Answer<ShellState> {
    if let Some(folder) = pick::folder(&app, &title) {
        spaces::look_in(&desktop, folder).told(&desktop)?;
        guard::tell(&app);
    }
    Ok(ShellState::of(&desktop))
}

/// Opens the space with its recovery code and sets a new passphrase.
#[tauri::command(async)]
pub(crate) fn space_recover(
    app: AppHandle,
    desktop: State<'_, Desktop>,
    code: String,
    passphrase: Typed,
) -> Answer<ShellState> {
    spaces::recover(&desktop, &code, &passphrase.secret()).told(&desktop)?;
    Ok(came_in(&app, &desktop))
}

/// Lets the person pick a backup; its name.
#[tauri::command(async)]
pub(crate) fn space_pick_backup(
    app: AppHandle,
    waiting: State<'_, Waiting>,
    title: String,
) -> Option<String> {
    let want = Want { title: &title, endings: &["chop-backup"] };
    let path = pick::to_open(&app, want).into_iter().next()?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    waiting.keep_backup(Some(path));
    Some(name)
}

/// Makes a space from the backup that was picked, and opens it.
#[tauri::command(async)]
pub(crate) fn space_restore(
    app: AppHandle,
    desktop: State<'_, Desktop>,
    waiting: State<'_, Waiting>,
    passphrase: Typed,
) -> Answer<ShellState> {
    let backup = waiting.backup().ok_or(VaultError::Missing).told(&desktop)?;
    spaces::restore(&desktop, &backup, &passphrase.secret()).told(&desktop)?;
    waiting.keep_backup(None);
    Ok(came_in(&app, &desktop))
}

/// Opens the sample spaces, made at the first time.
#[tauri::command(async)]
pub(crate) fn space_sample(app: AppHandle, desktop: State<'_, Desktop>) -> Answer<ShellState> {
    spaces::open_samples(&desktop).told(&desktop)?;
    Ok(came_in(&app, &desktop))
}

/// Leaves the samples.
#[tauri::command(async)]
pub(crate) fn space_leave_sample(app: AppHandle, desktop: State<'_, Desktop>) -> ShellState {
    spaces::leave_samples(&desktop);
    guard::tell(&app);
    ShellState::of(&desktop)
}

/// Goes on after a roll-back was found; how many open grants were frozen.
#[tauri::command(async)]
pub(crate) fn space_go_on(app: AppHandle, desktop: State<'_, Desktop>) -> Answer<usize> {
    let frozen = spaces::go_on(&desktop).told(&desktop)?;
    guard::tell(&app);
    Ok(frozen)
}

/// Somebody is there, and every window hears it.
fn came_in(app: &AppHandle, desktop: &Desktop) -> ShellState {
    tauri::Manager::state::<Presence>(app).note();
    guard::tell(app);
    ShellState::of(desktop)
}

/// A file that only its owner reads.
fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    std::io::Write::write_all(&mut options.open(path)?, bytes)
}

/// Bytes of a printed page.
const MAX_PAGE: usize = 1024 * 1024;
