//! `chop status …`: the network joined to what core asks for.

use chop_core::plumbing::formats::status_list::Status;
use chop_core::status::{HeldStatusList, StatusFetch, StatusNow};
use chop_core::{Error, NetError, Wallet};
use chop_transport::{Backoff, Call, Cancel, Client};
use serde_json::{Value, json};

use super::record;
use super::session::Context;
use crate::args::{NetArgs, StatusCommand};
use crate::exit::Failure;
use crate::net;
use crate::report::Report;
use crate::say::Say;

/// Runs one of the status commands.
pub(crate) fn run(context: Context<'_>, command: StatusCommand) -> Result<Report, Failure> {
    match command {
        StatusCommand::Refresh { all, net } => refresh(context, all, &net),
        StatusCommand::Show => show(context),
    }
}

/// An address, and how fetching from it went.
type Fetched = (String, Result<HeldStatusList, Error>);

/// Fetches lists and hands them to the wallet; how each went.
pub(crate) fn fetch_all(
    wallet: &Wallet,
    fetches: &[StatusFetch],
    args: &NetArgs,
) -> Result<Vec<Fetched>, Failure> {
    let client = net::client(args)?;
    Ok(fetches.iter().map(|fetch| (fetch.uri().to_owned(), fetch_one(wallet, fetch, &client))).collect())
}

fn fetch_one(wallet: &Wallet, fetch: &StatusFetch, client: &Client) -> Result<HeldStatusList, Error> {
    let most = u64::try_from(StatusFetch::MAX_BYTES).unwrap_or(u64::MAX);
    let call = Call::get(fetch.uri()).accepting(StatusFetch::MEDIA_TYPE).at_most(most);
    let answer = client.send_again(&call, Backoff::default(), &Cancel::default())?.success()?;
    if !answer.is_of_type(StatusFetch::MEDIA_TYPE) {
        return Err(NetError::Garbled.into());
    }
    wallet.take_status(fetch, &answer.body)
}

/// The words of a status, of core.
pub(crate) fn key_of(status: Status) -> &'static str {
    match status {
        Status::Valid => "seal-status-checked",
        Status::Invalid => "seal-revoked",
        Status::Suspended => "seal-suspended",
        Status::ApplicationSpecific(_) | Status::Unknown(_) => "seal-status-other",
    }
}

/// What is known, for machines.
pub(crate) fn word_of(status: StatusNow) -> Value {
    let StatusNow::Checked { status, as_of } = status else {
        let word = if status == StatusNow::NoList { "no-list" } else { "not-checked" };
        return json!({ "state": word });
    };
    let (word, value) = match status {
        Status::Valid => ("valid", 0),
        Status::Invalid => ("invalid", 1),
        Status::Suspended => ("suspended", 2),
        Status::ApplicationSpecific(value) => ("application-specific", value),
        Status::Unknown(value) => ("unknown", value),
    };
    json!({ "state": word, "value": value, "asOf": as_of.0 })
}

fn refresh(context: Context<'_>, all: bool, args: &NetArgs) -> Result<Report, Failure> {
    let session = context.open()?;
    let fetched = fetch_all(&session.wallet, &session.wallet.statuses_due(all)?, args)?;
    let is_fine = fetched.iter().all(|(_, result)| result.is_ok());
    let lines: Vec<_> = fetched.iter().map(|(uri, result)| line(context.say, uri, result)).collect();
    let text = if lines.is_empty() { context.say.say("status-nothing-due") } else { lines.join("\n") };
    let lists: Vec<_> = fetched
        .iter()
        .map(|(uri, result)| match result {
            Ok(list) => list_json(list),
            Err(error) => json!({ "uri": uri, "error": error.code() }),
        })
        .collect();
    Ok(session.report(Report::judged(is_fine, text, json!({ "lists": lists }))))
}

fn line(say: &Say, uri: &str, result: &Result<HeldStatusList, Error>) -> String {
    match result {
        Ok(list) => list_line(say, list),
        Err(error) => format!("{}  {error}", json!(uri)),
    }
}

fn show(context: Context<'_>) -> Result<Report, Failure> {
    let session = context.open()?;
    let lists = session.wallet.status_lists()?;
    let due = session.wallet.statuses_due(false)?;
    let mut lines: Vec<_> = lists.iter().map(|list| list_line(context.say, list)).collect();
    lines.extend(
        due.iter()
            .map(|fetch| context.say.say_with("status-due", &[("uri", &json!(fetch.uri()).to_string())])),
    );
    if lines.is_empty() {
        lines.push(context.say.say("status-nothing-due"));
    }
    let json = json!({
        "lists": lists.iter().map(list_json).collect::<Vec<_>>(),
        "due": due.iter().map(StatusFetch::uri).collect::<Vec<_>>(),
    });
    Ok(session.report(Report::done(lines.join("\n"), json)))
}

/// An address is the issuer's text: quoted and escaped, as a string of JSON is.
fn list_line(say: &Say, list: &HeldStatusList) -> String {
    let values = [
        ("uri", json!(list.uri).to_string()),
        ("issued", record::time(list.issued)),
        ("fetched", record::time(list.fetched_at)),
    ];
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    say.say_with("status-held", &values)
}

fn list_json(list: &HeldStatusList) -> Value {
    json!({ "uri": list.uri, "issued": list.issued.0, "fetched": list.fetched_at.0 })
}
