//! A rule pack: which checks hold, on which route, how hard, from when, and who says so.

use std::collections::{BTreeMap, BTreeSet};

use chop_model::UnixTime;
use jiff::civil::Date;
use jiff::tz::{TimeZone, offset};
use serde::Deserialize;

use crate::checks::Check;
use crate::{ClaimTable, Level, PackRef, Route};

/// A pack that was read and is whole: every rule has a known check and a level for every route.
#[derive(Debug, Clone)]
pub struct Pack {
    pub(crate) header: Header,
    pub(crate) rules: Vec<Rule>,
    pub(crate) purposes: Vec<PurposeTemplate>,
    pub(crate) caps: Caps,
    claims: ClaimTable,
}

impl Pack {
    /// The pack that comes with the program: the rules of a one-off grant, subject-carried.
    ///
    /// # Errors
    /// Never in a tested build.
    pub fn walk() -> Result<Self, PackError> {
        Self::read(include_str!("../rules/walk.toml"), include_str!("../rules/claims.toml"))
    }

    /// Reads a pack and its table of claims, both TOML.
    ///
    /// # Errors
    /// [`PackError`] when too large, not TOML of this shape, or not whole.
    pub fn read(rules: &str, claims: &str) -> Result<Self, PackError> {
        if rules.len() > MAX_PACK_BYTES || claims.len() > MAX_PACK_BYTES {
            return Err(PackError::TooLarge);
        }
        let file: PackFile = toml::from_str(rules).map_err(|_| PackError::Malformed)?;
        let claims: ClaimTable = toml::from_str(claims).map_err(|_| PackError::Malformed)?;
        let rules = file.rule.into_iter().map(Rule::read).collect::<Result<Vec<_>, _>>()?;
        let mut seen = BTreeSet::new();
        if !rules.iter().all(|rule| seen.insert(rule.id.clone())) {
            return Err(PackError::DuplicateRule);
        }
        Ok(Self { header: file.pack, rules, purposes: file.purpose, caps: file.caps, claims })
    }

    /// Its id and version.
    pub fn reference(&self) -> PackRef {
        PackRef { id: self.header.id.clone(), version: self.header.version.clone() }
    }

    /// The table of claims.
    pub fn claims(&self) -> &ClaimTable {
        &self.claims
    }

    /// The purposes it knows.
    pub fn purposes(&self) -> &[PurposeTemplate] {
        &self.purposes
    }

    pub(crate) fn purpose(&self, code: &str) -> Option<&PurposeTemplate> {
        self.purposes.iter().find(|purpose| purpose.code == code)
    }

    pub(crate) fn in_force(&self, now: UnixTime) -> bool {
        in_force(self.header.effective_from.as_deref(), self.header.effective_until.as_deref(), now)
    }
}

chop_model::coded_errors! {
    /// What can be wrong with a rule pack.
    pub enum PackError {
        /// Over the bound.
        TooLarge => ("policy.pack-too-large", Peer, "the rule pack is too large"),
        /// Not TOML, or not of this shape.
        Malformed => ("policy.pack-malformed", Peer, "the rule pack is not in the form of a rule pack"),
        /// A date that is none.
        BadDate => ("policy.pack-date", Peer, "a rule of the pack has a date that is none"),
        /// A route without a level, or one that does not exist.
        Routes => ("policy.pack-routes", Peer, "a rule of the pack does not say how it holds on each route"),
        /// Two rules with one id.
        DuplicateRule => ("policy.pack-duplicate", Peer, "two rules of the pack have the same id"),
    }
}

/// A purpose that the pack knows, with what is usual for it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PurposeTemplate {
    /// `care.consultation`.
    pub code: String,
    /// Longer keeping than this many days warns.
    pub max_retention_days: u32,
}

#[derive(Debug, Clone)]
pub(crate) struct Rule {
    pub(crate) id: String,
    pub(crate) check: Check,
    pub(crate) citation: String,
    pub(crate) confirmed: bool,
    levels: BTreeMap<String, Option<Level>>,
    from: Option<String>,
    until: Option<String>,
}

impl Rule {
    fn read(file: RuleFile) -> Result<Self, PackError> {
        let RuleFile { id, check, citation, status, level, effective_from, effective_until } = file;
        for date in effective_from.iter().chain(&effective_until) {
            parse_date(date)?;
        }
        let levels = match level {
            LevelFile::Everywhere(level) => {
                COLUMNS.iter().map(|c| ((*c).to_owned(), level.as_option())).collect()
            }
            LevelFile::ByRoute(levels) => {
                let columns: BTreeSet<&str> = levels.keys().map(String::as_str).collect();
                if columns != COLUMNS.into_iter().collect() {
                    return Err(PackError::Routes);
                }
                levels.into_iter().map(|(c, level)| (c, level.as_option())).collect()
            }
        };
        let confirmed = status == Status::Confirmed;
        Ok(Self { id, check, citation, confirmed, levels, from: effective_from, until: effective_until })
    }

