//! `chop law`: a rule in words, facts assessed, a grant judged again.

use std::path::Path;

use chop_core::Error;
use chop_core::plumbing::catalog::Catalog;
use chop_core::plumbing::model::CrossingMode;
use chop_core::plumbing::policy::{
    Assessment, Facts, Finding, Level, Pack, Route, Rule, SeparateAsk, assess,
};
use serde_json::{Value, json};

use super::exchange::exchange_id;
use super::session::Context;
use crate::args::LawCommand;
use crate::exit::Failure;
use crate::files;
use crate::report::Report;
use crate::say::Say;

/// Runs one of them.
pub(crate) fn run(context: Context<'_>, command: &LawCommand) -> Result<Report, Failure> {
    match command {
        LawCommand::Show { rule, pack } => show(context.say, rule.as_deref(), &read(pack.pack.as_deref())?),
        LawCommand::Assess { facts, pack } => judge(context.say, facts, &read(pack.pack.as_deref())?),
        LawCommand::Again { exchange } => again(context, exchange),
    }
}

fn read(file: Option<&Path>) -> Result<Pack, Failure> {
    let pack = match file {
        Some(path) => Pack::read(&files::read_text(path)?),
        None => Pack::built_in(),
    };
    let catalog = Catalog::built_in().map_err(Error::from)?;
    Ok(pack.map_err(Error::from)?.with_catalog(&catalog))
}

fn show(say: &Say, id: Option<&str>, pack: &Pack) -> Result<Report, Failure> {
    let (text, rules) = match id {
        Some(id) => {
            let rule = pack.rule(id).ok_or_else(|| Failure::usage("usage-no-rule").with("typed", id))?;
            (rule_text(say, rule), vec![rule_json(say, rule)])
        }
        None => {
            let mut rules: Vec<&Rule> = pack.rules().iter().collect();
            // R01 to R35 as the research numbers them, then the product's own.
            rules.sort_by_key(|rule| (!rule.id().starts_with('R'), rule.id().to_owned()));
            let lines: Vec<_> = rules.iter().map(|rule| rule_line(say, rule)).collect();
            (lines.join("\n"), rules.iter().map(|rule| rule_json(say, rule)).collect())
        }
    };
    let json = json!({ "pack": pack_json(pack), "rules": rules });
    Ok(Report::done(format!("{text}\n\n{}", not_advice(say, pack)), json))
}

fn rule_line(say: &Say, rule: &Rule) -> String {
    let mark = if rule.is_confirmed() { "" } else { " (?)" };
    format!("{}  {} — {}{mark}", rule.id(), rule.title().in_lang(say.lang()), rule.citation())
}

fn rule_text(say: &Say, rule: &Rule) -> String {
    let status = if rule.is_confirmed() { "law-is-confirmed" } else { "law-is-unconfirmed" };
    let (from, until) = rule.effective();
    let dates = [("from", from.unwrap_or("…")), ("until", until.unwrap_or("…"))];
    let mut lines = vec![format!("{}  {}", rule.id(), rule.title().in_lang(say.lang()))];
    let mut label = |key: &str, value: &str| lines.push(format!("{}  {value}", say.say(key)));
    label("law-label-citation", rule.citation());
    label("law-label-source", rule.source());
    label("law-label-status", &say.say(status));
    label("law-label-effective", &say.say_with("law-from-until", &dates));
    label("law-label-kind", rule.kind());
    for (code, words) in rule.findings() {
        label("law-label-finds", &format!("{code}: {}", words.what.in_lang(say.lang())));
    }
    label("law-label-now", rule.now().in_lang(say.lang()));
    for route in ROUTES.iter().filter_map(|route| route_of(route)) {
        let [carried, c2c] = MODES.map(|mode| level_word(say, rule.level(route, mode)));
        let level = if carried == c2c {
            carried
        } else {
            format!("{}: {carried}; {}: {c2c}", say.say("law-by-carried"), say.say("law-by-c2c"))
        };
        lines.push(format!("  {}  {level}", route.column()));
    }
    lines.join("\n")
}

fn rule_json(say: &Say, rule: &Rule) -> Value {
    let lang = say.lang();
    let finds: Vec<_> = rule
        .findings()
        .map(|(code, words)| json!({ "code": code, "what": words.what.in_lang(lang), "now": words.now.in_lang(lang) }))
        .collect();
    let levels: serde_json::Map<String, Value> = ROUTES
        .iter()
        .filter_map(|route| route_of(route))
        .map(|route| {
            let [carried, c2c] = MODES.map(|mode| rule.level(route, mode).map_or("off", level_code));
            (route.column().to_owned(), json!({ "carried": carried, "c2c": c2c }))
        })
        .collect();
    let (from, until) = rule.effective();
    json!({
        "id": rule.id(), "kind": rule.kind(), "title": rule.title().in_lang(lang), "citation": rule.citation(),
        "source": rule.source(), "confirmed": rule.is_confirmed(), "effective_from": from,
        "effective_until": until, "finds": finds, "levels": levels,
    })
}

