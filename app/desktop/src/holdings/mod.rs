//! Shelves, one item, what comes in: plain functions over a wallet, with the words of one language.

pub(crate) mod cards;
pub(crate) mod fields;
pub(crate) mod forms;
pub(crate) mod intake;
pub(crate) mod item;
pub(crate) mod look;
pub(crate) mod people;
pub(crate) mod seen;
pub(crate) mod show;
pub(crate) mod status;
#[cfg(test)]
mod tests;
