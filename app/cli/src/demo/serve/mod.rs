//! Demo servers that speak HTTP on this machine: an issuer and a verifier, for tests and for trying by
//! hand. DEMO only: plain http on a loopback address, sessions in memory, gone when the process ends.
//!
//! ```text
//! issuer     metadata, offer, token, nonce, credential, notification      OpenID4VCI 1.0
//! verifier   session, request by GET and POST, answer, result             OpenID4VP 1.0
//! ```

mod issuer;
mod issuing;
mod register;
mod verifier;

use std::future::Future;
use std::net::SocketAddr;

use axum::Router;
use axum::body::Bytes;
use axum::extract::DefaultBodyLimit;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use chop_core::plumbing::crypto::encoding::to_base64url;
use chop_core::plumbing::crypto::{OsRandom, make_array};
use serde_json::{Value, json};

use crate::exit::Failure;
use crate::report::Report;
use crate::terminal::Terminal;

pub(crate) use issuer::serve as serve_issuer;
pub(crate) use verifier::serve as serve_verifier;

/// Serves until the process is interrupted.
fn run(
    listen: SocketAddr,
    terminal: &Terminal,
    greeting: &str,
    router: impl FnOnce() -> Router,
) -> Result<Report, Failure> {
    if !listen.ip().is_loopback() {
        return Err(Failure::usage("usage-loopback-only"));
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|_| Failure::machine("machine-cannot-listen"))?;
    let router = router().layer(DefaultBodyLimit::max(MAX_BODY));
    runtime.block_on(async move {
        let listener = tokio::net::TcpListener::bind(listen).await;
        let listener = listener.map_err(|_| Failure::machine("machine-cannot-listen"))?;
        terminal.tell(greeting);
        let served = axum::serve(listener, router).with_graceful_shutdown(interrupted()).await;
        served.map_err(|_| Failure::machine("machine-cannot-listen"))
    })?;
    Ok(Report::done(String::new(), json!({ "demo": true })))
}

async fn interrupted() {
    // Where the signal cannot be waited for, the process is killed in another way.
    let _ = tokio::signal::ctrl_c().await;
}

/// Runs what touches disk or signs where it does not hold up others.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Refusal> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| refusal(StatusCode::INTERNAL_SERVER_ERROR, "server_error"))
}

/// A response that ends a handler early.
type Refusal = Box<Response>;

/// Flattens a handler's two ways to end.
async fn reply(handler: impl Future<Output = Result<Response, Refusal>>) -> Response {
    handler.await.unwrap_or_else(|refusal| *refusal)
}

/// A JSON body that nobody keeps (RFC 6749 section 5.1).
fn json_of(status: StatusCode, body: &Value) -> Response {
    typed(status, "application/json", body.to_string())
}

/// An error by its OAuth name.
fn refusal(status: StatusCode, error: &str) -> Refusal {
    Box::new(json_of(status, &json!({ "error": error })))
}

fn typed(status: StatusCode, media: &'static str, body: String) -> Response {
    (status, [(header::CONTENT_TYPE, media), (header::CACHE_CONTROL, "no-store")], body).into_response()
}

/// The parameters of a posted form.
fn form_of(body: &Bytes) -> Result<std::collections::BTreeMap<String, String>, Refusal> {
    let text = std::str::from_utf8(body).ok();
    text.and_then(|text| chop_core::plumbing::formats::web_form::read(text).ok())
        .ok_or_else(|| refusal(StatusCode::BAD_REQUEST, "invalid_request"))
}

/// A name that nobody guesses.
fn fresh() -> Result<String, Refusal> {
    let bytes = make_array::<16>(&OsRandom);
    bytes
        .map(|bytes| to_base64url(&bytes))
        .map_err(|_| refusal(StatusCode::INTERNAL_SERVER_ERROR, "server_error"))
}

/// An answer of 1 MiB of content, in base64url twice, fits.
const MAX_BODY: usize = 4 << 20;
