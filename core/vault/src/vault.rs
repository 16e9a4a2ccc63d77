//! A space that is open: created or unlocked, read in snapshots, written in whole transactions.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard};

use chop_crypto::{Argon2Cost, Keystore, Random, Secret, SecretBytes, make_secret};
use chop_model::Id;
use rusqlite::{Connection, TransactionBehavior};

use crate::disk::{make_empty_folder, private_options, sync_folder};
use crate::slot::Slot;
use crate::space::SpaceFile;
use crate::{Read, RecoveryCode, SpaceInfo, SpaceKind, Tx, VaultError, connection, migrate};

/// What a new space is.
#[derive(Debug, Clone)]
pub struct NewSpace {
    /// Whose it is.
    pub kind: SpaceKind,
    /// The name it is shown by; readable without opening.
    pub label: String,
}

/// What a new space opens by, besides its recovery code.
#[derive(Debug)]
pub struct FirstSlots {
    /// The passphrase.
    pub passphrase: SecretBytes,
    /// What one try at it costs.
    pub cost: Argon2Cost,
}

/// What somebody opens a space with.
pub enum Unlock<'a> {
    /// The passphrase.
    Passphrase(SecretBytes),
    /// The recovery code as it was typed.
    Recovery(&'a str),
    /// The platform's key store.
    Platform(&'a dyn Keystore),
    /// The data key itself: for measuring and for tests.
    Key(&'a Secret<32>),
}

/// An open space. Dropping or locking it zeroes its key and lets others in.
pub struct Vault {
    folder: PathBuf,
    info: SpaceInfo,
    state: Mutex<Option<Open>>,
}

/// Fields drop in this order: the database is closed before the lock goes.
pub(crate) struct Open {
    pub(crate) connection: Connection,
    pub(crate) key: Secret<32>,
    pub(crate) file: SpaceFile,
    /// A write asked for a purge and the checkpoint after it did not go through.
    owes_purge: bool,
    _lock: File,
}

impl Vault {
    /// Makes a space in a folder that is missing or empty.
    ///
    /// `space.json` is written last: a creation that was cut short leaves no space, and nothing lost.
    ///
    /// # Errors
    /// [`VaultError::FolderNotEmpty`], [`VaultError::CostOutOfBounds`], and what writing can give.
    pub fn create(
        folder: &Path,
        new: &NewSpace,
        first: &FirstSlots,
        random: &dyn Random,
    ) -> Result<(Self, RecoveryCode), VaultError> {
        let key = make_secret(random)?;
        let info = SpaceInfo { id: Id::make(random)?, kind: new.kind, label: new.label.clone() };
        let mut file = SpaceFile::new(&info, &key);
        let code = RecoveryCode::make(random)?;
        file.slots.push(Slot::passphrase(1, &info.id, &key, &first.passphrase, first.cost, random)?);
        file.slots.push(Slot::recovery(2, &info.id, &key, &code, random)?);
        make_empty_folder(folder)?;
        let lock = take_lock(folder)?;
        // Made by us, so that only its owner reads it; SQLite takes an empty file for a new database.
        private_options().write(true).create_new(true).open(database(folder))?.sync_all()?;
        let mut connection = connection::open(&database(folder), &key)?;
        migrate::lay_out(&mut connection)?;
        connection::truncate_wal(&connection)?;
        sync_folder(&database(folder))?;
        file.write(folder)?;
        Ok((Self::from_parts(folder, connection, key, file, lock), code))
    }

    /// Opens a space.
    ///
    /// # Errors
    /// Each cause its own: [`VaultError::NotASpace`], [`VaultError::SpaceDamaged`],
    /// [`VaultError::NewerVersion`], [`VaultError::InUse`], [`VaultError::WrongPassphrase`],
    /// [`VaultError::MistypedRecoveryCode`], [`VaultError::WrongRecoveryCode`],
    /// [`VaultError::WrongKey`], [`VaultError::Damaged`].
    pub fn open(folder: &Path, unlock: Unlock<'_>) -> Result<Self, VaultError> {
        // Read first, so that a folder that is no space gets no lock file.
        SpaceFile::read(folder)?;
        let lock = take_lock(folder)?;
        // And again under the lock: another process may just have changed the slots.
        let file = SpaceFile::read(folder)?;
        let key = find_key(&file, unlock)?;
        if !file.is_opened_by(&key) {
            return Err(VaultError::WrongKey);
        }
        file.mend(folder)?;
        let mut connection = connection::open(&database(folder), &key).map_err(missing_is_damaged)?;
        migrate::bring_up(&mut connection)?;
        // A log left by a crash may hold what was erased before it. On a full disk it waits: a space
        // must open there, so that something can be erased.
        let owes_purge = match connection::truncate_wal(&connection) {
            Err(VaultError::DiskFull) => true,
            other => other.map(|()| false)?,
        };
        let vault = Self::from_parts(folder, connection, key, file, lock);
        vault.with(|open| {
            open.owes_purge = owes_purge;
            Ok(())
        })?;
        Ok(vault)
    }

    /// Opens a space by its recovery code and gives it a new passphrase in the place of all others.
    ///
    /// # Errors
    /// As [`Vault::open`] and [`Vault::set_passphrase`].
    pub fn recover(
        folder: &Path,
        code: &str,
        passphrase: &SecretBytes,
        cost: Argon2Cost,
        random: &dyn Random,
    ) -> Result<Self, VaultError> {
        let vault = Self::open(folder, Unlock::Recovery(code))?;
        vault.set_passphrase(passphrase, cost, random)?;
        Ok(vault)
    }

    /// What the folder says of its space before it is opened.
    ///
    /// # Errors
    /// [`VaultError::NotASpace`], [`VaultError::SpaceDamaged`], [`VaultError::NewerVersion`].
    pub fn peek(folder: &Path) -> Result<SpaceInfo, VaultError> {
        Ok(SpaceFile::read(folder)?.info())
    }

    /// What the space says of itself.
    pub fn info(&self) -> &SpaceInfo {
        &self.info
    }

    /// The folder it lies in.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Runs `work` on one state of the space. Not to be called from within `read` or `write`.
    ///
    /// # Errors
    /// [`VaultError::Locked`], and what `work` gives.
    pub fn read<T, E: From<VaultError>>(&self, work: impl FnOnce(&Read<'_>) -> Result<T, E>) -> Result<T, E> {
        let mut state = self.state()?;
        let open = state.as_mut().ok_or(VaultError::Locked)?;
        // One connection behind one mutex: nobody writes while this reads.
        work(&Read::new(&open.connection))
    }

    /// Runs `work` in one transaction: durable when this returns well, undone when it does not.
    ///
    /// # Errors
    /// [`VaultError::Locked`], what `work` gives, and [`VaultError::DiskFull`] or
    /// [`VaultError::FileUnavailable`] when the commit does not go through.
    pub fn write<T, E: From<VaultError>>(&self, work: impl FnOnce(&Tx<'_>) -> Result<T, E>) -> Result<T, E> {
        let mut state = self.state()?;
        let open = state.as_mut().ok_or(VaultError::Locked)?;
        let transaction = open
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(VaultError::from)?;
        let (out, wants_purge) = {
            let tx = Tx::new(&transaction);
            (work(&tx)?, tx.wants_purge())
        };
        transaction.commit().map_err(VaultError::from)?;
        open.owes_purge |= wants_purge;
        if open.owes_purge {
            // What was asked for is committed; a purge that fails is made up for at the next write,
            // or when the space is opened or closed.
            open.owes_purge = connection::truncate_wal(&open.connection).is_err();
        }
        Ok(out)
    }

    /// Whether every page of the database verifies. Reads the whole file.
    ///
    /// # Errors
    /// [`VaultError::Damaged`] when one does not.
    pub fn check_pages(&self) -> Result<(), VaultError> {
        self.with(|open| match connection::pages_verify(&open.connection)? {
            true => Ok(()),
            false => Err(VaultError::Damaged),
        })
    }

    /// Whether the space came from a backup and nobody has called [`Vault::settle_restored`] since:
    /// what it granted may have been used up, so its journal begins a new epoch first.
    ///
    /// # Errors
    /// [`VaultError::Locked`].
    pub fn is_restored(&self) -> Result<bool, VaultError> {
        self.with(|open| Ok(open.file.restored))
    }

    /// Says that the new epoch is in the log and durable.
    ///
    /// # Errors
    /// What writing can give; the space is still a restored one then.
    pub fn settle_restored(&self) -> Result<(), VaultError> {
        self.with(|open| {
            let mut file = open.file.clone();
            file.restored = false;
            file.write(&self.folder)?;
            open.file = file;
            Ok(())
        })
    }

    /// The data key, with which [`Unlock::Key`] opens the space: for measuring and for tests.
    ///
    /// # Errors
    /// [`VaultError::Locked`].
    pub fn dangerous_data_key(&self) -> Result<Secret<32>, VaultError> {
        self.with(|open| Ok(open.key.duplicate()))
    }

    /// Closes the database, zeroes the key and lets others in; everything after gives
    /// [`VaultError::Locked`].
    pub fn lock(&self) {
        let mut state = self.state.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        *state = None;
    }

    /// Whether [`Vault::lock`] was called.
    pub fn is_locked(&self) -> bool {
        self.state.lock().is_ok_and(|state| state.is_none())
    }

    /// Runs `work` on the open space.
    pub(crate) fn with<T>(
        &self,
        work: impl FnOnce(&mut Open) -> Result<T, VaultError>,
    ) -> Result<T, VaultError> {
        work(self.state()?.as_mut().ok_or(VaultError::Locked)?)
    }

    fn state(&self) -> Result<MutexGuard<'_, Option<Open>>, VaultError> {
        // A panic in a closure rolled its transaction back; the connection itself is whole.
        Ok(self.state.lock().unwrap_or_else(|poisoned| poisoned.into_inner()))
    }

    /// An open space of its parts.
    pub(crate) fn from_parts(
        folder: &Path,
        connection: Connection,
        key: Secret<32>,
        file: SpaceFile,
        lock: File,
    ) -> Self {
        let info = file.info();
        let open = Open { connection, key, file, owes_purge: false, _lock: lock };
        Self { folder: folder.to_owned(), info, state: Mutex::new(Some(open)) }
    }
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Vault({}, hidden)", self.info.id)
    }
}

impl std::fmt::Debug for Unlock<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Passphrase(_) => "Unlock::Passphrase(hidden)",
            Self::Recovery(_) => "Unlock::Recovery(hidden)",
            Self::Platform(_) => "Unlock::Platform",
            Self::Key(_) => "Unlock::Key(hidden)",
        })
    }
}

