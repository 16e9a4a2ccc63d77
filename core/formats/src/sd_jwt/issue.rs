//! The issuer's side (RFC 9901 section 4): the payload is written in one pass, with a digest where a
//! value is to be hidden and its disclosure behind the signature.

use std::collections::BTreeMap;

use chop_crypto::encoding::to_base64url;
use chop_crypto::{CryptoError, P256PublicKey, Random, Signature, sha256};
use serde_json::{Map, Value};

use super::{MAX_BYTES, MAX_DISCLOSURES, SdJwtError};
use crate::claim_path::{ClaimPath, PathElement};
use crate::jose::jwk;
use crate::jose::jws::{Alg, Header, signing_input};
use crate::json::MAX_DEPTH;

/// What is to be issued.
#[derive(Debug, Clone, Copy)]
pub struct Issuance<'a> {
    /// `typ` of the issuer-signed JWT, `dc+sd-jwt` for an SD-JWT VC.
    pub typ: &'a str,
    /// DER certificates of the issuer, the leaf first; may be empty.
    pub x5c: &'a [Vec<u8>],
    /// `kid` of the header.
    pub kid: Option<&'a str>,
    /// All claims. Names `_sd`, `_sd_alg` and `...` are not for claims.
    pub claims: &'a Map<String, Value>,
    /// The values that can be shown or kept back one by one. A path below another one hides in two
    /// steps; a wildcard stands for every element that the array has.
    pub disclosable: &'a [ClaimPath],
    /// The key that the holder proves to have; written as `cnf`.
    pub holder: Option<&'a P256PublicKey>,
    /// Decoys (section 4.2.5) fill every list of digests up to this number, so that its length does
    /// not tell how many values there are; 0 for none.
    pub pad_digests_to: usize,
}

/// Issues an SD-JWT; `sign` gets the signing input of the JWS.
///
/// # Errors
/// [`SdJwtError::NotIssuable`] for a reserved name, `cnf` beside a holder, a path that names nothing,
/// or what would be beyond the bounds of whoever reads it; [`SdJwtError::KeyFailure`] when randomness or the signature fails.
pub fn issue(
    random: &dyn Random,
    issuance: &Issuance<'_>,
    sign: &dyn Fn(&[u8]) -> Result<Signature, CryptoError>,
) -> Result<String, SdJwtError> {
    let Issuance { typ, x5c, kid, claims, disclosable, holder, pad_digests_to } = *issuance;
    if claims.iter().any(|(name, value)| is_reserved(name) || !is_issuable(value, 1))
        || (holder.is_some() && claims.contains_key("cnf"))
    {
        return Err(SdJwtError::NotIssuable);
    }
    let plan = Plan::of(claims, disclosable)?;
    let mut writer = Writer {
        random: Pool::new(random, disclosable.len()),
        disclosures: String::with_capacity(disclosable.len() * 100),
        count: 0,
        pad_digests_to,
    };
    let mut payload = Vec::with_capacity(512 + disclosable.len() * 50);
    writer.payload(claims, &plan, holder, &mut payload)?;
    let header = Header {
        alg: Alg::Es256,
        typ: typ.to_owned(),
        kid: kid.map(str::to_owned),
        x5c: x5c.to_vec(),
        x5t_s256: None,
        jwk: None,
    };
    let mut text = signing_input(&header, &payload)?;
    let signature = sign(text.as_bytes())?;
    text.reserve(writer.disclosures.len() + 90);
    text.push('.');
    text.push_str(&to_base64url(&signature));
    text.push('~');
    text.push_str(&writer.disclosures);
    match text.len() <= MAX_BYTES && writer.count <= MAX_DISCLOSURES {
        true => Ok(text),
        false => Err(SdJwtError::NotIssuable),
    }
}

/// What of a value is hidden: itself, and parts of it.
#[derive(Default)]
struct Plan<'a> {
    hidden: bool,
    members: BTreeMap<&'a str, Plan<'a>>,
    items: BTreeMap<usize, Plan<'a>>,
}

