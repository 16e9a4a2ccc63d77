//! What is erased is gone, from pages that are in use, free pages, the write-ahead log and the index.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use chop_crypto::{KeyPurpose, Keystore, OsRandom, make_secret};
use chop_model::{Id, UnixTime};
use chop_vault::table::artefact::{self, ArtefactKind, NewArtefact};
use chop_vault::table::secret::{self, SecretKind};
use chop_vault::table::version::{self, NewVersion};
use chop_vault::table::{item, log, meta};
use chop_vault::{FileKeystore, Vault, VaultError, erase_item, search};

use crate::common::{self, TestSpace, an_item};

const WORD: &str = "zirkonium";

/// An item whose every column and body holds the word; a short body and a file, both replaced once.
fn keep(vault: &Vault) -> Id {
    let mut row = an_item(&format!("{WORD} title"));
    for text in [&mut row.issuer, &mut row.doc_type, &mut row.format, &mut row.seal_reason] {
        *text = format!("{WORD} column");
    }
    row.version = 4;
    vault
        .write(|tx| {
            let number = item::insert(tx, &row)?;
            search::index(tx, number, &row.title, &row.issuer, &["zirkonium claim", "鋯石"])?;
            for no in 1..=4 {
                let name = format!("{WORD}.txt");
                let new = NewVersion {
                    item: row.id,
                    no,
                    added_at: UnixTime(1),
                    mime: "text/zirkonium",
                    name: &name,
                };
                if no % 2 == 0 {
                    let body = format!("{WORD} {no} ").repeat(110_000);
                    let size = u64::try_from(body.len()).unwrap();
                    version::insert_file(tx, &new, size, &mut body.as_bytes(), &OsRandom)?;
                } else {
                    version::insert(tx, &new, WORD.repeat(9999).as_bytes(), &OsRandom)?;
                }
            }
            Ok::<_, VaultError>(())
        })
        .unwrap();
    row.id
}

/// How often the word, or any of the secrets, stands in the decrypted pages of a closed space.
fn count_in_pages(space: &TestSpace, what: &[u8]) -> usize {
    let mut raw = common::raw(space);
    let pages = raw.serialize("main").unwrap();
    pages.windows(what.len()).filter(|window| *window == what).count()
}

fn count_in_files(folder: &Path, what: &[u8]) -> usize {
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).filter(|path| path.is_file());
    let count = |path| fs::read(path).unwrap().windows(what.len()).filter(|w| *w == what).count();
    files.map(count).sum()
}

#[test]
fn row_38_after_erasure_nothing_is_left_and_other_proofs_stand() {
    let space = TestSpace::new();
    let vault = &space.vault;
    let kept = vault.write(|tx| log::append(tx, b"another entry", &OsRandom)).unwrap();
    let entry = vault.write(|tx| log::append(tx, WORD.repeat(30).as_bytes(), &OsRandom)).unwrap();
    let id = keep(vault);
    let versions = vault.read(|read| version::of_item(read, &id)).unwrap();
    let keys: Vec<[u8; 32]> = versions.iter().map(|v| *v.body_key.as_ref().unwrap().expose()).collect();
    let exchange = Id([9; 16]);
    let body_key = make_secret(&OsRandom).unwrap();
    vault
        .write(|tx| {
            secret::insert(tx, &exchange, SecretKind::BodyKey, &body_key)?;
            let new = NewArtefact { exchange, kind: ArtefactKind::Presentation, once: None };
            artefact::insert_sealed(tx, &new, WORD.as_bytes(), &body_key, &OsRandom)
        })
        .unwrap();
    let root = vault.read(|read| chop_ledger::root(2, read)).unwrap();

    // While it is there it is found in the pages, or this test would prove nothing.
    let space = space.reopen();
    space.vault.lock();
    assert!(count_in_pages(&space, WORD.as_bytes()) > 5);
    let space = space.reopen();
    let vault = &space.vault;
    let facts = vault.write(|tx| erase_item(tx, &id, UnixTime(2))).unwrap();
    assert_eq!(facts.len(), 5);
    vault.write(|tx| log::erase(tx, entry.seq)).unwrap();
    vault.write(|tx| secret::destroy(tx, &exchange, SecretKind::BodyKey)).unwrap();

    assert_eq!(fs::metadata(space.folder.join("vault.db-wal")).unwrap().len(), 0, "the log was emptied");
    assert_eq!(vault.write(|tx| erase_item(tx, &id, UnixTime(3))), Err(VaultError::Erased));
    assert!(vault.read(|read| search::search(read, WORD, 9)).unwrap().is_empty());
    for row in vault.read(|read| version::of_item(read, &id)).unwrap() {
        assert_eq!(version::open_body(&row).unwrap_err(), VaultError::Erased);
        assert!(row.name.is_empty() && row.mime.is_empty());
    }
    assert_eq!(vault.read(|read| chop_ledger::root(2, read)), Ok(root));
    assert_eq!(vault.read(|read| log::entry(read, kept.seq)).unwrap().unwrap().expose(), b"another entry");
    vault.write(search::check).unwrap();
    space.vault.lock();
    for what in [WORD.as_bytes(), "鋯".as_bytes(), "锆".as_bytes(), b"zirk"] {
        assert_eq!(count_in_pages(&space, what), 0, "{}", String::from_utf8_lossy(what));
    }
    for key in keys.iter().chain([body_key.expose()]) {
        assert_eq!(count_in_pages(&space, key), 0, "a key is left");
    }
}

#[test]
fn no_file_of_a_space_or_its_key_store_shows_a_word_of_it() {
    let space = TestSpace::new();
    let store_key = make_secret(&OsRandom).unwrap();
    let home = space.folder.parent().unwrap().to_owned();
    let store = FileKeystore::create(&home.join("keys"), store_key.duplicate(), Arc::new(OsRandom)).unwrap();
    let made = store.generate(KeyPurpose::Consent).unwrap();
    store.set_anchor(WORD, chop_crypto::Anchor { size: 7, root: [0xA7; 32] }).unwrap();
    keep(&space.vault);
    space
        .vault
        .write(|tx| {
            meta::set(tx, "keystore", store_key.expose())?;
            log::append(tx, WORD.as_bytes(), &OsRandom)
        })
        .unwrap();
    let words: [&[u8]; 7] = [
        WORD.as_bytes(),
        store_key.expose(),
        space.key.expose(),
        common::PASSPHRASE.as_bytes(),
        &made.id.0,
        &[0xA7; 32],
        b"CREATE TABLE",
    ];
    for state in ["open", "closed"] {
        for word in words {
            assert_eq!(count_in_files(&space.folder, word) + count_in_files(&home, word), 0, "{state}");
        }
        space.vault.lock();
    }
}
