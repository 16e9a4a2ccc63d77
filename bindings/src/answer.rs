//! The holder's answer: picks, the page, the acts.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use chop_core::flow::{self, Agreement, Choices};
use chop_core::plumbing::model::Lang;
use chop_core::plumbing::policy::{Level, Topic};
use chop_core::{Wallet, notice};

use crate::ChopError;
use crate::data::Language;
use crate::error::{BorderError, failed};
use crate::machine::{Once, id};
use crate::requests::path_of;

/// What to grant for one query. There is no "all": every claim is named.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Pick {
    /// The query.
    pub query: String,
    /// The item that answers, where more than one could.
    pub item: Option<String>,
    /// The claims to grant, as `AskedCredential.claims` writes them.
    pub claims: Vec<String>,
}

/// A warning that the holder grants in spite of, and why. The reason is kept.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Override {
    /// The rule: `R09`.
    pub rule: String,
    /// The reason, in the holder's words.
    pub reason: String,
}

/// The page as it is shown for some picks.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Page {
    /// Its title.
    pub title: String,
    /// Its lines in the order in which they are shown.
    pub lines: Vec<PageLine>,
    /// One sentence that says it all.
    pub sentence: String,
    /// To agree is to name this code: it stands for exactly these words, this request, these holdings.
    pub code: String,
    /// Separate consents that these picks need, by topic: each is an act of its own.
    pub separate: Vec<String>,
    /// What the law says.
    pub findings: Vec<PageFinding>,
    /// Whether a rule forbids the grant.
    pub is_blocked: bool,
    /// Whether the owner must show to be there before the grant: `Space.reauthenticate`.
    pub wants_presence: bool,
}

/// A line of the page.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct PageLine {
    /// What it is about, stable: `purpose`, `claim`, ….
    pub kind: String,
    /// Its label.
    pub label: String,
    /// Its value.
    pub value: String,
}

/// What a rule found.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct PageFinding {
    /// The rule.
    pub rule: String,
    /// Whether it forbids the grant; else it is a warning.
    pub blocks: bool,
    /// In the reader's words.
    pub text: String,
    /// Where the rule comes from.
    pub citation: String,
    /// Whether the rule's text was confirmed; an unconfirmed one says so.
    pub is_confirmed: bool,
}

/// The act of agreeing, under way.
#[derive(uniffi::Object)]
pub struct Act {
    wallet: Arc<Wallet>,
    agreement: Mutex<Agreement>,
}

impl Act {
    pub(crate) fn begin(
        wallet: &Arc<Wallet>,
        code: &str,
        language: Language,
    ) -> Result<Arc<Self>, ChopError> {
        let mut agreement = Agreement::to(code, language.into(), wallet)?;
        agreement.by = flow::Expression::OnScreen;
        Ok(Arc::new(Self { wallet: wallet.clone(), agreement: Mutex::new(agreement) }))
    }

    pub(crate) fn agreement(&self) -> Result<Agreement, ChopError> {
        Ok(self.agreement.lock().map_err(|_| failed(BorderError::Poisoned))?.clone())
    }
}

#[uniffi::export]
impl Act {
    /// One separate consent, given now, with an id and a time of its own. One call, one topic.
    pub fn consent_to(&self, topic: String) -> Result<(), ChopError> {
        let topic = Topic::from_code(&topic).ok_or_else(|| failed(BorderError::BadTopic))?;
        let mut agreement = self.agreement.lock().map_err(|_| failed(BorderError::Poisoned))?;
        Ok(agreement.consent(topic, &self.wallet)?)
    }
}

/// A yes to exactly one page.
#[derive(uniffi::Object)]
pub struct Consent {
    pub(crate) inner: Once<flow::Consent>,
}

pub(crate) fn choices_of(picks: &[Pick], overrides: &[Override]) -> Result<Choices, ChopError> {
    let mut choices = Choices::default();
    for pick in picks {
        let claims = pick.claims.iter().map(|claim| path_of(claim)).collect::<Result<BTreeSet<_>, _>>()?;
        choices.claims.entry(pick.query.clone()).or_default().extend(claims);
        if let Some(item) = &pick.item {
            choices.items.insert(pick.query.clone(), id(item)?);
        }
    }
    choices.overrides.extend(overrides.iter().map(|o| (o.rule.clone(), o.reason.clone())));
    Ok(choices)
}

pub(crate) fn page_of(page: flow::Page, language: Language) -> Result<Page, ChopError> {
    let words = notice::Words::of(Lang::from(language)).map_err(failed)?;
    let findings = page.findings.iter().map(|finding| {
        Ok(PageFinding {
            rule: finding.rule.clone(),
            blocks: finding.level == Level::Block,
            text: words.law(finding).map_err(failed)?,
            citation: finding.citation.clone(),
            is_confirmed: finding.confirmed,
        })
    });
    Ok(Page {
        findings: findings.collect::<Result<_, ChopError>>()?,
        title: page.notice.title,
        sentence: page.notice.sentence,
        lines: page
            .notice
            .lines
            .into_iter()
            .map(|line| PageLine { kind: line.kind.code(), label: line.label, value: line.value })
            .collect(),
        code: page.code,
        separate: page.separate.iter().map(|topic| topic.code()).collect(),
        is_blocked: page.is_blocked,
        wants_presence: page.level.wants_presence(),
    })
}
