//! A consent under way: the page while one chooses, the acts, the yes; and what goes out after it.
//!
//! ```text
//! source   a request by camera, a link, an offer of one's own → ConsentPrompt, the same one again at any time
//! sheets   what was opened, by an id; the separate acts, each bound to the code of the page it was given on
//! choose   what the page ticked → core's Choices
//! agree    source + choices + acts + code → Consent; verified and judged anew at that moment
//! outgoing what was made and not shown yet: the record hears that it was shown when it was
//! ```
//!
//! A page that was opened is only for looking. The yes looks again at the same bytes, so that nothing
//! that changed meanwhile slips through: another page has another code, and that is refused.

mod agree;
mod choose;
mod outgoing;
mod sheets;
mod source;

pub(crate) use agree::{Act, Given, agree, decline};
pub(crate) use choose::{Chosen, choices, everything_held};
pub(crate) use outgoing::{Outgoing, post, take_back, take_message};
pub(crate) use sheets::{Sheet, Sheets};
pub(crate) use source::Source;

#[cfg(test)]
mod tests;
