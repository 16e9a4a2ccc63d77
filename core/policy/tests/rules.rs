//! Runs the families of cases: `cases/rules/<rule>.toml`, one file per rule, each case on each route that it
//! names. A rule that is on for a route must be shown there both firing and content.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use chop_model::{CrossingMode, Id, UnixTime};
use chop_policy::{
    Assessment, Facts, Finding, Level, Pack, Route, SeparateConsent, Topic, assess, assess_rule,
};
use serde::Deserialize;
use toml::{Table, Value};

const ROUTES: [&str; 9] = ["CN-CN", "HK-HK", "MO-MO", "CN-HK", "HK-CN", "CN-MO", "MO-CN", "HK-MO", "MO-HK"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Family {
    #[serde(default)]
    good: Vec<Good>,
    #[serde(default)]
    bad: Vec<Bad>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Good {
    what: String,
    routes: Routes,
    #[serde(default)]
    mode: Mode,
    /// Separate consents that the person gave.
    #[serde(default)]
    consents: Vec<String>,
    #[serde(default)]
    facts: Table,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Bad {
    what: String,
    /// What the rule finds, all of it.
    finds: BTreeSet<String>,
    #[serde(default)]
    block: Routes,
    #[serde(default)]
    warn: Routes,
    /// `other`: something else may be found on the routes that are not named. Else: nothing.
    #[serde(default)]
    elsewhere: String,
    #[serde(default)]
    mode: Mode,
    /// A fact to leave out, by its way.
    #[serde(default)]
    drop: String,
    /// Every consent by one act (R22).
    #[serde(default)]
    one_act: bool,
    /// A consent that nobody asked for (R22).
    #[serde(default)]
    unasked: String,
    #[serde(default)]
    facts: Table,
}

#[derive(Default, Deserialize)]
#[serde(untagged)]
enum Routes {
    #[default]
    None,
    All(String),
    Some(Vec<String>),
}

impl Routes {
    fn has(&self, route: &str) -> bool {
        match self {
            Self::None => false,
            Self::All(word) => word == "all",
            Self::Some(routes) => routes.iter().any(|r| r == route),
        }
    }
}

#[derive(Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Mode {
    #[default]
    Carried,
    C2c,
}

#[test]
fn every_case_of_every_rule_comes_out_as_it_says() {
    let pack = pack();
    let mut wrong = Vec::new();
    for rule in pack.rules() {
        let family = family(rule.id());
        for case in &family.good {
            for route in ROUTES.into_iter().filter(|route| case.routes.has(route)) {
                let left = left_of(&pack, rule.id(), case, route);
                if !left.is_empty() {
                    wrong.push(format!("{} {route} good “{}”: {left:?}", rule.id(), case.what));
                }
            }
        }
        for case in &family.bad {
            for route in ROUTES {
                let level = match (case.block.has(route), case.warn.has(route)) {
                    (true, false) => Some(Level::Block),
                    (false, true) => Some(Level::Warn),
                    (false, false) if case.elsewhere == "other" => continue,
                    (false, false) => None,
                    (true, true) => unreachable!("{route} both blocks and warns"),
                };
                let found = found_by(&pack, rule.id(), case, route);
                let right = match level {
                    None => found.is_empty(),
                    Some(level) => {
                        let codes: BTreeSet<_> = found.iter().map(|f| f.code.to_owned()).collect();
                        codes == case.finds && found.iter().all(|f| f.level == level)
                    }
                };
                if !right {
                    let found: Vec<_> = found.iter().map(|f| (f.code, f.level)).collect();
                    wrong.push(format!("{} {route} bad “{}”: {found:?}", rule.id(), case.what));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

/// The table of gba.md section 2.3: no cell of it is only words.
#[test]
fn every_cell_of_the_table_is_shown_firing_and_content() {
    let pack = pack();
    let mut missing = Vec::new();
    let mut shown: BTreeSet<(String, &str)> = BTreeSet::new();
    for rule in pack.rules() {
        let family = family(rule.id());
        for case in &family.bad {
            shown.extend(case.finds.iter().map(|code| (rule.id().to_owned(), leak(code))));
        }
        for route in ROUTES {
            let modes = [CrossingMode::SubjectCarried, CrossingMode::ControllerToController];
            if modes.into_iter().all(|mode| rule.level(way(route), mode).is_none()) {
                continue;
            }
            if !family.good.iter().any(|case| case.routes.has(route)) {
                missing.push(format!("{} {route} has no good case", rule.id()));
            }
            if !family.bad.iter().any(|case| case.block.has(route) || case.warn.has(route)) {
                missing.push(format!("{} {route} has no bad case", rule.id()));
            }
        }
        let codes = rule.findings().map(|(code, _)| (rule.id().to_owned(), code));
        missing.extend(
            codes
                .filter(|code| !shown.contains(code))
                .map(|(rule, code)| format!("{rule} never finds {code}")),
        );
    }
    assert!(missing.is_empty(), "{} missing\n{}", missing.len(), missing.join("\n"));
}

#[test]
fn no_file_of_cases_is_for_a_rule_that_does_not_exist() {
    let pack = pack();
    for entry in fs::read_dir(root()).expect("the families") {
        let name = entry.expect("an entry").file_name().into_string().expect("a name");
        let id = name.strip_suffix(".toml").expect("a TOML file");
        assert!(pack.rule(id).is_some(), "{name}");
    }
}

/// What a good case leaves open of its rule; a rule that blocks something else is left to its own cases.
fn left_of(pack: &Pack, rule: &str, case: &Good, route: &str) -> Vec<String> {
    let facts = facts(route, case.mode, &case.facts, "");
    let given = |topic: &Topic| case.consents.iter().any(|code| *code == topic.code());
    let (findings, asks) = assess_rule(pack, rule, &facts).expect("the rule");
    let missing = asks.into_iter().filter(|ask| !given(&ask.topic)).map(|ask| ask.if_missing);
    findings
        .into_iter()
        .chain(missing)
        .map(|finding| format!("{} {:?}", finding.code, finding.level))
        .collect()
}

fn found_by(pack: &Pack, rule: &str, case: &Bad, route: &str) -> Vec<Finding> {
    let facts = facts(route, case.mode, &case.facts, &case.drop);
    if case.one_act || !case.unasked.is_empty() {
        return settled(pack, rule, &facts, case);
    }
    let (findings, asks) = assess_rule(pack, rule, &facts).expect("the rule");
    findings.into_iter().chain(asks.into_iter().map(|ask| ask.if_missing)).collect()
}

/// R22 judges the answer: every consent that is asked for is given, the wrong way.
fn settled(pack: &Pack, rule: &str, facts: &Facts, case: &Bad) -> Vec<Finding> {
    let Assessment::MayAsk(may_ask) = assess(pack, facts) else { unreachable!("refused") };
    let mut topics: Vec<Topic> = may_ask.separate_consents().iter().map(|ask| ask.topic).collect();
    if case.one_act && topics.len() < 2 {
        // The grant's own act is another: one consent is enough for two.
        topics.truncate(1);
    }
    topics.extend(Topic::from_code(&case.unasked));
    let act = |n: usize| Id([if case.one_act { 0 } else { u8::try_from(n + 1).expect("few") }; 16]);
    let consents: Vec<_> = topics
        .into_iter()
        .enumerate()
        .map(|(n, topic)| SeparateConsent { topic, action_id: act(n), at: UnixTime(0) })
        .collect();
    let unsettled = may_ask.settle(Id([0; 16]), &consents, &[]).expect_err("it settled");
    unsettled.findings.into_iter().filter(|finding| finding.rule == rule).collect()
}

fn facts(route: &str, mode: Mode, differs: &Table, drop: &str) -> Facts {
    let mut facts: Table = toml::from_str(include_str!("cases/base.toml")).expect("the base");
    let (from, to) = route.split_once('-').expect("FROM-TO");
    if mode == Mode::C2c {
        merge(&mut facts, &toml::from_str(include_str!("cases/c2c.toml")).expect("the C2C base"));
        let mechanism = match route {
            "CN-HK" | "HK-CN" => "GBA-SC(CN,HK)",
            "CN-MO" | "MO-CN" => "GBA-SC(CN,MO)",
            _ => "LocalLawOnly",
        };
        merge(&mut facts, &table(&format!("terms.details.crossing.mechanism = '{mechanism}'")));
    }
    let city = |place, code| if place == "CN" { format!(", city = '{code}'") } else { String::new() };
    let places = format!(
        "route = {{ from = '{from}', to = '{to}' }}\nsender = {{ jurisdiction = '{from}'{} }}\n\
         terms = {{ jurisdiction = '{to}', locations = ['{to}'], details = {{ site = {{ jurisdiction = '{to}'{} }} }} }}",
        city(from, "440100"),
        city(to, "440300")
    );
    facts.remove("sender");
    merge(&mut facts, &table(&places));
    let mut differs = differs.clone();
    keep_places(&mut differs, from, to);
    merge(&mut facts, &differs);
    remove(&mut facts, drop);
    Value::Table(facts).try_into().map_err(|e: toml::de::Error| format!("{route}: {e}")).expect("a case")
}

/// A case that names a mainland city means it where there is a mainland party on that side.
fn keep_places(differs: &mut Table, from: &str, to: &str) {
    if from != "CN" {
        differs.remove("sender");
    }
    if to != "CN" {
        remove(differs, "terms.details.site");
    }
}

fn remove(table: &mut Table, way: &str) {
    match way.split_once('.') {
        Some((first, rest)) => {
            if let Some(Value::Table(inner)) = table.get_mut(first) {
                remove(inner, rest);
            }
        }
        None => drop(table.remove(way)),
    }
}

fn table(text: &str) -> Table {
    toml::from_str(text).expect("a table")
}

fn merge(into: &mut Table, from: &Table) {
    for (key, value) in from {
        match (into.get_mut(key), value) {
            (Some(Value::Table(old)), Value::Table(new)) => merge(old, new),
            _ => {
                into.insert(key.clone(), value.clone());
            }
        }
    }
}

fn family(rule: &str) -> Family {
    let path = root().join(format!("{rule}.toml"));
    let text = fs::read_to_string(&path).map_err(|_| format!("no cases for {rule}")).expect("a family");
    toml::from_str(&text).map_err(|e| format!("{}: {e}", path.display())).expect("a family")
}

fn way(route: &str) -> Route {
    let (from, to) = route.split_once('-').expect("FROM-TO");
    table(&format!("way = {{ from = '{from}', to = '{to}' }}"))
        .remove("way")
        .and_then(|way| way.try_into().ok())
        .expect("a route")
}

fn root() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/rules")
}

fn leak(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

/// As the wallet judges: with the documents and purposes of the catalogue.
fn pack() -> Pack {
    let catalog = chop_catalog::Catalog::built_in().expect("the catalogue");
    Pack::built_in().expect("the pack").with_catalog(&catalog)
}
