//! `chop`, the command line of the data space: every step of the walk for holder, verifier and
//! auditor, each command a process of its own.
//!
//! ```text
//! args       what can be typed
//! command    one command → one step of core → a report
//! terminal   the report as words for people or JSON for machines; errors with their words
//! edge       the ports: clock, randomness, key store, and where they lie
//! net        the network, as the options say to use it
//! pictures   QR codes as PNG files, in and out
//! tool       plumbing without a space: SD-JWT, Merkle proofs, QR codes
//! demo       the whole story, with demo authorities
//! ```

mod args;
mod command;
mod demo;
mod edge;
mod exit;
mod files;
mod net;
mod pictures;
mod report;
mod say;
mod terminal;
mod tool;

use std::process::ExitCode;

use clap::Parser;

use crate::args::Cli;
use crate::terminal::Terminal;

fn main() -> ExitCode {
    // A command line that cannot be understood ends here, with exit code 2.
    let Cli { common, command } = Cli::parse();
    let terminal = Terminal::new(common.lang, common.json);
    command::run(&common, command, &terminal).into()
}
