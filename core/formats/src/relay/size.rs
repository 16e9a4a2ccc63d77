//! Size classes: what is sealed is first filled up, so that its length tells little.
//!
//! `padded = bytes ‖ 0x80 ‖ 0x00…` up to the next class (ISO/IEC 7816-4 padding). It happens inside the
//! seal: outside, somebody could tell padding from content.

use super::RelayFormatError;

/// The lengths that a padded message can have, in bytes: each four times the one before.
pub const SIZE_CLASSES: [usize; 8] = [1 << 10, 1 << 12, 1 << 14, 1 << 16, 1 << 18, 1 << 20, 1 << 22, 1 << 24];

/// The class for `length` bytes and the mark behind them; nothing when they are too many.
pub fn size_class(length: usize) -> Option<usize> {
    SIZE_CLASSES.into_iter().find(|class| length < *class)
}

/// Fills `bytes` up to their class.
///
/// # Errors
/// [`RelayFormatError::TooLarge`] when they fit none.
pub fn pad(mut bytes: Vec<u8>) -> Result<Vec<u8>, RelayFormatError> {
    let class = size_class(bytes.len()).ok_or(RelayFormatError::TooLarge)?;
    bytes.push(MARK);
    bytes.resize(class, 0);
    Ok(bytes)
}

/// What was filled up.
///
/// # Errors
/// [`RelayFormatError::BadPadding`] unless the length is the class of what comes out.
pub fn unpad(padded: &[u8]) -> Result<&[u8], RelayFormatError> {
    let end = padded.iter().rposition(|byte| *byte != 0).ok_or(RelayFormatError::BadPadding)?;
    match (padded.get(end), padded.get(..end)) {
        (Some(&MARK), Some(bytes)) if size_class(bytes.len()) == Some(padded.len()) => Ok(bytes),
        _ => Err(RelayFormatError::BadPadding),
    }
}

const MARK: u8 = 0x80;
