//! 陽光查: one grant step by step with the time between, from the entries of the log alone (row 119).
//!
//! No row of any table is read: what the timeline says is what the log can prove, and an entry that
//! its owner erased is a gap that shows.

use chop_formats::log_entry::EntryKind;
use chop_model::{Id, UnixTime};

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

impl Wallet {
    /// The timeline of a grant.
    ///
    /// # Errors
    /// `exchange.unknown` when no entry speaks of it.
    pub fn timeline(&self, exchange: &Id) -> Result<Timeline> {
        let name = exchange.to_string();
        let mut steps: Vec<TimelineStep> = Vec::new();
        for line in self.record_lines(u64::MAX)?.into_iter().rev() {
            let Some(entry) = line.entry.filter(|entry| entry.text("exchange") == Some(&name)) else {
                continue;
            };
            let since = steps.last().map_or(0, |before| (entry.at.0 - before.at.0).max(0));
            let step = entry.text("step").map(str::to_owned);
            steps.push(TimelineStep { index: line.index, kind: entry.kind, step, at: entry.at, since });
        }
        if steps.is_empty() {
            return Err(WalletError::NoExchange.into());
        }
        let elapsed = steps.iter().map(|step| step.since).sum();
        Ok(Timeline { exchange: *exchange, steps, elapsed })
    }
}
