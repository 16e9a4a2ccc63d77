//! A request before the person: what is asked and what could answer. The page is in `consent_page.rs`.

use chop_core::flow::{ConsentPrompt, QueryCandidates};
use chop_core::holdings::Candidate;
use chop_core::notice::{SealState, Words};
use chop_core::plumbing::catalog::Catalog;
use chop_core::plumbing::formats::claim_path::{ClaimPath, PathElement};
use chop_core::plumbing::model::Lang;
use chop_core::plumbing::policy::Pack;
use chop_core::{Result, Wallet};
use serde::Serialize;
use serde_json::Value;
use ts_rs::TS;

use crate::holdings::cards::titled;

pub(crate) use super::consent_page::PageView;

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
            title: titled(self.words, &candidate.title),
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
