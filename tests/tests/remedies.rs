//! What a person can do after a grant: rows 85, 107, 108, 109, 110 and 119 of gba.md section 1, on real
//! spaces.

#![cfg(test)]

use chop_core::holdings::{Import, Imported};
use chop_core::remedy::{CaseKind, CaseState, Hearing, NewCase, Step, Subject};
use chop_core::{Clock, samples};
use chop_formats::consent_record::RightKind;
use chop_formats::ips::{self, IpsBundle};
use chop_formats::log_entry::EntryKind;
use chop_model::{CollectionStatement, Id, Jurisdiction, UnixTime};
use chop_tests::world::{World, agree, choose_all, logged};
use serde_json::json;

const DAY: i64 = 86_400;

/// A request for access to a recipient in Hong Kong: forty days from the day it was sent.
#[test]
fn gba_row_85_a_hong_kong_request_shows_the_forty_day_clock() {
    let (world, given) = granted_in_hong_kong();
    let wallet = &world.resident;
    let law = wallet.law_of_right(&given, RightKind::Access).unwrap();
    assert_eq!(law.days, Some(40));
    assert!(law.law.ends_with("[M]"), "the unconfirmed mark is shown: {}", law.law);
    let id = wallet.open_case(&ask(given, CaseKind::Rights, Subject::Right(RightKind::Access))).unwrap();
    assert_eq!(wallet.case(&id).unwrap().due, None, "no clock runs before it was sent");
    world.clock.move_by(3 * DAY);
    let sent = now(&world);
    wallet.step_case(&id, Step::Send, "by registered post", None).unwrap();
    let case = wallet.case(&id).unwrap();
    assert_eq!((case.state, case.due), (CaseState::Sent, Some(sent.plus(40 * DAY))));
    // The acknowledgement (受理函) has its place, and does not stop the clock.
    wallet.step_case(&id, Step::Acknowledge, "reference DAR-17", None).unwrap();
    let case = wallet.case(&id).unwrap();
    assert_eq!(case.acknowledged().unwrap().text, "reference DAR-17");
    world.clock.move_by(40 * DAY);
    assert!(!wallet.case(&id).unwrap().is_overdue, "the last second is in time");
    world.clock.move_by(1);
    assert!(wallet.case(&id).unwrap().is_overdue);
    wallet.step_case(&id, Step::Reply, "I asked again", None).unwrap();
    world.clock.move_by(-60 * DAY);
    assert!(wallet.case(&id).unwrap().is_overdue, "a clock set back makes nobody punctual");
    wallet.step_case(&id, Step::Answer, "a copy came", None).unwrap();
    assert!(!wallet.case(&id).unwrap().is_overdue);
    assert_eq!(wallet.audit(&mut |_, _| ()).unwrap().flaws, []);
}

/// Filed, then accepted or rejected with a reason, then resolved; what was said is kept.
#[test]
fn gba_row_107_a_complaint_about_a_field_goes_its_way_and_is_exported() {
    let world = World::new();
    let walked = world.walk();
    let wallet = &world.resident;
    let field = || Subject::Field { doc_type: ips::VCT.into(), key: "48765-2".into() };
    let id = wallet.open_case(&ask(walked.given, CaseKind::Complaint, field())).unwrap();
    assert_eq!(wallet.case(&id).unwrap().state, CaseState::Filed);
    let refused = |step, text: &str| wallet.step_case(&id, step, text, None).unwrap_err();
    assert_eq!(refused(Step::Resolve, "done").code(), "remedy.illegal-step");
    assert_eq!(refused(Step::Reject, "  ").code(), "remedy.no-reason");
    wallet.step_case(&id, Step::Accept, "", None).unwrap();
    wallet.step_case(&id, Step::Reply, "we look into it", None).unwrap();
    wallet.step_case(&id, Step::Resolve, "the entry was put right", None).unwrap();
    assert_eq!(refused(Step::Reply, "late").code(), "remedy.illegal-step");
    let case = wallet.case(&id).unwrap();
    let said: Vec<_> = case.said.iter().map(|said| said.step.as_str()).collect();
    assert_eq!(said, ["open", "accept", "reply", "resolve"]);
    let file = serde_json::to_value(case.to_file()).unwrap();
    assert_eq!(
        (&file["state"], &file["said"][3]["text"]),
        (&json!("resolved"), &json!("the entry was put right"))
    );
    // Each step is one entry of the log, and says nothing of what was said.
    let steps: Vec<_> = logged(wallet)
        .into_iter()
        .filter(|entry| entry.kind == EntryKind::Remedy)
        .map(|entry| entry.text("step").unwrap().to_owned())
        .collect();
    assert_eq!(steps, ["open", "accept", "reply", "resolve"]);
    // Only who gave something complains about it here.
    let theirs = world.hospital.open_case(&ask(walked.taken, CaseKind::Complaint, Subject::Conduct));
    assert_eq!(theirs.unwrap_err().code(), "remedy.not-given");
}

