//! The holder's side: choose by claim path, prepare, sign, finish (RFC 9901 section 7.2).

use std::collections::BTreeSet;

use chop_crypto::encoding::to_base64url;
use chop_crypto::{Digest, KeyId, Keystore, P256PublicKey, Signature, SigningDomain};
use chop_model::UnixTime;
use serde_json::Value;

use super::key_binding::{self, KbClaims};
use super::parts::Parts;
use super::unfold::{Below, Node, Unfolded, unfold};
use super::{MAX_BYTES, SdJwtError};
use crate::claim_path::{ClaimPath, PathElement};
use crate::jose::jws::{Header, UnverifiedJws};
use crate::json;

/// A credential in its holder's hand, taken apart and ready to be presented.
pub struct Held {
    parts: Parts,
    claims: Value,
    tree: Below,
    holder: Option<P256PublicKey>,
}

impl Held {
    /// Reads a credential from the holder's own shelf. Its form and disclosures are checked; the
    /// issuer's signature is checked when it is received ([`super::VerifiedSdJwt::into_held`]).
    ///
    /// # Errors
    /// The variant of [`SdJwtError`] that names the first fault;
    /// [`SdJwtError::UnexpectedKeyBinding`] for a presentation.
    pub fn read(text: &str) -> Result<Self, SdJwtError> {
        let parts = Parts::read(text)?;
        let jws = UnverifiedJws::parse(parts.jwt(), MAX_BYTES)?;
        let unfolded = unfold(json::parse(jws.dangerous_payload(), MAX_BYTES)?, parts.disclosures())?;
        Self::from_parts(parts, unfolded)
    }

    pub(crate) fn from_parts(parts: Parts, unfolded: Unfolded) -> Result<Self, SdJwtError> {
        if parts.key_binding.is_some() {
            return Err(SdJwtError::UnexpectedKeyBinding);
        }
        let Unfolded { claims, tree, .. } = unfolded;
        // Another way of naming the holder (`cnf.kid`) is legal; we just cannot present with it.
        let holder = key_binding::holder_key(&claims).ok().flatten();
        Ok(Self { parts, claims, tree, holder })
    }

    /// The credential as it is stored, compact.
    pub fn text(&self) -> &str {
        &self.parts.sd
    }

    /// The header of the issuer-signed JWT, which was not verified here.
    ///
    /// # Errors
    /// Never for a credential that was read.
    pub fn header(&self) -> Result<Header, SdJwtError> {
        Ok(UnverifiedJws::parse(self.parts.jwt(), MAX_BYTES)?.header().clone())
    }

    /// All claims, an object. Paths of [`Held::select`] start here.
    pub fn claims(&self) -> &Value {
        &self.claims
    }

    /// The key that must sign key bindings.
    pub fn holder_key(&self) -> Option<&P256PublicKey> {
        self.holder.as_ref()
    }

    /// The claims that every presentation shows, whatever is selected.
    ///
    /// # Errors
    /// Never for a credential that was read.
    pub fn always_shown(&self) -> Result<Value, SdJwtError> {
        self.select(&[])?.shown()
    }

    /// What stands open beside the way to the value at `path`, inside what must be disclosed to reach
    /// it: whoever shows the value shows these too. What stands open at the top is in
    /// [`Held::always_shown`]. Nothing for a path that leads nowhere or through every element.
    pub fn shown_beside(&self, path: &ClaimPath) -> Vec<ClaimPath> {
        let (mut value, mut below) = (&self.claims, Some(&self.tree));
        let (mut way, mut beside) = (Vec::new(), Vec::new());
        for element in path.elements() {
            if !way.is_empty() {
                let others = open_children(value, below).into_iter().filter(|other| other != element);
                beside.extend(others.map(|other| [way.as_slice(), &[other]].concat()));
            }
            let (next, node) = match (element, value) {
                (PathElement::Key(key), Value::Object(members)) => (members.get(key), member(below, key)),
                (PathElement::Index(index), Value::Array(items)) => (items.get(*index), item(below, *index)),
                _ => (None, None),
            };
            let Some(next) = next else { return Vec::new() };
            (value, below) = (next, node.map(|node| &node.below));
            way.push(element.clone());
        }
        beside.into_iter().filter_map(|elements| ClaimPath::new(elements).ok()).collect()
    }