/// Where the database of a space lies.
pub(crate) fn database(folder: &Path) -> PathBuf {
    folder.join("vault.db")
}

/// Takes the lock that keeps every other handle out until it is dropped.
pub(crate) fn take_lock(folder: &Path) -> Result<File, VaultError> {
    let file = private_options().write(true).create(true).truncate(false).open(folder.join("lock"))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(VaultError::InUse),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

fn find_key(file: &SpaceFile, unlock: Unlock<'_>) -> Result<Secret<32>, VaultError> {
    match unlock {
        Unlock::Key(key) => Ok(key.duplicate()),
        Unlock::Passphrase(passphrase) => {
            first_key(file, |slot| slot.try_passphrase(&file.id, &passphrase), VaultError::WrongPassphrase)
        }
        Unlock::Recovery(text) => {
            let code = RecoveryCode::parse(text)?;
            first_key(file, |slot| slot.try_recovery(&file.id, &code), VaultError::WrongRecoveryCode)
        }
        Unlock::Platform(keystore) => {
            first_key(file, |slot| slot.try_platform(keystore), VaultError::WrongKey)
        }
    }
}

fn first_key(
    file: &SpaceFile,
    attempt: impl Fn(&Slot) -> Result<Option<Secret<32>>, VaultError>,
    otherwise: VaultError,
) -> Result<Secret<32>, VaultError> {
    for slot in &file.slots {
        if let Some(key) = attempt(slot)? {
            return Ok(key);
        }
    }
    Err(otherwise)
}

/// `space.json` is there, so a database that cannot be opened was taken away.
fn missing_is_damaged(error: VaultError) -> VaultError {
    match error {
        VaultError::FileUnavailable => VaultError::Damaged,
        other => other,
    }
}
