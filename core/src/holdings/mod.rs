//! The two shelves: credentials (证照) and data items (数据). Take in, look at, replace, erase.

mod erase;
mod form;
mod import;
mod offer;
mod seal;
mod view;

pub use form::{Form, Own};
pub(crate) use import::search_words;
pub use import::{Import, Imported, MAX_FILE_BYTES};
pub use offer::Candidate;
pub(crate) use offer::Held;
pub use view::{ItemView, Seal};

/// The claim that a file is presented by: its seal, type, size and name.
pub const FILE_CLAIM: &str = "file";

/// The type of a credential by which a holder states something about an item of their own.
pub const ITEM_VCT: &str = "urn:chop:item:1";
