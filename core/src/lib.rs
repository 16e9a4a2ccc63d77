//! Floor 4: the wallet. Synchronous, opens no socket, and asks the machine for nothing but the files
//! of the space it was given: time, randomness, keys and trust come in by [`Ports`].

mod error;
pub mod notice;
pub mod plumbing;
mod ports;
pub mod qr;
pub mod samples;

pub use error::{DataLeft, Error, Result, WalletError};
pub use ports::{Anchors, Clock, NoAnchors, PinnedList, Ports};
