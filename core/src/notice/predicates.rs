//! Predicates in words: as a name, where claims are listed, and as the question, where one is asked.

use super::words::{NoticeError, Words};
use crate::predicate::{Bound, Predicate};

/// How a predicate is put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Put {
    /// *Age of 18 or over*: where claims are listed, for whoever holds or reads them.
    AsName,
    /// *Whether you are 18 or over*: for whoever is asked.
    AsQuestion,
}

impl Words {
    /// The predicate `name` of a credential of type `vct`; nothing for the name of a value.
    pub(super) fn predicate(&self, vct: &str, name: &str, put: Put) -> Result<Option<String>, NoticeError> {
        let key = |what| match put {
            Put::AsName => format!("claim-{what}"),
            Put::AsQuestion => format!("predicate-{what}"),
        };
        let words = match Predicate::named(name) {
            None => return Ok(None),
            Some(Predicate::AgeOver(years)) => {
                self.say_with(&key("age-over"), &[("years", i64::from(years).into())])
            }
            Some(Predicate::NotExpired) => self.say(&key("not-expired")),
            Some(Predicate::NameDocumentMatch) => self.say(&key("name-document-match")),
            Some(Predicate::AtLeast { claim, bound }) => {
                let of = self.claim(vct, &[claim])?;
                let bound = text_of(&bound);
                let values = [("what", of.as_str().into()), ("bound", bound.as_str().into())];
                self.say_with(&key("at-least"), &values)
            }
        };
        words.map(Some)
    }
}

fn text_of(bound: &Bound) -> String {
    match bound {
        Bound::Grade(grade) => grade.replace("plus", "+").replace("minus", "-"),
        Bound::Hundredths(hundredths) => format!("{}.{:02}", hundredths / 100, hundredths % 100),
    }
}
