//! Whether an issuer still stands by a credential: Token Status List (draft-ietf-oauth-status-list).
//!
//! ```text
//! credential   status: { status_list: { idx, uri } }          where to look, and which entry is ours
//! list         JWS typ statuslist+jwt  { sub = uri, iat, exp?, ttl?, status_list: { bits, lst } }
//! lst          BASE64URL(zlib(array)); entry i is bits (i·bits) mod 8 … of byte (i·bits) div 8, lowest first
//! ```
//!
//! The text of a list is kept as it was signed and inflated again for each look: through a window of
//! 8 KiB, one byte of it remembered. So a list that unpacks to gigabytes takes no memory, and none is
//! believed beyond [`MAX_INFLATED`]. That no older list is taken for a newer one is the keeper's duty
//! (`iat`): the draft has no rule against it. Duties: `CHECKS.md`.

mod array;

use chop_crypto::encoding::from_base64url;
use chop_crypto::{CryptoError, Digest, P256PublicKey, Signature};
use chop_model::UnixTime;
use serde_json::{Value, json};

use crate::jose::JoseError;
use crate::jose::jws::{self, Header, UnverifiedJws, VerifiedJws};
use crate::json;

pub use array::{Bits, pack};

/// `typ` of a list.
pub const TYP: &str = "statuslist+jwt";
/// Media type of a list over HTTP.
pub const MEDIA_TYPE: &str = "application/statuslist+jwt";
/// Bytes of a list's text: a hundred million entries with one in a hundred revoked are a tenth of it.
pub const MAX_LIST_BYTES: usize = 16 * 1024 * 1024;
/// Bytes that a list may inflate to: 268 million entries of one bit.
pub const MAX_INFLATED: u64 = 32 * 1024 * 1024;
/// Bytes of the address of a list.
pub const MAX_URI_BYTES: usize = 2048;
/// Seconds by which two clocks may differ.
pub const MAX_SKEW: i64 = 300;

chop_model::coded_errors! {
    /// What can be wrong with a status list or with the way to it.
    pub enum StatusRule {
        /// `status` of a credential names a list without index or address.
        BadReference => ("status.bad-reference", Peer, "the credential does not say properly where its status is"),
        /// The payload is not a status list.
        NotAList => ("status.not-a-list", Peer, "this is not a status list"),
        /// Entries of a size that there is not: 1, 2, 4 or 8 bits.
        BadBits => ("status.bad-bits", Peer, "the status list has entries of an unknown size"),
        /// The list is about another address.
        OtherUri => ("status.other-uri", Peer, "the status list is another one than was asked for"),
        /// Signed in the future.
        NotYetIssued => ("status.not-yet-issued", Peer, "the status list is dated in the future"),
        /// Past its `exp`.
        Expired => ("status.expired", Peer, "the status list has expired"),
        /// It is older than one that was already held.
        Older => ("status.older", Peer, "the status list is older than the one already held"),
        /// The compressed entries are damaged.
        Damaged => ("status.damaged", Peer, "the entries of the status list are damaged"),
        /// The entries are larger than allowed once unpacked.
        TooLarge => ("status.too-large", Peer, "the status list is larger than it may be"),
        /// The index lies beyond the list.
        OutOfBounds => ("status.out-of-bounds", Peer, "the status list has no entry of this number"),
        /// Signed by somebody who may not speak for the issuer of the credential.
        OtherIssuer => ("status.other-issuer", Peer, "the status list is not by the issuer of the credential"),
    }
}

crate::coded_union::coded_union! {
    /// Why a status list is refused.
    pub enum StatusError {
        /// The JWS around it.
        Jose(JoseError),
        /// The list itself.
        Rule(StatusRule),
    }
}

/// Where the status of a credential stands, as its issuer signed it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct StatusReference {
    /// Address of the list; its `sub`.
    pub uri: String,
    /// Number of the entry.
    pub idx: u64,
}

