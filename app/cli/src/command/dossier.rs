//! Transfer dossiers: made, and checked by whoever receives one.

use std::path::Path;

use chop_core::dossier::check_dossier;
use chop_core::plumbing::formats::proof_pack::CheckInputs;
use chop_core::{Clock, Error};
use serde_json::json;

use super::exchange::exchange_id;
use super::session::Context;
use crate::args::DossierCommand;
use crate::edge::SystemClock;
use crate::exit::Failure;
use crate::files;
use crate::report::Report;
use crate::say::Say;

/// Runs `chop dossier …`.
pub(crate) fn run(context: Context<'_>, command: &DossierCommand) -> Result<Report, Failure> {
    match command {
        DossierCommand::Make { exchange, out } => make(context, exchange, out),
        DossierCommand::Check { file } => check(context.say, file),
    }
}

fn make(context: Context<'_>, start: &str, out: &Path) -> Result<Report, Failure> {
    let session = context.open()?;
    let say = context.say;
    let id = exchange_id(&session, start)?;
    let made = session.wallet.transfer_dossier(&id, say.lang())?;
    files::write_new(out, &made.file.bytes)?;
    let mut lines = vec![say.say_with("dossier-written", &[("file", &out.display().to_string())])];
    for key in made.missing() {
        let what = say.say(&format!("dossier-{key}"));
        lines.push(say.say_with("dossier-missing-one", &[("what", &what)]));
    }
    lines.push(say.say("letter-footer"));
    let json = json!({ "exchange": id.to_string(), "file": out, "parts": made.file.parts,
        "elements": made.elements, "missing": made.missing(), "filed": false });
    Ok(session.report(Report::done(lines.join("\n"), json)))
}

/// The verdict on a file: exit 1 where it does not hold.
fn check(say: &Say, file: &Path) -> Result<Report, Failure> {
    let bytes = files::read(file)?;
    let inputs = CheckInputs { trust: None, log_key: None };
    match check_dossier(&bytes, &inputs, SystemClock.now()) {
        Ok(checked) => {
            let manifest = checked.dossier.manifest();
            let findings: Vec<_> = checked.proof.list().iter().map(|finding| finding.code()).collect();
            let parts: Vec<_> = manifest.parts.iter().map(|part| part.name.as_str()).collect();
            let text = format!("{}\n{}", say.say("dossier-valid"), parts.join("\n"));
            let json = json!({ "valid": true, "manifest": manifest, "proof": findings });
            Ok(Report::done(text, json))
        }
        Err(error) => Ok(fault(say, &error)),
    }
}

fn fault(say: &Say, error: &Error) -> Report {
    let words = say.error(error).map(|words| words.what).unwrap_or_default();
    let json = json!({ "valid": false, "error": error.code() });
    Report::judged(false, format!("{words} [{}]", error.code()), json)
}
