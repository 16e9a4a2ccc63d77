//! Before the question: may it be put at all, and with which separate consents?

use crate::kinds::Outcome;
use crate::{Facts, Finding, Level, Pack, PackRef, SeparateAsk};

/// Judges a request against a pack. Facts are taken as given: signatures, chains and seals were
/// verified by those who hold their formats.
pub fn assess(pack: &Pack, facts: &Facts) -> Assessment {
    let mut findings = Vec::new();
    let mut asks: Vec<SeparateAsk> = Vec::new();
    if !pack.in_force(facts.now) {
        findings.push(pack.not_in_force());
    }
    for rule in pack.rules.iter().filter(|rule| rule.in_force(facts.now)) {
        let Some(level) = rule.level(facts.route, facts.mode()) else { continue };
        let mut outcome = Outcome::new(rule, level);
        rule.kind.run(pack, facts, &mut outcome);
        findings.extend(outcome.findings);
        outcome.asks.into_iter().for_each(|ask| keep_strictest(&mut asks, ask));
    }
    if findings.iter().any(|finding| finding.level == Level::Block) {
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.level));
        return Assessment::Refuse(Refusal { findings, pack: pack.reference() });
    }
    let own_act = Box::new(pack.own_act.clone());
    Assessment::MayAsk(MayAsk { findings, asks, pack: pack.reference(), own_act })
}

/// What one rule says by itself, with the separate consents that it alone asks for: for the cases, and for
/// whoever reads a pack. `None` when the pack has no such rule; nothing where it does not apply.
pub fn assess_rule(pack: &Pack, id: &str, facts: &Facts) -> Option<(Vec<Finding>, Vec<SeparateAsk>)> {
    let rule = pack.rule(id)?;
    let level = rule.level(facts.route, facts.mode()).filter(|_| rule.in_force(facts.now));
    Some(level.map_or_else(Default::default, |level| {
        let mut outcome = Outcome::new(rule, level);
        rule.kind.run(pack, facts, &mut outcome);
        (outcome.findings, outcome.asks)
    }))
}

/// What the law says to the request.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub enum Assessment {
    /// The person may be asked.
    MayAsk(MayAsk),
    /// The person must not be asked; the reasons are shown instead.
    Refuse(Refusal),
}

/// Proof that nothing blocks, with what must be asked and said. Only [`assess`] makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MayAsk {
    findings: Vec<Finding>,
    asks: Vec<SeparateAsk>,
    pack: PackRef,
    /// What is said of consents bundled, and of one that nobody asked for (R22).
    own_act: Box<(Finding, Finding)>,
}

impl MayAsk {
    pub(crate) fn own_act(&self) -> &(Finding, Finding) {
        &self.own_act
    }

    /// Warnings. Each needs an override with a reason before anything is granted.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The separate consents to be asked for, each as an act of its own.
    pub fn separate_consents(&self) -> &[SeparateAsk] {
        &self.asks
    }

    /// Which pack judged.
    pub fn pack(&self) -> &PackRef {
        &self.pack
    }
}

/// Why the person must not be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    findings: Vec<Finding>,
    pack: PackRef,
}

impl Refusal {
    /// What was found, blocks first. Never empty.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Which pack judged.
    pub fn pack(&self) -> &PackRef {
        &self.pack
    }
}

/// Two rules may ask for the same consent; it is asked once, and its absence is as hard as the harder says.
fn keep_strictest(asks: &mut Vec<SeparateAsk>, ask: SeparateAsk) {
    match asks.iter_mut().find(|known| known.topic == ask.topic) {
        Some(known) if known.if_missing.level < ask.if_missing.level => *known = ask,
        Some(_) => {}
        None => asks.push(ask),
    }
}
