//! `chop trust …` and `chop key …`.

use std::path::Path;

use chop_core::plumbing::crypto::encoding::{array_from_base64url, from_base64, to_base64url};
use chop_core::plumbing::crypto::{Digest, P256PublicKey};
use chop_core::plumbing::formats::jose::jwk;
use chop_core::plumbing::formats::trust_list::{
    TrustEntry, TrustList, UnverifiedTrustList, VerifiedTrustList,
};
use chop_core::plumbing::formats::x509::{Role, verify_chain};
use chop_core::plumbing::model::{Party, UnixTime};
use chop_core::{Clock, Error};
use serde_json::{Value, json};

use super::session::Context;
use crate::args::{KeyCommand, TrustCommand};
use crate::edge::SystemClock;
use crate::exit::Failure;
use crate::files;
use crate::report::Report;
use crate::say::Say;
use crate::terminal::json_text;

/// Runs one of the trust commands.
pub(crate) fn run(context: Context<'_>, command: TrustCommand) -> Result<Report, Failure> {
    match command {
        TrustCommand::Add { file, fingerprint: Some(fingerprint) } => add(context, &file, &fingerprint),
        TrustCommand::Add { file, fingerprint: None } => preview(context.say, &file),
        TrustCommand::List => list(context),
        TrustCommand::Check => check(context),
    }
}

/// Runs one of the key commands.
pub(crate) fn keys(context: Context<'_>, command: KeyCommand) -> Result<Report, Failure> {
    let session = context.open()?;
    let wallet = &session.wallet;
    // A key goes to a file or another program: it is the whole output, without notes.
    Ok(match command {
        KeyCommand::New => key_report(&wallet.make_credential_key()?),
        KeyCommand::Verifier => key_report(&wallet.verifier_key()?),
        KeyCommand::Certify { file } => {
            let chain = certificates(&files::read(&file)?)?;
            wallet.certify(&chain)?;
            let text = context.say.say("key-certified");
            session.report(Report::done(text, json!({ "certified": true, "certificates": chain.len() })))
        }
        KeyCommand::Statement { days } => {
            let text = wallet.state_key(days)?;
            let json = json!({ "statement": text });
            Report::done(text, json)
        }
    })
}

/// A fingerprint as it is printed and compared.
pub(crate) fn fingerprint_of(text: &str) -> Result<Digest, Failure> {
    array_from_base64url(text.trim()).map_err(|_| Failure::usage("usage-fingerprint"))
}

fn add(context: Context<'_>, file: &Path, fingerprint: &str) -> Result<Report, Failure> {
    let fingerprint = fingerprint_of(fingerprint)?;
    let text = files::read_text(file)?;
    let session = context.open()?;
    let list = session.wallet.add_trust(&text, &fingerprint)?;
    let said = context.say.say_with("trust-added", &[("publisher", publisher(context.say, list.content()))]);
    let shown = format!("{said}\n{}", list_text(context.say, &list, list.is_stale(SystemClock.now())));
    Ok(session.report(Report::done(shown, list_json(&list, list.is_stale(SystemClock.now())))))
}

/// Shows a list that nobody vouched for yet, so that its fingerprint can be compared. Nothing is kept.
fn preview(say: &Say, file: &Path) -> Result<Report, Failure> {
    let text = files::read_text(file)?;
    let unverified = UnverifiedTrustList::parse(&text)?;
    let fingerprint = unverified.fingerprint();
    let list = unverified.verify(&fingerprint, None, SystemClock.now())?;
    let stale = list.is_stale(SystemClock.now());
    let shown = format!("{}\n{}", list_text(say, &list, stale), say.say("trust-compare"));
    let mut json = list_json(&list, stale);
    if let Value::Object(members) = &mut json {
        members.insert("added".into(), false.into());
    }
    Ok(Report::done(shown, json))
}

fn list(context: Context<'_>) -> Result<Report, Failure> {
    let session = context.open()?;
    let say = context.say;
    let lists = session.wallet.trust_lists()?;
    let texts: Vec<_> = lists.iter().map(|held| list_text(say, &held.list, held.is_stale)).collect();
    let text = if texts.is_empty() { say.say("trust-nobody") } else { texts.join("\n\n") };
    let lists: Vec<_> = lists.iter().map(|held| list_json(&held.list, held.is_stale)).collect();
    Ok(session.report(Report::done(text, json!({ "lists": lists }))))
}

