//! The page of a consent, for what is ticked so far.

use chop_core::Result;
use chop_core::flow::{ChosenValue, Page};
use chop_core::mask::HIDDEN;
use chop_core::notice::{Line, LineKind, Words};
use chop_core::plumbing::model::Lang;
use chop_core::plumbing::policy::{Finding, Level, SeparateConsent};
use serde::Serialize;
use ts_rs::TS;

use super::consent::{plain, steps};
use crate::desk;

/// The page for what is ticked.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "consent.ts")]
pub(crate) struct PageView {
    /// The heading.
    pub(crate) title: String,
    /// The lines, top to bottom.
    pub(crate) lines: Vec<LineView>,
    /// All of it in one sentence; nothing while nothing is ticked.
    pub(crate) sentence: Option<String>,
    /// To agree is to name this page; nothing while it cannot be agreed to.
    pub(crate) code: Option<String>,
    /// What the law says.
    pub(crate) findings: Vec<FindingView>,
    /// Separate consents that it needs.
    pub(crate) separate: Vec<SeparateView>,
    /// Whether a rule forbids it.
    pub(crate) is_blocked: bool,
    /// The level of the highest claim: `L1` to `L4`.
    pub(crate) level: String,
    /// Whether the passphrase is asked once more.
    pub(crate) asks_passphrase: bool,
    /// What would go, behind its mask unless it was asked for.
    pub(crate) values: Vec<ValueView>,
    /// Whether it is about somebody for whom a guardian signs.
    pub(crate) is_about_ward: bool,
}

/// One line of the page.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "consent.ts")]
pub(crate) struct LineView {
    /// What kind, by core's stable word.
    pub(crate) kind: String,
    /// What it is about.
    pub(crate) label: String,
    /// What it says.
    pub(crate) value: String,
}

/// What a rule found.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "consent.ts")]
pub(crate) struct FindingView {
    /// The rule.
    pub(crate) rule: String,
    /// Whether it forbids; else one may go on with a reason.
    pub(crate) is_block: bool,
    /// What the rule is about.
    pub(crate) title: String,
    /// What is wrong.
    pub(crate) what: String,
    /// What to do.
    pub(crate) now: String,
    /// Where the rule comes from.
    pub(crate) source: String,
    /// Whether somebody confirmed it against the text of the law.
    pub(crate) is_confirmed: bool,
}

/// A separate consent.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "consent.ts")]
pub(crate) struct SeparateView {
    /// Its stable code.
    pub(crate) topic: String,
    /// What one consents to.
    pub(crate) text: String,
    /// When it was given on this page; nothing where it was not.
    pub(crate) given_at: Option<i64>,
}

/// A claim that would go, with what it says.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "consent.ts")]
pub(crate) struct ValueView {
    /// The query.
    pub(crate) query: String,
    /// The claim's name.
    pub(crate) name: String,
    /// What it says: of a section of a summary, in the lines that its recipient reads.
    pub(crate) value: String,
    /// All of it, where the lines leave something out.
    pub(crate) whole: Option<String>,
}

impl PageView {
    /// The page for some choices. `is_chosen`: whether they are the holder's, and not everything that is
    /// held, shown so that one can read before one chooses.
    pub(crate) fn of(page: Page, acts: &[SeparateConsent], is_chosen: bool, lang: Lang) -> Self {
        let Page { notice, code, separate, findings, is_blocked, level } = page;
        let is_own_line = |line: &Line| {
            // Findings and separate consents stand apart, each with its own act.
            !matches!(line.kind, LineKind::Finding(_) | LineKind::SeparateConsent(_))
        };
        let text_of = |topic| {
            let line = notice.lines.iter().find(|line| line.kind == LineKind::SeparateConsent(topic));
            line.map(|line| line.value.clone()).unwrap_or_default()
        };
        let separate = separate.iter().map(|topic| SeparateView {
            topic: topic.code(),
            text: text_of(*topic),
            given_at: acts.iter().find(|act| act.topic == *topic).map(|act| act.at.0),
        });
        let may_agree = is_chosen && !is_blocked;
        Self {
            separate: separate.collect(),
            is_about_ward: notice.lines.iter().any(|line| line.kind == LineKind::Ward),
            lines: notice.lines.iter().filter(|line| is_own_line(line)).map(LineView::of).collect(),
            sentence: is_chosen.then_some(notice.sentence),
            title: notice.title,
            code: may_agree.then_some(code),
            findings: findings.iter().map(|finding| FindingView::of(finding, lang)).collect(),
            is_blocked,
            level: level.code().to_owned(),
            asks_passphrase: level.wants_presence(),
            values: Vec::new(),
        }
    }

    /// The same with what would go.
    pub(crate) fn with_values(self, values: &[ChosenValue], is_revealed: bool, lang: Lang) -> Result<Self> {
        let words = Words::of(lang)?;
        let view = |value: &ChosenValue| {
            let whole = plain(&if is_revealed { value.revealed().clone() } else { value.masked() });
            let lines = desk::lines(value.revealed(), &words).map(|lines| match is_revealed {
                true => lines.join("\n"),
                false => vec![HIDDEN; lines.len()].join("\n"),
            });
            let (value_said, whole) = match lines {
                Some(lines) => (lines, Some(whole)),
                None => (whole, None),
            };
            Ok(ValueView {
                query: value.query.clone(),
                name: words.claim(&value.vct, &steps(&value.path))?,
                value: value_said,
                whole,
            })
        };
        Ok(Self { values: values.iter().map(view).collect::<Result<_>>()?, ..self })
    }
}

impl LineView {
    fn of(line: &Line) -> Self {
        Self { kind: line.kind.code(), label: line.label.clone(), value: line.value.clone() }
    }
}

impl FindingView {
    fn of(finding: &Finding, lang: Lang) -> Self {
        let words = finding.words.as_ref();
        let cited = Words::of(lang).and_then(|said| said.cite(&finding.citation));
        Self {
            rule: finding.rule.clone(),
            is_block: finding.level == Level::Block,
            title: words.title.in_lang(lang).to_owned(),
            what: words.what.in_lang(lang).to_owned(),
            now: words.now.in_lang(lang).to_owned(),
            source: cited.unwrap_or_else(|_| finding.citation.clone()),
            is_confirmed: finding.confirmed,
        }
    }
}
