//! Holdings: import, items, show, search, replace, erase.

use std::fs::File;
use std::io::{BufRead, IsTerminal, stdin};
use std::path::Path;

use chop_core::Error;
use chop_core::holdings::{Form, Import, Imported, ItemView, Mark, Seal, share_word};
use chop_core::mask::{masked, masked_text};
use chop_core::plumbing::model::{Id, ItemId};
use chop_core::plumbing::vault::table::item::{Card, Shelf};
use serde_json::{Value, json};

use super::session::{Context, Session, find_id};
use crate::args::{self, EraseArgs, ImportArgs, ShowArgs};
use crate::exit::Failure;
use crate::files;
use crate::report::Report;
use crate::say::Say;
use crate::terminal::json_text;

/// Takes something in.
pub(crate) fn import(context: Context<'_>, args: &ImportArgs) -> Result<Report, Failure> {
    let session = context.open()?;
    let (form, title) = (args.form.map(Form::from), args.title.as_deref());
    let imported = with_file(&args.file, form, title, |import| session.wallet.import(import))?;
    let (about, catalogued) = super::papers::about(&session, context.say, &imported.id)?;
    let mut report = imported_report(context.say, "imported", &imported);
    report.text = [vec![report.text], about].concat().join("\n");
    report.json["catalog"] = catalogued;
    Ok(session.report(report))
}

/// Puts a newer version in place.
pub(crate) fn replace(context: Context<'_>, id: &str, file: &Path) -> Result<Report, Failure> {
    let session = context.open()?;
    let id = item_id(&session, id)?;
    let form = session.wallet.item(&id)?.form;
    let imported = with_file(file, form, None, |import| session.wallet.replace(&id, import))?;
    Ok(session.report(imported_report(context.say, "replaced", &imported)))
}

/// Lists the cards of a shelf, or of both.
pub(crate) fn items(context: Context<'_>, shelf: Option<args::Shelf>, limit: u32) -> Result<Report, Failure> {
    let session = context.open()?;
    let cards = session.wallet.cards(shelf.map(Shelf::from), None, limit)?;
    let mut report = cards_report(context.say, &cards);
    mark_conflicts(&session, context.say, &cards, &mut report)?;
    Ok(session.report(report))
}

/// A badge on each card that has a copy of a field that differs elsewhere (gba.md row 28).
fn mark_conflicts(session: &Session, say: &Say, cards: &[Card], report: &mut Report) -> Result<(), Failure> {
    let differing = super::papers::in_conflict(session)?;
    let marks = cards.iter().map(|card| differing.contains(&card.id));
    let lines = report.text.lines().zip(marks.clone()).map(|(line, is_marked)| match is_marked {
        true => format!("{line}  ·  {}", say.say("badge-conflict")),
        false => line.to_owned(),
    });
    if !cards.is_empty() {
        report.text = lines.collect::<Vec<_>>().join("\n");
    }
    for (at, is_marked) in marks.enumerate() {
        report.json["items"][at]["conflict"] = is_marked.into();
    }
    Ok(())
}

/// Finds cards by words.
pub(crate) fn search(context: Context<'_>, words: &str, limit: u32) -> Result<Report, Failure> {
    let session = context.open()?;
    let cards = session.wallet.search(words, limit)?;
    Ok(session.report(cards_report(context.say, &cards)))
}

/// Shows one holding; its values only when asked for.
pub(crate) fn show(context: Context<'_>, args: &ShowArgs) -> Result<Report, Failure> {
    let session = context.open()?;
    let id = item_id(&session, &args.id)?;
    let view = session.wallet.item(&id)?;
    if let Some(path) = &args.out {
        write_content(&session, &view, path)?;
    }
    let content = match view.form {
        None | Some(Form::File) => Value::Null,
        Some(form) => content_of(form, &session.wallet.text_of(&id)?),
    };
    let content = if args.reveal { content } else { masked(&content) };
    let mark = session.wallet.mark(&id)?;
    let (about, catalogued) = super::papers::about(&session, context.say, &id)?;
    let mut text = view_text(context.say, &view, &content, args.reveal);
    text = [vec![text, mark_text(context.say, &mark)], about].concat().join("\n");
    let mut json = view_json(&view, &content, args.reveal);
    json["catalog"] = catalogued;
    json["share"] = share_word(mark.share).into();
    json["subject"] = json!(mark.subject.map(|id| id.to_string()));
    json["biometrics"] = mark.biometric.into();
    Ok(session.report(Report::done(text, json)))
}

