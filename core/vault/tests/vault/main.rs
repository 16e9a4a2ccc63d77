//! The vault from outside, on real files: one program, so that SQLCipher is linked once.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod backing_up;
mod common;
mod erasing;
mod faults;
mod migrating;
mod opening;
mod searching;
mod sharing;
mod speed;
mod tables;
