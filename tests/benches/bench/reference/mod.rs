//! The same work by the named library alone. No file here uses code of this house.

pub(crate) mod process;
pub(crate) mod ring;
pub(crate) mod sqlcipher;
