//! What a command has to say, once: for people and for machines.

use serde_json::Value;

use crate::exit::Exit;

/// The outcome of a command.
#[derive(Debug)]
pub(crate) struct Report {
    /// For people, in their language; without control characters of others.
    pub(crate) text: String,
    /// For machines: one JSON document.
    pub(crate) json: Value,
    /// QR codes for the terminal, already drawn.
    pub(crate) codes: Vec<String>,
    /// How the process ends.
    pub(crate) exit: Exit,
}

impl Report {
    /// Done.
    pub(crate) fn done(text: impl Into<String>, json: Value) -> Self {
        Self { text: text.into(), json, codes: Vec::new(), exit: Exit::Done }
    }

    /// Done and valid, or looked at and not valid.
    pub(crate) fn judged(is_valid: bool, text: impl Into<String>, json: Value) -> Self {
        let exit = if is_valid { Exit::Done } else { Exit::Refused };
        Self { exit, ..Self::done(text, json) }
    }
}
