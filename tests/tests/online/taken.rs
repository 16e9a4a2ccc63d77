//! What the verifier keeps and signs of a posted answer: rows 20 and 32 by link.

use std::sync::atomic::Ordering::SeqCst;

use chop_core::flow::online::{Receipt, Verdict};
use chop_formats::openid4vp::FetchBy;
use chop_formats::receipt::Reason;
use chop_tests::world::{STATUS_IDX, STATUS_URI, World, read, with_full_disk};
use chop_vault::table::secret::{self, SecretKind};

use crate::scene::{answered, body, fetched, receipts_body, response_of};

#[test]
fn row_20_by_link_the_verifier_refuses_what_was_revoked_or_suspended_and_keeps_nothing() {
    for (status, reason) in [(1, Reason::Revoked), (2, Reason::Suspended)] {
        let world = World::new();
        world.clock.move_by(60);
        let text = world.transcript_on_list(STATUS_URI, STATUS_IDX);
        world.resident.take("on-list.sd-jwt", text.as_bytes());
        hospital_learns(&world, status);
        let answer = answered(&world, &fetched(&world, FetchBy::Post));
        let response = response_of(&answer);
        let taken = world.hospital.take_answer(&response).unwrap();
        assert!(matches!(taken.verdict, Verdict::Refused(said) if said == reason), "{:?}", taken.verdict);
        let id = taken.exchange;
        let key = world.hospital.vault().read(|read| secret::find(read, &id, SecretKind::ContentKey));
        assert!(key.unwrap().is_none(), "the key of what was refused is still there");
        assert!(world.hospital.kept().unwrap().is_empty());
        for refused in [world.hospital.erase_taken(&id).err(), world.hospital.received(&id).err()] {
            assert_eq!(refused.unwrap().code(), "exchange.wrong-step");
        }
        // The same answer again: the same signed refusal, which the holder takes.
        assert_eq!(world.hospital.take_answer(&response).unwrap().receipts, taken.receipts);
        let outcome = world.resident.settle(answer, &body(200, &receipts_body(&taken.receipts))).unwrap();
        assert_eq!(outcome.receipt, Receipt::Refused(reason));
        for space in [&world.resident, &world.hospital] {
            assert!(space.audit(&mut |_, _| {}).unwrap().is_clean());
        }
    }
}

#[test]
fn row_32_no_receipt_is_handed_out_before_its_entry_is_anchored() {
    let mut world = World::new();
    let response = response_of(&answered(&world, &fetched(&world, FetchBy::Post)));
    world.hospital.close();
    let (wallet, port) = with_full_disk(&world.hospital);
    port.is_full.store(true, SeqCst);
    for _ in 0..3 {
        assert_eq!(wallet.take_answer(&response).unwrap_err().code(), "crypto.keystore");
    }
    port.is_full.store(false, SeqCst);
    let taken = wallet.take_answer(&response).unwrap();
    assert!(matches!(taken.verdict, Verdict::Accepted(_)));
    assert_eq!(wallet.take_answer(&response).unwrap().receipts, taken.receipts);
}

/// The hospital looks at the list behind what it was shown by camera, which says `status`.
fn hospital_learns(world: &World, status: u8) {
    let (_, _, ack) = world.until_acknowledged();
    let key = read(&world.resident.acknowledge(&ack).unwrap()).key().unwrap();
    let fetches = world.hospital.statuses_behind(&key).unwrap();
    world.hospital.take_status(&fetches[0], world.list_saying(status, 5).as_bytes()).unwrap();
}
