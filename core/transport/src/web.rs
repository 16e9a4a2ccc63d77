//! Core's own calls (requests by link, answers by post, credentials, status lists), made by a [`Client`]:
//! the one place where what core says becomes what is sent.

use chop_core::plumbing::crypto::SecretBytes;
use chop_core::{HttpAnswer, HttpCall, Method, Result};

use crate::cancel::Cancel;
use crate::client::{Call, Client};

impl Client {
    /// Makes a call of core and hands its answer back, whatever its status.
    ///
    /// # Errors
    /// `net.*`: what [`Client::send`] gives.
    pub fn make(&self, call: &HttpCall, cancel: &Cancel) -> Result<HttpAnswer> {
        let made = match call.method {
            Method::Get => Call::get(call.url.as_str()),
            Method::Post => {
                let media = call.content_type.unwrap_or("application/octet-stream");
                Call::post(call.url.as_str(), media, call.body.clone())
            }
        };
        let made = made.accepting(call.accept).at_most(u64::try_from(call.max_answer).unwrap_or(u64::MAX));
        let made = match &call.bearer {
            // EXPOSE: core says to whom the right belongs.
            Some(token) => made.bearing(SecretBytes::new(token.expose().to_vec())),
            None => made,
        };
        let answer = self.send(&made, cancel)?;
        Ok(HttpAnswer {
            status: answer.status,
            content_type: answer.content_type.unwrap_or_default(),
            body: answer.body,
        })
    }
}
