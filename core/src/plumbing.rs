//! The floors below, by name: for edges that judge other people's data or play an issuer. The walk of
//! a wallet needs none of it.

pub use chop_catalog as catalog;
pub use chop_crypto as crypto;
pub use chop_formats as formats;
pub use chop_ledger as ledger;
pub use chop_model as model;
pub use chop_policy as policy;
pub use chop_vault as vault;
