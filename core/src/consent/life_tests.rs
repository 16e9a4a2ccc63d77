//! Row 111 of gba.md section 1 and the invariants of section 2.2, over every walk that proptest finds.

use chop_model::{Period, UnixTime};
use proptest::prelude::*;

use super::*;

const FROM: i64 = 1_800_000_000;

fn any_step() -> impl Strategy<Value = Step> {
    (0..Step::ALL.len()).prop_map(|at| Step::ALL[at])
}

/// Steps with how far the clock moves before each, backwards too.
fn any_walk() -> impl Strategy<Value = Vec<(Step, i64)>> {
    proptest::collection::vec((any_step(), -4000i64..4000), 0..60)
}

fn begins(max_uses: u32) -> Life {
    let validity = Period { from: UnixTime(FROM), until: UnixTime(FROM + 5000) };
    Life::begins(ConsentState::Draft, validity, max_uses, UnixTime(FROM))
}

proptest! {
    #[test]
    fn gba_row_111_no_walk_breaks_an_invariant(walk in any_walk(), max_uses in 0u32..4) {
        let (mut life, mut now) = (begins(max_uses), FROM);
        let (mut was_over, mut was_past) = (false, false);
        for (step, moves) in walk {
            now += moves;
            let before = life;
            if let Ok(after) = before.step(step, UnixTime(now)) {
                life = after;
            }
            // No state that ended comes back, whatever the clock says.
            prop_assert!(!was_over || life.state.is_over());
            was_over |= life.state.is_over();
            // Never more uses than granted, and none is ever given back.
            prop_assert!(life.uses <= life.max_uses && life.uses >= before.uses);
            // Seen time only grows; once over, nothing makes it active or lets anything out.
            prop_assert!(life.last_seen >= before.last_seen);
            let moved_out = life != before && matches!(step, Step::Present | Step::Resume | Step::Give);
            prop_assert!(!(was_past && moved_out));
            was_past |= life.is_past(UnixTime(now)) && life != before;
            // A step changes state and counts, never what was agreed.
            prop_assert_eq!((life.validity, life.max_uses), (before.validity, before.max_uses));
        }
    }

    #[test]
    fn gba_row_111_a_clock_that_goes_back_revives_nothing(back in 1i64..100_000) {
        let mut life = begins(3);
        for step in [Step::Review, Step::Give, Step::Pause] {
            life = life.step(step, UnixTime(FROM + 1)).unwrap();
        }
        // Seen once after its end, by any step at all.
        let late = UnixTime(FROM + 5001);
        prop_assert_eq!(life.step(Step::Resume, late), Err(LifeError::Over));
        let expired = life.step(Step::Expire, late).unwrap();
        for step in Step::ALL {
            let again = expired.step(*step, late.plus(-back));
            prop_assert!(again.is_err() || *step == Step::RequestDeletion);
        }
        // And a consent that still counts as live has the later time in it.
        let seen = Life { last_seen: late, ..life };
        prop_assert!(!seen.is_valid(late.plus(-back)));
        prop_assert_eq!(seen.step(Step::Resume, late.plus(-back)), Err(LifeError::Over));
    }
}

#[test]
fn the_table_is_the_picture() {
    use ConsentState as S;
    for state in S::ALL {
        assert_eq!(S::from_number(state.number()), Some(*state));
        // No ended state has a step to one that is valid, nor to paused.
        for step in Step::ALL {
            let Some(next) = state.after(*step) else { continue };
            assert!(!state.is_over() || next.is_over(), "{state:?} {step:?} {next:?}");
        }
    }
    let valid: Vec<_> = S::ALL.iter().copied().filter(|state| state.is_valid()).collect();
    assert_eq!(valid, [S::Active, S::Presented, S::Used]);
    for ended in [S::Withdrawn, S::Expired, S::Exhausted, S::Superseded] {
        assert_eq!(ended.after(Step::RequestDeletion), Some(S::DeletionRequested));
    }
    assert_eq!(S::Refused.after(Step::Give), None);
}

#[test]
fn a_use_is_counted_when_the_key_goes_and_not_when_it_is_confirmed() {
    let now = UnixTime(FROM);
    let active =
        Held::<Reviewing>::of(begins(2).step(Step::Review, now).unwrap()).unwrap().give(now).unwrap();
    let used = active.present(now).unwrap().confirm(now).unwrap();
    assert_eq!(used.life().uses, 1);
    assert_eq!(used.clone().exhaust(now), Err(LifeError::UseLeft));
    let used = used.present(now).unwrap().confirm(now).unwrap();
    assert_eq!(used.clone().present(now), Err(LifeError::NoUseLeft));
    assert_eq!(used.life().due(now), Some(Step::Exhaust));
    let ended = used.exhaust(now).unwrap().withdraw(now).unwrap().request_deletion(now).unwrap();
    assert_eq!(ended.life().ended, Some(ConsentState::Withdrawn));
    assert!(ended.refuse_deletion(now).unwrap().close(now).is_ok());
}
