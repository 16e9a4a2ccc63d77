//! Consents after they were given: rows 77, 111, 112, 115 and 118 of gba.md section 1, on real spaces.

#![cfg(test)]

use chop_core::consent::{ConsentState, MUTE_SECONDS, Reach, Step};
use chop_core::notice::{Words, sentence_of};
use chop_core::samples;
use chop_formats::consent_notice::NoticeKind;
use chop_formats::consent_record::{RECORD_SCHEMA, RightKind};
use chop_model::{Id, Lang};
use chop_tests::world::{World, agree, choose_all, logged};

/// One tap, one line, nothing to the asker; and no second prompt for 48 hours, by whatever certificate.
#[test]
fn gba_row_77_a_no_is_one_step_and_holds_for_48_hours() {
    let world = World::new();
    let before = logged(&world.resident).len();
    let id = world.resident.decline(world.resident.look(&world.request()).unwrap()).unwrap();
    assert_eq!(logged(&world.resident).len(), before + 1);
    assert_eq!(world.resident.consent_view(&id).unwrap().state, ConsentState::Refused);
    let again = world.resident.look(&world.request()).unwrap_err();
    assert_eq!(again.code(), "request.muted");
    assert_eq!(again.params(), [("hours", "48".to_owned())]);
    // Another purpose of the same asker is another question.
    let other = world.request_of(&samples::outpatient_query(), samples::outpatient_terms());
    assert!(world.resident.look(&other).is_ok());
    // Who wants to look of their own will does.
    assert!(world.resident.look_again(&world.request()).is_ok());
    // A clock that goes back makes no no older; one that goes on does.
    world.clock.move_by(-3600);
    assert_eq!(world.resident.look(&world.request()).unwrap_err().code(), "request.muted");
    world.clock.move_by(3600 + MUTE_SECONDS - 1);
    assert_eq!(world.resident.look(&world.request()).unwrap_err().params(), [("hours", "1".to_owned())]);
    world.clock.move_by(1);
    assert!(world.resident.look(&world.request()).is_ok());
    assert_eq!(world.resident.audit(&mut |_, _| ()).unwrap().flaws, []);
}

/// The page's sentence is the record's, in each of the four languages, and nobody types it.
#[test]
fn gba_row_118_the_sentence_of_the_page_comes_from_the_record() {
    let world = World::new();
    let prompt = world.resident.look(&world.request()).unwrap();
    let choices = choose_all(&prompt);
    let pages: Vec<_> = Lang::ALL.map(|lang| prompt.page(&choices, lang).unwrap().notice.sentence).into();
    let consent = agree(&world.resident, prompt, &choices).unwrap();
    let id = world.resident.grant(consent).unwrap().exchange();
    let document = world.resident.consent_record(&id).unwrap();
    let now = document.record().created_at;
    for (lang, page) in Lang::ALL.into_iter().zip(pages) {
        let words = Words::of(lang).unwrap();
        assert_eq!(sentence_of(&words, document.record(), now).unwrap(), page);
        assert_eq!(world.resident.consent_sentence(&id, lang).unwrap(), page);
    }
    // Another record, another sentence.
    let mut longer = document.record().clone();
    longer.retention.days += 1;
    let words = Words::of(Lang::En).unwrap();
    assert!(sentence_of(&words, &longer, now).unwrap().contains("31 days"));
}

