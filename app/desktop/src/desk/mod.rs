//! The verifier's counter: a request without code, what came of it, and the clock that deletes.
//!
//! ```text
//! draft    a form of ticks and words ─► DCQL and use terms ─► core::ask
//! counter  what was scanned ─► claim, accept, an offer taken up ─► what to show next
//! clock    erase_due, once a minute, whether or not anybody looks
//! ```

mod clock;
mod coded;
mod counter;
mod draft;
mod follow;
mod narrative;
mod person;
mod plan;
mod result;
mod section;

pub(crate) use clock::start as start_clock;
pub(crate) use counter::{Step, take};
pub(crate) use draft::{AskDraft, request};
pub(crate) use follow::follow;
pub(crate) use result::{exchange, kept, listed};
pub(crate) use section::lines;

use chop_core::plumbing::formats::x509::x509_hash;
use chop_core::plumbing::model::Party;
use chop_core::{Result, Wallet};

/// Who this space is, as a list it holds names it; nothing where none does.
pub(crate) fn own_party(wallet: &Wallet) -> Result<Option<Party>> {
    let own = wallet.client_id()?;
    let lists = wallet.trust_lists()?;
    let mut entries = lists.iter().flat_map(|held| &held.list.content().entries);
    Ok(entries.find(|entry| x509_hash(&entry.certificate) == own).map(|entry| entry.party.clone()))
}
