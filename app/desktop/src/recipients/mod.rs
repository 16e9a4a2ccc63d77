//! Recipients after a grant, for the page: who holds what, what may be asked, what was done.
//!
//! ```text
//! people    everybody who was granted something, and one of them
//! consents  pause, withdraw, ask for deletion, promise; each a step of core
//! cases     a right asked for, a complaint, a dispute; letters with clocks
//! names     what the other side is called, in the reader's language
//! papers    the files that can be made of them
//! ```

pub(crate) mod cases;
pub(crate) mod consents;
pub(crate) mod names;
pub(crate) mod papers;
pub(crate) mod people;

#[cfg(test)]
mod tests;