    /// Selects what each path names: the value with everything below it, and of the values above it
    /// only what is needed to reach it. Siblings stay hidden.
    ///
    /// # Errors
    /// [`SdJwtError::NoSuchClaim`] when a path names nothing.
    pub fn select(&self, paths: &[ClaimPath]) -> Result<Selection, SdJwtError> {
        let mut selected = BTreeSet::new();
        for path in paths {
            let mut way = Way { trail: Vec::new(), selected: &mut selected };
            if !way.follow(path.elements(), &self.claims, Some(&self.tree)) {
                return Err(SdJwtError::NoSuchClaim);
            }
        }
        Ok(Selection { sd: self.parts.with_only(|at| selected.contains(&at)), holder: self.holder })
    }
}

/// The disclosures met on the way to a value.
struct Way<'a> {
    trail: Vec<usize>,
    selected: &'a mut BTreeSet<usize>,
}

impl Way<'_> {
    /// Walks on from `value`; whether the path led anywhere. Only then is its trail selected.
    fn follow(&mut self, elements: &[PathElement], value: &Value, below: Option<&Below>) -> bool {
        let Some((element, rest)) = elements.split_first() else {
            self.selected.extend(&self.trail);
            self.selected.extend(below.into_iter().flat_map(all_below));
            return true;
        };
        match (element, value) {
            (PathElement::Key(key), Value::Object(members)) => {
                members.get(key).is_some_and(|value| self.enter(rest, value, member(below, key)))
            }
            (PathElement::Index(index), Value::Array(items)) => {
                items.get(*index).is_some_and(|value| self.enter(rest, value, item(below, *index)))
            }
            (PathElement::All, Value::Array(items)) => {
                let each = |found, (at, value)| self.enter(rest, value, item(below, at)) || found;
                items.iter().enumerate().fold(false, each)
            }
            _ => false,
        }
    }

    fn enter(&mut self, rest: &[PathElement], value: &Value, node: Option<&Node>) -> bool {
        let length = self.trail.len();
        self.trail.extend(node.and_then(|node| node.disclosure));
        let found = self.follow(rest, value, node.map(|node| &node.below));
        self.trail.truncate(length);
        found
    }
}

fn member<'a>(below: Option<&'a Below>, key: &str) -> Option<&'a Node> {
    match below {
        Some(Below::Members(nodes)) => nodes.get(key),
        _ => None,
    }
}

fn item(below: Option<&Below>, index: usize) -> Option<&Node> {
    match below {
        Some(Below::Items(nodes)) => nodes.get(&index),
        _ => None,
    }
}

/// The members or elements that no disclosure of their own hides, and that say something.
fn open_children(value: &Value, below: Option<&Below>) -> Vec<PathElement> {
    let is_open = |value: &Value, node: Option<&Node>| {
        node.is_none_or(|node| node.disclosure.is_none())
            && says_something(value, node.map(|node| &node.below))
    };
    match value {
        Value::Object(members) => members
            .iter()
            .filter(|(name, value)| is_open(value, member(below, name)))
            .map(|(name, _)| PathElement::Key(name.clone()))
            .collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .filter(|(at, value)| is_open(value, item(below, *at)))
            .map(|(at, _)| PathElement::Index(at))
            .collect(),
        _ => Vec::new(),
    }
}

/// Whether anything is left of a value once every disclosure is taken out of it.
fn says_something(value: &Value, below: Option<&Below>) -> bool {
    match value {
        Value::Object(_) | Value::Array(_) => !open_children(value, below).is_empty(),
        _ => true,
    }
}

