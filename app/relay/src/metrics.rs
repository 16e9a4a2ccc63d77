//! What Prometheus may know: counts, times and sizes. No label names an offer, a party or an address.

use std::sync::atomic::AtomicU64;
use std::time::Duration;

use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::Registry;

type Labels = [(&'static str, &'static str); 2];

/// The relay's metrics.
pub struct Metrics {
    registry: Registry,
    calls: Family<Labels, Counter>,
    seconds: Histogram,
    batch: Histogram,
    store_failures: Counter,
    /// Long polls that wait now.
    pub(crate) waiting: Gauge,
    /// Entries in the log.
    pub(crate) log_size: Gauge<u64, AtomicU64>,
    /// The epoch.
    pub(crate) epoch: Gauge<u64, AtomicU64>,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("chop_relay");
        let calls = Family::default();
        registry.register("calls", "Calls answered, by address and code", calls.clone());
        let seconds = Histogram::new(exponential_buckets(0.0005, 2.0, 14));
        registry.register("call_seconds", "Time to answer a call, long polls left out", seconds.clone());
        let batch = Histogram::new(exponential_buckets(1.0, 2.0, 9));
        registry.register("batch_steps", "Steps committed in one transaction", batch.clone());
        let store_failures = Counter::default();
        registry.register("store_failures", "Batches that the store did not commit", store_failures.clone());
        let waiting = Gauge::default();
        registry.register("waiting", "Long polls that wait", waiting.clone());
        let log_size = Gauge::default();
        registry.register("log_size", "Entries in the log", log_size.clone());
        let epoch = Gauge::default();
        registry.register("epoch", "Raised by each restore", epoch.clone());
        Self { registry, calls, seconds, batch, store_failures, waiting, log_size, epoch }
    }
}

impl Metrics {
    /// The text that Prometheus reads.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        // Writing into a string does not fail.
        let _ = encode(&mut text, &self.registry);
        text
    }

    pub(crate) fn call(&self, path: &'static str, code: &'static str, took: Option<Duration>) {
        self.calls.get_or_create(&[("call", path), ("code", code)]).inc();
        if let Some(took) = took {
            self.seconds.observe(took.as_secs_f64());
        }
    }

    pub(crate) fn batch(&self, steps: usize) {
        self.batch.observe(u32::try_from(steps).map_or(0.0, f64::from));
    }

    pub(crate) fn store_failed(&self) {
        self.store_failures.inc();
    }
}
