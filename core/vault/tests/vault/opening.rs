//! Each way in, and each way in which it can fail: by a real cause, as an error of its own.

use std::fs;
use std::os::unix::fs::FileExt;

use crate::common::{PASSPHRASE, TestSpace, new_person, secret, slots};
use chop_crypto::testing::{MemoryKeystore, SeededRandom};
use chop_crypto::{Argon2Cost, OsRandom, Secret};
use chop_vault::table::meta;
use chop_vault::{RecoveryCode, SlotKind, Unlock, Vault, VaultError};

fn failure(folder: &std::path::Path, unlock: Unlock<'_>) -> VaultError {
    Vault::open(folder, unlock).map(drop).unwrap_err()
}

#[test]
fn each_slot_opens() {
    let space = TestSpace::new();
    let keystore = MemoryKeystore::new(Box::new(SeededRandom::new("platform")));
    space.vault.set_platform(&keystore).unwrap();
    space.vault.write(|tx| meta::set(tx, "test", b"kept")).unwrap();
    space.vault.lock();
    let code = space.code.to_text();
    for unlock in [
        Unlock::Passphrase(secret(PASSPHRASE)),
        Unlock::Recovery(&code),
        Unlock::Platform(&keystore),
        Unlock::Key(&space.key),
    ] {
        let vault = Vault::open(&space.folder, unlock).unwrap();
        assert_eq!(vault.read(|read| meta::find(read, "test")).unwrap().as_deref(), Some(&b"kept"[..]));
        assert_eq!(vault.info().label, "Ada");
    }
}

#[test]
fn a_wrong_passphrase_a_mistyped_code_and_a_strange_one_are_three_errors() {
    let space = TestSpace::new();
    space.vault.lock();
    assert_eq!(
        failure(&space.folder, Unlock::Passphrase(secret("correct horse"))),
        VaultError::WrongPassphrase
    );
    let typo = space.code.to_text().replacen(|c: char| c.is_ascii_alphanumeric(), "*", 1);
    assert_eq!(failure(&space.folder, Unlock::Recovery(&typo)), VaultError::MistypedRecoveryCode);
    let strange = TestSpace::new().code;
    assert_eq!(failure(&space.folder, Unlock::Recovery(&strange.to_text())), VaultError::WrongRecoveryCode);
    assert!(RecoveryCode::parse(&strange.to_text()).is_ok());
    assert_eq!(failure(&space.folder, Unlock::Key(&Secret::new([1; 32]))), VaultError::WrongKey);
}

#[test]
fn a_folder_that_is_no_space_is_named_so_and_left_alone() {
    let home = tempfile::tempdir().unwrap();
    assert_eq!(failure(home.path(), Unlock::Passphrase(secret("x"))), VaultError::NotASpace);
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
    fs::write(home.path().join("space.json"), "{\"magic\":\"other\",\"version\":1}").unwrap();
    assert_eq!(failure(home.path(), Unlock::Passphrase(secret("x"))), VaultError::NotASpace);
    let made = Vault::create(home.path(), &new_person(), &slots("x"), &OsRandom);
    assert_eq!(made.err(), Some(VaultError::FolderNotEmpty));
}

#[test]
fn a_newer_version_is_refused_in_either_file() {
    let space = TestSpace::new();
    space.vault.lock();
    let path = space.folder.join("space.json");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("\"version\": 1", "\"version\": 2")).unwrap();
    assert_eq!(failure(&space.folder, Unlock::Key(&space.key)), VaultError::NewerVersion);
    fs::write(&path, text).unwrap();
    crate::common::raw(&space).execute_batch("PRAGMA user_version = 99").unwrap();
    assert_eq!(failure(&space.folder, Unlock::Key(&space.key)), VaultError::NewerVersion);
}

#[test]
fn a_damaged_page_is_not_a_wrong_key_and_nothing_is_deleted() {
    let space = TestSpace::new();
    space
        .vault
        .write(|tx| (0..200).try_for_each(|i| meta::set(tx, &format!("row-{i}"), &[1; 300]).map(drop)))
        .unwrap();
    space.vault.lock();
    let path = space.folder.join("vault.db");
    let whole = fs::read(&path).unwrap();
    for page in 0..whole.len() / 4096 {
        let mut flipped = whole.clone();
        flipped[page * 4096 + 2000] ^= 1;
        fs::write(&path, &flipped).unwrap();
        let error = match Vault::open(&space.folder, Unlock::Key(&space.key)) {
            Ok(vault) => vault.check_pages().err(),
            Err(error) => Some(error),
        };
        assert_eq!(error, Some(VaultError::Damaged), "page {page}");
        assert_eq!(fs::read(&path).unwrap(), flipped, "page {page}: the file was touched");
    }
    // Also while it is read, without the full check.
    let file = fs::OpenOptions::new().write(true).open(&path).unwrap();
    file.write_all_at(&whole, 0).unwrap();
    let vault = Vault::open(&space.folder, Unlock::Key(&space.key)).unwrap();
    vault.check_pages().unwrap();
    vault.lock();
    for page in 1..whole.len() / 4096 {
        let offset = u64::try_from(page * 4096 + 100).unwrap();
        file.write_all_at(&[whole[page * 4096 + 100] ^ 1], offset).unwrap();
    }
    let result = Vault::open(&space.folder, Unlock::Key(&space.key))
        .and_then(|vault| vault.read(|read| meta::find(read, "row-7")));
    assert_eq!(result, Err(VaultError::Damaged));
}

