//! From a folder to an open space and back, as the page asks for it; no window.

use chop_core::Error;
use chop_core::plumbing::vault::SpaceKind;

use super::*;
use crate::dto::shell::{ShellState, SpaceState};
use crate::edge::Places;

fn desktop(home: &Path) -> Desktop {
    Desktop::at(Places {
        space: home.join("space"),
        is_named: false,
        keys: home.join("keys"),
        settings: home.join("desktop.json"),
        opened_with: None,
    })
}

fn secret(text: &str) -> SecretBytes {
    SecretBytes::new(text.as_bytes().to_vec())
}

fn made(desktop: &Desktop) -> RecoveryCode {
    let new = NewSpace { kind: SpaceKind::Person, label: "测试 test".into() };
    create(desktop, &new, Jurisdiction::Mo, secret("one")).unwrap()
}

fn code_of<T>(result: Result<T>) -> &'static str {
    result.err().as_ref().map_or("", Error::code)
}

#[test]
fn a_space_is_made_locked_opened_and_brought_back_with_its_code() {
    let home = tempfile::tempdir().unwrap();
    let desktop = desktop(home.path());
    assert_eq!(ShellState::of(&desktop).space, SpaceState::None);
    let code = made(&desktop);
    let state = ShellState::of(&desktop);
    assert_eq!((state.space, state.label.as_deref()), (SpaceState::Open, Some("测试 test")));
    assert_eq!(desktop.wallet().unwrap().place().unwrap(), Jurisdiction::Mo);

    let kept = desktop.wallet().unwrap();
    assert!(lock(&desktop) && !lock(&desktop));
    assert_eq!(code_of(kept.cards(None, None, 1)), "vault.locked", "a room that still holds it gets nothing");
    assert_eq!(ShellState::of(&desktop).space, SpaceState::Locked);
    assert_eq!(code_of(unlock(&desktop, secret("two"))), "vault.wrong-passphrase");
    assert_eq!(code_of(desktop.wallet().map(drop)), "vault.locked");
    unlock(&desktop, secret("one")).unwrap();
    assert_eq!(code_of(unlock(&desktop, secret("one"))), "vault.in-use");

    lock(&desktop);
    assert_eq!(code_of(recover(&desktop, "0000", &secret("three"))), "vault.mistyped-recovery-code");
    recover(&desktop, &code.to_text(), &secret("three")).unwrap();
    lock(&desktop);
    assert_eq!(code_of(unlock(&desktop, secret("one"))), "vault.wrong-passphrase");
    unlock(&desktop, secret("three")).unwrap();
}

#[test]
fn a_backup_comes_back_beside_the_space_that_is_there() {
    let home = tempfile::tempdir().unwrap();
    let first = desktop(home.path());
    made(&first);
    let file = home.path().join("my.chop-backup");
    back_up(&first.wallet().unwrap(), &file, &secret("backup")).unwrap();
    assert!(!home.path().join("my.chop-backup.part").exists());
    lock(&first);
    assert_ne!(code_of(restore(&first, &file, &secret("wrong"))), "");
    assert_eq!(first.home().folder, home.path().join("space"), "a restore that failed changes nothing");
    restore(&first, &file, &secret("backup")).unwrap();
    assert_eq!(first.home().folder, home.path().join("space-2"));
    drop(first);
    // The next start finds the space that was open last.
    let next = desktop(home.path());
    assert_eq!(next.home().folder, home.path().join("space-2"));
    unlock(&next, secret("one")).unwrap();
    assert_eq!(
        code_of(back_up(&next.wallet().unwrap(), Path::new("/nowhere/b"), &secret("x"))),
        "vault.file-unavailable"
    );
}

#[test]
fn the_samples_open_a_resident_and_the_hospital_at_the_desk() {
    let home = tempfile::tempdir().unwrap();
    let desktop = desktop(home.path());
    open_samples(&desktop).unwrap();
    let (own, desk) = (desktop.wallet().unwrap(), desktop.desk_wallet().unwrap());
    assert_ne!(own.info().id, desk.info().id);
    assert!(ShellState::of(&desktop).is_sample);
    assert!(own.cards(None, None, 20).unwrap().len() > 5);
    assert!(desk.client_id().is_ok());
    drop((own, desk));
    leave_samples(&desktop);
    assert_eq!(ShellState::of(&desktop).space, SpaceState::None, "the samples are nobody's own space");
    open_samples(&desktop).unwrap();
    let folders = fs::read_dir(home.path().join("space-samples")).unwrap().count();
    assert_eq!(folders, 1, "they are made once");
    lock(&desktop);
    unlock(&desktop, secret(chop_samples::SAMPLE_PASSPHRASE)).unwrap();
    assert!(desktop.desk_wallet().is_ok());
}

#[test]
fn a_folder_with_other_things_in_it_is_no_space_and_is_left_alone() {
    let home = tempfile::tempdir().unwrap();
    let desktop = desktop(home.path());
    let other = home.path().join("photos");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("one.jpg"), "x").unwrap();
    assert_eq!(code_of(look_in(&desktop, other.clone())), "vault.not-a-space");
    assert_eq!(desktop.home().folder, home.path().join("space"));
    assert_eq!(fs::read_dir(&other).unwrap().count(), 1);
    look_in(&desktop, home.path().join("fresh")).unwrap();
    made(&desktop);
    assert!(home.path().join("fresh/space.json").exists());
}
