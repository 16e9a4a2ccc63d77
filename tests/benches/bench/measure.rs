//! Two pieces of work, round by round in turns.

use std::time::{Duration, Instant};

/// Medians over all rounds, in microseconds for one piece of work.
pub(crate) struct Medians {
    pub(crate) ours: f64,
    pub(crate) reference: f64,
}

/// Measures both in interleaved rounds; who begins alternates.
pub(crate) fn compare(rounds: usize, mut ours: impl FnMut(), mut reference: impl FnMut()) -> Medians {
    let (our_batch, their_batch) = (batch_of(&mut ours), batch_of(&mut reference));
    let (mut our_times, mut their_times) = (Vec::new(), Vec::new());
    for round in 0..rounds {
        if round % 2 == 0 {
            our_times.push(time(our_batch, &mut ours));
            their_times.push(time(their_batch, &mut reference));
        } else {
            their_times.push(time(their_batch, &mut reference));
            our_times.push(time(our_batch, &mut ours));
        }
    }
    Medians { ours: median(&mut our_times), reference: median(&mut their_times) }
}

/// The value in the middle.
pub(crate) fn median(values: &mut [f64]) -> f64 {
    percentile(values, 50)
}

/// The value below which `percent` of a hundred lie.
pub(crate) fn percentile(values: &mut [f64], percent: usize) -> f64 {
    values.sort_by(f64::total_cmp);
    let at = (values.len().saturating_sub(1) * percent).div_ceil(100);
    values.get(at).copied().unwrap_or(f64::NAN)
}

/// Microseconds for one of `count` pieces of work.
pub(crate) fn time(count: u32, work: &mut impl FnMut()) -> f64 {
    let began = now();
    for _ in 0..count {
        work();
    }
    began.elapsed().as_secs_f64() * 1e6 / f64::from(count)
}

#[expect(clippy::disallowed_methods, reason = "measuring time is what this program is for")]
pub(crate) fn now() -> Instant {
    Instant::now()
}

/// How many make a batch of about ROUND.
fn batch_of(work: &mut impl FnMut()) -> u32 {
    work();
    let began = now();
    let mut count = 0;
    while began.elapsed() < ROUND {
        work();
        count += 1;
    }
    count.max(1)
}

const ROUND: Duration = Duration::from_millis(3);
