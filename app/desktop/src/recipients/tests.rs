//! Recipients without a window, on real spaces.

use chop_core::consent::{ConsentState, MUTE_SECONDS};
use chop_core::holdings::Import;
use chop_core::plumbing::formats::ips::{self, IpsBundle};
use chop_core::plumbing::model::{Id, ItemId, Jurisdiction, Lang};
use chop_core::samples;
use chop_tests::world::{Space, World, ask_all, read};

use super::{cases, consents, papers, people};
use crate::dto::recipients::{ConsentAct, FileKind, HearingRow, NewCaseForm, Trust};

const DAY: i64 = 86_400;

fn form(exchange: &Id, kind: &str, right: Option<&str>) -> NewCaseForm {
    NewCaseForm {
        exchange: exchange.to_string(),
        kind: kind.into(),
        right: right.map(str::to_owned),
        text: "I was there on Tuesday.".into(),
    }
}

#[test]
fn the_hospital_holds_what_it_took_until_its_time_is_over() {
    let world = World::new();
    let walked = world.walk();
    let list = people::list(&world.resident, Lang::En).expect("the list");
    assert_eq!(list.len(), 1);
    let row = &list[0];
    assert_eq!((row.trust, row.grants, row.holding), (Trust::Listed, 1, 1));
    let until = row.holds_until.expect("until when");
    let view = people::view(&world.resident, &row.id, Lang::ZhHans).expect("one");
    assert_eq!(view.holds[0].id, walked.given.to_string());
    assert_eq!(view.rights.len(), 7, "see, copy, correct, delete, restrict, transfer, explain");
    assert!(view.rights.iter().all(|right| !right.name.is_empty() && !right.law.contains("[M]")));
    assert!(!view.contact.is_empty() && !view.legal_id.is_empty());
    world.clock.move_by(until - chop_tests::world::BEGIN.0 + DAY);
    assert_eq!(people::list(&world.resident, Lang::En).expect("the list")[0].holding, 0);
    assert_eq!(
        people::view(&world.resident, "nobody", Lang::En).expect_err("nobody").code(),
        "consent.unknown"
    );
}

#[test]
fn a_consent_goes_its_way_by_the_acts_that_are_offered() {
    let world = World::new();
    let walked = world.walk();
    let wallet = &world.resident;
    let done = |act, text: &str| {
        let said = consents::Said { text, days: 7 };
        consents::act(wallet, &walked.given, act, &said, Lang::En)
    };
    let acts = |view: &crate::dto::recipients::ConsentRow| view.acts.clone();
    let first =
        people::view(wallet, &people::list(wallet, Lang::En).expect("list")[0].id, Lang::En).expect("one");
    assert!(acts(&first.holds[0].consent).contains(&ConsentAct::Withdraw));
    assert!(!acts(&first.holds[0].consent).contains(&ConsentAct::Resume));
    assert_eq!(first.holds[0].consent.notices, []);
    assert_eq!(done(ConsentAct::Resume, "").expect_err("not paused").code(), "consent.no-such-step");
    let withdrawn = done(ConsentAct::Withdraw, "moved away").expect("withdrawn");
    assert!(withdrawn.effect.is_some() && withdrawn.has_notice);
    assert!(!withdrawn.consent.is_valid);
    assert_eq!(withdrawn.consent.notices, [ConsentAct::Withdraw], "closing the dialog loses no notice");
    let notice = consents::notice(wallet, &walked.given, ConsentAct::Withdraw).expect("the notice");
    assert_eq!(notice, consents::notice(wallet, &walked.given, ConsentAct::Withdraw).expect("the same"));
    assert!(acts(&withdrawn.consent).contains(&ConsentAct::AskDeletion));
    done(ConsentAct::AskDeletion, "").expect("asked");
    assert_eq!(done(ConsentAct::DeletionRefused, " ").expect_err("no reason").code(), "consent.no-reason");
    done(ConsentAct::Deleted, "").expect("they say so");
    let closed = done(ConsentAct::Close, "").expect("closed");
    assert_eq!(closed.consent.acts, []);
    assert_eq!(wallet.consent_view(&walked.given).expect("view").state, ConsentState::Closed);
    assert_eq!(world.hospital.take_consent_notice(&notice).expect("taken").0, walked.taken);
}

