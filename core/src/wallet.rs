//! A space that is open: its vault, its keys, its log.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use chop_crypto::{KeyPurpose, Keystore, Random, Secret, SecretBytes, make_secret};
use chop_formats::log_entry::EntryKind;
use chop_ledger::Origin;
use chop_model::{Jurisdiction, UnixTime};
use chop_vault::table::{log, meta};
use chop_vault::{FileKeystore, FirstSlots, NewSpace, RecoveryCode, SpaceInfo, Unlock, Vault, VaultError};

use crate::idle::IdleVault;
use crate::journal::{Entry, append, names, origin};
use crate::split_keys::SplitKeystore;
use crate::{Anchors, Because, Clock, Error, Ports, Result, WalletError};

/// What an edge brings before a space is open: the ports, the key store perhaps only as a place.
#[derive(Clone)]
pub struct Edge {
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Bytes nobody can foresee.
    pub random: Arc<dyn Random>,
    /// Trust that comes with the edge.
    pub anchors: Arc<dyn Anchors>,
    /// Where private keys live.
    pub keys: Keys,
}

/// Where private keys live.
#[derive(Clone)]
pub enum Keys {
    /// A key store of the platform, or of a test.
    Port(Arc<dyn Keystore>),
    /// A file outside the space's folder, sealed under a key that the space holds.
    File(PathBuf),
    /// A folder of such files, each named by the id of its space: one place for all of a person's.
    Folder(PathBuf),
    /// P-256 keys and anchors in the device's hardware, which has no Ed25519: the record's key lies in a
    /// sealed file in this folder, named after the space.
    Device {
        /// The device.
        port: Arc<dyn Keystore>,
        /// The folder.
        log_keys: PathBuf,
    },
}

impl Keys {
    /// The file of the software key store of `space`; nothing where a port brings the keys.
    pub(crate) fn file(&self, space: &SpaceInfo) -> Option<PathBuf> {
        match self {
            Self::Port(_) => None,
            Self::Device { log_keys: folder, .. } => Some(folder.join(format!("{}.keys", space.id))),
            Self::File(path) => Some(path.clone()),
            Self::Folder(folder) => Some(folder.join(format!("{}.keys", space.id))),
        }
    }
}

/// How the record stands against the key store's memory of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The space is at or beyond what the key store remembers.
    Current,
    /// The key store does not remember this record: nothing can be said about a roll-back.
    NotWitnessed,
    /// The space is older than the key store remembers, or another one. Nothing is written until
    /// [`Wallet::begin_epoch`].
    RolledBack,
}

/// An open space. One handle a space; locking or dropping it zeroes its keys.
pub struct Wallet {
    pub(crate) vault: IdleVault,
    pub(crate) ports: Ports,
    /// The key store, where it is a file of ours: a backup takes its keys along.
    pub(crate) file_keys: Option<Arc<FileKeystore>>,
    /// Held while the head is read and anchored: what the key store remembers never goes back.
    pub(crate) anchoring: Mutex<()>,
    /// Offers whose relay refused with an end that it did not sign: asked next for what it signed. A hint;
    /// lost, the same call is refused once more.
    pub(crate) watch_next: Mutex<std::collections::BTreeSet<chop_model::Id>>,
    standing: Standing,
    interrupted: usize,
    behind: Option<Behind>,
    /// When the owner last proved to be there.
    pub(crate) presence: Mutex<Option<UnixTime>>,
    /// Which entries speak of which exchange, as far as somebody asked.
    pub(crate) exchange_places: Mutex<crate::remedy::ExchangePlaces>,
}

/// How far the key store's memory lay behind the record when the space was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Behind {
    /// Entries that the record had.
    pub(crate) size: u64,
    /// Entries that the key store knew of.
    pub(crate) anchored: u64,
}

impl Wallet {
    /// Makes a space in a new or empty folder and opens it. The recovery code is shown once and
    /// stored nowhere.
    ///
    /// # Errors
    /// When the folder is not empty, the disk is full, or a key store refuses. What was written
    /// stays where it is: nothing is ever deleted.
    pub fn create(
        folder: &Path,
        space: &NewSpace,
        slots: &FirstSlots,
        edge: Edge,
    ) -> Result<(Self, RecoveryCode)> {
        let (vault, recovery) = Vault::create(folder, space, slots, edge.random.as_ref())?;
        let store_key = make_secret::<32>(edge.random.as_ref())?;
        let (ports, file_keys) = ports_of(&edge, vault.info(), &store_key, create_keys)?;
        let origin = Origin::make(edge.random.as_ref())?;
        let log_key = ports.keystore.generate(KeyPurpose::Log)?;
        vault.write(|tx| {
            let mut entry = Entry::new(EntryKind::Opened, &ports).text("origin", origin.as_str());
            // EXPOSE: the vault keeps the key of the software key store, sealed with all its rows.
            entry.commits(meta::set(tx, names::STORE_KEY, store_key.expose())?);
            entry.commits(meta::set(tx, names::ORIGIN, origin.as_str().as_bytes())?);
            entry.commits(meta::set(tx, names::LOG_KEY, &log_key.id.0)?);
            entry.commits(meta::set(tx, names::EPOCH, &1u64.to_be_bytes())?);
            append(tx, &entry, &ports)?;
            Ok::<_, Error>(())
        })?;
        let vault = IdleVault::new(vault, file_keys.clone(), ports.clock.clone());
        let wallet = Self {
            vault,
            ports,
            file_keys,
            anchoring: Mutex::default(),
            watch_next: Mutex::default(),
            standing: Standing::Current,
            interrupted: 0,
            behind: None,
            presence: Mutex::default(),
            exchange_places: Mutex::default(),
        };
        wallet.anchor()?;
        Ok((wallet, recovery))
    }

