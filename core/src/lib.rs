//! Floor 4: the wallet. Synchronous, opens no socket, and asks the machine for nothing but the files
//! of the space it was given: time, randomness, keys and trust come in by [`Ports`].
//!
//! A *holder* keeps credentials and data items in a space and decides; a *verifier* asks and signs for
//! what it receives; an *issuer* signed what the holder keeps; an *auditor* re-checks a record later. One
//! [`Wallet`] plays holder or verifier. The walk, message by message ([`flow`] tells what each step does):
//!
//! ```
//! # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/common/mod.rs"));
//! # fn main() -> Done {
//! # use chop_core::plumbing::formats::{dcql::DcqlQuery, frame::MessageKind};
//! # let Demo { resident, hospital, .. } = &Demo::new()?;
//! # let dcql = DcqlQuery::from_value(&samples::outpatient_query())?;
//! # let draft = chop_core::flow::RequestDraft { dcql, terms: samples::outpatient_terms() };
//! use chop_core::flow::{Accepted, Inbound, Outbound, read};
//!
//! // An edge shows the frames as QR codes; the other side's camera reads them.
//! let send = |from: &Wallet, message: Outbound| -> chop_core::Result<Inbound> {
//!     let frames = message.frames().to_vec();
//!     from.shown(message)?;
//!     read(&frames)
//! };
//! let request = send(hospital, hospital.ask(draft)?)?.request()?;
//! let consent = consent(resident, &request)?; // look, choose, read the page, agree
//! let envelope = send(resident, resident.grant(consent)?)?.data()?;
//! let ack = send(hospital, hospital.claim(&envelope)?)?.acknowledgement()?;
//! let key = send(resident, resident.acknowledge(&ack)?)?.key()?; // no receipt, no key
//! let Accepted::Taken(received, receipt) = hospital.accept(key)? else { return Err("refused".into()) };
//! let receipt = send(hospital, receipt)?.use_receipt()?;
//! resident.confirm(MessageKind::Use, &receipt)?;
//!
//! assert!(received.credentials[0].claims.get("48765-2").is_some()); // allergies, as granted
//! assert!(received.credentials[0].claims.get("10160-0").is_none()); // medications were asked for too
//! assert!(hospital.claim(&envelope).is_err()); // once
//! # Ok(())
//! # }
//! ```

pub mod audit;
pub mod consent;
pub mod dossier;
mod epoch;
mod error;
pub mod export;
pub mod flow;
pub mod history;
pub mod holdings;
mod idle;
pub mod issuance;
mod journal;
mod keys;
pub mod law;
pub mod mask;
mod net_error;
pub mod notice;
pub mod packs;
pub mod plumbing;
mod ports;
pub mod predicate;
mod presence;
mod prove;
pub mod qr;
pub mod remedy;
pub mod samples;
mod split_keys;
pub mod status;
#[cfg(feature = "testing")]
pub mod testing;
mod transfer;
mod trust;
mod wallet;
mod ways_in;
mod web;

pub use error::{DataLeft, Error, Result, WalletError};
pub use net_error::NetError;
pub use ports::{Anchors, Clock, NoAnchors, PinnedList, Ports};

pub use epoch::Because;
pub use presence::PRESENCE_SECONDS;
pub use trust::HeldList;
pub use wallet::{Edge, Keys, Standing, Wallet};
pub use web::{HttpAnswer, HttpCall, Method, OnlineError};

/// A named point between two steps, where a test can stop the process. Nothing in a shipped build.
pub(crate) fn point(step: &str, name: &str) {
    #[cfg(feature = "testing")]
    testing::reach(&format!("{step}-{name}"));
    #[cfg(not(feature = "testing"))]
    let _ = (step, name);
}