impl<'a> Plan<'a> {
    fn of(claims: &Map<String, Value>, paths: &'a [ClaimPath]) -> Result<Self, SdJwtError> {
        let mut plan = Self::default();
        for path in paths {
            let (first, rest) = path.elements().split_first().ok_or(SdJwtError::NotIssuable)?;
            let PathElement::Key(name) = first else { return Err(SdJwtError::NotIssuable) };
            let value = claims.get(name).ok_or(SdJwtError::NotIssuable)?;
            plan.members.entry(name).or_default().add(value, rest)?;
        }
        Ok(plan)
    }

    fn add(&mut self, value: &Value, path: &'a [PathElement]) -> Result<(), SdJwtError> {
        let Some((element, rest)) = path.split_first() else {
            self.hidden = true;
            return Ok(());
        };
        match (element, value) {
            (PathElement::Key(name), Value::Object(members)) => {
                let value = members.get(name).ok_or(SdJwtError::NotIssuable)?;
                self.members.entry(name).or_default().add(value, rest)
            }
            (PathElement::Index(index), Value::Array(items)) => {
                let value = items.get(*index).ok_or(SdJwtError::NotIssuable)?;
                self.items.entry(*index).or_default().add(value, rest)
            }
            (PathElement::All, Value::Array(items)) => {
                let mut each = items.iter().enumerate();
                each.try_for_each(|(at, value)| self.items.entry(at).or_default().add(value, rest))
            }
            _ => Err(SdJwtError::NotIssuable),
        }
    }
}

struct Writer<'r> {
    random: Pool<'r>,
    disclosures: String,
    count: usize,
    pad_digests_to: usize,
}

