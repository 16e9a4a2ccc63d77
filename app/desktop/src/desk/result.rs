//! An exchange as the counter shows it: what to hold up now, what was taken, what was not given.

use chop_core::flow::{Keeping, Received, ReceivedCredential, State};
use chop_core::history::ExchangeView;
use chop_core::notice::Words;
use chop_core::plumbing::formats::claim_path::{ClaimPath, PathElement};
use chop_core::plumbing::formats::request::StoredRequest;
use chop_core::plumbing::formats::status_list::Status;
use chop_core::plumbing::model::{Id, Lang};
use chop_core::status::StatusNow;
use chop_core::{Result, Wallet};
use serde_json::Value;

use super::section;
use crate::dto::code::Code;
use crate::dto::desk::{DeskExchange, DeskKept, DeskResult, TakenClaim, TakenDocument, TakenFile};

/// One exchange with everything that the counter shows of it.
pub(crate) fn exchange(wallet: &Wallet, id: &Id, lang: Lang) -> Result<DeskExchange> {
    let row = wallet.exchange_view(id)?;
    let offer = wallet.offer_view(id).ok().map(|offer| offer.state.word().to_owned());
    let result = match row.state {
        State::Accepted => Some(result(wallet, &row, lang)?),
        _ => None,
    };
    // Over a relay nothing is held up; what is out of time cannot be shown either.
    let code = match (&offer, row.state) {
        (Some(_), State::Requested | State::Acknowledged | State::Accepted | State::Refused) => None,
        _ => wallet.again(id).ok().map(|outbound| Code::draw(outbound.frames())).transpose()?,
    };
    Ok(DeskExchange { offer, result, code, ..listed(wallet, &row, lang) })
}

/// One line of the list.
pub(crate) fn listed(wallet: &Wallet, row: &ExchangeView, lang: Lang) -> DeskExchange {
    DeskExchange {
        id: row.id.to_string(),
        state: row.state.word().to_owned(),
        offer: None,
        purpose: purpose(wallet, &row.purpose, lang),
        created: row.created_at.0,
        expires: row.expires_at.0,
        code: None,
        result: None,
    }
}

/// What is kept, as a line.
pub(crate) fn kept(wallet: &Wallet, kept: &Keeping, lang: Lang) -> DeskKept {
    DeskKept {
        exchange: kept.exchange.to_string(),
        purpose: purpose(wallet, &kept.purpose, lang),
        taken: kept.taken_at.0,
        due: kept.due_at.0,
    }
}

/// The catalogue's name of a purpose; its code where the catalogue has none.
fn purpose(wallet: &Wallet, code: &str, lang: Lang) -> String {
    let catalog = wallet.catalog().ok();
    let known = catalog.as_ref().and_then(|catalog| catalog.purpose(code));
    known.map_or_else(|| code.to_owned(), |purpose| purpose.names.in_lang(lang).to_owned())
}

fn result(wallet: &Wallet, row: &ExchangeView, lang: Lang) -> Result<DeskResult> {
    let received = wallet.received(&row.id)?;
    let due = wallet.kept()?.into_iter().find(|kept| kept.exchange == row.id);
    let words = Words::of(lang)?;
    Ok(DeskResult {
        taken: row.updated_at.0,
        due: due.map_or(row.updated_at.0, |kept| kept.due_at.0),
        withheld: withheld(wallet, &row.id, &received, &words)?,
        documents: received.credentials.iter().map(|c| document(c, &words, lang)).collect::<Result<_>>()?,
        files: received
            .files
            .iter()
            .map(|f| TakenFile { name: f.name.clone(), mime: f.mime.clone(), size: f.bytes.len() })
            .collect(),
    })
}

fn document(credential: &ReceivedCredential, words: &Words, lang: Lang) -> Result<TakenDocument> {
    let members = credential.claims.as_object().into_iter().flatten();
    let claims = members.map(|(name, value)| {
        let name = words.claim(&credential.vct, std::slice::from_ref(name))?;
        // Beside what a clerk can read stands the whole: the lines leave something out.
        Ok(match section::lines(value, words) {
            Some(lines) => TakenClaim { name, value: lines.join("\n"), whole: Some(text_of(value, lang)) },
            None => TakenClaim { name, value: text_of(value, lang), whole: None },
        })
    });
    Ok(TakenDocument {
        name: words.document(&credential.vct)?,
        issuer: credential.issuer.as_ref().map(|names| names.in_lang(lang).to_owned()),
        status: status(credential.status).to_owned(),
        claims: claims.collect::<Result<_>>()?,
    })
}

fn status(status: StatusNow) -> &'static str {
    match status {
        StatusNow::NoList => "no-list",
        StatusNow::NotChecked => "not-checked",
        StatusNow::Checked { status: Status::Valid, .. } => "valid",
        StatusNow::Checked { status: Status::Invalid, .. } => "revoked",
        StatusNow::Checked { status: Status::Suspended, .. } => "suspended",
        StatusNow::Checked { .. } => "unknown",
    }
}

/// What was asked for and did not come. Why, nobody is told: it may not be held, or not be given.
fn withheld(wallet: &Wallet, id: &Id, received: &Received, words: &Words) -> Result<Vec<String>> {
    let Ok(text) = wallet.stored_request(id) else { return Ok(Vec::new()) };
    let request = StoredRequest::read(&text)?;
    let mut missing = Vec::new();
    for asked in request.dcql().credentials() {
        let came = received.credentials.iter().find(|credential| credential.query == asked.id());
        let Some(vct) = asked.vct_values().first() else { continue };
        for claim in asked.claims() {
            let came = came.is_some_and(|c| !claim.path().resolve(&c.claims).is_empty());
            if !came {
                let path = keys_of(claim.path());
                missing.push(format!("{} · {}", words.document(vct)?, words.claim(vct, &path)?));
            }
        }
    }
    Ok(missing)
}

/// The names on the way to a claim: an element of a list is named as the list.
fn keys_of(path: &ClaimPath) -> Vec<String> {
    let key = |element: &PathElement| match element {
        PathElement::Key(name) => Some(name.clone()),
        PathElement::Index(_) | PathElement::All => None,
    };
    path.elements().iter().filter_map(key).collect()
}

/// A value as a person reads it; of words in several languages, the reader's.
fn text_of(value: &Value, lang: Lang) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Object(members) if members.contains_key(lang.tag()) => {
            members.get(lang.tag()).map(|value| text_of(value, lang)).unwrap_or_default()
        }
        Value::Array(items) => items.iter().map(|item| text_of(item, lang)).collect::<Vec<_>>().join("\n"),
        Value::Object(_) => serde_json::to_string_pretty(value).unwrap_or_default(),
        other => other.to_string(),
    }
}
