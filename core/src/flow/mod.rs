//! The page to read first: the arrows from scan to log. No logic here.
//!
//! ```text
//! holder                                            verifier
//!                                                   ask      terms + query → R            T0
//! scan     texts → Inbound
//! consent  R → ConsentPrompt → page → Consent
//! grant    Consent → grant, P, K, C, delivery, ENV  T1
//! release  UseTicket → Outbound(DATA)
//!                                                   claim    ENV → grant read → ACK       T2
//! receipt  ACK → VerifiedReceipt → the key       T3
//! release  UseTicket + the key → Outbound(KEY)
//!                                                   accept   K → C → P → Accepted → USE   T4
//! receipt  USE → outcome                            T5
//! ```
//!
//! Over a network the same steps are fewer, because the data leave with the grant: [`online`].
//!
//! A step consumes its input; a failed one gives it back or leaves it in the vault, and says whether
//! anything left. T0 to T5 are transactions that are durable and anchored before the bytes of the
//! same line leave.

mod accept;
mod agreement;
mod annotate;
mod ask;
mod asked;
mod asker;
mod claim;
mod consent;
mod decline;
mod erased;
mod grant;
mod judge;
mod level;
pub mod offer;
pub mod online;
mod page;
mod pick;
mod present;
mod receipt;
mod record;
mod release;
mod scan;
mod standing;
mod state;
mod values;

pub use accept::Accepted;
pub use agreement::Agreement;
pub use annotate::Note;
pub use ask::RequestDraft;
pub use asked::{Asked, Drafted};
pub use chop_formats::consent_record::Expression;
pub use consent::{Choices, Consent, ConsentPrompt, GRANT_SECONDS, Page, QueryCandidates};
pub use erased::{Keeping, LOOK_SECONDS, Swept};
pub use judge::{Received, ReceivedCredential, ReceivedFile};
pub use receipt::UseOutcome;
pub use release::Outbound;
pub use scan::{Inbound, read};
pub use state::State;
pub use values::ChosenValue;
