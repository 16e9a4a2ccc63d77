//! The machine-readable zone (ICAO 9303 parts 3 to 6, CD-6): a field with its check digit, the line
//! that holds check digits, or the whole zone. Σ vᵢwᵢ mod 10, weights 7 3 1, 0-9, A-Z = 10-35, `<` = 0.
//!
//! Documents with a zone of their own layout (the card form of the mainland travel permit) are checked
//! field by field.

use super::NumberFinding;
use super::place::value;

/// Checks whatever part of a zone was given; lines may be one after the other without a break.
pub(super) fn check(text: &[u8], out: &mut Vec<NumberFinding>) {
    if text.iter().any(|c| *c != FILLER && value(*c).is_none()) {
        return out.push(NumberFinding::Character);
    }
    match text.len() {
        2..30 => check_parts(text, &[&[(0, text.len())]], out),
        // TD1: three lines of 30, one with the number, one with the dates and the check over both.
        30 if text.first().is_some_and(u8::is_ascii_digit) => check_zone(text, &TD1_DATES, &[0, 8], out),
        30 => check_parts(text, &[&[(5, 15)]], out),
        90 => check_zone(text, &TD1, &[30, 38], out),
        // TD2: two lines of 36; TD3: two of 44.
        36 => check_zone(text, &TD2_LOWER, &[13, 21], out),
        72 => check_zone(text.get(36..).unwrap_or_default(), &TD2_LOWER, &[13, 21], out),
        44 => check_zone(text, &TD3_LOWER, &[13, 21], out),
        88 => check_zone(text.get(44..).unwrap_or_default(), &TD3_LOWER, &[13, 21], out),
        _ => out.push(NumberFinding::Length),
    }
}

/// Characters from one place to before another.
type Span = (usize, usize);
type Part<'a> = &'a [Span];

fn check_zone(text: &[u8], parts: &[Part<'_>], dates: &[usize], out: &mut Vec<NumberFinding>) {
    check_parts(text, parts, out);
    if dates.iter().any(|at| !is_date(text.get(*at..*at + 6).unwrap_or_default())) {
        out.push(NumberFinding::NoSuchDate);
    }
}

/// Each part is the characters of its spans, one after the other, the last of them the check digit.
fn check_parts(text: &[u8], parts: &[Part<'_>], out: &mut Vec<NumberFinding>) {
    if !parts.iter().all(|spans| is_part_right(text, spans)) {
        out.push(NumberFinding::CheckDigit);
    }
}

fn is_part_right(text: &[u8], spans: Part<'_>) -> bool {
    let (mut sum, mut count, mut is_empty, mut last) = (0, 0_usize, true, None);
    let mut weights = WEIGHTS.into_iter().cycle();
    for (from, to) in spans {
        for c in text.get(*from..*to).unwrap_or_default() {
            // The last character is the check digit itself; so each is added when the next has come.
            if let Some(before) = last.replace(*c) {
                sum += value(before).unwrap_or(0) * weights.next().unwrap_or(0);
            }
            is_empty &= *c == FILLER;
            count += 1;
        }
    }
    match last {
        Some(digit) if digit.is_ascii_digit() => u32::from(digit - b'0') == sum % 10,
        // An optional field that is empty may have a filler for its check (ICAO 9303-4, 4.2.2.2).
        Some(FILLER) => count > 1 && is_empty,
        _ => false,
    }
}

/// `YYMMDD`; what is not known is filled (ICAO 9303-3, 4.8).
fn is_date(date: &[u8]) -> bool {
    let number = |range: std::ops::Range<usize>| match date.get(range) {
        Some([FILLER, FILLER]) => Some(1),
        Some([tens, units]) if tens.is_ascii_digit() && units.is_ascii_digit() => {
            Some((tens - b'0') * 10 + units - b'0')
        }
        _ => None,
    };
    let (Some(_), Some(month), Some(day)) = (number(0..2), number(2..4), number(4..6)) else { return false };
    let most = match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    (1..=12).contains(&month) && (1..=most).contains(&day)
}

const FILLER: u8 = b'<';
const WEIGHTS: [u32; 3] = [7, 3, 1];
const TD1: [Part<'static>; 4] =
    [&[(5, 15)], &[(30, 37)], &[(38, 45)], &[(5, 30), (30, 37), (38, 45), (48, 60)]];
const TD1_DATES: [Part<'static>; 2] = [&[(0, 7)], &[(8, 15)]];
const TD2_LOWER: [Part<'static>; 4] = [&[(0, 10)], &[(13, 20)], &[(21, 28)], &[(0, 10), (13, 20), (21, 36)]];
const TD3_LOWER: [Part<'static>; 5] =
    [&[(0, 10)], &[(13, 20)], &[(21, 28)], &[(28, 43)], &[(0, 10), (13, 20), (21, 44)]];
