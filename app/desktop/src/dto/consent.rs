//! The consent page: what is asked and what could answer, and the page for what is ticked so far.

use chop_core::flow::{ChosenValue, ConsentPrompt, Page, QueryCandidates};
use chop_core::holdings::Candidate;
use chop_core::notice::{Line, LineKind, SealState, Words};
use chop_core::plumbing::catalog::Catalog;
use chop_core::plumbing::formats::claim_path::{ClaimPath, PathElement};
use chop_core::plumbing::model::Lang;
use chop_core::plumbing::policy::{Finding, Level, Pack, SeparateConsent};
use chop_core::{Result, Wallet};
use serde::Serialize;
use serde_json::Value;
use ts_rs::TS;

/// What is asked, by whom it came, and what could answer.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "consent.ts")]
pub(crate) struct SheetView {
    /// Its id.
    pub(crate) id: String,
    /// How it came.
    pub(crate) way: SheetWay,
    /// The number that both screens show, for a request by link.
    pub(crate) number: Option<String>,
    /// The last second in which it may be answered.
    pub(crate) expires: i64,
    /// Whether a newer edition of a trust list is due.
    pub(crate) trust_is_stale: bool,
    /// Whether the asker's address has letters that may look like others.
    pub(crate) lookalike_name: bool,
    /// When this asker was told no for this purpose, where that still holds.
    pub(crate) refused_at: Option<i64>,
    /// The purpose, as the catalogue names it; nothing where it does not know it.
    pub(crate) purpose: Option<String>,
    /// What is asked for, credential by credential.
    pub(crate) queries: Vec<QueryView>,
}

/// How a request came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "consent.ts")]
pub(crate) enum SheetWay {
    /// By two cameras.
    Optic,
    /// By a link.
    Online,
    /// It is an offer of one's own.
    Offer,
}

/// One credential that is asked for.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "consent.ts")]
pub(crate) struct QueryView {
    /// Its id in the request.
    pub(crate) id: String,
    /// The name of its type.
    pub(crate) document: String,
    /// Its claims, in the order of the request.
    pub(crate) claims: Vec<ClaimView>,
    /// Holdings that could answer, best first.
    pub(crate) candidates: Vec<CandidateView>,
}

/// One claim that is asked for.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "consent.ts")]
pub(crate) struct ClaimView {
    /// Its name.
    pub(crate) name: String,
    /// Whether a law of the three places counts it as sensitive.
    pub(crate) is_sensitive: bool,
    /// Whether the purpose needs it.
    pub(crate) need: Need,
}

/// Whether a purpose needs a claim, by the catalogue's least set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(export_to = "consent.ts")]
pub(crate) enum Need {
    /// It is of the least set.
    Needed,
    /// It is not.
    NotNeeded,
    /// The catalogue knows no least set here.
    Unknown,
}

/// A holding that could answer.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "consent.ts")]
pub(crate) struct CandidateView {
    /// The holding.
    pub(crate) item: String,
    /// Its title.
    pub(crate) title: String,
    /// The name of its type.
    pub(crate) document: String,
    /// Who signed it; empty where nobody did.
    pub(crate) issuer: String,
    /// What its seal says, in words.
    pub(crate) seal: String,
    /// Whether the seal is good.
    pub(crate) is_sound: bool,
    /// Whether nobody but the holder says so.
    pub(crate) is_own: bool,
    /// Whom it is about, when not the owner of the space.
    pub(crate) ward: Option<String>,
    /// When it ends.
    pub(crate) expires: Option<i64>,
    /// Claims that it has, by their place in the query.
    pub(crate) answers: Vec<u32>,
    /// Claims that it has and that do not leave this way: portraits, biometrics.
    pub(crate) withheld: Vec<u32>,
    /// Whether a marked copy can go in its place.
    pub(crate) can_be_copied: bool,
}

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
    /// What it says.
    pub(crate) value: String,
}

impl SheetView {
    /// What is asked in a prompt.
    pub(crate) fn of(wallet: &Wallet, id: &str, prompt: &ConsentPrompt, lang: Lang) -> Result<Self> {
        let (words, catalog, law) = (Words::of(lang)?, wallet.catalog()?, wallet.law()?);
        let asked = prompt.request();
        let looked = Looked { words: &words, catalog: &catalog, law: &law, prompt };
        let way = match (asked.request().is_some(), prompt.arrival().number().is_some()) {
            (false, _) => SheetWay::Offer,
            (true, true) => SheetWay::Online,
            (true, false) => SheetWay::Optic,
        };
        let template = catalog.purpose(&asked.terms().purpose.code);
        Ok(Self {
            id: id.to_owned(),
            way,
            number: prompt.arrival().number().map(str::to_owned),
            expires: asked.exp().0,
            trust_is_stale: asked.trust_is_stale(),
            lookalike_name: asked.has_punycode_name(),
            refused_at: None,
            purpose: template.map(|template| template.names.in_lang(lang).to_owned()),
            queries: prompt.queries().iter().map(|query| looked.query(query)).collect::<Result<_>>()?,
        })
    }
}