/// A walk moves the consent on both sides, each step in one entry, and the record is whole.
#[test]
fn gba_row_111_each_step_is_one_entry_and_both_sides_hold_the_record() {
    let world = World::new();
    let walked = world.walk();
    let view = world.resident.consent_view(&walked.given).unwrap();
    assert_eq!((view.state, view.uses, view.max_uses), (ConsentState::Exhausted, 1, 1));
    let steps: Vec<_> =
        world.resident.consent_events(&walked.given).unwrap().iter().map(|e| (e.step, e.to)).collect();
    assert_eq!(
        steps,
        [
            (None, ConsentState::Active),
            (Some(Step::Present), ConsentState::Presented),
            (Some(Step::Confirm), ConsentState::Used),
            (Some(Step::Exhaust), ConsentState::Exhausted),
        ]
    );
    assert_eq!(world.hospital.consent_view(&walked.taken).unwrap().state, ConsentState::Exhausted);
    let (ours, theirs) = (
        world.resident.consent_record(&walked.given).unwrap(),
        world.hospital.consent_record(&walked.taken).unwrap(),
    );
    assert_eq!(ours.bytes(), theirs.bytes());
    assert_eq!(ours.record().schema, RECORD_SCHEMA);
    for space in [&world.resident, &world.hospital] {
        assert_eq!(space.audit(&mut |_, _| ()).unwrap().flaws, []);
    }
}

/// Another purpose, or the same for longer, is another consent: the old one ends, and neither is edited.
#[test]
fn gba_row_111_a_new_purpose_supersedes_and_edits_nothing() {
    let world = World::new();
    let (old, _) = world.envelope(&world.request());
    let before = world.resident.consent_record(&old).unwrap();
    let request = world.request_of(&samples::outpatient_query(), samples::outpatient_terms());
    let new = world.resident.grant(world.consent(&request).replacing(old)).unwrap().exchange();
    let view = |id: &Id| world.resident.consent_view(id).unwrap();
    assert_eq!(view(&old).state, ConsentState::Superseded);
    assert_eq!((view(&new).state, view(&new).replaces), (ConsentState::Active, Some(old)));
    assert_eq!(view(&new).dpv_status(), "RenewedConsentGiven");
    let record = world.resident.consent_record(&new).unwrap();
    assert_eq!(record.record().replaces, Some(old));
    assert_ne!(record.record().purpose, before.record().purpose);
    assert_eq!(world.resident.consent_record(&old).unwrap(), before);
    // Nothing leaves under the old one.
    assert_eq!(world.resident.resume_consent(&old).unwrap_err().code(), "consent.no-such-step");
    assert_eq!(world.resident.audit(&mut |_, _| ()).unwrap().flaws, []);
}

#[test]
fn a_paused_consent_lets_nothing_out_until_it_goes_on() {
    let world = World::new();
    let (given, _, ack) = world.until_acknowledged();
    world.resident.pause_consent(&given).unwrap();
    assert_eq!(world.resident.acknowledge(&ack).unwrap_err().code(), "consent.paused");
    assert_eq!(world.resident.again(&given).unwrap_err().code(), "consent.paused");
    world.resident.resume_consent(&given).unwrap();
    assert!(world.resident.acknowledge(&ack).is_ok());
    assert_eq!(world.hospital.pause_consent(&given).unwrap_err().code(), "consent.unknown");
}

/// One tap, before and after the key: it says what it reaches, and the recipient can take the notice.
#[test]
fn withdrawing_says_what_it_cannot_reach_and_tells_the_recipient() {
    let world = World::new();
    let (given, _, ack) = world.until_acknowledged();
    let done = world.resident.withdraw_consent(&given, "").unwrap();
    assert_eq!(done.reach, Reach::NothingWasRead);
    assert_eq!(world.resident.acknowledge(&ack).unwrap_err().code(), "exchange.withdrawn");
    assert_eq!(world.resident.withdraw_consent(&given, "").unwrap(), done);

    let walked = world.walk();
    let done = world.resident.withdraw_consent(&walked.given, "I changed my mind").unwrap();
    assert_eq!(done.reach, Reach::FromNowOnOnly);
    assert!(done.effect.en.contains("nobody can reach into its files"));
    let view = world.resident.consent_view(&walked.given).unwrap();
    assert_eq!((view.state, view.is_valid, view.uses), (ConsentState::Withdrawn, false, 1));
    assert_eq!(view.dpv_status(), "ConsentWithdrawn");
    // The log says that what was done before stays lawful (PIPL art. 15).
    let revoked = logged(&world.resident).into_iter().rfind(|entry| entry.kind.name() == "revoked").unwrap();
    assert!(revoked.text("reach").unwrap().contains("earlier use stays lawful"));
    let taken = world.hospital.take_consent_notice(&done.notice).unwrap();
    assert_eq!(taken, (walked.taken, NoticeKind::Withdrawn));
    assert_eq!(world.hospital.consent_view(&walked.taken).unwrap().state, ConsentState::Withdrawn);
    assert_eq!(world.hospital.take_consent_notice(&done.notice).unwrap(), taken);
    assert_eq!(world.hospital.withdraw_consent(&walked.taken, "").unwrap_err().code(), "consent.not-yours");
}

