//! HTTP: one address a call, nothing in an address, nothing personal in a log.
//!
//! ```text
//! connection   at most so many; a header that takes too long ends it            server.rs
//! rate         calls of one address, in memory, by a salted hash                 limits.rs
//! load         calls at once; more are told to come again                        here
//! body         type, length by address, time                                     here
//! call         CBOR -> service -> CBOR
//! ```

mod limits;
mod page;

use std::convert::Infallible;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use axum::routing::{get, post};
use chop_formats::relay::{
    Ack, Answer, CONTENT_TYPE, Claim, Collect, Create, MAX_WAIT, Message, Prove, Refused, Reject,
    RelayRefusal, Release, UseNote, Watch, Withdraw,
};
use chop_model::Coded as _;
use tokio::sync::Semaphore;
use tower_http::catch_panic::CatchPanicLayer;

use crate::address::AddressFrom;
use crate::service::{Serve, Service};
pub(crate) use limits::Rate;

/// What stands between the socket and the service.
pub(crate) struct Door {
    pub(crate) service: Arc<Service>,
    pub(crate) rate: Rate,
    pub(crate) at_once: Semaphore,
    /// For a body to arrive and a call to be served, a long poll's wait left out.
    pub(crate) time: Duration,
    pub(crate) address_from: AddressFrom,
}

type Shared = Arc<Door>;

/// Every public address.
pub(crate) fn router(door: Shared) -> Router {
    let calls = Router::new();
    let calls = route::<Create>(calls);
    let calls = route::<Claim>(calls);
    let calls = route::<Collect>(calls);
    let calls = route::<Ack>(calls);
    let calls = route::<UseNote>(calls);
    let calls = route::<Watch>(calls);
    let calls = route::<Reject>(calls);
    let calls = route::<Answer>(calls);
    let calls = route::<Release>(calls);
    let calls = route::<Withdraw>(calls);
    let calls = route::<Prove>(calls);
    calls
        .route("/v1/info", get(info))
        .route("/v1/checkpoint", get(checkpoint))
        .route("/g", get(page::page))
        .fallback(|| async { refuse(RelayRefusal::NoSuchPage) })
        .method_not_allowed_fallback(|| async { refuse(RelayRefusal::WrongMethod) })
        .layer(from_fn_with_state(door.clone(), guard))
        .layer(CatchPanicLayer::custom(|_| refuse(RelayRefusal::Internal)))
        .with_state(door)
}

/// Health and metrics, on a listener of their own.
pub(crate) fn admin(service: Arc<Service>, ready: tokio::sync::watch::Receiver<bool>) -> Router {
    let metrics = service.metrics.clone();
    Router::new()
        .route("/health/live", get(|| async { "live\n" }))
        .route(
            "/health/ready",
            get(move || async move {
                let is_up = *ready.borrow() && service.store.head().await.is_ok();
                match is_up {
                    true => (StatusCode::OK, "ready\n"),
                    false => (StatusCode::SERVICE_UNAVAILABLE, "not ready\n"),
                }
            }),
        )
        .route("/metrics", get(move || async move { metrics.text() }))
}

fn route<C: Serve>(router: Router<Shared>) -> Router<Shared> {
    router.route(C::PATH, post(call::<C>))
}

async fn call<C: Serve>(State(door): State<Shared>, request: Request) -> Response {
    let began = tokio::time::Instant::now();
    let wait = if C::WAITS { Duration::from_secs(MAX_WAIT) } else { Duration::ZERO };
    let work = async {
        let raw = tokio::time::timeout(door.time, body::<C>(&door, request))
            .await
            .map_err(|_| RelayRefusal::TimedOut)??;
        let call = C::from_bytes(&raw).map_err(|error| match error {
            chop_formats::relay::RelayFormatError::TooLarge => RelayRefusal::TooLarge,
            _ => RelayRefusal::Malformed,
        })?;
        call.serve(&door.service, &raw).await
    };
    // The work goes on when the caller hangs up: what is durable was asked for.
    let answer = within(door.time + wait, work).await;
    let took = (!C::WAITS).then(|| began.elapsed());
    let code = answer.as_ref().err().map_or("ok", |refusal| refusal.code());
    door.service.metrics.call(C::PATH, code, took);
    match answer {
        Ok(answer) => cbor(StatusCode::OK, answer.to_bytes()),
        Err(refusal) => refuse(refusal),
    }
}

async fn within<T>(
    time: Duration,
    work: impl Future<Output = Result<T, RelayRefusal>>,
) -> Result<T, RelayRefusal> {
    tokio::time::timeout(time, work).await.unwrap_or(Err(RelayRefusal::TimedOut))
}

async fn body<C: Serve>(door: &Door, request: Request) -> Result<Bytes, RelayRefusal> {
    if request.headers().get(header::CONTENT_TYPE).is_none_or(|given| given != CONTENT_TYPE) {
        return Err(RelayRefusal::WrongType);
    }
    let limit = C::limit(door.service.limits());
    let announced = request.headers().get(header::CONTENT_LENGTH).and_then(|n| n.to_str().ok()?.parse().ok());
    if announced.is_some_and(|length: usize| length > limit) {
        return Err(RelayRefusal::TooLarge);
    }
    to_bytes(request.into_body(), limit).await.map_err(|error| {
        let source = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
        if source.contains("length limit") { RelayRefusal::TooLarge } else { RelayRefusal::Malformed }
    })
}

async fn info(State(door): State<Shared>) -> Response {
    match door.service.info().await {
        Ok(info) => cbor(StatusCode::OK, info.to_bytes()),
        Err(refusal) => refuse(refusal),
    }
}

async fn checkpoint(State(door): State<Shared>) -> Response {
    match door.service.checkpoint().await {
        Ok(note) => answer(StatusCode::OK, "text/plain; charset=utf-8", note.into_bytes()),
        Err(refusal) => refuse(refusal),
    }
}

/// Rate and load, before anything of the body is read.
async fn guard(
    State(door): State<Shared>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
    next: Next,
) -> Result<Response, Infallible> {
    let address = door.address_from.of(&request, peer);
    if !door.rate.admits(address) {
        return Ok(refuse(RelayRefusal::TooMany));
    }
    // Who waits for news holds no place among those who work.
    let waits = matches!(request.uri().path(), "/v1/watch" | "/v1/collect");
    let Ok(_place) = door.at_once.try_acquire() else {
        return Ok(refuse(RelayRefusal::Busy));
    };
    if waits {
        drop(_place);
        return Ok(hardened(next.run(request).await));
    }
    let is_head = request.method() == Method::HEAD;
    let mut answer = next.run(request).await;
    if is_head {
        *answer.body_mut() = Body::empty();
    }
    Ok(hardened(answer))
}

fn cbor(status: StatusCode, body: Vec<u8>) -> Response {
    answer(status, CONTENT_TYPE, body)
}

fn refuse(refusal: RelayRefusal) -> Response {
    let retry_after = refusal.may_pass_later().then_some(RETRY_AFTER);
    let status = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = cbor(status, Refused::new(refusal, retry_after).to_bytes());
    if retry_after.is_some() {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(RETRY_AFTER));
    }
    hardened(response)
}

fn answer(status: StatusCode, content_type: &'static str, body: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}

/// Nothing is cached, sniffed, framed or referred to.
fn hardened(mut response: Response) -> Response {
    for (name, value) in [
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::STRICT_TRANSPORT_SECURITY, "max-age=63072000; includeSubDomains"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response.headers_mut().entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(
        "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    ));
    response
}

const RETRY_AFTER: u64 = 2;
