//! `chop watch`, `chop claim`: core says what an offer needs next, the relay client posts it.

use std::path::Path;
use std::time::{Duration, Instant};

use chop_core::Wallet;
use chop_core::flow::offer::{ClaimDraft, ClaimPrompt, OfferState, Told};
use chop_core::flow::{Received, RequestDraft};
use chop_core::plumbing::formats::dcql::DcqlQuery;
use chop_core::plumbing::formats::offer::OfferCode;
use chop_core::plumbing::model::Id;
use chop_core::plumbing::vault::table::exchange::Role;
use chop_transport::{Cancel, RelayClient};
use serde_json::{Value, json};

use super::exchange::{received_json, received_text};
use super::offer::{line, terms, view_json};
use super::online::is_yes;
use super::record::time;
use super::session::{Context, Session, find_id};
use crate::args::{ClaimArgs, NetArgs, StopArgs, WatchArgs};
use crate::exit::{Exit, Failure};
use crate::files;
use crate::net;
use crate::pictures;
use crate::report::Report;
use crate::say::Say;

/// The holder's side: waits for claims, asks or obeys, and catches up.
pub(crate) fn watch(context: Context<'_>, args: &WatchArgs) -> Result<Report, Failure> {
    let session = context.open()?;
    let ids = watched(&session, args.offer.as_deref())?;
    let mut lines = Vec::new();
    loop {
        let mut is_busy = false;
        for id in &ids {
            let wait = if args.once { 0 } else { LONG };
            let told = match step(&session, id, &args.net, wait) {
                // Its news waits with it, and the other offers do not.
                Err(Failure::Refused(error)) if error.code() == "consent.paused" => Vec::new(),
                told => told?,
            };
            is_busy |= !told.is_empty();
            for told in told {
                lines.push(told_text(context.say, &told));
                if let Told::Claim(prompt) = &told {
                    decide(context.say, &session, prompt, args)?;
                }
            }
        }
        if ids.len() > 1 || args.yes || args.no || !is_busy {
            // Nobody is asked at the terminal, so nothing else slows a relay that says no down.
            std::thread::sleep(PAUSE);
        }
        let is_over = ids.iter().all(|id| !is_open(&session, id));
        if is_over || (args.once && !is_busy) {
            break;
        }
    }
    report(context.say, &session, &ids, lines)
}

/// The verifier's side: claims, acknowledges, takes and signs for it. The same code again goes on.
pub(crate) fn claim(context: Context<'_>, args: &ClaimArgs) -> Result<Report, Failure> {
    let code = OfferCode::parse(&code_text(&args.code)?)?;
    let ask = match (&args.dcql, &args.terms) {
        (Some(dcql), Some(of)) => {
            Some(RequestDraft { dcql: DcqlQuery::read(&files::read(dcql)?)?, terms: terms(of)? })
        }
        _ => None,
    };
    let session = context.open()?;
    let id = session.wallet.scan_offer(&code, ClaimDraft { ask, relays: args.relay.clone() })?;
    let began = started();
    let mut lines = Vec::new();
    while is_open(&session, &id) && began.elapsed() < Duration::from_secs(args.patience) {
        let state = session.wallet.offer_view(&id)?.state;
        let told = step(&session, &id, &args.net, args.patience.min(SHORT))?;
        lines.extend(told.iter().map(|told| told_text(context.say, told)));
        lines.dedup();
        if session.wallet.offer_view(&id)?.state == state {
            std::thread::sleep(PAUSE);
        }
    }
    let received = session.wallet.received(&id).ok();
    let report = report(context.say, &session, &[id], lines)?;
    let Some(received) = received else { return Ok(Report { exit: Exit::Refused, ..report }) };
    if let Some(out) = &args.out {
        keep(&received, out)?;
    }
    let text = format!("{}\n{}", received_text(context.say, &received), report.text);
    let mut json = report.json;
    if let Value::Object(members) = &mut json {
        members.insert("received".into(), received_json(&received));
    }
    Ok(Report { text, json, ..report })
}

/// Takes an offer or a grant back. Of an offer the relay's signed answer is one of two.
pub(crate) fn withdraw(context: Context<'_>, stop: &StopArgs, args: &NetArgs) -> Result<Report, Failure> {
    let session = context.open()?;
    let own: Vec<_> = session.wallet.offers()?.into_iter().filter(|view| view.role == Role::Holder).collect();
    let Ok(id) = find_id(&stop.which.id, own.iter().map(|view| view.id)) else {
        return super::agreed::withdraw_in(context, &session, stop);
    };
    session.wallet.withdraw_offer(&id)?;
    let mut lines = Vec::new();
    for _ in 0..ROUNDS {
        let told = step(&session, &id, args, 0)?;
        lines.extend(told.iter().map(|told| told_text(context.say, told)));
        if told.is_empty() || session.wallet.offer_view(&id)?.state != OfferState::Withdrawing {
            break;
        }
        std::thread::sleep(PAUSE);
    }
    lines.dedup();
    report(context.say, &session, &[id], lines)
}

/// One call of an offer, and what it came to.
pub(crate) fn step(session: &Session, id: &Id, args: &NetArgs, wait: u64) -> Result<Vec<Told>, Failure> {
    step_of(&session.wallet, id, args, wait)
}

