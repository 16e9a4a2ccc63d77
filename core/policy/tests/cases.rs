//! Runs every case of `cases/<route>/*.toml`: facts that differ from `base.toml`, and what is expected.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use chop_model::{Id, UnixTime};
use chop_policy::{Assessment, Facts, Finding, MayAsk, Override, Pack, SeparateConsent, Topic, assess};
use serde::Deserialize;
use toml::{Table, Value};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// `may-ask` or `refuse`.
    expect: String,
    /// Every finding of the assessment, as `rule code`.
    #[serde(default)]
    findings: BTreeSet<String>,
    /// Every separate consent to be asked for.
    #[serde(default)]
    asks: BTreeSet<String>,
    /// Tables to merge into the base facts.
    #[serde(default)]
    facts: Table,
    /// Keys of `terms` to leave out.
    #[serde(default)]
    drop_terms: Vec<String>,
    answer: Option<Answer>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Answer {
    /// Topics consented to, each by an act of its own unless `one_act`.
    #[serde(default)]
    consents: Vec<String>,
    #[serde(default)]
    one_act: bool,
    /// Codes overridden with a reason.
    #[serde(default)]
    overrides: Vec<String>,
    /// What stays open; empty: the answer settles.
    #[serde(default)]
    open: BTreeSet<String>,
}

#[test]
fn every_case_comes_out_as_it_says() {
    let files = case_files();
    assert!(files.len() >= 30, "only {} cases found", files.len());
    let mut wrong = Vec::new();
    for path in files {
        if let Err(what) = run(&path) {
            wrong.push(format!("{}: {what}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn one_reason_passes_every_warning_of_a_rule_and_no_block() {
    let mut base: Table = toml::from_str(include_str!("cases/base.toml")).expect("the base");
    let route = Table::from_iter([("from".into(), Value::from("HK")), ("to".into(), Value::from("HK"))]);
    base.insert("route".into(), Value::Table(route));
    let mut facts: Facts = Value::Table(base).try_into().expect("facts");
    facts.terms.jurisdiction = chop_model::Jurisdiction::Hk;
    (facts.terms.necessity, facts.terms.impact) = (None, None);
    let Assessment::MayAsk(may_ask) = assess(&Pack::built_in().expect("the pack"), &facts) else {
        unreachable!()
    };
    assert_eq!(may_ask.findings().len(), 2);
    assert!(
        may_ask.overrides_of("R07", "  ").is_empty() && may_ask.overrides_of("R01", "why not").is_empty()
    );
    let overrides = may_ask.overrides_of("R07", "I know them");
    assert_eq!(may_ask.settle(Id([0; 16]), &[], &overrides).expect("settled").overridden().len(), 3);
}

fn run(path: &Path) -> Result<(), String> {
    let case = read(path);
    let facts = facts(path, &case);
    let pack = Pack::built_in().map_err(|e| e.to_string())?;
    match assess(&pack, &facts) {
        Assessment::Refuse(refusal) => {
            same("expect", "refuse", case.expect.as_str())?;
            same("findings", &labels(refusal.findings()), &case.findings)
        }
        Assessment::MayAsk(may_ask) => {
            same("expect", "may-ask", case.expect.as_str())?;
            same("findings", &labels(may_ask.findings()), &case.findings)?;
            let asks = may_ask.separate_consents().iter().map(|ask| ask.topic.code()).collect();
            same("asks", &asks, &case.asks)?;
            case.answer.map_or(Ok(()), |answer| settle(may_ask, &answer))
        }
    }
}

fn settle(may_ask: MayAsk, answer: &Answer) -> Result<(), String> {
    let act = |n: usize| Id([u8::try_from(n).expect("few consents"); 16]);
    let consents: Vec<SeparateConsent> = answer
        .consents
        .iter()
        .enumerate()
        .map(|(n, topic)| SeparateConsent {
            topic: Topic::from_code(topic).expect("a topic"),
            action_id: act(if answer.one_act { 1 } else { n + 1 }),
            at: UnixTime(0),
        })
        .collect();
    let missing = may_ask.separate_consents().iter().map(|ask| &ask.if_missing);
    let overrides: Vec<Override> = may_ask
        .findings()
        .iter()
        .chain(missing)
        .filter(|finding| answer.overrides.iter().any(|code| code == finding.code))
        .map(|finding| Override::of(finding, "I know them").expect("a reason"))
        .collect();
    let passed = overrides.len();
    match may_ask.settle(act(0), &consents, &overrides) {
        Ok(cleared) if answer.open.is_empty() && cleared.overridden().len() == passed => Ok(()),
        Ok(_) => Err("settled, though it should not".into()),
        Err(unsettled) => same("open", &labels(&unsettled.findings), &answer.open),
    }
}

fn labels(findings: &[Finding]) -> BTreeSet<String> {
    findings.iter().map(|f| format!("{} {}", f.rule, f.code)).collect()
}

fn same<T: PartialEq + std::fmt::Debug + ?Sized>(what: &str, got: &T, want: &T) -> Result<(), String> {
    if got == want { Ok(()) } else { Err(format!("{what}: got {got:?}, want {want:?}")) }
}

fn facts(path: &Path, case: &Case) -> Facts {
    let mut facts: Table = toml::from_str(include_str!("cases/base.toml")).expect("the base");
    let route = path.parent().and_then(Path::file_name).and_then(|n| n.to_str()).expect("a route");
    let (from, to) = route.split_once('-').expect("FROM-TO");
    let route = Table::from_iter([("from".into(), Value::from(from)), ("to".into(), Value::from(to))]);
    facts.insert("route".into(), Value::Table(route));
    if let Some(Value::Table(terms)) = facts.get_mut("terms") {
        terms.insert("jurisdiction".into(), Value::from(to));
        case.drop_terms.iter().for_each(|key| assert!(terms.remove(key).is_some(), "no {key}"));
    }
    merge(&mut facts, &case.facts);
    Value::Table(facts)
        .try_into()
        .map_err(|e: toml::de::Error| format!("{}: {e}", path.display()))
        .expect("a case")
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

fn read(path: &Path) -> Case {
    let text = fs::read_to_string(path).expect("a case");
    toml::from_str(&text).map_err(|e| format!("{}: {e}", path.display())).expect("a case")
}

fn case_files() -> Vec<PathBuf> {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases"));
    let routes = fs::read_dir(root).expect("the cases").map(|e| e.expect("an entry").path());
    let mut files: Vec<PathBuf> = routes
        // Families of cases by rule are run by `rules.rs`.
        .filter(|path| path.is_dir() && !path.ends_with("rules"))
        .flat_map(|route| fs::read_dir(route).expect("a route"))
        .map(|entry| entry.expect("a case").path())
        .collect();
    files.sort();
    files
}
