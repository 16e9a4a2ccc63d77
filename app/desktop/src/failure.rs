//! What a command says when it fails: core's code with core's words, in the reader's language.

use chop_core::Error;
use chop_core::notice::Words;
use chop_core::plumbing::model::{Fault, Lang};
use serde::Serialize;
use ts_rs::TS;

use crate::state::Desktop;

/// The answer of a command.
pub(crate) type Answer<T> = Result<T, Failure>;

/// An error as the page shows it. The words are core's; the page adds none.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "failure.ts")]
pub(crate) struct Failure {
    /// The stable code, `area.what-is-wrong`.
    pub(crate) code: String,
    /// Whose fault it is.
    pub(crate) fault: FaultOf,
    /// What happened.
    pub(crate) what: String,
    /// Whether data left.
    pub(crate) left: String,
    /// What to do now.
    pub(crate) now: String,
}

/// Whose fault an error is.
#[derive(Debug, Clone, Copy, Serialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export_to = "failure.ts")]
pub(crate) enum FaultOf {
    /// The other side's.
    Peer,
    /// The person's at the screen.
    User,
    /// The machine's or the network's.
    Environment,
    /// Ours.
    Bug,
}

impl Failure {
    /// `error` in the words of `lang`. A build whose words are damaged shows the code.
    pub(crate) fn of(error: &Error, lang: Lang) -> Self {
        let words = Words::of(lang).and_then(|words| words.error(error)).ok();
        let (what, left, now) = match words {
            Some(words) => (words.what, words.left, words.now),
            None => (error.code().to_owned(), String::new(), String::new()),
        };
        let fault = match error.fault() {
            Fault::Peer => FaultOf::Peer,
            Fault::User => FaultOf::User,
            Fault::Environment => FaultOf::Environment,
            Fault::Bug => FaultOf::Bug,
        };
        Self { code: error.code().to_owned(), fault, what, left, now }
    }
}

/// Puts an error of core into the reader's words: `wallet.cards(…).told(&desktop)?`.
pub(crate) trait Told<T> {
    /// The same, with words.
    fn told(self, desktop: &Desktop) -> Answer<T>;
}

impl<T, E: Into<Error>> Told<T> for Result<T, E> {
    fn told(self, desktop: &Desktop) -> Answer<T> {
        self.map_err(|error| Failure::of(&error.into(), desktop.lang()))
    }
}
