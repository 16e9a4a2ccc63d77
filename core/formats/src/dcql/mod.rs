//! What a verifier asks for: a DCQL query (OpenID4VP 1.0 section 6), as far as one look at chosen
//! claims needs it.
//!
//! ```text
//! query     = credential query, …     all of them are asked for
//! credential query = id, dc+sd-jwt, vct_values, claim query, …
//! narrow : query × choices → query    a subset, never more
//! ```
//!
//! Mode D refuses what a person could not decide about by reading it: wildcards, absent `claims`,
//! alternatives, `multiple`, credentials that nobody is bound to. Unknown members are ignored, as
//! section 6 demands, and are not repeated in what is granted.
//!
//! Section 6.4.1 lets a wallet return a credential only with every claim asked for. A holder here may
//! take claims away: the answer is then to the narrowed query in the signed grant, which the verifier
//! reads before anything else, not to the query in the request.

mod error;
mod read;

use std::collections::{BTreeMap, BTreeSet};

use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::Value;

use crate::claim_path::ClaimPath;
use crate::json;

pub use error::DcqlError;

/// Credentials in one query.
pub const MAX_CREDENTIALS: usize = 8;
/// Claims in one credential query.
pub const MAX_CLAIMS: usize = 64;
/// Elements in a claim's path.
pub const MAX_PATH: usize = 8;
/// Entries of `vct_values` and of `values`.
pub const MAX_VALUES: usize = 16;
/// Characters of an id.
pub const MAX_ID_CHARS: usize = 64;
/// Bytes of a query's JSON.
pub const MAX_QUERY_BYTES: usize = 64 * 1024;
/// The one credential format that is asked for and answered.
pub const FORMAT: &str = "dc+sd-jwt";

/// A query within the bounds of mode D. Made by reading, or by narrowing another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DcqlQuery {
    credentials: Vec<CredentialQuery>,
}

/// One credential that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CredentialQuery {
    id: String,
    vct_values: Vec<String>,
    claims: Vec<ClaimQuery>,
}

/// One claim that is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClaimQuery {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    path: ClaimPath,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    values: Vec<Value>,
}

/// What a holder lets through: for each credential query's id the paths that may be answered. A query
/// that is not named is declined.
pub type Choices = BTreeMap<String, BTreeSet<ClaimPath>>;

impl DcqlQuery {
    /// Reads the JSON of a query.
    ///
    /// # Errors
    /// A [`DcqlError`] for the first thing that is refused.
    pub fn read(text: &[u8]) -> Result<Self, DcqlError> {
        Self::from_value(&json::parse(text, MAX_QUERY_BYTES).map_err(|_| DcqlError::NotAQuery)?)
    }

    /// Reads a query that is part of a larger object.
    ///
    /// # Errors
    /// As [`DcqlQuery::read`].
    pub fn from_value(value: &Value) -> Result<Self, DcqlError> {
        read::query(value)
    }

    /// The credentials asked for, at least one.
    pub fn credentials(&self) -> &[CredentialQuery] {
        &self.credentials
    }

    /// The credential query with this id.
    pub fn credential(&self, id: &str) -> Option<&CredentialQuery> {
        self.credentials.iter().find(|c| c.id == id)
    }

    /// All that is asked for, as choices: nothing declined.
    pub fn everything(&self) -> Choices {
        let paths = |c: &CredentialQuery| c.claims.iter().map(|claim| claim.path.clone()).collect();
        self.credentials.iter().map(|c| (c.id.clone(), paths(c))).collect()
    }

    /// The part of this query that `choices` let through.
    ///
    /// # Errors
    /// [`DcqlError::NotAsked`] for an id or a path that is not in the query,
    /// [`DcqlError::NothingChosen`] when nothing is left.
    pub fn narrow(&self, choices: &Choices) -> Result<Self, DcqlError> {
        for (id, paths) in choices {
            let asked = self.credential(id).ok_or(DcqlError::NotAsked)?;
            if !paths.iter().all(|path| asked.claim(path).is_some()) {
                return Err(DcqlError::NotAsked);
            }
        }
        let credentials: Vec<_> =
            self.credentials.iter().filter_map(|c| c.only(choices.get(&c.id)?)).collect();
        if credentials.is_empty() { Err(DcqlError::NothingChosen) } else { Ok(Self { credentials }) }
    }

