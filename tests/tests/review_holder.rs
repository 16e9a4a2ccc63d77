//! What could leave unseen, be agreed to unseen, or come back after it was over.

#![cfg(test)]

use std::collections::BTreeSet;
use std::path::Path;

use chop_core::flow::Accepted;
use chop_core::testing::SeededRandom;
use chop_core::{Because, Standing, audit::FlawKind, samples};
use chop_crypto::{KeyPurpose, Keystore, SigningDomain};
use chop_formats::claim_path::{ClaimPath, PathElement};
use chop_formats::ips::{self, IpsBundle};
use chop_formats::log_entry::LogEntry;
use chop_formats::receipt::Reason;
use chop_formats::sd_jwt::Issuance;
use chop_formats::sd_jwt_vc;
use chop_model::{Jurisdiction, Lang, Party};
use chop_tests::world::{KeyPlace, World, agree, choose_all, logged, read};
use chop_vault::table::log;
use serde_json::{Map, Value, json};

#[test]
fn what_stands_open_beside_a_chosen_claim_is_on_the_page() {
    let world = World::new();
    let claims = json!({
        "vct": ADDRESS, "sub": "person 8a1", "origin": "Zhuhai",
        "address": { "street": "Rua A", "flat": "17C", "geo": { "lat": 22 } },
    });
    let whole = [ClaimPath::key("address")];
    let street = path(&["address", "street"]);
    let credential = issue(&world, "Sample Office", claims, &whole);
    world.resident.take("address.sd-jwt", credential.as_bytes());
    let request = world.request_of(&asking(ADDRESS, &["address", "street"]), samples::hospital_terms());
    let prompt = world.resident.look(&request).unwrap();
    let candidate = &prompt.queries()[0].candidates[0];
    let along: Vec<_> =
        candidate.goes_along(&BTreeSet::from([street])).iter().map(ToString::to_string).collect();
    assert_eq!(along, ["address.flat", "address.geo", "origin", "sub"]);
    // Who chooses the whole of it has chosen its parts.
    let along = candidate.goes_along(&BTreeSet::from(whole));
    assert_eq!(along.iter().map(ToString::to_string).collect::<Vec<_>>(), ["origin", "sub"]);
    let page = prompt.page(&choose_all(&prompt), Lang::En).unwrap();
    let text = page.notice.to_text();
    for name in ["street", "flat", "geo", "origin", "sub"] {
        assert!(text.contains(name), "{name} would leave unseen:\n{text}");
    }
}

#[test]
fn an_element_that_would_move_is_not_offered() {
    let world = World::new();
    let claims = json!({ "vct": ADDRESS, "flags": ["first", "second"] });
    let flag = |index| ClaimPath::key("flags").then(PathElement::Index(index)).unwrap();
    let credential = issue(&world, "Sample Office", claims, &[flag(0), flag(1)]);
    world.resident.take("flags.sd-jwt", credential.as_bytes());
    let mut query = asking(ADDRESS, &[]);
    query["credentials"][0]["claims"] = json!([{ "path": ["flags", 0] }, { "path": ["flags", 1] }]);
    let prompt = world.resident.look(&world.request_of(&query, samples::hospital_terms())).unwrap();
    // Alone, the second would arrive as the first.
    assert_eq!(prompt.queries()[0].candidates[0].answers, BTreeSet::from([flag(0)]));
}

#[test]
fn steps_side_by_side_keep_the_anchor_going_forward() {
    let mut world = World::new();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..20 {
                    world.resident.set_place(Jurisdiction::Hk).unwrap();
                }
            });
        }
    });
    assert!(world.resident.audit(&mut |_, _| {}).unwrap().is_clean());
    world.resident.reopen();
    assert_eq!(world.resident.standing(), Standing::Current);
}

#[test]
fn a_key_store_that_forgot_is_in_the_record() {
    let mut world = World::with_keys(KeyPlace::File);
    world.resident.close();
    std::fs::remove_file(world.resident.folder().with_extension("keys.anchors")).unwrap();
    world.resident.reopen();
    assert_eq!(world.resident.standing(), Standing::NotWitnessed);
    world.resident.reopen();
    assert_eq!(world.resident.standing(), Standing::Current);
    let noted = |entry: &LogEntry| entry.text("standing") == Some("not-witnessed");
    assert_eq!(logged(&world.resident).iter().filter(|entry| noted(entry)).count(), 1);
}