/// The issuer corrects a value: everybody who got the wrong one is found, and nobody else.
#[test]
fn gba_row_108_a_correction_finds_everybody_who_got_the_wrong_value() {
    let world = World::new();
    let wallet = &world.resident;
    let wrong = granted_of(&world, "48765-2");
    let other = granted_of(&world, "10160-0");
    let item =
        wallet.cards(None, None, 50).unwrap().into_iter().find(|card| card.doc_type == ips::VCT).unwrap().id;
    assert_eq!(wallet.who_got_wrong(&item).unwrap().reached, []);
    let corrected = corrected_summary(&world);
    let mut bytes = corrected.as_bytes();
    let import = Import {
        form: None,
        title: None,
        name: "summary.sd-jwt",
        size: bytes.len() as u64,
        bytes: &mut bytes,
    };
    let Imported { .. } = wallet.replace(&item, import).unwrap();
    let found = wallet.who_got_wrong(&item).unwrap();
    // What the records say: who was granted the claim that is different now.
    let by_records: Vec<Id> = wallet
        .consents()
        .unwrap()
        .into_iter()
        .map(|view| view.id)
        .filter(|id| {
            let document = wallet.consent_record(id).unwrap();
            let items = &document.record().items;
            items.iter().flat_map(|item| &item.claims).any(|claim| claim.path == [json!("48765-2")])
        })
        .collect();
    assert_eq!(by_records, [wrong]);
    assert_eq!(found.reached.iter().map(|reached| reached.exchange).collect::<Vec<_>>(), by_records);
    assert!(found.reached.iter().all(|reached| reached.exchange != other), "it got nothing that changed");
    assert_eq!((found.reached[0].wrong, found.right), (1, 2));
    assert_eq!(found.reached[0].recipient.en, "Sample Hospital");
    // A notice for each of them, once.
    let made = wallet.prepare_corrections(&item).unwrap();
    assert_eq!(made.len(), 1);
    let case = wallet.case(&made[0]).unwrap();
    assert_eq!((case.kind, case.state, case.exchange), (CaseKind::Correction, CaseState::Prepared, wrong));
    assert_eq!(wallet.prepare_corrections(&item).unwrap(), []);
    assert_eq!(wallet.audit(&mut |_, _| ()).unwrap().flaws, []);
}

/// 申請 → 受理 → 調查 → 審理 → 決定: no stage is jumped, no refusal without a reason.
#[test]
fn gba_row_109_a_dispute_goes_through_five_stages_in_order() {
    let world = World::new();
    let walked = world.walk();
    let wallet = &world.resident;
    let id = wallet.open_case(&ask(walked.given, CaseKind::Dispute, Subject::Conduct)).unwrap();
    let refused = |step| wallet.step_case(&id, step, "because", None).unwrap_err().code();
    for step in [Step::Investigate, Step::Decide, Step::Close, Step::Resolve, Step::Send] {
        assert_eq!(refused(step), "remedy.illegal-step", "{step:?}");
    }
    assert_eq!(wallet.step_case(&id, Step::Refuse, "", None).unwrap_err().code(), "remedy.no-reason");
    wallet.step_case(&id, Step::Accept, "", None).unwrap();
    wallet.step_case(&id, Step::Investigate, "", None).unwrap();
    assert_eq!(refused(Step::Decide), "remedy.illegal-step");
    let hearing = || Some(Hearing { at: now(&world).plus(DAY), place: "Room 1".into() });
    wallet.step_case(&id, Step::Hear, "", hearing()).unwrap();
    assert_eq!(wallet.step_case(&id, Step::Decide, " ", None).unwrap_err().code(), "remedy.no-reason");
    wallet.step_case(&id, Step::Decide, "the use went beyond the purpose", None).unwrap();
    wallet.step_case(&id, Step::Close, "", None).unwrap();
    assert!(wallet.case(&id).unwrap().state.is_over());
}

