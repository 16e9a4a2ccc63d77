//! What the holder says of an item.

use chop_core::holdings::ShareClass;
use chop_core::plumbing::model::Id;
use serde_json::json;

use super::holdings::{item_id, mark_text};
use super::profile::profile_id;
use super::session::Context;
use crate::args::{BiometricWord, ItemCommand, ShareWord};
use crate::exit::Failure;
use crate::report::Report;

/// Runs one of them.
pub(crate) fn run(context: Context<'_>, command: ItemCommand) -> Result<Report, Failure> {
    let session = context.open()?;
    let wallet = &session.wallet;
    let id = match command {
        ItemCommand::Share { id, class } => {
            let id = item_id(&session, &id)?;
            wallet.set_share_class(&id, class.into())?;
            id
        }
        ItemCommand::Biometrics { id, may } => {
            let id = item_id(&session, &id)?;
            wallet.set_biometrics(&id, matches!(may, BiometricWord::Allow))?;
            id
        }
        ItemCommand::Subject { id, profile } => {
            let id = item_id(&session, &id)?;
            let subject: Option<Id> = profile.map(|start| profile_id(&session, &start)).transpose()?;
            wallet.set_subject(&id, subject.as_ref())?;
            id
        }
    };
    let mark = wallet.mark(&id)?;
    let json = json!({
        "id": id.to_string(), "share": chop_core::holdings::share_word(mark.share),
        "subject": mark.subject.map(|id| id.to_string()), "biometrics": mark.biometric,
    });
    Ok(session.report(Report::done(mark_text(context.say, &mark), json)))
}

impl From<ShareWord> for ShareClass {
    fn from(word: ShareWord) -> Self {
        match word {
            ShareWord::Never => Self::Never,
            ShareWord::Condition => Self::Conditional,
            ShareWord::Open => Self::Open,
        }
    }
}
