//! Row 33: what was spent stays spent, in every copy that a backup gives.

use std::path::Path;

use chop_core::flow::State;
use chop_core::testing::{MemoryKeystore, SeededRandom};
use chop_core::{Edge, Keys, Standing, Wallet};
use chop_crypto::{Argon2Cost, SecretBytes};
use chop_tests::world::{KeyPlace, PASSPHRASE, World, logged_kinds, read};

#[test]
fn row_33_a_restored_backup_opens_no_grant_again() {
    let world = World::with_keys(KeyPlace::File);
    let (given, envelope) = world.envelope(&world.request());
    let backup = back_up(&world);
    let (_, ack) = world.acknowledgement(&envelope);
    // Two devices from one backup, neither of which knows what the first device did since.
    let copies: Vec<_> = ["one", "two"].map(|name| restore(&world, &backup, name)).into();
    for copy in &copies {
        assert_eq!(copy.exchange_view(&given).unwrap().state, State::Frozen);
        assert_eq!(copy.acknowledge(&ack).unwrap_err().code(), "exchange.frozen");
        assert_eq!(copy.again(&given).unwrap_err().code(), "exchange.frozen");
        assert_eq!(logged_kinds(copy).last(), Some(&"restored"));
        assert_eq!(copy.epoch().unwrap(), 2);
    }
    // Each signs under an origin of its own: no two logs with one name.
    let keys: Vec<_> = copies.iter().map(|copy| copy.log_verifier_key().unwrap().to_string()).collect();
    assert_ne!(keys[0], keys[1]);
    assert_ne!(keys[0], world.resident.log_verifier_key().unwrap().to_string());
    // The first device goes on.
    assert!(read(&world.resident.acknowledge(&ack).unwrap()).key().is_ok());
}

#[test]
fn row_33_a_backup_from_before_the_grant_gets_no_second_answer_taken() {
    let world = World::with_keys(KeyPlace::File);
    let request = world.request();
    let backup = back_up(&world);
    let (_, envelope) = world.envelope(&request);
    let (taken, ack) = world.acknowledgement(&envelope);
    // The copy never saw the request. It may answer, and the hospital has one answer to this nonce.
    let copy = restore(&world, &backup, "one");
    let prompt = copy.look(&request).unwrap();
    let choices = chop_tests::world::choose_all(&prompt);
    let consent = chop_tests::world::agree(&copy, prompt, &choices).unwrap();
    let second = read(&copy.grant(consent).unwrap()).data().unwrap();
    assert_ne!(second, envelope);
    assert_eq!(world.hospital.claim(&second).unwrap_err().code(), "exchange.wrong-step");
    assert_eq!(read(&world.hospital.again(&taken).unwrap()).acknowledgement().unwrap(), ack);
}

#[test]
fn row_32_an_older_folder_is_found_and_writes_nothing_until_a_new_epoch() {
    let mut world = World::with_keys(KeyPlace::File);
    let (given, envelope) = world.envelope(&world.request());
    world.resident.close();
    let old = world.path("old folder");
    copy_folder(world.resident.folder(), &old);
    world.resident.reopen();
    let (_, ack) = world.acknowledgement(&envelope);
    world.resident.shown(world.resident.acknowledge(&ack).unwrap()).unwrap();
    world.resident.close();
    let mut wallet = world.resident.open_at(&old).unwrap();
    assert_eq!(wallet.standing(), Standing::RolledBack);
    for refused in [wallet.acknowledge(&ack).err(), wallet.again(&given).err(), wallet.withdraw(&given).err()]
    {
        assert_eq!(refused.unwrap().code(), "log.rolled-back");
    }
    assert!(wallet.begin_epoch(chop_core::Because::RolledBack).unwrap() > 0);
    assert_eq!(wallet.acknowledge(&ack).unwrap_err().code(), "exchange.frozen");
    assert_eq!(wallet.exchange_view(&given).unwrap().state, State::Frozen);
}

fn back_up(world: &World) -> Vec<u8> {
    let mut backup = Vec::new();
    world.resident.backup(&SecretBytes::new(PASSPHRASE.to_vec()), Argon2Cost::FLOOR, &mut backup).unwrap();
    backup
}

fn restore(world: &World, backup: &[u8], name: &str) -> Wallet {
    let folder = world.path(name);
    let keys = Keys::File(folder.with_extension("keys"));
    // Another machine has randomness of its own.
    let random = std::sync::Arc::new(SeededRandom::new(name));
    let edge = Edge { keys, random, ..world.resident.edge().clone() };
    Wallet::restore(&folder, backup, &SecretBytes::new(PASSPHRASE.to_vec()), edge).unwrap()
}

pub(crate) fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

#[test]
fn a_platform_that_does_not_know_the_space_opens_nothing_of_it() {
    let world = World::new();
    let mut backup = Vec::new();
    let passphrase = || SecretBytes::new(PASSPHRASE.to_vec());
    world.resident.backup(&passphrase(), Argon2Cost::FLOOR, &mut backup).unwrap();
    let keys = Keys::Port(std::sync::Arc::new(MemoryKeystore::new(Box::new(SeededRandom::new("new phone")))));
    let edge = Edge { keys, ..world.resident.edge().clone() };
    let copy = Wallet::restore(&world.path("phone"), &*backup, &passphrase(), edge).unwrap();
    // Keys of a platform's store never leave it: the holdings are there, and can be shown to nobody.
    let request = world.request();
    let prompt = copy.look(&request).unwrap();
    let choices = chop_tests::world::choose_all(&prompt);
    let consent = chop_tests::world::agree(&copy, prompt, &choices).unwrap();
    assert!(copy.grant(consent).is_err());
    assert!(copy.exchanges().unwrap().is_empty());
}

