//! One item as a page.

use chop_core::holdings::{Catalogued, FORM_CLAIM, Form, ItemView, Own};
use chop_core::notice::Words;
use chop_core::plumbing::catalog::{Accountable, Known};
use chop_core::plumbing::formats::ips::IpsBundle;
use chop_core::plumbing::formats::sd_jwt::Held;
use chop_core::plumbing::model::{Id, ItemId};
use chop_core::plumbing::vault::table::item::{Card, Row};
use chop_core::{Result, Wallet, WalletError};
use serde_json::{Map, Value};

use crate::dto::fields::{LeafKind, Revealed};
use crate::dto::item::{AccountableLines, FileLine, ItemPage, VersionLine};
use crate::holdings::cards::Cards;
use crate::holdings::fields;

/// One item, every value behind its mask.
pub(crate) fn page(wallet: &Wallet, words: &Words, id: &ItemId) -> Result<ItemPage> {
    let view = wallet.item(id)?;
    let mark = wallet.mark(id)?;
    let card = Cards::of(wallet, words)?.card(&card_of(&view.row))?;
    let claims = claims(wallet, id)?.unwrap_or_default();
    let known = wallet.catalogued(id)?;
    let vct = vct_of(&view, known.as_ref());
    let (groups, is_cut) = fields::groups(words, (&vct, &claims), known.as_ref())?;
    let has_picture =
        groups.iter().flat_map(|group| &group.leaves).any(|leaf| leaf.kind == LeafKind::Picture);
    Ok(ItemPage {
        is_erased: view.form.is_none(),
        form: view.form.map(Form::name).unwrap_or_default().to_owned(),
        level: groups.iter().filter_map(|group| group.level.clone()).max(),
        is_known: known.is_some(),
        is_stale: known.as_ref().is_some_and(|known| known.is_stale),
        accountable: known
            .as_ref()
            .map(|known| accountable(words, &known.doc_type.accountable))
            .transpose()?,
        versions: versions(&view),
        file: file_line(wallet, &view)?,
        biometrics_may_leave: mark.biometric,
        has_biometrics: has_picture,
        subject: mark.subject.map(|id| id.to_string()),
        written_as: text(&claims, FORM_CLAIM).filter(|_| view.form == Some(Form::Record)),
        has_status: claims.contains_key("status"),
        card,
        groups,
        is_cut,
    })
}

/// A clear value, for as long as somebody holds the key down.
pub(crate) fn reveal(
    wallet: &Wallet,
    words: &Words,
    id: &ItemId,
    path: &[String],
) -> Result<Option<Revealed>> {
    let read = |claims| fields::read(words, &claims, path).or_else(|| fields::reveal(&claims, path));
    Ok(claims(wallet, id)?.and_then(read))
}

/// What a holding says; nothing for a file, and for what was erased.
pub(crate) fn claims(wallet: &Wallet, id: &ItemId) -> Result<Option<Map<String, Value>>> {
    let Some(form) = wallet.item(id)?.form.filter(|form| *form != Form::File) else { return Ok(None) };
    let text = wallet.text_of(id)?;
    let members = match form {
        Form::SdJwt => match Held::read(&text)?.claims().clone() {
            Value::Object(members) => members,
            _ => Map::new(),
        },
        Form::Ips => IpsBundle::read(text.as_bytes())?.as_claims(),
        Form::Record | Form::File => Own::read(text.as_bytes())?.claims().clone(),
    };
    Ok(Some(members))
}

/// The type that names the claims of an item: a summary's fields have names, whoever states them.
pub(crate) fn vct_of(view: &ItemView, known: Option<&Catalogued>) -> String {
    match (view.form, known) {
        (_, Some(known)) => known.doc_type.vct.clone(),
        (Some(Form::Ips), None) => IPS_VCT.to_owned(),
        _ => view.row.doc_type.clone(),
    }
}

/// The id in a text of the page.
pub(crate) fn id_of(text: &str) -> Result<Id> {
    text.parse().map_err(|_| WalletError::NoSuchItem.into())
}

fn versions(view: &ItemView) -> Vec<VersionLine> {
    let line = |(number, added_at, size): &(u32, chop_core::plumbing::model::UnixTime, u64)| VersionLine {
        number: *number,
        added_at: added_at.0,
        size: *size,
    };
    view.versions.iter().rev().map(line).collect()
}

/// What is told of a file; its name and type are in its newest version, which only core reads.
fn file_line(wallet: &Wallet, view: &ItemView) -> Result<Option<FileLine>> {
    if view.form != Some(Form::File) {
        return Ok(None);
    }
    let file = wallet.file_of(&view.row.id)?;
    Ok(Some(FileLine { name: file.name, mime: file.mime, size: file.size }))
}

fn card_of(row: &Row) -> Card {
    Card {
        row: row.row,
        id: row.id,
        shelf: row.shelf,
        format: row.format.clone(),
        doc_type: row.doc_type.clone(),
        title: row.title.clone(),
        issuer: row.issuer.clone(),
        version: row.version,
        updated_at: row.updated_at,
        expires_at: row.expires_at,
        seal: row.seal,
        seal_reason: row.seal_reason.clone(),
    }
}

fn accountable(words: &Words, who: &Accountable) -> Result<AccountableLines> {
    let known = |known: &Known| match known {
        Known::Unknown => words.say("catalog-unknown"),
        Known::Named(names) => Ok(names.in_lang(words.lang()).to_owned()),
    };
    let Accountable { responsible, provider, contact } = who;
    Ok(AccountableLines {
        responsible: known(responsible)?,
        provider: known(provider)?,
        contact: known(contact)?,
    })
}

fn text(claims: &Map<String, Value>, name: &str) -> Option<String> {
    claims.get(name).and_then(Value::as_str).map(str::to_owned)
}

/// The type of a patient summary.
pub(crate) const IPS_VCT: &str = "urn:chop:ips:1";
