//! A holding that is replaced after it was offered.

use chop_core::flow::offer::{OfferState, OfferWay, Recipients, Told};
use chop_core::holdings::{Form, Import};
use chop_core::samples;

use super::offers::{Stage, ask, letter, run, scanned, states};

#[test]
fn row_22_a_live_offer_hands_over_the_file_that_was_offered_and_no_other() {
    let mut stage = Stage::new();
    let mut draft = stage.draft(OfferWay::Live { by_rule: false }, Recipients::Registered);
    draft.dcql = chop_formats::dcql::DcqlQuery::from_value(&letter()).unwrap();
    let consent = stage.consent(draft).unwrap();
    let offered = stage.world.resident.offer(&consent).unwrap();
    // The holder puts another version in the place of the file, for themself.
    let newer = b"what nobody agreed to hand over".as_slice();
    let cards = stage.world.resident.cards(None, None, 1000).unwrap();
    let files: Vec<_> = cards.iter().filter(|card| card.format == "file").collect();
    assert!(!files.is_empty());
    for card in files {
        let import = Import {
            form: Some(Form::File),
            title: None,
            name: "letter.txt",
            size: newer.len() as u64,
            bytes: &mut &*newer,
        };
        stage.world.resident.replace(&card.id, import).unwrap();
    }
    let taken = scanned(&stage, &offered.code, ask(&letter(), samples::hospital_terms()));
    let told = run(&mut stage, &offered.id, &taken, &mut |_| true).unwrap();
    assert!(told.iter().any(|t| matches!(t, Told::ClaimRefused("offer-flow.other-version"))), "{told:?}");
    assert!(stage.world.hospital.received(&taken).is_err());
    // It was turned down before anything was spent.
    assert_eq!(states(&stage, &offered.id, &taken).0, OfferState::Open);
    assert_eq!(stage.world.resident.uses().unwrap(), 0);
}
