//! The geography of the Greater Bay Area: its nine mainland cities are data of the pack.

use std::collections::BTreeSet;

use chop_model::{Jurisdiction, Mechanism, Site, UnixTime};
use jiff::civil::{Date, Weekday};
use jiff::tz::{TimeZone, offset};

use crate::{Pack, Route};

/// The nine cities and the days on which offices are closed, as a pack lists them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Gba {
    pub(crate) cities: BTreeSet<String>,
    pub(crate) days_off: BTreeSet<Date>,
}

impl Gba {
    pub(crate) fn has_city(&self, code: &str) -> bool {
        self.cities.contains(code)
    }
}

impl Pack {
    /// The mechanisms that exist on this route, for a mainland party in `city` (six digits of GB/T 2260),
    /// best known first. Between Hong Kong and Macao there is no standard contract, and Shantou (440500)
    /// is none of the nine cities. Within one place nothing crosses: empty.
    pub fn mechanisms(&self, route: Route, city: Option<&str>) -> Vec<Mechanism> {
        if !route.crosses() {
            return Vec::new();
        }
        let mut all = vec![Mechanism::SubjectCarried];
        if city.is_some_and(|city| self.gba.has_city(city)) {
            all.extend(Contract::of(route).map(Contract::mechanism));
        }
        if route.from == Jurisdiction::Cn {
            all.extend([Mechanism::Certification, Mechanism::NationalSc, Mechanism::SecurityAssessment]);
        } else {
            all.push(Mechanism::LocalLawOnly);
        }
        all
    }
}

/// The two standard contracts. There is none between Hong Kong and Macao.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Contract {
    Hk,
    Mo,
}

impl Contract {
    /// The contract of this route, either way.
    pub(crate) fn of(route: Route) -> Option<Self> {
        use Jurisdiction::{Cn, Hk, Mo};
        match (route.from, route.to) {
            (Cn, Hk) | (Hk, Cn) => Some(Self::Hk),
            (Cn, Mo) | (Mo, Cn) => Some(Self::Mo),
            _ => None,
        }
    }

    fn mechanism(self) -> Mechanism {
        match self {
            Self::Hk => Mechanism::GbaScHk,
            Self::Mo => Mechanism::GbaScMo,
        }
    }

    /// Whether `place` is one of its two sides, wherever on the mainland.
    pub(crate) fn has_side(self, place: Jurisdiction) -> bool {
        let other = if self == Self::Hk { Jurisdiction::Hk } else { Jurisdiction::Mo };
        place == Jurisdiction::Cn || place == other
    }

    /// Whether a site lies within it: on a side, and on the mainland in one of the nine cities.
    pub(crate) fn covers(self, gba: &Gba, site: &Site) -> bool {
        let in_city = site.city.as_deref().is_some_and(|city| gba.has_city(city));
        self.has_side(site.jurisdiction) && (site.jurisdiction != Jurisdiction::Cn || in_city)
    }
}

/// Working days after the day of `from` up to the day of `until`, in the one time of the three places:
/// Monday to Friday but for the listed days off. Working weekends (调休) are not known. Counting stops at
/// [`MOST_DAYS`].
pub(crate) fn working_days_between(from: UnixTime, until: UnixTime, days_off: &BTreeSet<Date>) -> u32 {
    let (Some(from), Some(until)) = (civil(from), civil(until)) else { return MOST_DAYS };
    let mut days = 0;
    let mut day = from;
    while day < until && days < MOST_DAYS {
        let Ok(next) = day.tomorrow() else { return MOST_DAYS };
        day = next;
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        if !weekend && !days_off.contains(&day) {
            days += 1;
        }
    }
    days
}

fn civil(time: UnixTime) -> Option<Date> {
    let stamp = jiff::Timestamp::from_second(time.0).ok()?;
    Some(stamp.to_zoned(TimeZone::fixed(offset(8))).date())
}

/// More working days than any rule counts: ends the count for a date of long ago.
const MOST_DAYS: u32 = 30;

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-01-15 is a Thursday; 09:00 there.
    const THURSDAY: UnixTime = UnixTime(1_768_438_800);

    #[test]
    fn weekends_and_days_off_are_no_working_days() {
        let after = |days: i64| UnixTime(THURSDAY.0 + days * 86_400);
        let none = BTreeSet::new();
        assert_eq!(working_days_between(THURSDAY, THURSDAY, &none), 0);
        assert_eq!(working_days_between(THURSDAY, after(1), &none), 1);
        assert_eq!(working_days_between(THURSDAY, after(3), &none), 1, "Sunday");
        assert_eq!(working_days_between(THURSDAY, after(14), &none), 10);
        let holiday = BTreeSet::from(["2026-01-19".parse().unwrap()]);
        assert_eq!(working_days_between(THURSDAY, after(14), &holiday), 9);
        assert_eq!(working_days_between(THURSDAY, UnixTime(0), &none), 0, "not begun");
        assert_eq!(working_days_between(UnixTime(0), THURSDAY, &none), MOST_DAYS);
    }
}
