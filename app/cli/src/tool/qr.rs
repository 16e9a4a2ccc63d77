//! QR codes read from pictures and drawn from text.

use std::path::{Path, PathBuf};

use chop_core::qr;
use serde_json::json;

use super::not_valid;
use crate::args::QrCommand;
use crate::exit::{Exit, Failure};
use crate::files;
use crate::report::Report;

/// Reads or draws.
pub(crate) fn run(command: QrCommand) -> Result<Report, Failure> {
    match command {
        QrCommand::Read { pictures } => read(&pictures),
        QrCommand::Draw { text, out } => draw(&text, out.as_deref()),
    }
}

/// Every text on a line of its own, in the order of the pictures; one picture without a code makes
/// the whole not valid, and the others are printed all the same.
fn read(paths: &[PathBuf]) -> Result<Report, Failure> {
    let pictures = paths.iter().map(|path| files::read(path)).collect::<Result<Vec<_>, _>>()?;
    let mut texts = Vec::new();
    let mut read = Vec::new();
    let mut exit = Exit::Done;
    for (path, picture) in paths.iter().zip(&pictures) {
        match qr::read(picture) {
            Ok(found) => {
                read.push(json!({ "picture": path, "texts": found }));
                texts.extend(found);
            }
            Err(error) => {
                exit = Exit::Refused;
                texts.push(format!("{}: {error}", path.display()));
                read.push(json!({ "picture": path, "error": chop_core::Error::from(error).code() }));
            }
        }
    }
    Ok(Report { exit, ..Report::done(texts.join("\n"), json!({ "pictures": read })) })
}

fn draw(text: &str, out: Option<&Path>) -> Result<Report, Failure> {
    let drawing = match qr::draw(text) {
        Ok(drawing) => drawing,
        Err(error) => return Ok(not_valid(error)),
    };
    let facts = json!({ "version": drawing.version(), "out": out });
    let Some(path) = out else {
        return Ok(Report { codes: vec![drawing.terminal()], ..Report::done("", facts) });
    };
    let bytes = match path.extension().and_then(|ext| ext.to_str()) {
        Some("png") => drawing.png(qr::MODULE_PIXELS)?,
        Some("svg") => drawing.svg().into_bytes(),
        _ => return Err(Failure::usage("usage-picture-name").with("path", path.display())),
    };
    files::write_new(path, &bytes)?;
    Ok(Report::done(path.display().to_string(), facts))
}