/// What every part of a sheet is made with.
struct Looked<'a> {
    words: &'a Words,
    catalog: &'a Catalog,
    law: &'a Pack,
    prompt: &'a ConsentPrompt,
}

impl Looked<'_> {
    fn query(&self, query: &QueryCandidates) -> Result<QueryView> {
        let asked = self.prompt.request().dcql().credentials().iter().find(|c| c.id() == query.id);
        let best = query.candidates.first().map(|candidate| candidate.vct.clone());
        let vct = best.or_else(|| asked?.vct_values().first().cloned()).unwrap_or_default();
        // What the holder states of a credential is named and weighed as that credential's.
        let of = query.candidates.first().map_or(vct.as_str(), |candidate| candidate.doc_type.as_str());
        let claim = |path: &ClaimPath| {
            Ok(ClaimView {
                name: self.words.claim(&vct, &steps(path))?,
                is_sensitive: self.law.claims().sensitivity(of, &steps(path)).is_sensitive(),
                need: self.need(of, path),
            })
        };
        Ok(QueryView {
            id: query.id.clone(),
            document: self.words.document(&vct)?,
            claims: query.asked.iter().map(claim).collect::<Result<_>>()?,
            candidates: query.candidates.iter().map(|c| self.candidate(query, c)).collect::<Result<_>>()?,
        })
    }

    fn need(&self, vct: &str, path: &ClaimPath) -> Need {
        let purpose = self.catalog.purpose(&self.prompt.request().terms().purpose.code);
        let (Some(purpose), Some(doc_type)) = (purpose, self.catalog.by_vct(vct)) else {
            return Need::Unknown;
        };
        match purpose.least_fields(&doc_type.code) {
            Some(least) if path.first_key().is_some_and(|key| least.contains(&key)) => Need::Needed,
            Some(_) | None => Need::NotNeeded,
        }
    }

    fn candidate(&self, query: &QueryCandidates, candidate: &Candidate) -> Result<CandidateView> {
        let places = |paths: &std::collections::BTreeSet<ClaimPath>| {
            let places = query.asked.iter().zip(0_u32..).filter(|(path, _)| paths.contains(path));
            places.map(|(_, place)| place).collect()
        };
        let is_own = candidate.is_own();
        let (seal, is_sound) = match (is_own, candidate.seal_state) {
            (true, _) => ("seal-cannot-check", true),
            (false, SealState::ValidStatusNotChecked) => ("seal-valid", true),
            (false, SealState::ValidStatusChecked) => ("seal-status-checked", true),
            (false, SealState::Revoked) => ("seal-revoked", false),
            (false, SealState::Suspended) => ("seal-suspended", false),
            (false, SealState::Invalid) => ("seal-invalid", false),
            (false, SealState::CannotCheck) => ("seal-cannot-check", false),
        };
        Ok(CandidateView {
            item: candidate.item.to_string(),
            title: candidate.title.clone(),
            document: self.words.document(&candidate.doc_type)?,
            issuer: candidate.issuer.in_lang(self.words.lang()).to_owned(),
            seal: if is_own { String::new() } else { self.words.say(seal)? },
            is_sound,
            is_own,
            ward: candidate.ward.as_ref().map(|ward| ward.name.clone()),
            expires: candidate.expires_at.map(|at| at.0),
            answers: places(&candidate.answers),
            withheld: places(&candidate.withheld),
            can_be_copied: is_own && candidate.form != chop_core::holdings::Form::SdJwt,
        })
    }
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
            let said = if is_revealed { value.revealed().clone() } else { value.masked() };
            Ok(ValueView {
                query: value.query.clone(),
                name: words.claim(&value.vct, &steps(&value.path))?,
                value: plain(&said),
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
        Self {
            rule: finding.rule.clone(),
            is_block: finding.level == Level::Block,
            title: words.title.in_lang(lang).to_owned(),
            what: words.what.in_lang(lang).to_owned(),
            now: words.now.in_lang(lang).to_owned(),
            source: finding.citation.clone(),
            is_confirmed: finding.confirmed,
        }
    }
}

/// The steps of a path as words.
pub(crate) fn steps(path: &ClaimPath) -> Vec<String> {
    let word = |element: &PathElement| match element {
        PathElement::Key(key) => key.clone(),
        PathElement::Index(index) => index.to_string(),
        PathElement::All => "*".to_owned(),
    };
    path.elements().iter().map(word).collect()
}

/// A value in a line: members by name, elements one after the other.
pub(crate) fn plain(value: &Value) -> String {
    match value {
        Value::Null => "—".to_owned(),
        Value::Bool(yes) => if *yes { "✓" } else { "✗" }.to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join("; "),
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| format!("{name}: {}", plain(value)))
            .collect::<Vec<_>>()
            .join(", "),
    }
}