#[test]
fn a_database_that_is_cut_short_emptied_gone_or_of_another_space_is_damaged() {
    let space = TestSpace::new();
    space.vault.lock();
    let path = space.folder.join("vault.db");
    let whole = fs::read(&path).unwrap();
    for cut in [0, 100, 4096, whole.len() / 2 / 4096 * 4096, whole.len() - 4096] {
        fs::write(&path, &whole[..cut]).unwrap();
        let result = Vault::open(&space.folder, Unlock::Key(&space.key)).and_then(|v| v.check_pages());
        assert_eq!(result, Err(VaultError::Damaged), "cut to {cut}");
    }
    fs::remove_file(&path).unwrap();
    assert_eq!(failure(&space.folder, Unlock::Key(&space.key)), VaultError::Damaged);
    let other = TestSpace::new();
    other.vault.lock();
    fs::copy(other.folder.join("vault.db"), &path).unwrap();
    assert_eq!(failure(&space.folder, Unlock::Key(&space.key)), VaultError::Damaged);
}

#[test]
fn the_second_copy_opens_when_the_first_is_damaged_and_both_damaged_is_said() {
    let space = TestSpace::new();
    space.vault.lock();
    let (first, second) = (space.folder.join("space.json"), space.folder.join("space.json.bak"));
    let good = fs::read(&first).unwrap();
    assert_eq!(good, fs::read(&second).unwrap());
    let mut bad = good.clone();
    let at = bad.windows(7).position(|w| w == b"wrapped").unwrap() + 12;
    bad[at] = if bad[at] == b'A' { b'B' } else { b'A' };
    fs::write(&first, &bad).unwrap();
    Vault::open(&space.folder, Unlock::Key(&space.key)).unwrap();
    assert_eq!(fs::read(&first).unwrap(), good, "the first copy was mended");
    assert_eq!(fs::read(space.folder.join("space.json.damaged")).unwrap(), bad, "and nothing was lost");
    fs::write(&first, &bad).unwrap();
    fs::write(&second, b"{").unwrap();
    assert_eq!(failure(&space.folder, Unlock::Key(&space.key)), VaultError::SpaceDamaged);
    assert_eq!(fs::read(&first).unwrap(), bad);
    assert_eq!(fs::read(&second).unwrap(), b"{");
}

#[test]
fn a_second_handle_and_a_second_process_find_it_in_use() {
    let space = TestSpace::new();
    assert_eq!(failure(&space.folder, Unlock::Key(&space.key)), VaultError::InUse);
    // flock(1) is another process that asks for the same lock.
    let status = std::process::Command::new("flock")
        .args(["--nonblock", "--conflict-exit-code", "9"])
        .arg(space.folder.join("lock"))
        .arg("true")
        .status()
        .unwrap();
    assert_eq!(status.code(), Some(9));
    let other = std::process::Command::new("flock");
    drop(other);
    space.vault.lock();
    let mut holder = std::process::Command::new("flock")
        .arg(space.folder.join("lock"))
        .args(["sh", "-c", "echo held; sleep 30"])
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = [0; 5];
    std::io::Read::read_exact(holder.stdout.as_mut().unwrap(), &mut line).unwrap();
    assert_eq!(failure(&space.folder, Unlock::Key(&space.key)), VaultError::InUse);
    holder.kill().unwrap();
    holder.wait().unwrap();
}

#[test]
fn slots_change_and_the_last_one_stays() {
    let space = TestSpace::new();
    let old_code = space.code.to_text();
    space.vault.set_passphrase(&secret("new one"), Argon2Cost::FLOOR, &OsRandom).unwrap();
    let new_code = space.vault.set_recovery(&OsRandom).unwrap();
    let cheap = Argon2Cost { passes: 1, ..Argon2Cost::FLOOR };
    assert_eq!(
        space.vault.set_passphrase(&secret("cheap"), cheap, &OsRandom),
        Err(VaultError::CostOutOfBounds)
    );
    space.vault.lock();
    assert_eq!(failure(&space.folder, Unlock::Passphrase(secret(PASSPHRASE))), VaultError::WrongPassphrase);
    assert_eq!(failure(&space.folder, Unlock::Recovery(&old_code)), VaultError::WrongRecoveryCode);
    let vault = Vault::open(&space.folder, Unlock::Recovery(&new_code.to_text())).unwrap();
    let slots = vault.slots().unwrap();
    assert_eq!(slots.len(), 2);
    let passphrase = slots.iter().find(|s| s.kind == SlotKind::Passphrase).unwrap();
    vault.remove_slot(passphrase.no).unwrap();
    assert_eq!(vault.remove_slot(passphrase.no), Err(VaultError::NoSuchSlot));
    let last = vault.slots().unwrap()[0].no;
    assert_eq!(vault.remove_slot(last), Err(VaultError::LastSlot));
    vault.lock();
    assert_eq!(vault.slots(), Err(VaultError::Locked));
    assert!(vault.is_locked());
}

#[test]
fn a_cheap_cost_is_refused_when_made_and_when_read() {
    let home = tempfile::tempdir().unwrap();
    let mut first = slots("x");
    first.cost.memory_kib = 1024;
    let made = Vault::create(&home.path().join("space"), &new_person(), &first, &OsRandom);
    assert_eq!(made.err(), Some(VaultError::CostOutOfBounds));
    assert!(!home.path().join("space").exists(), "refused before anything was written");
}

#[test]
fn debug_hides_what_it_must() {
    let space = TestSpace::new();
    let shown = format!("{:?} {:?}", space.vault, Unlock::Passphrase(secret("tell nobody")));
    assert!(shown.contains("hidden") && !shown.contains("tell nobody") && !shown.contains("Ada"));
}
