//! JOSE as far as the walk needs it: P-256 keys, ES256 signatures, ECDH-ES sealing.
//!
//! ```text
//! jwk   a P-256 public key as JSON, its thumbprint                 RFC 7517, RFC 7638
//! jws   header . payload . signature, compact only                 RFC 7515, RFC 7518 section 3.4
//! jwe   header .. iv . ciphertext . tag, ECDH-ES and A256GCM only  RFC 7516, RFC 7518 section 4.6
//! ```
//!
//! Algorithms are an allow-list, decided before any key is touched (RFC 8725 section 3.1). Duties:
//! `jose/CHECKS.md`.

mod error;
pub mod jwe;
pub mod jwk;
pub mod jws;

pub use error::JoseError;