/// Each list again: signature and order when it is opened, then its age and every certificate on it.
fn check(context: Context<'_>) -> Result<Report, Failure> {
    let session = context.open()?;
    let say = context.say;
    let now = SystemClock.now();
    let (mut lines, mut json, mut is_good) = (Vec::new(), Vec::new(), true);
    for held in session.wallet.trust_lists()? {
        let faults = bad_certificates(&held.list, now);
        is_good &= !held.is_stale && faults.is_empty();
        lines.push(head_text(say, &held.list, held.is_stale));
        for (party, error) in &faults {
            let words = say.error(error).map_or_else(|| error.to_string(), |words| words.what);
            lines.push(format!("  {}: {words} [{}]", party.names.in_lang(say.lang()), error.code()));
        }
        let faults: Vec<_> = faults
            .iter()
            .map(|(party, error)| json!({ "party": party.names, "error": error.code() }))
            .collect();
        json.push(json!({
            "fingerprint": to_base64url(held.list.fingerprint()), "stale": held.is_stale, "certificates": faults,
        }));
    }
    if lines.is_empty() {
        lines.push(say.say("trust-nobody"));
    }
    Ok(session.report(Report::judged(is_good, lines.join("\n"), json!({ "good": is_good, "lists": json }))))
}

/// Parties whose certificate does not lead to an anchor of the list now.
fn bad_certificates(list: &VerifiedTrustList, now: UnixTime) -> Vec<(Party, Error)> {
    let judge = |entry: &TrustEntry| {
        let chain = [entry.certificate.clone()];
        let roles = entry.roles.iter().map(|role| verify_chain(&chain, list.anchors(), now, *role));
        let error = roles.filter_map(Result::err).next()?;
        Some((entry.party.clone(), Error::from(error)))
    };
    list.content().entries.iter().filter_map(judge).collect()
}

fn head_text(say: &Say, list: &VerifiedTrustList, is_stale: bool) -> String {
    let state = say.say(if is_stale { "trust-stale" } else { "trust-good" });
    format!(
        "{} · {state}\n{}: {}",
        publisher(say, list.content()),
        say.say("label-fingerprint"),
        to_base64url(list.fingerprint())
    )
}

fn list_text(say: &Say, list: &VerifiedTrustList, is_stale: bool) -> String {
    let entries = list.content().entries.iter().map(|entry| {
        let roles: Vec<_> = entry.roles.iter().map(|role| say.say(role_key(*role))).collect();
        let id = &entry.party.legal_id;
        let name = entry.party.names.in_lang(say.lang());
        format!("  {name} · {} {} · {}", id.scheme, id.value, roles.join(", "))
    });
    let lines: Vec<_> = [head_text(say, list, is_stale)].into_iter().chain(entries).collect();
    lines.join("\n")
}

fn list_json(list: &VerifiedTrustList, is_stale: bool) -> Value {
    let TrustList { seq, issued, next_update, publisher, entries, .. } = list.content();
    let entries: Vec<_> = entries
        .iter()
        .map(|entry| json!({ "party": entry.party, "roles": entry.roles, "types": entry.vcts }))
        .collect();
    json!({
        "fingerprint": to_base64url(list.fingerprint()), "seq": seq, "issued": issued, "nextUpdate": next_update,
        "publisher": publisher, "stale": is_stale, "entries": entries,
    })
}

fn publisher<'a>(say: &Say, list: &'a TrustList) -> &'a str {
    list.publisher.in_lang(say.lang())
}

fn role_key(role: Role) -> &'static str {
    match role {
        Role::Verifier => "role-verifier",
        Role::Issuer => "role-issuer",
    }
}

fn key_report(key: &P256PublicKey) -> Report {
    let jwk = jwk::to_value(key);
    Report::done(json_text(&jwk), json!({ "jwk": jwk, "thumbprint": to_base64url(&jwk::thumbprint(key)) }))
}

/// The certificates of a PEM file (RFC 7468), in its order.
fn certificates(pem: &[u8]) -> Result<Vec<Vec<u8>>, Failure> {
    let text = String::from_utf8_lossy(pem);
    let bodies = text.split("-----BEGIN CERTIFICATE-----").skip(1);
    let bodies = bodies.filter_map(|part| part.split_once("-----END CERTIFICATE-----"));
    let chain = bodies
        .map(|(body, _)| from_base64(&body.split_whitespace().collect::<String>()))
        .collect::<Result<Vec<_>, _>>()?;
    if chain.is_empty() {
        return Err(Failure::usage("usage-no-certificate"));
    }
    Ok(chain)
}
