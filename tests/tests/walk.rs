//! The walk, end to end, from real files on disk: the hospital receives exactly what was granted, once,
//! and both records say so.

#![cfg(test)]

use std::collections::BTreeSet;

use chop_core::flow::{self, Accepted, Choices, Inbound, Outbound};
use chop_core::{Clock, Wallet, qr, samples};
use chop_formats::claim_path::ClaimPath;
use chop_formats::content::open_content;
use chop_formats::delivery::UnverifiedDelivery;
use chop_formats::frame::MessageKind;
use chop_formats::grant::UnverifiedGrant;
use chop_formats::ips::IpsBundle;
use chop_formats::receipt::Outcome;
use chop_model::{Id, Lang};
use chop_tests::world::{
    KeyPlace, LETTER, RECORD, World, act, agree, ask_all, choose_all, dump, logged_kinds, read,
};
use chop_vault::table::artefact::{self, ArtefactKind};
use chop_vault::table::secret::{self, SecretKind};
use serde_json::Value;

#[test]
fn the_hospital_receives_exactly_what_was_granted() {
    let mut world = World::new();
    let walked = world.walk();
    let received = &walked.received;
    let claims = |query: &str| &received.credentials.iter().find(|c| c.query == query).unwrap().claims;
    let names = |query: &str| {
        let mut names: Vec<_> = claims(query).as_object().unwrap().keys().cloned().collect();
        names.sort();
        names
    };
    assert_eq!(names("summary"), ["10160-0", "48765-2"]);
    assert_eq!(names("transcript"), ["award", "gpa", "name"]);
    assert_eq!(names("statement"), ["title"]);
    assert_eq!(names("letter"), ["file"]);
    let transcript: Value = serde_json::from_slice(samples::TRANSCRIPT).unwrap();
    for name in ["award", "gpa", "name"] {
        assert_eq!(claims("transcript")[name], transcript[name]);
    }
    assert_eq!(received.files.len(), 1);
    assert_eq!(received.files[0].bytes, LETTER);
    assert_eq!(received.files[0].name, "letter.pdf");
    for credential in &received.credentials {
        let is_own = ["letter", "statement"].contains(&credential.query.as_str());
        assert_eq!(credential.issuer.is_none(), is_own, "{}", credential.query);
    }
    assert_eq!(walked.outcome.outcome, Outcome::Accepted {});
    // Nothing else arrived: not in what was opened, not in any row of the hospital's space.
    let opened = opened_texts(&world.hospital, &walked.taken);
    world.hospital.close();
    let stored = dump(&world.hospital);
    let kept_back = kept_back();
    assert!(kept_back.len() > 100, "{} texts", kept_back.len());
    for text in &kept_back {
        assert!(!holds(&opened, text), "{text} was handed over");
        assert!(!holds(&stored, text), "{text} was stored");
    }
    // The same search finds what was granted.
    assert!(holds(&opened, transcript["award"]["en"].as_str().unwrap()));
}

#[test]
fn both_records_tell_the_whole_exchange() {
    let mut world = World::new();
    let (before_given, before_taken) =
        (logged_kinds(&world.resident).len(), logged_kinds(&world.hospital).len());
    let walked = world.walk();
    for _ in 0..2 {
        let given = logged_kinds(&world.resident);
        let taken = logged_kinds(&world.hospital);
        let told: Vec<_> = given[before_given..].iter().filter(|kind| **kind != "key-rotated").collect();
        assert_eq!(told, [&"spent", &"offered", &"acked", &"released", &"used"]);
        assert_eq!(
            taken[before_taken..],
            ["requested", "offered", "received", "offered", "verified", "offered"]
        );
        world.resident.reopen();
        world.hospital.reopen();
        assert_eq!((world.resident.interrupted(), world.hospital.interrupted()), (0, 0));
    }
    let again = world.hospital.received(&walked.taken).unwrap();
    assert_eq!(again.credentials.len(), walked.received.credentials.len());
}

#[test]
fn the_walk_is_the_same_with_keys_in_a_file_and_a_restart_between_all_steps() {
    let mut world = World::with_keys(KeyPlace::File);
    let request = world.request();
    world.hospital.reopen();
    let (_, envelope) = world.envelope(&request);
    world.resident.reopen();
    let (_, ack) = world.acknowledgement(&envelope);
    world.hospital.reopen();
    let outbound = world.resident.acknowledge(&ack).unwrap();
    let key = read(&outbound).key().unwrap();
    world.resident.shown(outbound).unwrap();
    world.resident.reopen();
    let Accepted::Taken(received, outbound) = world.hospital.accept(key).unwrap() else { panic!("refused") };
    let receipt = read(&outbound).use_receipt().unwrap();
    world.hospital.shown(outbound).unwrap();
    let outcome = world.resident.confirm(MessageKind::Use, &receipt).unwrap();
    assert_eq!(outcome.outcome, Outcome::Accepted {});
    assert_eq!(received.files[0].bytes, LETTER);
}

