//! Backup and restore: a space as one sealed file (`chop_formats::bundle`).
//!
//! ```text
//! inside   "CHOP-SPACE" ‖ version 1 ‖ data key(32) ‖ u32 length ‖ space.json
//!          ‖ u32 length ‖ private keys ‖ u64 length ‖ vault.db
//! ```
//!
//! `vault.db` goes as it lies on the disk, page by page under its own key, right after its log was
//! moved into it: a consistent state, and nothing in it that was erased before. A restored space says
//! so ([`Vault::is_restored`]) until its journal has begun a new epoch: what it had granted may have
//! been used up since the backup was made.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::Path;

use chop_crypto::{Argon2Cost, Random, Secret, SecretBytes};
use chop_formats::bundle::{BundleError, BundleKeys, BundleWriter, LockedBundle};
use chop_model::{Coded, Fault};
use zeroize::Zeroizing;

use crate::disk::{make_empty_folder, private_options};
use crate::space::{self, SpaceFile};
use crate::vault::{database, take_lock};
use crate::{SlotKind, Vault, VaultError, connection, migrate};

/// A space that came back from a backup.
#[derive(Debug)]
pub struct Restored {
    /// The space, open; it opens later by the passphrase and recovery code it had.
    pub vault: Vault,
    /// The private keys that were backed up with it, for [`crate::FileKeystore::bring_back`].
    pub private_keys: SecretBytes,
}

/// Why a backup was not made, or does not come back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BackupError {
    /// The space or its folder is in the way.
    Vault(VaultError),
    /// The sealed file is.
    Bundle(BundleError),
}

/// Writes the whole space, and `private_keys` with it, sealed under `passphrase`.
///
/// # Errors
/// [`VaultError::CostOutOfBounds`] before anything is written, and what writing can give.
pub fn backup<W: io::Write>(
    vault: &Vault,
    private_keys: &SecretBytes,
    passphrase: &SecretBytes,
    cost: Argon2Cost,
    random: &dyn Random,
    out: W,
) -> Result<W, BackupError> {
    if !cost.is_acceptable() {
        return Err(VaultError::CostOutOfBounds.into());
    }
    let keys = BundleKeys { passphrase: Some((passphrase, cost)), recovery: None };
    let mut failed = None;
    let written = (|| {
        let out = Watched { out, failed: &mut failed };
        let mut bundle = BundleWriter::create(random, out, &keys)?;
        write_content(vault, private_keys, &mut bundle)?;
        Ok(bundle.finish()?.out)
    })();
    // The bundle knows that writing failed, the disk knows why: a full one is another matter than a lost one.
    written.map_err(|error| match (error, failed) {
        (BackupError::Bundle(BundleError::Io), Some(kind)) => VaultError::from(io::Error::from(kind)).into(),
        (other, _) => other,
    })
}

/// A writer that remembers how it failed.
struct Watched<'a, W> {
    out: W,
    failed: &'a mut Option<io::ErrorKind>,
}

impl<W: io::Write> io::Write for Watched<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes).inspect_err(|error| *self.failed = Some(error.kind()))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush().inspect_err(|error| *self.failed = Some(error.kind()))
    }
}

/// Brings a space back into a folder that is missing or empty.
///
/// # Errors
/// [`VaultError::FolderNotEmpty`]; [`BundleError::WrongSecret`] and the like for the file. Nothing is
/// left in the folder then.
pub fn restore<R: io::Read>(
    folder: &Path,
    from: R,
    passphrase: &SecretBytes,
) -> Result<Restored, BackupError> {
    let mut bundle = LockedBundle::read(from)?.open_with_passphrase(passphrase)?;
    make_empty_folder(folder)?;
    read_content(folder, &mut bundle).inspect_err(|_| {
        // Only what this call made in a folder that was empty.
        for name in ["space.json", "space.json.bak", "vault.db", "vault.db-wal", "lock"] {
            let _ = fs::remove_file(folder.join(name));
        }
    })
}

fn write_content(
    vault: &Vault,
    private_keys: &SecretBytes,
    out: &mut dyn io::Write,
) -> Result<(), BackupError> {
    vault.with(|open| {
        connection::truncate_wal(&open.connection)?;
        // Closing this handle drops the locks that SQLite holds on the file; what keeps others out is
        // our own lock, which is another file.
        let file = File::open(database(vault.folder()))?;
        let size = file.metadata()?.len();
        let space = open.file.to_bytes()?;
        let written = (|| {
            out.write_all(MAGIC)?;
            // EXPOSE: the data key goes into the sealed bundle, with all that it opens.
            out.write_all(open.key.expose())?;
            write_short(out, &space)?;
            // EXPOSE: private keys go into the sealed bundle.
            write_short(out, private_keys.expose())?;
            out.write_all(&size.to_be_bytes())?;
            io::copy(&mut file.take(size), out)
        })();
        Ok(match written {
            Ok(copied) if copied == size => Ok(()),
            Ok(_) => Err(BackupError::Vault(VaultError::FileUnavailable)),
            Err(error) => Err(from_io(&error)),
        })
    })?
}

