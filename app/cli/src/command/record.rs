//! The record: its exchanges and entries, its audit, its proofs.

use std::path::Path;

use chop_core::audit::AuditReport;
use chop_core::history::{ExchangeView, RecordLine};
use chop_core::plumbing::crypto::encoding::to_base64url;
use chop_core::plumbing::formats::log_entry::Ref;
use chop_core::plumbing::model::{Coded, UnixTime};
use chop_core::plumbing::vault::table::exchange::Role;
use serde_json::{Value, json};

use super::exchange::exchange_id;
use super::session::Context;
use crate::args::LogArgs;
use crate::exit::Failure;
use crate::files;
use crate::report::Report;
use crate::say::Say;

/// The exchanges of a space and the entries of its record, newest first.
pub(crate) fn log(context: Context<'_>, args: &LogArgs) -> Result<Report, Failure> {
    let session = context.open()?;
    let say = context.say;
    let mut exchanges = session.wallet.exchanges()?;
    if let Some(recipient) = &args.recipient {
        exchanges.retain(|view| view.peer.contains(recipient) || view.client_id.contains(recipient));
    }
    let entries = match args.recipient {
        // Entries about these exchanges only: whoever asks about one side wants to see that side.
        Some(_) => session
            .wallet
            .record_lines(u64::MAX)?
            .into_iter()
            .filter(|line| about(line, &exchanges))
            .collect(),
        None => session.wallet.record_lines(u64::from(args.limit))?,
    };
    let limit = usize::try_from(args.limit).unwrap_or(usize::MAX);
    let shown = exchanges.iter().take(limit).map(|view| exchange_line(say, view));
    let lines = entries.iter().take(limit).map(|line| entry_line(say, line));
    let text: Vec<_> = shown.chain([String::new()]).chain(lines).collect();
    let text = if entries.is_empty() { say.say("log-empty") } else { text.join("\n").trim().to_owned() };
    let json = json!({
        "exchanges": exchanges.iter().take(limit).map(exchange_json).collect::<Vec<_>>(),
        "entries": entries.iter().take(limit).map(entry_json).collect::<Vec<_>>(),
    });
    Ok(session.report(Report::done(text, json)))
}

/// Checks the whole record again; exit 1 when anything is wrong.
pub(crate) fn audit(context: Context<'_>) -> Result<Report, Failure> {
    let session = context.open()?;
    let audit = session.wallet.audit(&mut |_, _| {})?;
    Ok(session.report(Report::judged(audit.is_clean(), audit_text(context.say, &audit), audit_json(&audit))))
}

/// Writes a proof pack.
pub(crate) fn prove(
    context: Context<'_>,
    start: &str,
    out: &Path,
    with_credential: bool,
) -> Result<Report, Failure> {
    let session = context.open()?;
    let id = exchange_id(&session, start)?;
    let pack = session.wallet.prove(&id, with_credential)?;
    files::write_new(out, &pack)?;
    let text = context.say.say_with("proof-written", &[("file", &out.display().to_string())]);
    let json = json!({ "exchange": id.to_string(), "file": out, "bytes": pack.len() });
    Ok(session.report(Report::done(text, json)))
}

/// What an audit found, for people.
pub(crate) fn audit_text(say: &Say, audit: &AuditReport) -> String {
    let counts = [("entries", audit.entries.to_string()), ("rows", audit.rows.to_string())];
    let counts: Vec<_> = counts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let verdict = say.say(if audit.is_clean() { "audit-good" } else { "audit-bad" });
    let flaws = audit.flaws.iter().map(|flaw| {
        let error = chop_core::Error::from(flaw.kind);
        let what = say.error(&error).map_or_else(|| flaw.kind.to_string(), |words| words.what);
        format!("  {}: {what} [{}]", flaw.place, flaw.kind.code())
    });
    let lines: Vec<_> = [verdict, say.say_with("audit-counts", &counts)].into_iter().chain(flaws).collect();
    lines.join("\n")
}

/// What an audit found, for machines.
pub(crate) fn audit_json(audit: &AuditReport) -> Value {
    let flaws: Vec<_> =
        audit.flaws.iter().map(|flaw| json!({ "code": flaw.kind.code(), "place": flaw.place })).collect();
    json!({
        "clean": audit.is_clean(), "entries": audit.entries, "erased": audit.erased, "rows": audit.rows,
        "flaws": flaws,
    })
}

fn about(line: &RecordLine, exchanges: &[ExchangeView]) -> bool {
    let exchange = line.entry.as_ref().and_then(|entry| entry.text("exchange"));
    exchange.is_some_and(|id| exchanges.iter().any(|view| view.id.to_string() == id))
}

fn exchange_line(say: &Say, view: &ExchangeView) -> String {
    let peer = if view.peer.is_empty() { view.client_id.as_str() } else { view.peer.as_str() };
    let state = say.say(&format!("log-state-{}", view.state.word()));
    format!("{}  {}  {peer}  ·  {}  ·  {state}", view.id, time(view.updated_at), view.purpose)
}

fn entry_line(say: &Say, line: &RecordLine) -> String {
    match &line.entry {
        Some(entry) => {
            let about = entry.text("exchange").unwrap_or_default();
            let what = say.say(&format!("log-entry-{}", entry.kind.name()));
            format!("#{}  {}  {what}  {about}", line.index, time(entry.at))
        }
        None => format!("#{}  {}", line.index, say.say("log-entry-gone")),
    }
}

fn exchange_json(view: &ExchangeView) -> Value {
    json!({
        "exchange": view.id.to_string(), "role": role_word(view.role), "state": view.state.word(),
        "peer": view.peer, "clientId": view.client_id, "purpose": view.purpose, "created": view.created_at,
        "expires": view.expires_at, "updated": view.updated_at, "unconfirmed": view.is_unconfirmed(),
    })
}

fn entry_json(line: &RecordLine) -> Value {
    let Some(entry) = &line.entry else {
        return json!({ "index": line.index, "erased": true });
    };
    let refs: serde_json::Map<_, _> = entry
        .refs
        .iter()
        .map(|(name, value)| {
            let value = match value {
                Ref::Hash(digest) => to_base64url(digest),
                Ref::Text(text) => text.clone(),
            };
            (name.clone(), Value::from(value))
        })
        .collect();
    json!({ "index": line.index, "kind": entry.kind.name(), "at": entry.at, "refs": refs })
}

fn role_word(role: Role) -> &'static str {
    match role {
        Role::Holder => "holder",
        Role::Verifier => "verifier",
    }
}

/// A time as RFC 3339 writes it; far outside the calendar, as seconds.
pub(crate) fn time(at: UnixTime) -> String {
    jiff::Timestamp::from_second(at.0).map_or_else(|_| at.0.to_string(), |time| time.to_string())
}
