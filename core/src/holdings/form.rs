//! What a holding is made of, found out by looking at its bytes.

use chop_formats::ips::IpsBundle;
use chop_formats::{json, sd_jwt_vc::UnverifiedCredential};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Result, WalletError};

/// The forms that a space takes in. The names are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Form {
    /// An issuer-signed SD-JWT VC in compact form.
    #[serde(rename = "dc+sd-jwt")]
    SdJwt,
    /// A FHIR International Patient Summary bundle, JSON, without an issuer's seal.
    #[serde(rename = "fhir-ips")]
    Ips,
    /// Any file, kept under its salted seal.
    #[serde(rename = "file")]
    File,
    /// A record that the holder wrote: a JSON object of claims.
    #[serde(rename = "record")]
    Record,
}

impl Form {
    /// All forms.
    pub const ALL: [Self; 4] = [Self::SdJwt, Self::Ips, Self::File, Self::Record];

    /// The stored name.
    pub fn name(self) -> &'static str {
        match self {
            Self::SdJwt => "dc+sd-jwt",
            Self::Ips => "fhir-ips",
            Self::File => "file",
            Self::Record => "record",
        }
    }

    /// The form with this stored name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.name() == name)
    }

    /// The form that these bytes have, by looking: a credential by its tildes, a summary by its
    /// resource type; anything else is a file, which is always right.
    pub fn of(bytes: &[u8]) -> Self {
        let text = std::str::from_utf8(bytes).map(str::trim).unwrap_or_default();
        if text.starts_with("eyJ") && text.contains('~') && UnverifiedCredential::parse(text).is_ok() {
            Self::SdJwt
        } else if text.starts_with('{') && IpsBundle::read(bytes).is_ok() {
            Self::Ips
        } else {
            Self::File
        }
    }
}

/// The claims of a record that the holder wrote: a JSON object with at least one member.
#[derive(Clone, PartialEq)]
pub struct Own(pub(crate) serde_json::Map<String, Value>);

/// What a holder wrote is nobody's business in a log.
impl std::fmt::Debug for Own {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Own({} claims)", self.0.len())
    }
}

impl Own {
    /// Reads a record.
    ///
    /// # Errors
    /// `json.*` for what is no strict JSON; `holding.unknown-form` for what is no object, is empty, or
    /// uses a name that a credential needs for itself.
    pub fn read(bytes: &[u8]) -> Result<Self> {
        let value = json::parse(bytes, MAX_RECORD_BYTES)?;
        match value {
            Value::Object(map) if !map.is_empty() && !map.keys().any(|k| RESERVED.contains(&k.as_str())) => {
                Ok(Self(map))
            }
            _ => Err(WalletError::UnknownForm.into()),
        }
    }

    /// The claims.
    pub fn claims(&self) -> &serde_json::Map<String, Value> {
        &self.0
    }
}

/// Names that mean something in every SD-JWT VC and are therefore nobody's claim.
pub(crate) const RESERVED: &[&str] = &[
    "_sd",
    "_sd_alg",
    "...",
    "iss",
    "sub",
    "aud",
    "iat",
    "nbf",
    "exp",
    "jti",
    "cnf",
    "vct",
    "vct#integrity",
    "status",
    "sub_jwk",
    "origin",
    "item_type",
    "annotated_copy",
];

/// Bytes of a record.
const MAX_RECORD_BYTES: usize = 1 << 20;
