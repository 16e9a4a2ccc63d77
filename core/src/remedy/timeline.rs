//! 陽光查: one grant step by step with the time between, from the entries of the log alone (row 119).
//!
//! No row of any table is read: what the timeline says is what the log can prove, and an entry that
//! its owner erased is a gap that shows. Which entries speak of which exchange is remembered while the
//! space is open: the log only grows, so the whole of it is opened once, and what came since each time.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{MutexGuard, PoisonError};

use chop_formats::log_entry::EntryKind;
use chop_model::{Id, UnixTime};
use chop_vault::table::log;

use crate::{Result, Wallet, WalletError};

/// One grant, step by step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    /// The exchange.
    pub exchange: Id,
    /// Its steps, in the order of the log.
    pub steps: Vec<TimelineStep>,
    /// Seconds from the first step to the last; never negative.
    pub elapsed: i64,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineStep {
    /// Its place in the log.
    pub index: u64,
    /// What happened.
    pub kind: EntryKind,
    /// More exactly, where one kind has several steps: the word in the entry.
    pub step: Option<String>,
    /// When, by this space's clock.
    pub at: UnixTime,
    /// Seconds since the step before; 0 where the clock had gone back.
    pub since: i64,
}

/// Which entries speak of which exchange, as far as the log was read.
#[derive(Default)]
pub(crate) struct ExchangePlaces {
    /// The number of the first entry that was not looked at.
    next: u64,
    places: HashMap<String, Vec<u64>>,
}

impl Wallet {
    /// The timeline of a grant.
    ///
    /// # Errors
    /// `exchange.unknown` when no entry speaks of it.
    pub fn timeline(&self, exchange: &Id) -> Result<Timeline> {
        let name = exchange.to_string();
        let mut steps: Vec<TimelineStep> = Vec::new();
        for index in self.entries_of(&name)? {
            let line = self.record_lines_before(index.saturating_add(1), 1)?.pop();
            // Erased since it was looked at: the gap shows in the numbers.
            let Some(entry) = line.and_then(|line| line.entry) else { continue };
            let since = steps.last().map_or(0, |before| (entry.at.0 - before.at.0).max(0));
            let step = entry.text("step").map(str::to_owned);
            steps.push(TimelineStep { index, kind: entry.kind, step, at: entry.at, since });
        }
        if steps.is_empty() {
            return Err(WalletError::NoExchange.into());
        }
        let elapsed = steps.iter().map(|step| step.since).sum();
        Ok(Timeline { exchange: *exchange, steps, elapsed })
    }

    /// The entries that speak of an exchange, in the order of the log. The log is read in turns, so that
    /// nobody waits for the whole of a long one.
    fn entries_of(&self, exchange: &str) -> Result<Vec<u64>> {
        loop {
            let from = self.places().next;
            let turn = turn(from, self.vault.read(log::size)?);
            let lines = self.record_lines_before(turn.end, turn.end - turn.start)?;
            let mut known = self.places();
            let mut found = 0;
            for line in lines.into_iter().rev().filter(|line| line.index >= from) {
                found += 1;
                // Another thread may have looked at the same ones meanwhile.
                if line.index < known.next {
                    continue;
                }
                known.next = line.index + 1;
                if let Some(name) = line.entry.as_ref().and_then(|entry| entry.text("exchange")) {
                    known.places.entry(name.to_owned()).or_default().push(line.index);
                }
            }
            if found < ENTRIES_A_TURN {
                return Ok(known.places.get(exchange).cloned().unwrap_or_default());
            }
        }
    }

    /// Forgets which entries speak of what: with the keys, when the space is locked.
    pub(crate) fn forget_places(&self) {
        *self.places() = ExchangePlaces::default();
    }

    fn places(&self) -> MutexGuard<'_, ExchangePlaces> {
        self.exchange_places.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The entries to be opened next, of a log of `size`; none where all were. A limit that was counted from
/// beyond the end would open those before it again.
fn turn(from: u64, size: u64) -> Range<u64> {
    let end = size.min(from.saturating_add(ENTRIES_A_TURN));
    from.min(end)..end
}

/// Entries that are opened in one turn.
const ENTRIES_A_TURN: u64 = 1_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_opened_once_and_none_where_all_were() {
        assert_eq!(turn(0, 2_500), 0..1_000);
        assert_eq!(turn(2_000, 2_500), 2_000..2_500);
        for from in [0, 1, 2_500, u64::MAX] {
            assert!(turn(from, from).is_empty(), "{from}");
        }
        assert!(turn(7, 3).is_empty(), "another thread forgot the places");
    }
}
