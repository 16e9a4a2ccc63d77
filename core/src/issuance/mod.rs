//! A credential from an issuer's link: OpenID4VCI 1.0, pre-authorised code.
//!
//! ```text
//! receive(text) → Receiving ─ step → Call ─ edge ─ take(answer) ─┐
//!                             ▲                                  │  offer, metadata, token, nonce,
//!                             └──────────────────────────────────┘  credential
//!                 step → Code       what the issuer wants typed: with_code(…)
//!                 step → Preview    whose, of which type, what it says; nothing is kept yet
//! keep_credential(Receiving) → the normal import → a call that tells the issuer, if it wants to hear
//! ```
//!
//! The key is made and logged before its proof leaves. Who the issuer is shows in the seal of what came,
//! by the trust lists, as for every import; an issuer that nobody vouches for is refused before anything
//! is kept. A crash loses the credential and nothing else: the issuer gives another offer.

mod preview;
mod receiving;

pub use preview::Preview;
pub use receiving::{Receiving, Step};
