//! Mode B: a link leads to the request, the answer is posted. OpenID4VP 1.0; see protocol.md.
//!
//! ```text
//! holder                                              verifier
//!                                                     link on a screen
//! fetch   link → HttpCall → Asked          ◀────────▶ ask_online: R for this wallet's nonce     T0
//! look    Asked → ConsentPrompt            both screens show the same two digits
//! answer  Consent + the digits → T1 → HttpCall ─────▶ take_answer: all of it verified, signed   T2+T4
//! settle  HttpAnswer → receipts, or none   ◀───────── 200 { chop_receipt }
//! ```
//!
//! The holder spends before anything leaves, as in every mode. What differs: the data leave with the
//! grant, so there is nothing to take back afterwards, and the receipt is voluntary.

mod answer;
mod ask;
mod fetch;
mod settle;
mod take;

pub use answer::OnlineAnswer;
pub use ask::{AskOnline, OnlineRequest};
pub use fetch::{Asked, Fetch};
pub use settle::{AnswerOutcome, Receipt};
pub use take::{Taken, Verdict};

/// How a request came to the holder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arrival {
    /// By two cameras.
    Optic,
    /// Through a relay, to take up an offer of the holder's own.
    Relay,
    /// By a link: from another device, perhaps from far away.
    Online {
        /// The number that both screens show.
        number: String,
    },
}

impl Arrival {
    /// The number to compare, if there is one.
    pub fn number(&self) -> Option<&str> {
        match self {
            Self::Optic | Self::Relay => None,
            Self::Online { number } => Some(number),
        }
    }
}
