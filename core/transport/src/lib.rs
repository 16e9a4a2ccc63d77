//! Floor 4½: the one place that opens a socket. Blocking HTTP/1.1 over rustls, for whoever carries what
//! core hands out as values.
//!
//! ```text
//! rules     what may be called at all: allowed origins, trust roots, proxy, limits
//! target    text → a checked address: https, no userinfo, no odd port, punycode
//! address   which IP addresses are public
//! resolve   name → addresses, every one public; the connection goes to exactly these
//! tls       rustls with ring; no session is resumed
//! watch     cancellation, and whether a byte of the request went out
//! client    one call = one connection → an answer within its caps, or an error with a code
//! retry     the same bytes again, with growing pauses
//! relay     the calls of an offer's relay, performed
//! web       core's other calls, made
//! ```
//!
//! What it never does: follow a redirect, keep a cookie, send a referrer, accept compression, resume a
//! TLS session, keep a connection, believe an answer's `Date`. Why: `core/docs/decisions/`.

mod address;
mod cancel;
mod client;
mod relay;
mod resolve;
mod retry;
mod rules;
mod target;
mod tls;
mod watch;
mod web;

pub use cancel::Cancel;
pub use client::{Answer, Call, Client};
pub use relay::{Claimant, Next, Own, RelayClient, Trouble};
pub use retry::Backoff;
pub use rules::{Limits, Origin, Roots, Rules};
pub use target::Target;
