//! Files made from records, for others to read. Made when asked for, never kept.

use chop_core::export::ExportForm;
use serde_json::json;

use super::agreed::consent_id;
use super::session::Context;
use crate::args::{ExportAs, ExportCommand, ExportConsentArgs};
use crate::exit::Failure;
use crate::files;
use crate::report::Report;

/// Runs `chop export …`.
pub(crate) fn run(context: Context<'_>, command: &ExportCommand) -> Result<Report, Failure> {
    match command {
        ExportCommand::Consent(args) => consent(context, args),
    }
}

fn consent(context: Context<'_>, args: &ExportConsentArgs) -> Result<Report, Failure> {
    let session = context.open()?;
    let id = consent_id(&session, &args.which.id)?;
    let form = match args.form {
        ExportAs::Dpv => ExportForm::Dpv,
        ExportAs::Odrl => ExportForm::Odrl,
        ExportAs::Page => ExportForm::Page,
    };
    let text = session.wallet.export_consent(&id, form)?;
    files::write_new(&args.out, text.as_bytes())?;
    let said = context.say.say_with("export-written", &[("file", &args.out.display().to_string())]);
    let json = json!({ "exchange": id.to_string(), "file": args.out, "bytes": text.len() });
    Ok(session.report(Report::done(said, json)))
}
