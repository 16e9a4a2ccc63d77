//! What a person can do after a grant: ask for their rights, complain, dispute, correct.
//!
//! ```text
//! stages      what may follow what, as one table         pure; every other jump is refused
//! case        a case in words: who said what, when, what is due
//! keep        the same in the vault, one entry a step
//! correction  who got a value that turned out wrong, from the records of their grants
//! recipients  who holds what of mine, until when
//! letter      who asks whom what, by which law, by when; printed and sent by the person
//! timeline    one grant, from the entries of the log alone
//! ```
//!
//! A case is the person's own file. Nothing here files anything with anybody: letters are printed or
//! sent by the person, and what the other side answers is written down as the person says it was.

mod case;
mod correction;
mod keep;
mod letter;
mod recipients;
mod stages;
mod timeline;

pub use case::{Case, CaseFile, Hearing, NewCase, Said, Subject};
pub use correction::{Reached, WrongValue};
pub use letter::Letter;
pub use recipients::{Held, Recipient};
pub use stages::{CaseKind, CaseState, RemedyError, Step};
pub(crate) use timeline::ExchangePlaces;
pub use timeline::{Timeline, TimelineStep};
