//! 数据海关: what is known of a grant across a border, put together for somebody who reviews it; and the
//! evidence of a dispute, in the same signed file.
//!
//! ```text
//! elements   record + findings + seals + log  ->  every element that gba.md section 2.6 asks for,
//!                                                 each with what is known, or missing
//! make       elements -> dossier.json, dossier.html; with grant, record and proof pack into one file,
//!            signed by the key of the grant
//! check      the file alone: signature, parts, grant, record, proof pack
//! ```
//!
//! It files nothing with anybody. What is missing is listed as missing, in red on the page: a dossier
//! with something missing is still made, because seeing that is what it is for.

mod check;
mod elements;
mod make;

pub use check::{CheckedDossier, check_dossier};
pub use elements::{ELEMENTS, Element, Known, Seal, elements};
pub use make::{Dossier, TransferDossier};

chop_model::coded_errors! {
    /// Why no dossier can be made, or one is not whole.
    pub enum TransferError {
        /// The grant crosses no border.
        NoBorder => ("transfer.no-border", User, "the grant crosses no border"),
        /// The log extract is about another grant.
        OtherProof => ("transfer.other-proof", Peer, "the log extract in the dossier is about another grant"),
    }
}
