//! Look, grant, decline: the page, the choices, the acts.

use std::collections::{BTreeMap, BTreeSet};

use chop_core::WalletError;
use chop_core::flow::{Agreement, Choices, ChosenValue, ConsentPrompt, Note, Page};
use chop_core::holdings::share_word;
use chop_core::plumbing::formats::claim_path::{ClaimPath, PathElement};
use chop_core::plumbing::model::{Id, ItemId};
use chop_core::plumbing::policy::{Level, Topic};
use serde_json::{Value, json};

use super::agreed::consent_id;
use super::exchange::send;
use super::online::{Asking, WayBack};
use super::session::{Context, find_id};
use crate::args::{ChoiceArgs, DeclineArgs, GrantArgs, LookArgs};
use crate::exit::Failure;
use crate::report::Report;
use crate::say::Say;

/// Reads a request and shows the page. Nothing is sent or kept.
pub(crate) fn look(context: Context<'_>, args: &LookArgs) -> Result<Report, Failure> {
    let asked = Asking::read(&args.pictures)?;
    let session = context.open()?;
    let prompt = asked.look(context, &session, &args.net, args.again)?;
    let chosen = choices(&prompt, &args.choices)?;
    let is_chosen = !chosen.claims.is_empty();
    // With nothing chosen the page shows all that is asked for, so that one can choose; it has no code.
    let shown = if is_chosen { chosen.clone() } else { everything_held(&prompt) };
    let page = prompt.page(&shown, context.say.lang())?;
    let values = session.wallet.chosen_values(&prompt, &chosen)?;
    let footer = footer(context.say, &prompt, &page, &chosen);
    let values_text = values_text(context.say, &values, args.reveal);
    let text = format!("{}\n{values_text}{footer}", page.notice.to_text().trim_end());
    let mut json = page_json(&prompt, &page, &chosen);
    json["values"] = values_json(&values, args.reveal);
    json["level"] = page.level.code().into();
    Ok(session.report(Report::done(text, json)))
}

/// Grants exactly the page that was agreed to: T1.
pub(crate) fn grant(context: Context<'_>, args: &GrantArgs) -> Result<Report, Failure> {
    let asked = Asking::read(&args.pictures)?;
    let topics = args.consent.iter().map(|topic| topic_of(topic)).collect::<Result<Vec<_>, _>>()?;
    let way = asked.way_back(args)?;
    let session = context.open()?;
    // Whoever types the code of a page has read it, and asked for it where it did not come up by itself.
    let prompt = asked.look(context, &session, &args.net, true)?;
    let chosen = choices(&prompt, &args.choices)?;
    let mut agreement = Agreement::to(&args.agree, context.say.lang(), &session.wallet)?;
    for topic in topics {
        agreement.consent(topic, &session.wallet)?;
    }
    if chosen.as_guardian {
        agreement.sign_as_guardian(&session.wallet)?;
    }
    if prompt.page(&chosen, context.say.lang())?.level.wants_presence() {
        // However long ago the space was opened: the owner proves to be there for this grant.
        session.wallet.reauthenticate(&context.passphrase_again()?)?;
    }
    let consent = prompt.answer(&chosen, &agreement).map_err(|(_, error)| Failure::Refused(error))?;
    let replaced = args.replaces.as_ref().map(|start| consent_id(&session, start)).transpose()?;
    let consent = match replaced {
        Some(old) => consent.replacing(old),
        None => consent,
    };
    match way {
        WayBack::Pictures(folder, out) => {
            let outbound = session.wallet.grant(consent)?;
            send(context.say, &session, outbound, &folder, &out)
        }
        WayBack::Post { number } => {
            let answer = session.wallet.answer_online(consent, &number)?;
            asked.forget(context);
            super::online::post(context.say, &session, answer, &args.net)
        }
    }
}

/// Says no, and keeps a line of it.
pub(crate) fn decline(context: Context<'_>, args: &DeclineArgs) -> Result<Report, Failure> {
    let asked = Asking::read(&args.pictures)?;
    let session = context.open()?;
    let prompt = asked.look(context, &session, &args.net, true)?;
    let id = session.wallet.decline(prompt)?.to_string();
    asked.forget(context);
    Ok(session.report(Report::done(context.say.say("declined"), json!({ "exchange": id, "declined": true }))))
}

