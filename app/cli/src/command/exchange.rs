//! The walk, one step a command: pictures in, one step of core, pictures out.

use std::path::PathBuf;

use chop_core::flow::{self, Accepted, Inbound, Outbound, Received, RequestDraft};
use chop_core::plumbing::formats::annotated_copy::AnnotatedCopy;
use chop_core::plumbing::formats::dcql::DcqlQuery;
use chop_core::plumbing::formats::frame::MessageKind;
use chop_core::plumbing::formats::json;
use chop_core::plumbing::formats::receipt::{Outcome, Reason};
use chop_core::plumbing::model::{Id, UseTerms};
use chop_core::status::StatusNow;
use serde_json::{Value, json as object};

use super::session::{Context, Session, find_id};
use super::status;
use crate::args::{OpenArgs, OutArgs, PicturesArgs, RequestArgs, ThroughArgs};
use crate::exit::{Exit, Failure};
use crate::files;
use crate::pictures::{self, PictureFolder};
use crate::report::Report;
use crate::say::Say;
use crate::terminal::json_text;

/// Verifier: T0.
pub(crate) fn request(context: Context<'_>, args: &RequestArgs) -> Result<Report, Failure> {
    let dcql = DcqlQuery::read(&files::read(&args.dcql)?)?;
    let terms: UseTerms = json::parse_as(&files::read(&args.terms)?, MAX_TERMS_BYTES)?;
    let folder = PictureFolder::ready(&args.out.out)?;
    let session = context.open()?;
    let outbound = session.wallet.ask(RequestDraft { dcql, terms })?;
    send(context.say, &session, outbound, &folder, &args.out)
}

/// Verifier: T2.
pub(crate) fn receive(context: Context<'_>, args: &ThroughArgs) -> Result<Report, Failure> {
    let envelope = inbound(&args.pictures)?.data()?;
    let folder = PictureFolder::ready(&args.out.out)?;
    let session = context.open()?;
    let outbound = session.wallet.claim(&envelope)?;
    send(context.say, &session, outbound, &folder, &args.out)
}

/// Holder: T3.
pub(crate) fn release(context: Context<'_>, args: &ThroughArgs) -> Result<Report, Failure> {
    let acknowledgement = inbound(&args.pictures)?.acknowledgement()?;
    let folder = PictureFolder::ready(&args.out.out)?;
    let session = context.open()?;
    let outbound = session.wallet.acknowledge(&acknowledgement)?;
    send(context.say, &session, outbound, &folder, &args.out)
}

/// Verifier: T4. What was taken is shown; what was refused is said, with exit code 1.
pub(crate) fn open(context: Context<'_>, args: &OpenArgs) -> Result<Report, Failure> {
    let OpenArgs { through: args, check_status, net } = args;
    let key = inbound(&args.pictures)?.key()?;
    let folder = PictureFolder::ready(&args.out.out)?;
    let session = context.open()?;
    if *check_status {
        // What cannot be fetched stays "not checked", which the outcome says.
        status::fetch_all(&session.wallet, &session.wallet.statuses_behind(&key)?, net)?;
    }
    match session.wallet.accept(key)? {
        Accepted::Taken(received, outbound) => {
            let sent = send(context.say, &session, outbound, &folder, &args.out)?;
            let text = format!("{}\n{}", received_text(context.say, &received), sent.text);
            let json = with(sent.json, "received", received_json(&received));
            Ok(Report { text, json, ..sent })
        }
        Accepted::Refused(reason, outbound) => {
            let sent = send(context.say, &session, outbound, &folder, &args.out)?;
            let why = match reason {
                Reason::Revoked => format!(" ({})", context.say.say("seal-revoked")),
                Reason::Suspended => format!(" ({})", context.say.say("seal-suspended")),
                _ => String::new(),
            };
            let text = format!("{}{why}\n{}", context.say.say("content-refused"), sent.text);
            let json = with(sent.json, "refused", object!(reason));
            Ok(Report { text, json, exit: Exit::Refused, ..sent })
        }
    }
}

/// Holder: T5, or the statement of erasure.
pub(crate) fn confirm(context: Context<'_>, args: &PicturesArgs) -> Result<Report, Failure> {
    let (kind, text) = match inbound(args)? {
        Inbound::Erased(text) => {
            let session = context.open()?;
            let id = session.wallet.confirm_erased(&text)?.to_string();
            let json = object!({ "exchange": id, "outcome": "erased" });
            return Ok(session.report(Report::done(context.say.say("erasure-confirmed"), json)));
        }
        Inbound::Use(text) => (MessageKind::Use, text),
        Inbound::Refused(text) => (MessageKind::Refused, text),
        _ => return Err(chop_core::WalletError::OtherMessage.into()),
    };
    let session = context.open()?;
    let outcome = session.wallet.confirm(kind, &text)?;
    let id = outcome.exchange.to_string();
    let key = match outcome.outcome {
        Outcome::Accepted {} => "use-confirmed",
        Outcome::Refused { .. } => "use-refused",
    };
    let json = object!({ "exchange": id, "outcome": outcome.outcome });
    Ok(session.report(Report::done(context.say.say(key), json)))
}

