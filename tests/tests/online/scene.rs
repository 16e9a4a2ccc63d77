//! A resident and a hospital with a web address, and somebody between them who may change what passes.

use chop_core::flow::online::{AskOnline, Asked, OnlineAnswer, OnlineRequest};
use chop_core::flow::{Consent, ConsentPrompt, RequestDraft};
use chop_core::{Error, HttpAnswer, HttpCall, Method, samples};
use chop_crypto::SigningDomain;
use chop_formats::dcql::DcqlQuery;
use chop_formats::openid4vp::{FetchBy, REQUEST_MEDIA, Receipts, ReceiptsOf, RequestLink};
use chop_formats::request::StoredRequest;
use chop_formats::web_address::WebAddress;
use chop_formats::web_form;
use chop_tests::world::{VERIFIER, World, agree, choose_all, everything};
use serde_json::{Value, json};

/// The hospital's host, which its certificate names.
pub(crate) const HOST: &str = "https://hospital.example.invalid";

/// A fetched request, and what the hospital knows of it.
pub(crate) struct Fetched {
    pub(crate) asked: Asked,
    pub(crate) request: OnlineRequest,
}

/// The link that the hospital shows.
pub(crate) fn link(world: &World, by: FetchBy) -> String {
    let client_id = chop_formats::x509::x509_hash(&hospital_leaf(world));
    RequestLink { client_id, request_uri: WebAddress::parse(&format!("{HOST}/r/1")).unwrap(), by }.to_text()
}

fn hospital_leaf(world: &World) -> Vec<u8> {
    let request = world.request();
    chop_formats::jose::jws::UnverifiedJws::parse(&request, 60_000).unwrap().header().x5c[0].clone()
}

/// What the hospital answers to a fetch.
pub(crate) fn ask(world: &World, call: &HttpCall, query: &Value) -> OnlineRequest {
    let form = web_form::read(std::str::from_utf8(&call.body).unwrap()).unwrap();
    let metadata: Option<Value> = form.get("wallet_metadata").map(|text| serde_json::from_str(text).unwrap());
    let online = AskOnline {
        response_uri: WebAddress::parse(&format!("{HOST}/answer/1")).unwrap(),
        state: Some("session-1".into()),
        wallet_nonce: form.get("wallet_nonce").cloned(),
        knows_use_terms: metadata.as_ref().is_some_and(chop_formats::openid4vp::knows_use_terms),
    };
    let draft =
        RequestDraft { dcql: DcqlQuery::from_value(query).unwrap(), terms: samples::hospital_terms() };
    world.hospital.ask_online(draft, online).unwrap()
}

/// Link, fetch, request: everything before the page.
pub(crate) fn fetched(world: &World, by: FetchBy) -> Fetched {
    fetched_with(world, by, |text| text)
}

/// As [`fetched`], with the request changed on its way.
pub(crate) fn fetched_with(world: &World, by: FetchBy, change: impl FnOnce(String) -> String) -> Fetched {
    let (fetch, call) = world.resident.fetch(&link(world, by)).unwrap();
    assert_eq!(call.method, if by == FetchBy::Post { Method::Post } else { Method::Get });
    let request = ask(world, &call, &everything());
    let asked = fetch.take(&served(change(request.text.clone()))).unwrap();
    Fetched { asked, request }
}

/// The hospital's request with its payload changed before it was signed; how the wallet refuses it.
pub(crate) fn refusal(world: &World, by: FetchBy, edit: impl FnOnce(&mut Value)) -> Option<&'static str> {
    let change = |text: String| world.hospital.resign(VERIFIER, SigningDomain::Request, &text, edit);
    let fetched = fetched_with(world, by, change);
    world.resident.look_online(&fetched.asked).err().map(|error| error.code())
}

/// A request as a server sends it.
pub(crate) fn served(text: String) -> HttpAnswer {
    HttpAnswer { status: 200, content_type: REQUEST_MEDIA.into(), body: text.into_bytes() }
}

/// A JSON body as a server sends it.
pub(crate) fn body(status: u16, body: &Value) -> HttpAnswer {
    HttpAnswer { status, content_type: "application/json".into(), body: body.to_string().into_bytes() }
}

/// A yes to all of it.
pub(crate) fn consent(world: &World, asked: &Asked) -> Consent {
    let prompt = world.resident.look_online(asked).unwrap();
    yes(world, prompt).unwrap()
}

/// A yes to everything that is held.
pub(crate) fn yes(world: &World, prompt: ConsentPrompt) -> Result<Consent, Error> {
    let choices = choose_all(&prompt);
    agree(&world.resident, prompt, &choices)
}

/// The resident's answer to all of it, with the number that the hospital shows.
pub(crate) fn answered(world: &World, fetched: &Fetched) -> OnlineAnswer {
    let consent = consent(world, &fetched.asked);
    world.resident.answer_online(consent, &fetched.request.number).unwrap()
}

/// The one parameter that is posted.
pub(crate) fn response_of(answer: &OnlineAnswer) -> String {
    let mut form = web_form::read(std::str::from_utf8(&answer.call().body).unwrap()).unwrap();
    let response = form.remove("response").unwrap();
    assert!(form.is_empty());
    response
}

/// What the hospital sends back for these receipts.
pub(crate) fn receipts_body(receipts: &Receipts) -> Value {
    json!(ReceiptsOf { chop_receipt: Some(receipts.clone()) })
}

/// The stored request of the hospital, for looking into.
pub(crate) fn stored(request: &OnlineRequest) -> StoredRequest {
    StoredRequest::read(&request.text).unwrap()
}
