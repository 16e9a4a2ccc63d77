//! A rule pack: which rules hold, the purposes, the nine cities, the table of claims. One TOML text, so
//! that one signature and one digest cover all of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use chop_model::UnixTime;
use jiff::civil::Date;
use serde::Deserialize;

use crate::gba::Gba;
use crate::kinds::Kind;
use crate::rule::{Dates, Rule, RuleFile, TextFile};
use crate::{ClaimFact, ClaimTable, Finding, FindingWords, Level, PackRef, Sensitivity};

/// A pack that was read and is whole: every rule has a known kind, words in four languages, and a level
/// for every route.
#[derive(Debug, Clone)]
pub struct Pack {
    header: Header,
    dates: Dates,
    not_in_force: Finding,
    pub(crate) own_act: (Finding, Finding),
    pub(crate) rules: Vec<Rule>,
    pub(crate) purposes: BTreeMap<String, PurposeTemplate>,
    pub(crate) caps: Caps,
    pub(crate) gba: Gba,
    pub(crate) combinations: Vec<Vec<Vec<String>>>,
    pub(crate) claims: ClaimTable,
}

/// What came with the program, read once: each grant and each page is judged by it.
static READ: LazyLock<[Result<Pack, PackError>; 2]> =
    LazyLock::new(|| [Pack::BUILT_IN, Pack::WALK].map(Pack::read));

impl Pack {
    /// The text of the pack that comes with the program, `gba/2026.1`; trusted because it is compiled in.
    /// `tests/tests/rows/law.rs` pins
    /// its SHA-256.
    pub const BUILT_IN: &str = concat!(
        include_str!("../rules/common.toml"),
        include_str!("../rules/cn.toml"),
        include_str!("../rules/hk.toml"),
        include_str!("../rules/mo.toml"),
        include_str!("../rules/gba.toml"),
        include_str!("../rules/claims.toml"),
    );

    /// The pack of the first walk, `walk/2026.1`: superseded, kept to judge its grants again.
    pub const WALK: &str = concat!(
        include_str!("../rules/superseded/walk.toml"),
        include_str!("../rules/superseded/walk-claims.toml")
    );

    /// The pack that comes with the program.
    ///
    /// # Errors
    /// Never in a tested build.
    pub fn built_in() -> Result<Self, PackError> {
        let [own, _] = &*READ;
        own.clone()
    }

    /// The pack `id`/`version` of those compiled in, superseded ones included.
    ///
    /// # Errors
    /// Never in a tested build; `Ok(None)` for one that did not come with the program.
    pub fn compiled_in(reference: &PackRef) -> Result<Option<Self>, PackError> {
        for pack in &*READ {
            let pack = pack.as_ref().map_err(|fault| *fault)?;
            if pack.reference() == *reference {
                return Ok(Some(pack.clone()));
            }
        }
        Ok(None)
    }

    /// Reads a pack. Reading trusts nobody: who signed it was checked before.
    ///
    /// # Errors
    /// [`PackError`] when too large, of a newer schema, not TOML of this shape, or not whole.
    pub fn read(text: &str) -> Result<Self, PackError> {
        if text.len() > MAX_PACK_BYTES {
            return Err(PackError::TooLarge);
        }
        let table: toml::Table = text.parse().map_err(|_| PackError::Malformed)?;
        let schema = table.get("pack").and_then(|pack| pack.get("schema")).and_then(toml::Value::as_integer);
        if schema.is_some_and(|schema| schema > SCHEMA) {
            return Err(PackError::NewerSchema);
        }
        let file: PackFile = toml::Value::Table(table).try_into().map_err(|_| PackError::Malformed)?;
        if file.rule.len() > MAX_RULES || file.purpose.len() > MAX_RULES {
            return Err(PackError::TooLarge);
        }
        Self::whole(file)
    }

    fn whole(file: PackFile) -> Result<Self, PackError> {
        let PackFile { pack: header, caps, gba, combination, rule, purpose, claims } = file;
        if header.schema != SCHEMA {
            return Err(PackError::Malformed);
        }
        let dates = Dates::read(header.effective_from.clone(), header.effective_until.clone())?;
        let rules = rule.into_iter().map(Rule::read).collect::<Result<Vec<_>, _>>()?;
        let mut seen = BTreeSet::new();
        if !rules.iter().all(|rule| seen.insert(rule.id.clone())) {
            return Err(PackError::DuplicateRule);
        }
        let not_in_force = not_in_force(&header)?;
        let own_act = own_act(&rules).ok_or(PackError::Incomplete)?;
        let purposes = purpose.into_iter().map(|purpose| (purpose.code.clone(), purpose)).collect();
        let combinations = combination.into_iter().map(|combination| combination.all).collect();
        let gba = gba.read()?;
        Ok(Self { header, dates, not_in_force, own_act, rules, purposes, caps, gba, combinations, claims })
    }

    /// Its id and version.
    pub fn reference(&self) -> PackRef {
        PackRef { id: self.header.id.clone(), version: self.header.version.clone() }
    }

    /// Where its author has it from.
    pub fn source(&self) -> &str {
        &self.header.source
    }

    /// First and last civil day on which it is in force.
    pub fn effective(&self) -> (Option<&str>, Option<&str>) {
        self.dates.text()
    }

