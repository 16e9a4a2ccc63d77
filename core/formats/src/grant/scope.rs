//! What a grant permits: `{type "urn:chop:data-access:1", dcql_query, files, actions}` (RFC 9396).

use chop_model::Action;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::GrantError;
use crate::dcql::{DcqlError, DcqlQuery};
use crate::digest64::B64Digest;

const TYPE: &str = "urn:chop:data-access:1";

/// Access to claims and files.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
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

impl std::fmt::Debug for DataAccess {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "DataAccess({} files)", self.files.len())
    }
}

impl DataAccess {
    /// Access to what `dcql_query` names and to `files`.
    pub fn new(dcql_query: Value, files: Vec<FileRef>, actions: Vec<Action>) -> Self {
        Self { kind: TYPE.to_owned(), dcql_query, files, actions }
    }

    /// The query as one that can be compared with a request's.
    ///
    /// # Errors
    /// [`GrantError`] when it leaves something open; of a grant that was checked it does not.
    pub fn query(&self) -> Result<DcqlQuery, GrantError> {
        DcqlQuery::from_value(&self.dcql_query).map_err(from_dcql)
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
    access.query().map(|_| ())
}

/// Why a query is no scope. A grant knows fewer reasons than a request: it was narrowed by a wallet,
/// so whatever a request may not be is a fault of the one who signed the grant.
fn from_dcql(error: DcqlError) -> GrantError {
    match error {
        DcqlError::NoClaims | DcqlError::Wildcard | DcqlError::BadPath | DcqlError::PathTooLong => {
            GrantError::Wildcard
        }
        DcqlError::Multiple | DcqlError::CredentialSets | DcqlError::ClaimSets => GrantError::OpenChoice,
        DcqlError::NotAQuery => GrantError::EmptyScope,
        _ => GrantError::UnknownAccess,
    }
}
