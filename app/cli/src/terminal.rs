//! The one place that writes to the terminal: reports to standard output, errors to standard error,
//! with `--json` everything to standard output, one document a command.

use std::io::{self, Write};

use chop_core::plumbing::model::{Fault, Lang};
use chop_core::{DataLeft, Error};
use serde_json::{Value, json};

use crate::exit::{Exit, Failure, Saying};
use crate::report::Report;
use crate::say::Say;

/// Standard output and the reader's language.
pub(crate) struct Terminal {
    say: Say,
    is_json: bool,
}

impl Terminal {
    /// The terminal of a reader.
    pub(crate) fn new(lang: Lang, is_json: bool) -> Self {
        Self { say: Say::of(lang), is_json }
    }

    /// The reader's words.
    pub(crate) fn say(&self) -> &Say {
        &self.say
    }

    /// Prints what a command came to.
    pub(crate) fn outcome(&self, outcome: Result<Report, Failure>) -> Exit {
        let written = match &outcome {
            Ok(report) if self.is_json => write_json(&report.json),
            Ok(report) => write_text(&report.text).and_then(|()| self.write_codes(&report.codes)),
            Err(failure) => self.failure(failure),
        };
        match (written, outcome) {
            // Whoever reads only the beginning, as `head` does, has read enough.
            (Err(error), _) if error.kind() != io::ErrorKind::BrokenPipe => Exit::Refused,
            (_, Ok(report)) => report.exit,
            (_, Err(failure)) => failure.exit(),
        }
    }

    /// Prints a line of a story while it happens; a machine gets one document at the end.
    pub(crate) fn tell(&self, text: &str) {
        if !self.is_json {
            // A reader who closed the pipe does not stop the walk.
            let _ = write_text(text);
        }
    }

    /// Prints one drawn code while the story happens.
    pub(crate) fn draw(&self, code: &str) {
        if !self.is_json {
            let _ = self.write_codes(&[code.to_owned()]);
        }
    }

    /// Prints bytes that are not ours to word: completions, the man page.
    pub(crate) fn raw(bytes: &[u8]) -> Exit {
        match io::stdout().lock().write_all(bytes) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Exit::Refused,
            _ => Exit::Done,
        }
    }

    fn write_codes(&self, codes: &[String]) -> io::Result<()> {
        let mut out = io::stdout().lock();
        codes.iter().try_for_each(|code| writeln!(out, "{code}"))
    }

    fn failure(&self, failure: &Failure) -> io::Result<()> {
        let (error, text) = match failure {
            Failure::Said(exit, saying) => (self.said_json(*exit, saying), self.say.saying(saying)),
            Failure::Refused(error) | Failure::Closed(error) => {
                (self.error_json(error), self.error_text(error))
            }
        };
        if self.is_json {
            return write_json(&json!({ "error": error }));
        }
        let mut out = io::stderr().lock();
        writeln!(out, "{}", printable(text.trim_end()))
    }

    fn said_json(&self, exit: Exit, saying: &Saying) -> Value {
        let fault = if exit == Exit::Usage { Fault::User } else { Fault::Environment };
        let code = format!("cli.{}", saying.key.trim_start_matches("usage-"));
        json!({ "code": code, "fault": fault_word(fault), "what": self.say.saying(saying) })
    }

    /// What happened, whether data left, what to do now; the code for whoever asks for help.
    fn error_text(&self, error: &Error) -> String {
        match self.say.error(error) {
            Some(words) => {
                let code = format!("[{}]{}", error.code(), params_text(error));
                format!("{}\n{}\n{}\n{code}", words.what, words.left, words.now)
            }
            None => error.to_string(),
        }
    }

    fn error_json(&self, error: &Error) -> Value {
        let words = self.say.error(error);
        let params: serde_json::Map<_, _> =
            error.params().iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
        json!({
            "code": error.code(),
            "fault": fault_word(error.fault()),
            "dataLeft": left_word(error.data_left()),
            "what": words.as_ref().map(|words| &words.what),
            "left": words.as_ref().map(|words| &words.left),
            "now": words.as_ref().map(|words| &words.now),
            "params": params,
        })
    }
}

/// Prints a question and leaves the cursor behind it.
pub(crate) fn ask(question: &str) {
    let mut out = io::stderr().lock();
    // Where the question cannot be seen, the answer will not be yes.
    let _ = write!(out, "{} ", printable(question)).and_then(|()| out.flush());
}

fn write_text(text: &str) -> io::Result<()> {
    if text.is_empty() {
        return Ok(());
    }
    let mut out = io::stdout().lock();
    writeln!(out, "{}", printable(text.trim_end()))?;
    out.flush()
}

fn write_json(value: &Value) -> io::Result<()> {
    writeln!(io::stdout().lock(), "{}", json_text(value))
}

/// JSON over several lines. Control characters that JSON allows in strings are written as escapes: the
/// same value, and nothing that a terminal would obey.
pub(crate) fn json_text(value: &Value) -> String {
    let pretty = serde_json::to_string_pretty(value).unwrap_or_else(|_| value.to_string());
    let mut text = String::with_capacity(pretty.len());
    for c in pretty.chars() {
        match c.is_control() && c != '\n' {
            true => text.push_str(&format!("\\u{:04x}", u32::from(c))),
            false => text.push(c),
        }
    }
    text
}

/// Text in which nothing moves the cursor or colours the screen: titles and names are other people's.
fn printable(text: &str) -> String {
    text.chars().map(|c| if is_harmless(c) { c } else { '\u{fffd}' }).collect()
}

/// Isolates may stay (UAX 9): the words themselves use them round what others wrote. Embeddings and
/// overrides reach beyond their end.
fn is_harmless(c: char) -> bool {
    let is_control = c.is_control() && c != '\n' && c != '\t';
    !is_control && !('\u{202a}'..='\u{202e}').contains(&c)
}

/// What an error is about, beside its code: frames that are missing, rules that are open.
fn params_text(error: &Error) -> String {
    error.params().iter().map(|(name, value)| format!("  {name}: {value}")).collect()
}

fn fault_word(fault: Fault) -> &'static str {
    match fault {
        Fault::Peer => "peer",
        Fault::User => "user",
        Fault::Environment => "environment",
        Fault::Bug => "bug",
    }
}

fn left_word(left: DataLeft) -> &'static str {
    match left {
        DataLeft::No => "no",
        DataLeft::SealedOnly => "sealed-only",
        DataLeft::Unknown => "unknown",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_keeps_its_value_and_hides_its_control_characters() {
        let value = json!({ "a": "\u{9b}2J\u{7f}\n" });
        assert!(!json_text(&value).contains(['\u{9b}', '\u{7f}']));
        assert_eq!(serde_json::from_str::<Value>(&json_text(&value)).unwrap(), value);
    }

    #[test]
    fn a_title_cannot_move_the_cursor() {
        assert_eq!(printable("a\u{1b}[2Jb\rc\nd\u{9b}\u{202e}"), "a\u{fffd}[2Jb\u{fffd}c\nd\u{fffd}\u{fffd}");
    }
}
