//! Floor 0: the only place that names ring, p256 and argon2.
//!
//! ```text
//! digest    SHA-256, HMAC-SHA-256                    FIPS 180-4, RFC 2104
//! secret    keys that zero themselves and do not print
//! encoding  base64url, canonical only                RFC 4648 section 5
//! random    the random port, and the machine's own
//! ec        P-256 public and private keys, ECDH      SEC 1, RFC 7518 section 4.6
//! verify    ES256 and Ed25519 verification           RFC 7518 section 3.4, RFC 8032
//! keystore  where private keys live; signs by id, for a named domain
//! seal      AES-256-GCM with a named context         SP 800-38D
//! kdf       HKDF, Concat KDF, Argon2id               RFC 5869, SP 800-56A, RFC 9106
//! ```
//!
//! A private key never leaves a [`Keystore`]; a signature always names its
//! [`SigningDomain`], and a key made for one purpose refuses the others.

#![deny(clippy::indexing_slicing, clippy::expect_used)]

mod digest;
mod domain;
mod ec;
pub mod encoding;
mod error;
mod kdf;
mod keystore;
mod random;
mod seal;
mod secret;
mod software;
#[cfg(feature = "testing")]
pub mod testing;
mod verify;

pub use digest::{Digest, HASH_LEN, Hasher, hmac_sha256, hmac_sha256_matches, same_bytes, sha256, sha256_of};
pub use domain::{KeyPurpose, SigningDomain};
pub use ec::{AgreementKey, P256PublicKey};
pub use error::CryptoError;
pub use kdf::{Argon2Cost, argon2id, concat_kdf, hkdf_sha256};
pub use keystore::{Anchor, KeyId, KeyRef, Keystore, PublicKey, Signature};
pub use random::{OsRandom, Random, make_array, make_secret};
pub use seal::{NONCE_LEN, Sealed, TAG_LEN, open, open_at, seal, seal_at};
pub use secret::{Secret, SecretBytes};
pub use software::SoftwareKeys;
pub use verify::{es256_from_der, verify_ed25519, verify_es256};
