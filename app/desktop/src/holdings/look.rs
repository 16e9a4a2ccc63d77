//! Looking at what waits before it is kept: what it is, who signed it, its fields behind their masks.

use std::fs::File;
use std::io::Read as _;
use std::path::PathBuf;
use std::sync::Arc;

use chop_core::flow;
use chop_core::holdings::{Form, Import, Imported, Own, Seal};
use chop_core::issuance::{Preview, Receiving, Step};
use chop_core::notice::Words;
use chop_core::plumbing::formats::openid4vci::{InputMode, IssuanceRule, OfferText, TxCode};
use chop_core::plumbing::formats::openid4vp::RequestLink;
use chop_core::qr::{self, PICTURE_BYTES_MAX, QrError};
use chop_core::{Error, Result, Wallet, WalletError};
use chop_transport::{Cancel, Client};
use serde_json::Value;

use crate::dto::intake::{CodeAsked, Incoming, Look};
use crate::failure::Failure;
use crate::holdings::cards::{reason_key, validity};
use crate::holdings::fields;
use crate::holdings::intake::{Comer, Source};
use crate::holdings::item::IPS_VCT;
use crate::state::hold;

/// Looks at what waits. A picture is searched for a code first; a link is asked as far as it goes.
pub(crate) fn look(wallet: &Wallet, words: &Words, comer: &Comer, client: &Client) -> Result<Look> {
    let mut picture = None;
    let mut is_from_code = false;
    match in_picture(comer) {
        InPicture::None => {}
        InPicture::Unread(error) => picture = Some(Failure::of(&error, words.lang())),
        InPicture::Message => return Ok(Look::Message),
        InPicture::Found(source) => {
            comer.becomes(source);
            is_from_code = true;
        }
    }
    if let Some(receiving) = taken_out(comer) {
        return ask(wallet, words, comer, receiving?, client);
    }
    let size = comer.size_now();
    if own_record(comer)? {
        comer.becomes_record();
    }
    let (mut bytes, form) = comer.open()?;
    let import = Import { form, title: None, name: &comer.name, size, bytes: &mut bytes };
    let seen = wallet.look_at(import)?;
    let vct = if seen.form == Form::Ips { IPS_VCT } else { &seen.doc_type };
    let (groups, is_cut) = fields::groups(words, (vct, &seen.claims), None)?;
    let now = wallet.ports().clock.now();
    Ok(Look::Preview(Box::new(Incoming {
        form: seen.form.name().to_owned(),
        type_name: words.document(vct)?,
        title: (seen.title != seen.doc_type && !seen.title.is_empty()).then_some(seen.title),
        issuer: seen.issuer,
        seal: seen.seal.into(),
        seal_text: words.say(reason_key(seen.seal, &seen.seal_reason))?,
        expires_at: seen.expires_at.map(|at| at.0),
        validity: validity(seen.expires_at, now),
        size,
        groups,
        is_cut,
        is_from_code,
        picture,
    })))
}

/// Gives the issuer the code that the holder typed, and looks on.
pub(crate) fn code(
    wallet: &Wallet,
    words: &Words,
    comer: &Comer,
    (typed, client): (&str, &Client),
) -> Result<Look> {
    let mut receiving = taken_out(comer).ok_or(WalletError::WrongStep)??;
    if let Err(error) = receiving.with_code(typed) {
        comer.becomes(Source::Link(Some(receiving)));
        return Err(error);
    }
    ask(wallet, words, comer, receiving, client)
}

/// Keeps what came from a link, and tells the issuer if it wants to hear. Nothing for what is no link.
pub(crate) fn keep_link(
    wallet: &Wallet,
    comer: &Comer,
    (title, client): (Option<&str>, &Client),
) -> Option<Result<Imported>> {
    let receiving = match taken_out(comer)? {
        Ok(receiving) => receiving,
        Err(error) => return Some(Err(error)),
    };
    let kept = wallet.keep_credential(&receiving, title).map(|(imported, call)| {
        // That it cannot be reached changes nothing here.
        let _ = call.map(|call| client.make(&call, &Cancel::default()));
        imported
    });
    if kept.is_err() {
        comer.becomes(Source::Link(Some(receiving)));
    }
    Some(kept)
}

/// Tells the issuer of a link that nothing was kept.
pub(crate) fn decline_link(wallet: &Wallet, comer: &Comer, client: &Client) {
    if let Some(Ok(receiving)) = taken_out(comer)
        && let Some(call) = wallet.decline_credential(&receiving)
    {
        let _ = client.make(&call, &Cancel::default());
    }
}

/// Whether a text is an issuer's link.
pub(crate) fn is_link(text: &str) -> bool {
    OfferText::is_meant(text.trim())
}

/// What a code in a picture said.
enum InPicture {
    /// It is no picture, or there is nothing of ours in it.
    None,
    /// It could not be read: broken, or too large.
    Unread(Error),
    /// A message of another room.
    Message,
    /// A credential, or an issuer's link.
    Found(Source),
}

