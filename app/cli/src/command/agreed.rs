//! Consents after they were given: list, show, hold back, take back, ask for deletion.

use std::path::Path;

use chop_core::consent::{ConsentEvent, ConsentView, Reach};
use chop_core::plumbing::formats::consent_notice::NoticeKind;
use chop_core::plumbing::model::Id;
use chop_core::plumbing::vault::table::exchange::Role;
use serde_json::{Value, json};

use super::record::time;
use super::session::{Context, Session, find_id};
use crate::args::{ConsentCommand, DeletionArgs, PledgeArgs, ReasonArgs, StopArgs, WhichConsent};
use crate::exit::Failure;
use crate::files;
use crate::report::Report;
use crate::say::Say;

/// Runs `chop consent …`.
pub(crate) fn run(context: Context<'_>, command: &ConsentCommand) -> Result<Report, Failure> {
    match command {
        ConsentCommand::List => list(context),
        ConsentCommand::Show(which) => show(context, which),
        ConsentCommand::Pause(which) => step(context, which, chop_core::Wallet::pause_consent),
        ConsentCommand::Resume(which) => step(context, which, chop_core::Wallet::resume_consent),
        ConsentCommand::Close(which) => step(context, which, chop_core::Wallet::close_consent),
        ConsentCommand::Withdraw(args) => withdraw(context, args),
        ConsentCommand::DeleteRequest(args) => delete_request(context, args),
        ConsentCommand::DeleteAnswer(args) => delete_answer(context, args),
        ConsentCommand::Pledge(args) => pledge(context, args),
        ConsentCommand::PledgeKept(StopArgs { which, out, .. }) => {
            told(context, which, out.as_deref(), "notice-kept", chop_core::Wallet::pledge_kept)
        }
        ConsentCommand::Ended(ReasonArgs { which, reason }) => {
            step(context, which, |wallet, id| wallet.consent_ended_by_recipient(id, reason))
        }
        ConsentCommand::Invalidate(ReasonArgs { which, reason }) => {
            step(context, which, |wallet, id| wallet.invalidate_consent(id, reason))
        }
        ConsentCommand::TakeNotice { file } => take_notice(context, file),
    }
}

/// `chop consent withdraw` and `chop withdraw`: one step, and what it reached.
pub(crate) fn withdraw(context: Context<'_>, args: &StopArgs) -> Result<Report, Failure> {
    withdraw_in(context, &context.open()?, args)
}

/// The same in a space that is open.
pub(super) fn withdraw_in(
    context: Context<'_>,
    session: &Session,
    args: &StopArgs,
) -> Result<Report, Failure> {
    let id = consent_id(session, &args.which.id)?;
    let done = session.wallet.withdraw_consent(&id, &args.reason)?;
    write_notice(args.out.as_deref(), &done.notice)?;
    let reach = match done.reach {
        Reach::NothingWasRead => "nothing-was-read",
        Reach::FromNowOnOnly => "from-now-on-only",
    };
    let text = done.effect.in_lang(context.say.lang()).to_owned();
    let json = json!({
        "exchange": id.to_string(), "withdrawn": true, "reach": reach, "effect": done.effect,
        "notice": done.notice,
    });
    Ok(session.report(Report::done(text, json)))
}

/// The consent whose id begins with `start`.
pub(crate) fn consent_id(session: &Session, start: &str) -> Result<Id, Failure> {
    if let Ok(id) = start.parse::<Id>() {
        return Ok(id);
    }
    find_id(start, session.wallet.consents()?.into_iter().map(|view| view.id))
}

fn list(context: Context<'_>) -> Result<Report, Failure> {
    let session = context.open()?;
    let views = session.wallet.consents()?;
    let lines: Vec<_> = views.iter().map(|view| line(context.say, view)).collect();
    let text = if lines.is_empty() { context.say.say("consents-none") } else { lines.join("\n") };
    let json = json!({ "consents": views.iter().map(view_json).collect::<Vec<_>>() });
    Ok(session.report(Report::done(text, json)))
}

fn show(context: Context<'_>, which: &WhichConsent) -> Result<Report, Failure> {
    let session = context.open()?;
    let say = context.say;
    let id = consent_id(&session, &which.id)?;
    let view = session.wallet.consent_view(&id)?;
    let events = session.wallet.consent_events(&id)?;
    let mut lines = vec![line(say, &view)];
    // Where nothing was given there is no record, and no sentence.
    let document = session.wallet.consent_record(&id).ok();
    let mut sentence = None;
    if let Some(document) = &document {
        let said = session.wallet.consent_sentence(&id, say.lang())?;
        let effect = document.record().withdrawal.effect.in_lang(say.lang()).to_owned();
        lines.extend([String::new(), said.clone(), String::new(), effect]);
        let rights = document.record().rights.iter().map(|right| {
            let days = right.days.map(|days| format!(" · {days}")).unwrap_or_default();
            format!(
                "  {} · {} · {}{days}",
                say.say(&format!("right-{}", right.kind.word())),
                right.channel,
                right.law
            )
        });
        lines.extend(rights);
        sentence = Some(said);
    }
    lines.push(String::new());
    lines.extend(events.iter().map(|event| event_line(say, event)));
    let record = document.as_ref().and_then(|document| serde_json::to_value(document.record()).ok());
    let json = json!({
        "consent": view_json(&view), "sentence": sentence, "record": record,
        "events": events.iter().map(event_json).collect::<Vec<_>>(),
    });
    Ok(session.report(Report::done(lines.join("\n"), json)))
}

