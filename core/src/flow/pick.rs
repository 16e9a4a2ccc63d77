//! What was picked: for each query a holding and the claims that it hands over; and the code that stands
//! for exactly that.

use std::collections::BTreeSet;

use chop_formats::claim_path::ClaimPath;

use crate::holdings::Candidate;
use crate::notice::Notice;
use crate::{Result, WalletError};

use super::Note;
use super::consent::{Choices, ConsentPrompt};

/// One query with the holding that answers it and the claims it hands over.
#[derive(Debug, Clone)]
pub(crate) struct Pick {
    pub(crate) query: String,
    pub(crate) item: Candidate,
    pub(crate) paths: BTreeSet<ClaimPath>,
    /// Whether the guardian signs for whom it is about.
    pub(crate) as_guardian: bool,
    /// What is written on the copy that goes in place of the original.
    pub(crate) note: Option<Note>,
}

impl Pick {
    /// What goes with the claims because the issuer left it open.
    pub(crate) fn goes_along(&self) -> BTreeSet<ClaimPath> {
        self.item.goes_along(&self.paths)
    }
}

impl ConsentPrompt {
    /// What is agreed to is the page, the request that it answers, and the holdings behind it: two pages
    /// alike in words but answered from different holdings have different codes.
    pub(super) fn page_code(&self, notice: &Notice, picks: &[Pick]) -> String {
        let request = self.request.digest();
        let mut parts: Vec<&[u8]> = vec![b"chop/1/page", &notice.digest, &request];
        let paths: Vec<_> = picks.iter().map(|pick| format!("{:?}", pick.paths)).collect();
        for (Pick { query, item, .. }, paths) in picks.iter().zip(&paths) {
            parts.extend([query.as_bytes(), &[0], &item.item.0, paths.as_bytes(), &[0]]);
        }
        let digest = chop_crypto::sha256_of(&parts);
        digest.iter().take(7).map(|b| LETTERS.chars().nth(usize::from(b % 32)).unwrap_or('0')).collect()
    }

    pub(super) fn picks(&self, choices: &Choices) -> Result<Vec<Pick>> {
        choices
            .claims
            .iter()
            .filter(|(_, paths)| !paths.is_empty())
            .map(|(query, paths)| self.pick(query, paths, choices))
            .collect()
    }

    fn pick(&self, query: &str, paths: &BTreeSet<ClaimPath>, choices: &Choices) -> Result<Pick> {
        let asked = self.queries.iter().find(|q| q.id == query).ok_or(WalletError::NotAsked)?;
        if !paths.iter().all(|path| asked.asked.contains(path)) {
            return Err(WalletError::NotAsked.into());
        }
        let candidate = match choices.items.get(query) {
            Some(id) => asked.candidates.iter().find(|c| c.item == *id).ok_or(WalletError::NoSuchItem)?,
            None => asked.candidates.first().ok_or(WalletError::NothingHeld)?,
        };
        if paths.iter().any(|path| candidate.withheld.contains(path)) {
            return Err(WalletError::BiometricByQr.into());
        }
        if !paths.iter().all(|path| candidate.answers.contains(path)) {
            return Err(WalletError::NothingHeld.into());
        }
        let as_guardian = choices.as_guardian && candidate.ward.is_some();
        let note = choices.notes.get(query).cloned();
        let pick = Pick {
            query: query.to_owned(),
            item: candidate.clone(),
            paths: paths.clone(),
            as_guardian,
            note,
        };
        pick.check_note()?;
        Ok(pick)
    }
}

/// Crockford's base 32: no I, L, O, U.
const LETTERS: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
