//! What goes wrong, as every language sees it.

use std::sync::LazyLock;

use chop_core::notice::Words;
use chop_core::plumbing::model;

use crate::data::{Fault, Language, Left, Param};

/// A step that did not happen. `code` is stable; `explain` puts it into words.
#[derive(Debug, Clone, thiserror::Error, uniffi::Error)]
pub enum ChopError {
    /// The only kind: the code tells them apart, and codes may be added.
    #[error("{code}: {summary}")]
    Failed {
        /// Stable, `area.what`.
        code: String,
        /// Whose fault it is.
        fault: Fault,
        /// Whether data left this device.
        left: Left,
        /// One English line for developers; never a value that somebody holds.
        summary: String,
        /// Named values for the words: ids, counts.
        params: Vec<Param>,
    },
}

/// An error in the reader's words.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ErrorText {
    /// What happened.
    pub what: String,
    /// Whether data left.
    pub left: String,
    /// What to do now.
    pub now: String,
}

/// The words of the error `code` in `language`, where this version knows the code.
#[uniffi::export]
pub fn explain(error: ChopError, language: Language) -> Option<ErrorText> {
    let ChopError::Failed { code, left, params, .. } = error;
    let values: Vec<_> = params.iter().map(|p| (p.name.as_str(), p.value.as_str())).collect();
    let words = words(language)?.error_named(&code, left.into(), &values).ok()?;
    Some(ErrorText { what: words.what, left: words.left, now: words.now })
}

/// Core's words and the border's own, read once for each language: an app may explain an error on every page.
fn words(language: Language) -> Option<&'static Words> {
    macro_rules! once {
        ($language:expr) => {{
            static READ: LazyLock<Option<Words>> = LazyLock::new(|| {
                Words::of($language.into()).and_then(|words| words.and(own_words($language))).ok()
            });
            READ.as_ref()
        }};
    }
    match language {
        Language::ZhHans => once!(Language::ZhHans),
        Language::ZhHant => once!(Language::ZhHant),
        Language::En => once!(Language::En),
        Language::Pt => once!(Language::Pt),
    }
}

/// The words of the border's own codes.
fn own_words(language: Language) -> &'static str {
    match language {
        Language::ZhHans => include_str!("../locales/zh-Hans.ftl"),
        Language::ZhHant => include_str!("../locales/zh-Hant.ftl"),
        Language::En => include_str!("../locales/en.ftl"),
        Language::Pt => include_str!("../locales/pt.ftl"),
    }
}

impl From<chop_core::Error> for ChopError {
    fn from(error: chop_core::Error) -> Self {
        Self::Failed {
            code: error.code().to_owned(),
            fault: error.fault().into(),
            left: error.data_left().into(),
            summary: error.to_string(),
            params: error
                .params()
                .iter()
                .map(|(name, value)| Param { name: (*name).to_owned(), value: value.clone() })
                .collect(),
        }
    }
}

/// Crate errors become core's error first, so that a code means the same everywhere.
pub(crate) fn failed(error: impl model::Coded) -> ChopError {
    chop_core::Error::from(error).into()
}

chop_core::plumbing::model::coded_errors! {
    /// What only the border can find wrong.
    pub enum BorderError {
        /// A text that is no id.
        BadId => ("border.bad-id", User, "this is not an id"),
        /// A claim path that is no JSON array of names and positions.
        BadPath => ("border.bad-path", User, "this is not a claim path"),
        /// An object that was used up by an earlier step.
        UsedUp => ("border.used-up", User, "this object was used up by an earlier step"),
        /// A topic of separate consent that nobody knows.
        BadTopic => ("border.bad-topic", User, "this is not a topic of separate consent"),
        /// A file that cannot be read or written.
        File => ("border.file", Environment, "a file could not be read or written"),
        /// Something inside gave up while another thread held it.
        Poisoned => ("border.poisoned", Bug, "an earlier call was torn; open the space again"),
        /// Not a certificate chain.
        BadRequest => ("border.bad-request", User, "the request to be made is not complete"),
        /// A progress callback raised an error.
        CallbackFailed => ("border.callback-failed", User, "the progress callback failed"),
        /// Somebody pressed stop, or a progress callback said so.
        Stopped => ("border.stopped", User, "the work was stopped as asked"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_of_core_and_of_the_border_are_explained_in_every_language_from_words_read_once() {
        let languages = [Language::ZhHans, Language::ZhHant, Language::En, Language::Pt];
        for error in
            [failed(BorderError::BadId), chop_core::Error::from(chop_core::WalletError::NotAsked).into()]
        {
            let mut said: Vec<_> = languages.map(|to| explain(error.clone(), to).expect("words").what).into();
            said.dedup();
            assert_eq!(said.len(), languages.len(), "{said:?}");
        }
        for language in languages {
            assert!(std::ptr::eq(words(language).expect("words"), words(language).expect("words")));
        }
    }
}