#[test]
fn a_backup_brings_its_keys_back_where_an_older_key_store_lies() {
    let world = World::with_keys(KeyPlace::File);
    let backup = back_up(&world);
    let pass = || SecretBytes::new(PASSPHRASE.to_vec());
    let edge = |keys: &Path| {
        let random = std::sync::Arc::new(SeededRandom::new(&keys.display().to_string()));
        Edge { keys: Keys::Folder(keys.to_owned()), random, ..world.resident.edge().clone() }
    };
    let (a, b) = (world.path("keys a"), world.path("keys b"));
    std::fs::create_dir(&a).unwrap();
    std::fs::create_dir(&b).unwrap();
    drop(Wallet::restore(&world.path("a"), &*backup, &pass(), edge(&a)).unwrap());
    let moved = Wallet::restore(&world.path("b"), &*backup, &pass(), edge(&b)).unwrap();
    moved.make_credential_key().unwrap();
    let mut second = Vec::new();
    moved.backup(&pass(), Argon2Cost::FLOOR, &mut second).unwrap();
    drop(moved);
    let back = Wallet::restore(&world.path("a again"), &*second, &pass(), edge(&a)).unwrap();
    let report = back.audit(&mut |_, _| {}).unwrap();
    assert!(report.is_clean(), "{report:?}");
}

#[test]
fn a_restore_that_was_cut_short_can_be_done_again() {
    let world = World::with_keys(KeyPlace::File);
    let backup = back_up(&world);
    let pass = || SecretBytes::new(PASSPHRASE.to_vec());
    let a = world.path("keys a");
    std::fs::create_dir(&a).unwrap();
    // What a full disk leaves between the two files of a key store: the anchors, and no keys.
    std::fs::write(a.join(format!("{}.keys.anchors", world.resident.info().id)), b"").unwrap();
    let edge = Edge { keys: Keys::Folder(a), ..world.resident.edge().clone() };
    let back = Wallet::restore(&world.path("a"), &*backup, &pass(), edge);
    assert!(back.is_ok(), "{:?}", back.err().map(|e| e.code()));
}

#[test]
fn two_folders_of_one_space_lose_no_key_of_each_other() {
    let world = World::with_keys(KeyPlace::File);
    let backup = back_up(&world);
    let pass = || SecretBytes::new(PASSPHRASE.to_vec());
    let keys = world.path("keys");
    std::fs::create_dir(&keys).unwrap();
    let edge = |seed: &str| {
        let random = std::sync::Arc::new(SeededRandom::new(seed));
        Edge { keys: Keys::Folder(keys.clone()), random, ..world.resident.edge().clone() }
    };
    // The desktop has the space open; somebody restores a backup of it on the same machine.
    let desktop = Wallet::restore(&world.path("one"), &*backup, &pass(), edge("one")).unwrap();
    let second = Wallet::restore(&world.path("two"), &*backup, &pass(), edge("two")).unwrap();
    // The desktop makes a key: the file of the key store is written whole from its memory.
    desktop.make_credential_key().unwrap();
    drop((desktop, second));
    let back =
        Wallet::open(&world.path("two"), chop_vault::Unlock::Passphrase(pass()), edge("two again")).unwrap();
    assert_eq!(back.standing(), Standing::Current);
    let report = back.audit(&mut |_, _| {}).unwrap();
    assert!(report.is_clean(), "{report:?}");
    back.log_verifier_key().unwrap();
}

#[test]
fn row_33_a_restore_that_was_cut_short_begins_its_epoch_when_it_is_opened() {
    let world = World::with_keys(KeyPlace::File);
    let backup = back_up(&world);
    // The folder is there and says that it was restored; the process ended before the epoch began.
    let cut_short = |name: &str| {
        let folder = world.path(name);
        drop(chop_vault::restore(&folder, &*backup, &SecretBytes::new(PASSPHRASE.to_vec())).unwrap());
        for end in ["keys", "keys.anchors"] {
            let own = world.resident.folder().with_extension(end);
            std::fs::copy(own, folder.with_extension(end)).unwrap();
        }
        let edge = Edge { keys: Keys::File(folder.with_extension("keys")), ..world.resident.edge().clone() };
        Wallet::open(&folder, chop_vault::Unlock::Key(world.resident.key()), edge).unwrap()
    };
    let here = cut_short("where nothing happened since");
    assert_eq!((here.standing(), here.epoch().unwrap()), (Standing::Current, 2));
    world.walk();
    let mut there = cut_short("where the space went on");
    assert_eq!((there.standing(), there.epoch().unwrap()), (Standing::RolledBack, 1));
    there.begin_epoch(chop_core::Because::Restored).unwrap();
    assert_eq!((there.standing(), there.epoch().unwrap()), (Standing::Current, 2));
    assert!(there.audit(&mut |_, _| {}).unwrap().is_clean());
}