#[test]
fn a_deletion_is_asked_for_and_answered_and_closed() {
    let world = World::new();
    let walked = world.walk();
    let wallet = &world.resident;
    let notice = wallet.request_deletion(&walked.given).unwrap();
    assert_eq!(wallet.request_deletion(&walked.given).unwrap(), notice);
    let taken = world.hospital.take_consent_notice(&notice).unwrap();
    assert_eq!(taken, (walked.taken, NoticeKind::Delete));
    assert_eq!(wallet.deletion_refused(&walked.given, " ").unwrap_err().code(), "consent.no-reason");
    wallet.deletion_refused(&walked.given, "kept for two years by law").unwrap();
    let view = wallet.consent_view(&walked.given).unwrap();
    assert_eq!((view.state, view.ended), (ConsentState::DeletionRefused, Some(ConsentState::Exhausted)));
    assert_eq!(view.reason, "kept for two years by law");
    wallet.close_consent(&walked.given).unwrap();
    assert_eq!(wallet.deletion_confirmed(&walked.given).unwrap_err().code(), "consent.no-such-step");
    // While a consent holds there is nothing to delete yet: it is withdrawn first.
    let (open, _) = world.envelope(&world.request());
    assert_eq!(wallet.request_deletion(&open).unwrap_err().code(), "consent.no-such-step");
}

/// What ran out once stays so, whatever the clock says afterwards.
#[test]
fn gba_row_111_a_clock_set_back_revives_no_consent() {
    let mut world = World::new();
    let (given, _, ack) = world.until_acknowledged();
    world.clock.move_by(3600);
    assert_eq!(world.resident.consent_view(&given).unwrap().state, ConsentState::Expired);
    world.clock.move_by(-3600);
    world.resident.reopen();
    assert_eq!(world.resident.consent_view(&given).unwrap().state, ConsentState::Expired);
    assert_eq!(world.resident.acknowledge(&ack).unwrap_err().code(), "consent.over");
    let pledged = world.envelope(&world.request()).0;
    let due = chop_core::Clock::now(world.clock.as_ref()).plus(60);
    world.resident.pledge_missing(&pledged, "proof of address", due).unwrap();
    world.clock.move_by(61);
    assert_eq!(world.resident.consent_view(&pledged).unwrap().pledge.word(), "broken");
    world.clock.move_by(-61);
    assert!(world.resident.pledge_kept(&pledged).is_err());
}

/// 容缺受理: a grant with a signed pledge for what is missing. Kept in time it is kept on both sides;
/// overdue it is broken on both, each by its own clock.
#[test]
fn gba_row_120_a_pledge_is_kept_or_broken_on_both_sides() {
    let world = World::new();
    let now = || chop_core::Clock::now(world.clock.as_ref());
    for is_kept in [true, false] {
        let walked = world.walk();
        let (given, taken) = (walked.given, walked.taken);
        assert!(world.resident.pledge_missing(&given, " ", now().plus(60)).is_err(), "nothing named");
        assert!(world.resident.pledge_missing(&given, "proof of address", now()).is_err(), "due at once");
        let pledge = world.resident.pledge_missing(&given, "proof of address", now().plus(3600)).unwrap();
        // The same words again are the same pledge, and taken twice are one.
        assert_eq!(world.resident.pledge_missing(&given, "else", now().plus(60)).unwrap(), pledge);
        for _ in 0..2 {
            world.hospital.take_consent_notice(&pledge).unwrap();
        }
        let both = || {
            let state = |space: &chop_core::Wallet, id| space.consent_view(id).unwrap().pledge.word();
            (state(&world.resident, &given), state(&world.hospital, &taken))
        };
        assert_eq!(both(), ("open", "open"));
        if is_kept {
            let word = world.resident.pledge_kept(&given).unwrap();
            world.hospital.take_consent_notice(&word).unwrap();
            world.clock.move_by(3601);
            assert_eq!(both(), ("kept", "kept"));
        } else {
            world.clock.move_by(3601);
            assert_eq!(both(), ("broken", "broken"));
            assert_eq!(world.resident.pledge_kept(&given).unwrap_err().code(), "consent.no-such-step");
        }
    }
    assert!(world.resident.audit(&mut |_, _| {}).unwrap().is_clean());
}

