//! Floor 4: the wallet. Synchronous, opens no socket, and asks the machine for nothing but the files
//! of the space it was given: time, randomness, keys and trust come in by [`Ports`].

pub mod audit;
mod epoch;
mod error;
pub mod flow;
pub mod history;
pub mod holdings;
mod idle;
mod journal;
mod keys;
pub mod notice;
pub mod plumbing;
mod ports;
mod prove;
pub mod qr;
pub mod samples;
#[cfg(feature = "testing")]
pub mod testing;
mod transfer;
mod trust;
mod wallet;

pub use error::{DataLeft, Error, Result, WalletError};
pub use ports::{Anchors, Clock, NoAnchors, PinnedList, Ports};

pub use epoch::Because;
pub use trust::HeldList;
pub use wallet::{Edge, Keys, Standing, Wallet};

/// A named point between two steps, where a test can stop the process. Nothing in a shipped build.
pub(crate) fn point(step: &str, name: &str) {
    #[cfg(feature = "testing")]
    testing::reach(&format!("{step}-{name}"));
    #[cfg(not(feature = "testing"))]
    let _ = (step, name);
}