fn step(
    context: Context<'_>,
    which: &WhichConsent,
    take: impl FnOnce(&chop_core::Wallet, &Id) -> chop_core::Result<()>,
) -> Result<Report, Failure> {
    let session = context.open()?;
    let id = consent_id(&session, &which.id)?;
    take(&session.wallet, &id)?;
    let view = session.wallet.consent_view(&id)?;
    Ok(session.report(Report::done(line(context.say, &view), json!({ "consent": view_json(&view) }))))
}

fn delete_request(context: Context<'_>, args: &StopArgs) -> Result<Report, Failure> {
    let session = context.open()?;
    let id = consent_id(&session, &args.which.id)?;
    let notice = session.wallet.request_deletion(&id)?;
    write_notice(args.out.as_deref(), &notice)?;
    let view = session.wallet.consent_view(&id)?;
    let text = format!("{}\n{}", line(context.say, &view), context.say.say("deletion-asked"));
    Ok(session.report(Report::done(text, json!({ "consent": view_json(&view), "notice": notice }))))
}

fn delete_answer(context: Context<'_>, args: &DeletionArgs) -> Result<Report, Failure> {
    step(context, &args.which, |wallet, id| match &args.refused {
        Some(reason) => wallet.deletion_refused(id, reason),
        None => wallet.deletion_confirmed(id),
    })
}

fn pledge(context: Context<'_>, args: &PledgeArgs) -> Result<Report, Failure> {
    told(context, &args.which, args.out.as_deref(), "pledge-open", |wallet, id| {
        let due = wallet.ports().clock.now().plus(i64::from(args.days) * 86_400);
        wallet.pledge_missing(id, &args.missing, due)
    })
}

/// A step of the holder that the recipient is to be told: signed, and written where it was asked for.
fn told(
    context: Context<'_>,
    which: &WhichConsent,
    out: Option<&Path>,
    key: &str,
    step: impl FnOnce(&chop_core::Wallet, &chop_core::plumbing::model::Id) -> chop_core::Result<String>,
) -> Result<Report, Failure> {
    let session = context.open()?;
    let id = consent_id(&session, &which.id)?;
    let notice = step(&session.wallet, &id)?;
    write_notice(out, &notice)?;
    let view = session.wallet.consent_view(&id)?;
    let text = format!("{}\n{}", line(context.say, &view), context.say.say(key));
    Ok(session.report(Report::done(text, json!({ "consent": view_json(&view), "notice": notice }))))
}

fn take_notice(context: Context<'_>, file: &Path) -> Result<Report, Failure> {
    let text = String::from_utf8(files::read(file)?).map_err(|_| chop_core::WalletError::OtherMessage)?;
    let session = context.open()?;
    let (id, kind) = session.wallet.take_consent_notice(text.trim())?;
    let view = session.wallet.consent_view(&id)?;
    let key = match kind {
        NoticeKind::Withdrawn => "notice-withdrawn",
        NoticeKind::Delete => "notice-delete",
        NoticeKind::Pledged => "notice-pledged",
        NoticeKind::Kept => "notice-kept",
    };
    let text = format!("{}\n{}", line(context.say, &view), context.say.say(key));
    Ok(session.report(Report::done(text, json!({ "consent": view_json(&view), "kind": kind }))))
}

fn write_notice(out: Option<&Path>, notice: &str) -> Result<(), Failure> {
    match out {
        Some(file) => files::write_new(file, format!("{notice}\n").as_bytes()),
        None => Ok(()),
    }
}

/// A consent in one line.
pub(crate) fn line(say: &Say, view: &ConsentView) -> String {
    let state = say.say(&format!("consent-state-{}", view.state.word()));
    let uses = format!("{}/{}", view.uses, view.max_uses);
    format!("{}  {}  {}  ·  {state}  ·  {uses}", view.id, time(view.updated_at), view.purpose)
}

/// A step of a consent in one line.
pub(crate) fn event_line(say: &Say, event: &ConsentEvent) -> String {
    let state = say.say(&format!("consent-state-{}", event.to.word()));
    format!("#{}  {}  {state}", event.index, time(event.at))
}

fn view_json(view: &ConsentView) -> Value {
    json!({
        "id": view.id.to_string(),
        "role": match view.role { Role::Holder => "holder", Role::Verifier => "verifier" },
        "state": view.state.word(), "ended": view.ended.map(|state| state.word()), "valid": view.is_valid,
        "dpv": format!("dpv:{}", view.dpv_status()), "clientId": view.client_id, "purpose": view.purpose,
        "uses": view.uses, "maxUses": view.max_uses, "from": view.validity.from, "until": view.validity.until,
        "replaces": view.replaces.map(|id| id.to_string()), "pledge": view.pledge.word(),
        "pledgeDue": view.pledge_due, "reason": view.reason, "updated": view.updated_at,
    })
}

fn event_json(event: &ConsentEvent) -> Value {
    json!({ "index": event.index, "at": event.at, "step": event.step.map(|s| s.word()), "to": event.to.word() })
}
