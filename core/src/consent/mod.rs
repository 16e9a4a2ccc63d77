//! Consent after it was given: what may be asked of a recipient, and what became of the consent.

mod rights;

pub use rights::rights_in;
