//! 公民身份号码: 6 region + 8 birth date + 3 sequence (odd male, even female) + 1 check.
//! GB 11643, ISO 7064 MOD 11-2; the same on the residence permits of 810000, 820000 and 830000 (CD-1).

use super::NumberFinding;
use super::place::{all_digits, check_day, decimal, gives_numbers_to_people};

pub(super) fn check(number: &[u8], today: Option<u32>, out: &mut Vec<NumberFinding>) {
    let Ok([body @ .., given]) = <&[u8; 18]>::try_from(number) else {
        return out.push(NumberFinding::Length);
    };
    if !all_digits(body) || !(given.is_ascii_digit() || *given == b'X') {
        return out.push(NumberFinding::Character);
    }
    if check_digit(body) != *given {
        out.push(NumberFinding::CheckDigit);
    }
    if let Some(birth) = number.get(6..14).and_then(decimal) {
        check_day(birth, today, out);
    }
    if !number.get(..6).and_then(decimal).is_some_and(gives_numbers_to_people) {
        out.push(NumberFinding::UnknownRegion);
    }
}

/// `10X98765432`[Σ wᵢdᵢ mod 11], wᵢ = 2^(17−i) mod 11.
fn check_digit(body: &[u8]) -> u8 {
    let sum: u32 = body.iter().zip(WEIGHTS).map(|(c, weight)| u32::from(c - b'0') * weight).sum();
    match (12 - sum % 11) % 11 {
        10 => b'X',
        digit => b'0' + u8::try_from(digit).unwrap_or(0),
    }
}

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
