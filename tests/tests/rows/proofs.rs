//! Rows 41 and 52: proof packs of real walks, and what somebody makes of them.

use chop_crypto::encoding::to_base64url;
use chop_crypto::{KeyPurpose, SigningDomain};
use chop_formats::jose::jwk;
use chop_formats::proof_pack::{CheckInputs, Finding, PackContents, UnverifiedPack};
use chop_tests::world::{World, header_of, payload_of, sign};
use serde_json::json;

#[test]
fn a_stranger_checks_the_packs_of_both_sides() {
    let world = World::new();
    let walked = world.walk();
    let trust = world.hospital.trust().unwrap();
    for (space, id) in [(&world.resident, walked.given), (&world.hospital, walked.taken)] {
        let pack = UnverifiedPack::read(&space.prove(&id, true).unwrap()).unwrap();
        let log_key = space.log_verifier_key().unwrap();
        let inputs = CheckInputs { trust: Some(&trust), log_key: Some(&log_key) };
        let findings = pack.clone().check(&inputs).unwrap();
        assert!(findings.are_anchored());
        assert!(findings.list().iter().any(|f| matches!(f, Finding::LogContinues { .. })));
        assert!(findings.list().contains(&Finding::UseWasAccepted(true)));
        let alone = pack.check(&CheckInputs::default()).unwrap();
        assert_eq!(alone.list()[0], Finding::WhoSignedWasNotChecked);
    }
}

#[test]
fn row_41_a_pack_round_a_minted_grant_does_not_hold() {
    let world = World::new();
    let walked = world.walk();
    let genuine = contents(&world.resident.prove(&walked.given, true).unwrap());
    let keystore = world.hospital.ports().keystore.as_ref();
    let minted = keystore.generate(KeyPurpose::Consent).unwrap();
    let public = minted.public.p256().unwrap();
    let (mut header, mut payload) = (header_of(&genuine.grant), payload_of(&genuine.grant));
    header["jwk"] = jwk::to_value(public);
    let thumbprint = json!(to_base64url(&jwk::thumbprint(public)));
    (payload["iss"], payload["sub"]) = (thumbprint.clone(), thumbprint);
    payload["retain"]["days"] = json!(3650);
    let grant = sign(keystore, &minted.id, SigningDomain::Grant, &header, &payload);
    let forged = PackContents { grant, ..genuine };
    let forged = UnverifiedPack::read(&forged.to_bytes().unwrap()).unwrap();
    assert!(forged.check(&CheckInputs::default()).is_err());
}

#[test]
fn row_52_a_log_that_nobody_held_a_commitment_to_is_self_asserted() {
    let world = World::new();
    let walked = world.walk();
    let genuine = contents(&world.resident.prove(&walked.given, true).unwrap());
    let check = |contents: &PackContents| {
        UnverifiedPack::read(&contents.to_bytes().unwrap()).unwrap().check(&CheckInputs::default())
    };
    let unopened = PackContents { opening: None, ..genuine.clone() };
    assert!(check(&unopened).unwrap().list().contains(&Finding::LogIsSelfAsserted));
    // A salt, or a state of the log, that the receipts do not echo.
    let mut bent = genuine.clone();
    bent.opening.as_mut().unwrap().salt[0] ^= 1;
    assert!(check(&bent).is_err());
    let other = world.walk();
    let other = contents(&world.resident.prove(&other.given, true).unwrap());
    let swapped = PackContents { opening: other.opening, ..genuine };
    assert!(check(&swapped).is_err());
    // Made before anybody acknowledged: nobody but the holder speaks for this log.
    let (given, _) = world.envelope(&world.request());
    let early = contents(&world.resident.prove(&given, true).unwrap());
    assert!(check(&early).unwrap().list().contains(&Finding::LogIsSelfAsserted));
}

fn contents(pack: &[u8]) -> PackContents {
    UnverifiedPack::read(pack).unwrap().dangerous_contents().clone()
}
