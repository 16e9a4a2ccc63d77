//! The numbers of gba.md §3.2: what their form and their check digits say, and nothing more. A number
//! that passes was perhaps never issued to anybody.
//!
//! | kind | number | check |
//! |---|---|---|
//! | `rid` | 公民身份号码, also on residence permits | GB 11643, ISO 7064 MOD 11-2 (CD-1) |
//! | `uscc` | 统一社会信用代码 | GB 32100-2015, MOD 31 (CD-2) |
//! | `org` | 组织机构代码 | GB 11714, MOD 11 |
//! | `hkid` | Hong Kong identity card | weights 9..2, MOD 11, unofficial (CD-3) |
//! | `ecert` | 电子证照标识 | GB/T 36904, ISO 7064 MOD 37,36 (CD-4) |
//! | `food` | 食品经营许可 | MOD 11,10, from memory: a failure only warns (CD-5) |
//! | `icao` | MRZ field with its check digit, line or whole zone | ICAO 9303, weights 7 3 1 (CD-6) |
//! | `permit` `bir` `brn` `award` `realestate` | | form only: nobody has published a check digit |

mod card;
mod citizen;
mod credit;
mod finding;
mod form;
mod licence;
mod normal;
mod place;
mod travel;

use chop_model::UnixTime;
use jiff::Timestamp;
use jiff::tz::{TimeZone, offset};

pub use finding::NumberFinding;

/// The kinds of number that are checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NumberKind {
    /// 公民身份号码 (CD-1).
    Rid,
    /// 统一社会信用代码 (CD-2).
    Uscc,
    /// 组织机构代码, GB 11714.
    Org,
    /// Hong Kong identity card (CD-3).
    Hkid,
    /// 电子证照标识 (CD-4).
    Ecert,
    /// 食品经营许可证编号 (CD-5).
    Food,
    /// Machine-readable zone: a field with its check digit, a line, or the zone (CD-6).
    Icao,
    /// 港澳居民来往内地通行证.
    Permit,
    /// 澳门居民身份证.
    Bir,
    /// Hong Kong business registration number.
    Brn,
    /// 学历证书编号.
    Award,
    /// 不动产单元代码, GB/T 37346.
    Realestate,
}

impl NumberKind {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Rid,
        Self::Uscc,
        Self::Org,
        Self::Hkid,
        Self::Ecert,
        Self::Food,
        Self::Icao,
        Self::Permit,
        Self::Bir,
        Self::Brn,
        Self::Award,
        Self::Realestate,
    ];

    /// The word for it in the catalogue and on the command line.
    pub fn code(self) -> &'static str {
        match self {
            Self::Rid => "rid",
            Self::Uscc => "uscc",
            Self::Org => "org",
            Self::Hkid => "hkid",
            Self::Ecert => "ecert",
            Self::Food => "food",
            Self::Icao => "icao",
            Self::Permit => "permit",
            Self::Bir => "bir",
            Self::Brn => "brn",
            Self::Award => "award",
            Self::Realestate => "realestate",
        }
    }

    /// The kind with this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whether only the form can be checked, because no check digit is published.
    pub fn is_form_only(self) -> bool {
        matches!(self, Self::Permit | Self::Bir | Self::Brn | Self::Award | Self::Realestate)
    }
}

/// What looking at a number gave.
#[derive(Clone, PartialEq, Eq)]
pub struct NumberCheck {
    original: String,
    normal: String,
    findings: Vec<NumberFinding>,
}

impl NumberCheck {
    /// The number as it was given: for display.
    pub fn original(&self) -> &str {
        &self.original
    }

    /// The number to compare by: NFKC, upper case, no spaces, hyphens and brackets.
    pub fn normal(&self) -> &str {
        &self.normal
    }

    /// What is wrong; empty when nothing is.
    pub fn errors(&self) -> impl Iterator<Item = NumberFinding> {
        self.findings.iter().copied().filter(|finding| !finding.is_warning())
    }

    /// What is worth a look and wrong only perhaps.
    pub fn warnings(&self) -> impl Iterator<Item = NumberFinding> {
        self.findings.iter().copied().filter(|finding| finding.is_warning())
    }

    /// Whether nothing is wrong. Warnings do not count.
    pub fn is_right(&self) -> bool {
        self.errors().next().is_none()
    }
}

impl std::fmt::Debug for NumberCheck {
    /// Without the number: it is the datum.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "NumberCheck({:?})", self.findings)
    }
}

/// Checks `text` as a number of `kind`. With `at`, a date inside the number may not be later than
/// that day in the three places (UTC+8).
///
/// ```
/// use chop_catalog::numbers::{NumberFinding, NumberKind, check};
/// assert!(check(NumberKind::Hkid, "Z123456（1）", None).is_right());
/// let wrong = check(NumberKind::Hkid, "Z123456(2)", None);
/// assert_eq!(wrong.errors().collect::<Vec<_>>(), [NumberFinding::CheckDigit]);
/// ```
pub fn check(kind: NumberKind, text: &str, at: Option<UnixTime>) -> NumberCheck {
    let mut findings = Vec::new();
    if text.len() > MAX_NUMBER_BYTES {
        findings.push(NumberFinding::TooLong);
        return NumberCheck { original: String::new(), normal: String::new(), findings };
    }
    let normal = normal::normal(text);
    if normal.text.is_empty() {
        findings.push(NumberFinding::Empty);
    } else if !normal.text.is_ascii() {
        findings.push(NumberFinding::Character);
    } else {
        judge(kind, &normal, at.and_then(day), &mut findings);
    }
    NumberCheck { original: text.to_owned(), normal: normal.text, findings }
}

fn judge(kind: NumberKind, normal: &normal::Normal, today: Option<u32>, out: &mut Vec<NumberFinding>) {
    let number = normal.text.as_bytes();
    match kind {
        NumberKind::Rid => citizen::check(number, today, out),
        NumberKind::Uscc => credit::check(number, out),
        NumberKind::Org => credit::check_org(number, out),
        NumberKind::Hkid => card::check_hong_kong(number, normal.bracket, out),
        NumberKind::Bir => card::check_macao(number, normal.bracket, out),
        NumberKind::Ecert => licence::check_identifier(number, out),
        NumberKind::Food => licence::check_food(number, out),
        NumberKind::Icao => travel::check(number, out),
        NumberKind::Permit => form::check_permit(number, out),
        NumberKind::Brn => form::check_brn(number, out),
        NumberKind::Award => form::check_award(number, today, out),
        NumberKind::Realestate => form::check_unit(number, out),
    }
}

/// The day at UTC+8 as the number `yyyymmdd`, which sorts as days do.
pub(crate) fn day(at: UnixTime) -> Option<u32> {
    let date = Timestamp::from_second(at.0).ok()?.to_zoned(TimeZone::fixed(offset(8))).date();
    let year = u32::try_from(date.year()).ok()?;
    Some(year * 10_000 + u32::from(date.month().unsigned_abs()) * 100 + u32::from(date.day().unsigned_abs()))
}

/// Bytes of a number: three lines of a machine-readable zone with all their separators fit.
pub const MAX_NUMBER_BYTES: usize = 256;
