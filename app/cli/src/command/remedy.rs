//! After a grant: cases and letters, who holds what, the timeline, corrections.

use chop_core::plumbing::formats::consent_record::RightKind;
use chop_core::plumbing::model::Id;
use chop_core::remedy::{Case, Hearing, NewCase, Recipient, Said, Step, Subject, TimelineStep};
use serde_json::{Value, json};

use super::exchange::exchange_id;
use super::holdings::item_id;
use super::record::time;
use super::session::{Context, Session, find_id};
use crate::args::{CaseCommand, EvidenceArgs, LetterArgs, OpenCaseArgs, StepArgs, WhichCase, kind_of};
use crate::exit::Failure;
use crate::files;
use crate::report::Report;
use crate::say::Say;

/// Runs `chop case …`.
pub(crate) fn run(context: Context<'_>, command: CaseCommand) -> Result<Report, Failure> {
    match command {
        CaseCommand::List => list(context),
        CaseCommand::Show(which) => show(context, &which),
        CaseCommand::Open(args) => open(context, args),
        CaseCommand::Step(args) => step(context, args),
        CaseCommand::Letter(args) => letter(context, &args),
        CaseCommand::Evidence(args) => evidence(context, &args),
    }
}

/// Who holds what of mine, until when.
pub(crate) fn recipients(context: Context<'_>) -> Result<Report, Failure> {
    let session = context.open()?;
    let say = context.say;
    let recipients = session.wallet.recipients()?;
    let text: Vec<_> = recipients.iter().map(|recipient| recipient_text(say, recipient)).collect();
    let text = if text.is_empty() { say.say("recipients-none") } else { text.join("\n\n") };
    let json = json!({ "recipients": recipients.iter().map(recipient_json).collect::<Vec<_>>() });
    Ok(session.report(Report::done(text, json)))
}

/// One grant step by step, from the log alone.
pub(crate) fn timeline(context: Context<'_>, start: &str) -> Result<Report, Failure> {
    let session = context.open()?;
    let id = exchange_id(&session, start)?;
    let timeline = session.wallet.timeline(&id)?;
    let say = context.say;
    let mut lines: Vec<_> = timeline.steps.iter().map(|step| timeline_line(say, step)).collect();
    lines.push(say.say_with("timeline-elapsed", &[("seconds", &timeline.elapsed.to_string())]));
    let steps: Vec<_> = timeline
        .steps
        .iter()
        .map(|step| {
            json!({ "index": step.index, "kind": step.kind.name(), "step": step.step, "at": step.at,
                "since": step.since })
        })
        .collect();
    let json = json!({ "exchange": id.to_string(), "steps": steps, "elapsed": timeline.elapsed });
    Ok(session.report(Report::done(lines.join("\n"), json)))
}

/// After an issuer's correction: who got the wrong value, and a notice prepared for each.
pub(crate) fn correct(context: Context<'_>, start: &str) -> Result<Report, Failure> {
    let session = context.open()?;
    let item = item_id(&session, start)?;
    let wrong = session.wallet.who_got_wrong(&item)?;
    let made = session.wallet.prepare_corrections(&item)?;
    let say = context.say;
    let reached = wrong.reached.iter().map(|one| {
        format!("{}  {}  {}", one.exchange, one.recipient.in_lang(say.lang()), claims(&one.claims))
    });
    let mut lines: Vec<_> = reached.collect();
    if lines.is_empty() {
        lines.push(say.say("case-no-wrong"));
    }
    lines.push(say.say_with("case-corrections", &[("count", &made.len().to_string())]));
    lines.extend(made.iter().map(Id::to_string));
    let reached: Vec<_> = wrong
        .reached
        .iter()
        .map(|one| {
            json!({ "exchange": one.exchange.to_string(), "recipient": one.recipient, "version": one.wrong,
                "claims": one.claims.iter().map(ToString::to_string).collect::<Vec<_>>() })
        })
        .collect();
    let made: Vec<_> = made.iter().map(Id::to_string).collect();
    let json = json!({ "item": item.to_string(), "right": wrong.right, "reached": reached, "notices": made });
    Ok(session.report(Report::done(lines.join("\n"), json)))
}

