//! Regions (GB/T 2260), days and the small arithmetic that several numbers share.

use jiff::civil::Date;

use super::NumberFinding;

/// The first two digits of a region: the provinces, the two SARs and Taiwan (GB/T 2260; 81-83 as on
/// residence permits).
const PROVINCES: [u32; 34] = [
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54,
    61, 62, 63, 64, 65, 81, 82, 83,
];
/// The cities of Guangdong.
const GUANGDONG: [u32; 21] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 13, 14, 15, 16, 17, 18, 19, 20, 51, 52, 53];

/// Whether a person can have a number of this region. Provinces give none themselves, and of cities
/// only Guangdong's are known here: elsewhere the province decides.
pub(super) fn gives_numbers_to_people(region: u32) -> bool {
    let (province, city) = (region / 10_000, region / 100 % 100);
    match province {
        81..=83 => region.is_multiple_of(10_000),
        44 => GUANGDONG.contains(&city),
        _ => city != 0 && PROVINCES.contains(&province),
    }
}

/// Whether an authority can sit in this region; 100000 is the whole country, 71 as it is registered.
pub(super) fn registers_firms(region: u32) -> bool {
    let (province, city) = (region / 10_000, region / 100 % 100);
    match province {
        10 => region == 100_000,
        44 => city == 0 || GUANGDONG.contains(&city),
        _ => PROVINCES.contains(&province),
    }
}

/// A number of decimal digits; `None` when one is none. At most nine digits.
pub(super) fn decimal(digits: &[u8]) -> Option<u32> {
    if digits.is_empty() || digits.len() > 9 {
        return None;
    }
    digits.iter().try_fold(0, |sum, c| c.is_ascii_digit().then(|| sum * 10 + u32::from(c - b'0')))
}

/// Whether `yyyymmdd` is a day.
pub(super) fn is_day(day: u32) -> bool {
    let month = i8::try_from(day / 100 % 100).unwrap_or(0);
    let of_month = i8::try_from(day % 100).unwrap_or(0);
    i16::try_from(day / 10_000).is_ok_and(|year| Date::new(year, month, of_month).is_ok())
}

/// Finds a day that is none, or not yet.
pub(super) fn check_day(day: u32, today: Option<u32>, out: &mut Vec<NumberFinding>) {
    if !is_day(day) {
        out.push(NumberFinding::NoSuchDate);
    } else if today.is_some_and(|today| day > today) {
        out.push(NumberFinding::FutureDate);
    }
}

/// 0-9 and A-Z as 0-35.
pub(super) fn value(c: u8) -> Option<u32> {
    match c {
        b'0'..=b'9' => Some(u32::from(c - b'0')),
        b'A'..=b'Z' => Some(u32::from(c - b'A') + 10),
        _ => None,
    }
}

/// Whether every character of `text` is a decimal digit.
pub(super) fn all_digits(text: &[u8]) -> bool {
    text.iter().all(u8::is_ascii_digit)
}
