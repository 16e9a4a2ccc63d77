//! One rule of a pack: its kind, its words, how hard it is where, from when, and who says so.

use std::collections::BTreeMap;
use std::sync::Arc;

use chop_model::{CrossingMode, LangText, UnixTime};
use jiff::civil::Date;
use jiff::tz::{TimeZone, offset};
use serde::Deserialize;
use toml::Value;

use crate::kinds::Kind;
use crate::{Finding, FindingWords, Level, PackError, Route};

/// A rule that was read and is whole.
#[derive(Debug, Clone)]
pub struct Rule {
    pub(crate) id: String,
    pub(crate) kind: Kind,
    citation: String,
    source: String,
    confirmed: bool,
    levels: Levels,
    dates: Dates,
    title: LangText,
    now: LangText,
    words: BTreeMap<&'static str, Arc<FindingWords>>,
}

impl Rule {
    /// `R07`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The name of the predicate that it runs.
    pub fn kind(&self) -> &'static str {
        self.kind.name()
    }

    /// The law it rests on.
    pub fn citation(&self) -> &str {
        &self.citation
    }

    /// How that was learnt: the statute read, a summary, memory, a policy paper, the product.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Whether the pack's author has it confirmed; an unconfirmed one says so wherever it is shown.
    pub fn is_confirmed(&self) -> bool {
        self.confirmed
    }

    /// First and last civil day on which it holds, `YYYY-MM-DD`; it ends with the beginning of the last.
    pub fn effective(&self) -> (Option<&str>, Option<&str>) {
        (self.dates.from_text.as_deref(), self.dates.until_text.as_deref())
    }

    /// What it is about.
    pub fn title(&self) -> &LangText {
        &self.title
    }

    /// What to do about it, unless a finding has words of its own for that.
    pub fn now(&self) -> &LangText {
        &self.now
    }

    /// What it can find, each with its words.
    pub fn findings(&self) -> impl Iterator<Item = (&'static str, &FindingWords)> {
        self.words.iter().map(|(code, words)| (*code, words.as_ref()))
    }

    /// How hard it is on this route in this mode; `None` where it does not apply.
    pub fn level(&self, route: Route, mode: CrossingMode) -> Option<Level> {
        let (carried, c2c) = self.levels.get(route.column())?;
        if mode == CrossingMode::SubjectCarried { *carried } else { *c2c }
    }

    pub(crate) fn in_force(&self, now: UnixTime) -> bool {
        self.dates.hold(now)
    }

    /// The finding `code` with its words. A rule that was read has words for every code of its kind.
    pub(crate) fn finding(&self, level: Level, code: &'static str) -> Option<Finding> {
        let words = Arc::clone(self.words.get(code)?);
        let (citation, confirmed) = (self.citation.clone(), self.confirmed);
        Some(Finding { rule: self.id.clone(), level, code, words, citation, confirmed })
    }

    pub(crate) fn read(file: RuleFile) -> Result<Self, PackError> {
        let RuleFile { id, kind, citation, source, status, level, effective_from, effective_until, .. } =
            &file;
        let kind = Kind::from_name(kind).ok_or(PackError::UnknownKind)?;
        let named = [id, citation, source].into_iter().all(|text| is_plain(text));
        if !named || id.len() > MAX_ID {
            return Err(PackError::Malformed);
        }
        let dates = Dates::read(effective_from.clone(), effective_until.clone())?;
        let (title, now) = (file.title.whole()?, file.now.whole()?);
        if file.find.len() != kind.codes().len() {
            return Err(PackError::Findings);
        }
        let words = kind
            .codes()
            .iter()
            .map(|code| {
                let find = file.find.get(*code).ok_or(PackError::Findings)?;
                let own_now = find.now.as_ref().map(TextFile::whole).transpose()?;
                let now = own_now.unwrap_or_else(|| now.clone());
                Ok((*code, Arc::new(FindingWords { title: title.clone(), what: find.what.whole()?, now })))
            })
            .collect::<Result<_, PackError>>()?;
        Ok(Self {
            id: id.clone(),
            kind,
            citation: citation.clone(),
            source: source.clone(),
            confirmed: *status == Status::Confirmed,
            levels: levels(level)?,
            dates,
            title,
            now,
            words,
        })
    }
}

/// Level when the person carries the data, and when one organisation sends to another, by column.
type Levels = BTreeMap<&'static str, (Option<Level>, Option<Level>)>;

