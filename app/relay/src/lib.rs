//! The blind relay: it keeps an offer that it cannot read and hands it out once, for a receipt
//! (protocol.md section 1.3, mode C; the wire is [`chop_formats::relay`]).
//!
//! ```text
//! http       axum: one address a call, limits, the static page            -> service
//! service    a call becomes steps, reads and waits                         -> check, sequencer, store
//! check      C2: claim and acknowledgement, before anything is changed
//! sequencer  collects steps into batches; one batch, one transaction      -> store
//! plan       a batch against what the store holds: what is written, what is answered    (pure)
//! offer      one offer and the rules of its states                                       (pure)
//! store      SQLite or PostgreSQL: load, write, commit; nothing else
//! sweeper    leases that run out, offers that end, content that is erased
//! marker     finds a store that was restored from an older copy
//! ```
//!
//! Every change of an offer's state is a compare-and-swap in the transaction that also appends its entry
//! to the relay's log; it is durable before anything is answered.

mod address;
mod check;
pub mod check_log;
pub mod cli;
mod clock;
pub mod config;
mod http;
mod key;
mod marker;
mod metrics;
pub mod offer;
pub mod plan;
mod sequencer;
pub mod server;
mod service;
pub mod store;
mod sweeper;

pub use check::Checked;
pub use clock::{Clock, SystemClock};
pub use key::{KeyError, RelayKey};
pub use metrics::Metrics;
pub use sequencer::Sequencer;
pub use service::{Limits, Serve, Service};
