//! What time does by itself: leases, ends, content and records to be erased; the marker; and a look at
//! whether the log that is stored continues the one that was seen.

use std::sync::Arc;
use std::time::Duration;

use chop_ledger::root;
use tokio::sync::watch;

use crate::marker::Marker;
use crate::plan::Step;
use crate::sequencer::Seen;
use crate::service::Service;
use crate::store::{Fetched, Places, StoreError};

/// Between two rounds.
const EVERY: Duration = Duration::from_secs(1);
/// Offers of one round; the next follows at once when there were as many.
const ROUND: u64 = 256;

/// Sweeps until `stop` says so; then marks once more.
pub(crate) async fn sweep(service: Arc<Service>, marker: Option<Marker>, mut stop: watch::Receiver<bool>) {
    let mut marked = None;
    while !*stop.borrow() {
        let more = match round(&service).await {
            Ok(more) => more,
            Err(error) => {
                tracing::warn!(%error, "the sweeper could not work");
                false
            }
        };
        mark(&service, marker.as_ref(), &mut marked);
        if !more {
            let _ = tokio::time::timeout(EVERY, stop.changed()).await;
        }
    }
    mark(&service, marker.as_ref(), &mut marked);
}

pub(crate) async fn round(service: &Service) -> Result<bool, StoreError> {
    if is_behind(service).await? {
        let above = service.sequencer.seen().map_or(0, |seen| seen.epoch);
        tracing::error!("the store is not the one that was answered from: the epoch rises");
        // What the rules refuse here is refused because another process was first.
        let _ = service.sequencer.take(Step::Restored { above }).await;
    }
    let head = service.store.head().await?;
    service.metrics.log_size.set(head.frontier.size());
    service.metrics.epoch.set(head.epoch);
    let due = service.store.due(service.clock.now(), ROUND).await?;
    let more = due.len() as u64 >= ROUND;
    let ticks = due.into_iter().map(|g| {
        let sequencer = service.sequencer.clone();
        tokio::spawn(async move { sequencer.take(Step::Tick { g }).await })
    });
    for tick in ticks.collect::<Vec<_>>() {
        let _ = tick.await;
    }
    Ok(more)
}

/// Whether the stored log does not continue what this process saw last; if it does, that is remembered.
pub(crate) async fn is_behind(service: &Service) -> Result<bool, StoreError> {
    let Some(seen) = service.sequencer.seen() else { return Ok(false) };
    let head = service.store.head().await?;
    let found = Seen::of(&head);
    if found == seen || found.epoch > seen.epoch {
        service.sequencer.has_seen(found);
        return Ok(false);
    }
    if seen.is_ahead_of(&found) {
        // A batch of our own may have been committed between the two reads.
        return Ok(service.sequencer.seen().is_some_and(|again| again.is_ahead_of(&found) && again == seen));
    }
    let places = Places::default();
    root(seen.size, &places)?;
    let hashes = service.store.hashes(places.0.into_inner()).await?;
    if root(seen.size, &Fetched(&hashes))? == seen.root {
        service.sequencer.has_seen(found);
        Ok(false)
    } else {
        Ok(true)
    }
}

fn mark(service: &Service, marker: Option<&Marker>, marked: &mut Option<Seen>) {
    let (Some(marker), Some(seen)) = (marker, service.sequencer.seen()) else { return };
    if marked.as_ref() == Some(&seen) {
        return;
    }
    match marker.write(&seen, &service.key) {
        Ok(()) => *marked = Some(seen),
        Err(error) => tracing::warn!(%error, "the marker could not be written"),
    }
}