impl StatusReference {
    /// Reads the `status` of a credential; nothing where it names another mechanism.
    ///
    /// # Errors
    /// [`StatusRule::BadReference`].
    pub fn read(status: &Value) -> Result<Option<Self>, StatusRule> {
        let Some(list) = status.get("status_list") else { return Ok(None) };
        let idx = list.get("idx").and_then(Value::as_u64);
        let uri = list.get("uri").and_then(Value::as_str);
        let uri = uri.filter(|uri| !uri.is_empty() && uri.len() <= MAX_URI_BYTES);
        match (idx, uri) {
            (Some(idx), Some(uri)) => Ok(Some(Self { uri: uri.to_owned(), idx })),
            _ => Err(StatusRule::BadReference),
        }
    }

    /// As it stands in a credential.
    pub fn to_value(&self) -> Value {
        json!({ "status_list": { "idx": self.idx, "uri": self.uri } })
    }
}

/// What a list says of one credential (section 7.1 of the draft).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// 0: the issuer stands by it.
    Valid,
    /// 1: revoked for good.
    Invalid,
    /// 2: not valid for now.
    Suspended,
    /// 3 and 11 to 15: means something to those who agreed on it.
    ApplicationSpecific(u8),
    /// Any other: registered later, or by nobody.
    Unknown(u8),
}

impl Status {
    fn of(value: u8) -> Self {
        match value {
            0 => Self::Valid,
            1 => Self::Invalid,
            2 => Self::Suspended,
            3 | 11..=15 => Self::ApplicationSpecific(value),
            other => Self::Unknown(other),
        }
    }
}

/// A list that was read and not verified.
pub struct UnverifiedStatusList(UnverifiedJws);

impl UnverifiedStatusList {
    /// Takes the text apart.
    ///
    /// # Errors
    /// [`JoseError`].
    pub fn parse(text: &str) -> Result<Self, StatusError> {
        let jws = UnverifiedJws::parse(text.trim_end(), MAX_LIST_BYTES)?;
        if jws.header().typ != TYP {
            return Err(JoseError::WrongType.into());
        }
        Ok(Self(jws))
    }

    /// The header; `x5c` from here is verified before its key is used.
    pub fn header(&self) -> &Header {
        self.0.header()
    }

    /// Verifies a list that was fetched from `uri`, or is held for it, as of `now`.
    ///
    /// # Errors
    /// A [`StatusError`] for the first fault.
    pub fn verify(
        self,
        key: &P256PublicKey,
        uri: &str,
        now: UnixTime,
    ) -> Result<VerifiedStatusList, StatusError> {
        let jws = self.0.verify(key, TYP)?;
        let Content { sub, iat, exp, ttl, bits, lst } = read(jws.payload())?;
        if sub != uri {
            return Err(StatusRule::OtherUri.into());
        }
        if iat.since(now) > MAX_SKEW {
            return Err(StatusRule::NotYetIssued.into());
        }
        if exp.is_some_and(|exp| exp <= now) {
            return Err(StatusRule::Expired.into());
        }
        let list = VerifiedStatusList { jws, uri: sub, iat, exp, ttl, bits, lst };
        // Once through, so that damage and bombs are found when a list comes in and not when it counts.
        array::look(&list.lst, list.bits, 0)?;
        Ok(list)
    }
}

/// A list that its signer vouches for and that is in time. Whether the signer may speak for the issuer
/// of a credential is the caller's to say.
pub struct VerifiedStatusList {
    jws: VerifiedJws,
    uri: String,
    iat: UnixTime,
    exp: Option<UnixTime>,
    ttl: Option<i64>,
    bits: Bits,
    lst: Vec<u8>,
}

impl std::fmt::Debug for VerifiedStatusList {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("VerifiedStatusList")
            .field("uri", &self.uri)
            .field("iat", &self.iat)
            .finish_non_exhaustive()
    }
}

impl VerifiedStatusList {
    /// The exact text.
    pub fn text(&self) -> &str {
        self.jws.text()
    }

    /// SHA-256 of the text.
    pub fn digest(&self) -> Digest {
        self.jws.digest()
    }

