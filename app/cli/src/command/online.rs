//! Requests by link, answers by post, credentials from an issuer: core says what to call, `chop-transport` calls.

use std::fs;
use std::io::{BufRead, IsTerminal, stdin};
use std::path::{Path, PathBuf};

use chop_core::HttpCall;
use chop_core::flow::online::{Asked, OnlineAnswer, Receipt};
use chop_core::flow::{ConsentPrompt, read};
use chop_core::issuance::{Preview, Receiving, Step};
use chop_core::plumbing::crypto::encoding::to_base64url;
use chop_core::plumbing::crypto::sha256;
use chop_core::plumbing::formats::openid4vp::RequestLink;
use chop_transport::{Cancel, Client};
use serde_json::{Value, json};

use super::exchange::exchange_id;
use super::session::{Context, Session};
use crate::args::{GrantArgs, NetArgs, OutArgs, PicturesArgs, ReceiveCredentialArgs, SendAgainArgs};
use crate::edge;
use crate::exit::{Exit, Failure};
use crate::files;
use crate::net;
use crate::pictures::{self, PictureFolder};
use crate::report::Report;
use crate::say::Say;
use crate::terminal::json_text;
use chop_core::mask::masked;

/// A request as it was typed or photographed.
pub(crate) enum Asking {
    /// By two cameras.
    Optic(String),
    /// By a link.
    Link(String),
}

/// How the answer goes back.
pub(crate) enum WayBack {
    /// By pictures.
    Pictures(PictureFolder, OutArgs),
    /// By a call, for a request whose number was typed.
    Post { number: String },
}

impl Asking {
    /// A link in place of a picture, a picture of a link, or the pictures of a request.
    pub(crate) fn read(args: &PicturesArgs) -> Result<Self, Failure> {
        if let [only] = args.pictures.as_slice()
            && let Some(text) = only.to_str().filter(|text| RequestLink::is_meant(text))
        {
            return Ok(Self::Link(text.to_owned()));
        }
        match pictures::read(&args.pictures)?.as_slice() {
            [text] if RequestLink::is_meant(text) => Ok(Self::Link(text.clone())),
            texts => Ok(Self::Optic(read(texts)?.request()?)),
        }
    }

    /// The prompt. A request that was fetched is kept until it is answered or over, so that the page can
    /// be looked at, chosen on and agreed to in three commands. `again`: the person asks for the page
    /// themself, though they said no a short time ago.
    pub(crate) fn look(
        &self,
        context: Context<'_>,
        session: &Session,
        net: &NetArgs,
        again: bool,
    ) -> Result<ConsentPrompt, Failure> {
        let wallet = &session.wallet;
        let look =
            |asked: &Asked| if again { wallet.look_online_again(asked) } else { wallet.look_online(asked) };
        let link = match self {
            Self::Optic(request) if again => return Ok(wallet.look_again(request)?),
            Self::Optic(request) => return Ok(wallet.look(request)?),
            Self::Link(link) => link,
        };
        let kept = kept_at(context, link)?;
        if let Some(asked) =
            kept.exists().then(|| Asked::from_bytes(&files::read(&kept)?).map_err(Failure::from))
        {
            match look(&asked?) {
                Err(error) if error.code() == "request.expired" => self.forget(context),
                judged => return Ok(judged?),
            }
        }
        let (fetch, call) = session.wallet.fetch(link)?;
        let asked = fetch.take(&net::client(net)?.make(&call, &Cancel::default())?)?;
        let prompt = look(&asked)?;
        files::write_new(&kept, &asked.to_bytes())?;
        Ok(prompt)
    }

    /// Lets go of what was kept.
    pub(crate) fn forget(&self, context: Context<'_>) {
        if let Self::Link(link) = self
            && let Ok(kept) = kept_at(context, link)
        {
            // What stays behind is a request without an answer.
            let _ = fs::remove_file(kept);
        }
    }

