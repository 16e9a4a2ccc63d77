//! The record room without a window, on real spaces.

use std::ops::ControlFlow;
use std::sync::mpsc;
use std::thread;

use chop_core::Wallet;
use chop_core::plumbing::model::{Jurisdiction, Lang};
use chop_tests::world::World;

use super::{check, detail, uses};
use crate::dto::record::{SignedStage, Stage};
use crate::jobs::Jobs;

#[test]
fn the_overview_names_each_use_with_its_stage_and_the_rows_say_the_rest() {
    let world = World::new();
    let walked = world.walk();
    let (waiting, ..) = world.until_acknowledged();
    let overview = uses::overview(&world.resident, Lang::En).expect("the overview");
    assert_eq!(overview.uses.len(), 2);
    let stage = |id: &str| overview.uses.iter().find(|one| one.id == id).map(|one| one.stage);
    assert_eq!(stage(&walked.given.to_string()), Some(Stage::Used));
    assert_eq!(stage(&waiting.to_string()), Some(Stage::Granted), "the key has not left");
    assert_eq!(overview.recipients.len(), 1, "one hospital");
    assert_eq!(overview.places.iter().map(|place| place.key.as_str()).collect::<Vec<_>>(), ["CN"]);
    assert!(overview.documents.len() >= 3, "two credentials and the holder's own items");
    let ids: Vec<_> = overview.uses.iter().map(|one| one.id.clone()).collect();
    for lang in Lang::ALL {
        let rows = uses::rows(&world.resident, &ids, lang).expect("rows");
        assert_eq!(rows.iter().map(|row| &row.id).collect::<Vec<_>>(), ids.iter().collect::<Vec<_>>());
        for row in &rows {
            assert!(!row.recipient.is_empty() && !row.place.is_empty() && !row.purpose.is_empty());
            assert!(row.fields.iter().all(|of| !of.document.is_empty() && !of.fields.is_empty()));
            assert!(!row.state.is_empty());
        }
    }
    // What the hospital took is the hospital's record, and not the holder's list of uses.
    assert_eq!(uses::overview(&world.hospital, Lang::En).expect("the overview").uses.len(), 0);
}

#[test]
fn one_use_shows_the_sentence_the_receipts_and_every_step_in_the_log() {
    let world = World::new();
    let walked = world.walk();
    let view = detail::view(&world.resident, &walked.given, Lang::ZhHant).expect("the use");
    let sentence = view.sentence.expect("a sentence");
    assert_eq!(sentence, world.resident.consent_sentence(&walked.given, Lang::ZhHant).expect("core's"));
    let stages: Vec<_> = view.signed.iter().map(|one| one.stage).collect();
    assert_eq!(stages, [SignedStage::Acknowledged, SignedStage::Used]);
    assert!(view.can_prove && view.crosses_border);
    assert!(view.steps.len() >= 4, "granted, acknowledged, released, used");
    assert!(view.steps.windows(2).all(|two| two[0].index < two[1].index));
    assert!(view.steps.iter().all(|step| step.index < view.entries && !step.what.is_empty()));
    let missing = detail::view(&world.hospital, &walked.given, Lang::En).expect_err("not theirs");
    assert_eq!(missing.code(), "exchange.unknown");
}

#[test]
fn the_log_comes_in_pages_without_a_gap() {
    let world = World::new();
    for _ in 0..12 {
        world.walk();
    }
    let (mut before, mut seen) = (None, Vec::new());
    loop {
        let page = detail::entries(&world.resident, before, Lang::Pt).expect("a page");
        seen.extend(page.lines.iter().map(|line| line.index));
        before = page.next;
        if before.is_none() {
            break;
        }
    }
    let newest = *seen.first().expect("entries");
    assert_eq!(seen, (0..=newest).rev().collect::<Vec<_>>());
}

#[test]
fn the_check_is_clean_on_a_whole_record_and_can_be_broken_off() {
    let world = World::new();
    world.walk();
    let mut go_on = |_, _| ControlFlow::Continue(());
    let report = world.resident.audit_while(&mut go_on).expect("a report").expect("not broken off");
    let answer = check::told(&report, Lang::ZhHans).expect("words");
    assert!(answer.is_clean && answer.flaws.is_empty() && answer.entries > 4);
    let mut stop = |_, _| ControlFlow::Break(());
    assert!(world.resident.audit_while(&mut stop).expect("no error").is_none());
}

#[test]
fn what_is_written_between_two_turns_of_a_check_is_no_flaw() {
    let world = World::new();
    longer_than_a_turn(&world);
    let mut turns = 0;
    let mut write = |_, _| {
        turns += 1;
        world.resident.set_place(Jurisdiction::Hk).expect("written while the check runs");
        ControlFlow::Continue(())
    };
    let report = world.resident.audit_while(&mut write).expect("a report").expect("whole");
    assert_eq!(report.flaws, []);
    assert!(turns >= 2, "{turns} turns");
}

#[test]
fn others_are_answered_between_two_turns_of_a_check() {
    let world = World::new();
    longer_than_a_turn(&world);
    let wallet: &Wallet = &world.resident;
    let jobs = Jobs::default();
    let job = jobs.begin(1);
    let (asks, asked) = mpsc::channel();
    let (answers, answered) = mpsc::channel();
    let report = thread::scope(|scope| {
        // The other thread is a command of the window: it needs the vault while the check goes on.
        scope.spawn(move || {
            while asked.recv().is_ok() {
                let overview = uses::overview(wallet, Lang::En).expect("the overview");
                answers.send(overview.entries).expect("heard");
            }
        });
        let mut step = |_, _| {
            asks.send(()).expect("asked");
            assert!(answered.recv().expect("an answer") > 700);
            job.give_way()
        };
        let report = wallet.audit_while(&mut step).expect("a report");
        drop(asks);
        report
    });
    assert_eq!(report.expect("whole").flaws, []);
}

/// More entries than a check reads in one turn.
fn longer_than_a_turn(world: &World) {
    while world.resident.record_lines(1).expect("lines").first().map_or(0, |line| line.index) < 700 {
        for place in [Jurisdiction::Hk, Jurisdiction::Mo] {
            world.resident.set_place(place).expect("written");
        }
    }
}

#[test]
fn a_proof_is_checked_by_whoever_has_the_file_and_a_changed_one_is_named() {
    let world = World::new();
    let walked = world.walk();
    let bytes = world.resident.prove(&walked.given, false).expect("a proof");
    let good = check::proof(&world.hospital, "use.chop-proof".into(), &bytes, Lang::En).expect("an answer");
    assert!(good.is_valid && good.is_anchored, "{:?}", good.statements);
    assert!(good.statements.len() > 5);
    let stranger = world.stranger("no lists");
    let alone = check::proof(&stranger, "use.chop-proof".into(), &bytes, Lang::En).expect("an answer");
    assert!(alone.is_valid && !alone.is_anchored, "whole in itself, and nobody vouches for the signers");
    let mut bad = bytes;
    let middle = bad.len() / 2;
    bad[middle] ^= 1;
    let bad = check::proof(&world.hospital, "use.chop-proof".into(), &bad, Lang::En).expect("an answer");
    assert!(!bad.is_valid && bad.part.is_some() && bad.code.is_some());
}
