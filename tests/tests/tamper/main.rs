//! Row 32 of the list of attacks: somebody who has the data key of a space changes it behind
//! our back. The re-check finds it and names the row, or opening says that the space went back.
//!
//! Out of reach, and said in `core/docs/threats.md`: who has the key *and* the key store can go on from
//! the last state as if they were the owner; and folder and key store restored together are not found.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on has failed")]

mod database;
mod folders;
mod meanwhile;
mod rows;
mod target;
