//! The steps from a folder to an open space and back. Each is a plain function over [`Desktop`]; nothing
//! here knows a window.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chop_core::plumbing::crypto::{Argon2Cost, OsRandom, SecretBytes, encoding::to_hex, make_array};
use chop_core::plumbing::model::{Jurisdiction, UnixTime};
use chop_core::plumbing::vault::{FirstSlots, NewSpace, RecoveryCode, Unlock, Vault, VaultError};
use chop_core::{Because, Clock as _, Result, Wallet};
use chop_samples::SampleFolder;

use crate::edge::{Home, SystemClock};
use crate::keystore::PlatformKeys;
use crate::state::{Desktop, Spaces};

/// Makes a space where the app looks for one, and opens it.
pub(crate) fn create(
    desktop: &Desktop,
    new: &NewSpace,
    place: Jurisdiction,
    passphrase: SecretBytes,
) -> Result<RecoveryCode> {
    let home = desktop.home();
    make_keys_folder(&home)?;
    let slots = FirstSlots { passphrase, cost: Argon2Cost::FLOOR };
    let (wallet, code) = Wallet::create(&home.folder, new, &slots, home.edge())?;
    wallet.set_place(place)?;
    take(desktop, &home, wallet)?;
    Ok(code)
}

/// Opens the space with its passphrase.
pub(crate) fn unlock(desktop: &Desktop, passphrase: SecretBytes) -> Result<()> {
    let home = desktop.home();
    let wallet = Wallet::open(&home.folder, Unlock::Passphrase(passphrase), home.edge())?;
    take(desktop, &home, wallet)
}

/// Opens the space with the key store of the system.
pub(crate) fn unlock_by_key_store(desktop: &Desktop) -> Result<()> {
    let home = desktop.home();
    let keys = PlatformKeys::of(Vault::peek(&home.folder)?.id);
    let wallet = Wallet::open(&home.folder, Unlock::Platform(&keys), home.edge())?;
    take(desktop, &home, wallet)
}

/// Opens the space with its recovery code and gives it a new passphrase.
pub(crate) fn recover(desktop: &Desktop, code: &str, passphrase: &SecretBytes) -> Result<()> {
    let home = desktop.home();
    let wallet = Wallet::recover(&home.folder, code, passphrase, Argon2Cost::FLOOR, home.edge())?;
    take(desktop, &home, wallet)
}

/// Makes a space from a backup: where the app looks for one, or beside it when there is one already.
pub(crate) fn restore(desktop: &Desktop, backup: &Path, passphrase: &SecretBytes) -> Result<()> {
    let mut home = desktop.places.home();
    home.folder = free_folder(&home.folder);
    make_keys_folder(&home)?;
    let file = File::open(backup).map_err(VaultError::from)?;
    let wallet = Wallet::restore(&home.folder, std::io::BufReader::new(file), passphrase, home.edge())?;
    desktop.set_home(home.clone());
    take(desktop, &home, wallet)
}

/// Writes a backup that is whole or not there: beside, synced, renamed.
pub(crate) fn back_up(wallet: &Wallet, to: &Path, passphrase: &SecretBytes) -> Result<()> {
    let mut beside = to.as_os_str().to_owned();
    beside.push(".part");
    let beside = PathBuf::from(beside);
    let written = (|| {
        let mut file = File::create(&beside).map_err(VaultError::from)?;
        wallet.backup(passphrase, Argon2Cost::FLOOR, &mut file)?;
        file.sync_all().map_err(VaultError::from)?;
        Ok(fs::rename(&beside, to).map_err(VaultError::from)?)
    })();
    if written.is_err() {
        // Only what this call made.
        let _ = fs::remove_file(&beside);
    }
    written
}

/// Looks for the space in another folder. One that is neither empty nor a space is refused.
pub(crate) fn look_in(desktop: &Desktop, folder: PathBuf) -> Result<()> {
    let home = Home { folder, ..desktop.places.home() };
    if !home.is_made() && fs::read_dir(&home.folder).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(VaultError::NotASpace.into());
    }
    if home.is_made() {
        Vault::peek(&home.folder)?;
    }
    lock(desktop);
    desktop.set_home(home);
    Ok(())
}

