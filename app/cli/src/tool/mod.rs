//! Plumbing for people who test us with their own data. Exit 0 valid, 1 not valid for whatever
//! reason, 2 usage only. Nothing here opens a space.

mod fetch;
mod merkle;
mod number;
mod pack;
mod qr;
mod sd_jwt;

use chop_core::Error;
use serde_json::json;

use crate::args::{MerkleCommand, SdJwtCommand, ToolCommand};
use crate::demo;
use crate::exit::Failure;
use crate::report::Report;
use crate::terminal::Terminal;

/// Runs one tool.
pub(crate) fn run(command: ToolCommand, terminal: &Terminal) -> Result<Report, Failure> {
    match command {
        ToolCommand::SdJwt(SdJwtCommand::Verify(args)) => sd_jwt::verify(&args),
        ToolCommand::Merkle(MerkleCommand::Check { file }) => merkle::check(&file),
        ToolCommand::Qr(command) => qr::run(command),
        ToolCommand::Number(command) => number::run(terminal.say(), command),
        ToolCommand::Pack(command) => pack::run(terminal.say(), command),
        ToolCommand::Fetch(args) => fetch::run(&args),
        ToolCommand::DemoAuthority(args) => demo::write_authority(&args),
        ToolCommand::DemoIssuer(args) => demo::serve_issuer(&args, terminal),
        // It speaks for a space, and was done before.
        ToolCommand::DemoVerifier(_) => Err(Failure::usage("nothing-done")),
    }
}

/// A verdict in one line: whoever tests us wants the code, not advice.
fn not_valid(error: impl Into<Error>) -> Report {
    let error = error.into();
    Report::judged(false, format!("not valid: {error}"), json!({ "valid": false, "error": error.code() }))
}