/// A claim as it is typed: `query:path/to/claim`.
pub(crate) fn claim_word(query: &str, path: &ClaimPath) -> String {
    format!("{query}:{}", steps(path).join("/"))
}

/// The steps of a path as words.
pub(crate) fn steps(path: &ClaimPath) -> Vec<String> {
    let word = |element: &PathElement| match element {
        PathElement::Key(key) => key.clone(),
        PathElement::Index(index) => index.to_string(),
        PathElement::All => "*".to_owned(),
    };
    path.elements().iter().map(word).collect()
}

/// What was typed, held against what was asked.
pub(crate) fn choices(prompt: &ConsentPrompt, args: &ChoiceArgs) -> Result<Choices, Failure> {
    let mut claims: BTreeMap<String, BTreeSet<ClaimPath>> = BTreeMap::new();
    for typed in &args.choose {
        let (query, path) = asked(prompt, typed).ok_or(WalletError::NotAsked)?;
        claims.entry(query.to_owned()).or_default().insert(path.clone());
    }
    let items = args.with.iter().map(|typed| item_of(prompt, typed)).collect::<Result<_, _>>()?;
    let overrides = args.overrides.iter().map(|typed| split(typed)).collect::<Result<_, _>>()?;
    let notes = args.annotate.iter().map(|typed| note_of(prompt, args, typed)).collect::<Result<_, _>>()?;
    Ok(Choices { claims, items, overrides, as_guardian: args.as_guardian, notes })
}

/// What is written on a copy. Its last day follows from the request, so that the page of `look` is the
/// page of `grant`.
fn note_of(prompt: &ConsentPrompt, args: &ChoiceArgs, typed: &str) -> Result<(String, Note), Failure> {
    let (query, reason) = split(typed)?;
    let valid_until = prompt.request().iat().plus(i64::from(args.copy_days) * DAY);
    Ok((query, Note { made_by: args.made_by.clone().unwrap_or_default(), reason, valid_until }))
}

/// Every claim that is asked for and held, of the holding that fits best.
pub(super) fn everything_held(prompt: &ConsentPrompt) -> Choices {
    let held = prompt.queries().iter().filter_map(|query| {
        let best = query.candidates.first()?;
        let paths: BTreeSet<_> =
            query.asked.iter().filter(|path| best.answers.contains(path)).cloned().collect();
        Some((query.id.clone(), paths))
    });
    Choices { claims: held.collect(), ..Choices::default() }
}

fn asked<'a>(prompt: &'a ConsentPrompt, typed: &str) -> Option<(&'a str, &'a ClaimPath)> {
    prompt.queries().iter().find_map(|query| {
        let path = query.asked.iter().find(|path| claim_word(&query.id, path) == typed)?;
        Some((query.id.as_str(), path))
    })
}

fn item_of(prompt: &ConsentPrompt, typed: &str) -> Result<(String, ItemId), Failure> {
    let (query, start) = split(typed)?;
    let asked = prompt.queries().iter().find(|asked| asked.id == query).ok_or(WalletError::NotAsked)?;
    let id: Id = find_id(&start, asked.candidates.iter().map(|candidate| candidate.item))?;
    Ok((query, id))
}

fn split(typed: &str) -> Result<(String, String), Failure> {
    let parts =
        typed.split_once('=').ok_or_else(|| Failure::usage("usage-name-value").with("typed", typed))?;
    Ok((parts.0.to_owned(), parts.1.to_owned()))
}

pub(super) fn topic_of(typed: &str) -> Result<Topic, Failure> {
    Topic::from_code(typed).ok_or_else(|| Failure::usage("usage-no-topic").with("typed", typed))
}

/// What the chosen claims say, each on a line, behind its mask unless it was asked for.
fn values_text(say: &Say, values: &[ChosenValue], is_revealed: bool) -> String {
    if values.is_empty() {
        return String::new();
    }
    let mut text = format!("\n{}\n", say.say("values-that-go"));
    for value in values {
        let said = if is_revealed { value.revealed().clone() } else { value.masked() };
        let said = said.as_str().map_or_else(|| said.to_string(), str::to_owned);
        text.push_str(&format!("  {}: {said}\n", say.claim(&value.vct, &steps(&value.path))));
    }
    if !is_revealed {
        text.push_str(&format!("  {}\n", say.say("content-masked")));
    }
    text
}

