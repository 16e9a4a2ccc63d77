//! 统一社会信用代码 (GB 32100-2015, CD-2): 1 registration authority, 1 entity type, 6 region,
//! 9 organisation code (GB 11714), 1 check.

use super::NumberFinding;
use super::place::{decimal, registers_firms, value};

/// Checks a unified social credit code.
pub(super) fn check(code: &[u8], out: &mut Vec<NumberFinding>) {
    let Ok([body @ .., given]) = <&[u8; 18]>::try_from(code) else {
        return out.push(NumberFinding::Length);
    };
    let (Some(expected), Some(given)) = (check_value(body), index(*given)) else {
        return out.push(NumberFinding::Character);
    };
    // Letters stand in the first two places (N: agriculture), never in the region.
    let Some(region) = code.get(2..8).and_then(decimal) else {
        return out.push(NumberFinding::Character);
    };
    if expected != given {
        out.push(NumberFinding::CheckDigit);
    }
    if !code.first().is_some_and(|authority| AUTHORITIES.contains(authority)) {
        out.push(NumberFinding::UnknownAuthority);
    }
    if !registers_firms(region) {
        out.push(NumberFinding::UnknownRegion);
    }
    if !code.get(8..17).is_some_and(is_organisation) {
        out.push(NumberFinding::InnerOrganisation);
    }
}

/// Whether both the characters and the check of a unified social credit code are right.
pub(super) fn is_credit_code(code: &[u8]) -> bool {
    let Ok([body @ .., given]) = <&[u8; 18]>::try_from(code) else { return false };
    check_value(body).is_some_and(|expected| index(*given) == Some(expected))
}

/// Checks an organisation code: 8 characters and 1 check.
pub(super) fn check_org(code: &[u8], out: &mut Vec<NumberFinding>) {
    let Ok([body @ .., given]) = <&[u8; 9]>::try_from(code) else {
        return out.push(NumberFinding::Length);
    };
    if body.iter().any(|c| value(*c).is_none()) || !(given.is_ascii_digit() || *given == b'X') {
        out.push(NumberFinding::Character);
    } else if !is_organisation(code) {
        out.push(NumberFinding::CheckDigit);
    }
}

/// (31 − Σ 3^i vᵢ mod 31) mod 31. The outer mod matters: without it r = 0 points past the alphabet.
fn check_value(body: &[u8]) -> Option<u32> {
    let mut sum = 0;
    for (c, weight) in body.iter().zip(WEIGHTS) {
        sum += index(*c)? * weight;
    }
    Some((31 - sum % 31) % 31)
}

/// The place in `0123456789ABCDEFGHJKLMNPQRTUWXY`: the letters without I O S V Z, which look like others.
fn index(c: u8) -> Option<u32> {
    let skipped = match c {
        b'0'..=b'H' => 0,
        b'J'..=b'N' => 1,
        b'P'..=b'R' => 2,
        b'T' | b'U' => 3,
        b'W'..=b'Y' => 4,
        _ => return None,
    };
    Some(value(c)? - skipped)
}

/// 11 − Σ wᵢvᵢ mod 11, with 10 written X and 11 written 0 (GB 11714).
fn is_organisation(code: &[u8]) -> bool {
    let Some((given, body)) = code.split_last() else { return false };
    let mut sum = 0;
    for (c, weight) in body.iter().zip(ORG_WEIGHTS) {
        let Some(value) = value(*c) else { return false };
        sum += value * weight;
    }
    let expected = match 11 - sum % 11 {
        10 => b'X',
        11 => b'0',
        digit => b'0' + u8::try_from(digit).unwrap_or(0),
    };
    *given == expected
}

const WEIGHTS: [u32; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const ORG_WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];
/// GB 32100 names 1 to 9 and Y; A and N are in use (gba.md CD-2, unconfirmed).
const AUTHORITIES: &[u8; 12] = b"123456789ANY";