/// Opens the samples, made at the first time: the resident's space, and the hospital's at the desk.
pub(crate) fn open_samples(desktop: &Desktop) -> Result<()> {
    let (base, now) = (desktop.places.samples(), SystemClock.now());
    let samples = whole_samples(&base).map_or_else(|| make_samples(&base, now, desktop), Ok)?;
    let home = Home { folder: samples.resident(), keys: samples.keys(), is_sample: true };
    let wallet = samples.open(&home.folder, home.edge())?;
    lock(desktop);
    desktop.set_home(home.clone());
    take(desktop, &home, wallet)
}

/// Leaves the samples: the app looks for the person's own space again.
pub(crate) fn leave_samples(desktop: &Desktop) {
    lock(desktop);
    desktop.set_home(desktop.own_home());
}

/// Goes on in a new epoch after a roll-back was found; how many exchanges were frozen.
pub(crate) fn go_on(desktop: &Desktop) -> Result<usize> {
    let Spaces { own, desk } = desktop.set_spaces(Spaces::default());
    let own = own.ok_or(VaultError::Locked)?;
    // A step that still runs elsewhere holds the space; the person asks again when it is done.
    let mut wallet = Arc::try_unwrap(own).map_err(|own| {
        desktop.set_spaces(Spaces { own: Some(own), desk: desk.clone() });
        VaultError::InUse
    })?;
    let frozen = wallet.begin_epoch(Because::RolledBack);
    desktop.set_spaces(Spaces { own: Some(Arc::new(wallet)), desk });
    frozen
}

/// Locks what is open and lets go of it. Whether anything was open.
pub(crate) fn lock(desktop: &Desktop) -> bool {
    let Spaces { own, desk } = desktop.set_spaces(Spaces::default());
    let was_open = own.is_some();
    for wallet in own.into_iter().chain(desk) {
        wallet.lock();
    }
    was_open
}

/// Lets the system's key store open the space from now on, or no longer.
pub(crate) fn set_key_store(wallet: &Wallet, on: bool) -> Result<()> {
    let keys = PlatformKeys::of(wallet.info().id);
    if on {
        return wallet.set_platform(&keys);
    }
    wallet.drop_platform()?;
    keys.forget();
    Ok(())
}

fn take(desktop: &Desktop, home: &Home, wallet: Wallet) -> Result<()> {
    let desk = home.is_sample.then(|| open_desk(home)).transpose()?;
    let settings = desktop.settings();
    let seconds = i64::from(settings.lock_minutes) * 60;
    for space in [Some(&wallet), desk.as_ref()].into_iter().flatten() {
        space.lock_after(seconds);
    }
    desktop.set_spaces(Spaces { own: Some(Arc::new(wallet)), desk: desk.map(Arc::new) });
    desktop.remember(home);
    Ok(())
}

/// The sample hospital beside the sample resident.
fn open_desk(resident: &Home) -> Result<Wallet> {
    let base = resident.folder.parent().ok_or(VaultError::NotASpace)?;
    let samples = SampleFolder::at(base);
    samples.open(&samples.hospital(), resident.edge())
}

fn whole_samples(base: &Path) -> Option<SampleFolder> {
    let folders = fs::read_dir(base).ok()?.flatten().map(|entry| SampleFolder::at(entry.path()));
    folders.into_iter().find(SampleFolder::is_whole)
}

/// In a fresh folder: one that was cut short stays where it is and is not taken for a whole one.
fn make_samples(base: &Path, now: UnixTime, desktop: &Desktop) -> Result<SampleFolder> {
    let name = to_hex(&make_array::<6>(&OsRandom)?);
    let samples = SampleFolder::at(base.join(name));
    samples.make(now, desktop.lang())?;
    Ok(samples)
}

/// `folder`, or the first of `folder-2`, `folder-3`… where nothing is.
fn free_folder(folder: &Path) -> PathBuf {
    let is_free = |folder: &Path| match fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == std::io::ErrorKind::NotFound,
    };
    let numbered = (2..1000).map(|number| {
        let mut name = folder.file_name().unwrap_or_default().to_owned();
        name.push(format!("-{number}"));
        folder.with_file_name(name)
    });
    std::iter::once(folder.to_owned())
        .chain(numbered)
        .find(|at| is_free(at))
        .unwrap_or_else(|| folder.to_owned())
}

/// The folder of the key stores, for its owner only.
fn make_keys_folder(home: &Home) -> Result<()> {
    let mut folder = fs::DirBuilder::new();
    folder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
    Ok(folder.create(&home.keys).map_err(VaultError::from)?)
}

#[cfg(test)]
#[path = "spaces_tests.rs"]
mod tests;
