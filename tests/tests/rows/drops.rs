//! Row 38 for files that were left at a relay: once the offer is over, nothing here opens them.

use chop_core::flow::offer::{OfferState, OfferWay, Recipients};
use chop_formats::content::open_content;
use chop_formats::delivery::UnverifiedDelivery;
use chop_formats::envelope::Envelope;
use chop_formats::grant::UnverifiedGrant;
use chop_formats::offer::{OfferKeys, Part};
use chop_model::Id;
use chop_tests::world::LETTER;
use chop_vault::Vault;
use chop_vault::table::artefact::{self, ArtefactKind};
use chop_vault::table::secret::{self, SecretKind};

use super::offers::{Stage, run, scanned, states, step_holder, take_what_is_there};

#[test]
fn row_38_an_erased_file_is_not_left_in_a_drop_that_is_over() {
    let mut stage = Stage::new();
    let offered = stage.offer(stage.draft(OfferWay::Files, Recipients::Registered));
    let resident = &stage.world.resident;
    assert_eq!(letter_in(resident.vault(), &offered.id).as_deref(), Some(LETTER));
    let taken = scanned(&stage, &offered.code, take_what_is_there());
    run(&mut stage, &offered.id, &taken, &mut |_| false).unwrap();
    assert_eq!(states(&stage, &offered.id, &taken).0, OfferState::Done);
    let resident = &stage.world.resident;
    assert_eq!(letter_in(resident.vault(), &offered.id), None);
    assert!(resident.audit(&mut |_, _| {}).unwrap().is_clean());
    // The verifier has what it was given.
    assert!(stage.world.hospital.received(&taken).is_ok());
}

#[test]
fn row_38_a_drop_that_is_withdrawn_opens_for_nobody_here() {
    let mut stage = Stage::new();
    let offered = stage.offer(stage.draft(OfferWay::Files, Recipients::Registered));
    step_holder(&mut stage, &offered.id).unwrap();
    stage.world.resident.withdraw_offer(&offered.id).unwrap();
    step_holder(&mut stage, &offered.id).unwrap();
    let resident = &stage.world.resident;
    assert_eq!(resident.offer_view(&offered.id).unwrap().state, OfferState::Withdrawn);
    for kind in [SecretKind::OfferKey, SecretKind::KeyShare, SecretKind::ContentKey] {
        assert!(resident.vault().read(|read| secret::find(read, &offered.id, kind)).unwrap().is_none());
    }
    assert!(resident.audit(&mut |_, _| {}).unwrap().is_clean());
}

/// The letter as whoever has the open vault reads it out of the stored envelope.
fn letter_in(vault: &Vault, id: &Id) -> Option<Vec<u8>> {
    let secret = |kind| vault.read(|read| secret::find(read, id, kind)).unwrap();
    let stored = vault.read(|read| artefact::find_kind(read, id, ArtefactKind::Envelope)).unwrap().unwrap();
    let (code, content) = (secret(SecretKind::OfferKey)?, secret(SecretKind::ContentKey)?);
    let keys = OfferKeys::derive(&code).unwrap();
    let packed = keys.channel.open(Part::Envelope, &stored.bytes).unwrap();
    let envelope = Envelope::from_packed(packed.expose()).unwrap();
    let grant = UnverifiedGrant::parse(&envelope.grant).unwrap().verify_as_record().unwrap();
    let delivery = UnverifiedDelivery::parse(&envelope.delivery).unwrap().verify_as_record(&grant).unwrap();
    let opened = open_content(&content, &delivery.payload().binding(), &envelope.ciphertext).unwrap();
    Some(opened.files[0].bytes.clone())
}
