//! The record of uses (溯源), for the page: read from core, worded in the reader's language.
//!
//! ```text
//! uses     what was granted, offered or declined from here      one value for lists, filters and plots
//! detail   one use: sentence, receipts, steps
//! check    the whole record again; a proof of one use; somebody's proof file
//! ```

pub(crate) mod check;
pub(crate) mod detail;
pub(crate) mod uses;

#[cfg(test)]
mod tests;