    /// Where the answer goes, checked before anything is spent.
    pub(crate) fn way_back(&self, args: &GrantArgs) -> Result<WayBack, Failure> {
        match (self, &args.out, &args.number) {
            (Self::Optic(_), Some(out), _) => {
                let out = OutArgs { out: out.clone(), show: args.show };
                Ok(WayBack::Pictures(PictureFolder::ready(&out.out)?, out))
            }
            (Self::Optic(_), None, _) => Err(Failure::usage("usage-out-folder")),
            (Self::Link(_), _, Some(number)) => Ok(WayBack::Post { number: number.clone() }),
            (Self::Link(_), _, None) => Err(Failure::usage("usage-their-number")),
        }
    }
}

/// Posts an answer, says in the record how it went, and reports.
pub(crate) fn post(
    say: &Say,
    session: &Session,
    answer: OnlineAnswer,
    net: &NetArgs,
) -> Result<Report, Failure> {
    let exchange = answer.exchange().to_string();
    let again = |failure: Failure| match failure {
        Failure::Refused(error) => Failure::Refused(error.with("exchange", &exchange)),
        other => other,
    };
    let client = net::client(net)?;
    let came = match client.make(answer.call(), &Cancel::default()) {
        Ok(came) => came,
        Err(failure) => {
            session.wallet.unsettled(answer)?;
            return Err(again(failure.into()));
        }
    };
    let outcome = session.wallet.settle(answer, &came)?;
    let (key, word, exit) = match &outcome.receipt {
        Receipt::Used => ("posted-used", "used", Exit::Done),
        Receipt::Refused(_) => ("posted-refused", "refused", Exit::Refused),
        Receipt::None if (200..300).contains(&outcome.status) => ("posted-no-receipt", "none", Exit::Done),
        Receipt::None => ("posted-not-taken", "not-taken", Exit::Refused),
        Receipt::Bad(_) => ("posted-bad-receipt", "bad", Exit::Refused),
    };
    let said = match key {
        "posted-used" => say.say("posted-used"),
        "posted-refused" => say.say("posted-refused"),
        "posted-no-receipt" => say.say("posted-no-receipt"),
        "posted-not-taken" => say.say_with("posted-not-taken", &[("status", &outcome.status.to_string())]),
        _ => say.say("posted-bad-receipt"),
    };
    let text = format!("{}: {exchange}\n{said}", say.say("label-exchange"));
    let fault = match outcome.receipt {
        Receipt::Bad(code) => Some(code),
        _ => None,
    };
    let json = json!({
        "exchange": exchange, "posted": true, "status": outcome.status, "receipt": word, "fault": fault,
    });
    Ok(session.report(Report { exit, ..Report::done(text, json) }))
}

/// The stored answer once more.
pub(crate) fn send_again(context: Context<'_>, args: &SendAgainArgs) -> Result<Report, Failure> {
    let session = context.open()?;
    let id = exchange_id(&session, &args.exchange)?;
    let answer = session.wallet.answer_again(&id)?;
    post(context.say, &session, answer, &args.net)
}

/// Takes a credential from an offer.
pub(crate) fn receive(context: Context<'_>, args: &ReceiveCredentialArgs) -> Result<Report, Failure> {
    // Who cannot be asked says so before anything is used up.
    if !args.yes && !stdin().is_terminal() {
        return Err(Failure::usage("usage-add-yes"));
    }
    let text = offer_text(&args.offer)?;
    let mut receiving = Receiving::begin(&text)?;
    let session = context.open()?;
    let client = net::client(&args.net)?;
    if let Some(code) = args.tx_code.as_ref() {
        typed_early(&mut receiving, code)?;
    }
    let preview = loop {
        let call = match receiving.step(&session.wallet)? {
            Step::Call(call) => call,
            Step::Preview(preview) => break preview_json(preview),
            Step::Code(asked) => {
                let tries = asked.tries.map_or_else(|| "?".to_owned(), |tries| tries.to_string());
                let typed = match &args.tx_code {
                    Some(code) => code.clone(),
                    None => ask_code(context.say, &tries)?,
                };
                receiving.with_code(&typed)?;
                continue;
            }
        };
        let answer = client.make(&call, &Cancel::default())?;
        receiving.take(&session.wallet, &answer)?;
    };
    let shown = preview_text(context.say, &preview);
    if !args.yes && !is_yes(context.say, &shown)? {
        tell_issuer(&client, session.wallet.decline_credential(&receiving));
        return Err(Failure::usage("nothing-done"));
    }
    let (imported, call) = session.wallet.keep_credential(&receiving, args.title.as_deref())?;
    let told = tell_issuer(&client, call);
    let id = imported.id.to_string();
    let kept = context.say.say_with("imported", &[("title", &imported.title), ("id", &id)]);
    let mut json = preview;
    if let Value::Object(members) = &mut json {
        members.insert("id".into(), json!(id));
        members.insert("title".into(), json!(imported.title));
        members.insert("issuerTold".into(), json!(told));
    }
    Ok(session.report(Report::done(format!("{shown}\n{kept}"), json)))
}