#[test]
fn every_message_crosses_as_pictures() {
    let world = World::new();
    let asked = ask_all(&world.hospital);
    let request = photographed(&asked).request().unwrap();
    world.hospital.shown(asked).unwrap();
    let data = world.resident.grant(world.consent(&request)).unwrap();
    let envelope = photographed(&data).data().unwrap();
    world.resident.shown(data).unwrap();
    let acknowledged = world.hospital.claim(&envelope).unwrap();
    let ack = photographed(&acknowledged).acknowledgement().unwrap();
    world.hospital.shown(acknowledged).unwrap();
    let released = world.resident.acknowledge(&ack).unwrap();
    let key = photographed(&released).key().unwrap();
    world.resident.shown(released).unwrap();
    let Accepted::Taken(received, outbound) = world.hospital.accept(key).unwrap() else { panic!("refused") };
    let receipt = photographed(&outbound).use_receipt().unwrap();
    world.hospital.shown(outbound).unwrap();
    world.resident.confirm(MessageKind::Use, &receipt).unwrap();
    assert_eq!(received.credentials.len(), 4);
}

#[test]
fn nothing_is_chosen_beforehand_and_only_what_is_chosen_goes() {
    let world = World::new();
    let request = world.request();
    let prompt = world.resident.look(&request).unwrap();
    assert_eq!(Choices::default().claims.len(), 0);
    let (choices, agreement) = act(&world.resident, &prompt, &Choices::default());
    let (prompt, error) = prompt.answer(&choices, &agreement).unwrap_err();
    assert_eq!(error.code(), "consent.nothing-chosen");
    // One claim of one credential; the rest of the request stays unanswered.
    let mut choices = Choices::default();
    choices.claims.insert("transcript".into(), [ClaimPath::key("award")].into());
    let consent = agree(&world.resident, *prompt, &choices).unwrap();
    let data = world.resident.grant(consent).unwrap();
    let envelope = read(&data).data().unwrap();
    let (_, ack) = world.acknowledgement(&envelope);
    let key = read(&world.resident.acknowledge(&ack).unwrap()).key().unwrap();
    let Accepted::Taken(received, _) = world.hospital.accept(key).unwrap() else { panic!("refused") };
    assert_eq!(received.credentials.len(), 1);
    assert_eq!(received.credentials[0].claims.as_object().unwrap().keys().collect::<Vec<_>>(), ["award"]);
    assert!(received.files.is_empty());
}

#[test]
fn a_page_that_was_not_read_is_not_agreed_to() {
    let world = World::new();
    let prompt = world.resident.look(&world.request()).unwrap();
    let choices = choose_all(&prompt);
    let (choices, mut agreement) = act(&world.resident, &prompt, &choices);
    let consents = std::mem::take(&mut agreement.consents);
    let (prompt, error) = prompt.answer(&choices, &agreement).unwrap_err();
    assert_eq!(error.code(), "consent.unsettled");
    agreement.consents = consents;
    agreement.lang = Lang::En;
    let (prompt, error) = prompt.answer(&choices, &agreement).unwrap_err();
    assert_eq!(error.code(), "consent.other-page");
    let fewer = Choices { claims: choices.claims.clone().into_iter().take(1).collect(), ..choices };
    agreement.lang = Lang::ZhHant;
    assert_eq!(prompt.answer(&fewer, &agreement).unwrap_err().1.code(), "consent.other-page");
    assert_eq!(logged_kinds(&world.resident).iter().filter(|kind| **kind == "spent").count(), 0);
}

#[test]
fn declining_leaves_one_line_and_nothing_to_the_asker() {
    let world = World::new();
    let request = world.request();
    let before = logged_kinds(&world.resident);
    let asked = logged_kinds(&world.hospital);
    let id = world.resident.decline(world.resident.look(&request).unwrap()).unwrap();
    let after = logged_kinds(&world.resident);
    assert_eq!(after[before.len()..], ["declined"]);
    assert_eq!(world.resident.again(&id).unwrap_err().code(), "exchange.wrong-step");
    assert!(artefacts(&world.resident, &id).is_empty());
    assert_eq!(logged_kinds(&world.hospital), asked);
    assert_eq!(world.resident.look(&request).unwrap_err().code(), "request.answered-before");
}

#[test]
fn withdrawing_has_two_answers_and_no_third() {
    let mut world = World::new();
    let (given, envelope) = world.envelope(&world.request());
    let (_, ack) = world.acknowledgement(&envelope);
    world.resident.withdraw(&given).unwrap();
    for _ in 0..2 {
        assert_eq!(world.resident.acknowledge(&ack).unwrap_err().code(), "exchange.withdrawn");
        assert_eq!(world.resident.again(&given).unwrap_err().code(), "exchange.withdrawn");
        world.resident.withdraw(&given).unwrap();
        world.resident.reopen();
    }
    assert_eq!(logged_kinds(&world.resident).iter().filter(|kind| **kind == "revoked").count(), 1);
    let (given, _, ack) = world.until_acknowledged();
    world.resident.shown(world.resident.acknowledge(&ack).unwrap()).unwrap();
    assert_eq!(world.resident.withdraw(&given).unwrap_err().code(), "exchange.already-released");
    assert!(matches!(read(&world.resident.acknowledge(&ack).unwrap()), Inbound::Key(_)));
}

