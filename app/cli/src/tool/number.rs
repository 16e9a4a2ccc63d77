//! Numbers on papers, as people test them.

use chop_core::Clock;
use chop_core::plumbing::catalog::numbers::{NumberFinding, NumberKind, check};
use serde_json::json;

use crate::args::NumberCommand;
use crate::edge::SystemClock;
use crate::exit::Failure;
use crate::report::Report;
use crate::say::Say;

/// Says what is wrong with a number.
pub(crate) fn run(say: &Say, command: NumberCommand) -> Result<Report, Failure> {
    let NumberCommand::Check { kind, value, at } = command;
    let kind = NumberKind::from_code(&kind).ok_or_else(|| Failure::usage("nothing-done"))?;
    let checked = check(kind, &value, Some(at.unwrap_or_else(|| SystemClock.now())));
    let mut lines = vec![match checked.is_right() {
        true => say.say("number-right"),
        false => say.say("number-wrong"),
    }];
    lines.extend(checked.errors().map(|finding| line(say, finding)));
    lines.extend(checked.warnings().map(|finding| line(say, finding)));
    if kind.is_form_only() {
        lines.push(say.say("number-form-only"));
    }
    let codes = |findings: &mut dyn Iterator<Item = NumberFinding>| {
        findings.map(NumberFinding::code).collect::<Vec<_>>()
    };
    let json = json!({
        "kind": kind.code(), "valid": checked.is_right(), "normal": checked.normal(),
        "errors": codes(&mut checked.errors()), "warnings": codes(&mut checked.warnings()),
        "formOnly": kind.is_form_only(),
    });
    Ok(Report::judged(checked.is_right(), lines.join("\n"), json))
}

fn line(say: &Say, finding: NumberFinding) -> String {
    let grade = if finding.is_warning() { "finding-is-warning" } else { "finding-is-error" };
    format!("  {}: {} [{}]", say.say(grade), say.finding(finding.code()), finding.code())
}