/// A code for an offer by value is judged before the first call.
fn typed_early(receiving: &mut Receiving, code: &str) -> Result<(), Failure> {
    if receiving.issuer_host().is_some() { Ok(receiving.with_code(code)?) } else { Ok(()) }
}

fn offer_text(offer: &Path) -> Result<String, Failure> {
    if let Some(text) = offer.to_str().filter(|text| text.contains("://")) {
        return Ok(text.to_owned());
    }
    let texts = pictures::read(std::slice::from_ref(&offer.to_owned()))?;
    Ok(texts.into_iter().next().unwrap_or_default())
}

fn preview_json(preview: &Preview) -> Value {
    json!({
        "type": preview.vct, "issuer": preview.issuer, "expires": preview.expires_at.map(|at| at.0),
        "seal": "valid", "claims": masked(&preview.claims),
    })
}

fn preview_text(say: &Say, preview: &Value) -> String {
    let text = |name: &str| preview.get(name).and_then(Value::as_str).unwrap_or_default();
    let issuer = preview.get("issuer").and_then(|names| names.get(say.lang().tag())).and_then(Value::as_str);
    [
        format!("{}: {}", say.say("label-type"), say.document(text("type"))),
        format!("{}: {}", say.say("label-issuer"), issuer.unwrap_or_default()),
        json_text(preview.get("claims").unwrap_or(&Value::Null)),
        say.say("content-masked"),
    ]
    .join("\n")
}

fn ask_code(say: &Say, tries: &str) -> Result<String, Failure> {
    if !stdin().is_terminal() {
        let error = chop_core::plumbing::formats::openid4vci::IssuanceRule::CodeNeeded;
        return Err(Failure::Refused(chop_core::Error::from(error).with("tries", tries)));
    }
    crate::terminal::ask(&say.say_with("ask-tx-code", &[("tries", tries)]));
    read_line()
}

/// A question that only a typed yes answers.
pub(super) fn is_yes(say: &Say, shown: &str) -> Result<bool, Failure> {
    crate::terminal::ask(&format!("{shown}\n{} {}", say.say("keep-sure"), say.say("type-yes")));
    Ok(["yes", "是", "sim"].contains(&read_line()?.as_str()))
}

fn read_line() -> Result<String, Failure> {
    let mut line = String::new();
    stdin().lock().read_line(&mut line).map_err(|_| Failure::usage("nothing-done"))?;
    Ok(line.trim().to_owned())
}

/// Tells the issuer, if it wants to hear. That it cannot be reached changes nothing here.
fn tell_issuer(client: &Client, call: Option<HttpCall>) -> bool {
    let told = call.map(|call| client.make(&call, &Cancel::default()));
    told.is_some_and(|answer| answer.is_ok_and(|answer| (200..300).contains(&answer.status)))
}

/// Beside the key stores, readable for their owner only: whom somebody talks to is nobody else's business.
fn kept_at(context: Context<'_>, link: &str) -> Result<PathBuf, Failure> {
    let space = context.folder()?;
    let name = sha256(format!("{}\n{link}", space.display()).as_bytes());
    let folder = edge::keys_folder(context.common.keys.as_deref())?;
    Ok(folder.join(format!("asked-{}.json", to_base64url(&name))))
}