    /// Its rules, in its order.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The rule with this id.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    /// The table of claims.
    pub fn claims(&self) -> &ClaimTable {
        &self.claims
    }

    /// The purposes it knows, by code.
    pub fn purposes(&self) -> impl Iterator<Item = &PurposeTemplate> {
        self.purposes.values()
    }

    pub(crate) fn purpose(&self, code: &str) -> Option<&PurposeTemplate> {
        self.purposes.get(code)
    }

    pub(crate) fn in_force(&self, now: UnixTime) -> bool {
        self.dates.hold(now)
    }

    pub(crate) fn not_in_force(&self) -> Finding {
        self.not_in_force.clone()
    }

    pub(crate) fn class_of(&self, claim: &ClaimFact) -> Sensitivity {
        self.claims.sensitivity(&claim.vct, &claim.path)
    }

    pub(crate) fn is_hk_identity(&self, claim: &ClaimFact) -> bool {
        self.claims.is_hk_identity(&claim.vct, &claim.path)
    }
}

/// The program itself says this of a pack, so it blocks and is confirmed whatever the pack says.
fn not_in_force(header: &Header) -> Result<Finding, PackError> {
    let words = FindingWords {
        title: header.not_in_force.title.whole()?,
        what: header.not_in_force.what.whole()?,
        now: header.not_in_force.now.whole()?,
    };
    Ok(Finding {
        rule: "R00".into(),
        level: Level::Block,
        code: "not-in-force",
        words: words.into(),
        citation: header.id.clone(),
        confirmed: true,
    })
}

/// R22 is built in: a pack words it and cannot leave it out or soften it.
fn own_act(rules: &[Rule]) -> Option<(Finding, Finding)> {
    let rule = rules.iter().find(|rule| rule.kind == Kind::OwnAct)?;
    Some((rule.finding(Level::Block, "bundle")?, rule.finding(Level::Block, "not-asked")?))
}

chop_model::coded_errors! {
    /// What can be wrong with a rule pack.
    pub enum PackError {
        /// Over the bound.
        TooLarge => ("policy.pack-too-large", Peer, "the rule pack is too large"),
        /// Not TOML, or not of this shape.
        Malformed => ("policy.pack-malformed", Peer, "the rule pack is not in the form of a rule pack"),
        /// Written for a later program.
        NewerSchema => ("policy.pack-newer", Peer, "the rule pack is in a newer form than this program knows"),
        /// A date that is none.
        BadDate => ("policy.pack-date", Peer, "a rule of the pack has a date that is none"),
        /// A route without a level, or one that does not exist.
        Routes => ("policy.pack-routes", Peer, "a rule of the pack does not say how it holds on each route"),
        /// Two rules with one id.
        DuplicateRule => ("policy.pack-duplicate", Peer, "two rules of the pack have the same id"),
        /// A predicate that this program does not have.
        UnknownKind => ("policy.pack-kind", Peer, "a rule of the pack is of a kind that this program does not know"),
        /// Words missing in one of the four languages.
        Untranslated => ("policy.pack-language", Peer, "a rule of the pack lacks its words in one language"),
        /// Not exactly the findings of its kind.
        Findings => ("policy.pack-findings", Peer, "a rule of the pack does not word the findings of its kind"),
        /// No rule that words what the program itself holds (R22).
        Incomplete => ("policy.pack-incomplete", Peer, "the rule pack lacks the rule on consents by one act"),
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
    /// Credential type to the claims that the purpose needs at least; more warns. Empty: not known.
    #[serde(default)]
    pub least: BTreeMap<String, BTreeSet<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PackFile {
    pack: Header,
    caps: Caps,
    #[serde(default)]
    gba: GbaFile,
    #[serde(default)]
    combination: Vec<CombinationFile>,
    rule: Vec<RuleFile>,
    purpose: Vec<PurposeTemplate>,
    claims: ClaimTable,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    schema: i64,
    id: String,
    version: String,
    source: String,
    #[serde(default)]
    effective_from: Option<String>,
    #[serde(default)]
    effective_until: Option<String>,
    not_in_force: WordsFile,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct WordsFile {
    title: TextFile,
    what: TextFile,
    now: TextFile,
}

/// The longest a grant may hold and a refusal mutes, in seconds, and the most uses.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Caps {
    pub(crate) ordinary_seconds: i64,
    pub(crate) sensitive_seconds: i64,
    pub(crate) max_uses: u32,
    #[serde(default)]
    pub(crate) mute_seconds: i64,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct GbaFile {
    cities: BTreeSet<String>,
    #[serde(default)]
    days_off: Vec<String>,
}

impl GbaFile {
    fn read(self) -> Result<Gba, PackError> {
        let date = |text: String| text.parse::<Date>().map_err(|_| PackError::BadDate);
        let days_off = self.days_off.into_iter().map(date).collect::<Result<_, _>>()?;
        Ok(Gba { cities: self.cities, days_off })
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CombinationFile {
    /// Groups of keys; one key of each group is enough.
    all: Vec<Vec<String>>,
}

/// The form of pack that this program reads.
const SCHEMA: i64 = 1;
/// A pack is some pages of text in four languages.
const MAX_PACK_BYTES: usize = 512 * 1024;
/// Rules, and purposes, of one pack.
const MAX_RULES: usize = 500;

#[cfg(test)]
#[path = "pack_tests.rs"]
mod tests;
