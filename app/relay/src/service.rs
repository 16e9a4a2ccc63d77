//! A call becomes a read, a check, a step and an answer; a long poll also waits.

mod owner;
mod read;
mod verifier;
mod waiters;

use std::future::Future;
use std::sync::Arc;

use chop_crypto::Digest;
use chop_formats::relay::{
    Ack, Answer, Call, Claim, Collect, Create, Info, OfferId, Prove, Reject, RelayRefusal, Release,
    SignedEntry, UseNote, Watch, Withdraw,
};
use chop_formats::x509::Anchors;
use std::collections::HashMap;

use crate::clock::Clock;
use crate::key::RelayKey;
use crate::metrics::Metrics;
use crate::plan::Taken;
use crate::sequencer::Sequencer;
use crate::store::{Store, StoreError};
use waiters::Waiters;

type Result<T> = std::result::Result<T, RelayRefusal>;

/// What a relay takes.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Bytes of an envelope.
    pub max_envelope: usize,
    /// Bytes of a claim, an acknowledgement or a receipt.
    pub max_body: usize,
    /// Seconds that an offer may be open.
    pub max_age: i64,
    /// Seconds that an offer's record outlives its end.
    pub keep: i64,
    /// Long polls that may wait at once.
    pub max_waiting: usize,
    /// Offers that each capability may put in a day, by the capability's SHA-256. Empty: everybody may.
    pub capabilities: HashMap<Digest, u64>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_envelope: (1 << 20) + 256,
            max_body: (1 << 18) + 256,
            max_age: 30 * 86_400,
            keep: 30 * 86_400,
            max_waiting: 5_000,
            capabilities: HashMap::new(),
        }
    }
}

/// The relay without its sockets.
pub struct Service {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) sequencer: Sequencer,
    pub(crate) key: RelayKey,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) metrics: Arc<Metrics>,
    origin: String,
    anchors: Anchors,
    limits: Limits,
    waiters: Arc<Waiters>,
}

impl Service {
    /// A relay at `origin` (`https://host`), on `store`, whose C2 claims chain to `anchors`.
    pub fn start(
        store: Arc<dyn Store>,
        key: RelayKey,
        origin: &str,
        anchors: Anchors,
        limits: Limits,
        clock: Arc<dyn Clock>,
    ) -> Arc<Self> {
        let metrics = Arc::new(Metrics::default());
        let waiters = Arc::new(Waiters::default());
        let woken = waiters.clone();
        let changed = move |g: OfferId| woken.wake(&g);
        let sequencer = Sequencer::start(store.clone(), clock.clone(), limits.keep, metrics.clone(), changed);
        Arc::new(Self {
            store,
            sequencer,
            key,
            clock,
            metrics,
            origin: origin.to_owned(),
            anchors,
            limits,
            waiters,
        })
    }

    /// Who the relay is.
    ///
    /// # Errors
    /// [`RelayRefusal::Internal`] when the store cannot be read.
    pub async fn info(&self) -> Result<Info> {
        let head = self.store.head().await.map_err(internal)?;
        Ok(Info {
            origin: self.origin.clone(),
            vkey: self.key.vkey().to_string(),
            epoch: head.epoch,
            now: self.clock.now(),
            max_age: u64::try_from(self.limits.max_age).unwrap_or(0),
            max_envelope: self.limits.max_envelope as u64,
        })
    }

    /// The signed state of the log.
    ///
    /// # Errors
    /// [`RelayRefusal::Internal`] when the store cannot be read.
    pub async fn checkpoint(&self) -> Result<String> {
        let head = self.store.head().await.map_err(internal)?;
        self.key
            .sign_checkpoint(head.frontier.size(), head.frontier.root())
            .map_err(|_| RelayRefusal::Internal)
    }

    /// Lets every long poll answer now, and those to come: the relay is about to stop.
    pub fn hang_up(&self) {
        self.waiters.hang_up();
    }

    fn signed(&self, entry: Option<&Vec<u8>>) -> Result<SignedEntry> {
        let entry = entry.ok_or(RelayRefusal::Internal)?;
        self.key.sign_entry(entry).map_err(|_| RelayRefusal::Internal)
    }

    fn signed_if(&self, entry: Option<&Vec<u8>>) -> Result<Option<SignedEntry>> {
        entry.map(|entry| self.signed(Some(entry))).transpose()
    }

    fn entered(&self, taken: &Taken) -> Result<chop_formats::relay::Entered> {
        let entry = self.signed(taken.entry.as_ref())?;
        Ok(chop_formats::relay::Entered { state: taken.state, entry })
    }
}

/// A call that this relay serves. `raw` is the body as it came.
pub trait Serve: Call + Send + 'static {
    /// Bytes that the body may have here.
    fn limit(limits: &Limits) -> usize;
    /// Does it.
    fn serve(self, relay: &Service, raw: &[u8]) -> impl Future<Output = Result<Self::Answer>> + Send;
}

macro_rules! serve {
    ($($call:ty => $method:ident, $limit:expr;)*) => {
        $(impl Serve for $call {
            fn limit(limits: &Limits) -> usize {
                let limit: fn(&Limits) -> usize = $limit;
                limit(limits)
            }
            async fn serve(self, relay: &Service, raw: &[u8]) -> Result<Self::Answer> {
                relay.$method(self, raw).await
            }
        })*
    };
}

serve! {
    Create => create, |l| l.max_envelope + POLICY + SMALL;
    Claim => claim, |l| l.max_body + SMALL;
    Collect => collect, |_| SMALL;
    Ack => acknowledge, |l| l.max_body + SMALL;
    UseNote => leave, |l| l.max_body + SMALL;
    Watch => watch, |_| SMALL;
    Reject => reject, |_| SMALL;
    Answer => answer, |l| l.max_envelope + SMALL;
    Release => release, |_| SMALL;
    Withdraw => withdraw, |_| SMALL;
    Prove => prove, |_| SMALL;
}

impl Service {
    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
    }
}

fn internal(error: StoreError) -> RelayRefusal {
    tracing::error!(%error, "the store could not be read");
    RelayRefusal::Internal
}

impl Service {
    /// Serves a call as it would come over HTTP, without HTTP.
    ///
    /// # Errors
    /// Why it was refused.
    pub async fn call<C: Serve>(&self, call: C) -> Result<C::Answer> {
        let raw = call.to_bytes();
        call.serve(self, &raw).await
    }

    /// One round of what time does: see the sweeper.
    ///
    /// # Errors
    /// [`RelayRefusal::Internal`] when the store cannot be used.
    pub async fn sweep(&self) -> Result<()> {
        while crate::sweeper::round(self).await.map_err(internal)? {}
        Ok(())
    }
}

/// Room for the longest policy.
const POLICY: usize = 104 << 10;
/// Room for the members of a call beside its large one: ids, hashes, a policy, a key share.
const SMALL: usize = 16 << 10;
