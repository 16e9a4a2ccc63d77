//! Collects steps into batches: one batch, one transaction, one fsync. While one is being committed the
//! next one fills, so that the batch grows with the load and an idle relay answers at once.

use std::collections::HashSet;
use std::sync::{Arc, Mutex};

use chop_crypto::Digest;
use chop_formats::relay::{OfferId, RelayRefusal};
use tokio::sync::{mpsc, oneshot};

use crate::clock::Clock;
use crate::metrics::Metrics;
use crate::plan::{Head, Loaded, Outcome, Step, plan};
use crate::store::{Store, StoreError, Wanted};

/// Steps of one batch.
const MAX_STEPS: usize = 256;
/// Bytes that the steps of one batch bring.
const MAX_WEIGHT: usize = 16 << 20;
/// Steps that may wait; more are refused as too busy.
const QUEUE: usize = 8192;

/// The log as this process saw it last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) epoch: u64,
    pub(crate) size: u64,
    pub(crate) root: Digest,
}

/// Takes steps and answers them once they are durable.
#[derive(Clone)]
pub struct Sequencer {
    queue: mpsc::Sender<Waiting>,
    seen: Arc<Mutex<Option<Seen>>>,
}

struct Waiting {
    step: Step,
    done: oneshot::Sender<Outcome>,
}

impl Seen {
    pub(crate) fn of(head: &Head) -> Self {
        Self { epoch: head.epoch, size: head.frontier.size(), root: head.frontier.root() }
    }

    /// Whether a log that is found is older than what was seen: a copy was restored, or a replica that
    /// lagged has taken over.
    pub(crate) fn is_ahead_of(&self, found: &Seen) -> bool {
        found.epoch < self.epoch
            || (found.epoch == self.epoch && found.size < self.size)
            || (found.epoch == self.epoch && found.size == self.size && found.root != self.root)
    }
}

impl Sequencer {
    /// Begins to take steps for `store`. `changed` is told of every offer that a batch changed, once it
    /// is durable. `keep`: seconds that an offer's record outlives its end.
    pub fn start(
        store: Arc<dyn Store>,
        clock: Arc<dyn Clock>,
        keep: i64,
        metrics: Arc<Metrics>,
        changed: impl Fn(OfferId) + Send + Sync + 'static,
    ) -> Self {
        let (queue, mut waiting) = mpsc::channel(QUEUE);
        let seen = Arc::new(Mutex::new(None));
        let last = seen.clone();
        tokio::spawn(async move {
            while let Some(batch) = next_batch(&mut waiting).await {
                let (steps, done): (Vec<Step>, Vec<_>) =
                    batch.into_iter().map(|waiting| (waiting.step, waiting.done)).unzip();
                metrics.batch(steps.len());
                let steps = Arc::new(steps);
                let outcome = commit(&*store, &steps, clock.clone(), keep, &last).await;
                if let Err(error) = &outcome {
                    tracing::error!(%error, "a batch was not committed");
                    metrics.store_failed();
                }
                answer(outcome, &steps, done, &changed);
            }
        });
        Self { queue, seen }
    }

    /// Asks for a step and waits until it is durable.
    ///
    /// # Errors
    /// What the rules say; [`RelayRefusal::Busy`] when too many are waiting.
    pub async fn take(&self, step: Step) -> Outcome {
        let (done, outcome) = oneshot::channel();
        self.queue.try_send(Waiting { step, done }).map_err(|_| RelayRefusal::Busy)?;
        outcome.await.unwrap_or(Err(RelayRefusal::Internal))
    }

    /// The log as it was after the last batch.
    pub(crate) fn seen(&self) -> Option<Seen> {
        self.seen.lock().ok().and_then(|seen| seen.clone())
    }

    /// Takes over what a marker or a look at the store says, if it is further.
    pub(crate) fn has_seen(&self, found: Seen) {
        remember(&self.seen, found);
    }
}

async fn next_batch(waiting: &mut mpsc::Receiver<Waiting>) -> Option<Vec<Waiting>> {
    let mut batch = vec![waiting.recv().await?];
    let mut weight = batch.iter().map(|waiting| waiting.step.weight()).sum::<usize>();
    while batch.len() < MAX_STEPS && weight < MAX_WEIGHT {
        let Ok(next) = waiting.try_recv() else { break };
        weight += next.step.weight();
        batch.push(next);
    }
    Some(batch)
}

async fn commit(
    store: &dyn Store,
    steps: &Arc<Vec<Step>>,
    clock: Arc<dyn Clock>,
    keep: i64,
    seen: &Arc<Mutex<Option<Seen>>>,
) -> Result<Vec<Outcome>, StoreError> {
    let now = clock.now();
    let mut wanted = Wanted::default();
    let mut known = HashSet::new();
    wanted.offers.extend(steps.iter().filter_map(Step::offer).filter(|g| known.insert(*g)));
    let mut known = HashSet::new();
    wanted
        .used
        .extend(steps.iter().filter_map(|step| step.capability(now)).filter(|used| known.insert(*used)));
    let (work_steps, last) = (steps.clone(), seen.clone());
    let work = Arc::new(move |loaded: Loaded| {
        let found = Seen::of(&loaded.head);
        let last = last.lock().ok().and_then(|seen| seen.clone());
        let Some(last) = last.filter(|last| last.is_ahead_of(&found)) else {
            return plan(loaded, &work_steps, now, keep);
        };
        // Entries that were signed and answered are gone: what they said can no longer be kept. All
        // offers of the epochs so far end, and the steps of this batch meet the new epoch.
        tracing::error!("the store is older than what was answered from it: the epoch rises");
        plan_after_restore(loaded, &work_steps, last.epoch, now, keep)
    });
    let (outcomes, head) = store.commit(wanted, work).await?;
    remember(seen, Seen::of(&head));
    Ok(outcomes)
}

fn plan_after_restore(
    loaded: Loaded,
    steps: &[Step],
    above: u64,
    now: chop_model::UnixTime,
    keep: i64,
) -> crate::plan::Plan {
    let restored = plan(
        Loaded { head: loaded.head, offers: Default::default(), used: Default::default() },
        &[Step::Restored { above }],
        now,
        keep,
    );
    let mut rest = plan(Loaded { head: restored.head, ..loaded }, steps, now, keep);
    let hashes = restored.writes.hashes.into_iter().chain(rest.writes.hashes).collect();
    rest.writes.hashes = hashes;
    rest.writes.all_are_due = true;
    rest
}

fn remember(seen: &Mutex<Option<Seen>>, found: Seen) {
    if let Ok(mut seen) = seen.lock()
        && seen.as_ref().is_none_or(|last| !last.is_ahead_of(&found))
    {
        *seen = Some(found);
    }
}

fn answer(
    outcome: Result<Vec<Outcome>, StoreError>,
    steps: &[Step],
    done: Vec<oneshot::Sender<Outcome>>,
    changed: &impl Fn(OfferId),
) {
    match outcome {
        Ok(outcomes) => {
            steps.iter().filter_map(Step::offer).for_each(changed);
            for (done, outcome) in done.into_iter().zip(outcomes) {
                // Who asked may have gone; asked again, the answer is the same.
                let _ = done.send(outcome);
            }
        }
        Err(_) => done.into_iter().for_each(|done| _ = done.send(Err(RelayRefusal::Internal))),
    }
}
