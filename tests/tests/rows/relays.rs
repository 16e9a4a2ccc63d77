//! Mode C against a relay that lies, and against somebody who has its database and a photo of the code.

use chop_core::flow::offer::{OfferState, OfferWay, Recipients};
use chop_core::samples;
use chop_formats::offer::OfferCode;
use chop_tests::relay::Lie;
use chop_tests::world::LETTER;

use super::offers::{
    Stage, ask, run, run_once, scanned, states, step_holder, step_verifier, take_what_is_there,
};

#[test]
fn row_08_a_relay_that_tells_two_that_each_is_first_leaves_a_proof() {
    let mut stage = Stage::new();
    let offered = stage.offer(stage.draft(OfferWay::Files, Recipients::Registered));
    step_holder(&mut stage, &offered.id).unwrap();
    let taken = scanned(&stage, &offered.code, take_what_is_there());
    step_verifier(&mut stage, &taken).unwrap();
    stage.relay.lie = Some(Lie::EachIsFirst);
    // Another desk is told that it is first as well.
    let second = stage.world.second_desk();
    let code = OfferCode::parse(&offered.code.to_text().unwrap()).unwrap();
    let other = second.scan_offer(&code, take_what_is_there()).unwrap();
    let call = second.relay_call(&other, 0).unwrap().unwrap();
    let answer = stage.relay.post(&call);
    let claimed: chop_formats::relay::Claimed =
        chop_formats::relay::Message::from_bytes(&answer.body).unwrap();
    for _ in 0..6 {
        step_verifier(&mut stage, &taken).unwrap();
    }
    // Each holds an entry; put beside each other they are a proof that anybody can judge.
    let refused = stage.world.hospital.compare_entry(&taken, claimed.entry.as_bytes()).unwrap_err();
    assert_eq!(refused.code(), "offer-flow.equivocated");
    let proofs = stage.world.hospital.relay_faults(&taken).unwrap();
    let proof = chop_formats::relay::FaultProof::verify(&proofs[0]).unwrap();
    assert_eq!(proof.kind(), chop_formats::relay::FaultKind::ClaimedTwice);
    assert_eq!(proof.key(), &stage.relay.vkey());
    // The wallet, which looks through the entries of its own offer, finds it too.
    let mut found = false;
    for _ in 0..6 {
        found |= step_holder(&mut stage, &offered.id).is_err_and(|e| e.code() == "offer-flow.equivocated");
    }
    assert!(found);
    assert_eq!(stage.world.resident.relay_faults(&offered.id).unwrap().len(), 1);
}

#[test]
fn row_08_a_relay_that_lies_is_named() {
    for (lie, code) in [
        (Lie::JunkEnvelope, "offer.bad-seal"),
        (Lie::NotInLog, "offer-flow.bad-entry"),
        (Lie::OtherKey, "offer-flow.bad-entry"),
    ] {
        let mut stage = Stage::new();
        let offered = stage.live();
        let taken =
            scanned(&stage, &offered.code, ask(&samples::hospital_query(), samples::hospital_terms()));
        if lie != Lie::OtherKey {
            for _ in 0..2 {
                run_once(&mut stage, &offered.id, &taken);
            }
        }
        stage.relay.lie = Some(lie);
        let refused = run(&mut stage, &offered.id, &taken, &mut |_| true).unwrap_err();
        assert_eq!(refused.code(), code, "{lie:?}");
        assert!(
            !stage.world.hospital.has_message(&taken, chop_formats::frame::MessageKind::Ack).unwrap(),
            "{lie:?}: nothing was acknowledged"
        );
        // It was only the relay: honest again, it goes on where it was.
        if lie != Lie::OtherKey {
            stage.relay.lie = None;
            run(&mut stage, &offered.id, &taken, &mut |_| true).unwrap();
            assert_eq!(
                states(&stage, &offered.id, &taken),
                (OfferState::Done, OfferState::Finished),
                "{lie:?}"
            );
        }
    }
}

#[test]
fn row_43_a_swapped_claim_envelope_or_share_is_blamed_on_the_relay() {
    // The claim: the wallet refuses what is not what the entry names, and spends nothing.
    let mut stage = Stage::new();
    let offered = stage.live();
    let taken = scanned(&stage, &offered.code, ask(&samples::hospital_query(), samples::hospital_terms()));
    stage.relay.lie = Some(Lie::SwappedClaim);
    let refused = run(&mut stage, &offered.id, &taken, &mut |_| panic!("nobody is asked")).unwrap_err();
    assert_eq!(refused.code(), "offer-flow.bad-answer");
    assert!(stage.world.resident.exchanges().unwrap().is_empty());
    // An event is withheld: the numbers have a gap.
    let mut stage = Stage::new();
    let offered = stage.live();
    run_once(&mut stage, &offered.id, &offered.id);
    let taken = scanned(&stage, &offered.code, ask(&samples::hospital_query(), samples::hospital_terms()));
    step_verifier(&mut stage, &taken).unwrap();
    stage.relay.lie = Some(Lie::Withholds);
    assert_eq!(step_holder(&mut stage, &offered.id).unwrap_err().code(), "offer-flow.bad-answer");
    // The share: in C2 the delivery note names its hash.
    let mut stage = Stage::new();
    let statement = stage.world.hospital.state_key(30).unwrap();
    let offered = stage.offer(stage.draft(OfferWay::Named { statement }, Recipients::Registered));
    step_holder(&mut stage, &offered.id).unwrap();
    let taken = scanned(&stage, &offered.code, take_what_is_there());
    stage.relay.lie = Some(Lie::JunkShare);
    let refused = (0..8).find_map(|_| step_verifier(&mut stage, &taken).err()).unwrap();
    assert_eq!(refused.code(), "offer-flow.swapped");
    stage.relay.lie = None;
    run(&mut stage, &offered.id, &taken, &mut |_| false).unwrap();
    assert_eq!(states(&stage, &offered.id, &taken), (OfferState::Done, OfferState::Finished));
}

