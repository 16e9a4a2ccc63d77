//! A query from JSON: bounds and refusals, each with its own code.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{
    ClaimQuery, CredentialQuery, DcqlError, DcqlQuery, FORMAT, MAX_CLAIMS, MAX_CREDENTIALS, MAX_ID_CHARS,
    MAX_PATH, MAX_VALUES,
};
use crate::claim_path::{ClaimPath, PathElement};
use crate::shown_text;

pub(super) fn query(value: &Value) -> Result<DcqlQuery, DcqlError> {
    let fields = value.as_object().ok_or(DcqlError::NotAQuery)?;
    if fields.contains_key("credential_sets") {
        return Err(DcqlError::CredentialSets);
    }
    let list = full_array(fields.get("credentials"), DcqlError::NotAQuery)?;
    if list.len() > MAX_CREDENTIALS {
        return Err(DcqlError::TooManyCredentials);
    }
    let credentials = list.iter().map(credential).collect::<Result<Vec<_>, _>>()?;
    all_different(credentials.iter().map(|c| &c.id), DcqlError::DoubledId)?;
    Ok(DcqlQuery { credentials })
}

fn credential(value: &Value) -> Result<CredentialQuery, DcqlError> {
    let fields = value.as_object().ok_or(DcqlError::NotAQuery)?;
    let id = id(fields.get("id").ok_or(DcqlError::BadId)?)?;
    if fields.get("format").and_then(Value::as_str) != Some(FORMAT) {
        return Err(DcqlError::UnknownFormat);
    }
    refuse_what_nobody_can_decide(fields)?;
    let vct_values = types(fields.get("meta"))?;
    let list = match fields.get("claims") {
        None => return Err(DcqlError::NoClaims),
        claims => full_array(claims, DcqlError::NotAQuery)?,
    };
    if list.len() > MAX_CLAIMS {
        return Err(DcqlError::TooManyClaims);
    }
    let claims = list.iter().map(claim).collect::<Result<Vec<_>, _>>()?;
    all_different(claims.iter().filter_map(|c| c.id.as_ref()), DcqlError::DoubledId)?;
    all_different(claims.iter().map(|c| &c.path), DcqlError::DoubledClaim)?;
    Ok(CredentialQuery { id, vct_values, claims })
}

fn refuse_what_nobody_can_decide(fields: &Map<String, Value>) -> Result<(), DcqlError> {
    if fields.contains_key("claim_sets") {
        return Err(DcqlError::ClaimSets);
    }
    if fields.contains_key("trusted_authorities") {
        return Err(DcqlError::TrustedAuthorities);
    }
    if flag(fields, "multiple", false)? {
        return Err(DcqlError::Multiple);
    }
    if !flag(fields, "require_cryptographic_holder_binding", true)? {
        return Err(DcqlError::NoHolderBinding);
    }
    Ok(())
}

/// `meta.vct_values` (appendix B.3.5).
fn types(meta: Option<&Value>) -> Result<Vec<String>, DcqlError> {
    let meta = meta.and_then(Value::as_object).ok_or(DcqlError::NoType)?;
    let list = full_array(meta.get("vct_values"), DcqlError::NoType)?;
    if list.len() > MAX_VALUES {
        return Err(DcqlError::TooManyValues);
    }
    list.iter().map(|item| text(item.as_str().ok_or(DcqlError::NoType)?)).collect()
}

fn claim(value: &Value) -> Result<ClaimQuery, DcqlError> {
    let fields = value.as_object().ok_or(DcqlError::NotAQuery)?;
    Ok(ClaimQuery {
        id: fields.get("id").map(id).transpose()?,
        path: path(fields.get("path"))?,
        values: fields.get("values").map(values).transpose()?.unwrap_or_default(),
    })
}

fn path(value: Option<&Value>) -> Result<ClaimPath, DcqlError> {
    let list = full_array(value, DcqlError::BadPath)?;
    if list.len() > MAX_PATH {
        return Err(DcqlError::PathTooLong);
    }
    let elements = list.iter().map(step).collect::<Result<Vec<_>, _>>()?;
    // Section 7.1: the root is an object, so the first step is a name.
    match elements.first() {
        Some(PathElement::Key(_)) => ClaimPath::new(elements).map_err(|_| DcqlError::BadPath),
        _ => Err(DcqlError::BadPath),
    }
}

fn step(value: &Value) -> Result<PathElement, DcqlError> {
    match value {
        Value::Null => Err(DcqlError::Wildcard),
        Value::String(name) => text(name).map(PathElement::Key),
        Value::Number(n) => {
            let index = n.as_u64().and_then(|n| usize::try_from(n).ok()).ok_or(DcqlError::BadPath)?;
            Ok(PathElement::Index(index))
        }
        _ => Err(DcqlError::BadPath),
    }
}

fn values(value: &Value) -> Result<Vec<Value>, DcqlError> {
    let list = full_array(Some(value), DcqlError::BadValues)?;
    if list.len() > MAX_VALUES {
        return Err(DcqlError::TooManyValues);
    }
    list.iter().map(comparable).collect()
}

fn comparable(value: &Value) -> Result<Value, DcqlError> {
    match value {
        Value::Bool(_) => Ok(value.clone()),
        Value::Number(n) if n.is_i64() || n.is_u64() => Ok(value.clone()),
        Value::String(expected) => {
            shown_text::check_text(expected).map_err(|_| DcqlError::UnfitText)?;
            Ok(value.clone())
        }
        _ => Err(DcqlError::BadValues),
    }
}

fn id(value: &Value) -> Result<String, DcqlError> {
    let id = value.as_str().ok_or(DcqlError::BadId)?;
    let is_plain = id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    match is_plain && (1..=MAX_ID_CHARS).contains(&id.len()) {
        true => Ok(id.to_owned()),
        false => Err(DcqlError::BadId),
    }
}

fn text(text: &str) -> Result<String, DcqlError> {
    shown_text::check_name(text).map_err(|_| DcqlError::UnfitText)?;
    Ok(text.to_owned())
}

fn flag(fields: &Map<String, Value>, name: &str, otherwise: bool) -> Result<bool, DcqlError> {
    match fields.get(name) {
        None => Ok(otherwise),
        Some(Value::Bool(flag)) => Ok(*flag),
        Some(_) => Err(DcqlError::NotAQuery),
    }
}

fn full_array(value: Option<&Value>, otherwise: DcqlError) -> Result<&Vec<Value>, DcqlError> {
    value.and_then(Value::as_array).filter(|list| !list.is_empty()).ok_or(otherwise)
}

fn all_different<T: Ord>(items: impl Iterator<Item = T>, otherwise: DcqlError) -> Result<(), DcqlError> {
    let mut seen = BTreeSet::new();
    for item in items {
        if !seen.insert(item) {
            return Err(otherwise);
        }
    }
    Ok(())
}