/// Either side may ask for a hearing; without time and place there is none.
#[test]
fn gba_row_110_a_hearing_needs_a_time_and_a_place_and_either_side_may_ask() {
    let world = World::new();
    let walked = world.walk();
    let wallet = &world.resident;
    let id = wallet.open_case(&ask(walked.given, CaseKind::Dispute, Subject::Conduct)).unwrap();
    for step in [Step::Accept, Step::Investigate] {
        wallet.step_case(&id, step, "", None).unwrap();
    }
    let place = |place: &str| Some(Hearing { at: now(&world).plus(DAY), place: place.into() });
    let hear = |hearing| wallet.step_case(&id, Step::Hear, "asked for by the hospital", hearing);
    assert_eq!(hear(None).unwrap_err().code(), "remedy.no-hearing");
    assert_eq!(hear(place("  ")).unwrap_err().code(), "remedy.no-hearing");
    hear(place("Room 1")).unwrap();
    let case = wallet.case(&id).unwrap();
    assert_eq!(case.hearing().unwrap().place, "Room 1");
    // A hearing is said with no other step.
    let decided = wallet.step_case(&id, Step::Decide, "so it is", place("Room 2"));
    assert_eq!(decided.unwrap_err().code(), "remedy.no-hearing");
}

/// Step by step with the time between, from the log alone: an entry, a step; no entry, no step.
#[test]
fn gba_row_119_a_timeline_is_built_from_log_entries_alone() {
    let world = World::new();
    let (given, envelope) = world.envelope(&world.request());
    world.clock.move_by(20);
    let (_, ack) = world.acknowledgement(&envelope);
    let key = world.resident.acknowledge(&ack).unwrap();
    let text = chop_tests::world::read(&key).key().unwrap();
    world.resident.shown(key).unwrap();
    world.clock.move_by(40);
    let chop_core::flow::Accepted::Taken(_, receipt) = world.hospital.accept(text).unwrap() else {
        unreachable!("the hospital refused what it asked for")
    };
    let used = chop_tests::world::read(&receipt).use_receipt().unwrap();
    world.resident.confirm(chop_formats::frame::MessageKind::Use, &used).unwrap();
    let timeline = world.resident.timeline(&given).unwrap();
    // The same by hand, from the entries.
    let name = given.to_string();
    let entries: Vec<_> = world
        .resident
        .record_lines(u64::MAX)
        .unwrap()
        .into_iter()
        .rev()
        .filter(|line| line.entry.as_ref().is_some_and(|entry| entry.text("exchange") == Some(&name)))
        .collect();
    assert_eq!(timeline.steps.len(), entries.len());
    for (step, line) in timeline.steps.iter().zip(&entries) {
        let entry = line.entry.as_ref().unwrap();
        assert_eq!((step.index, step.kind, step.at), (line.index, entry.kind, entry.at));
    }
    let first = timeline.steps.first().unwrap();
    let last = timeline.steps.last().unwrap();
    assert_eq!(first.kind, EntryKind::Spent);
    assert_eq!(last.kind, EntryKind::Used);
    assert_eq!((timeline.elapsed, last.at.0 - first.at.0), (60, 60));
    let unknown = world.resident.timeline(&Id([7; 16])).unwrap_err();
    assert_eq!(unknown.code(), "exchange.unknown");
    // A clock that went back shows no negative time.
    world.clock.move_by(-3600);
    world.resident.open_case(&ask(given, CaseKind::Complaint, Subject::Conduct)).unwrap();
    let timeline = world.resident.timeline(&given).unwrap();
    assert_eq!((timeline.steps.last().unwrap().since, timeline.elapsed), (0, 60));
}

