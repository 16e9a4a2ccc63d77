//! Verifier: what was taken in an exchange, shown again and written to files.

use std::path::{Path, PathBuf};

use chop_core::flow::Received;
use serde_json::json;

use super::exchange::{exchange_id, received_json, received_text};
use super::session::Context;
use crate::exit::Failure;
use crate::files;
use crate::report::Report;
use crate::terminal::json_text;

/// Shows it, and writes it where a folder is named.
pub(crate) fn received(context: Context<'_>, start: &str, out: Option<&Path>) -> Result<Report, Failure> {
    let session = context.open()?;
    let id = exchange_id(&session, start)?;
    let received = session.wallet.received(&id)?;
    let written = match out {
        Some(folder) => write(folder, &received)?,
        None => Vec::new(),
    };
    let names: Vec<_> = written.iter().map(|path| path.display().to_string()).collect();
    let text = [received_text(context.say, &received)].into_iter().chain(names.iter().cloned());
    let text = text.collect::<Vec<_>>().join("\n");
    let mut json = json!({ "exchange": id.to_string(), "files": names });
    json["received"] = received_json(&received);
    Ok(session.report(Report::done(text, json)))
}

/// `01-QUERY.json`, `01-QUERY.html` for a copy of fields, `02-NAME` for a file: the number keeps names
/// apart, and no name leads out of the folder.
fn write(folder: &Path, received: &Received) -> Result<Vec<PathBuf>, Failure> {
    files::make_folder(folder)?;
    let mut written = Vec::new();
    let mut put = |name: String, bytes: &[u8]| -> Result<(), Failure> {
        let path = folder.join(name);
        files::write_new(&path, bytes)?;
        written.push(path);
        Ok(())
    };
    for (number, credential) in received.credentials.iter().enumerate() {
        let stem = format!("{:02}-{}", number + 1, plain(&credential.query));
        put(format!("{stem}.json"), json_text(&credential.claims).as_bytes())?;
        if let Some(page) = credential.annotated_page() {
            put(format!("{stem}.html"), page.as_bytes())?;
        }
    }
    for (number, file) in received.files.iter().enumerate() {
        put(format!("file-{:02}-{}", number + 1, plain(&file.name)), &file.bytes)?;
    }
    Ok(written)
}

/// A name of others, without anything that a file system would read as a way.
fn plain(name: &str) -> String {
    let harmless = |c: char| if c.is_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '-' };
    name.chars().map(harmless).collect::<String>().trim_start_matches('.').to_owned()
}
