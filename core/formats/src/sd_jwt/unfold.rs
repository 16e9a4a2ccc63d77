//! Putting disclosures where their digests stand (RFC 9901 section 7.1 step 3).

use std::collections::{BTreeMap, BTreeSet};

use chop_crypto::encoding::{from_base64url, to_base64url};
use chop_crypto::{Digest, sha256};
use serde_json::{Map, Value};

use super::{MAX_BYTES, MAX_DIGESTS, SdJwtError};
use crate::json;

/// A payload with every disclosure in its place, and the knowledge of which came from where.
pub(crate) struct Unfolded {
    /// The processed payload, an object.
    pub(crate) claims: Value,
    /// What is selectively disclosable in it.
    pub(crate) tree: Below,
    /// SHA-256 of each disclosure, by its position.
    pub(crate) digests: Vec<Digest>,
}

/// Where below a value disclosures took part. Values that were always open do not appear.
#[derive(Clone, Default)]
pub(crate) enum Below {
    /// No disclosure from here down.
    #[default]
    Nothing,
    /// Members of an object.
    Members(BTreeMap<String, Node>),
    /// Elements of an array, by their place in the processed payload.
    Items(BTreeMap<usize, Node>),
}

/// One value that came from a disclosure, or holds one that did.
#[derive(Clone)]
pub(crate) struct Node {
    /// The position of the disclosure that this value came from.
    pub(crate) disclosure: Option<usize>,
    /// What is below it.
    pub(crate) below: Below,
}

impl Below {
    fn members(nodes: BTreeMap<String, Node>) -> Self {
        if nodes.is_empty() { Self::Nothing } else { Self::Members(nodes) }
    }

    fn items(nodes: BTreeMap<usize, Node>) -> Self {
        if nodes.is_empty() { Self::Nothing } else { Self::Items(nodes) }
    }

    /// A node for an open value, if there is anything below it to remember.
    fn into_node(self) -> Option<Node> {
        match self {
            Self::Nothing => None,
            below => Some(Node { disclosure: None, below }),
        }
    }
}

/// Processes `payload` with `disclosures`.
pub(crate) fn unfold<'a>(
    payload: Value,
    disclosures: impl Iterator<Item = &'a str>,
) -> Result<Unfolded, SdJwtError> {
    let Value::Object(mut claims) = payload else { return Err(SdJwtError::BadJson) };
    // Section 4.1.1: SHA-256 where nothing is said; case-sensitive.
    match claims.remove("_sd_alg") {
        None => {}
        Some(Value::String(name)) if name == "sha-256" => {}
        Some(_) => return Err(SdJwtError::UnknownHash),
    }
    let mut unfolder = Unfolder::default();
    let mut digests = Vec::new();
    for (position, disclosure) in disclosures.enumerate() {
        let digest = sha256(disclosure.as_bytes());
        digests.push(digest);
        unfolder.offer(position, to_base64url(&digest), read_disclosure(disclosure)?)?;
    }
    let tree = Below::members(unfolder.object(&mut claims, 1)?);
    // Step 5. What is left was not referenced, directly or through another disclosure.
    if !unfolder.offered.is_empty() {
        return Err(SdJwtError::UnreferencedDisclosure);
    }
    Ok(Unfolded { claims: Value::Object(claims), tree, digests })
}

struct Disclosure {
    name: Option<String>,
    value: Value,
}

/// Section 4.2: `[salt, name, value]` or `[salt, value]`, the salt a text.
fn read_disclosure(text: &str) -> Result<Disclosure, SdJwtError> {
    let Value::Array(parts) = json::parse(&from_base64url(text)?, MAX_BYTES)? else {
        return Err(SdJwtError::BadDisclosure);
    };
    let mut parts = parts.into_iter();
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(Value::String(_)), Some(value), None, None) => Ok(Disclosure { name: None, value }),
        (Some(Value::String(_)), Some(Value::String(name)), Some(value), None) => {
            Ok(Disclosure { name: Some(name), value })
        }
        _ => Err(SdJwtError::BadDisclosure),
    }
}

#[derive(Default)]
struct Unfolder {
    /// Disclosures not placed yet, by the text of their digest.
    offered: BTreeMap<String, (usize, Disclosure)>,
    /// Every digest met so far, decoys included.
    seen: BTreeSet<String>,
}

impl Unfolder {
    fn offer(&mut self, position: usize, digest: String, disclosure: Disclosure) -> Result<(), SdJwtError> {
        match self.offered.insert(digest, (position, disclosure)) {
            None => Ok(()),
            // The same disclosure sent twice: one of the two could never be referenced.
            Some(_) => Err(SdJwtError::UnreferencedDisclosure),
        }
    }