/// The same, of a wallet that a command has opened itself.
pub(crate) fn step_of(wallet: &Wallet, id: &Id, args: &NetArgs, wait: u64) -> Result<Vec<Told>, Failure> {
    let Some(call) = wallet.relay_call(id, wait)? else { return Ok(Vec::new()) };
    // The list is the offer's own relay: what is on it was checked when the offer was made or scanned.
    let client = RelayClient::new(net::rules(args)?, [call.origin()])?;
    let answer = client.perform(&call, &Cancel::default())?;
    Ok(wallet.relay_answer(&call, &answer)?)
}

fn watched(session: &Session, start: Option<&str>) -> Result<Vec<Id>, Failure> {
    let views = session.wallet.offers()?;
    let own = views.into_iter().filter(|view| view.role == Role::Holder);
    match start {
        Some(start) => Ok(vec![find_id(start, own.map(|view| view.id))?]),
        None => Ok(own.filter(|view| view.state.is_open()).map(|view| view.id).collect()),
    }
}

fn is_open(session: &Session, id: &Id) -> bool {
    session.wallet.offer_view(id).is_ok_and(|view| view.state.is_open())
}

fn decide(say: &Say, session: &Session, prompt: &ClaimPrompt, args: &WatchArgs) -> Result<(), Failure> {
    let who = prompt.who().in_lang(say.lang());
    let says_yes = match (args.yes, args.no) {
        (true, _) => true,
        (_, true) => false,
        _ => is_yes(say, &say.say_with("offer-claimed-by", &[("who", who)]))?,
    };
    if says_yes {
        session.wallet.confirm_claim(prompt)?;
    } else {
        session.wallet.reject_claim(prompt)?;
    }
    Ok(())
}

fn told_text(say: &Say, told: &Told) -> String {
    let lang = say.lang();
    match told {
        Told::Moved(state) => say.say(&format!("offer-state-{}", state.word())),
        Told::Claim(prompt) => say.say_with("offer-claimed-by", &[("who", prompt.who().in_lang(lang))]),
        Told::ClaimRefused(code) => say.say_with("offer-claim-refused", &[("code", code)]),
        Told::AnotherClaim(who) => {
            let who = who.as_ref().map_or("?", |who| who.in_lang(lang));
            say.say_with("offer-another-claim", &[("who", who)])
        }
        Told::Collected(who) => say.say_with("offer-collected-by", &[("who", who.in_lang(lang))]),
        Told::Used(_) => say.say("use-confirmed"),
        Told::RevokedAt(at) => say.say_with("offer-revoked-at", &[("at", &time(*at))]),
        Told::AlreadyReleasedAt(at) => say.say_with("offer-released-at", &[("at", &time(*at))]),
        Told::Strange(code) => say.say_with("offer-strange", &[("code", code)]),
        Told::Received(_) => say.say("offer-received"),
        Told::RefusedContent(_) => say.say("content-refused"),
        Told::RelayFault(_) => say.say("offer-relay-fault"),
        Told::RelayRefused(refusal, _) => {
            let error = chop_core::Error::from(*refusal);
            say.error(&error).map_or_else(|| error.to_string(), |words| words.what)
        }
    }
}

fn report(say: &Say, session: &Session, ids: &[Id], mut lines: Vec<String>) -> Result<Report, Failure> {
    let mut views = Vec::new();
    for id in ids {
        let view = session.wallet.offer_view(id)?;
        lines.push(line(say, &view));
        views.push(view);
    }
    if views.is_empty() {
        lines.push(say.say("no-offers"));
    }
    let is_bad = views.iter().any(|view| view.state == OfferState::Refused);
    let json = json!({ "offers": views.iter().map(view_json).collect::<Vec<_>>(), "happened": lines });
    let exit = if is_bad { Exit::Refused } else { Exit::Done };
    Ok(session.report(Report { exit, ..Report::done(lines.join("\n"), json) }))
}

/// The text of a code: as it is typed, or from its picture.
fn code_text(code: &Path) -> Result<String, Failure> {
    if let Some(text) = code.to_str().filter(|text| text.starts_with("CHOP1:") || text.contains("://")) {
        return Ok(text.to_owned());
    }
    let texts = pictures::read(std::slice::from_ref(&code.to_owned()))?;
    Ok(texts.into_iter().next().unwrap_or_default())
}

/// Files under their own names; one that is there already is not overwritten.
fn keep(received: &Received, folder: &Path) -> Result<(), Failure> {
    files::make_folder(folder)?;
    for (number, file) in received.files.iter().enumerate() {
        let name = Path::new(&file.name).file_name().map(|name| name.to_string_lossy().into_owned());
        let name = name.unwrap_or_else(|| format!("file-{number}"));
        files::write_new(&folder.join(name), &file.bytes)?;
    }
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "patience is measured by the machine's own clock")]
fn started() -> Instant {
    Instant::now()
}

/// Seconds of a long poll by a wallet that waits, and by a verifier whose customer stands there.
const LONG: u64 = 25;
const SHORT: u64 = 10;
/// Calls after which a withdrawal is left for another time.
const ROUNDS: usize = 8;
const PAUSE: Duration = Duration::from_millis(300);
