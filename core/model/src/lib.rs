//! Floor 1: the nouns of the data space. Small values with laws of their own, and no behaviour that
//! needs a key, a file or a clock.

mod coded;
mod details;
mod ids;
mod lang;
mod numbered;
mod party;
mod purpose;
mod terms;
mod time;

pub use coded::{Coded, Fault};
pub use details::{
    CollectionStatement, Crossing, CrossingMode, DataRight, Filing, ImpactAssessment, Mechanism, PartyRole,
    Site, ThirdParty, UseDetails,
};
pub use ids::{Id, ItemId};
pub use lang::{Lang, LangText};
pub use party::{Contact, Jurisdiction, LegalId, Party};
pub use purpose::Purpose;
pub use terms::{Action, OnExpiry, Retention, UseTerms};
pub use time::{Period, UnixTime};
