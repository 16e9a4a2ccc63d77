//! Numbers whose form is all that can be checked (gba.md §3.2, last table).

use super::NumberFinding;
use super::place::all_digits;

/// 港澳居民来往内地通行证: `H` or `M` and 8 or 10 digits; `HA` or `MA` and 7 for other nationals (2024).
pub(super) fn check_permit(number: &[u8], out: &mut Vec<NumberFinding>) {
    let Some((b'H' | b'M', rest)) = number.split_first() else { return out.push(NumberFinding::Form) };
    let (digits, allowed): (&[u8], &[usize]) = match rest {
        [b'A', digits @ ..] => (digits, &[7]),
        digits => (digits, &[8, 10]),
    };
    check_digits(digits, allowed, out);
}

/// 8 digits, or a letter and 7 for a dummy number (C0012345).
pub(super) fn check_brn(number: &[u8], out: &mut Vec<NumberFinding>) {
    match number.split_first() {
        Some((letter, digits)) if letter.is_ascii_uppercase() => check_digits(digits, &[7], out),
        _ => check_digits(number, &[8], out),
    }
}

/// 学历证书编号: 5 school, 1 type (1 5 6 7), 4 year, 2 level (01 02 04 05 06), 6 serial.
pub(super) fn check_award(number: &[u8], today: Option<u32>, out: &mut Vec<NumberFinding>) {
    if number.len() != 18 || !all_digits(number) {
        return check_digits(number, &[18], out);
    }
    let is_type = matches!(number.get(5), Some(b'1' | b'5'..=b'7'));
    let is_level = matches!(number.get(10..12), Some(b"01" | b"02" | b"04" | b"05" | b"06"));
    if !is_type || !is_level {
        out.push(NumberFinding::Form);
    }
    let year = number.get(6..10).and_then(super::place::decimal);
    if year.zip(today).is_some_and(|(year, today)| year > today / 10_000) {
        out.push(NumberFinding::FutureDate);
    }
}

/// 不动产单元代码: 28 characters (GB/T 37346); how they are arranged is unconfirmed.
pub(super) fn check_unit(number: &[u8], out: &mut Vec<NumberFinding>) {
    if number.len() != 28 {
        return out.push(NumberFinding::Length);
    }
    if !number.iter().all(u8::is_ascii_alphanumeric) {
        return out.push(NumberFinding::Character);
    }
    let is_arranged = number.iter().zip(UNIT).all(|(c, place)| match place {
        b'9' => c.is_ascii_digit(),
        _ => c.is_ascii_uppercase(),
    });
    if !is_arranged {
        out.push(NumberFinding::UnitLayout);
    }
}

fn check_digits(digits: &[u8], allowed: &[usize], out: &mut Vec<NumberFinding>) {
    if !all_digits(digits) {
        out.push(NumberFinding::Character);
    } else if !allowed.contains(&digits.len()) {
        out.push(NumberFinding::Length);
    }
}

/// 6 county, 3 zone, 3 sub-zone, 2 letters of the parcel's kind, 5 parcel, 1 letter of what stands on
/// it, 8 for the unit.
const UNIT: &[u8; 28] = b"999999999999AA99999A99999999";
