//! Kills at every named point, and at moments that nobody chose.

use std::time::Duration;

use chop_core::testing::POINTS;
use chop_crypto::{OsRandom, Random};

use crate::promises::{check, check_finished, count};
use crate::scene::{HOSPITAL, RESIDENT, STEPS, Scene, Step, step_of};

/// Points of the edge: a frame was shown and others not yet; all were shown and nobody said so.
const EDGE_POINTS: [&str; 10] = [
    "t0-showing",
    "t0-shown",
    "t1-showing",
    "t1-shown",
    "t2-showing",
    "t2-shown",
    "t3-showing",
    "t3-shown",
    "t4-showing",
    "t4-shown",
];

#[test]
fn rows_37_and_45_a_kill_at_every_point_on_either_side_breaks_no_promise() {
    let stages = Scene::stages();
    let mut killed = [0, 0];
    for point in POINTS.iter().chain(&EDGE_POINTS) {
        let step = &STEPS[step_of(point)];
        let scene = stages[step_of(point)].duplicate();
        assert!(scene.kill_at(step, point), "{point} is never reached");
        let found = check(&scene, point);
        assert_eq!(found.of(step.by)["open"], usize::from(leaves_a_ticket(point)), "{point}");
        assert_eq!(count(found.of(step.by), "unknown"), usize::from(leaves_a_ticket(point)), "{point}");
        assert_eq!(count(found.of(step.by), step.logs), usize::from(is_committed(point)), "{point}");
        walk_on(&scene, step, point);
        killed[usize::from(step.by == HOSPITAL)] += 1;
    }
    assert_eq!(killed, [22, 24], "points of the resident and of the hospital");
}

#[test]
fn row_45_a_process_that_dies_at_every_start_still_ends_the_walk_with_the_same_bytes() {
    // Each step dies three times, at later and later points, before it is let through.
    let scene = Scene::new();
    for step in &STEPS {
        for name in ["before-commit", "after-commit", "after-anchor"] {
            let point = format!("{}-{name}", step.point);
            scene.kill_at(step, &point);
            check(&scene, &point);
        }
        scene.take(step);
    }
    check_finished(&scene, "three deaths a step");
}

#[test]
fn row_37_kills_at_moments_nobody_chose_break_no_promise() {
    let walks = walks();
    let first = Scene::new();
    let mut deaths = 0;
    for walk in 0..walks {
        let scene = first.duplicate();
        for step in &STEPS {
            for _ in 0..2 {
                let moment = moment();
                let name = format!("walk {walk}, {} killed after {moment:?}", step.name);
                if dies_within(&scene, step, moment) {
                    deaths += 1;
                    check(&scene, &name);
                }
            }
            scene.take(step);
        }
        check_finished(&scene, &format!("walk {walk}"));
    }
    assert!(walks == 0 || deaths > 0, "nobody died");
}

/// The rest of the walk, each step in a process of its own, the one that was killed first.
pub(crate) fn walk_on(scene: &Scene, killed: &Step, point: &str) {
    STEPS.iter().skip_while(|step| step.name != killed.name).for_each(|step| scene.take(step));
    check_finished(scene, point);
    let (resident, hospital) = (scene.inspect(RESIDENT), scene.inspect(HOSPITAL));
    assert_eq!((&resident["open"], &hospital["open"]), (&0.into(), &0.into()), "{point}");
}

/// Whether the row of the step is on the disk when the process stands at `point`.
fn is_committed(point: &str) -> bool {
    !point.starts_with("key-") && !matches!(point.split_once('-'), Some((_, "before-commit")))
}

/// Whether the intent is on the disk and its outcome is not.
fn leaves_a_ticket(point: &str) -> bool {
    let (step, name) = point.split_once('-').unwrap();
    let is_open =
        matches!(name, "after-commit" | "after-anchor" | "showing" | "shown" | "outcome-before-commit");
    // T5 lets nothing out and needs no ticket.
    is_open && step != "key" && step != "t5"
}

/// Kills a step after `moment`. Whether it was still alive.
fn dies_within(scene: &Scene, step: &Step, moment: Duration) -> bool {
    let mut child = scene.begin(step, "");
    std::thread::sleep(moment);
    let is_alive = child.try_wait().unwrap().is_none();
    child.kill().unwrap();
    child.wait().unwrap();
    is_alive
}

/// Up to a tenth of a second: a step takes some fifty milliseconds.
fn moment() -> Duration {
    let mut bytes = [0; 4];
    OsRandom.fill(&mut bytes).unwrap();
    Duration::from_micros(u64::from(u32::from_le_bytes(bytes) % 100_000))
}

/// `make soak` walks a hundred times, or as often as `CHOP_SOAK_WALKS` says.
#[expect(clippy::disallowed_methods, reason = "a test is an edge: make soak says how long it may take")]
fn walks() -> u32 {
    let said = std::env::var("CHOP_SOAK_WALKS").ok().and_then(|walks| walks.parse().ok());
    let usual = if std::env::var("CHOP_SOAK").is_ok() { 100 } else { 1 };
    said.unwrap_or(usual)
}