fn claims(paths: &[impl ToString]) -> String {
    paths.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn list(context: Context<'_>) -> Result<Report, Failure> {
    let session = context.open()?;
    let cases = session.wallet.cases()?;
    let lines: Vec<_> = cases.iter().map(|case| line(context.say, case)).collect();
    let text = if lines.is_empty() { context.say.say("case-none") } else { lines.join("\n") };
    let json = json!({ "cases": cases.iter().map(case_json).collect::<Vec<_>>() });
    Ok(session.report(Report::done(text, json)))
}

fn show(context: Context<'_>, which: &WhichCase) -> Result<Report, Failure> {
    let session = context.open()?;
    let id = case_id(&session, which)?;
    report(context, &session, &id)
}

fn open(context: Context<'_>, args: OpenCaseArgs) -> Result<Report, Failure> {
    let subject = match (&args.right, &args.field) {
        (Some(word), _) => {
            let kind = RightKind::ALL.into_iter().find(|kind| kind.word() == word);
            Subject::Right(kind.ok_or_else(|| Failure::usage("usage-case"))?)
        }
        (None, Some(field)) => {
            let (doc_type, key) = field.rsplit_once('/').ok_or_else(|| Failure::usage("usage-case"))?;
            Subject::Field { doc_type: doc_type.to_owned(), key: key.to_owned() }
        }
        // A right is asked for by its name.
        (None, None) if args.kind == "rights" => return Err(Failure::usage("usage-case")),
        (None, None) => Subject::Conduct,
    };
    let kind = kind_of(&args.kind).ok_or_else(|| Failure::usage("usage-case"))?;
    let session = context.open()?;
    let exchange = exchange_id(&session, &args.exchange)?;
    let new = NewCase { kind, exchange, subject, text: args.text, due: args.due };
    let id = session.wallet.open_case(&new)?;
    report(context, &session, &id)
}

fn step(context: Context<'_>, args: StepArgs) -> Result<Report, Failure> {
    let session = context.open()?;
    let id = case_id(&session, &args.which)?;
    let step = Step::from_word(&args.step).ok_or_else(|| Failure::usage("usage-case"))?;
    let hearing = args.at.zip(args.place).map(|(at, place)| Hearing { at, place });
    session.wallet.step_case(&id, step, &args.text, hearing)?;
    report(context, &session, &id)
}

fn letter(context: Context<'_>, args: &LetterArgs) -> Result<Report, Failure> {
    let session = context.open()?;
    let id = case_id(&session, &args.which)?;
    let letter = session.wallet.case_letter(&id, context.say.lang())?;
    let text = if args.text { letter.to_text() } else { letter.to_html() };
    files::write_new(&args.out, text.as_bytes())?;
    let said = context.say.say_with("dossier-written", &[("file", &args.out.display().to_string())]);
    let json = json!({ "case": id.to_string(), "file": args.out, "bytes": text.len(), "filed": false });
    Ok(session.report(Report::done(format!("{said}\n{}", letter.footer), json)))
}

fn evidence(context: Context<'_>, args: &EvidenceArgs) -> Result<Report, Failure> {
    let session = context.open()?;
    let id = case_id(&session, &args.which)?;
    let made = session.wallet.case_evidence(&id, context.say.lang())?;
    files::write_new(&args.out, &made.bytes)?;
    let said = context.say.say_with("dossier-written", &[("file", &args.out.display().to_string())]);
    let json = json!({ "case": id.to_string(), "file": args.out, "parts": made.parts, "filed": false });
    Ok(session.report(Report::done(said, json)))
}

fn case_id(session: &Session, which: &WhichCase) -> Result<Id, Failure> {
    match which.id.parse::<Id>() {
        Ok(id) => Ok(id),
        Err(_) => find_id(&which.id, session.wallet.cases()?.into_iter().map(|case| case.id)),
    }
}

fn report(context: Context<'_>, session: &Session, id: &Id) -> Result<Report, Failure> {
    let say = context.say;
    let case = session.wallet.case(id)?;
    let mut lines = vec![line(say, &case)];
    lines.extend(case.said.iter().map(|said| said_line(say, said)));
    if let Some(hearing) = case.hearing() {
        let values = [("date", time(hearing.at)), ("place", hearing.place.clone())];
        let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        lines.push(say.say_with("case-hearing", &values));
    }
    let steps: Vec<_> = case.kind.possible(case.state).map(Step::word).collect();
    if !steps.is_empty() {
        lines.push(say.say_with("case-next", &[("steps", &steps.join(", "))]));
    }
    let mut json = case_json(&case);
    json["next"] = json!(steps);
    Ok(session.report(Report::done(lines.join("\n"), json)))
}

fn line(say: &Say, case: &Case) -> String {
    let kind = say.say(&format!("case-kind-{}", case.kind.word()));
    let state = say.say(&format!("case-state-{}", case.state.word()));
    let due = case.due.map(|due| format!("  ·  {}", say.say_with("case-due", &[("date", &time(due))])));
    let overdue = if case.is_overdue { format!("  ·  {}", say.say("case-overdue")) } else { String::new() };
    format!("{}  {kind}  ·  {state}{}{overdue}  {}", case.id, due.unwrap_or_default(), case.exchange)
}

fn said_line(say: &Say, said: &Said) -> String {
    let step = say.say(&format!("case-step-{}", said.step));
    format!("  {}  {step}  {}", time(said.at), said.text)
}

fn case_json(case: &Case) -> Value {
    serde_json::to_value(case.to_file()).unwrap_or_default()
}

fn timeline_line(say: &Say, step: &TimelineStep) -> String {
    let what = say.say(&format!("log-entry-{}", step.kind.name()));
    let more = step.step.as_deref().map(|word| format!(" ({word})")).unwrap_or_default();
    format!("#{}  {}  +{} s  {what}{more}", step.index, time(step.at), step.since)
}

fn recipient_text(say: &Say, recipient: &Recipient) -> String {
    let place = say.say(&format!("place-{}", recipient.place.code()));
    let mut lines = vec![format!("{}  ·  {place}", recipient.name.in_lang(say.lang()))];
    for held in &recipient.holds {
        let reached = held.reached.map(|state| format!("log-state-{}", state.word()));
        let state = say.say(reached.as_deref().unwrap_or("recipient-offered"));
        let until = if held.may_have_been_read() {
            say.say_with("recipient-keeps", &[("date", &time(held.keep_until))])
        } else {
            say.say("recipient-unread")
        };
        lines.push(format!("  {}  {}  ·  {state}  ·  {until}", held.exchange, held.purpose));
        lines.extend(held.claims.iter().map(|(vct, path)| format!("    {}", say.claim(vct, path))));
    }
    for right in &recipient.rights {
        let days = right.days.map(|days| format!("  ·  {days}")).unwrap_or_default();
        let kind = say.say(&format!("right-{}", right.kind.word()));
        lines.push(format!("  {kind}  ·  {}  ·  {}{days}", right.channel, right.law));
    }
    lines.join("\n")
}

fn recipient_json(recipient: &Recipient) -> Value {
    let holds: Vec<_> = recipient
        .holds
        .iter()
        .map(|held| {
            json!({ "exchange": held.exchange.to_string(), "granted": held.granted_at, "purpose": held.purpose,
                "claims": held.claims, "keepUntil": held.keep_until, "consent": held.state.word(),
                "state": held.reached.map(|state| state.word()), "mayHaveBeenRead": held.may_have_been_read() })
        })
        .collect();
    json!({ "clientId": recipient.client_id, "name": recipient.name, "place": recipient.place.code(),
        "holds": holds, "rights": recipient.rights })
}
