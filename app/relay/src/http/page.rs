//! The page that a camera opens when it reads the https form of an offer. It runs no script and loads
//! nothing, so what stands behind `#` stays in the browser.

use axum::http::HeaderValue;
use axum::http::{StatusCode, header};
use axum::response::Response;

const PAGE: &str = include_str!("g.html");
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox";

pub(super) async fn page() -> Response {
    let mut response = super::answer(StatusCode::OK, "text/html; charset=utf-8", PAGE.into());
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    response
}