    /// How hard the rule is on this route; `None` where it does not apply.
    pub(crate) fn level(&self, route: Route) -> Option<Level> {
        self.levels.get(route.column()).copied().flatten()
    }

    pub(crate) fn in_force(&self, now: UnixTime) -> bool {
        in_force(self.from.as_deref(), self.until.as_deref(), now)
    }
}

fn in_force(from: Option<&str>, until: Option<&str>, now: UnixTime) -> bool {
    let begun = from.is_none_or(|date| parse_date(date).is_ok_and(|from| from <= now));
    let ended = until.is_some_and(|date| parse_date(date).is_ok_and(|until| until <= now));
    begun && !ended
}

/// Midnight of a civil date in the three places, which share one time all year.
fn parse_date(date: &str) -> Result<UnixTime, PackError> {
    let date: Date = date.parse().map_err(|_| PackError::BadDate)?;
    let midnight = date.to_zoned(TimeZone::fixed(offset(8))).map_err(|_| PackError::BadDate)?;
    Ok(UnixTime(midnight.timestamp().as_second()))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PackFile {
    pack: Header,
    caps: Caps,
    rule: Vec<RuleFile>,
    purpose: Vec<PurposeTemplate>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Header {
    id: String,
    version: String,
    #[expect(
        dead_code,
        reason = "read so that a pack without a source is refused; shown with the packs' screen"
    )]
    source: String,
    #[serde(default)]
    effective_from: Option<String>,
    #[serde(default)]
    effective_until: Option<String>,
}

/// The longest a grant may hold, in seconds, and the most uses.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Caps {
    pub(crate) ordinary_seconds: i64,
    pub(crate) sensitive_seconds: i64,
    pub(crate) max_uses: u32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    id: String,
    check: Check,
    citation: String,
    status: Status,
    level: LevelFile,
    #[serde(default)]
    effective_from: Option<String>,
    #[serde(default)]
    effective_until: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum LevelFile {
    Everywhere(LevelWord),
    ByRoute(BTreeMap<String, LevelWord>),
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum LevelWord {
    Block,
    Warn,
    Off,
}

impl LevelWord {
    fn as_option(self) -> Option<Level> {
        match self {
            Self::Block => Some(Level::Block),
            Self::Warn => Some(Level::Warn),
            Self::Off => None,
        }
    }
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Status {
    Confirmed,
    Unconfirmed,
}

/// The columns of a level table.
const COLUMNS: [&str; 10] =
    ["CN-CN", "HK-HK", "MO-MO", "CN-HK", "HK-CN", "CN-MO", "MO-CN", "HK-MO", "MO-HK", "other"];
/// A pack is a page or two of text.
const MAX_PACK_BYTES: usize = 256 * 1024;

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "[pack]\nid='x'\nversion='1'\nsource='s'\n\
        [caps]\nordinary_seconds=1\nsensitive_seconds=1\nmax_uses=1\n[[purpose]]\ncode='a'\nmax_retention_days=1\n";

    fn read(rule: &str) -> Result<Pack, PackError> {
        let claims = "[class]\n[anywhere]\n[vct]\n";
        Pack::read(&format!("{HEAD}{rule}"), claims)
    }

    #[test]
    fn the_pack_that_comes_along_is_whole_and_uses_every_check() {
        let pack = Pack::walk().unwrap();
        for check in Check::ALL {
            assert!(pack.rules.iter().any(|rule| rule.check == check), "{check:?} is in no rule");
        }
        assert!(pack.rules.iter().all(|rule| !rule.citation.is_empty()));
    }

    #[test]
    fn a_pack_that_is_not_whole_is_refused() {
        let rule = |rest: &str| {
            format!("[[rule]]\nid='R01'\ncheck='purpose'\ncitation='c'\nstatus='confirmed'\n{rest}\n")
        };
        assert!(read(&rule("level='block'")).is_ok());
        let cases = [
            (rule("level='perhaps'"), PackError::Malformed),
            (rule("level='block'\nmore=1"), PackError::Malformed),
            (rule("level={'CN-CN'='block'}"), PackError::Routes),
            (rule("level='block'\neffective_from='2026-02-30'"), PackError::BadDate),
            (rule("level='block'").repeat(2), PackError::DuplicateRule),
            ("#".repeat(MAX_PACK_BYTES), PackError::TooLarge),
        ];
        for (text, expected) in cases {
            assert_eq!(read(&text).unwrap_err(), expected, "{text:.60}");
        }
    }

    #[test]
    fn a_rule_holds_from_midnight_of_its_first_day_until_its_last() {
        let (from, until) = (Some("2026-01-01"), Some("2027-01-01"));
        // 2025-12-31T16:00:00Z is midnight in the three places.
        assert!(!in_force(from, until, UnixTime(1_767_196_799)));
        assert!(in_force(from, until, UnixTime(1_767_196_800)));
        assert!(!in_force(from, until, UnixTime(1_767_196_800 + 365 * 86_400)));
    }
}
