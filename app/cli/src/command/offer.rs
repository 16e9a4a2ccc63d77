//! `chop offer`, `chop offers`: drafted, agreed to, made; the code on the screen.

use chop_core::flow::Agreement;
use chop_core::flow::offer::{OfferDraft, OfferState, OfferView, OfferWay, Offered, Recipients, Told};
use chop_core::plumbing::formats::dcql::DcqlQuery;
use chop_core::plumbing::formats::grant::RelayRef;
use chop_core::plumbing::model::{UnixTime, UseTerms};
use chop_core::plumbing::vault::table::exchange::Role;
use chop_core::{Clock, qr};
use chop_transport::{Cancel, RelayClient};
use serde_json::{Value, json};

use super::consent::{choices, everything_held, footer, page_json, topic_of};
use super::session::{Context, Session};
use super::trust::fingerprint_of;
use crate::args::{NetArgs, OfferArgs};
use crate::edge::SystemClock;
use crate::exit::Failure;
use crate::files;
use crate::net;
use crate::report::Report;
use crate::say::Say;

/// Shows the page of an offer, or makes the offer that was agreed to.
pub(crate) fn offer(context: Context<'_>, args: &OfferArgs) -> Result<Report, Failure> {
    let relay = relay_of(&args.relay, &args.net)?;
    let session = context.open()?;
    let at = args.drafted.map_or_else(|| SystemClock.now(), UnixTime);
    let prompt = session.wallet.draft_offer(draft(args, relay, at)?)?;
    let chosen = choices(&prompt, &args.choices)?;
    let Some(code) = &args.agree else {
        let is_chosen = !chosen.claims.is_empty();
        let shown = if is_chosen { chosen.clone() } else { everything_held(&prompt) };
        let page = prompt.page(&shown, context.say.lang())?;
        let footer = footer(context.say, &prompt, &page, &chosen);
        let drafted = context.say.say_with("offer-drafted", &[("at", &at.0.to_string())]);
        let text = format!("{}\n{footer}\n{drafted}", page.notice.to_text().trim_end());
        let mut json = page_json(&prompt, &page, &chosen);
        if let Value::Object(members) = &mut json {
            members.insert("drafted".into(), json!(at.0));
        }
        return Ok(session.report(Report::done(text, json)));
    };
    let mut agreement = Agreement::to(code, context.say.lang(), &session.wallet)?;
    for topic in &args.consent {
        agreement.consent(topic_of(topic)?, &session.wallet)?;
    }
    if chosen.as_guardian {
        agreement.sign_as_guardian(&session.wallet)?;
    }
    if prompt.page(&chosen, context.say.lang())?.level.wants_presence() {
        session.wallet.reauthenticate(&context.passphrase_again()?)?;
    }
    let consent = prompt.answer(&chosen, &agreement).map_err(|(_, error)| Failure::Refused(error))?;
    let offered = session.wallet.offer(&consent)?;
    open(&session, &offered, &args.net)?;
    shown(context.say, &session, &offered, args)
}

/// Every offer of the space.
pub(crate) fn offers(context: Context<'_>) -> Result<Report, Failure> {
    let session = context.open()?;
    let views = session.wallet.offers()?;
    let lines: Vec<_> = views.iter().map(|view| line(context.say, view)).collect();
    let text = if lines.is_empty() { context.say.say("no-offers") } else { lines.join("\n") };
    Ok(session
        .report(Report::done(text, json!({ "offers": views.iter().map(view_json).collect::<Vec<_>>() }))))
}

/// One line for one offer, with the time that is left.
pub(crate) fn line(say: &Say, view: &OfferView) -> String {
    let state = say.say(&format!("offer-state-{}", view.state.word()));
    let left = view.expires_at.since(SystemClock.now()).max(0);
    let left = say.say_with(
        "offer-left",
        &[("minutes", &(left / 60).to_string()), ("seconds", &(left % 60).to_string())],
    );
    let others = match view.others {
        0 => String::new(),
        n => format!(" · {}", say.say_with("offer-others", &[("count", &n.to_string())])),
    };
    let left = if view.state.is_open() { format!(" · {left}") } else { String::new() };
    // A verifier has a grant and no name of whoever gave it.
    let peer = if view.peer.is_empty() { String::new() } else { format!(" · {}", view.peer) };
    format!("{}  {state}{peer} · {}{left}{others}", view.id, view.relay)
}

