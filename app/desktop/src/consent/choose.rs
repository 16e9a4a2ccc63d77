//! From what the page ticked to core's choices. Nothing is chosen that was not named.

use std::collections::{BTreeMap, BTreeSet};

use chop_core::flow::{Choices, ConsentPrompt, Note, QueryCandidates};
use chop_core::plumbing::formats::claim_path::ClaimPath;
use chop_core::{Result, WalletError};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What is ticked on a page. A claim is named by its place among those that are asked for.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "consent.ts")]
pub(crate) struct Chosen {
    /// For each query: the claims.
    pub(crate) claims: BTreeMap<String, Vec<u32>>,
    /// For each query: the holding that answers, where more than one could.
    pub(crate) items: BTreeMap<String, String>,
    /// Warnings that are passed: rule and typed reason.
    pub(crate) overrides: BTreeMap<String, String>,
    /// Whether a guardian signs.
    pub(crate) as_guardian: bool,
    /// For each query that is answered by a copy: what is written on it.
    pub(crate) notes: BTreeMap<String, CopyNote>,
}

/// What is written on a copy.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "consent.ts")]
pub(crate) struct CopyNote {
    /// Who makes it.
    pub(crate) made_by: String,
    /// For what alone it is good.
    pub(crate) reason: String,
    /// For how many days.
    pub(crate) days: u32,
}

/// What was ticked, held against what is asked.
///
/// # Errors
/// `consent.not-asked`, `holding.unknown` for what the page cannot have offered.
pub(crate) fn choices(prompt: &ConsentPrompt, chosen: &Chosen) -> Result<Choices> {
    let Chosen { claims, items, overrides, as_guardian, notes } = chosen;
    let claims = claims
        .iter()
        .filter(|(_, places)| !places.is_empty())
        .map(|(query, places)| Ok((query.clone(), paths(query_of(prompt, query)?, places)?)))
        .collect::<Result<_>>()?;
    let items = items
        .iter()
        .map(|(query, item)| Ok((query.clone(), item.parse().map_err(|_| WalletError::NoSuchItem)?)))
        .collect::<Result<_>>()?;
    let reason = |text: &String| text.trim().to_owned();
    let overrides = overrides.iter().filter(|(_, why)| !why.trim().is_empty());
    // The last day follows from the request, so that the page that was read is the page that is agreed to.
    let note = |note: &CopyNote| Note {
        made_by: note.made_by.trim().to_owned(),
        reason: note.reason.trim().to_owned(),
        valid_until: prompt.request().iat().plus(i64::from(note.days) * DAY),
    };
    Ok(Choices {
        claims,
        items,
        overrides: overrides.map(|(rule, why)| (rule.clone(), reason(why))).collect(),
        as_guardian: *as_guardian,
        notes: notes.iter().map(|(query, written)| (query.clone(), note(written))).collect(),
    })
}

/// Every claim that is asked for and held, of the holding that fits best: to read the page before one
/// chooses. It is agreed to by nobody.
pub(crate) fn everything_held(prompt: &ConsentPrompt) -> Choices {
    let held = prompt.queries().iter().filter_map(|query| {
        let best = query.candidates.first()?;
        let paths: BTreeSet<_> =
            query.asked.iter().filter(|path| best.answers.contains(path)).cloned().collect();
        (!paths.is_empty()).then(|| (query.id.clone(), paths))
    });
    Choices { claims: held.collect(), ..Choices::default() }
}

fn query_of<'a>(prompt: &'a ConsentPrompt, id: &str) -> Result<&'a QueryCandidates> {
    prompt.queries().iter().find(|query| query.id == id).ok_or_else(|| WalletError::NotAsked.into())
}

fn paths(query: &QueryCandidates, places: &[u32]) -> Result<BTreeSet<ClaimPath>> {
    let path = |place: &u32| {
        let place = usize::try_from(*place).ok()?;
        query.asked.get(place).cloned()
    };
    places.iter().map(|place| path(place).ok_or_else(|| WalletError::NotAsked.into())).collect()
}

/// Seconds of a day.
const DAY: i64 = 86_400;
