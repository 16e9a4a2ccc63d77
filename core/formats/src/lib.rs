//! Floor 2: wire forms. Each is read with bounds, verified into a type, and kept as the bytes that
//! were signed. A format that verifies has its duties listed in `CHECKS.md` beside it.

#![deny(clippy::indexing_slicing, clippy::expect_used)]

pub mod annotated_copy;
pub mod bundle;
pub mod cbor;
#[cfg(test)]
mod checks;
pub mod claim_path;
mod coded_union;
pub mod consent_notice;
pub mod consent_record;
pub mod content;
pub mod dcql;
pub mod deflate;
pub mod delivery;
pub mod digest64;
pub mod dossier;
pub mod envelope;
pub mod file_seal;
pub mod frame;
pub mod grant;
pub mod ips;
pub mod jose;
pub mod json;
pub mod log_entry;
pub mod object;
pub mod offer;
pub mod openid4vci;
pub mod openid4vp;
pub mod pack;
pub mod proof_pack;
pub mod receipt;
pub mod relay;
pub mod request;
pub mod sd_jwt;
pub mod sd_jwt_vc;
pub mod shown_text;
pub mod signed_pack;
pub mod status_list;
pub mod trust_list;
pub mod web_address;
pub mod web_form;
pub mod x509;