/// The same for machines.
pub(crate) fn view_json(view: &OfferView) -> Value {
    json!({
        "offer": view.id.to_string(), "role": if view.role == Role::Holder { "holder" } else { "verifier" },
        "mode": view.mode.word(), "state": view.state.word(), "relay": view.relay, "peer": view.peer,
        "clientId": view.client_id, "purpose": view.purpose, "otherClaims": view.others,
        "expires": view.expires_at.0,
    })
}

fn shown(say: &Say, session: &Session, offered: &Offered, args: &OfferArgs) -> Result<Report, Failure> {
    let text = if args.link { offered.code.to_link() } else { offered.code.to_text()? };
    let drawing = qr::draw(&text)?;
    if let Some(png) = &args.png {
        files::write_new(png, &drawing.png(qr::MODULE_PIXELS)?)?;
    }
    let view = session.wallet.offer_view(&offered.id)?;
    let said = say.say("offer-made");
    let report = Report::done(
        format!("{said}\n{}\n{text}", line(say, &view)),
        json!({ "offer": offered.id.to_string(), "code": text, "expires": view.expires_at.0 }),
    );
    let codes = if args.show { vec![drawing.terminal()] } else { Vec::new() };
    Ok(session.report(Report { codes, ..report }))
}

/// Puts the offer at the relay before its code is shown. Where that fails it is taken back: nobody has
/// the code. `chop watch` hears the relay's word for one that may have arrived all the same.
fn open(session: &Session, offered: &Offered, net: &NetArgs) -> Result<(), Failure> {
    let posted = super::watch::step(session, &offered.id, net, 0);
    let refused = match posted {
        Ok(_) if session.wallet.offer_view(&offered.id)?.state == OfferState::Open => return Ok(()),
        Ok(told) => told.into_iter().find_map(|told| match told {
            Told::RelayRefused(refusal, _) => Some(Failure::Refused(refusal.into())),
            _ => None,
        }),
        Err(failure) => Some(failure),
    };
    if session.wallet.offer_view(&offered.id)?.state.is_open() {
        session.wallet.withdraw_offer(&offered.id)?;
    }
    Err(refused.unwrap_or_else(|| Failure::Refused(chop_core::NetError::BadRelay.into())))
}

fn draft(args: &OfferArgs, relay: RelayRef, at: UnixTime) -> Result<OfferDraft, Failure> {
    let to = match (&args.to_list, args.to.as_slice()) {
        (Some(list), _) => {
            Recipients::List { publisher: fingerprint_of(list)?.into(), place: args.place.map(Into::into) }
        }
        (None, []) => Recipients::Registered,
        (None, clients) => Recipients::Clients(clients.to_vec()),
    };
    let way = match (&args.sealed_to, args.files) {
        (Some(statement), _) => OfferWay::Named { statement: files::read_text(statement)? },
        (None, true) => OfferWay::Files,
        (None, false) => OfferWay::Live { by_rule: args.by_rule },
    };
    Ok(OfferDraft {
        dcql: DcqlQuery::read(&files::read(&args.dcql)?)?,
        terms: terms(&args.terms)?,
        to,
        way,
        relay,
        seconds: i64::from(args.minutes) * 60,
        drafted_at: Some(at),
    })
}

/// Terms of use from a file.
pub(crate) fn terms(path: &std::path::Path) -> Result<UseTerms, Failure> {
    serde_json::from_slice(&files::read(path)?)
        .map_err(|_| Failure::usage("usage-terms").with("path", path.display()))
}

/// Who the relay is: it says its own key, which the grant then pins.
pub(crate) fn relay_of(origin: &str, args: &NetArgs) -> Result<RelayRef, Failure> {
    let client = RelayClient::new(net::rules(args)?, [origin])?;
    let info = client.info(origin, &Cancel::default())?;
    if info.origin != origin {
        return Err(chop_core::NetError::BadRelay.into());
    }
    Ok(RelayRef { origin: info.origin, vkey: info.vkey })
}
