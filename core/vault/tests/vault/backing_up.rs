//! Backup and restore.

use std::fs;
use std::sync::Arc;

use chop_crypto::testing::{MemoryKeystore, SeededRandom};
use chop_crypto::{Argon2Cost, KeyPurpose, Keystore, OsRandom, SecretBytes, SigningDomain, make_secret};
use chop_formats::bundle::BundleError;
use chop_vault::table::{item, log, meta};
use chop_vault::{BackupError, FileKeystore, SlotKind, Unlock, Vault, VaultError, backup, restore, search};

use crate::common::{PASSPHRASE, TestSpace, an_item, secret};

fn bundle_of(space: &TestSpace, private_keys: &SecretBytes) -> Vec<u8> {
    let out = Vec::new();
    backup(&space.vault, private_keys, &secret("on paper"), Argon2Cost::FLOOR, &OsRandom, out).unwrap()
}

#[test]
fn everything_comes_back_and_the_new_machine_signs() {
    let space = TestSpace::new();
    space.vault.set_platform(&MemoryKeystore::new(Box::new(SeededRandom::new("old machine")))).unwrap();
    let store_key = make_secret(&OsRandom).unwrap();
    let keys = space.folder.with_extension("keys");
    let store = FileKeystore::create(&keys, store_key.duplicate(), Arc::new(OsRandom)).unwrap();
    let consent = store.generate(KeyPurpose::Consent).unwrap();
    space
        .vault
        .write(|tx| {
            let row = item::insert(tx, &an_item("成績單"))?;
            search::index(tx, row, "成績單", "", &[])?;
            meta::set(tx, "keystore", store_key.expose())?;
            log::append(tx, b"entry", &OsRandom)
        })
        .unwrap();
    let bundle = bundle_of(&space, &store.dangerous_export().unwrap());
    assert!(!bundle.windows(9).any(|w| w == "成績單".as_bytes()));

    let folder = space.folder.with_extension("restored");
    let restored = restore(&folder, &bundle[..], &secret("on paper")).unwrap();
    let vault = &restored.vault;
    assert!(vault.is_restored().unwrap());
    assert_eq!(vault.info(), space.vault.info());
    assert_eq!(vault.read(|read| search::search(read, "成绩", 9)).unwrap().len(), 1);
    assert_eq!(vault.read(|read| log::entry(read, 0)).unwrap().unwrap().expose(), b"entry");
    assert!(vault.slots().unwrap().iter().all(|slot| slot.kind != SlotKind::Platform));
    let moved = folder.with_extension("new-keys");
    let store =
        FileKeystore::bring_back(&moved, store_key, Arc::new(OsRandom), &restored.private_keys).unwrap();
    assert!(store.sign(&consent.id, SigningDomain::Grant, b"m").is_ok());
    drop(restored);

    let vault = Vault::open(&folder, Unlock::Passphrase(secret(PASSPHRASE))).unwrap();
    assert!(vault.is_restored().unwrap(), "until a new epoch began");
    vault.settle_restored().unwrap();
    drop(vault);
    let code = space.code.to_text();
    let vault = Vault::recover(&folder, &code, &secret("new"), Argon2Cost::FLOOR, &OsRandom).unwrap();
    assert!(!vault.is_restored().unwrap());
    drop(vault);
    Vault::open(&folder, Unlock::Passphrase(secret("new"))).unwrap();
}

#[test]
fn a_backup_that_does_not_open_or_end_leaves_nothing_and_overwrites_nothing() {
    let space = TestSpace::new();
    let bundle = bundle_of(&space, &SecretBytes::new(Vec::new()));
    let folder = space.folder.with_extension("restored");
    let tried = |bytes: &[u8], passphrase| restore(&folder, bytes, &secret(passphrase)).map(drop);
    assert_eq!(tried(&bundle, "wrong"), Err(BackupError::Bundle(BundleError::WrongSecret)));
    assert_eq!(tried(b"something else", "on paper"), Err(BackupError::Bundle(BundleError::NotABundle)));
    for cut in [bundle.len() - 1, bundle.len() / 2, 70_000] {
        let error = tried(&bundle[..cut], "on paper").unwrap_err();
        assert!(matches!(error, BackupError::Bundle(_)), "{error:?}");
    }
    let mut changed = bundle.clone();
    changed[90_000] ^= 1;
    assert_eq!(tried(&changed, "on paper"), Err(BackupError::Bundle(BundleError::Damaged)));
    let left = fs::read_dir(&folder).map(Iterator::count).unwrap_or(0);
    assert_eq!(left, 0);
    let before = fs::read(space.folder.join("vault.db")).unwrap();
    let over = restore(&space.folder, &bundle[..], &secret("on paper")).map(drop);
    assert_eq!(over, Err(BackupError::Vault(VaultError::FolderNotEmpty)));
    assert_eq!(fs::read(space.folder.join("vault.db")).unwrap(), before);
}
