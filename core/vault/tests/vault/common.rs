//! A space in a temporary folder, for the tests.

use std::path::{Path, PathBuf};

use chop_crypto::{Argon2Cost, OsRandom, Secret, SecretBytes};
use chop_model::{Id, UnixTime};
use chop_vault::table::item::{self, ItemState, Seal, Shelf};
use chop_vault::{FirstSlots, NewSpace, RecoveryCode, SpaceKind, Unlock, Vault};
use tempfile::TempDir;

/// What the passphrase of every test space is.
pub(crate) const PASSPHRASE: &str = "correct horse battery staple";

/// A space with its folder, key and recovery code.
pub(crate) struct TestSpace {
    /// Kept for its life: dropped, it deletes the folder.
    pub(crate) _home: TempDir,
    pub(crate) folder: PathBuf,
    pub(crate) vault: Vault,
    pub(crate) key: Secret<32>,
    pub(crate) code: RecoveryCode,
}

impl TestSpace {
    /// A fresh one.
    pub(crate) fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("space");
        let (vault, code) = Vault::create(&folder, &new_person(), &slots(PASSPHRASE), &OsRandom).unwrap();
        let key = vault.dangerous_data_key().unwrap();
        Self { _home: home, folder, vault, key, code }
    }

    /// Closes it and opens it again with its key.
    pub(crate) fn reopen(self) -> Self {
        self.vault.lock();
        let vault = Vault::open(&self.folder, Unlock::Key(&self.key)).unwrap();
        Self { vault, ..self }
    }
}

/// A person's space called "Ada".
pub(crate) fn new_person() -> NewSpace {
    NewSpace { kind: SpaceKind::Person, label: "Ada".into() }
}

/// A passphrase slot at the lowest cost there is.
pub(crate) fn slots(passphrase: &str) -> FirstSlots {
    FirstSlots { passphrase: secret(passphrase), cost: Argon2Cost::FLOOR }
}

/// A passphrase.
pub(crate) fn secret(text: &str) -> SecretBytes {
    SecretBytes::new(text.as_bytes().to_vec())
}

/// An item with a title, not yet inserted.
pub(crate) fn an_item(title: &str) -> item::Row {
    item::Row {
        row: 0,
        id: Id::make(&OsRandom).unwrap(),
        shelf: Shelf::Data,
        format: "record".into(),
        doc_type: "urn:chop:note:1".into(),
        title: title.into(),
        issuer: String::new(),
        state: ItemState::Active,
        version: 1,
        created_at: UnixTime(1_800_000_000),
        updated_at: UnixTime(1_800_000_000),
        expires_at: None,
        seal: Seal::SelfStated,
        seal_reason: String::new(),
        salt: vec![7; 32],
    }
}

/// The database of a closed space, opened with the key but without Chop.
pub(crate) fn raw(space: &TestSpace) -> rusqlite::Connection {
    raw_in(&space.folder, &space.key)
}

/// The same in another folder.
pub(crate) fn raw_in(folder: &Path, key: &Secret<32>) -> rusqlite::Connection {
    let connection = rusqlite::Connection::open(folder.join("vault.db")).unwrap();
    let key = chop_crypto::encoding::to_hex(key.expose());
    connection
        .execute_batch(&format!("PRAGMA key = \"x'{key}'\"; PRAGMA cipher_hmac_algorithm = HMAC_SHA256"))
        .unwrap();
    connection
}
