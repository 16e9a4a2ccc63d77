//! Rows 28, 29, 42, 44 and 47: what the verifier signs, as the holder takes it. No receipt, no key; and no
//! other receipt either.

use chop_core::flow::{Accepted, State};
use chop_crypto::encoding::to_base64url;
use chop_crypto::{SigningDomain, sha256};
use chop_formats::frame::MessageKind;
use chop_model::Id;
use chop_tests::world::{VERIFIER, World, logged_kinds, payload_of, read, twin};
use serde_json::{Value, json};

#[test]
fn row_28_a_receipt_that_is_withheld_is_said_to_be_missing() {
    let mut world = World::new();
    let (given, envelope) = world.envelope(&world.request());
    // No acknowledgement: sealed data were shown, no key was. The grant can be taken back.
    assert_eq!(world.resident.exchange_view(&given).unwrap().state, State::Spent);
    assert!(!world.resident.exchange_view(&given).unwrap().is_unconfirmed());
    let (_, ack) = world.acknowledgement(&envelope);
    world.resident.shown(world.resident.acknowledge(&ack).unwrap()).unwrap();
    // The key was given and no use receipt came: acknowledged, not confirmed, for as long as it takes.
    for _ in 0..2 {
        let view = world.resident.exchange_view(&given).unwrap();
        assert_eq!((view.state, view.is_unconfirmed()), (State::Acked, true));
        assert_eq!(logged_kinds(&world.resident).iter().filter(|kind| **kind == "used").count(), 0);
        world.clock.move_by(86_400);
        world.resident.reopen();
    }
}

#[test]
fn row_29_a_use_receipt_names_this_exchange_and_what_was_presented() {
    let world = World::new();
    let (_, other) = used(&world);
    let (given, receipt) = used(&world);
    let wrong = |edit: &dyn Fn(&mut Value)| {
        let text = world.hospital.resign(VERIFIER, SigningDomain::Use, &receipt, |payload| edit(payload));
        world.resident.confirm(MessageKind::Use, &text).unwrap_err().code()
    };
    let foreign = payload_of(&other);
    for (name, code) in [
        ("dn", "receipt.wrong-delivery"),
        ("req", "receipt.wrong-request"),
        ("ct", "receipt.wrong-ciphertext"),
        ("kc", "receipt.wrong-key-commitment"),
        ("hlc", "receipt.wrong-holder-log"),
        ("prev", "receipt.wrong-previous"),
        ("vp", "receipt.wrong-presentation"),
        ("sd_hash", "receipt.wrong-presentation"),
    ] {
        assert_eq!(wrong(&|payload| payload[name] = foreign[name].clone()), code, "{name}");
    }
    assert_eq!(wrong(&|payload| payload["grant"] = json!(to_base64url(&[7; 32]))), "exchange.unknown");
    assert_eq!(wrong(&|payload| payload["claims"] = json!([to_base64url(&[7; 32])])), "receipt.wrong-claims");
    assert_eq!(wrong(&|payload| payload["iat"] = json!(1)), "receipt.too-early");
    assert_eq!(world.resident.exchange_view(&given).unwrap().state, State::Acked);
    world.resident.confirm(MessageKind::Use, &receipt).unwrap();
    world.resident.confirm(MessageKind::Use, &receipt).unwrap();
    assert_eq!(world.resident.exchange_view(&given).unwrap().state, State::Used);
    // Whoever signed once does not say something else later.
    assert_eq!(wrong(&|payload| payload["jti"] = json!(Id([9; 16]).to_string())), "exchange.wrong-step");
    assert_eq!(logged_kinds(&world.resident).iter().filter(|kind| **kind == "used").count(), 1);
}

#[test]
fn row_42_only_the_acknowledgement_of_this_exchange_releases_the_key() {
    let world = World::new();
    let (other_given, _, other) = world.until_acknowledged();
    let (given, _, ack) = world.until_acknowledged();
    let wrong = |edit: &dyn Fn(&mut Value)| {
        let edited = world.hospital.resign(VERIFIER, SigningDomain::Acknowledgement, &ack, |p| edit(p));
        world.resident.acknowledge(&edited).unwrap_err().code()
    };
    let foreign = payload_of(&other);
    for (name, code) in [
        ("dn", "receipt.wrong-delivery"),
        ("req", "receipt.wrong-request"),
        ("ct", "receipt.wrong-ciphertext"),
        ("kc", "receipt.wrong-key-commitment"),
        ("hlc", "receipt.wrong-holder-log"),
    ] {
        assert_eq!(wrong(&|payload| payload[name] = foreign[name].clone()), code, "{name}");
    }
    // It says to be of the other exchange, with all the rest of this one.
    assert_eq!(wrong(&|payload| payload["grant"] = foreign["grant"].clone()), "receipt.wrong-delivery");
    assert_eq!(wrong(&|payload| payload["grant"] = json!(to_base64url(&[7; 32]))), "exchange.unknown");
    assert_eq!(wrong(&|payload| payload["aud"] = json!(to_base64url(&[7; 32]))), "receipt.wrong-audience");
    assert_eq!(wrong(&|payload| payload["iss"] = json!("x509_hash:somebody")), "receipt.wrong-issuer");
    assert_eq!(wrong(&|payload| payload["org"] = json!("somebody")), "receipt.wrong-organisation");
    // Nothing was spent by any of these.
    for id in [given, other_given] {
        assert_eq!(world.resident.exchange_view(&id).unwrap().state, State::Spent);
    }
    assert_eq!(logged_kinds(&world.resident).iter().filter(|kind| **kind == "acked").count(), 0);
    assert!(read(&world.resident.acknowledge(&ack).unwrap()).key().is_ok());
}