#[test]
fn a_right_is_asked_for_with_a_letter_and_a_clock() {
    let world = World::new();
    let walked = world.walk();
    let wallet = &world.resident;
    let case = cases::open(wallet, &form(&walked.given, "rights", Some("access")), Lang::En).expect("opened");
    assert!(case.due.is_none() && !case.subject.is_empty());
    assert_eq!(case.next.iter().map(|step| step.step.as_str()).collect::<Vec<_>>(), ["send", "reply"]);
    let id: Id = case.id.parse().expect("an id");
    for lang in Lang::ALL {
        let letter = cases::letter(wallet, &id, lang).expect("a letter");
        assert_eq!(letter.lang, lang.tag());
        assert_eq!(letter.words, "I was there on Tuesday.");
        assert!(letter.rows.len() >= 6 && !letter.asked.is_empty());
    }
    let sent = cases::step(wallet, &id, "send", "", None, Lang::En).expect("sent");
    // The mainland's law names no number of days: then no clock runs, and none is made up.
    assert_eq!(sent.days_left.is_some(), sent.due.is_some());
    let refused = cases::step(wallet, &id, "refuse", "", None, Lang::En).expect_err("no reason");
    assert_eq!(refused.code(), "remedy.no-reason");
    let over = cases::step(wallet, &id, "refuse", "not ours", None, Lang::En).expect("refused");
    assert!(over.is_over && over.next.is_empty());
    let hearing = HearingRow { at: 0, place: "Room 3".into() };
    let jump = cases::step(wallet, &id, "hear", "", Some(hearing), Lang::En).expect_err("a jump");
    assert_eq!(jump.code(), "remedy.illegal-step");
}

#[test]
fn every_file_is_made_and_a_dossier_says_what_is_missing() {
    let world = World::new();
    let walked = world.walk();
    let wallet = &world.resident;
    let case = cases::open(wallet, &form(&walked.given, "complaint", None), Lang::Pt).expect("opened");
    let case: Id = case.id.parse().expect("an id");
    let of_case = [FileKind::LetterPage, FileKind::LetterText, FileKind::Evidence];
    let of_grant =
        [FileKind::ConsentPage, FileKind::ConsentDpv, FileKind::ConsentOdrl, FileKind::TransferDossier];
    let files = of_case.map(|kind| (case, kind)).into_iter().chain(of_grant.map(|kind| (walked.given, kind)));
    for (id, kind) in files {
        let paper = papers::make(wallet, &id, kind, Lang::Pt).expect("a file");
        assert!(paper.bytes.len() > 200, "{kind:?}");
        let (name, ending) = papers::name(&id, kind);
        assert!(name.ends_with(ending));
        assert!(paper.missing.iter().all(|what| !what.starts_with("dossier-")));
    }
    assert_eq!(wallet.audit(&mut |_, _| ()).expect("a report").flaws, []);
}

/// Replaces the patient summary by one that says something else; the item.
fn replaced(world: &World) -> ItemId {
    let wallet = &world.resident;
    let mut claims = IpsBundle::read(samples::PATIENT_SUMMARY).unwrap().as_claims();
    for section in ["48765-2", "10160-0"] {
        claims.insert(section.into(), serde_json::json!([{ "corrected": true }]));
    }
    let corrected = world.paper(ips::VCT, &claims.into());
    let cards = wallet.cards(None, None, 50).unwrap();
    let item = cards.iter().find(|card| card.doc_type == ips::VCT).unwrap().id;
    let mut bytes = corrected.as_bytes();
    let size = bytes.len() as u64;
    let import = Import { form: None, title: None, name: "summary.sd-jwt", size, bytes: &mut bytes };
    wallet.replace(&item, import).unwrap();
    item
}

#[test]
fn a_value_that_changed_is_named_at_whoever_got_it_until_a_correction_is_prepared() {
    let world = World::new();
    world.walk();
    let wallet = &world.resident;
    let view = || people::view(wallet, &people::list(wallet, Lang::En).unwrap()[0].id, Lang::En).unwrap();
    assert!(view().outdated.is_empty());
    let item = replaced(&world);
    let found = view().outdated;
    let [one] = found.as_slice() else { panic!("one item: {found:?}") };
    assert_eq!((one.item.as_str(), one.is_prepared), (item.to_string().as_str(), false));
    assert_eq!(one.title, "International Patient Summary (by section)");
    assert!(one.fields.iter().any(|field| field == "Allergies and intolerances"), "{:?}", one.fields);
    assert_eq!(wallet.prepare_corrections(&item).unwrap().len(), 1);
    let after = view();
    assert!(after.outdated[0].is_prepared);
    assert_eq!(after.cases.len(), 1, "the correction is a case with its letter");
    assert!(cases::letter(wallet, &after.cases[0].id.parse().unwrap(), Lang::Pt).is_ok());
}

