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
//! The pack here, `rules/walk.toml`, holds only the rules that a one-off grant between a person and a
//! named recipient needs, in the subject-carried mode (the person hands over their own data). The
//! packs of the three places and their pairs go beside it, in the same form.

#![deny(clippy::indexing_slicing, clippy::expect_used)]

mod assess;
mod checks;
mod claims;
mod facts;
mod finding;
mod pack;
mod settle;

pub use assess::{Assessment, MayAsk, Refusal, assess};
pub use claims::{ClaimTable, Class, Sensitivity};
pub use facts::{AgeBand, ClaimFact, Facts, ItemFact, ItemSeal, Route, Standing};
pub use finding::{Finding, Level, PackRef, SeparateAsk, Topic};
pub use pack::{Pack, PackError, PurposeTemplate};
pub use settle::{Cleared, Overridden, Override, SeparateConsent, Unsettled};
