//! The relay against both of its stores. Where PostgreSQL is not installed the tests say so aloud, and
//! fail when CI is set. What each shows: docs/faults.md.

#![cfg(test)]
#![expect(clippy::disallowed_methods, reason = "real processes are tested against real time")]

mod crash;
mod http;
mod parties;
mod postgres;
mod processes;
mod races;
mod restore;
mod states;
mod tls;
mod world;
