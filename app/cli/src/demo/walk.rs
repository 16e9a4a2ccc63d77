//! The walk: every message drawn, written as pictures and read back from those pictures.

use std::path::PathBuf;

use chop_core::flow::{
    self, Accepted, Agreement, Choices, ConsentPrompt, Inbound, Outbound, Page, Received, RequestDraft,
};
use chop_core::plumbing::formats::dcql::DcqlQuery;
use chop_core::plumbing::formats::frame::MessageKind;
use chop_core::plumbing::model::{Id, Lang, UseTerms};
use chop_core::{Error, Wallet, WalletError, samples};
use serde_json::{Value, json};

use super::stage::{HOSPITAL, RESIDENT, Stage};
use super::{kept, law};
use crate::command::{claim_word, kind_word};
use crate::exit::Failure;
use crate::pictures::{self, PictureFolder};
use crate::say::Say;

/// What the walk leaves for the rest of the story.
pub(crate) struct Walked {
    /// The exchange in the resident's space.
    pub(crate) exchange: Id,
    /// The pictures of the request and of the data, to be tried a second time.
    pub(crate) request: Vec<PathBuf>,
    pub(crate) data: Vec<PathBuf>,
    pub(crate) json: Value,
}

/// One message with its pictures.
pub(super) struct Carried {
    pub(super) exchange: Id,
    pictures: Vec<PathBuf>,
    pub(super) inbound: Inbound,
    json: Value,
}

/// Walks from the question to the use receipt.
pub(crate) fn walk(stage: &Stage<'_>) -> Result<Walked, Failure> {
    let (hospital, resident) = (stage.open(HOSPITAL)?, stage.open(RESIDENT)?);

    let refused = without_a_why(stage, &hospital, &resident)?;
    let asked = hospital.ask(draft(samples::outpatient_terms())?)?;
    let request = carry(stage, &hospital, asked, "1")?;
    stage.tell("demo-asks", &[("count", &request.pictures.len().to_string())]);
    draw_first(stage, &request)?;

    let prompt = resident.look(&request.inbound.request()?)?;
    let choices = all_that_is_held(&prompt);
    let page = prompt.page(&choices, stage.say().lang())?;
    stage.tell("demo-page", &[]);
    stage.show(&page.notice.to_text());
    let found = law::tell(stage, &resident, &page)?;
    let sentences = sentences(stage, &prompt, &choices)?;
    let agreement = agree(stage, &resident, &choices, &page, "demo-agrees")?;
    if page.level.wants_presence() {
        resident.reauthenticate(&stage.passphrase())?;
        stage.tell("demo-present", &[]);
    }
    let consent = prompt.answer(&choices, &agreement).map_err(|(_, error)| error)?;
    let data = carry(stage, &resident, resident.grant(consent)?, "2")?;
    stage.tell("demo-data", &[("count", &data.pictures.len().to_string())]);
    draw_first(stage, &data)?;

    let acknowledgement = carry(stage, &hospital, hospital.claim(&data.inbound.data()?)?, "3")?;
    stage.tell("demo-acknowledgement", &[("count", &acknowledgement.pictures.len().to_string())]);

    let key = resident.acknowledge(&acknowledgement.inbound.acknowledgement()?)?;
    let key = carry(stage, &resident, key, "4")?;
    stage.tell("demo-key", &[]);
    draw_first(stage, &key)?;

    let Accepted::Taken(received, outbound) = hospital.accept(key.inbound.key()?)? else {
        return Err(WalletError::NotGranted.into());
    };
    stage.tell("demo-hospital-sees", &[]);
    stage.show(&brief(stage.say(), &received));
    let used = carry(stage, &hospital, outbound, "5")?;
    resident.confirm(MessageKind::Use, &used.inbound.use_receipt()?)?;
    stage.tell("demo-use", &[("count", &used.pictures.len().to_string())]);

    let record = kept::show(stage, &resident, &data.exchange, &hospital, &used.exchange, "record")?;

    let chosen: Vec<_> = choices
        .claims
        .iter()
        .flat_map(|(query, paths)| paths.iter().map(|path| claim_word(query, path)))
        .collect();
    let messages = [&request.json, &data.json, &acknowledgement.json, &key.json, &used.json];
    Ok(Walked {
        exchange: data.exchange,
        json: json!({
            "exchange": data.exchange.to_string(), "hospitalExchange": request.exchange.to_string(),
            "chosen": chosen, "separate": agreement.consents.iter().map(|c| c.topic.code()).collect::<Vec<_>>(),
            "sentences": sentences, "messages": messages,
            "law": { "withoutAWhy": refused, "asked": found }, "record": record,
        }),
        request: request.pictures,
        data: data.pictures,
    })
}

