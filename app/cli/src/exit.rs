//! How a command ends: four exit codes, and why it was not the first.

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
    /// What was typed names something that is not there or makes no sense.
    Usage(String),
    /// A step was refused or went wrong.
    Refused(Error),
    /// The space cannot be opened.
    Closed(Error),
}

impl Failure {
    /// The exit code that goes with it.
    pub(crate) fn exit(&self) -> Exit {
        match self {
            Self::Usage(_) => Exit::Usage,
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