fn in_picture(comer: &Comer) -> InPicture {
    let Some(path) = picture_path(comer) else { return InPicture::None };
    let mut bytes = Vec::new();
    let most = u64::try_from(PICTURE_BYTES_MAX).unwrap_or(u64::MAX);
    if File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes)).is_err() {
        return InPicture::None;
    }
    match qr::read(&bytes) {
        Ok(texts) => in_texts(&texts),
        Err(QrError::NoCode | QrError::PictureForm) => InPicture::None,
        Err(error) => InPicture::Unread(error.into()),
    }
}

fn in_texts(texts: &[String]) -> InPicture {
    for text in texts {
        if is_link(text) {
            return match Receiving::begin(text) {
                Ok(receiving) => InPicture::Found(Source::Link(Some(Box::new(receiving)))),
                Err(error) => InPicture::Unread(error),
            };
        }
        if Form::of(text.as_bytes()) == Form::SdJwt {
            let bytes = Arc::new(text.trim().as_bytes().to_vec());
            return InPicture::Found(Source::Text(bytes, Some(Form::SdJwt)));
        }
    }
    let is_message = texts.iter().any(|text| RequestLink::is_meant(text) || text.starts_with("CHOP"));
    if is_message || flow::read(texts).is_ok() { InPicture::Message } else { InPicture::None }
}

/// The path of a file that is small enough and named as a picture that we read.
fn picture_path(comer: &Comer) -> Option<PathBuf> {
    let ending = comer.name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let most = u64::try_from(PICTURE_BYTES_MAX).unwrap_or(u64::MAX);
    let is_picture = ["png", "jpg", "jpeg"].contains(&ending.as_str()) && comer.size <= most;
    match &*hold(&comer.source) {
        Source::File(path) if is_picture => Some(path.clone()),
        _ => None,
    }
}

/// Whether a pasted text is a record: a JSON object, and no summary.
fn own_record(comer: &Comer) -> Result<bool> {
    let text = match &*hold(&comer.source) {
        Source::Text(text, None) => text.clone(),
        _ => return Ok(false),
    };
    Ok(text.trim_ascii_start().starts_with(b"{") && Form::of(&text) == Form::File && Own::read(&text).is_ok())
}

impl Comer {
    fn becomes_record(&self) {
        let mut source = hold(&self.source);
        if let Source::Text(text, None) = &*source {
            *source = Source::Text(text.clone(), Some(Form::Record));
        }
    }
}

/// The issuance of a link, to be put back; nothing for what is no link.
fn taken_out(comer: &Comer) -> Option<Result<Box<Receiving>>> {
    match &mut *hold(&comer.source) {
        Source::Link(receiving) => Some(receiving.take().ok_or_else(|| WalletError::WrongStep.into())),
        _ => None,
    }
}

/// Asks the issuer until there is something to type or to look at. Whatever happens, the issuance is put
/// back: after a wrong code another can be typed.
fn ask(
    wallet: &Wallet,
    words: &Words,
    comer: &Comer,
    mut receiving: Box<Receiving>,
    client: &Client,
) -> Result<Look> {
    let looked = steps(wallet, words, &mut receiving, (client, &comer.cancel));
    comer.becomes(Source::Link(Some(receiving)));
    looked
}

fn steps(
    wallet: &Wallet,
    words: &Words,
    receiving: &mut Receiving,
    (client, cancel): (&Client, &Cancel),
) -> Result<Look> {
    for _ in 0..MOST_CALLS {
        let host = receiving.issuer_host().unwrap_or_default().to_owned();
        let call = match receiving.step(wallet)? {
            Step::Call(call) => call,
            Step::Code(asked) => return Ok(Look::Code(code_asked(host, asked))),
            Step::Preview(preview) => return from_link(wallet, words, preview),
        };
        let answer = client.make(&call, cancel)?;
        receiving.take(wallet, &answer)?;
    }
    Err(IssuanceRule::WrongStep.into())
}

fn code_asked(host: String, asked: &TxCode) -> CodeAsked {
    CodeAsked {
        host,
        said: asked.description.clone(),
        length: asked.length.and_then(|length| u32::try_from(length).ok()),
        is_numeric: asked.input == InputMode::Numeric,
        tries: asked.tries.and_then(|tries| u32::try_from(tries).ok()),
    }
}

/// What came from a link: its seal holds, or it would not have come so far.
fn from_link(wallet: &Wallet, words: &Words, preview: &Preview) -> Result<Look> {
    let claims = match &preview.claims {
        Value::Object(claims) => claims.clone(),
        _ => serde_json::Map::new(),
    };
    let (groups, is_cut) = fields::groups(words, (&preview.vct, &claims), None)?;
    Ok(Look::Preview(Box::new(Incoming {
        form: Form::SdJwt.name().to_owned(),
        type_name: words.document(&preview.vct)?,
        title: None,
        issuer: preview.issuer.in_lang(words.lang()).to_owned(),
        seal: Seal::Valid.into(),
        seal_text: words.say(reason_key(Seal::Valid, ""))?,
        expires_at: preview.expires_at.map(|at| at.0),
        validity: validity(preview.expires_at, wallet.ports().clock.now()),
        size: 0,
        groups,
        is_cut,
        is_from_code: false,
        picture: None,
    })))
}

/// Calls of one issuance: offer, metadata, server, token, nonce, credential.
const MOST_CALLS: usize = 8;
