//! One address, called as every call of a space is: whoever runs a list, a relay or a request endpoint
//! sees what a wallet would say to it.

use chop_transport::{Call, Cancel};
use serde_json::json;

use super::not_valid;
use crate::args::FetchArgs;
use crate::exit::Failure;
use crate::report::Report;
use crate::{files, net};

/// Fetches, and says what came.
pub(crate) fn run(args: &FetchArgs) -> Result<Report, Failure> {
    let FetchArgs { url, accept, out, net } = args;
    let client = net::client(net)?;
    let answer = match client.send(&Call::get(url).accepting(accept), &Cancel::default()) {
        Ok(answer) => answer,
        Err(error) => return Ok(not_valid(error)),
    };
    if let Some(path) = out {
        files::write_new(path, &answer.body)?;
    }
    let kind = answer.content_type.unwrap_or_default();
    let (status, bytes) = (answer.status, answer.body.len());
    let is_fine = (200..300).contains(&status);
    let json = json!({ "valid": is_fine, "status": status, "type": kind, "bytes": bytes });
    // The type is the other side's text: quoted and escaped, as a string of JSON is.
    Ok(Report::judged(is_fine, format!("status {status}, {bytes} bytes, {}", json!(kind)), json))
}
