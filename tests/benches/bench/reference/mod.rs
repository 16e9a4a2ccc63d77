//! The same work by the named library alone. No file here uses code of this house.

pub(crate) mod ring;
pub(crate) mod sd_jwt_rs;
pub(crate) mod sqlcipher;
pub(crate) mod zxing;
