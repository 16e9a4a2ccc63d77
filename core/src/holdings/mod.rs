//! The two shelves: credentials (证照) and data items (数据). Take in, look at, replace, erase.

mod annotate;
mod catalogued;
mod conflict;
mod erase;
mod form;
mod import;
mod level;
mod offer;
mod picture;
mod profile;
mod seal;
mod seen;
mod share;
mod show;
mod view;

pub(crate) use annotate::{PAGE_TYPE, Shown, page as annotated_page};
pub use catalogued::{Catalogued, CataloguedField, FORM_CLAIM};
pub use conflict::{Conflict, Copy};
pub use form::{Form, Own};
pub(crate) use import::search_words;
pub use import::{Import, Imported, Incoming, MAX_FILE_BYTES};
pub use level::DataLevel;
pub use offer::Candidate;
pub(crate) use offer::Held;
pub(crate) use picture::may_leave;
pub(crate) use profile::youngest;
pub use profile::{NewProfile, Profile, Relation, Ward, age_band, relation_word};
pub use seen::{Seen, SeenBy};
pub use share::{Mark, ShareClass, share_word};
pub use view::{FileView, ItemView, Seal};

/// The claim that a file is presented by: its seal, type, size and name.
pub const FILE_CLAIM: &str = "file";

/// The claim that carries the mark of an annotated copy; a request asks for one by it.
pub const ANNOTATED_CLAIM: &str = "annotated_copy";

/// The type of a credential by which a holder states something about an item of their own.
pub const ITEM_VCT: &str = "urn:chop:item:1";
