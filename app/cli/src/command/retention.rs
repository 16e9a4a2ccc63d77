//! `chop kept`, `chop erase-taken`: the verifier's retention clock.

use chop_core::Clock;
use chop_core::flow::Keeping;
use serde_json::{Value, json};

use super::exchange::{exchange_id, send};
use super::session::Context;
use crate::args::{EraseTakenArgs, OutArgs};
use crate::edge::SystemClock;
use crate::exit::Failure;
use crate::pictures::PictureFolder;
use crate::report::Report;
use crate::say::Say;

/// What this space keeps of others, first what is due first.
pub(crate) fn kept(context: Context<'_>) -> Result<Report, Failure> {
    let session = context.open()?;
    let kept = session.wallet.kept()?;
    let lines: Vec<_> = kept.iter().map(|kept| line(context.say, kept)).collect();
    let text = if lines.is_empty() { context.say.say("kept-nothing") } else { lines.join("\n") };
    Ok(session.report(Report::done(text, json!({ "kept": kept.iter().map(json_of).collect::<Vec<_>>() }))))
}

/// Destroys what was taken, once or wherever its time is over.
pub(crate) fn erase_taken(context: Context<'_>, args: &EraseTakenArgs) -> Result<Report, Failure> {
    let session = context.open()?;
    let Some(start) = args.exchange.as_deref() else {
        let gone = session.wallet.erase_due().whole()?;
        let said = context.say.say_with("kept-erased-due", &[("count", &gone.len().to_string())]);
        let ids: Vec<_> = gone.iter().map(ToString::to_string).collect();
        return Ok(session.report(Report::done(said, json!({ "erased": ids }))));
    };
    let id = exchange_id(&session, start)?;
    let said = context.say.say("kept-erased");
    match &args.out {
        Some(folder) => {
            let ready = PictureFolder::ready(folder)?;
            let statement = session.wallet.erase_taken(&id)?;
            let out = OutArgs { out: folder.clone(), show: false };
            let sent = send(context.say, &session, statement, &ready, &out)?;
            Ok(Report { text: format!("{said}\n{}", sent.text), ..sent })
        }
        None => {
            session.wallet.erase_taken(&id)?;
            Ok(session.report(Report::done(said, json!({ "erased": [id.to_string()] }))))
        }
    }
}

fn line(say: &Say, kept: &Keeping) -> String {
    let days = kept.due_at.since(SystemClock.now()).max(0) / DAY;
    let left = match kept.is_due(SystemClock.now()) {
        true => say.say("kept-due"),
        false => say.say_with("kept-days", &[("days", &days.to_string())]),
    };
    format!("{}  {} · {left}", kept.exchange, kept.purpose)
}

fn json_of(kept: &Keeping) -> Value {
    json!({
        "exchange": kept.exchange.to_string(), "purpose": kept.purpose, "taken": kept.taken_at.0,
        "days": kept.retention.days, "due": kept.due_at.0,
    })
}

const DAY: i64 = 86_400;
