//! base64url without padding (RFC 4648 section 5), canonical only.
//!
//! Trailing bits that are not zero, padding and white space are refused: two texts never mean the
//! same bytes, so a hash over the text and a hash over the bytes cannot be played against each other.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

use crate::CryptoError;

/// `bytes` as base64url without padding.
pub fn to_base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The bytes that `text` encodes.
///
/// # Errors
/// [`CryptoError::BadBase64Url`] unless `text` is the one canonical form of some bytes.
pub fn from_base64url(text: &str) -> Result<Vec<u8>, CryptoError> {
    URL_SAFE_NO_PAD.decode(text).map_err(|_| CryptoError::BadBase64Url)
}

/// The `N` bytes that `text` encodes.
///
/// # Errors
/// [`CryptoError::BadBase64Url`] unless `text` is the canonical form of exactly `N` bytes.
pub fn array_from_base64url<const N: usize>(text: &str) -> Result<[u8; N], CryptoError> {
    from_base64url(text)?.try_into().map_err(|_| CryptoError::BadBase64Url)
}

/// `bytes` as padded standard base64 (RFC 4648 section 4), as JOSE `x5c` and signed notes want it.
pub fn to_base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// The bytes that padded standard base64 encodes.
///
/// # Errors
/// [`CryptoError::BadBase64Url`] unless `text` is canonical, padded base64.
pub fn from_base64(text: &str) -> Result<Vec<u8>, CryptoError> {
    STANDARD.decode(text).map_err(|_| CryptoError::BadBase64Url)
}

/// `bytes` as lower-case hexadecimal, for fingerprints that people compare.
pub fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_canonical_form_is_read() {
        assert_eq!(from_base64url("AA").as_deref(), Ok(&[0u8][..]));
        for bad in ["AB", "AA==", "A", "AA ", "+w", "A\nA"] {
            assert_eq!(from_base64url(bad), Err(CryptoError::BadBase64Url), "{bad:?}");
        }
    }

    #[test]
    fn lengths_are_checked() {
        assert!(array_from_base64url::<2>("AAA").is_ok());
        assert!(array_from_base64url::<3>("AAA").is_err());
    }
}