/// How an item is shared, and whom it is about.
pub(crate) fn mark_text(say: &Say, mark: &Mark) -> String {
    let share = say.say(&format!("share-{}", share_word(mark.share)));
    let mut lines = vec![format!("{}: {share}", say.say("label-share"))];
    lines.extend(mark.subject.map(|id| format!("{}: {id}", say.say("label-subject"))));
    lines.extend(mark.biometric.then(|| say.say("biometrics-allowed")));
    lines.join("\n")
}

fn write_content(session: &Session, view: &ItemView, path: &Path) -> Result<(), Failure> {
    let id = &view.row.id;
    match view.form {
        Some(Form::File) => Ok(session.wallet.copy_file(id, &mut files::create(path)?)?),
        _ => files::write_new(path, session.wallet.text_of(id)?.as_bytes()),
    }
}

fn view_text(say: &Say, view: &ItemView, content: &Value, is_revealed: bool) -> String {
    let row = &view.row;
    let mut lines = vec![
        if is_revealed { row.title.clone() } else { masked_text(&row.title) },
        format!("{}: {}", say.say("label-id"), row.id),
        format!("{}: {}", say.say("label-versions"), view.versions.len()),
    ];
    if view.form.is_none() {
        lines.push(say.say("content-erased"));
        return lines.join("\n");
    }
    lines.push(format!("{}: {}", say.say("label-type"), say.document(&row.doc_type)));
    lines.push(format!("{}: {}", say.say("label-issuer"), issuer_or_own(say, &row.issuer)));
    lines.push(format!("{}: {}", say.say("label-seal"), seal_text(say, row.seal, &row.seal_reason)));
    if !content.is_null() {
        lines.push(json_text(content));
        lines.extend((!is_revealed).then(|| say.say("content-masked")));
    }
    lines.join("\n")
}

fn view_json(view: &ItemView, content: &Value, is_revealed: bool) -> Value {
    let row = &view.row;
    let versions: Vec<_> = view
        .versions
        .iter()
        .map(|(no, at, size)| json!({ "version": no, "added": at.0, "bytes": size }))
        .collect();
    json!({
        "id": row.id.to_string(), "title": if is_revealed { row.title.clone() } else { masked_text(&row.title) }, "type": row.doc_type, "form": view.form.map(Form::name),
        "issuer": row.issuer, "seal": seal_word(row.seal), "sealReason": row.seal_reason,
        "expires": row.expires_at.map(|at| at.0), "erased": view.form.is_none(), "versions": versions,
        "masked": !is_revealed, "content": content,
    })
}

/// Destroys the content of a holding, after a yes.
pub(crate) fn erase(context: Context<'_>, args: &EraseArgs) -> Result<Report, Failure> {
    let session = context.open()?;
    let id = item_id(&session, &args.id)?;
    let title = session.wallet.item(&id)?.row.title;
    if !args.yes && !is_yes(&context.say.say_with("erase-sure", &[("title", &title)]), context.say)? {
        return Err(Failure::usage("nothing-done"));
    }
    session.wallet.erase(&id)?;
    let text = context.say.say_with("erased", &[("title", &title)]);
    Ok(session.report(Report::done(text, json!({ "id": id.to_string(), "erased": true }))))
}

