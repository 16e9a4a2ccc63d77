//! What the holdings behind a grant have to say on its page: whom it is about, how high its level is,
//! which of its claims are a yes and no value.

use super::page::{Done, Page};
use super::predicates::Put;
use super::words::NoticeError;
use super::{LineKind, NoticeClaim, isolate, time};
use crate::holdings::DataLevel;

impl Page<'_> {
    /// Lines about the holdings themselves, between what and why.
    pub(super) fn holdings(&mut self) -> Done {
        let model = self.model;
        if let Some(ward) = &model.holdings.ward {
            let (name, guardian) = (isolate(&ward.name), isolate(&ward.guardian));
            let relation = self.words.say(relation_key(ward.relation))?;
            let key = match (ward.signs, ward.is_shown) {
                (true, true) => "ward-signed",
                (true, false) => "ward-not-shown",
                (false, _) => "ward-not-signed",
            };
            let values = [
                ("name", name.as_str().into()),
                ("guardian", guardian.as_str().into()),
                ("relation", relation.as_str().into()),
            ];
            let said = self.words.say_with(key, &values)?;
            self.add(LineKind::Ward, "label-ward", said)?;
        }
        for copy in &model.holdings.copies {
            let until = time::day(self.words, copy.valid_until)?;
            let [title, made_by, reason] =
                [&copy.title, &copy.made_by, &copy.reason].map(|text| isolate(text));
            let values = [
                ("title", title.as_str().into()),
                ("maker", made_by.as_str().into()),
                ("reason", reason.as_str().into()),
                ("until", until.as_str().into()),
            ];
            let said = self.words.say_with("copy-with-note", &values)?;
            self.add(LineKind::Copy, "label-copy", said)?;
        }
        match model.holdings.level {
            Some(DataLevel::L4) => {
                let said = self.words.say("level-L4")?;
                self.add(LineKind::Level, "label-level", said)
            }
            Some(DataLevel::L3) => {
                let said = self.words.say("level-L3")?;
                self.add(LineKind::Level, "label-level", said)
            }
            Some(DataLevel::L1 | DataLevel::L2) | None => Ok(()),
        }
    }

    /// The question that a predicate answers, in words; nothing for a claim with a value.
    pub(super) fn predicate(&self, claim: &NoticeClaim) -> Result<Option<String>, NoticeError> {
        let [name] = claim.path.as_slice() else { return Ok(None) };
        self.words.predicate(&claim.vct, name, Put::AsQuestion)
    }
}

fn relation_key(relation: &str) -> &'static str {
    if relation == "parent" { "relation-parent" } else { "relation-guardian" }
}
