//! Reads, waits and proofs.

use std::future::Future;
use std::time::Duration;

use chop_formats::relay::{MAX_WAIT, OfferId, Proof, Prove, RelayRefusal};
use chop_ledger::{consistency_proof, inclusion_proof};

use super::{Result, Service, internal};
use crate::offer::Offer;
use crate::plan::bounded;
use crate::store::{Fetched, Places};

/// How often a long poll looks when other processes may have changed the store.
const LOOK: Duration = Duration::from_millis(500);
/// How often it looks when only this process changes it: for what time alone does.
const LOOK_ALONE: Duration = Duration::from_secs(5);

impl Service {
    pub(super) async fn offer(&self, g: OfferId) -> Result<(Offer, u64)> {
        self.store.offer(g).await.map_err(internal)?.ok_or(RelayRefusal::UnknownOffer)
    }

    /// Looks until there is news or `seconds` have passed; the last look is the answer.
    pub(super) async fn wait<T, F>(&self, g: OfferId, seconds: u64, look: impl Fn() -> F) -> Result<T>
    where
        F: Future<Output = Result<(bool, T)>>,
    {
        let (is_news, answer) = look().await?;
        if is_news || seconds == 0 || self.waiters.is_over() {
            return Ok(answer);
        }
        // Only who may ask comes this far, and gets a place.
        let place = self.waiters.place(g, self.limits.max_waiting).ok_or(RelayRefusal::Busy)?;
        self.metrics.waiting.inc();
        let answer = self.wait_at(&place, seconds, look).await;
        self.metrics.waiting.dec();
        answer
    }

    async fn wait_at<T, F>(
        &self,
        place: &super::waiters::Place,
        seconds: u64,
        look: impl Fn() -> F,
    ) -> Result<T>
    where
        F: Future<Output = Result<(bool, T)>>,
    {
        let notify = place.notify().ok_or(RelayRefusal::Internal)?;
        let end = tokio::time::Instant::now() + Duration::from_secs(seconds.min(MAX_WAIT));
        let every = if self.store.is_shared() { LOOK } else { LOOK_ALONE };
        loop {
            let mut woken = std::pin::pin!(notify.notified());
            // From here on a change is heard, also one that happens before the look is over.
            woken.as_mut().enable();
            let (is_news, answer) = look().await?;
            let now = tokio::time::Instant::now();
            if is_news || now >= end || self.waiters.is_over() {
                return Ok(answer);
            }
            let _ = tokio::time::timeout_at(end.min(now + every), woken).await;
        }
    }

    pub(super) async fn prove(&self, call: Prove, _raw: &[u8]) -> Result<Proof> {
        let head = self.store.head().await.map_err(internal)?;
        let size = head.frontier.size();
        let places = Places::default();
        match call {
            Prove::Inclusion { index } => inclusion_proof(index, size, &places),
            Prove::Consistency { old } => consistency_proof(old, size, &places),
        }
        .map_err(|_| RelayRefusal::WrongState)?;
        let fetched = self.store.hashes(places.0.into_inner()).await.map_err(internal)?;
        let hashes = match call {
            Prove::Inclusion { index } => inclusion_proof(index, size, &Fetched(&fetched)),
            Prove::Consistency { old } => consistency_proof(old, size, &Fetched(&fetched)),
        }
        .map_err(|_| RelayRefusal::Internal)?;
        let note =
            self.key.sign_checkpoint(size, head.frontier.root()).map_err(|_| RelayRefusal::Internal)?;
        Ok(Proof { checkpoint: bounded(note.into_bytes())?, hashes })
    }
}
