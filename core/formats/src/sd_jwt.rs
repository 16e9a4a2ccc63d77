//! SD-JWT (RFC 9901): a signed statement whose parts can be shown one by one.
//!
//! ```text
//! <issuer-signed JWT>~<disclosure>~<disclosure>~…~            issued, or presented without binding
//! <issuer-signed JWT>~<disclosure>~…~<key binding JWT>        presented by the holder of a key
//!
//! disclosure   BASE64URL(["salt", "name", value]) in an object, BASE64URL(["salt", value]) in an array
//! in the JWT   "_sd": [BASE64URL(SHA-256(disclosure)), …]      {"...": BASE64URL(SHA-256(disclosure))}
//! sd_hash      BASE64URL(SHA-256("<JWT>~<disclosure>~…~"))     in the key binding JWT
//! ```
//!
//! | who | how |
//! |---|---|
//! | issuer | [`issue`] |
//! | holder | [`Held::read`], [`Held::select`], [`Selection::bind`], [`UnsignedPresentation::sign`] |
//! | verifier | [`UnverifiedSdJwt::parse`], then [`UnverifiedSdJwt::verify_presentation`] where the policy asks for key binding, [`UnverifiedSdJwt::verify`] where it does not |
//!
//! ```
//! use chop_crypto::testing::{MemoryKeystore, SeededRandom};
//! use chop_crypto::{KeyPurpose, Keystore, SigningDomain};
//! use chop_formats::claim_path::ClaimPath;
//! use chop_formats::sd_jwt::{Held, Issuance, KeyBinding, TypeRule, UnverifiedSdJwt, issue};
//! use chop_model::UnixTime;
//!
//! let keys = MemoryKeystore::new(Box::new(SeededRandom::new("doc")));
//! let (issuer, holder) = (keys.generate(KeyPurpose::Issuer)?, keys.generate(KeyPurpose::Credential)?);
//! let now = UnixTime(1_795_000_000);
//!
//! // The issuer: both claims can be shown alone.
//! let claims = serde_json::from_str(r#"{"name": "小明", "born": "2001-02-03"}"#)?;
//! let hidden = [ClaimPath::key("name"), ClaimPath::key("born")];
//! let issuance = Issuance {
//!     typ: "dc+sd-jwt", x5c: &[], kid: None, claims: &claims, disclosable: &hidden,
//!     holder: Some(holder.public.p256()?), pad_digests_to: 8,
//! };
//! let issued = issue(&SeededRandom::new("salts"), &issuance, &|message| {
//!     keys.sign(&issuer.id, SigningDomain::Credential, message)
//! })?;
//!
//! // The holder: shows the name, to one verifier, once.
//! let selection = Held::read(&issued)?.select(&hidden[..1])?;
//! let shown = selection.bind("verifier", "nonce", now, None)?.sign(&keys, &holder.id)?;
//!
//! // The verifier: asks for key binding by the function it calls.
//! let expected = KeyBinding { aud: "verifier", nonce: "nonce", max_age: Some(60), chop_grant: None };
//! let verified = UnverifiedSdJwt::parse(&shown)?.verify_presentation(
//!     issuer.public.p256()?, TypeRule::Exactly("dc+sd-jwt"), &expected, now)?;
//! assert_eq!(verified.claims()["name"], "小明");
//! assert!(verified.claims().get("born").is_none());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Whether key binding is judged is the verifier's choice of function and never depends on what the
//! holder sent (section 9.5); what comes back is a different type. SHA-256 only. Duties: `sd_jwt/CHECKS.md`.

mod error;
mod hold;
mod issue;
mod key_binding;
mod parts;
mod times;
mod unfold;
mod verify;

pub use error::SdJwtError;
pub use hold::{Held, Selection, UnsignedPresentation};
pub use issue::{Issuance, issue};
pub use key_binding::{KbClaims, KeyBinding};
pub use times::MAX_CLOCK_SKEW;
pub use verify::{TypeRule, UnverifiedSdJwt, VerifiedPresentation, VerifiedSdJwt};

/// Bytes of a whole SD-JWT in any serialization.
pub const MAX_BYTES: usize = 1024 * 1024;
/// Disclosures in one SD-JWT.
pub const MAX_DISCLOSURES: usize = 4096;
/// Digests in one SD-JWT, decoys among them, wherever they stand.
pub const MAX_DIGESTS: usize = 16_384;
/// Signatures in a general JSON serialization (section 8.3).
pub const MAX_SIGNATURES: usize = 8;
/// Bytes of a key binding JWT.
pub const MAX_KEY_BINDING_BYTES: usize = 16 * 1024;
