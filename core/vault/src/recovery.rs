//! The recovery code: 160 random bits to be kept on paper.
//!
//! ```text
//! 7K3M-…-9QZ4   nine groups of four: 32 characters of code, 4 of check, 5 bits each
//! ```
//!
//! The alphabet is Crockford's base 32, which has no I, L, O and U; when read, I and L stand for 1
//! and O for 0, so that a look-alike is not an error. The last group is the first 20 bits of
//! `SHA-256("chop/1/recovery-check" ‖ code)`: a typing error is found before anything is tried.

use std::fmt;

use chop_crypto::{Random, Secret, make_secret, sha256_of};
use zeroize::Zeroizing;

use crate::VaultError;

/// A code that opens a space without its passphrase. `Debug` hides it.
pub struct RecoveryCode(Secret<CODE_BYTES>);

impl RecoveryCode {
    /// A fresh code.
    pub(crate) fn make(random: &dyn Random) -> Result<Self, VaultError> {
        Ok(Self(make_secret(random)?))
    }

    /// Reads what a person typed: any case, with or without hyphens and spaces.
    ///
    /// # Errors
    /// [`VaultError::MistypedRecoveryCode`] when a character, the length or the check does not fit.
    pub fn parse(text: &str) -> Result<Self, VaultError> {
        let mut values = Zeroizing::new(Vec::with_capacity(CODE_CHARS + CHECK_CHARS));
        for c in text.chars().filter(|c| !c.is_whitespace() && *c != '-') {
            if values.len() == CODE_CHARS + CHECK_CHARS {
                return Err(VaultError::MistypedRecoveryCode);
            }
            values.push(value_of(c).ok_or(VaultError::MistypedRecoveryCode)?);
        }
        let (code, check) = values.split_at_checked(CODE_CHARS).ok_or(VaultError::MistypedRecoveryCode)?;
        let code = Secret::new(*pack(code).ok_or(VaultError::MistypedRecoveryCode)?);
        if check != check_of(&code) {
            return Err(VaultError::MistypedRecoveryCode);
        }
        Ok(Self(code))
    }

    /// The code as it is printed: nine groups of four characters. The caller shows it once.
    pub fn to_text(&self) -> Zeroizing<String> {
        // EXPOSE: this is the code's one use, to be written on paper.
        let values = Zeroizing::new(unpack(self.0.expose()));
        let mut text = Zeroizing::new(String::with_capacity(44));
        for (i, value) in values.iter().chain(&check_of(&self.0)).enumerate() {
            if i > 0 && i % 4 == 0 {
                text.push('-');
            }
            text.push(char::from(ALPHABET.get(usize::from(*value)).copied().unwrap_or(b'0')));
        }
        text
    }

    /// The bits, from which the slot's key derives.
    pub(crate) fn secret(&self) -> &Secret<CODE_BYTES> {
        &self.0
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode(hidden)")
    }
}

fn value_of(c: char) -> Option<u8> {
    let c = match c.to_ascii_uppercase() {
        'I' | 'L' => '1',
        'O' => '0',
        c => c,
    };
    ALPHABET.iter().position(|a| char::from(*a) == c).and_then(|i| u8::try_from(i).ok())
}

/// Eight values of five bits are five bytes.
fn pack(values: &[u8]) -> Option<Zeroizing<[u8; CODE_BYTES]>> {
    let mut out = Zeroizing::new([0; CODE_BYTES]);
    for (five, eight) in out.chunks_exact_mut(5).zip(values.chunks_exact(8)) {
        let bits = eight.iter().fold(0u64, |bits, v| bits << 5 | u64::from(*v));
        five.copy_from_slice(bits.to_be_bytes().get(3..)?);
    }
    Some(out)
}

fn unpack(code: &[u8; CODE_BYTES]) -> Vec<u8> {
    let mut values = Vec::with_capacity(CODE_CHARS);
    for five in code.chunks_exact(5) {
        let bits = five.iter().fold(0u64, |bits, byte| bits << 8 | u64::from(*byte));
        values.extend((0..8).rev().map(|i| u8::try_from(bits >> (5 * i) & 31).unwrap_or(0)));
    }
    values
}

fn check_of(code: &Secret<CODE_BYTES>) -> [u8; CHECK_CHARS] {
    // EXPOSE: the check is over the code; it gives away 20 of its bits' hash, on the same paper.
    let [a, b, c, ..] = sha256_of(&[b"chop/1/recovery-check", code.expose()]);
    let bits = u32::from_be_bytes([0, a, b, c]) >> 4;
    [15, 10, 5, 0].map(|shift| u8::try_from(bits >> shift & 31).unwrap_or(0))
}

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
pub(crate) const CODE_BYTES: usize = 20;
const CODE_CHARS: usize = 32;
const CHECK_CHARS: usize = 4;

#[cfg(test)]
mod tests {
    use super::*;
    use chop_crypto::testing::SeededRandom;

    #[test]
    fn what_is_printed_is_read_back_in_any_dress() {
        let code = RecoveryCode::make(&SeededRandom::new("recovery")).unwrap();
        let text = code.to_text();
        assert_eq!(text.len(), 9 * 4 + 8);
        for dress in [
            text.to_string(),
            text.to_lowercase(),
            text.replace('-', " "),
            text.replace('1', "l").replace('0', "o"),
        ] {
            let again = RecoveryCode::parse(&dress).unwrap();
            assert_eq!(again.secret().expose(), code.secret().expose());
        }
        assert_eq!(format!("{code:?}"), "RecoveryCode(hidden)");
    }

    #[test]
    fn any_single_wrong_character_is_found() {
        let text = RecoveryCode::make(&SeededRandom::new("typo")).unwrap().to_text();
        for (i, old) in text.char_indices().filter(|(_, c)| *c != '-') {
            for new in ALPHABET.iter().map(|b| char::from(*b)).filter(|c| *c != old) {
                let mut typo = text.to_string();
                typo.replace_range(i..=i, &new.to_string());
                assert!(RecoveryCode::parse(&typo).is_err(), "{i}");
            }
        }
        assert!(RecoveryCode::parse("").is_err());
        assert!(RecoveryCode::parse(&text[..40]).is_err());
        assert!(RecoveryCode::parse(&format!("{}A", &*text)).is_err());
        assert!(RecoveryCode::parse(&text.replace('-', "U")).is_err());
    }
}
