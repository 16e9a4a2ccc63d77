//! Taking an SD-JWT apart: compact (RFC 9901 section 4) or JSON (section 8), into one form.

use std::ops::Range;

use serde_json::{Map, Value};

use super::{MAX_BYTES, MAX_DISCLOSURES, MAX_SIGNATURES, SdJwtError};
use crate::json;

/// The parts of an SD-JWT, none of them judged. Disclosures keep the place they had.
#[derive(Clone)]
pub(crate) struct Parts {
    /// `<JWT>~<disclosure>~…~`, what `sd_hash` is taken over.
    pub(crate) sd: String,
    jwt_len: usize,
    disclosures: Vec<Range<usize>>,
    /// The key binding JWT, if one was sent.
    pub(crate) key_binding: Option<String>,
    /// JWTs of further signatures over the same payload (section 8.3).
    pub(crate) also_signed: Vec<String>,
}

impl Parts {
    /// Reads either serialization; white space around the compact form is not allowed.
    pub(crate) fn read(text: &str) -> Result<Self, SdJwtError> {
        if text.len() > MAX_BYTES {
            return Err(SdJwtError::TooLarge);
        }
        match text.trim_ascii_start().starts_with('{') {
            true => Self::read_json(text),
            false => Self::read_compact(text),
        }
    }

    /// The issuer-signed JWT.
    pub(crate) fn jwt(&self) -> &str {
        self.sd.get(..self.jwt_len).unwrap_or("")
    }

    /// The disclosures as they were sent.
    pub(crate) fn disclosures(&self) -> impl ExactSizeIterator<Item = &str> {
        self.disclosures.iter().map(|range| self.sd.get(range.clone()).unwrap_or(""))
    }

    /// `<JWT>~<disclosure>~…~` with only those disclosures that `keep` wants, by position.
    pub(crate) fn with_only(&self, keep: impl Fn(usize) -> bool) -> String {
        let mut text = String::with_capacity(self.sd.len());
        text.push_str(self.jwt());
        text.push('~');
        for (_, disclosure) in self.disclosures().enumerate().filter(|(position, _)| keep(*position)) {
            text.push_str(disclosure);
            text.push('~');
        }
        text
    }

    fn read_compact(text: &str) -> Result<Self, SdJwtError> {
        let (sd, key_binding) = match text.rsplit_once('~') {
            Some((_, after)) => text.split_at(text.len() - after.len()),
            None => return Err(SdJwtError::Malformed),
        };
        let mut parts = Self {
            jwt_len: sd.find('~').unwrap_or(0),
            sd: sd.to_owned(),
            disclosures: Vec::new(),
            key_binding: (!key_binding.is_empty()).then(|| key_binding.to_owned()),
            also_signed: Vec::new(),
        };
        let mut start = parts.jwt_len + 1;
        for disclosure in sd.get(start..).unwrap_or("").split_terminator('~') {
            parts.add(start..start + disclosure.len())?;
            start += disclosure.len() + 1;
        }
        Ok(parts)
    }

    fn add(&mut self, range: Range<usize>) -> Result<(), SdJwtError> {
        if range.is_empty() {
            return Err(SdJwtError::Malformed);
        }
        if self.disclosures.len() == MAX_DISCLOSURES {
            return Err(SdJwtError::TooMany);
        }
        self.disclosures.push(range);
        Ok(())
    }

    /// Flattened (section 8.2) or general (section 8.3) JSON: the compact form is put together, because
    /// the signature and `sd_hash` are taken over it.
    fn read_json(text: &str) -> Result<Self, SdJwtError> {
        let Value::Object(outer) = json::parse(text.as_bytes(), MAX_BYTES)? else {
            return Err(SdJwtError::Malformed);
        };
        let payload = text_of(&outer, "payload")?;
        let signatures = signatures(&outer)?;
        let (first, others) = signatures.split_first().ok_or(SdJwtError::Malformed)?;
        let mut parts = Self::from_first(first, payload)?;
        for other in others {
            let header = unprotected(other)?;
            // Section 8.3: both belong to the first unprotected header and to no other.
            if header.is_some_and(|h| h.contains_key("disclosures") || h.contains_key("kb_jwt")) {
                return Err(SdJwtError::Malformed);
            }
            parts.also_signed.push(jwt(other, payload)?);
        }
        Ok(parts)
    }

    fn from_first(signature: &Map<String, Value>, payload: &str) -> Result<Self, SdJwtError> {
        let jwt = jwt(signature, payload)?;
        let header = unprotected(signature)?;
        let mut parts = Self {
            jwt_len: jwt.len(),
            sd: jwt,
            disclosures: Vec::new(),
            key_binding: None,
            also_signed: Vec::new(),
        };
        parts.sd.push('~');
        let Some(header) = header else { return Ok(parts) };
        let disclosures = match header.get("disclosures") {
            None => &[][..],
            Some(value) => value.as_array().ok_or(SdJwtError::Malformed)?,
        };
        for disclosure in disclosures {
            let disclosure = disclosure.as_str().ok_or(SdJwtError::Malformed)?;
            if disclosure.contains('~') {
                return Err(SdJwtError::BadEncoding);
            }
            let start = parts.sd.len();
            parts.sd.push_str(disclosure);
            parts.sd.push('~');
            parts.add(start..start + disclosure.len())?;
        }
        if header.contains_key("kb_jwt") {
            parts.key_binding = Some(text_of(header, "kb_jwt")?.to_owned());
        }
        Ok(parts)
    }
}

/// The signature objects: the outer object itself in the flattened form. Having both forms at once is
/// refused (RFC 7515 section 7.2.2).
fn signatures(outer: &Map<String, Value>) -> Result<Vec<&Map<String, Value>>, SdJwtError> {
    let Some(list) = outer.get("signatures") else { return Ok(vec![outer]) };
    if ["signature", "protected", "header"].iter().any(|name| outer.contains_key(*name)) {
        return Err(SdJwtError::Malformed);
    }
    let list = list.as_array().ok_or(SdJwtError::Malformed)?;
    if list.len() > MAX_SIGNATURES {
        return Err(SdJwtError::TooMany);
    }
    list.iter().map(|item| item.as_object().ok_or(SdJwtError::Malformed)).collect()
}

fn jwt(signature: &Map<String, Value>, payload: &str) -> Result<String, SdJwtError> {
    let protected = text_of(signature, "protected")?;
    let signature = text_of(signature, "signature")?;
    // A dot or tilde inside a part would move the borders when the compact form is put together.
    if [protected, payload, signature].iter().any(|part| part.contains(['.', '~'])) {
        return Err(SdJwtError::BadEncoding);
    }
    Ok([protected, payload, signature].join("."))
}

/// The unprotected header. It may hint at a key, but may not say anything that we would otherwise read
/// from the protected one (RFC 7515 section 7.2.1: the two must not share names).
fn unprotected(signature: &Map<String, Value>) -> Result<Option<&Map<String, Value>>, SdJwtError> {
    let Some(header) = signature.get("header") else { return Ok(None) };
    let header = header.as_object().ok_or(SdJwtError::Malformed)?;
    let protected_only = ["alg", "typ", "crit", "b64", "zip", "jwk", "x5c", "x5t#S256"];
    if protected_only.iter().any(|name| header.contains_key(*name)) {
        return Err(SdJwtError::BadHeader);
    }
    Ok(Some(header))
}

fn text_of<'a>(object: &'a Map<String, Value>, name: &str) -> Result<&'a str, SdJwtError> {
    object.get(name).and_then(Value::as_str).ok_or(SdJwtError::Malformed)
}