fn values_json(values: &[ChosenValue], is_revealed: bool) -> Value {
    let one = |value: &ChosenValue| {
        let said = if is_revealed { value.revealed().clone() } else { value.masked() };
        json!({ "claim": claim_word(&value.query, &value.path), "value": said, "masked": !is_revealed })
    };
    values.iter().map(one).collect()
}

/// What can be chosen, what else is wanted, and the code that agrees to exactly this page.
pub(super) fn footer(say: &Say, prompt: &ConsentPrompt, page: &Page, chosen: &Choices) -> String {
    let mut lines = vec![String::new(), say.say("can-be-chosen")];
    for query in prompt.queries() {
        let best = query.candidates.first();
        for path in &query.asked {
            let is_chosen = chosen.claims.get(&query.id).is_some_and(|paths| paths.contains(path));
            let mark = if is_chosen { "☑" } else { "☐" };
            let held = match best {
                Some(candidate) if candidate.answers.contains(path) => {
                    format!("{} · {}", say.claim(&candidate.vct, &steps(path)), candidate.title)
                }
                Some(candidate) if candidate.withheld.contains(path) => say.say("never-by-qr"),
                _ => say.say("not-held"),
            };
            lines.push(format!("  {mark} --choose {}   {held}", claim_word(&query.id, path)));
        }
    }
    if page.is_blocked {
        lines.push(say.say("page-blocked"));
        return lines.join("\n");
    }
    if chosen.claims.is_empty() {
        lines.push(say.say("nothing-chosen-yet"));
        return lines.join("\n");
    }
    for finding in page.findings.iter().filter(|finding| finding.level == Level::Warn) {
        lines.push(format!("  --override {}=…", finding.rule));
    }
    if !page.separate.is_empty() {
        lines.push(say.say("separate-consents"));
        lines.extend(page.separate.iter().map(|topic| format!("  --consent {}", topic.code())));
    }
    let command = if prompt.request().request().is_some() { "grant" } else { "offer" };
    lines.push(say.say_with("agree-with", &[("command", command), ("code", &page.code)]));
    if prompt.arrival().number().is_some() {
        lines.push(say.say("type-their-number"));
    }
    lines.join("\n")
}

pub(super) fn page_json(prompt: &ConsentPrompt, page: &Page, chosen: &Choices) -> Value {
    let queries: Vec<_> = prompt
        .queries()
        .iter()
        .map(|query| {
            let asked: Vec<_> = query.asked.iter().map(|path| claim_word(&query.id, path)).collect();
            let candidates: Vec<_> = query
                .candidates
                .iter()
                .map(|c| {
                    let answers: Vec<_> = c.answers.iter().map(|path| claim_word(&query.id, path)).collect();
                    json!({ "item": c.item.to_string(), "title": c.title, "issuer": c.issuer, "answers": answers,
                        "share": share_word(c.mark.share), "stated": c.is_own() })
                })
                .collect();
            json!({ "query": query.id, "asked": asked, "candidates": candidates })
        })
        .collect();
    let findings: Vec<_> = page
        .findings
        .iter()
        .map(|finding| {
            let level = if finding.level == Level::Block { "block" } else { "warn" };
            json!({ "rule": finding.rule, "level": level, "code": finding.code, "citation": finding.citation, "confirmed": finding.confirmed })
        })
        .collect();
    let is_chosen = !chosen.claims.is_empty();
    json!({
        "notice": page.notice, "queries": queries, "findings": findings, "blocked": page.is_blocked,
        "separate": page.separate.iter().map(|topic| topic.code()).collect::<Vec<_>>(),
        "code": (is_chosen && !page.is_blocked).then_some(&page.code),
        // What the other screen must show too, for a request that came from another device.
        "number": prompt.arrival().number(),
    })
}

/// Seconds of a day.
const DAY: i64 = 86_400;
