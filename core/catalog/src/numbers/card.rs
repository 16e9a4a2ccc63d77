//! Identity cards of the two SARs: the last character stands in brackets.

use super::NumberFinding;
use super::normal::Bracket;
use super::place::{all_digits, value};

/// 1 or 2 letters, 6 digits, a check (CD-3). The algorithm is universal and was never published.
pub(super) fn check_hong_kong(number: &[u8], bracket: Bracket, out: &mut Vec<NumberFinding>) {
    if bracket == Bracket::Elsewhere {
        return out.push(NumberFinding::Form);
    }
    let letters = number.iter().take_while(|c| c.is_ascii_alphabetic()).count();
    if !matches!((letters, number.len()), (1, 8) | (2, 9)) {
        return out.push(if (8..=9).contains(&number.len()) {
            NumberFinding::Form
        } else {
            NumberFinding::Length
        });
    }
    let (prefix, rest) = number.split_at_checked(letters).unwrap_or_default();
    let Some((given, digits)) = rest.split_last() else { return out.push(NumberFinding::Length) };
    if !all_digits(digits) || !(given.is_ascii_digit() || *given == b'A') {
        return out.push(NumberFinding::Character);
    }
    if check_digit(prefix, digits) != *given {
        out.push(NumberFinding::CheckDigit);
    }
    if !PREFIXES.contains(&prefix) {
        out.push(NumberFinding::UnknownPrefix);
    }
}

/// 7 digits that begin with 1, 5 or 7, and an eighth that nobody has published a rule for.
pub(super) fn check_macao(number: &[u8], bracket: Bracket, out: &mut Vec<NumberFinding>) {
    if bracket == Bracket::Elsewhere {
        return out.push(NumberFinding::Form);
    }
    if number.len() != 8 {
        return out.push(NumberFinding::Length);
    }
    if !all_digits(number) {
        return out.push(NumberFinding::Character);
    }
    if !matches!(number.first(), Some(b'1' | b'5' | b'7')) {
        out.push(NumberFinding::Form);
    }
}

/// 11 − Σ mod 11 with 11 as 0 and 10 as A; a missing first letter counts as a space, 36.
fn check_digit(prefix: &[u8], digits: &[u8]) -> u8 {
    let space = (prefix.len() == 1).then_some(SPACE);
    let values = space.into_iter().chain(prefix.iter().chain(digits).filter_map(|c| value(*c)));
    let sum: u32 = values.zip((2..=9).rev()).map(|(value, weight)| value * weight).sum();
    match (11 - sum % 11) % 11 {
        10 => b'A',
        digit => b'0' + u8::try_from(digit).unwrap_or(0),
    }
}

const SPACE: u32 = 36;
/// First letters that are known to have been issued (unconfirmed; anything else only warns).
const PREFIXES: [&[u8]; 30] = [
    b"A", b"B", b"C", b"D", b"E", b"F", b"G", b"H", b"J", b"K", b"L", b"M", b"N", b"P", b"R", b"S", b"T",
    b"V", b"W", b"Y", b"Z", b"EC", b"WX", b"XA", b"XB", b"XC", b"XD", b"XE", b"XG", b"XH",
];