#[test]
fn another_holding_behind_the_same_words_is_another_page() {
    let world = World::new();
    let request = world.request_of(&asking("urn:chop:item:1", &["title"]), samples::hospital_terms());
    let code = || {
        let prompt = world.resident.look(&request).unwrap();
        let page = prompt.page(&choose_all(&prompt), Lang::En).unwrap();
        (page.code, page.notice.digest)
    };
    let before = code();
    // Nobody named a holding; this one now comes first.
    world.resident.take_record(r#"{"title":"something else"}"#);
    let after = code();
    assert_eq!(before.1, after.1, "the same words");
    assert_ne!(before.0, after.0, "another holding answers");
}

#[test]
fn nothing_that_travels_is_printed() {
    let world = World::new();
    let (_, _, ack) = world.until_acknowledged();
    let outbound = world.resident.acknowledge(&ack).unwrap();
    assert_eq!(format!("{outbound:?}"), "Outbound(Key, 1 frames)");
    assert_eq!(format!("{:?}", read(&outbound)), "Inbound(key)");
    let Accepted::Taken(received, _) = world.hospital.accept(read(&outbound).key().unwrap()).unwrap() else {
        panic!("refused")
    };
    assert_eq!(format!("{received:?}"), "Received(4 credentials, 1 files)");
    assert_eq!(format!("{:?}", received.files), "[ReceivedFile(55 bytes)]");
}

#[test]
fn staying_off_the_list_gives_nobody_a_listed_type() {
    let world = World::new();
    let bundle = IpsBundle::read(samples::PATIENT_SUMMARY).unwrap();
    let mut claims = bundle.as_claims();
    claims.insert("vct".into(), json!(ips::VCT));
    let forged = issue(&world, "Bakery Beside", Value::Object(claims), &bundle.disclosable());
    let forged = world.resident.take("forged.sd-jwt", forged.as_bytes());
    assert_eq!(forged.seal_reason, "trust.other-role");
    let request = world.request_of(&samples::hospital_query(), samples::hospital_terms());
    let prompt = world.resident.look(&request).unwrap();
    let mut choices = choose_all(&prompt);
    choices.items.insert("summary".into(), forged.id);
    let consent = agree(&world.resident, prompt, &choices).unwrap();
    let outbound = world.resident.grant(consent).unwrap();
    let (_, ack) = world.acknowledgement(&read(&outbound).data().unwrap());
    let outbound = world.resident.acknowledge(&ack).unwrap();
    let accepted = world.hospital.accept(read(&outbound).key().unwrap()).unwrap();
    assert!(matches!(accepted, Accepted::Refused(Reason::UntrustedIssuer, _)), "{accepted:?}");
}

#[test]
fn what_was_taken_can_still_be_read_after_the_certificates_ended() {
    let world = World::new();
    let walked = world.walk();
    world.clock.move_by(5 * 365 * 86_400);
    let received = world.hospital.received(&walked.taken).unwrap();
    assert_eq!(received.credentials.len(), 4);
}

#[test]
fn a_folder_of_an_epoch_that_ended_is_a_roll_back() {
    let mut world = World::new();
    world.resident.close();
    let copy = world.path("copy");
    copy_folder(world.resident.folder(), &copy);
    world.resident.reopen();
    world.resident.wallet_mut().begin_epoch(Because::RolledBack).unwrap();
    world.envelope(&world.request());
    world.resident.close();
    // Up to its last entry the copy is just what the key store once remembered of that origin.
    let copied = world.resident.open_at(&copy).unwrap();
    assert_eq!(copied.standing(), Standing::RolledBack);
    assert_eq!(copied.set_place(Jurisdiction::Mo).unwrap_err().code(), "log.rolled-back");
}

#[test]
fn an_entry_taken_out_with_its_keys_is_found() {
    let world = World::new();
    let clean = world.resident.audit(&mut |_, _| {}).unwrap();
    assert!(clean.is_clean(), "{clean:?}");
    world.resident.vault().write(|tx| log::erase(tx, 3)).unwrap();
    let report = world.resident.audit(&mut |_, _| {}).unwrap();
    let found = report.flaws.iter().any(|f| f.kind == FlawKind::EntryMissing && f.place == "log 3");
    assert!(found, "{report:?}");
}

/// A credential by somebody whom no list names, under the same authority.
fn issue(world: &World, name: &str, claims: Value, disclosable: &[ClaimPath]) -> String {
    let Value::Object(mut claims): Value = claims else { return String::new() };
    let holder = world.resident.make_credential_key().unwrap();
    let key = world.keys.generate(KeyPurpose::Issuer).unwrap();
    let mut party: Party = samples::clinic();
    party.names.en = name.into();
    party.legal_id.value = "other-77".into();
    let leaf = world.authority.leaf(&party, "other.example.invalid", key.public.p256().unwrap());
    insert_time(&mut claims, world);
    let issuance = Issuance {
        typ: sd_jwt_vc::TYP,
        x5c: &[leaf],
        kid: None,
        claims: &claims,
        disclosable,
        holder: Some(&holder),
        pad_digests_to: 0,
    };
    let sign = |input: &[u8]| world.keys.sign(&key.id, SigningDomain::Credential, input);
    sd_jwt_vc::issue(&SeededRandom::new(name), &issuance, &sign).unwrap()
}

fn insert_time(claims: &mut Map<String, Value>, world: &World) {
    use chop_core::Clock;
    claims.insert("iat".into(), json!(world.clock.now().0));
}

fn asking(vct: &str, path: &[&str]) -> Value {
    json!({ "credentials": [{
        "id": "q", "format": "dc+sd-jwt", "meta": { "vct_values": [vct] }, "claims": [{ "path": path }],
    }] })
}

fn path(keys: &[&str]) -> ClaimPath {
    ClaimPath::new(keys.iter().map(|key| PathElement::Key((*key).into())).collect()).unwrap()
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir(to).unwrap();
    for file in std::fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), to.join(file.file_name())).unwrap();
    }
}

const ADDRESS: &str = "urn:example:address:1";