    /// Opens a space, compares its record with the key store's memory, and closes what an earlier
    /// run left open as `unknown`.
    ///
    /// # Errors
    /// One of the vault's errors, each with its own code; none of them changes a file.
    pub fn open(folder: &Path, unlock: Unlock<'_>, edge: Edge) -> Result<Self> {
        let mut wallet = Self::around(Vault::open(folder, unlock)?, &edge)?;
        (wallet.standing, wallet.behind) = wallet.compare_with_anchor()?;
        // A restore that was cut short before its epoch began. Its flag stands in a file that anybody who can
        // write the folder can write: where the key store knows more, it hides no older folder, and the
        // person says whether to go on.
        if wallet.standing != Standing::RolledBack && wallet.vault.used().is_restored()? {
            wallet.begin_epoch(Because::Restored)?;
            wallet.behind = None;
        }
        if wallet.standing != Standing::RolledBack {
            wallet.interrupted = wallet.reconcile()?;
            wallet.anchor()?;
        }
        if wallet.standing == Standing::NotWitnessed {
            // The key store remembers from now on; that it did not until now is said for good.
            let entry = Entry::new(EntryKind::Opened, &wallet.ports).text("standing", "not-witnessed");
            wallet.record("open", entry, |_, _| Ok(()))?;
        }
        Ok(wallet)
    }

    /// The wallet of an open vault, its standing not looked at yet.
    pub(crate) fn around(vault: Vault, edge: &Edge) -> Result<Self> {
        let (ports, file_keys) = ports_of(edge, vault.info(), &store_key_of(&vault)?, open_keys)?;
        let vault = IdleVault::new(vault, file_keys.clone(), ports.clock.clone());
        Ok(Self {
            vault,
            ports,
            file_keys,
            anchoring: Mutex::default(),
            watch_next: Mutex::default(),
            standing: Standing::Current,
            interrupted: 0,
            behind: None,
            presence: Mutex::default(),
            exchange_places: Mutex::default(),
        })
    }

    /// Says where the owner of the space lives: the route of every grant begins there.
    ///
    /// # Errors
    /// When the record cannot be written.
    pub fn set_place(&self, place: Jurisdiction) -> Result<()> {
        let entry = Entry::new(EntryKind::KeyRotated, &self.ports).text("place", place.code());
        self.record("place", entry, |tx, entry| entry.sets(tx, names::PLACE, place.code().as_bytes()))
    }

    /// Where the owner of the space lives.
    ///
    /// # Errors
    /// `space.no-place` before it was said.
    pub fn place(&self) -> Result<Jurisdiction> {
        let bytes = self.vault.read(|read| meta::find(read, names::PLACE))?.ok_or(WalletError::NoPlace)?;
        let code = String::from_utf8(bytes).map_err(|_| WalletError::LogBroken)?;
        Jurisdiction::from_code(&code).ok_or_else(|| WalletError::LogBroken.into())
    }

    /// What the space says of itself.
    pub fn info(&self) -> &SpaceInfo {
        self.vault.used().info()
    }

    /// How the record stands against the key store's memory.
    pub fn standing(&self) -> Standing {
        self.standing
    }

    /// How many releases an earlier run left without an outcome; they are `unknown` in the record.
    pub fn interrupted(&self) -> usize {
        self.interrupted
    }

    /// Locks now: keys are zeroed, those of a key store file too, and every further step says `vault.locked`.
    pub fn lock(&self) {
        self.forget_presence();
        self.forget_places();
        self.vault.lock();
    }

    /// Locks the space by itself after so many seconds without use; 0: never.
    pub fn lock_after(&self, seconds: i64) {
        self.vault.set_limit(seconds);
    }

    /// Locks if nobody has used the space for long enough; for an edge's timer. Whether it is locked.
    pub fn lock_if_idle(&self) -> bool {
        self.vault.lock_if_idle()
    }