fn read_content(folder: &Path, from: &mut dyn io::Read) -> Result<Restored, BackupError> {
    let mut magic = [0; MAGIC.len()];
    read_exact(from, &mut magic)?;
    if magic != *MAGIC {
        return Err(VaultError::NewerVersion.into());
    }
    let mut key = Zeroizing::new([0; 32]);
    read_exact(from, &mut *key)?;
    let key = Secret::new(*key);
    let mut file = SpaceFile::parse(&read_short(from, space::MAX_BYTES)?)?;
    let private_keys = SecretBytes::new(read_short(from, MAX_KEYS)?);
    if !file.is_opened_by(&key) {
        return Err(VaultError::WrongKey.into());
    }
    let lock = take_lock(folder)?;
    copy_database(folder, from)?;
    let mut connection = connection::open(&database(folder), &key)?;
    if !connection::pages_verify(&connection)? {
        return Err(VaultError::Damaged.into());
    }
    migrate::bring_up(&mut connection)?;
    // Another machine's key store is no way in here.
    file.slots.retain(|slot| slot.info().kind != SlotKind::Platform);
    file.restored = true;
    // Last, so that there is a space only when all of it is there.
    file.write(folder)?;
    Ok(Restored { vault: Vault::from_parts(folder, connection, key, file, lock), private_keys })
}

fn copy_database(folder: &Path, from: &mut dyn io::Read) -> Result<(), BackupError> {
    let mut size = [0; 8];
    read_exact(from, &mut size)?;
    let size = u64::from_be_bytes(size);
    let mut to =
        private_options().write(true).create_new(true).open(database(folder)).map_err(VaultError::from)?;
    let mut from = from.take(size);
    let copied = io::copy(&mut from, &mut to).map_err(|error| from_io(&error))?;
    // The end of the bundle is part of what it says: nothing may follow, and nothing may be missing.
    let after = from.into_inner().read(&mut [0]).map_err(|error| from_io(&error))?;
    if copied != size || after != 0 {
        return Err(BundleError::Truncated.into());
    }
    to.flush().and_then(|()| to.sync_all()).map_err(|error| BackupError::Vault(error.into()))
}

fn write_short(out: &mut dyn io::Write, bytes: &[u8]) -> io::Result<()> {
    let length = u32::try_from(bytes.len()).map_err(|_| io::ErrorKind::FileTooLarge)?;
    out.write_all(&length.to_be_bytes())?;
    out.write_all(bytes)
}

fn read_short(from: &mut dyn io::Read, max: u64) -> Result<Vec<u8>, BackupError> {
    let mut length = [0; 4];
    read_exact(from, &mut length)?;
    let length = u32::from_be_bytes(length);
    if u64::from(length) > max {
        return Err(BundleError::Damaged.into());
    }
    let mut bytes = vec![0; usize::try_from(length).map_err(|_| VaultError::TooLarge)?];
    read_exact(from, &mut bytes)?;
    Ok(bytes)
}

fn read_exact(from: &mut dyn io::Read, to: &mut [u8]) -> Result<(), BackupError> {
    from.read_exact(to).map_err(|error| from_io(&error))
}

/// The bundle's own error behind an I/O error, or that of the disk.
fn from_io(error: &io::Error) -> BackupError {
    match (BundleError::behind(error), error.kind()) {
        (BundleError::Io, io::ErrorKind::UnexpectedEof) => BackupError::Bundle(BundleError::Truncated),
        (BundleError::Io, kind) => BackupError::Vault(io::Error::from(kind).into()),
        (own, _) => BackupError::Bundle(own),
    }
}

impl From<VaultError> for BackupError {
    fn from(error: VaultError) -> Self {
        Self::Vault(error)
    }
}

impl From<BundleError> for BackupError {
    fn from(error: BundleError) -> Self {
        Self::Bundle(error)
    }
}

impl std::fmt::Display for BackupError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Vault(error) => error.fmt(f),
            Self::Bundle(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for BackupError {}

impl Coded for BackupError {
    fn code(&self) -> &'static str {
        match self {
            Self::Vault(error) => error.code(),
            Self::Bundle(error) => error.code(),
        }
    }

    fn fault(&self) -> Fault {
        match self {
            Self::Vault(error) => error.fault(),
            Self::Bundle(error) => error.fault(),
        }
    }
}

/// The last byte is the version.
const MAGIC: &[u8; 11] = b"CHOP-SPACE\x01";
/// As many as the software key store holds.
const MAX_KEYS: u64 = 1024 * 1024;
