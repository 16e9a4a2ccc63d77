//! Rows 37 and 45 of the list of attacks: a process is killed at every named point of the walk, on
//! either side, and at moments nobody chose; what a new process finds on the disk is then held against
//! the promises of `core/docs/protocol.md`.
//!
//! ```text
//! stage n = both spaces and the messages as they are before step n
//! copy of stage n → step n, killed → inspect, in new processes → the rest of the walk → inspect
//! ```

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on has failed")]

mod disk;
mod kills;
mod moods;
mod offers;
mod promises;
mod scene;
mod served;
mod sockets;