    /// Its address.
    pub fn uri(&self) -> &str {
        &self.uri
    }

    /// When it was signed.
    pub fn issued(&self) -> UnixTime {
        self.iat
    }

    /// The first second at which it no longer counts.
    pub fn not_after(&self) -> Option<UnixTime> {
        self.exp
    }

    /// Seconds after fetching it from which a newer one should be fetched.
    pub fn ttl(&self) -> Option<i64> {
        self.ttl
    }

    /// The entry of a number.
    ///
    /// # Errors
    /// [`StatusRule::OutOfBounds`].
    pub fn status(&self, idx: u64) -> Result<Status, StatusRule> {
        let value = array::look(&self.lst, self.bits, idx)?;
        value.map(Status::of).ok_or(StatusRule::OutOfBounds)
    }
}

/// What goes into a list that is to be signed.
#[derive(Debug, Clone)]
pub struct Draft<'a> {
    /// Its address.
    pub uri: &'a str,
    /// When it is signed.
    pub iat: UnixTime,
    /// The first second at which it no longer counts.
    pub exp: Option<UnixTime>,
    /// Seconds that it may be kept.
    pub ttl: Option<i64>,
    /// Size of an entry.
    pub bits: Bits,
    /// The entries.
    pub statuses: &'a [u8],
}

/// Signs a list, as an issuer does. `x5c`: the chain of its key, the leaf first.
///
/// # Errors
/// [`StatusRule::BadBits`] for an entry that does not fit; [`JoseError`] as [`jws::sign`].
pub fn issue(
    draft: &Draft<'_>,
    x5c: Vec<Vec<u8>>,
    sign: &dyn Fn(&[u8]) -> Result<Signature, CryptoError>,
) -> Result<String, StatusError> {
    let Draft { uri, iat, exp, ttl, bits, statuses } = draft;
    let lst = chop_crypto::encoding::to_base64url(&pack(*bits, statuses)?);
    let mut payload = json!({
        "sub": uri, "iat": iat.0, "status_list": { "bits": bits.number(), "lst": lst },
    });
    let optional = [("exp", exp.map(|exp| exp.0)), ("ttl", *ttl)];
    if let Some(members) = payload.as_object_mut() {
        for (name, value) in optional {
            members.extend(value.map(|value| (name.to_owned(), value.into())));
        }
    }
    let payload = serde_json::to_vec(&payload).map_err(|_| JoseError::Misuse)?;
    Ok(jws::sign(&Header { x5c, ..Header::new(TYP) }, &payload, sign)?)
}

struct Content {
    sub: String,
    iat: UnixTime,
    exp: Option<UnixTime>,
    ttl: Option<i64>,
    bits: Bits,
    lst: Vec<u8>,
}

/// Other members are of no meaning here and ignored (RFC 7519 section 4).
fn read(payload: &[u8]) -> Result<Content, StatusError> {
    let value = json::parse(payload, MAX_LIST_BYTES).map_err(JoseError::from)?;
    let number = |name: &str| match value.get(name) {
        None => Ok(None),
        Some(value) => value.as_i64().filter(|n| *n >= 0).map(Some).ok_or(StatusRule::NotAList),
    };
    let list = value.get("status_list").ok_or(StatusRule::NotAList)?;
    let bits = list.get("bits").and_then(Value::as_u64).ok_or(StatusRule::NotAList)?;
    let lst = list.get("lst").and_then(Value::as_str).ok_or(StatusRule::NotAList)?;
    let ttl = number("ttl")?;
    if ttl == Some(0) {
        return Err(StatusRule::NotAList.into());
    }
    Ok(Content {
        sub: value.get("sub").and_then(Value::as_str).ok_or(StatusRule::NotAList)?.to_owned(),
        iat: number("iat")?.map(UnixTime).ok_or(StatusRule::NotAList)?,
        exp: number("exp")?.map(UnixTime),
        ttl,
        bits: Bits::of(bits)?,
        lst: from_base64url(lst).map_err(|_| StatusRule::Damaged)?,
    })
}

#[cfg(test)]
mod tests;