    /// Does work of the app's own accord, which is no use of the space: it locks as if nothing had been
    /// done. For a thread that listens to a relay.
    pub fn unattended<T>(&self, work: impl FnOnce(&Self) -> T) -> T {
        crate::idle::unattended(|| work(self))
    }

    /// The four ports.
    pub fn ports(&self) -> &Ports {
        &self.ports
    }

    /// The vault's side of slots: passphrase, recovery code, platform.
    pub fn vault(&self) -> &Vault {
        self.vault.used()
    }

    /// Sets a new passphrase in place of the present ones and says so in the record.
    ///
    /// # Errors
    /// When `space.json` cannot be written; the old passphrase then still opens the space.
    pub fn change_passphrase(&self, passphrase: &SecretBytes, cost: chop_crypto::Argon2Cost) -> Result<()> {
        self.vault.used().set_passphrase(passphrase, cost, self.ports.random.as_ref())?;
        self.record(
            "key",
            Entry::new(EntryKind::KeyRotated, &self.ports).text("slot", "passphrase"),
            |_, _| Ok(()),
        )
    }

    pub(crate) fn refuse_when_rolled_back(&self) -> Result<()> {
        match self.standing {
            Standing::RolledBack => Err(WalletError::RolledBack.into()),
            Standing::Current | Standing::NotWitnessed => Ok(()),
        }
    }

    /// Sets the standing after a new epoch was begun.
    pub(crate) fn stand(&mut self, standing: Standing) {
        self.standing = standing;
    }

    /// What the key store lay behind when the space was opened, where it was more than one entry: an
    /// entry that a crash kept from it is no news.
    pub(crate) fn behind(&self) -> Option<Behind> {
        self.behind
    }

    fn compare_with_anchor(&self) -> Result<(Standing, Option<Behind>)> {
        let (origin, size) =
            self.vault.read(|read| Ok::<_, VaultError>((origin(read)?, log::size(read)?)))?;
        let Some(anchor) = self.ports.keystore.anchor(&origin)? else {
            return Ok((Standing::NotWitnessed, None));
        };
        let root = self.vault.read(|read| match size {
            size if size < anchor.size => Ok(None),
            // The present state is looked at too: nothing is built on a tree that has no root.
            _ => match chop_ledger::root(size, read).and_then(|_| chop_ledger::root(anchor.size, read)) {
                Ok(root) => Ok(Some(root)),
                Err(VaultError::BadRow) => Ok(None),
                Err(error) => Err(error),
            },
        })?;
        let standing = if root == Some(anchor.root) { Standing::Current } else { Standing::RolledBack };
        let behind = (size > anchor.size.saturating_add(1)).then_some(Behind { size, anchored: anchor.size });
        Ok((standing, behind))
    }
}

impl std::fmt::Debug for Wallet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Wallet({:?})", self.standing)
    }
}

/// Makes or opens the file of a software key store.
type FileStore = fn(&Path, Secret<32>, Arc<dyn Random>) -> Result<FileKeystore>;

fn ports_of(
    edge: &Edge,
    space: &SpaceInfo,
    store_key: &Secret<32>,
    file_store: FileStore,
) -> Result<(Ports, Option<Arc<FileKeystore>>)> {
    let file_keys = match edge.keys.file(space) {
        None => None,
        Some(path) => Some(Arc::new(file_store(&path, store_key.duplicate(), edge.random.clone())?)),
    };
    let keystore: Arc<dyn Keystore> = match (&edge.keys, &file_keys) {
        (Keys::Device { port, .. }, Some(file)) => {
            Arc::new(SplitKeystore { device: port.clone(), file: file.clone() })
        }
        (_, Some(file)) => file.clone(),
        (Keys::Port(port), None) => port.clone(),
        (Keys::File(_) | Keys::Folder(_) | Keys::Device { .. }, None) => {
            return Err(WalletError::Internal.into());
        }
    };
    let (clock, random, anchors) = (edge.clock.clone(), edge.random.clone(), edge.anchors.clone());
    Ok((Ports { clock, random, keystore, anchors }, file_keys))
}

/// Opens the file of a key store that was made with the space.
fn open_keys(path: &Path, key: Secret<32>, random: Arc<dyn Random>) -> Result<FileKeystore> {
    FileKeystore::open(path, key, random).map_err(|error| match error {
        VaultError::Missing => WalletError::NoKeystore.into(),
        other => other.into(),
    })
}

/// Makes the file of a key store, for a new space.
fn create_keys(path: &Path, key: Secret<32>, random: Arc<dyn Random>) -> Result<FileKeystore> {
    Ok(FileKeystore::create(path, key, random)?)
}

/// The key under which the software key store is sealed.
pub(crate) fn store_key_of(vault: &Vault) -> Result<Secret<32>> {
    let bytes = vault.read(|read| meta::find(read, names::STORE_KEY))?.unwrap_or_default();
    Secret::from_slice(&bytes).ok_or_else(|| WalletError::LogBroken.into())
}
