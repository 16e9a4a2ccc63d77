//! A space on disk with its edge: opened, closed, opened again.

use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::sleep;
use std::time::Duration;

use chop_core::holdings::{Form, Import, Imported};
use chop_core::testing::{FixedClock, MemoryKeystore, SeededRandom};
use chop_core::{Edge, Keys, NoAnchors, Wallet};
use chop_crypto::{Argon2Cost, Random, Secret, SecretBytes};
use chop_model::Coded;
use chop_vault::{FirstSlots, NewSpace, SpaceKind, Unlock, VaultError};

/// Where the private keys of a world live.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyPlace {
    /// In memory, as in a platform's key store.
    Memory,
    /// In a sealed file beside the space's folder.
    File,
}

/// The passphrase of every space.
pub const PASSPHRASE: &[u8] = b"correct horse battery staple";

/// Opens a space that was closed a moment ago.
///
/// A child that another test starts has, between fork and exec, a copy of every open file and with it the
/// space's lock; it lets go of it at once, but not always before the space is opened again.
///
/// # Errors
/// What `open` gives, but that the space is in use only after five seconds of it.
pub fn open_when_free(open: impl Fn() -> chop_core::Result<Wallet>) -> chop_core::Result<Wallet> {
    for _ in 0..500 {
        match open() {
            Err(error) if error.code() == VaultError::InUse.code() => sleep(Duration::from_millis(10)),
            opened => return opened,
        }
    }
    open()
}

/// One space: where it lies, how it opens, and the open wallet. Dereferences to the wallet.
pub struct Space {
    folder: PathBuf,
    edge: Edge,
    key: Secret<32>,
    recovery: String,
    wallet: Option<Wallet>,
}

impl Space {
    /// Makes a space in `folder`, named after it.
    pub fn create(
        folder: &Path,
        kind: SpaceKind,
        place: KeyPlace,
        clock: Arc<FixedClock>,
        random: Arc<dyn Random>,
    ) -> Self {
        let label = folder.file_name().unwrap().to_string_lossy().into_owned();
        let keys = match place {
            KeyPlace::Memory => {
                Keys::Port(Arc::new(MemoryKeystore::new(Box::new(SeededRandom::new(&label)))))
            }
            KeyPlace::File => Keys::File(folder.with_extension("keys")),
        };
        let edge = Edge { clock, random, anchors: Arc::new(NoAnchors), keys };
        let slots = FirstSlots { passphrase: SecretBytes::new(PASSPHRASE.to_vec()), cost: Argon2Cost::FLOOR };
        let (wallet, code) = Wallet::create(folder, &NewSpace { kind, label }, &slots, edge.clone()).unwrap();
        let key = wallet.vault().dangerous_data_key().unwrap();
        let recovery = code.to_text().to_string();
        Self { folder: folder.to_owned(), edge, key, recovery, wallet: Some(wallet) }
    }

    /// Closes the space.
    pub fn close(&mut self) {
        self.wallet = None;
    }

    /// Closes the space and opens it from disk.
    pub fn reopen(&mut self) {
        self.close();
        self.wallet = Some(open_when_free(|| self.open_at(&self.folder)).unwrap());
    }

    /// Opens the copy of this space that lies in `folder`, with the same edge.
    pub fn open_at(&self, folder: &Path) -> chop_core::Result<Wallet> {
        Wallet::open(folder, Unlock::Key(&self.key), self.edge.clone())
    }

    /// Puts an opened wallet in place of this one.
    pub fn put(&mut self, wallet: Wallet) {
        self.wallet = Some(wallet);
    }

    /// Where it lies.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Its edge.
    pub fn edge(&self) -> &Edge {
        &self.edge
    }

    /// Its data key.
    pub fn key(&self) -> &Secret<32> {
        &self.key
    }

    /// Its recovery code, as it was printed.
    pub fn recovery(&self) -> &str {
        &self.recovery
    }

    /// The open wallet, to be changed.
    pub fn wallet_mut(&mut self) -> &mut Wallet {
        self.wallet.as_mut().unwrap()
    }

    /// Takes in what these bytes are.
    pub fn take(&self, name: &str, bytes: &[u8]) -> Imported {
        self.take_as(None, name, bytes)
    }

    /// Takes in a record of the holder's own.
    pub fn take_record(&self, json: &str) -> Imported {
        self.take_as(Some(Form::Record), "record.json", json.as_bytes())
    }

    fn take_as(&self, form: Option<Form>, name: &str, mut bytes: &[u8]) -> Imported {
        let size = bytes.len() as u64;
        self.import(Import { form, title: None, name, size, bytes: &mut bytes }).unwrap()
    }
}

impl Deref for Space {
    type Target = Wallet;

    fn deref(&self) -> &Wallet {
        self.wallet.as_ref().unwrap()
    }
}
