//! The tables through their own functions.

use chop_crypto::OsRandom;
use chop_model::{Id, UnixTime};
use chop_vault::table::artefact::{self, ArtefactKind, NewArtefact};
use chop_vault::table::exchange::{self, Role};
use chop_vault::table::item::{self, Shelf};
use chop_vault::table::log;
use chop_vault::{VaultError, facts};

use crate::common::{TestSpace, an_item};

#[test]
fn an_entry_is_read_back_and_erased_and_its_leaf_stays() {
    let space = TestSpace::new().reopen();
    let vault = &space.vault;
    let first = vault.write(|tx| log::append(tx, b"one", &OsRandom)).unwrap();
    let second = vault.write(|tx| log::append(tx, b"two", &OsRandom)).unwrap();
    assert_eq!((first.seq, second.seq), (0, 1));
    let read = |seq| vault.read(|read| log::entry(read, seq));
    assert_eq!(read(0).unwrap().unwrap().expose(), b"one");
    vault.write(|tx| log::erase(tx, 0)).unwrap();
    assert!(read(0).unwrap().is_none());
    assert_eq!(read(1).unwrap().unwrap().expose(), b"two");
    assert_eq!(vault.read(|read| log::leaf(read, 0)), Ok(first.leaf));
    assert_eq!(vault.write(|tx| log::erase(tx, 0)), Err(VaultError::Erased));
    assert_eq!(vault.write(|tx| log::erase(tx, 7)), Err(VaultError::Missing));
}

#[test]
fn cards_come_latest_first_page_by_page() {
    let space = TestSpace::new();
    let vault = &space.vault;
    for i in 0..25i64 {
        let mut row = an_item(&format!("item {i}"));
        row.updated_at = UnixTime(1_800_000_000 + i / 3);
        if i % 5 == 0 {
            row.shelf = Shelf::Credential;
        }
        vault.write(|tx| item::insert(tx, &row)).unwrap();
    }
    for (shelf, count) in [(None, 25), (Some(Shelf::Credential), 5), (Some(Shelf::Data), 20)] {
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let page = vault.read(|read| item::cards(read, shelf, after, 4)).unwrap();
            let Some(last) = page.last() else { break };
            after = Some(last.cursor());
            seen.extend(page.into_iter().map(|card| card.row));
        }
        assert_eq!(seen.len(), count);
        assert!(seen.is_sorted_by(|a, b| a > b));
    }
}

#[test]
fn a_request_is_answered_once_and_a_state_moves_once() {
    let space = TestSpace::new();
    let new = |id, role| exchange::Row {
        id: Id([id; 16]),
        role,
        state: 1,
        client_id: "x509_hash:abc".into(),
        nonce: "n".into(),
        peer_name: "Hospital".into(),
        purpose: "care".into(),
        created_at: UnixTime(1),
        expires_at: UnixTime(300),
        updated_at: UnixTime(1),
    };
    let vault = &space.vault;
    let id = Id([1; 16]);
    vault.write(|tx| exchange::insert(tx, &new(1, Role::Holder))).unwrap();
    assert_eq!(vault.write(|tx| exchange::insert(tx, &new(2, Role::Holder))), Err(VaultError::Exists));
    let asked = new(3, Role::Verifier);
    vault.write(|tx| exchange::insert(tx, &asked)).unwrap();
    let found = vault.read(|read| exchange::find_by_nonce(read, Role::Verifier, "x509_hash:abc", "n"));
    assert_eq!(found.unwrap().as_ref(), Some(&asked));
    let moved = vault.write(|tx| exchange::advance(tx, &id, 1, 2, UnixTime(5))).unwrap();
    assert_eq!((moved.state, moved.updated_at), (2, UnixTime(5)));
    let again = vault.write(|tx| exchange::advance(tx, &id, 1, 2, UnixTime(6)));
    assert_eq!(again, Err(VaultError::WrongState));
    let mut found = Vec::new();
    vault
        .read(|read| {
            facts::for_each(read, &mut |fact| {
                found.push(fact);
                Ok(())
            })
        })
        .unwrap();
    found.sort_by_key(|fact| fact.digest);
    let mut expected = [moved.fact(), asked.fact()];
    expected.sort_by_key(|fact| fact.digest);
    assert_eq!(found, expected);
}

#[test]
fn a_grant_is_found_by_its_digest_and_one_that_may_come_once_comes_once() {
    let space = TestSpace::new();
    let exchange = Id([3; 16]);
    let new = NewArtefact { exchange, kind: ArtefactKind::Grant, once: Some(("iss", "jti")) };
    let kept = space.vault.write(|tx| artefact::insert(tx, &new, b"grant")).unwrap();
    let again = space.vault.write(|tx| artefact::insert(tx, &new, b"its twin").map(drop));
    assert_eq!(again, Err(VaultError::Exists));
    let by_digest = space.vault.read(|r| artefact::find_by_digest(r, ArtefactKind::Grant, &kept.digest));
    assert_eq!(by_digest.unwrap().as_ref(), Some(&kept));
    let by_jti = space.vault.read(|r| artefact::find_by_jti(r, ArtefactKind::Grant, "iss", "jti"));
    assert_eq!(by_jti.unwrap().as_ref(), Some(&kept));
    let all = space.vault.read(|r| artefact::of_exchange(r, &exchange)).unwrap();
    assert_eq!(all, [kept]);
}
