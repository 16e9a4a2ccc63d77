//! After the answer: was every separate consent an act of its own, and every warning overridden?

use std::collections::BTreeSet;

use chop_model::{Id, UnixTime};

use crate::{Finding, Level, MayAsk, PackRef, Topic};

/// A consent given by an act of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeparateConsent {
    /// About what.
    pub topic: Topic,
    /// The act: no two consents share one, and the grant's own act is another.
    pub action_id: Id,
    /// When.
    pub at: UnixTime,
}

/// A warning that the person chose to pass, in their words.
#[derive(Clone, PartialEq, Eq)]
pub struct Override {
    rule: String,
    code: String,
    reason: String,
}

impl Override {
    /// Passes the finding with this rule and code.
    ///
    /// Returns `None` without a reason, or with one over [`Override::MAX_REASON`] bytes.
    pub fn of(finding: &Finding, reason: &str) -> Option<Self> {
        let reason = reason.trim();
        let fits = !reason.is_empty() && reason.len() <= Self::MAX_REASON;
        fits.then(|| Self { rule: finding.rule.clone(), code: finding.code.into(), reason: reason.into() })
    }

    /// Most bytes of a reason.
    pub const MAX_REASON: usize = 2_000;

    /// The person's reason.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    fn passes(&self, finding: &Finding) -> bool {
        self.rule == finding.rule && self.code == finding.code
    }
}

/// The reason may say anything about the person, so it is not printed.
impl std::fmt::Debug for Override {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Override").field("rule", &self.rule).field("code", &self.code).finish_non_exhaustive()
    }
}

/// A warning with the override that passed it: for the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overridden {
    /// What was found.
    pub finding: Finding,
    /// Why the person went on.
    pub passed_by: Override,
}

/// Proof that the answer is whole. A grant is made only from one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cleared {
    consents: Vec<SeparateConsent>,
    overridden: Vec<Overridden>,
    pack: PackRef,
}

impl Cleared {
    /// The separate consents that were asked for and given.
    pub fn consents(&self) -> &[SeparateConsent] {
        &self.consents
    }

    /// The warnings passed, each with its reason.
    pub fn overridden(&self) -> &[Overridden] {
        &self.overridden
    }

    /// Which pack judged.
    pub fn pack(&self) -> &PackRef {
        &self.pack
    }
}

/// The answer is not whole. Nothing was granted; the question can be put again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsettled {
    /// The question, given back.
    pub may_ask: MayAsk,
    /// What is still open.
    pub findings: Vec<Finding>,
}

impl MayAsk {
    /// Passes every warning of `rule` with one reason, a separate consent that may be missing included.
    /// Empty when the rule has no warning here, or the reason is none.
    pub fn overrides_of(&self, rule: &str, reason: &str) -> Vec<Override> {
        let missing = self.separate_consents().iter().map(|ask| &ask.if_missing);
        let warnings =
            self.findings().iter().chain(missing).filter(|f| f.rule == rule && f.level == Level::Warn);
        warnings.filter_map(|finding| Override::of(finding, reason)).collect()
    }

    /// Settles the person's answer. `grant_action` is the act by which the grant itself was given.
    ///
    /// # Errors
    /// [`Unsettled`] with what is open: a consent that the law demands and nobody gave, two consents by
    /// one act (NDR art. 62(7)), one that was not asked for, or a warning without an override.
    pub fn settle(
        self,
        grant_action: Id,
        consents: &[SeparateConsent],
        overrides: &[Override],
    ) -> Result<Cleared, Box<Unsettled>> {
        let mut open = Vec::new();
        let mut overridden = Vec::new();
        if !each_by_its_own_act(grant_action, consents) {
            open.push(self.own_act().0.clone());
        }
        if consents.iter().any(|c| !self.separate_consents().iter().any(|ask| ask.topic == c.topic)) {
            open.push(self.own_act().1.clone());
        }
        for finding in self.findings().iter().chain(self.missing(consents)) {
            let passed_by = overrides.iter().find(|o| o.passes(finding));
            match passed_by {
                Some(passed_by) if finding.level == Level::Warn => {
                    overridden.push(Overridden { finding: finding.clone(), passed_by: passed_by.clone() });
                }
                _ => open.push(finding.clone()),
            }
        }
        if open.is_empty() {
            return Ok(Cleared { consents: consents.to_vec(), overridden, pack: self.pack().clone() });
        }
        Err(Box::new(Unsettled { may_ask: self, findings: open }))
    }

    fn missing<'s>(&'s self, consents: &'s [SeparateConsent]) -> impl Iterator<Item = &'s Finding> {
        self.separate_consents()
            .iter()
            .filter(|ask| !consents.iter().any(|given| given.topic == ask.topic))
            .map(|ask| &ask.if_missing)
    }
}

fn each_by_its_own_act(grant_action: Id, consents: &[SeparateConsent]) -> bool {
    let mut acts = BTreeSet::from([grant_action]);
    let mut topics = BTreeSet::new();
    consents.iter().all(|c| acts.insert(c.action_id) && topics.insert(c.topic))
}
