//! The demo verifier: a page with a QR, the request behind it, and what came.
//!
//! ```text
//! POST /session           → { session, link }                    what a screen shows
//! GET  /                  → the same as a page, with its QR
//! GET  /session/{id}      → { state, number, received }          what the screen polls
//! GET  /request/{id}      → R; the same to everybody who asks: a preview uses up nothing
//! POST /request/{id}      → R for the wallet whose nonce came first; 409 for another one
//! POST /answer/{id}       → 200 { chop_receipt } | 400
//! ```

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use chop_core::flow::RequestDraft;
use chop_core::flow::online::{AskOnline, OnlineRequest, Taken, Verdict};
use chop_core::plumbing::formats::dcql::DcqlQuery;
use chop_core::plumbing::formats::json;
use chop_core::plumbing::formats::openid4vp::{
    FetchBy, REQUEST_MEDIA, ReceiptsOf, RequestLink, knows_use_terms,
};
use chop_core::plumbing::formats::web_address::WebAddress;
use chop_core::plumbing::model::UseTerms;
use chop_core::{Error, Wallet};
use serde_json::{Value, json as object};

use super::{Refusal, aside, form_of, fresh, json_of, refusal, reply, run, typed};
use crate::args::DemoVerifierArgs;
use crate::command::{Context, received_json};
use crate::exit::Failure;
use crate::files;
use crate::report::Report;
use crate::terminal::Terminal;

/// What all handlers share.
struct Verifier {
    wallet: Wallet,
    origin: String,
    client_id: String,
    dcql: DcqlQuery,
    terms: UseTerms,
    sessions: Mutex<HashMap<String, Session>>,
}

/// One screen with one link.
#[derive(Default)]
struct Session {
    state: String,
    /// The wallet that fetched first, and what it was given.
    posted: Option<(String, OnlineRequest)>,
    got: Option<OnlineRequest>,
    outcome: Option<Value>,
}

type Shared = State<Arc<Verifier>>;

/// Serves with the certified key of the space.
pub(crate) fn serve(
    context: Context<'_>,
    args: &DemoVerifierArgs,
    terminal: &Terminal,
) -> Result<Report, Failure> {
    let dcql = DcqlQuery::read(&files::read(&args.dcql)?)?;
    let terms: UseTerms = json::parse_as(&files::read(&args.terms)?, MAX_TERMS)?;
    let session = context.open()?;
    let client_id = session.wallet.client_id()?;
    let origin = format!("http://localhost:{}", args.listen.port());
    let greeting = context.say.say_with("demo-verifier-serves", &[("origin", &origin)]);
    let verifier = Arc::new(Verifier {
        wallet: session.wallet,
        origin,
        client_id,
        dcql,
        terms,
        sessions: Mutex::default(),
    });
    run(args.listen, terminal, &greeting, || {
        Router::new()
            .route("/", get(page))
            .route("/session", post(begin))
            .route("/session/{id}", get(look))
            .route("/request/{id}", get(by_get).post(by_post))
            .route("/answer/{id}", post(answer))
            .with_state(verifier)
    })
}

impl Verifier {
    fn sessions(&self) -> MutexGuard<'_, HashMap<String, Session>> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn begin(&self) -> Result<(String, String), Refusal> {
        let (id, state) = (fresh()?, fresh()?);
        let mut sessions = self.sessions();
        if sessions.len() >= MAX_SESSIONS {
            return Err(refusal(StatusCode::SERVICE_UNAVAILABLE, "temporarily_unavailable"));
        }
        sessions.insert(id.clone(), Session { state, ..Session::default() });
        let uri = WebAddress::parse(&format!("{}/request/{id}", self.origin));
        let uri = uri.map_err(|_| refusal(StatusCode::INTERNAL_SERVER_ERROR, "server_error"))?;
        let link = RequestLink { client_id: self.client_id.clone(), request_uri: uri, by: FetchBy::Post };
        Ok((id, link.to_text()))
    }

    fn ask(&self, id: &str, state: &str, nonce: Option<String>, knows: bool) -> Result<OnlineRequest, Error> {
        let online = AskOnline {
            response_uri: WebAddress::parse(&format!("{}/answer/{id}", self.origin))?,
            state: Some(state.to_owned()),
            wallet_nonce: nonce,
            knows_use_terms: knows,
        };
        self.wallet.ask_online(RequestDraft { dcql: self.dcql.clone(), terms: self.terms.clone() }, online)
    }

    fn request(&self, id: &str, nonce: Option<String>, knows: bool) -> Result<String, Refusal> {
        let mut sessions = self.sessions();
        let session = sessions.get_mut(id).ok_or_else(|| refusal(StatusCode::NOT_FOUND, "not_found"))?;
        let broken = |_| refusal(StatusCode::INTERNAL_SERVER_ERROR, "server_error");
        match (nonce, &session.posted, &session.got) {
            // The screen shows one number: a second wallet would be shown another one.
            (Some(nonce), Some((first, _)), _) if *first != nonce => {
                Err(refusal(StatusCode::CONFLICT, "invalid_request"))
            }
            (Some(_), Some((_, request)), _) | (None, _, Some(request)) => Ok(request.text.clone()),
            (Some(nonce), None, _) => {
                let request = self.ask(id, &session.state, Some(nonce.clone()), knows).map_err(broken)?;
                let text = request.text.clone();
                session.posted = Some((nonce, request));
                Ok(text)
            }
            (None, _, None) => {
                let request = self.ask(id, &session.state, None, false).map_err(broken)?;
                let text = request.text.clone();
                session.got = Some(request);
                Ok(text)
            }
        }
    }

    fn take(&self, id: &str, response: &str) -> Response {
        let Ok(Taken { exchange, verdict, receipts }) = self.wallet.take_answer(response) else {
            return *refusal(StatusCode::BAD_REQUEST, "invalid_request");
        };
        let is_of_session = |session: &Session| {
            let posted = session.posted.as_ref().map(|(_, request)| request.exchange);
            posted == Some(exchange) || session.got.as_ref().map(|r| r.exchange) == Some(exchange)
        };
        let mut sessions = self.sessions();
        if let Some(session) = sessions.get_mut(id).filter(|session| is_of_session(session)) {
            session.outcome = Some(match &verdict {
                Verdict::Accepted(received) => object!({ "accepted": received_json(received) }),
                Verdict::Refused(reason) => object!({ "refused": reason }),
            });
        }
        let status = match verdict {
            Verdict::Accepted(_) => StatusCode::OK,
            Verdict::Refused(_) => StatusCode::BAD_REQUEST,
        };
        json_of(status, &object!(ReceiptsOf { chop_receipt: Some(receipts) }))
    }
}

