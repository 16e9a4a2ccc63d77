//! Verification: ES256 (RFC 7518 section 3.4) and Ed25519 (RFC 8032), both by ring.

use ring::signature::{ECDSA_P256_SHA256_FIXED, ED25519, UnparsedPublicKey};

use crate::{CryptoError, P256PublicKey, Signature};

/// Checks `signature` = r ‖ s over SHA-256 of `message`.
///
/// A valid (r, s) has a valid twin (r, n−s): a signature's hash is a reference, never an identity.
///
/// # Errors
/// [`CryptoError::BadSignature`] for any signature that is not this key's over these bytes.
pub fn verify_es256(key: &P256PublicKey, message: &[u8], signature: &Signature) -> Result<(), CryptoError> {
    UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, key.as_sec1())
        .verify(message, signature)
        .map_err(|_| CryptoError::BadSignature)
}

/// r ‖ s out of the X9.62 DER that a device's key store gives (RFC 3279 section 2.2.3).
///
/// # Errors
/// [`CryptoError::BadSignature`] for bytes that are not one DER `SEQUENCE { r, s }` of P-256 scalars.
pub fn es256_from_der(der: &[u8]) -> Result<Signature, CryptoError> {
    let signature = p256::ecdsa::Signature::from_der(der).map_err(|_| CryptoError::BadSignature)?;
    Ok(signature.to_bytes().into())
}

/// Checks an Ed25519 signature.
///
/// # Errors
/// [`CryptoError::BadSignature`] for any signature that is not this key's over these bytes.
pub fn verify_ed25519(key: &[u8; 32], message: &[u8], signature: &Signature) -> Result<(), CryptoError> {
    UnparsedPublicKey::new(&ED25519, key).verify(message, signature).map_err(|_| CryptoError::BadSignature)
}