#[test]
fn row_09_the_relay_with_a_photo_of_the_code_decrypts_nothing_but_plain_files() {
    let hidden = [b"Penicillin".as_slice(), b"Sample University", LETTER];
    for (way, readable) in [("live", false), ("named", false), ("files", true)] {
        let mut stage = Stage::new();
        let draft = match way {
            "live" => stage.draft(OfferWay::Live { by_rule: false }, Recipients::Registered),
            "files" => stage.draft(OfferWay::Files, Recipients::Registered),
            _ => {
                let statement = stage.world.hospital.state_key(30).unwrap();
                stage.draft(OfferWay::Named { statement }, Recipients::Registered)
            }
        };
        let offered = stage.offer(draft);
        let taken = scanned(
            &stage,
            &offered.code,
            match way {
                "live" => ask(&samples::hospital_query(), samples::hospital_terms()),
                _ => take_what_is_there(),
            },
        );
        run(&mut stage, &offered.id, &taken, &mut |_| true).unwrap();
        assert_eq!(states(&stage, &offered.id, &taken), (OfferState::Done, OfferState::Finished));
        let database = stage.relay.database();
        for bytes in &database {
            for text in hidden {
                assert!(!bytes.windows(text.len()).any(|w| w == text), "{way}: plain in the database");
            }
        }
        // With the photo: every key that the code gives, tried on every body that the relay holds.
        let code = OfferCode::parse(&offered.code.to_text().unwrap()).unwrap();
        assert_eq!(read_with_photo(&code, &database), readable, "{way}");
    }
}

/// Whether somebody with the relay's database and the code reads a file or a presentation.
fn read_with_photo(code: &OfferCode, database: &[Vec<u8>]) -> bool {
    use chop_formats::content::open_content;
    use chop_formats::delivery::{Mode, UnverifiedDelivery};
    use chop_formats::envelope::Envelope;
    use chop_formats::grant::UnverifiedGrant;
    use chop_formats::offer::{OfferKeys, Part, content_key};
    let keys = OfferKeys::derive(&code.key).unwrap();
    let parts = [Part::Request, Part::Envelope, Part::Acknowledgement, Part::KeyShare, Part::Receipt];
    let mut bodies = database.to_vec();
    for bytes in database {
        for part in parts {
            bodies.extend(keys.channel.open(part, bytes).ok().map(|body| body.expose().to_vec()));
        }
    }
    let envelopes: Vec<_> = bodies.iter().filter_map(|body| Envelope::from_packed(body).ok()).collect();
    // Every 32 bytes that the relay holds could be a share; a JWE is none.
    let shares: Vec<[u8; 32]> = bodies.iter().filter_map(|body| body.as_slice().try_into().ok()).collect();
    envelopes.iter().any(|envelope| {
        let grant = UnverifiedGrant::parse(&envelope.grant).unwrap().verify_as_record().unwrap();
        let delivery =
            UnverifiedDelivery::parse(&envelope.delivery).unwrap().verify_as_record(&grant).unwrap();
        shares.iter().any(|share| {
            [Mode::C1, Mode::C2Named, Mode::C2Files].into_iter().any(|mode| {
                let share = chop_crypto::Secret::new(*share);
                let key = content_key(&code.key, &share, mode, &grant.digest()).unwrap();
                open_content(&key, &delivery.payload().binding(), &envelope.ciphertext).is_ok()
            })
        })
    })
}

#[test]
fn row_27_two_offers_to_one_verifier_share_no_key_and_no_name() {
    let mut stage = Stage::new();
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..2 {
        let offered = stage.live();
        let draft = ask(&samples::hospital_query(), samples::hospital_terms());
        let taken = scanned(&stage, &offered.code, draft);
        run(&mut stage, &offered.id, &taken, &mut |_| true).unwrap();
        let keys = chop_formats::offer::OfferKeys::derive(&offered.code.key).unwrap();
        let grant = stage.world.hospital.offer_grant(&taken).unwrap();
        for name in [
            keys.id.0.to_vec(),
            keys.token.expose().to_vec(),
            grant.payload().iss.0.to_vec(),
            grant.payload().hlc.0.to_vec(),
            grant.payload().jti.0.to_vec(),
        ] {
            assert!(seen.insert(name), "the same in both");
        }
    }
}

#[test]
fn row_33_a_restored_space_answers_no_offer_of_before() {
    let mut stage = Stage::new();
    let offered = stage.live();
    step_holder(&mut stage, &offered.id).unwrap();
    let taken = scanned(&stage, &offered.code, ask(&samples::hospital_query(), samples::hospital_terms()));
    step_verifier(&mut stage, &taken).unwrap();
    stage.world.resident.wallet_mut().begin_epoch(chop_core::Because::RolledBack).unwrap();
    assert_eq!(states(&stage, &offered.id, &taken).0, OfferState::Frozen);
    assert!(stage.world.resident.relay_call(&offered.id, 0).unwrap().is_none());
    assert!(stage.world.resident.offered(&offered.id).is_err());
    let told = run(&mut stage, &offered.id, &taken, &mut |_| panic!("nobody is asked")).unwrap();
    assert!(told.is_empty(), "{told:?}");
    assert!(stage.world.resident.audit(&mut |_, _| {}).unwrap().is_clean());
}
