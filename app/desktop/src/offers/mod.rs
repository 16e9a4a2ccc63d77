//! Offers of the holder's own (rooms 5 and 6): composed, left at a relay, listened to.
//!
//! ```text
//! compose    purpose, recipients, fields of one's own → OfferDraft → the same page as a request's
//! relay      who the relay is; one call after the other
//! listen     a thread for each open offer: call, answer, tell the page; asks before it releases
//! ```
//! A thread that listens is no use of the space: it locks all the same, and the thread ends with that.

mod compose;
mod listen;
mod recipients;
mod relay;

pub(crate) use compose::{Picks, compose, items, purposes, scenes};
pub(crate) use listen::{Happened, Listeners, Surroundings};
pub(crate) use recipients::{directory, key_of};
pub(crate) use relay::{Relays, post, put};

#[cfg(test)]
mod tests;