#[test]
fn after_every_ending_both_records_agree_with_their_rows() {
    let mut world = World::new();
    let walked = world.walk();
    let (given, _, _) = world.until_acknowledged();
    world.resident.withdraw(&given).unwrap();
    world.resident.decline(world.resident.look(&world.request()).unwrap()).unwrap();
    world.resident.prove(&walked.given, false).unwrap();
    let letter = world.resident.search("letter", 5).unwrap();
    world.resident.erase(&letter[0].id).unwrap();
    for space in [&mut world.resident, &mut world.hospital] {
        for _ in 0..2 {
            let report = space.audit(&mut |_, _| ()).unwrap();
            assert_eq!(report.flaws, []);
            assert!(report.entries > 10 && report.rows > 10);
            space.reopen();
        }
    }
}

#[test]
fn what_was_taken_can_be_read_for_as_long_as_it_is_kept() {
    let world = World::new();
    let walked = world.walk();
    // Past every certificate and the trust list.
    world.clock.move_by(3 * 365 * 86_400);
    let kept = world.hospital.received(&walked.taken).unwrap();
    assert_eq!(kept.files[0].bytes, LETTER);
    assert_eq!(kept.credentials.len(), 4);
}

#[test]
fn a_grant_that_ran_out_releases_no_key() {
    let world = World::new();
    let (given, _, ack) = world.until_acknowledged();
    world.clock.move_by(flow::GRANT_SECONDS + 1);
    assert_eq!(world.resident.acknowledge(&ack).unwrap_err().code(), "exchange.expired");
    assert_eq!(world.resident.again(&given).unwrap_err().code(), "exchange.expired");
    assert!(world.clock.now() > chop_tests::world::BEGIN);
}

/// The message as a camera gets it: each frame drawn as a PNG, read back, last one first.
fn photographed(outbound: &Outbound) -> Inbound {
    let pictures = outbound.frames().iter().rev();
    let texts: Vec<String> = pictures
        .flat_map(|text| qr::read(&qr::draw(text).unwrap().png(qr::MODULE_PIXELS).unwrap()).unwrap())
        .collect();
    flow::read(&texts).unwrap()
}

fn artefacts(wallet: &Wallet, id: &Id) -> Vec<artefact::Row> {
    wallet.vault().read(|read| artefact::of_exchange(read, id)).unwrap()
}

/// Every text of the resident's holdings that is in none of the granted claims.
fn kept_back() -> BTreeSet<String> {
    let mut transcript: Value = serde_json::from_slice(samples::TRANSCRIPT).unwrap();
    let mut summary = Value::Object(IpsBundle::read(samples::PATIENT_SUMMARY).unwrap().as_claims());
    let mut record: Value = serde_json::from_str(RECORD).unwrap();
    let mut granted = String::new();
    for (holding, names) in [
        (&mut transcript, ["name", "award", "gpa"].as_slice()),
        (&mut summary, &["48765-2", "10160-0"]),
        (&mut record, &["title"]),
    ] {
        for name in names {
            granted += &holding.as_object_mut().unwrap().remove(*name).unwrap().to_string();
        }
    }
    let mut texts = BTreeSet::new();
    let mut rest = vec![&transcript, &summary, &record];
    while let Some(value) = rest.pop() {
        match value {
            Value::String(text) if text.len() >= LONG_ENOUGH => _ = texts.insert(text.clone()),
            Value::Array(items) => rest.extend(items),
            Value::Object(members) => rest.extend(members.values()),
            _ => {}
        }
    }
    // The issuer's own name is in its certificate.
    let public = granted + &serde_json::to_string(&samples::university()).unwrap();
    texts.retain(|text| !public.contains(serde_json::to_string(text).unwrap().trim_matches('"')));
    texts
}

/// Bytes below which a text may be in a row by chance.
const LONG_ENOUGH: usize = 12;

/// What the verifier's stored objects say, each part decoded, and the content under the key that it
/// was given.
fn opened_texts(wallet: &Wallet, id: &Id) -> Vec<u8> {
    let rows = artefacts(wallet, id);
    let stored = |kind| rows.iter().find(|row| row.kind == kind).unwrap();
    let text = |kind| stored(kind).text().unwrap();
    let grant = UnverifiedGrant::parse(text(ArtefactKind::Grant)).unwrap().verify_as_record().unwrap();
    let delivery = UnverifiedDelivery::parse(text(ArtefactKind::Delivery)).unwrap();
    let binding = delivery.verify_as_record(&grant).unwrap().payload().binding();
    let key = wallet.vault().read(|read| secret::find(read, id, SecretKind::ContentKey)).unwrap().unwrap();
    let content = open_content(&key, &binding, &stored(ArtefactKind::Content).bytes).unwrap();
    let presented = content.presentations.values().flatten().map(String::as_str);
    presented
        .chain(rows.iter().filter_map(|row| row.text().ok()))
        .flat_map(|text| text.split(['~', '.']).flat_map(chop_crypto::encoding::from_base64url))
        .flatten()
        .collect()
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}