/// Rights of each recipient, with channel, law and clock; whether a machine decides, and where to ask.
#[test]
fn gba_row_115_the_record_names_every_right_and_a_machine_that_decides() {
    let world = World::new();
    let mut terms = samples::hospital_terms();
    terms.automated_decision = Some(samples::hospital_terms().purpose.text);
    terms.details.explain_channel = Some("explain@hospital.example.invalid".into());
    let request = world.request_of(&chop_tests::world::everything(), terms);
    let (given, _) = world.envelope(&request);
    let document = world.resident.consent_record(&given).unwrap();
    let record = document.record();
    assert!(record.rights.iter().map(|right| right.kind).eq(RightKind::ALL));
    assert!(record.rights.iter().all(|right| !right.channel.is_empty() && right.law.starts_with("PIPL")));
    assert!(record.automated_decision.used);
    assert_eq!(
        record.automated_decision.explain_channel.as_deref(),
        Some("explain@hospital.example.invalid")
    );
}

/// No control accepts everything: not in any argument of the command line, not in any public function.
#[test]
fn gba_row_112_nothing_accepts_all_and_nothing_is_chosen_beforehand() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut seen = 0;
    for folder in ["core/src", "app/cli/src", "core/policy/src", "core/formats/src"] {
        for file in sources(&root.join(folder)) {
            let text = std::fs::read_to_string(&file).unwrap();
            seen += 1;
            for name in names(&text) {
                for bad in ["accept_all", "agree_all", "consent_all", "grant_all", "choose_all", "accept-all"]
                {
                    assert!(!name.contains(bad), "{}: {name}", file.display());
                }
            }
        }
    }
    assert!(seen > 100);
    // Nothing is ticked: empty choices give a page without a claim, and no consent.
    let world = World::new();
    let prompt = world.resident.look(&world.request()).unwrap();
    let page = prompt.page(&Default::default(), Lang::En).unwrap();
    assert!(page.separate.is_empty());
    let (choices, mut agreement) = chop_tests::world::act(&world.resident, &prompt, &choose_all(&prompt));
    assert!(agreement.consents.len() >= 2);
    // One act for two consents is none of both: no bundle.
    let first = agreement.consents[0].action_id;
    agreement.consents[1].action_id = first;
    let (_, error) = prompt.answer(&choices, &agreement).unwrap_err();
    assert_eq!(error.code(), "consent.unsettled");
}

/// The record that the golden exports are made from.
#[test]
#[ignore = "writes the record of the golden exports anew"]
fn write_the_record_of_the_golden_exports() {
    let world = World::new();
    let (given, _) = world.envelope(&world.request());
    let document = world.resident.consent_record(&given).unwrap();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../core/testdata/exports/record.json");
    std::fs::write(path, document.bytes()).unwrap();
}

/// The names of functions, methods, flags and fields in a source text.
fn names(text: &str) -> impl Iterator<Item = &str> {
    let declares = |line: &&str| {
        let line = line.trim_start();
        line.contains("fn ")
            || line.contains("long = ")
            || line.starts_with("pub ")
            || line.contains("name = ")
    };
    text.lines().filter(declares)
}

fn sources(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(sources(&path)) } else { found.push(path) }
    }
    found.retain(|path| path.extension().is_some_and(|end| end == "rs"));
    found
}