    /// Whether every (type, claim path) asked for here is in `other` too, whatever the ids: what a request
    /// must be of the offer that it takes up (protocol.md section 1.3 "Subset"). All are `dc+sd-jwt`.
    pub fn is_within(&self, other: &Self) -> bool {
        let offered = other.triples();
        self.triples().iter().all(|asked| offered.contains(asked))
    }

    /// Whether something in the query depends on a value: an offer is compared by types and paths alone.
    pub fn has_values(&self) -> bool {
        self.credentials.iter().flat_map(|c| &c.claims).any(|claim| !claim.values.is_empty())
    }

    fn triples(&self) -> BTreeSet<(&str, &ClaimPath)> {
        let mut triples = BTreeSet::new();
        for query in &self.credentials {
            for vct in &query.vct_values {
                triples.extend(query.claims.iter().map(|claim| (vct.as_str(), &claim.path)));
            }
        }
        triples
    }

    /// Whether everything asked for here is asked for in `other` too, under the same id, of no further
    /// type and with the same constraint.
    pub fn is_subset_of(&self, other: &Self) -> bool {
        self.credentials.iter().all(|c| other.credential(&c.id).is_some_and(|o| c.is_subset_of(o)))
    }
}

impl CredentialQuery {
    /// Names this query in the answer.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The types that would do, at least one.
    pub fn vct_values(&self) -> &[String] {
        &self.vct_values
    }

    /// The claims asked for, at least one.
    pub fn claims(&self) -> &[ClaimQuery] {
        &self.claims
    }

    /// The claim query for this path.
    pub fn claim(&self, path: &ClaimPath) -> Option<&ClaimQuery> {
        self.claims.iter().find(|claim| claim.path == *path)
    }

    /// Which of the paths asked for a credential of type `vct` with all its `claims` disclosed could
    /// answer; nothing where the credential is not what is asked for.
    ///
    /// A value constraint that does not hold gives the same as another type, and the same as no
    /// credential at all: otherwise a verifier could guess values and read the answer (OpenID4VP 1.0
    /// section 15.4.1).
    pub fn answerable(&self, vct: &str, claims: &Value) -> Option<Vec<&ClaimPath>> {
        if !self.vct_values.iter().any(|asked| asked == vct) {
            return None;
        }
        if !self.constraints_hold(claims) {
            return None;
        }
        let found: Vec<_> =
            self.claims.iter().map(|c| &c.path).filter(|path| !path.resolve(claims).is_empty()).collect();
        if found.is_empty() { None } else { Some(found) }
    }

    /// Whether every claim that is asked for with `values` has one of them.
    pub fn constraints_hold(&self, claims: &Value) -> bool {
        self.claims.iter().all(|claim| claim.holds_in(claims))
    }

    fn only(&self, paths: &BTreeSet<ClaimPath>) -> Option<Self> {
        let claims: Vec<_> =
            self.claims.iter().filter(|claim| paths.contains(&claim.path)).cloned().collect();
        if claims.is_empty() { None } else { Some(Self { claims, ..self.clone() }) }
    }

    fn is_subset_of(&self, other: &Self) -> bool {
        self.vct_values.iter().all(|vct| other.vct_values.contains(vct))
            && self
                .claims
                .iter()
                .all(|claim| other.claim(&claim.path).is_some_and(|o| o.values == claim.values))
    }
}

impl ClaimQuery {
    /// The way to the claim; without wildcards.
    pub fn path(&self) -> &ClaimPath {
        &self.path
    }

    /// The values of which one must be the claim's; empty: any value.
    pub fn values(&self) -> &[Value] {
        &self.values
    }

    /// Section 6.3: type and value match exactly for one of them.
    fn holds_in(&self, claims: &Value) -> bool {
        self.values.is_empty() || self.path.resolve(claims).iter().any(|value| self.values.contains(value))
    }
}

/// As OpenID4VP writes it.
impl Serialize for CredentialQuery {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { id, vct_values, claims } = self;
        let mut fields = serializer.serialize_struct("CredentialQuery", 4)?;
        fields.serialize_field("id", id)?;
        fields.serialize_field("format", FORMAT)?;
        fields.serialize_field("meta", &BTreeMap::from([("vct_values", vct_values)]))?;
        fields.serialize_field("claims", claims)?;
        fields.end()
    }
}

impl<'de> Deserialize<'de> for DcqlQuery {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_value(&Value::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}
