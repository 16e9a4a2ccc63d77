//! Consent after it was given: what became of it, what may be asked of a recipient, how to take it back.
//!
//! ```text
//! states   what can happen at all, as types             Held<Active> → present → Held<Presented>
//! life     state, uses, time                            pure; property tests
//! keep     the same in the vault, one entry a step      begins · moves · due
//! act      pause · resume · withdraw · supersede · ask for deletion
//! mute     a no is heard for 48 hours
//! view     list and show, with the sentence
//! ```

mod act;
mod keep;
mod life;
mod mute;
mod rights;
mod states;
mod view;

pub(crate) use keep::{Agreed, supersede};
pub(crate) use view::asks_each_use;

pub use act::{Reach, WithdrawnConsent};
pub use life::{Life, LifeError};
pub use mute::{MUTE_SECONDS, Muted};
pub use rights::rights_in;
pub use states::*;
pub use view::{ConsentEvent, ConsentView, PledgeState};

#[cfg(test)]
#[path = "life_tests.rs"]
mod life_tests;