async fn page(State(verifier): Shared) -> Response {
    reply(async {
        let (id, link) = verifier.begin()?;
        let code = chop_core::qr::draw(&link).map(|drawing| drawing.svg());
        let code = code.map_err(|_| refusal(StatusCode::INTERNAL_SERVER_ERROR, "server_error"))?;
        let link = link.replace('&', "&amp;");
        let page = format!(
            "<!doctype html><meta charset=utf-8><title>DEMO 示例 示範 Exemplo</title><h1>DEMO</h1>{code}\
             <p><code>{link}</code><p><a href=\"/session/{id}\">number and result</a>"
        );
        Ok(typed(StatusCode::OK, "text/html; charset=utf-8", page))
    })
    .await
}

async fn begin(State(verifier): Shared) -> Response {
    reply(async {
        let (session, link) = verifier.begin()?;
        Ok(json_of(StatusCode::OK, &object!({ "demo": true, "session": session, "link": link })))
    })
    .await
}

async fn look(State(verifier): Shared, Path(id): Path<String>) -> Response {
    let sessions = verifier.sessions();
    let Some(session) = sessions.get(&id) else { return *refusal(StatusCode::NOT_FOUND, "not_found") };
    let request = session.posted.as_ref().map(|(_, request)| request).or(session.got.as_ref());
    let body = object!({
        "demo": true, "fetched": request.is_some(), "number": request.map(|request| &request.number),
        "outcome": session.outcome,
    });
    json_of(StatusCode::OK, &body)
}

async fn by_get(State(verifier): Shared, Path(id): Path<String>) -> Response {
    reply(async {
        let text = aside(move || verifier.request(&id, None, false)).await??;
        Ok(typed(StatusCode::OK, REQUEST_MEDIA, text))
    })
    .await
}

async fn by_post(State(verifier): Shared, Path(id): Path<String>, body: Bytes) -> Response {
    reply(async {
        let mut form = form_of(&body)?;
        let metadata = form.remove("wallet_metadata").unwrap_or_default();
        let metadata = json::parse(metadata.as_bytes(), MAX_METADATA).unwrap_or_default();
        let nonce = form.remove("wallet_nonce").filter(|nonce| nonce.len() <= MAX_NONCE);
        let knows = knows_use_terms(&metadata);
        let text = aside(move || verifier.request(&id, nonce, knows)).await??;
        Ok(typed(StatusCode::OK, REQUEST_MEDIA, text))
    })
    .await
}

async fn answer(State(verifier): Shared, Path(id): Path<String>, body: Bytes) -> Response {
    reply(async {
        let mut form = form_of(&body)?;
        let response = form.remove("response");
        let response = response.ok_or_else(|| refusal(StatusCode::BAD_REQUEST, "invalid_request"))?;
        aside(move || verifier.take(&id, &response)).await
    })
    .await
}

const MAX_TERMS: usize = 64 * 1024;
const MAX_METADATA: usize = 64 * 1024;
const MAX_NONCE: usize = 256;
/// Sessions of one run: a demo is restarted.
const MAX_SESSIONS: usize = 10_000;
