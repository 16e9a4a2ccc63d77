//! The vault from outside, on real files: one program, so that SQLCipher is linked once.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod common;
mod migrating;
mod opening;
mod searching;
mod speed;
mod tables;
