//! What the law of a route says to a page: each finding in words with its rule, where the rule comes
//! from and whether that is confirmed. Never advice; nothing is filed.

use std::collections::BTreeMap;

use chop_core::Wallet;
use chop_core::flow::Page;
use chop_core::plumbing::policy::Level;
use serde_json::{Value, json};

use super::stage::Stage;
use crate::command::{finding_json, finding_lines, not_advice};
use crate::exit::Failure;

/// Shows the findings of a page.
pub(crate) fn tell(stage: &Stage<'_>, wallet: &Wallet, page: &Page) -> Result<Value, Failure> {
    let say = stage.say();
    stage.tell("demo-law", &[]);
    let mut lines = finding_lines(say, &page.findings);
    if lines.is_empty() {
        lines.push(say.say("demo-law-nothing"));
    }
    lines.push(not_advice(say, &wallet.law()?));
    stage.show(&lines.join("\n"));
    let found: Vec<_> = page.findings.iter().map(|finding| finding_json(say, finding)).collect();
    Ok(json!({ "blocked": page.is_blocked, "findings": found }))
}

/// A reason for each warning: without one nothing is granted.
pub(crate) fn overrides(stage: &Stage<'_>, page: &Page) -> BTreeMap<String, String> {
    let warnings = page.findings.iter().filter(|finding| finding.level == Level::Warn);
    let reason = |rule: &str| {
        stage.tell("demo-override", &[("rule", rule), ("reason", &stage.say().say("demo-reason"))]);
        (rule.to_owned(), stage.say().say("demo-reason"))
    };
    warnings.map(|finding| reason(&finding.rule)).collect()
}
