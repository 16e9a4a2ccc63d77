//! zxing-cpp in a Python process of its own, which takes its own time.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// A process that reads one picture whenever it is asked.
pub(crate) struct Zxing {
    process: Child,
    ask: ChildStdin,
    answer: BufReader<ChildStdout>,
}

impl Zxing {
    /// Starts it on `picture`, which must show `text`.
    pub(crate) fn start(python: &Path, picture: &Path, text: &str) -> Result<Self, std::io::Error> {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/bench/reference/zxing.py");
        let mut process = Command::new(python)
            .arg(script)
            .arg(picture)
            .arg(text)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let missing = || std::io::Error::other("no pipe");
        let ask = process.stdin.take().ok_or_else(missing)?;
        let answer = BufReader::new(process.stdout.take().ok_or_else(missing)?);
        Ok(Self { process, ask, answer })
    }

    /// Microseconds of one reading of the file, and of the search for codes alone.
    pub(crate) fn read(&mut self) -> Result<(f64, f64), std::io::Error> {
        self.ask.write_all(b"\n")?;
        self.ask.flush()?;
        let mut line = String::new();
        self.answer.read_line(&mut line)?;
        let mut numbers = line.split_whitespace().filter_map(|number| number.parse().ok());
        match (numbers.next(), numbers.next()) {
            (Some(whole), Some(search)) => Ok((whole, search)),
            _ => Err(std::io::Error::other("zxing-cpp did not answer; scripts/need python installs it")),
        }
    }
}

impl Drop for Zxing {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
