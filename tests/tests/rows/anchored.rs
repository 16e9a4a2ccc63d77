//! A key store whose disk is full between an entry and its anchor.

use std::sync::atomic::Ordering::SeqCst;

use chop_core::Standing;
use chop_tests::world::{World, read, with_full_disk};

use super::restored::copy_folder;

#[test]
fn row_32_no_key_is_shown_before_its_entry_is_anchored() {
    let mut world = World::new();
    let (given, envelope) = world.envelope(&world.request());
    let (_, ack) = world.acknowledgement(&envelope);
    world.resident.close();
    let before = world.path("before t3");
    copy_folder(world.resident.folder(), &before);
    let (wallet, port) = with_full_disk(&world.resident);
    port.is_full.store(true, SeqCst);
    assert_eq!(wallet.acknowledge(&ack).unwrap_err().code(), "crypto.keystore");
    // The entry is there now; the key store knows nothing of it yet, and so nothing is shown.
    assert_eq!(wallet.acknowledge(&ack).unwrap_err().code(), "crypto.keystore");
    assert_eq!(wallet.again(&given).unwrap_err().code(), "crypto.keystore");
    port.is_full.store(false, SeqCst);
    assert!(read(&wallet.acknowledge(&ack).unwrap()).key().is_ok());
    drop(wallet);
    // The folder as it was before the key was shown is found.
    assert_eq!(world.resident.open_at(&before).unwrap().standing(), Standing::RolledBack);
}

/// The notice of a withdrawal is a signed word for the recipient: it waits for its anchor as the key does.
#[test]
fn row_32_no_notice_is_handed_out_before_its_entry_is_anchored() {
    let mut world = World::new();
    let given = world.walk().given;
    world.resident.close();
    let (wallet, port) = with_full_disk(&world.resident);
    let withdrawn = wallet.withdraw_consent(&given, "").unwrap();
    port.is_full.store(true, SeqCst);
    // That one was anchored: it is shown while nothing new has to be.
    assert_eq!(wallet.withdraw_consent(&given, "").unwrap(), withdrawn);
    for _ in 0..3 {
        assert_eq!(wallet.request_deletion(&given).unwrap_err().code(), "crypto.keystore");
    }
    port.is_full.store(false, SeqCst);
    assert!(wallet.request_deletion(&given).is_ok());
}
