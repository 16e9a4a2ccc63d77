//! Records that a holder writes after a form of the catalogue: one field a line, checked while typed.
//! What is kept stays the holder's own word, whatever the form.

use std::collections::BTreeMap;

use chop_core::holdings::{FORM_CLAIM, Form, Import, Imported};
use chop_core::notice::Words;
use chop_core::plumbing::catalog::{Catalog, DocType, Field, FieldKind, Place, check_document};
use chop_core::plumbing::model::ItemId;
use chop_core::{Error, Result, Wallet, WalletError};
use serde_json::{Map, Value};

use crate::dto::fields::{Draft, FindingLine, FormLine, FormName, PaperForm};
use crate::holdings::fields::{class_key, clear, finding_lines};
use crate::holdings::item;

/// Every form.
pub(crate) fn names(wallet: &Wallet, words: &Words) -> Result<Vec<FormName>> {
    let name = |doc_type: &DocType| FormName {
        code: doc_type.code.clone(),
        name: doc_type.names.in_lang(words.lang()).to_owned(),
        place: place_code(doc_type.place).to_owned(),
    };
    Ok(wallet.catalog()?.types().iter().map(name).collect())
}

/// One form with its lines.
pub(crate) fn form(wallet: &Wallet, words: &Words, code: &str) -> Result<PaperForm> {
    let catalog = wallet.catalog()?;
    let doc_type = find(&catalog, code)?;
    let lines = doc_type.fields.iter().filter(|field| is_written(field)).map(|field| {
        Ok(FormLine {
            key: field.key.clone(),
            name: field.names.in_lang(words.lang()).to_owned(),
            kind: field.kind.code().to_owned(),
            values: field.values.clone(),
            example: field.example.clone(),
            class: words.say(class_key(field.class))?,
            level: field.level.code().to_owned(),
        })
    });
    Ok(PaperForm {
        code: doc_type.code.clone(),
        name: doc_type.names.in_lang(words.lang()).to_owned(),
        lines: lines.collect::<Result<_>>()?,
    })
}

/// What is wrong or strange in what was written so far.
pub(crate) fn check(wallet: &Wallet, words: &Words, draft: &Draft) -> Result<Vec<FindingLine>> {
    let catalog = wallet.catalog()?;
    let doc_type = find(&catalog, &draft.code)?;
    let now = wallet.ports().clock.now();
    finding_lines(words, check_document(doc_type, &written(draft), now).iter())
}

/// Keeps what was written, in the place of `replaces` where it is written on.
pub(crate) fn keep(
    wallet: &Wallet,
    words: &Words,
    draft: &Draft,
    replaces: Option<&ItemId>,
) -> Result<Imported> {
    let catalog = wallet.catalog()?;
    let doc_type = find(&catalog, &draft.code)?;
    let claims = claims(doc_type, draft);
    if claims.is_empty() {
        return Err(WalletError::UnknownForm.into());
    }
    let own = claims.into_iter().chain([(FORM_CLAIM.to_owned(), Value::from(draft.code.as_str()))]);
    let bytes = Value::Object(own.collect()).to_string().into_bytes();
    let name = doc_type.names.in_lang(words.lang());
    let title = if draft.title.trim().is_empty() { name } else { draft.title.trim() };
    let import = Import {
        form: Some(Form::Record),
        title: Some(title),
        name: "record.json",
        size: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
        bytes: &mut bytes.as_slice(),
    };
    match replaces {
        Some(id) => wallet.replace(id, import),
        None => wallet.import(import),
    }
}

/// A record as its holder wrote it, to write on.
pub(crate) fn draft_of(wallet: &Wallet, id: &ItemId) -> Result<Draft> {
    let claims = item::claims(wallet, id)?.unwrap_or_default();
    let code = claims.get(FORM_CLAIM).and_then(Value::as_str).ok_or(WalletError::UnknownForm)?.to_owned();
    let values =
        claims.iter().filter(|(key, _)| *key != FORM_CLAIM).map(|(key, value)| (key.clone(), line(value)));
    Ok(Draft { title: wallet.item(id)?.row.title, values: values.collect(), code })
}

fn find<'a>(catalog: &'a Catalog, code: &str) -> Result<&'a DocType> {
    catalog.doc_type(code).ok_or_else(|| Error::from(WalletError::UnknownForm))
}

/// Pictures and things with parts are not written by hand.
fn is_written(field: &Field) -> bool {
    !matches!(field.kind, FieldKind::Image | FieldKind::Object)
}

fn written(draft: &Draft) -> BTreeMap<String, String> {
    let lines = draft.values.iter().map(|(key, value)| (key.clone(), value.trim().to_owned()));
    lines.filter(|(_, value)| !value.is_empty()).collect()
}

fn claims(doc_type: &DocType, draft: &Draft) -> Map<String, Value> {
    let written = written(draft);
    let fields = doc_type.fields.iter().filter(|field| is_written(field));
    fields
        .filter_map(|field| Some((field.key.clone(), value(field.kind, written.get(&field.key)?))))
        .collect()
}

/// What a line means. A number that is none stays the text it is: the check has said so.
fn value(kind: FieldKind, text: &str) -> Value {
    match kind {
        FieldKind::Bool => text.parse::<bool>().map_or_else(|_| Value::from(text), Value::from),
        FieldKind::Integer => text.parse::<i64>().map_or_else(|_| Value::from(text), Value::from),
        FieldKind::List => {
            text.lines().map(str::trim).filter(|line| !line.is_empty()).map(Value::from).collect()
        }
        _ => Value::from(text),
    }
}

fn line(value: &Value) -> String {
    match value {
        Value::Array(items) => items.iter().map(clear).collect::<Vec<_>>().join("\n"),
        other => clear(other),
    }
}

fn place_code(place: Place) -> &'static str {
    match place {
        Place::Cn => "CN",
        Place::Hk => "HK",
        Place::Mo => "MO",
        Place::Any => "",
    }
}