fn all_below(below: &Below) -> Vec<usize> {
    let nodes: Vec<&Node> = match below {
        Below::Nothing => Vec::new(),
        Below::Members(nodes) => nodes.values().collect(),
        Below::Items(nodes) => nodes.values().collect(),
    };
    nodes.into_iter().flat_map(|node| node.disclosure.into_iter().chain(all_below(&node.below))).collect()
}

/// What is to be shown, not bound to anybody yet.
pub struct Selection {
    sd: String,
    holder: Option<P256PublicKey>,
}

impl Selection {
    /// `<JWT>~<disclosure>~…~`: a presentation for a verifier that asks for no key binding.
    pub fn sd_jwt(&self) -> &str {
        &self.sd
    }

    /// SHA-256 over [`Selection::sd_jwt`].
    pub fn sd_hash(&self) -> Digest {
        key_binding::sd_hash(&self.sd)
    }

    /// The claims that the verifier will see.
    ///
    /// # Errors
    /// Never for a selection from a credential that was read.
    pub fn shown(&self) -> Result<Value, SdJwtError> {
        Ok(Held::read(&self.sd)?.claims)
    }

    /// Prepares the key binding: for whom, in answer to what, when, under which grant.
    ///
    /// # Errors
    /// [`SdJwtError::NoHolderKey`] when the credential is bound to no key.
    pub fn bind(
        self,
        aud: &str,
        nonce: &str,
        iat: UnixTime,
        chop_grant: Option<&Digest>,
    ) -> Result<UnsignedPresentation, SdJwtError> {
        let holder = self.holder.ok_or(SdJwtError::NoHolderKey)?;
        let claims = KbClaims {
            iat,
            aud: aud.to_owned(),
            nonce: nonce.to_owned(),
            sd_hash: to_base64url(&self.sd_hash()),
            chop_grant: chop_grant.map(|digest| to_base64url(digest)),
            transaction_data_hashes: Vec::new(),
        };
        Ok(UnsignedPresentation { signing_input: claims.signing_input()?, sd: self.sd, holder, claims })
    }
}

/// A presentation that lacks only the holder's signature. It is consumed by signing: one key binding,
/// one presentation.
pub struct UnsignedPresentation {
    sd: String,
    claims: KbClaims,
    signing_input: String,
    holder: P256PublicKey,
}

impl UnsignedPresentation {
    /// The same, agreeing to the `transaction_data` entry with hash `entry` too (OpenID4VP 1.0 appendix
    /// B.3.3.1).
    ///
    /// # Errors
    /// As [`Selection::bind`].
    pub fn agreeing_to(mut self, entry: &Digest) -> Result<Self, SdJwtError> {
        self.claims.transaction_data_hashes.push(to_base64url(entry));
        Ok(Self { signing_input: self.claims.signing_input()?, ..self })
    }

    /// The bytes to sign with the holder's key, in [`SigningDomain::KeyBinding`].
    pub fn signing_input(&self) -> &[u8] {
        self.signing_input.as_bytes()
    }

    /// The key that must sign.
    pub fn holder_key(&self) -> &P256PublicKey {
        &self.holder
    }

    /// Adds a signature that was made over [`UnsignedPresentation::signing_input`].
    pub fn finish(self, signature: &Signature) -> String {
        let Self { mut sd, signing_input, .. } = self;
        sd.reserve(signing_input.len() + 90);
        sd.push_str(&signing_input);
        sd.push('.');
        sd.push_str(&to_base64url(signature));
        sd
    }

    /// Signs with a stored key and finishes.
    ///
    /// # Errors
    /// [`SdJwtError::NoHolderKey`] when `key` is not the one in `cnf`, [`SdJwtError::KeyFailure`] when
    /// the key store fails; nothing was signed then.
    pub fn sign(self, keystore: &dyn Keystore, key: &KeyId) -> Result<String, SdJwtError> {
        let found = keystore.find(key)?;
        if found.public.p256()? != &self.holder {
            return Err(SdJwtError::NoHolderKey);
        }
        let signature = keystore.sign(key, SigningDomain::KeyBinding, self.signing_input())?;
        Ok(self.finish(&signature))
    }
}