fn judge(say: &Say, facts: &Path, pack: &Pack) -> Result<Report, Failure> {
    let facts = Facts::read(&files::read_text(facts)?).map_err(Error::from)?;
    let (may_ask, findings, asks) = match assess(pack, &facts) {
        Assessment::MayAsk(may) => (true, may.findings().to_vec(), may.separate_consents().to_vec()),
        Assessment::Refuse(refusal) => (false, refusal.findings().to_vec(), Vec::new()),
    };
    let mut lines = vec![say.say(if may_ask { "law-may-ask" } else { "law-refused" })];
    lines.extend(finding_lines(say, &findings));
    for SeparateAsk { topic, if_missing } in &asks {
        let values = [("topic", topic.code()), ("why", say.law(if_missing))];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        lines.push(say.say_with("law-asks-separately", &values));
    }
    lines.extend([String::new(), not_advice(say, pack)]);
    let asks: Vec<_> = asks
        .iter()
        .map(|ask| json!({ "topic": ask.topic.code(), "if_missing": finding_json(say, &ask.if_missing) }))
        .collect();
    let found: Vec<_> = findings.iter().map(|finding| finding_json(say, finding)).collect();
    let json = json!({ "pack": pack_json(pack), "may_ask": may_ask, "findings": found, "separate": asks });
    Ok(Report::judged(may_ask, lines.join("\n"), json))
}

fn again(context: Context<'_>, exchange: &str) -> Result<Report, Failure> {
    let session = context.open()?;
    let say = context.say;
    let id = exchange_id(&session, exchange)?;
    let judged = session.wallet.judge_again(&id)?;
    let values = [("pack", judged.pack.id.as_str()), ("version", judged.pack.version.as_str())];
    let mut lines = vec![say.say_with("law-judged-again", &values)];
    if judged.findings.is_empty() {
        lines.push(say.say("law-nothing-found"));
    }
    lines.extend(finding_lines(say, &judged.findings));
    lines.extend([String::new(), say.say_with("rules-not-advice", &values)]);
    let found: Vec<_> = judged.findings.iter().map(|finding| finding_json(say, finding)).collect();
    let json = json!({
        "pack": { "id": judged.pack.id, "version": judged.pack.version }, "blocked": judged.is_blocked,
        "findings": found,
    });
    Ok(Report::judged(!judged.is_blocked, lines.join("\n"), json))
}

/// Each finding on a line: how hard it is, what, what now, which rule, where from, whether confirmed.
pub(crate) fn finding_lines(say: &Say, findings: &[Finding]) -> Vec<String> {
    let line = |finding: &Finding| format!("{}  {}", level_word(say, Some(finding.level)), say.law(finding));
    findings.iter().map(line).collect()
}

/// A finding for machines.
pub(crate) fn finding_json(say: &Say, finding: &Finding) -> Value {
    json!({
        "rule": finding.rule, "code": finding.code, "level": level_code(finding.level), "text": say.law(finding),
        "citation": finding.citation, "confirmed": finding.confirmed,
    })
}

/// Which pack judged; that this is not advice and nothing is filed.
pub(crate) fn not_advice(say: &Say, pack: &Pack) -> String {
    let reference = pack.reference();
    say.say_with("rules-not-advice", &[("pack", &reference.id), ("version", &reference.version)])
}

fn pack_json(pack: &Pack) -> Value {
    let reference = pack.reference();
    json!({ "id": reference.id, "version": reference.version, "source": pack.source() })
}

fn level_word(say: &Say, level: Option<Level>) -> String {
    say.say(match level {
        Some(Level::Block) => "law-level-block",
        Some(Level::Warn) => "law-level-warn",
        None => "law-level-off",
    })
}

fn level_code(level: Level) -> &'static str {
    match level {
        Level::Block => "block",
        Level::Warn => "warn",
    }
}

fn route_of(column: &str) -> Option<Route> {
    let (from, to) = column.split_once('-')?;
    let place = |code: &str| chop_core::plumbing::model::Jurisdiction::from_code(code);
    Some(Route { from: place(from)?, to: place(to)? })
}

/// The nine routes of the three places.
const ROUTES: [&str; 9] = ["CN-CN", "HK-HK", "MO-MO", "CN-HK", "HK-CN", "CN-MO", "MO-CN", "HK-MO", "MO-HK"];
const MODES: [CrossingMode; 2] = [CrossingMode::SubjectCarried, CrossingMode::ControllerToController];
