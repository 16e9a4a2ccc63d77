//! Old files, as they were written then, open today.

use std::path::Path;

use chop_crypto::encoding::to_hex;
use chop_vault::table::{log, meta, ticket, version};
use chop_vault::{Unlock, Vault, VaultError, facts, search};

use crate::common::{self, PASSPHRASE, TestSpace, secret};

/// A space that version 1 wrote: three items, seventy entries, hashes in a table of their own.
const VERSION_1: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/version-1");
const CODE_1: &str = "NDD9-3TTW-VTE6-RAWC-67G1-XR9N-QPTJ-1193-JFYX";
/// A space that version 2 wrote, the first walk's last: three items with their words in the index, one
/// exchange with its grant, a key and an open ticket, seventy entries.
const VERSION_2: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/version-2");
const CODE_2: &str = "NJ3M-ZC6V-8HHX-CMHY-EED0-351W-KW2V-V5T0-8JJT";
const ROOT_2: &str = "70c82a2af73972aeb72281998967bcb7809dd9dc3804c4fce82dfdcc2a1774e2";
/// What version 2 said of its rows: SHA-256 over table, key and digest of each fact, in their order.
const FACTS_2: &str = "5687ccc613482a26e834d7e591800de03ed576a833e9f6f0a5f2cd97503a35cd";
const ROOT_1: &str = "e00951c344134314c7f41645bd8fbc0ceb3d34ddbd7b0c09895b273dd31065c7";

fn copy_of(fixture: &str) -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    for file in std::fs::read_dir(fixture).unwrap() {
        let path = file.unwrap().path();
        std::fs::copy(&path, home.path().join(path.file_name().unwrap())).unwrap();
    }
    home
}

fn look(folder: &Path, unlock: Unlock<'_>, written_by: &str, root: &str) -> Vault {
    let vault = Vault::open(folder, unlock).unwrap();
    let kept = vault.read(|read| meta::find(read, "fixture")).unwrap();
    assert_eq!(kept.as_deref(), Some(written_by.as_bytes()));
    vault.check_pages().unwrap();
    assert_eq!(to_hex(&vault.read(|read| chop_ledger::root(70, read)).unwrap()), root);
    assert!(vault.read(log::hashes_are_complete).unwrap());
    let entry = vault.read(|read| log::entry(read, 69)).unwrap().unwrap();
    assert_eq!(entry.expose(), b"entry 69");
    let found = vault.read(|read| search::search(read, "执照", 10)).unwrap();
    assert_eq!(
        found.iter().map(|card| card.title.as_str()).collect::<Vec<_>>(),
        ["Business licence 營業執照"]
    );
    let row = vault.read(|read| version::find(read, &found[0].id, 1)).unwrap().unwrap();
    assert_eq!(version::open_body(&row).unwrap().expose(), "Business licence 營業執照".as_bytes());
    vault
}

#[test]
fn version_1_opens_and_is_brought_up_once() {
    let home = copy_of(VERSION_1);
    look(home.path(), Unlock::Passphrase(secret(PASSPHRASE)), "written by version 1", ROOT_1).lock();
    look(home.path(), Unlock::Recovery(CODE_1), "written by version 1", ROOT_1).lock();
}

#[test]
fn version_2_opens_and_every_row_says_what_it_said() {
    let home = copy_of(VERSION_2);
    for unlock in [Unlock::Passphrase(secret(PASSPHRASE)), Unlock::Recovery(CODE_2)] {
        let vault = look(home.path(), unlock, "written by version 2", ROOT_2);
        let mut said = Vec::new();
        vault
            .read(|read| {
                facts::for_each(read, &mut |fact| {
                    said.extend([fact.table.as_bytes(), &fact.key, &fact.digest].concat());
                    Ok(())
                })
            })
            .unwrap();
        assert_eq!(to_hex(&chop_crypto::sha256(&said)), FACTS_2);
        assert_eq!(vault.read(ticket::open_ones).unwrap().len(), 1);
        vault.lock();
    }
}

#[test]
fn a_step_that_fails_leaves_the_old_version_whole() {
    let space = TestSpace::new();
    space.vault.lock();
    // Version 1 on paper, with tables that its second step cannot make because they are there.
    common::raw(&space).execute_batch("PRAGMA user_version = 1").unwrap();
    let before: Vec<String> = schema(&space);
    let failed = Vault::open(&space.folder, Unlock::Key(&space.key)).err();
    assert_eq!(failed, Some(VaultError::Internal));
    assert_eq!(schema(&space), before);
}

fn schema(space: &TestSpace) -> Vec<String> {
    let raw = common::raw(space);
    let mut statement = raw.prepare("SELECT name || coalesce(sql, '') FROM sqlite_schema").unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}