/// Per recipient: what they hold of mine, until when, and whether they signed for it.
#[test]
fn recipients_are_listed_with_what_they_hold() {
    let world = World::new();
    let walked = world.walk();
    let open = granted_of(&world, "48765-2");
    let recipients = world.resident.recipients().unwrap();
    assert_eq!(recipients.len(), 1);
    let hospital = &recipients[0];
    assert_eq!((hospital.name.en.as_str(), hospital.place), ("Sample Hospital", Jurisdiction::Cn));
    assert_eq!(hospital.rights.len(), 7);
    let held: Vec<_> = hospital.holds.iter().map(|held| held.exchange).collect();
    assert!(held.contains(&walked.given) && held.contains(&open));
    let used = hospital.holds.iter().find(|held| held.exchange == walked.given).unwrap();
    let record = world.resident.consent_record(&walked.given).unwrap();
    assert_eq!(used.claims.len(), record.record().items.iter().map(|item| item.claims.len()).sum::<usize>());
    assert_eq!(used.keep_until, record.record().created_at.plus(30 * DAY));
    assert_eq!(world.hospital.recipients().unwrap(), []);
}

fn ask(exchange: Id, kind: CaseKind, subject: Subject) -> NewCase {
    NewCase { kind, exchange, subject, text: "in my own words".into(), due: None }
}

fn now(world: &World) -> UnixTime {
    world.clock.now()
}

/// A grant of one claim of the summary, whose sealed data were shown.
fn granted_of(world: &World, claim: &str) -> Id {
    let request = world.request_of(&samples::outpatient_query(), samples::outpatient_terms());
    let prompt = world.resident.look(&request).unwrap();
    let mut choices = choose_all(&prompt);
    for claims in choices.claims.values_mut() {
        claims.retain(|path| path.to_string().contains(claim));
    }
    let outbound = world.resident.grant(agree(&world.resident, prompt, &choices).unwrap()).unwrap();
    let id = outbound.exchange();
    world.resident.shown(outbound).unwrap();
    id
}

/// The clinic's summary with other allergies and the same medications.
fn corrected_summary(world: &World) -> String {
    let bundle = IpsBundle::read(samples::PATIENT_SUMMARY).unwrap();
    let mut claims = bundle.as_claims();
    claims.insert("48765-2".into(), json!([{ "corrected": true }]));
    world.paper(ips::VCT, &claims.into())
}

/// A world whose hospital sits in Hong Kong, and a grant to it.
fn granted_in_hong_kong() -> (World, Id) {
    let mut world = World::new();
    let mut party = samples::hospital();
    party.jurisdiction = Jurisdiction::Hk;
    party.legal_id = chop_model::LegalId { scheme: "BRN".into(), value: "00000009".into() };
    let leaf =
        world.authority.leaf(&party, "hospital.example.invalid", &world.hospital.verifier_key().unwrap());
    world.hospital.certify(std::slice::from_ref(&leaf)).unwrap();
    world.hospital.set_place(Jurisdiction::Hk).unwrap();
    world.list = world.list_of_party(2, party.clone(), leaf);
    let fingerprint = world.fingerprint();
    world.resident.add_trust(&world.list, &fingerprint).unwrap();
    world.hospital.add_trust(&world.list, &fingerprint).unwrap();
    let mut terms = samples::hospital_terms();
    (terms.jurisdiction, terms.legal_id) = (party.jurisdiction, party.legal_id);
    terms.locations = vec![Jurisdiction::Hk];
    terms.details.collection_statement = Some(CollectionStatement {
        obligatory: false,
        consequence: terms.purpose.text.clone(),
        transferees: terms.purpose.text.clone(),
        access_contact: "dpo@hospital.example.invalid".into(),
    });
    let request = world.request_of(&chop_tests::world::everything(), terms);
    let (given, _) = world.envelope(&request);
    (world, given)
}
