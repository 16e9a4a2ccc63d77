//! The network, as the settings allow it: core says what to call, `chop-transport` calls.

use std::fs;
use std::path::Path;

use chop_core::{HttpAnswer, HttpCall, Method, Result};
use chop_transport::{Call, Cancel, Client, Origin, Roots, Rules};

use crate::settings::Settings;
use crate::state::Desktop;

/// What may be called: public addresses over TLS, and what the person allowed by name.
pub(crate) fn rules(desktop: &Desktop) -> Result<Rules> {
    rules_of(&desktop.settings(), &authorities(&desktop.places.settings))
}

fn rules_of(settings: &Settings, authorities: &Path) -> Result<Rules> {
    let allowed = settings.network.allowed.iter().map(|text| Origin::parse(text)).collect::<Result<_>>()?;
    let small = fs::metadata(authorities).is_ok_and(|file| file.len() <= MAX_PEM_BYTES);
    let roots = match small.then(|| fs::read_to_string(authorities).ok()).flatten() {
        Some(pem) => Roots::PublicAnd(pem),
        None => Roots::Public,
    };
    Ok(Rules { allowed, roots, ..Rules::default() })
}

/// Certificates of an authority of one's own network, beside the settings.
pub(crate) fn authorities(settings: &Path) -> std::path::PathBuf {
    settings.with_file_name("authorities.pem")
}

/// Makes a call of core.
///
/// # Errors
/// `net.*`.
pub(crate) fn send(client: &Client, call: &HttpCall) -> Result<HttpAnswer> {
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
        Some(token) => made.bearing(chop_core::plumbing::crypto::SecretBytes::new(token.expose().to_vec())),
        None => made,
    };
    let answer = client.send(&made, &Cancel::default())?;
    Ok(HttpAnswer {
        status: answer.status,
        content_type: answer.content_type.unwrap_or_default(),
        body: answer.body,
    })
}

/// Bytes of a file of authorities: the public ones of a whole system are a fifth of this.
const MAX_PEM_BYTES: u64 = 1024 * 1024;
