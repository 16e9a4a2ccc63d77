//! `chop demo`: the whole story in one go, with authorities that exist only for it.
//!
//! ```text
//! cast       who plays: authorities, a clinic, a university, a hospital, a resident
//! walk       ask → look → grant → receive → release → open → confirm, by pictures read back from disk
//! law        what the law of the route says to a page, with its source
//! kept       the consent record, its exports, and how it is taken back
//! crossing   the same from Zhuhai to Macao, with the paper and the parties of chop-samples
//! scan       one code through a relay: claimed once, while the resident's wallet is asleep
//! evidence   second tries, both audits, the proof and its check
//! tamper     copies with a fault, and what the check says to each
//! ```

mod authority;
mod cast;
mod crossing;
mod evidence;
mod kept;

mod law;
mod relay;
mod scan;
mod serve;
mod stage;
mod tamper;

mod walk;

use std::path::PathBuf;

use serde_json::json;

use crate::command::Context;
use crate::exit::{Exit, Failure};
use crate::report::Report;
use crate::terminal::Terminal;
use stage::Stage;

pub(crate) use authority::write as write_authority;
pub(crate) use serve::{serve_issuer, serve_verifier};

/// Walks the story in a fresh folder, telling it while it happens.
pub(crate) fn run(
    context: Context<'_>,
    into: Option<PathBuf>,
    terminal: &Terminal,
) -> Result<Report, Failure> {
    let stage = Stage::set(context, into, terminal)?;
    let cast = cast::gather(&stage)?;
    let older = stage.keep_older_copy()?;
    let walked = walk::walk(&stage)?;
    let macao = crossing::walk(&stage)?;
    let scanned = scan::walk(&stage, &cast)?;
    let evidence = evidence::gather(&stage, &cast, &walked)?;
    let tampered = tamper::show(&stage, &cast, &older, &walked, &evidence)?;
    let is_whole = evidence.is_good && scanned.is_good && tampered.is_all_found();
    stage.tell("demo-left", &[("folder", &stage.folder().display().to_string())]);
    Ok(Report {
        exit: if is_whole { Exit::Done } else { Exit::Refused },
        ..Report::done(
            stage.say().say(if is_whole { "demo-end" } else { "demo-end-bad" }),
            json!({
                "demo": true, "folder": stage.folder(), "trustList": { "file": cast.trust_file, "publisher": cast.publisher },
                "walk": walked.json, "macao": macao, "scan": scanned.json, "evidence": evidence.json, "tampering": tampered.json,
            }),
        )
    })
}
