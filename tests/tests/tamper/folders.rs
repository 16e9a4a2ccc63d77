//! Whole states brought back: the folder, the key store, both; and the end of the log cut off.

use chop_core::Standing;
use chop_core::audit::FlawKind;
use chop_tests::world::{KeyPlace, World};

use crate::target::{copy_space, walked};

#[test]
fn row_32_a_log_whose_end_is_cut_off_is_older_than_the_key_store_remembers() {
    let walked = walked();
    for who in ["resident", "hospital"] {
        for entries in [1, 2, 5] {
            let target = walked.copy(who);
            let cut = format!("(SELECT max(seq) + 1 - {entries} FROM log)");
            target
                .raw()
                .execute_batch(&format!(
                    "DELETE FROM keyring WHERE seq >= {cut}; DELETE FROM log WHERE seq >= {cut}"
                ))
                .unwrap();
            let verdict = target.judge();
            assert_eq!(verdict.standing, Some(Standing::RolledBack), "{who} -{entries}: {verdict:?}");
            assert!(verdict.has(FlawKind::RowChanged) || verdict.has(FlawKind::RowAdded), "{verdict:?}");
        }
    }
}

#[test]
fn row_32_an_older_folder_is_found_an_older_key_store_is_named_and_both_are_not_found() {
    let mut world = World::with_keys(KeyPlace::File);
    world.walk();
    world.resident.close();
    let (now, before) = (world.resident.folder().to_owned(), world.path("before"));
    copy_space(&now, &before);
    world.resident.reopen();
    world.walk();
    // A key that only the younger store has.
    world.resident.make_credential_key().unwrap();
    world.resident.close();
    let after = world.path("after");
    copy_space(&now, &after);
    let put = |folder: &std::path::Path, keys: &std::path::Path| {
        for name in ["vault.db", "vault.db-wal"] {
            let _ = std::fs::remove_file(now.join(name));
            let _ = std::fs::copy(folder.join(name), now.join(name));
        }
        for end in ["keys", "keys.anchors"] {
            std::fs::copy(keys.with_extension(end), now.with_extension(end)).unwrap();
        }
    };
    let judge = || {
        let wallet = world.resident.open_at(&now).unwrap();
        (wallet.standing(), wallet.audit(&mut |_, _| {}).unwrap().flaws)
    };

    put(&before, &after);
    let (standing, flaws) = judge();
    assert_eq!(standing, Standing::RolledBack);
    assert!(flaws.iter().any(|flaw| flaw.kind == FlawKind::AnchorDiffers), "{flaws:?}");

    put(&after, &before);
    let (standing, flaws) = judge();
    assert_eq!(standing, Standing::Current);
    assert!(flaws.iter().any(|flaw| flaw.kind == FlawKind::AnchorDiffers), "{flaws:?}");
    assert!(flaws.iter().any(|flaw| flaw.kind == FlawKind::KeyMissing), "{flaws:?}");

    // Documented in threats.md: only a receipt in somebody else's hands shows it.
    put(&before, &before);
    assert_eq!(judge(), (Standing::Current, Vec::new()));

    put(&after, &after);
    assert_eq!(judge(), (Standing::Current, Vec::new()));
}

#[test]
fn row_32_a_flag_in_space_json_does_not_hide_an_older_folder() {
    let mut world = World::with_keys(KeyPlace::File);
    world.walk();
    world.resident.close();
    let (now, before) = (world.resident.folder().to_owned(), world.path("before"));
    copy_space(&now, &before);
    world.resident.reopen();
    world.walk();
    world.resident.close();
    for name in ["vault.db", "vault.db-wal"] {
        let _ = std::fs::remove_file(now.join(name));
        let _ = std::fs::copy(before.join(name), now.join(name));
    }
    // Without any key: the file is JSON under a plain SHA-256.
    let pretty = std::fs::read_to_string(now.join("space.json")).unwrap();
    let compact: String = pretty.lines().map(str::trim).collect();
    let compact = compact.replace("\": ", "\":");
    let head = compact.split(",\"sum\":").next().unwrap();
    let bare = format!("{head},\"restored\":true,\"sum\":\"\"}}");
    let sum = chop_crypto::encoding::to_base64url(&chop_crypto::sha256(bare.as_bytes()));
    let forged = format!("{head},\"restored\":true,\"sum\":\"{sum}\"}}");
    for name in ["space.json", "space.json.bak"] {
        std::fs::write(now.join(name), &forged).unwrap();
    }
    let wallet = world.resident.open_at(&now).unwrap();
    assert!(wallet.vault().is_restored().unwrap(), "the forged flag was read");
    assert_eq!((wallet.standing(), wallet.epoch().unwrap()), (Standing::RolledBack, 1));
}