#[test]
fn a_correction_is_prepared_at_the_one_recipient_that_was_pressed() {
    let mut world = World::new();
    let walked = world.walk();
    // Granted to the same one, and never read.
    world.envelope(&world.request());
    let clinic = second_recipient(&mut world);
    let theirs = walk_with(&world, &clinic);
    let wallet = &world.resident;
    let item = replaced(&world);
    let ids: Vec<_> = people::list(wallet, Lang::En).unwrap().into_iter().map(|row| row.id).collect();
    assert_eq!(ids.len(), 2);
    let view = |id: &str| people::view(wallet, id, Lang::En).unwrap();
    let holds =
        |id: &&String, exchange: &Id| view(id).holds.iter().any(|held| held.id == exchange.to_string());
    let pressed = ids.iter().find(|id| holds(id, &walked.given)).unwrap();
    let other = ids.iter().find(|id| holds(id, &theirs)).unwrap();
    assert!([pressed, other].iter().all(|id| !view(id).outdated[0].is_prepared));
    assert_eq!(people::correct(wallet, pressed, &item).unwrap(), 1);
    let cases: Vec<_> = wallet.cases().unwrap().into_iter().map(|case| case.exchange).collect();
    assert_eq!(cases, [walked.given], "nobody else is written to");
    assert!(view(pressed).outdated[0].is_prepared && !view(other).outdated[0].is_prepared);
    assert_eq!(people::correct(wallet, pressed, &item).unwrap(), 0, "once");
    assert_eq!(people::correct(wallet, "nobody", &item).unwrap_err().code(), "consent.unknown");
}

/// Another hospital, listed in the first one's place.
fn second_recipient(world: &mut World) -> Space {
    let clinic = world.stranger("second hospital");
    let key = clinic.verifier_key().unwrap();
    let leaf = world.authority.leaf(&samples::hospital(), "second.example.invalid", &key);
    clinic.certify(std::slice::from_ref(&leaf)).unwrap();
    clinic.set_place(Jurisdiction::Cn).unwrap();
    world.list = world.list_of(2, leaf);
    let fingerprint = world.fingerprint();
    world.resident.add_trust(&world.list, &fingerprint).unwrap();
    clinic.add_trust(&world.list, &fingerprint).unwrap();
    clinic
}

/// The whole walk with another verifier; the holder's exchange.
fn walk_with(world: &World, verifier: &Space) -> Id {
    let (wallet, asked) = (&world.resident, ask_all(verifier));
    let request = read(&asked).request().unwrap();
    verifier.shown(asked).unwrap();
    let sealed = wallet.grant(world.consent(&request)).unwrap();
    let (given, envelope) = (sealed.exchange(), read(&sealed).data().unwrap());
    wallet.shown(sealed).unwrap();
    let claimed = verifier.claim(&envelope).unwrap();
    let acknowledged = read(&claimed).acknowledgement().unwrap();
    verifier.shown(claimed).unwrap();
    let key = wallet.acknowledge(&acknowledged).unwrap();
    let text = read(&key).key().unwrap();
    wallet.shown(key).unwrap();
    verifier.accept(text).unwrap();
    given
}

#[test]
fn who_was_told_no_is_listed_while_the_no_holds_and_once_for_each_purpose() {
    let world = World::new();
    let wallet = &world.resident;
    assert!(people::muted(wallet, Lang::En).unwrap().is_empty());
    let told = wallet.decline(wallet.look(&world.request()).unwrap()).unwrap();
    world.clock.move_by(60);
    let again = wallet.decline(wallet.look_again(&world.request()).unwrap()).unwrap();
    assert_ne!(told, again);
    for lang in Lang::ALL {
        let muted = people::muted(wallet, lang).unwrap();
        let [one] = muted.as_slice() else { panic!("one: {muted:?}") };
        assert_eq!(
            (one.exchange.as_str(), one.until - one.since),
            (again.to_string().as_str(), MUTE_SECONDS)
        );
        assert!(!one.purpose.is_empty());
        let listed = wallet.trust().unwrap().lists()[0].content().clone();
        let names = listed.entries.iter().map(|entry| entry.party.names.in_lang(lang));
        assert!(names.into_iter().any(|name| name == one.name), "{}", one.name);
    }
    world.clock.move_by(MUTE_SECONDS - 1);
    assert_eq!(people::muted(wallet, Lang::En).unwrap().len(), 1);
    world.clock.move_by(1);
    assert!(people::muted(wallet, Lang::En).unwrap().is_empty());
    assert!(wallet.look(&world.request()).is_ok(), "the same may be asked again");
}
