//! Floor 2: law as data. Before a person is asked, the request is assessed against a rule pack; after
//! the person has answered, the answer is settled against what the pack demanded. The result is a
//! type, so that nothing can be granted past an open finding (依法流通).
//!
//! ```text
//! assess(pack, facts) -> MayAsk ── settle(consents, overrides) ─> Cleared     what a grant must hold
//!                     └> Refuse(reasons)                └> Unsettled          gives MayAsk back
//! ```
//!
//! **This is not legal advice.** A pack is a set of mechanical checks with their sources and the date
//! from which they hold; several are unconfirmed and say so. It files nothing with anybody: no
//! authority, register or court hears of an assessment. It cannot see whether consent is free, whether
//! a purpose is honest or whether anything is ever erased; those stay the recipient's declarations.
//!
//! The pack that comes along is [`Pack::BUILT_IN`]: `rules/{common,cn,hk,mo,gba,claims}.toml`, one text. It
//! holds the rules R01 to R35 for all nine routes, in both modes (the person carries their own data; one
//! organisation sends to another), and the words of every finding. `core/docs/law.md` says how to read it.

#![deny(clippy::indexing_slicing, clippy::expect_used)]

mod assess;
mod catalogued;
mod claims;
mod facts;
mod finding;
mod gba;
mod kinds;
mod pack;
mod rule;
mod settle;

pub use assess::{Assessment, MayAsk, Refusal, assess, assess_rule};
pub use claims::{ClaimTable, Class, Sensitivity};
pub use facts::{
    AgeBand, ApprovalFact, ApproverRole, ClaimFact, Facts, FactsError, ItemFact, ItemSeal, Mandate, Release,
    Route, ShareClass, Standing, Subject,
};
pub use finding::{Finding, FindingWords, Level, PackRef, SeparateAsk, Topic};
pub use pack::{Pack, PackError, PurposeTemplate};
pub use rule::Rule;
pub use settle::{Cleared, Overridden, Override, SeparateConsent, Unsettled};