impl Writer<'_> {
    fn payload(
        &mut self,
        claims: &Map<String, Value>,
        plan: &Plan<'_>,
        holder: Option<&P256PublicKey>,
        out: &mut Vec<u8>,
    ) -> Result<(), SdJwtError> {
        out.extend_from_slice(br#"{"_sd_alg":"sha-256""#);
        if let Some(key) = holder {
            out.extend_from_slice(br#","cnf":{"jwk":"#);
            out.extend_from_slice(jwk::canonical(key).as_bytes());
            out.push(b'}');
        }
        self.members(claims, plan, out)?;
        out.push(b'}');
        Ok(())
    }

    fn value(&mut self, value: &Value, plan: Option<&Plan<'_>>, out: &mut Vec<u8>) -> Result<(), SdJwtError> {
        match (value, plan) {
            (Value::Object(members), Some(plan)) if !plan.members.is_empty() => {
                let start = out.len();
                self.members(members, plan, out)?;
                // Every member is written with a comma before it; the first one becomes the brace.
                match out.get_mut(start) {
                    Some(comma) => *comma = b'{',
                    None => out.push(b'{'),
                }
                out.push(b'}');
                Ok(())
            }
            (Value::Array(items), Some(plan)) if !plan.items.is_empty() => self.items(items, plan, out),
            _ => write_json(value, out),
        }
    }

    /// Each member as `,"name":value`, then `,"_sd":[…]`.
    fn members(
        &mut self,
        members: &Map<String, Value>,
        plan: &Plan<'_>,
        out: &mut Vec<u8>,
    ) -> Result<(), SdJwtError> {
        let mut digests = Vec::with_capacity(plan.members.len().max(self.pad_digests_to));
        for (name, value) in members {
            let plan = plan.members.get(name.as_str());
            if plan.is_some_and(|plan| plan.hidden) {
                digests.push(self.disclose(Some(name), value, plan)?);
            } else {
                out.push(b',');
                write_json(name, out)?;
                out.push(b':');
                self.value(value, plan, out)?;
            }
        }
        if digests.is_empty() {
            return Ok(());
        }
        self.pad(&mut digests)?;
        // Section 4.2.4.1: the order of the claims must not show.
        digests.sort_unstable();
        out.extend_from_slice(br#","_sd":["#);
        out.extend_from_slice(b"\"");
        out.extend_from_slice(digests.join("\",\"").as_bytes());
        out.extend_from_slice(b"\"]");
        Ok(())
    }

    fn items(&mut self, items: &[Value], plan: &Plan<'_>, out: &mut Vec<u8>) -> Result<(), SdJwtError> {
        let mut decoys = vec![String::new(); plan.items.values().filter(|plan| plan.hidden).count()];
        let hidden = decoys.len();
        self.pad(&mut decoys)?;
        out.push(b'[');
        for (at, value) in items.iter().enumerate() {
            if at > 0 {
                out.push(b',');
            }
            match plan.items.get(&at) {
                Some(plan) if plan.hidden => {
                    let digest = self.disclose(None, value, Some(plan))?;
                    write_element_digest(&digest, out);
                }
                plan => self.value(value, plan, out)?,
            }
        }
        // Decoys follow the elements: an array keeps its order, and the places are filled to one number.
        for decoy in decoys.iter().skip(hidden) {
            out.push(b',');
            write_element_digest(decoy, out);
        }
        out.push(b']');
        Ok(())
    }

    /// Writes a disclosure behind the others; its digest in base64url.
    fn disclose(
        &mut self,
        name: Option<&str>,
        value: &Value,
        plan: Option<&Plan<'_>>,
    ) -> Result<String, SdJwtError> {
        let mut json = Vec::with_capacity(128);
        json.extend_from_slice(b"[\"");
        json.extend_from_slice(to_base64url(&self.random.draw()?).as_bytes());
        json.extend_from_slice(b"\",");
        if let Some(name) = name {
            write_json(name, &mut json)?;
            json.push(b',');
        }
        self.value(value, plan, &mut json)?;
        json.push(b']');
        let disclosure = to_base64url(&json);
        self.disclosures.push_str(&disclosure);
        self.disclosures.push('~');
        self.count += 1;
        Ok(to_base64url(&sha256(disclosure.as_bytes())))
    }

    fn pad(&mut self, digests: &mut Vec<String>) -> Result<(), SdJwtError> {
        while digests.len() < self.pad_digests_to {
            digests.push(to_base64url(&sha256(&self.random.draw()?)));
        }
        Ok(())
    }
}

/// Random bytes drawn many at a time: a call into the machine's source costs more than a salt.
struct Pool<'r> {
    source: &'r dyn Random,
    bytes: Vec<u8>,
    left: usize,
}

impl<'r> Pool<'r> {
    fn new(source: &'r dyn Random, draws: usize) -> Self {
        Self { source, bytes: vec![0; draws.clamp(1, MAX_DRAWS) * SALT_LEN], left: 0 }
    }

    /// 128 bits (section 9.3), never given twice.
    fn draw(&mut self) -> Result<[u8; SALT_LEN], SdJwtError> {
        if self.left == 0 {
            self.source.fill(&mut self.bytes)?;
            self.left = self.bytes.len() / SALT_LEN;
        }
        self.left -= 1;
        let start = self.left * SALT_LEN;
        let salt = self.bytes.get(start..start + SALT_LEN).and_then(|bytes| bytes.try_into().ok());
        salt.ok_or(SdJwtError::KeyFailure)
    }
}

fn write_json<T: serde::Serialize + ?Sized>(value: &T, out: &mut Vec<u8>) -> Result<(), SdJwtError> {
    serde_json::to_writer(out, value).map_err(|_| SdJwtError::NotIssuable)
}

fn write_element_digest(digest: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(br#"{"...":""#);
    out.extend_from_slice(digest.as_bytes());
    out.extend_from_slice(b"\"}");
}

fn is_reserved(name: &str) -> bool {
    matches!(name, "_sd" | "_sd_alg" | "...")
}

/// Whether `value`, `depth` containers down, has no reserved name and stays within the depth that a
/// reader allows.
fn is_issuable(value: &Value, depth: usize) -> bool {
    let inside = depth < MAX_DEPTH;
    match value {
        Value::Object(members) => {
            inside && members.iter().all(|(name, v)| !is_reserved(name) && is_issuable(v, depth + 1))
        }
        Value::Array(items) => inside && items.iter().all(|v| is_issuable(v, depth + 1)),
        _ => true,
    }
}

const SALT_LEN: usize = 16;
const MAX_DRAWS: usize = 256;
