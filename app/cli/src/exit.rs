//! How a command ends: four exit codes, and why it was not the first.

use std::fmt::Display;
use std::process::ExitCode;

use chop_core::Error;

/// What the process says when it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Done, or valid.
    Done,
    /// Refused, or not valid.
    Refused,
    /// The command line cannot be understood.
    Usage,
    /// The space cannot be opened.
    Closed,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::Refused => 1,
            Exit::Usage => 2,
            Exit::Closed => 3,
        })
    }
}

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Ours to say, before or after a step of core.
    Said(Exit, Saying),
    /// A step was refused or went wrong.
    Refused(Error),
    /// The space cannot be opened.
    Closed(Error),
}

/// Words by their key, with the values that go in.
#[derive(Debug)]
pub(crate) struct Saying {
    /// The key of its words, which is its code after `cli.` too.
    pub(crate) key: &'static str,
    /// The values.
    pub(crate) values: Vec<(&'static str, String)>,
}

impl Failure {
    /// What was typed names something that is not there or makes no sense.
    pub(crate) fn usage(key: &'static str) -> Self {
        Self::Said(Exit::Usage, Saying { key, values: Vec::new() })
    }

    /// The machine is in the way.
    pub(crate) fn machine(key: &'static str) -> Self {
        Self::Said(Exit::Refused, Saying { key, values: Vec::new() })
    }

    /// The same with a value for its words.
    #[must_use]
    pub(crate) fn with(mut self, name: &'static str, value: impl Display) -> Self {
        if let Self::Said(_, saying) = &mut self {
            saying.values.push((name, value.to_string()));
        }
        self
    }

    /// The exit code that goes with it.
    pub(crate) fn exit(&self) -> Exit {
        match self {
            Self::Said(exit, _) => *exit,
            Self::Refused(_) => Exit::Refused,
            Self::Closed(_) => Exit::Closed,
        }
    }
}

impl<E: Into<Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Refused(error.into())
    }
}
