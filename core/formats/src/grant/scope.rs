//! What a grant permits: `{type "urn:chop:data-access:1", dcql_query, files, actions}` (RFC 9396).

use chop_model::Action;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::GrantError;
use crate::digest64::B64Digest;

/// Credential queries of one grant, and claims of one query.
const MAX_MEMBERS: usize = 512;
const TYPE: &str = "urn:chop:data-access:1";

/// Access to claims and files.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataAccess {
    /// `urn:chop:data-access:1`.
    #[serde(rename = "type")]
    kind: String,
    /// The query as narrowed by the holder: every claim by its whole path.
    pub dcql_query: Value,
    /// Files that come with it, by their seals.
    pub files: Vec<FileRef>,
    /// What may be done with the data.
    pub actions: Vec<Action>,
}

/// A file by its salted seal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileRef {
    /// `c` (`file_seal`).
    pub c: B64Digest,
}

impl DataAccess {
    /// Access to what `dcql_query` names and to `files`.
    pub fn new(dcql_query: Value, files: Vec<FileRef>, actions: Vec<Action>) -> Self {
        Self { kind: TYPE.to_owned(), dcql_query, files, actions }
    }
}

/// Checks that exactly one access is given and that it names every claim.
pub(super) fn check(details: &[DataAccess]) -> Result<(), GrantError> {
    let [access] = details else { return Err(GrantError::UnknownAccess) };
    if access.kind != TYPE {
        return Err(GrantError::UnknownAccess);
    }
    if access.actions.is_empty() {
        return Err(GrantError::EmptyScope);
    }
    check_query(&access.dcql_query)
}

fn check_query(query: &Value) -> Result<(), GrantError> {
    let query = query.as_object().ok_or(GrantError::EmptyScope)?;
    if query.contains_key("credential_sets") {
        return Err(GrantError::OpenChoice);
    }
    let credentials = query.get("credentials").and_then(Value::as_array).ok_or(GrantError::EmptyScope)?;
    if credentials.is_empty() || credentials.len() > MAX_MEMBERS {
        return Err(GrantError::EmptyScope);
    }
    credentials.iter().try_for_each(check_credential)
}

fn check_credential(credential: &Value) -> Result<(), GrantError> {
    if credential.get("claim_sets").is_some() || credential.get("multiple") == Some(&Value::Bool(true)) {
        return Err(GrantError::OpenChoice);
    }
    let claims = credential.get("claims").and_then(Value::as_array).ok_or(GrantError::Wildcard)?;
    if claims.is_empty() || claims.len() > MAX_MEMBERS {
        return Err(GrantError::Wildcard);
    }
    claims.iter().try_for_each(check_claim)
}

fn check_claim(claim: &Value) -> Result<(), GrantError> {
    let path = claim.get("path").and_then(Value::as_array).ok_or(GrantError::Wildcard)?;
    let names_one = |element: &Value| element.is_string() || element.is_u64();
    if path.is_empty() || !path.iter().all(names_one) { Err(GrantError::Wildcard) } else { Ok(()) }
}