/// Either side: the stored bytes of the present step once more.
pub(crate) fn again(context: Context<'_>, start: &str, out: &OutArgs) -> Result<Report, Failure> {
    let folder = PictureFolder::ready(&out.out)?;
    let session = context.open()?;
    let id = exchange_id(&session, start)?;
    let outbound = session.wallet.again(&id)?;
    send(context.say, &session, outbound, &folder, out)
}

/// The exchange whose id begins with `start`.
pub(crate) fn exchange_id(session: &Session, start: &str) -> Result<Id, Failure> {
    if let Ok(id) = start.parse::<Id>() {
        return Ok(id);
    }
    find_id(start, session.wallet.exchanges()?.into_iter().map(|view| view.id))
}

/// The message in the pictures.
pub(crate) fn inbound(args: &PicturesArgs) -> Result<Inbound, Failure> {
    Ok(flow::read(&pictures::read(&args.pictures)?)?)
}

/// Writes the pictures of a message, and only then says in the record that it was shown.
pub(crate) fn send(
    say: &Say,
    session: &Session,
    outbound: Outbound,
    folder: &PictureFolder,
    out: &OutArgs,
) -> Result<Report, Failure> {
    let (exchange, kind) = (outbound.exchange().to_string(), kind_word(outbound.kind()));
    let codes = if out.show { pictures::blocks(outbound.frames())? } else { Vec::new() };
    // The step is in the record already: who could not write the pictures draws them again.
    let written = folder.write(outbound.frames()).map_err(|failure| match failure {
        Failure::Said(_, saying) => {
            Failure::machine("machine-pictures").with("what", say.saying(&saying)).with("exchange", &exchange)
        }
        other => other,
    })?;
    session.wallet.shown(outbound)?;
    let text = [
        format!("{}: {exchange}", say.say("label-exchange")),
        say.say_with(
            "pictures-written",
            &[("count", &written.len().to_string()), ("folder", &out.out.display().to_string())],
        ),
        say.say(next_key(kind)),
    ];
    let json = object!({ "exchange": exchange, "message": kind, "pictures": names(&written) });
    Ok(session.report(Report { codes, ..Report::done(text.join("\n"), json) }))
}

/// What the other side gave, for whoever received it.
pub(super) fn received_text(say: &Say, received: &Received) -> String {
    let mut lines = vec![say.say("received")];
    for credential in &received.credentials {
        let issuer = match &credential.issuer {
            Some(names) => names.in_lang(say.lang()).to_owned(),
            None => say.say("stated-by-holder"),
        };
        let status = match credential.status {
            StatusNow::NoList => String::new(),
            StatusNow::NotChecked => say.say("status-not-checked"),
            StatusNow::Checked { status, .. } => format!("({})", say.say(status::key_of(status))),
        };
        lines.push(format!("■ {} · {issuer} {status}", say.document(&credential.vct)));
        lines.push(json_text(&credential.claims));
        lines.extend(credential.annotated.as_ref().map(|mark| mark_text(say, mark)));
    }
    for file in &received.files {
        lines.push(format!("■ {} · {} · {}", file.name, file.mime, file.bytes.len()));
    }
    lines.join("\n")
}

/// What is written on an annotated copy, checked.
fn mark_text(say: &Say, mark: &AnnotatedCopy) -> String {
    let values = [("reason", mark.reason.as_str()), ("maker", mark.made_by.as_str())];
    say.say_with("copy-marked", &values)
}

pub(crate) fn received_json(received: &Received) -> Value {
    let credentials: Vec<_> = received
        .credentials
        .iter()
        .map(|c| {
            object!({
                "query": c.query, "type": c.vct, "issuer": c.issuer, "claims": c.claims,
                "statusNotChecked": c.status_not_checked, "status": status::word_of(c.status),
                "annotated": c.annotated,
            })
        })
        .collect();
    let files: Vec<_> = received
        .files
        .iter()
        .map(|file| object!({ "name": file.name, "type": file.mime, "bytes": file.bytes.len() }))
        .collect();
    object!({ "credentials": credentials, "files": files })
}

fn with(mut object: Value, name: &str, value: Value) -> Value {
    if let Value::Object(members) = &mut object {
        members.insert(name.to_owned(), value);
    }
    object
}

fn names(paths: &[PathBuf]) -> Vec<String> {
    paths.iter().map(|path| path.display().to_string()).collect()
}

/// The stable word of a message.
pub(crate) fn kind_word(kind: MessageKind) -> &'static str {
    match kind {
        MessageKind::Request => "request",
        MessageKind::Data => "data",
        MessageKind::Ack => "acknowledgement",
        MessageKind::Key => "key",
        MessageKind::Use => "use",
        MessageKind::Refused => "refused",
        MessageKind::Erased => "erased",
    }
}

/// What happens next, for whoever holds the pictures now.
fn next_key(kind: &str) -> &'static str {
    match kind {
        "request" => "next-request",
        "data" => "next-data",
        "acknowledgement" => "next-acknowledgement",
        "key" => "next-key",
        _ => "next-use",
    }
}

/// Bytes of a file with terms of use.
const MAX_TERMS_BYTES: usize = 64 * 1024;
