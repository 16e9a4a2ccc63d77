//! A reference that runs in a process of its own and takes its own time: a question a line, an answer a line.

use std::io::{BufRead, BufReader, Error, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// The other process.
pub(crate) struct Reference {
    process: Child,
    ask: ChildStdin,
    answer: BufReader<ChildStdout>,
}

impl Reference {
    /// Starts it.
    pub(crate) fn start(command: &mut Command) -> Result<Self, Error> {
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let missing = || Error::other("no pipe");
        let ask = process.stdin.take().ok_or_else(missing)?;
        let answer = BufReader::new(process.stdout.take().ok_or_else(missing)?);
        Ok(Self { process, ask, answer })
    }

    /// The numbers that it answers.
    pub(crate) fn ask<const N: usize>(&mut self, question: &str) -> Result<[f64; N], Error> {
        self.ask.write_all(question.as_bytes())?;
        self.ask.write_all(b"\n")?;
        self.ask.flush()?;
        let mut line = String::new();
        self.answer.read_line(&mut line)?;
        let numbers: Vec<f64> = line.split_whitespace().filter_map(|number| number.parse().ok()).collect();
        numbers
            .try_into()
            .map_err(|_| Error::other("a reference did not answer; scripts/bench makes them ready"))
    }
}

impl Drop for Reference {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
