//! Days and times as papers of the three places write them.

use chop_model::UnixTime;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::{TimeZone, offset};

/// What a text says about time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
    /// A moment; a day counts as its first second at UTC+8, a month and a year as their first day.
    At(UnixTime),
    /// In the form of a day, and none.
    NoSuchDay,
    /// In no form that is known.
    Unread,
}

/// Reads `2026-01-31`, `31-01-2026`, `20260131`, `202601`, `2026-01`, `2026` and ISO 8601 times.
pub(crate) fn when(text: &str) -> When {
    let text = text.trim();
    if text.contains('T') {
        return match (text.parse::<Timestamp>(), text.parse::<DateTime>()) {
            (Ok(at), _) => When::At(UnixTime(at.as_second())),
            (_, Ok(local)) => local
                .to_zoned(zone())
                .map_or(When::Unread, |at| When::At(UnixTime(at.timestamp().as_second()))),
            _ => When::Unread,
        };
    }
    match parts(text) {
        Some((year, month, day)) => match Date::new(year, month, day).and_then(|d| d.to_zoned(zone())) {
            Ok(midnight) => When::At(UnixTime(midnight.timestamp().as_second())),
            Err(_) => When::NoSuchDay,
        },
        None => When::Unread,
    }
}

/// A calendar day in any of the forms.
pub(crate) fn civil(text: &str) -> Option<Date> {
    let (year, month, day) = parts(text.trim())?;
    Date::new(year, month, day).ok()
}

fn zone() -> TimeZone {
    TimeZone::fixed(offset(8))
}

fn parts(text: &str) -> Option<(i16, i8, i8)> {
    if !text.is_ascii() {
        return None;
    }
    let lengths: Vec<usize> = text.split(['-', '/']).map(str::len).collect();
    let spans: [(usize, usize); 3] = match lengths.as_slice() {
        [4, 2, 2] => [(0, 4), (5, 7), (8, 10)],
        [2, 2, 4] => [(6, 10), (3, 5), (0, 2)],
        [8] => [(0, 4), (4, 6), (6, 8)],
        [4, 2] => [(0, 4), (5, 7), (0, 0)],
        [6] => [(0, 4), (4, 6), (0, 0)],
        [4] => [(0, 4), (0, 0), (0, 0)],
        _ => return None,
    };
    let number = |(from, to): (usize, usize)| match text.get(from..to)? {
        "" => Some(1_i16),
        digits if digits.bytes().all(|c| c.is_ascii_digit()) => digits.parse().ok(),
        _ => None,
    };
    let [year, month, day] = spans.map(number);
    Some((year?, i8::try_from(month?).ok()?, i8::try_from(day?).ok()?))
}