/// A question for health data that does not say why they are needed: what the law of the route says, and
/// that nothing can be granted.
fn without_a_why(stage: &Stage<'_>, hospital: &Wallet, resident: &Wallet) -> Result<Value, Failure> {
    stage.tell("demo-shenzhen", &[]);
    let terms = UseTerms { necessity: None, impact: None, ..samples::outpatient_terms() };
    let request = carry(stage, hospital, hospital.ask(draft(terms)?)?, "0")?;
    let prompt = resident.look(&request.inbound.request()?)?;
    let page = prompt.page(&all_that_is_held(&prompt), stage.say().lang())?;
    let found = law::tell(stage, resident, &page)?;
    stage.tell("demo-law-blocked", &[]);
    Ok(found)
}

fn draft(terms: UseTerms) -> Result<RequestDraft, Failure> {
    let dcql = DcqlQuery::from_value(&samples::outpatient_query()).map_err(Error::from)?;
    Ok(RequestDraft { dcql, terms })
}

/// Writes the pictures of a message, says that it was shown, and reads it back from the pictures: what
/// goes on is what a camera saw, not what was in memory.
pub(super) fn carry(
    stage: &Stage<'_>,
    from: &Wallet,
    outbound: Outbound,
    step: &str,
) -> Result<Carried, Failure> {
    let (exchange, kind) = (outbound.exchange(), kind_word(outbound.kind()));
    let folder = stage.at(&format!("{step}-{kind}"));
    let pictures = PictureFolder::ready(&folder)?.write(outbound.frames())?;
    from.shown(outbound)?;
    let inbound = flow::read(&pictures::read(&pictures)?)?;
    let json = json!({ "message": kind, "folder": folder, "pictures": pictures.len() });
    Ok(Carried { exchange, pictures, inbound, json })
}

fn draw_first(stage: &Stage<'_>, carried: &Carried) -> Result<(), Failure> {
    let texts = pictures::read(carried.pictures.get(..1).unwrap_or_default())?;
    texts.first().map_or(Ok(()), |text| stage.draw(text))
}

/// What a resident of this story chooses: all that is asked for and held.
pub(super) fn all_that_is_held(prompt: &ConsentPrompt) -> Choices {
    let held = prompt.queries().iter().filter_map(|query| {
        let best = query.candidates.first()?;
        Some((query.id.clone(), best.answers.clone()))
    });
    Choices { claims: held.collect(), ..Choices::default() }
}

/// The last sentence before the seal, in all four languages.
fn sentences(stage: &Stage<'_>, prompt: &ConsentPrompt, choices: &Choices) -> Result<Value, Failure> {
    stage.tell("demo-sentences", &[]);
    let mut all = serde_json::Map::new();
    for lang in Lang::ALL {
        let sentence = prompt.page(choices, lang)?.notice.sentence;
        stage.show(&format!("{}: {sentence}", lang.tag()));
        all.insert(lang.tag().to_owned(), sentence.into());
    }
    Ok(all.into())
}

/// What was received, short enough for a terminal: a patient summary fills many screens. The command
/// `chop open` shows all of it.
pub(super) fn brief(say: &Say, received: &Received) -> String {
    let mut lines = Vec::new();
    for credential in &received.credentials {
        let issuer = credential.issuer.as_ref().map(|names| names.in_lang(say.lang()).to_owned());
        let issuer = issuer.unwrap_or_else(|| say.say("stated-by-holder"));
        lines.push(format!("■ {} · {issuer}", say.document(&credential.vct)));
        for (name, value) in credential.claims.as_object().into_iter().flatten() {
            let label = say.claim(&credential.vct, std::slice::from_ref(name));
            lines.push(format!("  {label}: {}", first_words(value)));
        }
    }
    lines.join("\n")
}

/// The names of a section's resources, or the beginning of any other value.
fn first_words(value: &Value) -> String {
    let named = |resource: &Value| {
        let code = ["/resource/code", "/resource/medicationCodeableConcept"]
            .iter()
            .find_map(|at| resource.pointer(at))?;
        let name = code.get("text").or_else(|| code.pointer("/coding/0/display"))?;
        name.as_str().map(str::to_owned)
    };
    let resources = value.get("resources").and_then(Value::as_array);
    let names: Vec<_> = resources.into_iter().flatten().filter_map(named).collect();
    let text = if names.is_empty() { value.to_string() } else { names.join(" · ") };
    match text.char_indices().nth(MOST_CHARS) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text,
    }
}

/// Each separate consent is an act of its own, before the one that agrees to the page.
pub(super) fn agree(
    stage: &Stage<'_>,
    resident: &Wallet,
    choices: &Choices,
    page: &Page,
    told: &str,
) -> Result<Agreement, Failure> {
    let mut agreement = Agreement::to(&page.code, stage.say().lang(), resident)?;
    for topic in &page.separate {
        agreement.consent(*topic, resident)?;
        stage.tell("demo-separate", &[("topic", &topic.code())]);
    }
    let count: usize = choices.claims.values().map(std::collections::BTreeSet::len).sum();
    stage.tell(told, &[("count", &count.to_string()), ("code", &page.code)]);
    Ok(agreement)
}

/// Characters of one value on the terminal.
const MOST_CHARS: usize = 160;