    /// The disclosure that `digest` refers to; nothing for a decoy or one that was kept back.
    fn take(&mut self, digest: String) -> Result<Option<(usize, Disclosure)>, SdJwtError> {
        if self.seen.len() == MAX_DIGESTS {
            return Err(SdJwtError::TooMany);
        }
        let found = self.offered.remove(&digest);
        // Step 4: a digest that is met twice, anywhere, with or without its disclosure.
        if !self.seen.insert(digest) {
            return Err(SdJwtError::DigestTwice);
        }
        Ok(found)
    }

    fn value(&mut self, value: &mut Value, depth: usize) -> Result<Below, SdJwtError> {
        match value {
            Value::Object(members) => Ok(Below::members(self.object(members, depth + 1)?)),
            Value::Array(items) => Ok(Below::items(self.array(items, depth + 1)?)),
            _ => Ok(Below::Nothing),
        }
    }

    fn object(
        &mut self,
        members: &mut Map<String, Value>,
        depth: usize,
    ) -> Result<BTreeMap<String, Node>, SdJwtError> {
        // Disclosures nest in each other, so the depth of one JSON text does not bound the whole.
        if depth > json::MAX_DEPTH {
            return Err(SdJwtError::TooDeep);
        }
        let digests = members.remove("_sd");
        let mut nodes = BTreeMap::new();
        for (name, value) in members.iter_mut() {
            refuse_reserved(name)?;
            if let Some(node) = self.value(value, depth)?.into_node() {
                nodes.insert(name.clone(), node);
            }
        }
        for digest in digest_list(digests)? {
            let Some((position, disclosure)) = self.take(digest)? else { continue };
            let name = disclosure.name.ok_or(SdJwtError::BadDisclosure)?;
            refuse_reserved(&name)?;
            if members.contains_key(&name) {
                return Err(SdJwtError::NameCollision);
            }
            let mut value = disclosure.value;
            let below = self.value(&mut value, depth)?;
            nodes.insert(name.clone(), Node { disclosure: Some(position), below });
            members.insert(name, value);
        }
        Ok(nodes)
    }

    fn array(&mut self, items: &mut Vec<Value>, depth: usize) -> Result<BTreeMap<usize, Node>, SdJwtError> {
        if depth > json::MAX_DEPTH {
            return Err(SdJwtError::TooDeep);
        }
        let mut nodes = BTreeMap::new();
        let mut kept = Vec::with_capacity(items.len());
        for mut item in std::mem::take(items) {
            let mut disclosed = None;
            if let Some(digest) = element_digest(&mut item)? {
                // Step 3.4: an element whose disclosure was kept back leaves no trace.
                let Some((position, disclosure)) = self.take(digest)? else { continue };
                if disclosure.name.is_some() {
                    return Err(SdJwtError::BadDisclosure);
                }
                disclosed = Some(position);
                item = disclosure.value;
            }
            let below = self.value(&mut item, depth)?;
            if disclosed.is_some() || !matches!(below, Below::Nothing) {
                nodes.insert(kept.len(), Node { disclosure: disclosed, below });
            }
            kept.push(item);
        }
        *items = kept;
        Ok(nodes)
    }
}

/// Sections 4.2.1 and 4.1.1: names with a meaning of their own are no claims; a nested `_sd_alg` is
/// forbidden, and the one at the top was taken out before.
fn refuse_reserved(name: &str) -> Result<(), SdJwtError> {
    match name {
        "_sd" | "..." | "_sd_alg" => Err(SdJwtError::ReservedName),
        _ => Ok(()),
    }
}

/// Section 4.2.4.1: `_sd` is a list of texts; it may be empty.
fn digest_list(value: Option<Value>) -> Result<Vec<String>, SdJwtError> {
    let items = match value {
        None => return Ok(Vec::new()),
        Some(Value::Array(items)) => items,
        Some(_) => return Err(SdJwtError::BadDigest),
    };
    let text = |item| match item {
        Value::String(text) => Ok(text),
        _ => Err(SdJwtError::BadDigest),
    };
    items.into_iter().map(text).collect()
}

/// Section 4.2.4.2: `{"...": "<digest>"}` and no other key; nothing for an ordinary element.
fn element_digest(item: &mut Value) -> Result<Option<String>, SdJwtError> {
    let Value::Object(members) = item else { return Ok(None) };
    match members.remove("...") {
        None => Ok(None),
        Some(Value::String(digest)) if members.is_empty() => Ok(Some(digest)),
        Some(_) => Err(SdJwtError::BadDigest),
    }
}
