//! The level of what would go, and how long a grant of it holds (gba.md row 40).

use chop_formats::claim_path::ClaimPath;
use chop_model::Period;

use crate::holdings::DataLevel;

use super::consent::ConsentPrompt;
use super::pick::Pick;

impl ConsentPrompt {
    /// The level of the highest claim that would go.
    pub(super) fn level_of(&self, picks: &[Pick]) -> DataLevel {
        let levels = picks.iter().flat_map(|pick| {
            pick.paths.iter().chain(&pick.goes_along()).map(|path| self.level(pick, path)).collect::<Vec<_>>()
        });
        levels.max().unwrap_or(DataLevel::L1)
    }

    fn level(&self, pick: &Pick, path: &ClaimPath) -> DataLevel {
        let sensitivity = super::page::sensitivity(self, &pick.item, path);
        match super::page::predicate(path) {
            Some(asked) => {
                let field = self.catalog.field(&pick.item.doc_type, &[asked.about()]);
                DataLevel::of(field, sensitivity, true)
            }
            None => {
                let words = super::page::words_of(path);
                DataLevel::of(self.catalog.field(&pick.item.vct, &words), sensitivity, false)
            }
        }
    }

    /// From when until when a grant of these picks holds: never longer than its level allows.
    pub(super) fn validity_of(&self, picks: &[Pick]) -> Period {
        let Period { from, until } = self.validity;
        Period { from, until: until.min(from.plus(self.level_of(picks).lifetime())) }
    }
}