/// `"block"` for everywhere and both modes; a table by route; or `{ carried = …, c2c = … }` of either.
fn levels(value: &Value) -> Result<Levels, PackError> {
    let (carried, c2c) = match value {
        Value::Table(table) if table.len() == 2 => {
            let (carried, c2c) = table.get("carried").zip(table.get("c2c")).ok_or(PackError::Routes)?;
            (by_route(carried)?, by_route(c2c)?)
        }
        _ => (by_route(value)?, by_route(value)?),
    };
    let pair = |column: &str| (carried.get(column).copied(), c2c.get(column).copied());
    Ok(COLUMNS.into_iter().map(|column| (column, pair(column))).collect())
}

/// Routes on which the rule applies. Each of [`COLUMNS`] must be said, and nothing else.
fn by_route(value: &Value) -> Result<BTreeMap<&'static str, Level>, PackError> {
    let mut levels = BTreeMap::new();
    let table = match value {
        Value::Table(table) if table.len() == COLUMNS.len() => Some(table),
        Value::Table(_) => return Err(PackError::Routes),
        _ => None,
    };
    for column in COLUMNS {
        let word = table.map_or(Some(value), |table| table.get(column)).ok_or(PackError::Routes)?;
        match word.as_str() {
            Some("block") => drop(levels.insert(column, Level::Block)),
            Some("warn") => drop(levels.insert(column, Level::Warn)),
            Some("off") => {}
            _ => return Err(PackError::Malformed),
        }
    }
    Ok(levels)
}

/// From when until when.
#[derive(Debug, Clone)]
pub(crate) struct Dates {
    from: Option<UnixTime>,
    until: Option<UnixTime>,
    from_text: Option<String>,
    until_text: Option<String>,
}

impl Dates {
    pub(crate) fn read(from: Option<String>, until: Option<String>) -> Result<Self, PackError> {
        let (begin, end) = (from.as_deref().map(midnight), until.as_deref().map(midnight));
        Ok(Self { from: begin.transpose()?, until: end.transpose()?, from_text: from, until_text: until })
    }

    pub(crate) fn hold(&self, now: UnixTime) -> bool {
        self.from.is_none_or(|from| from <= now) && self.until.is_none_or(|until| now < until)
    }

    pub(crate) fn text(&self) -> (Option<&str>, Option<&str>) {
        (self.from_text.as_deref(), self.until_text.as_deref())
    }
}

/// Midnight of a civil date in the three places, which share one time all year.
fn midnight(date: &str) -> Result<UnixTime, PackError> {
    let date: Date = date.parse().map_err(|_| PackError::BadDate)?;
    let midnight = date.to_zoned(TimeZone::fixed(offset(8))).map_err(|_| PackError::BadDate)?;
    Ok(UnixTime(midnight.timestamp().as_second()))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RuleFile {
    id: String,
    kind: String,
    citation: String,
    source: String,
    status: Status,
    level: Value,
    #[serde(default)]
    effective_from: Option<String>,
    #[serde(default)]
    effective_until: Option<String>,
    title: TextFile,
    now: TextFile,
    find: BTreeMap<String, FindFile>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FindFile {
    what: TextFile,
    #[serde(default)]
    now: Option<TextFile>,
}

/// Words in four languages, of which one may be missing in a file: an error of its own.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TextFile {
    #[serde(default, rename = "zh-Hans")]
    zh_hans: String,
    #[serde(default, rename = "zh-Hant")]
    zh_hant: String,
    #[serde(default)]
    en: String,
    #[serde(default)]
    pt: String,
}

impl TextFile {
    pub(crate) fn whole(&self) -> Result<LangText, PackError> {
        let Self { zh_hans, zh_hant, en, pt } = self;
        if [zh_hans, zh_hant, en, pt].into_iter().any(|text| text.trim().is_empty()) {
            return Err(PackError::Untranslated);
        }
        if ![zh_hans, zh_hant, en, pt].into_iter().all(|text| is_plain(text)) {
            return Err(PackError::Malformed);
        }
        let [zh_hans, zh_hant, en, pt] = [zh_hans, zh_hant, en, pt].map(Clone::clone);
        Ok(LangText { zh_hans, zh_hant, en, pt })
    }
}

/// Nothing that moves other words about on a page, and not endless.
fn is_plain(text: &str) -> bool {
    let turns =
        |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    !text.is_empty() && text.len() <= MAX_TEXT && !text.chars().any(|c| c.is_control() || turns(c))
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Status {
    Confirmed,
    Unconfirmed,
}

/// The columns of a level table.
pub(crate) const COLUMNS: [&str; 10] =
    ["CN-CN", "HK-HK", "MO-MO", "CN-HK", "HK-CN", "CN-MO", "MO-CN", "HK-MO", "MO-HK", "other"];
/// Bytes of one text: a paragraph.
const MAX_TEXT: usize = 2_000;
/// Bytes of a rule's id.
const MAX_ID: usize = 16;
