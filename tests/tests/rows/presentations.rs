//! Rows 13, 16 and 41: presentations that were changed, counted wrongly, or carried under a grant that
//! their subject never gave. The holder's own keys sign everything here: the attacker is the holder, or
//! a verifier who keeps what it received.

use chop_core::flow::Accepted;
use chop_core::samples;
use chop_crypto::encoding::to_base64url;
use chop_crypto::{KeyPurpose, SigningDomain, sha256};
use chop_formats::content::ContentFile;
use chop_formats::file_seal::seal_file;
use chop_formats::frame::KeyBody;
use chop_formats::jose::jwk;
use chop_formats::receipt::Reason;
use chop_formats::sd_jwt::KeyBinding;
use chop_formats::sd_jwt_vc::UnverifiedCredential;
use chop_formats::x509::leaf_key;
use chop_model::UnixTime;
use chop_tests::world::{World, header_of, payload_of, read, sign};
use serde_json::{Value, json};

use crate::contents::refused;

#[test]
fn row_13_a_disclosure_added_removed_or_moved_is_refused() {
    type Edit = fn(&mut Vec<String>, &str);
    let edits: [(&str, Edit); 5] = [
        ("removed", |parts, _| _ = parts.remove(1)),
        ("moved", |parts, _| parts.swap(1, 2)),
        ("twice", |parts, _| parts.insert(1, parts[1].clone())),
        ("added", |parts, whole| {
            let more = whole.split('~').find(|part| !parts.iter().any(|p| p == part)).unwrap();
            parts.insert(1, more.to_owned());
        }),
        ("invented", |parts, _| parts.insert(1, to_base64url(br#"["c2FsdA","award","Doctor"]"#))),
    ];
    for (name, edit) in edits {
        let world = World::new();
        let transcript = whole_transcript(&world);
        let answer = world.bad_answer(&world.request(), |content| {
            let text = &mut content.presentations.get_mut("transcript").unwrap()[0];
            let mut parts: Vec<String> = text.split('~').map(str::to_owned).collect();
            edit(&mut parts, &transcript);
            *text = parts.join("~");
        });
        assert_eq!(refused(&world, &answer).1, Reason::BadPresentation, "{name}");
    }
}

#[test]
fn row_13_a_key_binding_without_or_with_another_sd_hash_is_refused() {
    type Edit = fn(&mut Value);
    let edits: [(&str, Edit); 5] = [
        ("no sd_hash", |kb| _ = kb.as_object_mut().unwrap().remove("sd_hash")),
        ("other sd_hash", |kb| kb["sd_hash"] = json!(to_base64url(&[7; 32]))),
        ("other nonce", |kb| kb["nonce"] = json!("AAAAAAAAAAAAAAAAAAAAAA")),
        ("audience list", |kb| kb["aud"] = json!([kb["aud"].clone()])),
        ("no grant", |kb| _ = kb.as_object_mut().unwrap().remove("chop_grant")),
    ];
    for (name, edit) in edits {
        let world = World::new();
        let answer = world.bad_answer(&world.request(), |content| {
            let text = &mut content.presentations.get_mut("transcript").unwrap()[0];
            let (sd, kb) = text.rsplit_once('~').unwrap();
            let kb = world.rebound(sd, kb, edit);
            *text = format!("{sd}~{kb}");
        });
        assert_eq!(refused(&world, &answer).1, Reason::BadPresentation, "{name}");
    }
    // Without any key binding at all.
    let world = World::new();
    let answer = world.bad_answer(&world.request(), |content| {
        let text = &mut content.presentations.get_mut("transcript").unwrap()[0];
        text.truncate(text.rfind('~').unwrap() + 1);
    });
    assert_eq!(refused(&world, &answer).1, Reason::BadPresentation);
}

#[test]
fn row_16_decoys_are_neither_shown_nor_counted() {
    let world = World::new();
    let padded = world.transcript_with_decoys(64);
    world.resident.take("transcript with decoys.sd-jwt", padded.as_bytes());
    let request = world.request();
    let (_, envelope) = world.envelope(&request);
    let (_, ack) = world.acknowledgement(&envelope);
    let key = read(&world.resident.acknowledge(&ack).unwrap()).key().unwrap();
    let Accepted::Taken(received, outbound) = world.hospital.accept(key).unwrap() else { panic!("refused") };
    let transcript = received.credentials.iter().find(|c| c.query == "transcript").unwrap();
    assert_eq!(transcript.claims.as_object().unwrap().len(), 3);
    // Two sections, three fields, one file, one title.
    let receipt = payload_of(&read(&outbound).use_receipt().unwrap());
    assert_eq!(receipt["claims"].as_array().unwrap().len(), 7);
}

#[test]
fn row_41_a_verifier_makes_no_wider_grant_out_of_what_it_received() {
    let world = World::new();
    let request = world.request();
    let (given, envelope) = world.envelope(&request);
    let parts = world.opened(&request, &envelope);
    let content = world.content(&given, &parts);
    // The hospital's own "consent key" and a grant that permits a year and a thousand uses.
    let keystore = world.hospital.ports().keystore.as_ref();
    let minted = keystore.generate(KeyPurpose::Consent).unwrap();
    let mut header = header_of(&parts.grant);
    let public = minted.public.p256().unwrap();
    header["jwk"] = jwk::to_value(public);
    let mut payload = payload_of(&parts.grant);
    let thumbprint = json!(to_base64url(&jwk::thumbprint(public)));
    (payload["iss"], payload["sub"]) = (thumbprint.clone(), thumbprint);
    payload["retain"]["days"] = json!(3650);
    let wider = sign(keystore, &minted.id, SigningDomain::Grant, &header, &payload);
    let text = &content.presentations["transcript"][0];
    let under = |grant: &str| {
        let digest = sha256(grant.as_bytes());
        let asked = payload_of(&request);
        let credential = UnverifiedCredential::parse(text).unwrap();
        let key = leaf_key(&credential.header().x5c[0]).unwrap();
        let expected = KeyBinding {
            aud: asked["client_id"].as_str().unwrap(),
            nonce: asked["nonce"].as_str().unwrap(),
            max_age: None,
            chop_grant: Some(&digest),
        };
        let now = UnixTime(asked["iat"].as_i64().unwrap());
        credential
            .verify_presentation(&key, &expected, now)
            .map(|_| ())
            .map_err(|e| chop_model::Coded::code(&e))
    };
    assert_eq!(under(&parts.grant), Ok(()));
    assert_eq!(under(&wider), Err("sd-jwt.wrong-grant"));
    // Nor does the wallet of the one who asked take it as an answer.
    let forged = chop_formats::envelope::Envelope { grant: wider, ..parts };
    assert_eq!(
        world.hospital.claim(&world.sealed(&request, &forged)).unwrap_err().code(),
        "grant.other-terms"
    );
}

#[test]
fn files_are_those_that_the_granted_statements_are_about() {
    type Grants = fn(&mut Value, &str);
    let promises: [(&str, Grants); 3] = [
        ("as granted before", |_, _| ()),
        ("the other in its place", |grant, seal| files(grant)[0]["c"] = json!(seal)),
        ("one more", |grant, seal| files(grant).push(json!({"c": seal}))),
    ];
    for (name, promise) in promises {
        let world = World::new();
        let mut other = ContentFile {
            seal: [0; 32],
            salt: [3; 32],
            mime: "text/plain".into(),
            name: "other.txt".into(),
            bytes: b"another file".to_vec(),
        };
        other.seal = seal_file(&other.salt, &other.mime, &other.bytes).unwrap();
        let seal = to_base64url(&other.seal);
        let answer = world.regranted(
            &world.request(),
            |grant| promise(grant, &seal),
            |content| {
                if name != "one more" {
                    content.files.clear();
                }
                content.files.push(other);
            },
        );
        assert_eq!(refused(&world, &answer).1, Reason::BadContent, "{name}");
    }
}

fn files(grant: &mut Value) -> &mut Vec<Value> {
    grant["authorization_details"][0]["files"].as_array_mut().unwrap()
}

#[test]
fn a_part_of_an_own_statement_is_not_to_be_had() {
    let world = World::new();
    let query = json!({"credentials": [{
        "id": "letter", "format": "dc+sd-jwt", "meta": { "vct_values": ["urn:chop:item:1"] },
        "claims": [{ "path": ["file", "size"] }],
    }]});
    let prompt = world.resident.look(&world.request_of(&query, samples::hospital_terms())).unwrap();
    assert!(prompt.queries()[0].candidates.is_empty());
}

#[test]
fn a_presentation_under_another_key_of_content_is_not_taken() {
    let world = World::new();
    let (_, one) = world.envelope(&world.request());
    let (_, ack) = world.acknowledgement(&one);
    let (other, _, _) = world.until_acknowledged();
    let body = KeyBody { key: world.content_key(&other), ack: sha256(ack.as_bytes()) };
    assert_eq!(world.hospital.accept(body).unwrap_err().code(), "content.wrong-key");
}

/// The transcript as the resident holds it, with every disclosure.
fn whole_transcript(world: &World) -> String {
    let cards = world.resident.cards(None, None, 10).unwrap();
    let card = cards.iter().find(|card| card.doc_type == chop_core::samples::TRANSCRIPT_VCT).unwrap();
    world.resident.text_of(&card.id).unwrap()
}