#[test]
fn row_42_no_other_type_of_receipt_passes_the_key_gate() {
    let world = World::new();
    let (given, _, ack) = world.until_acknowledged();
    let keystore = world.hospital.ports().keystore.as_ref();
    let key = world.hospital.key_named(VERIFIER);
    for (typ, domain, more) in [
        ("chop-use+jwt", SigningDomain::Use, json!({})),
        ("chop-refused+jwt", SigningDomain::Refused, json!({"reason": "not-wanted"})),
        ("chop-erased+jwt", SigningDomain::Erased, json!({})),
    ] {
        let mut header = chop_tests::world::header_of(&ack);
        header["typ"] = json!(typ);
        let text = chop_tests::world::sign(keystore, &key, domain, &header, &payload_of(&ack));
        let refused = world.resident.acknowledge(&text).unwrap_err();
        assert_eq!(refused.code(), "jose.wrong-type", "{typ}");
        let mut payload = payload_of(&ack);
        payload.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        payload["prev"] = json!(to_base64url(&sha256(ack.as_bytes())));
        let text = chop_tests::world::sign(keystore, &key, domain, &header, &payload);
        assert!(world.resident.acknowledge(&text).is_err(), "{typ}");
        // Nor does an acknowledgement pass for what comes after the key.
        assert!(world.resident.confirm(MessageKind::Use, &ack).is_err());
    }
    // The keystore itself signs no acknowledgement under another name.
    assert!(keystore.sign(&key, SigningDomain::Grant, b"x").is_err());
    assert_eq!(world.resident.exchange_view(&given).unwrap().state, State::Spent);
}

#[test]
fn row_47_withdrawal_and_acknowledgement_race_to_one_of_two_answers() {
    let world = World::new();
    let (mut withdrawn, mut released) = (0, 0);
    for round in 0..40u64 {
        let (given, _, ack) = world.until_acknowledged();
        let wallet: &chop_core::Wallet = &world.resident;
        let (taken_back, key) = std::thread::scope(|scope| {
            let key = scope.spawn(|| wallet.acknowledge(&ack).map(|outbound| read(&outbound).key().is_ok()));
            std::thread::sleep(std::time::Duration::from_micros(round * 25));
            (wallet.withdraw(&given), key.join().unwrap())
        });
        match (taken_back, key) {
            (Ok(()), Err(error)) if error.code() == "exchange.withdrawn" => withdrawn += 1,
            (Err(error), Ok(true)) if error.code() == "exchange.already-released" => released += 1,
            (taken_back, key) => panic!("a third answer: {taken_back:?}, {key:?}"),
        }
        let state = world.resident.exchange_view(&given).unwrap().state;
        assert!([State::Withdrawn, State::Acked].contains(&state));
    }
    assert_eq!(withdrawn + released, 40);
}

#[test]
fn row_44_the_twin_of_an_acknowledgement_spends_nothing_twice() {
    let mut world = World::new();
    let (given, _, ack) = world.until_acknowledged();
    let outbound = world.resident.acknowledge(&ack).unwrap();
    let frames = outbound.frames().to_vec();
    world.resident.shown(outbound).unwrap();
    for _ in 0..2 {
        assert_eq!(world.resident.acknowledge(&twin(&ack)).unwrap_err().code(), "exchange.wrong-step");
        assert_eq!(world.resident.acknowledge(&ack).unwrap().frames(), frames);
        world.resident.reopen();
    }
    assert_eq!(logged_kinds(&world.resident).iter().filter(|kind| **kind == "acked").count(), 1);
    assert_eq!(world.resident.exchange_view(&given).unwrap().state, State::Acked);
}

/// A walk up to the use receipt, which the resident has not seen.
fn used(world: &World) -> (Id, String) {
    let (given, _, ack) = world.until_acknowledged();
    let outbound = world.resident.acknowledge(&ack).unwrap();
    let key = read(&outbound).key().unwrap();
    world.resident.shown(outbound).unwrap();
    let Accepted::Taken(_, outbound) = world.hospital.accept(key).unwrap() else { panic!("refused") };
    (given, read(&outbound).use_receipt().unwrap())
}