fn with_file<T>(
    path: &Path,
    form: Option<Form>,
    title: Option<&str>,
    take: impl FnOnce(Import<'_>) -> Result<T, Error>,
) -> Result<T, Failure> {
    let mut file = File::open(path).map_err(|error| files::cannot(path, &error))?;
    let size = file.metadata().map_err(|error| files::cannot(path, &error))?.len();
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(take(Import { form, title, name: &name, size, bytes: &mut file })?)
}

fn imported_report(say: &Say, key: &str, imported: &Imported) -> Report {
    let id = imported.id.to_string();
    let values = [("title", imported.title.as_str()), ("id", id.as_str())];
    let said = match key {
        "replaced" => say.say_with("replaced", &values),
        _ => say.say_with("imported", &values),
    };
    let seal = format!("{}: {}", say.say("label-seal"), seal_text(say, imported.seal, &imported.seal_reason));
    let json = json!({
        "id": id, "form": imported.form.name(), "type": imported.doc_type, "title": imported.title,
        "issuer": imported.issuer, "seal": seal_word(imported.seal), "sealReason": imported.seal_reason,
    });
    Report::done(format!("{said}\n{seal}"), json)
}

fn cards_report(say: &Say, cards: &[Card]) -> Report {
    let text = match cards {
        [] => say.say("nothing-found"),
        cards => cards.iter().map(|card| card_line(say, card)).collect::<Vec<_>>().join("\n"),
    };
    Report::done(text, json!({ "items": cards.iter().map(card_json).collect::<Vec<_>>() }))
}

/// One card as a line of a list.
pub(crate) fn card_line(say: &Say, card: &Card) -> String {
    let id: String = card.id.to_string().chars().take(SHORT_ID).collect();
    let issuer = if card.issuer.is_empty() { String::new() } else { format!("{}  ·  ", card.issuer) };
    let seal = say.say(reason_key(card.seal, &card.seal_reason));
    format!("{id}  {}  ·  {}  ·  {issuer}{seal}", masked_text(&card.title), say.document(&card.doc_type))
}

fn card_json(card: &Card) -> Value {
    json!({
        "id": card.id.to_string(), "shelf": shelf_word(card.shelf), "form": card.format, "type": card.doc_type,
        "title": masked_text(&card.title), "issuer": card.issuer, "version": card.version, "updated": card.updated_at.0,
        "expires": card.expires_at.map(|at| at.0), "seal": seal_word(card.seal), "sealReason": card.seal_reason,
    })
}

/// What a credential, a bundle or a record says.
fn content_of(form: Form, text: &str) -> Value {
    match form {
        Form::SdJwt => chop_core::plumbing::formats::sd_jwt::Held::read(text)
            .map(|held| held.claims().clone())
            .unwrap_or_default(),
        _ => serde_json::from_str(text).unwrap_or_default(),
    }
}

pub(super) fn item_id(session: &Session, start: &str) -> Result<ItemId, Failure> {
    if let Ok(id) = start.parse::<Id>() {
        return Ok(id);
    }
    let cards = session.wallet.cards(None, None, MOST_CARDS)?;
    find_id(start, cards.into_iter().map(|card| card.id))
}

fn is_yes(question: &str, say: &Say) -> Result<bool, Failure> {
    if !stdin().is_terminal() {
        return Err(Failure::usage("usage-add-yes"));
    }
    crate::terminal::ask(&format!("{question} {}", say.say("type-yes")));
    let mut answer = String::new();
    stdin().lock().read_line(&mut answer).map_err(|_| Failure::usage("nothing-done"))?;
    Ok(["yes", "是", "sim"].contains(&answer.trim()))
}

fn issuer_or_own(say: &Say, issuer: &str) -> String {
    if issuer.is_empty() { say.say("stated-by-holder") } else { issuer.to_owned() }
}

fn seal_text(say: &Say, seal: Seal, reason: &str) -> String {
    format!("{} [{reason}]", say.say(reason_key(seal, reason)))
}

/// What the issuer's list says goes before what the signature alone says.
fn reason_key(seal: Seal, reason: &str) -> &'static str {
    match reason {
        "seal-status-checked" => "seal-status-checked",
        "seal-status-other" => "seal-status-other",
        "seal-revoked" => "seal-revoked",
        "seal-suspended" => "seal-suspended",
        _ => seal_key(seal),
    }
}

fn seal_key(seal: Seal) -> &'static str {
    match seal {
        Seal::Valid => "seal-valid",
        Seal::Invalid => "seal-invalid",
        Seal::CannotCheck => "seal-cannot-check",
        Seal::SelfStated => "stated-by-holder",
    }
}

fn seal_word(seal: Seal) -> &'static str {
    match seal {
        Seal::Valid => "valid",
        Seal::Invalid => "invalid",
        Seal::CannotCheck => "cannot-check",
        Seal::SelfStated => "self-stated",
    }
}

fn shelf_word(shelf: Shelf) -> &'static str {
    match shelf {
        Shelf::Credential => "credentials",
        Shelf::Data => "data",
    }
}

impl From<args::Shelf> for Shelf {
    fn from(shelf: args::Shelf) -> Self {
        match shelf {
            args::Shelf::Credentials => Self::Credential,
            args::Shelf::Data => Self::Data,
        }
    }
}

impl From<args::Form> for Form {
    fn from(form: args::Form) -> Self {
        match form {
            args::Form::SdJwt => Self::SdJwt,
            args::Form::Ips => Self::Ips,
            args::Form::File => Self::File,
            args::Form::Record => Self::Record,
        }
    }
}

/// Characters of an id that a list shows; any beginning that is enough to tell is taken.
const SHORT_ID: usize = 8;
/// Cards among which the beginning of an id is looked for.
const MOST_CARDS: u32 = 100_000;
