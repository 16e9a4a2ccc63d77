//! The words shown before consent, and their digest.
//!
//! ```text
//! NoticeModel (verified facts) ── render(lang) ─> Notice { title, lines, sentence, digest }
//! ```
//!
//! The page is made from what was verified, in the reader's language, and its digest covers every
//! rendered character in a framed encoding. A grant carries that digest (`notice`, `ui`), so that what
//! was shown can be shown again and compared. Whatever the other side wrote stands inside Unicode
//! isolates and cannot reorder, hide or imitate the words around it.

mod cite;
mod holdings;
mod model;
mod page;
mod peer_text;
mod predicates;
mod proof;
mod sentence;
mod time;
mod words;

pub use model::{
    Asker, ClaimSource, CopyNotice, HoldingsNotice, KnownBy, Line, LineKind, Notice, NoticeClaim,
    NoticeModel, OfferNotice, SealState, WardNotice,
};
pub use page::render;
pub use peer_text::isolate;
pub use proof::WriteTime;
pub use sentence::sentence_of;
pub(crate) use time::written;
pub use words::{ErrorWords, NoticeError, Words, withdrawal_effect, words_in_all};

/// Version of the page: its lines, their order and the encoding of the digest.
pub const VERSION: &str = "chop/1/notice";
