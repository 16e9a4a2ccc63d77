//! A pack: law or catalogue as data, signed by a publisher whom a person chose.
//!
//! ```text
//! JWS  typ chop-pack+jwt, header jwk = the publisher's key, iss = its RFC 7638 thumbprint
//!      { format: 1, iss, kind: "rules" | "catalog", id, version, seq, issued, effective_from, text }
//! ```
//!
//! `text` is TOML and is not read here: what it means is the floor's own business that it is for. The
//! key travels in the header, so the pack proves nothing by itself: a person compares the thumbprint
//! once and pins it. A later pack of the same id has a higher `seq`; an older one is refused, and what is
//! held stays in force.
//!
//! Duties: `CHECKS.md`.

use chop_crypto::{Digest, KeyId, Keystore, P256PublicKey, SigningDomain};
use chop_model::UnixTime;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::coded_union::coded_union;
use crate::digest64::B64Digest;
use crate::jose::jws::{self, Header, UnverifiedJws, VerifiedJws};
use crate::jose::{JoseError, jwk};
use crate::json;
use crate::shown_text::{ShownTextError, check_name};

/// `typ` of a pack.
pub const TYP: &str = "chop-pack+jwt";
/// Bytes of a pack's text, signed.
pub const MAX_PACK_BYTES: usize = 1024 * 1024;
/// Bytes of an id or a version.
pub const MAX_ID_BYTES: usize = 64;
/// Seconds by which two clocks may differ.
pub const MAX_SKEW: i64 = 300;

coded_union! {
    /// Why a pack is refused.
    pub enum SignedPackError {
        /// A pack's own rules.
        Rule(SignedPackRule),
        /// Its signature or form.
        Jose(JoseError),
        /// A text in it that may not be shown.
        Text(ShownTextError),
    }
}

chop_model::coded_errors! {
    /// The rules of packs.
    pub enum SignedPackRule {
        /// Not a JWS: a text that nobody signed.
        Unsigned => ("signed-pack.unsigned", Peer, "the pack is not signed"),
        /// Signed by nobody who was pinned.
        OtherPublisher => ("signed-pack.other-publisher", User, "the pack is not signed by the publisher whose fingerprint was compared"),
        /// A version of this format that is not read here.
        UnknownVersion => ("signed-pack.unknown-version", Environment, "the pack is of a newer version"),
        /// Not the fields of a pack.
        NotAPack => ("signed-pack.not-a-pack", Peer, "not a pack"),
        /// Neither rules nor a catalogue.
        UnknownKind => ("signed-pack.unknown-kind", Environment, "the pack is of a kind that is not known"),
        /// Issued in the future.
        NotYetIssued => ("signed-pack.not-yet-issued", Peer, "the pack was issued in the future"),
        /// A number below the last one seen.
        Older => ("signed-pack.older", Peer, "the pack is older than the one held"),
        /// The last number seen, or a version seen, with another content.
        Forked => ("signed-pack.forked", Peer, "the publisher signed two different packs under one number or version"),
    }
}

/// What a pack is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PackKind {
    /// Rules of law.
    Rules,
    /// Types of documents, fields and purposes.
    Catalog,
}

impl PackKind {
    /// The word on the wire.
    pub fn code(self) -> &'static str {
        match self {
            Self::Rules => "rules",
            Self::Catalog => "catalog",
        }
    }

    /// The kind with this word.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Rules, Self::Catalog].into_iter().find(|kind| kind.code() == code)
    }
}

/// The content of a pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignedPack {
    /// 1.
    pub format: u32,
    /// RFC 7638 thumbprint of the publisher's key; [`SignedPack::sign`] fills it in.
    pub iss: B64Digest,
    /// What it is for.
    pub kind: PackKind,
    /// `gba`; the id inside `text` is the same.
    pub id: String,
    /// `2026.2`; the version inside `text` is the same.
    pub version: String,
    /// Grows with every pack of this id.
    pub seq: u64,
    /// When it was made.
    pub issued: UnixTime,
    /// From when it holds; until then the one before does.
    pub effective_from: UnixTime,
    /// The pack itself, TOML.
    pub text: String,
}

/// The last pack of an id that was accepted; kept by the caller, so that none goes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastSeen {
    /// Its number.
    pub seq: u64,
    /// SHA-256 of the signed text.
    pub digest: Digest,
}

impl SignedPack {
    /// Signs the pack with a publisher's key.
    ///
    /// # Errors
    /// What a reader would refuse, and [`JoseError`] when the key cannot be used.
    pub fn sign(mut self, keystore: &dyn Keystore, key: &KeyId) -> Result<String, SignedPackError> {
        let public = keystore.find(key).map_err(JoseError::from)?.public;
        let public = *public.p256().map_err(JoseError::from)?;
        self.iss = jwk::thumbprint(&public).into();
        check_content(&self)?;
        let header = Header { jwk: Some(public), ..Header::new(TYP) };
        Ok(jws::sign_json(&header, &self, keystore, key, SigningDomain::Pack)?)
    }
}

/// A pack that was read and not verified.
#[derive(Clone)]
pub struct UnverifiedPack {
    jws: UnverifiedJws,
    key: P256PublicKey,
}

impl UnverifiedPack {
    /// Takes the text apart.
    ///
    /// # Errors
    /// [`SignedPackRule::Unsigned`] for a text that is no JWS; [`JoseError`];
    /// [`SignedPackRule::NotAPack`] when no key is in the header.
    pub fn parse(text: &str) -> Result<Self, SignedPackError> {
        let text = text.trim_end();
        if text.len() <= MAX_PACK_BYTES && !(text.bytes().all(is_of_a_jws) && text.matches('.').count() == 2)
        {
            return Err(SignedPackRule::Unsigned.into());
        }
        let jws = UnverifiedJws::parse(text, MAX_PACK_BYTES)?;
        if jws.header().typ != TYP {
            return Err(JoseError::WrongType.into());
        }
        let key = jws.header().jwk.ok_or(SignedPackRule::NotAPack)?;
        Ok(Self { jws, key })
    }

    /// The thumbprint of the key that claims to have signed: what a person compares before pinning it.
    pub fn fingerprint(&self) -> Digest {
        jwk::thumbprint(&self.key)
    }

    /// Verifies the pack against the publisher's `pinned` fingerprint.
    ///
    /// # Errors
    /// A [`SignedPackError`] for the first fault. Whether it is older than one that is held, see
    /// [`VerifiedPack::check_goes_forward`].
    pub fn verify(self, pinned: &Digest, now: UnixTime) -> Result<VerifiedPack, SignedPackError> {
        let publisher = self.fingerprint();
        if publisher != *pinned {
            return Err(SignedPackRule::OtherPublisher.into());
        }
        let jws = self.jws.verify(&self.key, TYP)?;
        let pack = read(jws.payload())?;
        if pack.iss.0 != publisher {
            return Err(SignedPackRule::OtherPublisher.into());
        }
        if pack.issued.since(now) > MAX_SKEW {
            return Err(SignedPackRule::NotYetIssued.into());
        }
        check_content(&pack)?;
        Ok(VerifiedPack { jws, pack, publisher })
    }
}

/// A pack whose publisher and form are right. What its text says is not judged yet.
#[derive(Clone)]
pub struct VerifiedPack {
    jws: VerifiedJws,
    pack: SignedPack,
    publisher: Digest,
}

impl VerifiedPack {
    /// The exact text.
    pub fn text(&self) -> &str {
        self.jws.text()
    }

    /// SHA-256 of the text.
    pub fn digest(&self) -> Digest {
        self.jws.digest()
    }

    /// The content.
    pub fn content(&self) -> &SignedPack {
        &self.pack
    }

    /// The publisher's fingerprint.
    pub fn fingerprint(&self) -> &Digest {
        &self.publisher
    }

    /// What to keep, so that no older pack of this id is accepted after this one.
    pub fn last_seen(&self) -> LastSeen {
        LastSeen { seq: self.pack.seq, digest: self.digest() }
    }

    /// Whether this pack may follow the one of its id that was seen last.
    ///
    /// # Errors
    /// [`SignedPackRule::Older`] or [`SignedPackRule::Forked`].
    pub fn check_goes_forward(&self, last: &LastSeen) -> Result<(), SignedPackRule> {
        match self.pack.seq.cmp(&last.seq) {
            std::cmp::Ordering::Less => Err(SignedPackRule::Older),
            std::cmp::Ordering::Equal if self.digest() != last.digest => Err(SignedPackRule::Forked),
            _ => Ok(()),
        }
    }
}

impl std::fmt::Debug for VerifiedPack {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "VerifiedPack({} {} seq {})", self.pack.id, self.pack.version, self.pack.seq)
    }
}

/// The payload as a pack. Format and kind are read first: later ones may have other fields.
fn read(payload: &[u8]) -> Result<SignedPack, SignedPackError> {
    let value = json::parse(payload, MAX_PACK_BYTES).map_err(JoseError::from)?;
    match value.get("format").and_then(Value::as_u64) {
        Some(1) => {}
        Some(_) => return Err(SignedPackRule::UnknownVersion.into()),
        None => return Err(SignedPackRule::NotAPack.into()),
    }
    match value.get("kind").and_then(Value::as_str) {
        Some(kind) if PackKind::from_code(kind).is_some() => {}
        Some(_) => return Err(SignedPackRule::UnknownKind.into()),
        None => return Err(SignedPackRule::NotAPack.into()),
    }
    serde_json::from_value(value).map_err(|_| SignedPackRule::NotAPack.into())
}

fn check_content(pack: &SignedPack) -> Result<(), SignedPackError> {
    let SignedPack { format, iss: _, kind: _, id, version, seq: _, issued: _, effective_from: _, text } =
        pack;
    if *format != 1 {
        return Err(SignedPackRule::UnknownVersion.into());
    }
    for name in [id, version] {
        check_name(name)?;
        if name.len() > MAX_ID_BYTES || !name.bytes().all(|c| c.is_ascii_graphic()) {
            return Err(SignedPackRule::NotAPack.into());
        }
    }
    // Base64 makes four characters of three; so a text that is signed can be read again.
    if text.is_empty() || text.len() > MAX_PACK_BYTES / 2 {
        return Err(SignedPackRule::NotAPack.into());
    }
    Ok(())
}

fn is_of_a_jws(c: u8) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_' | b'.')
}

#[cfg(test)]
mod tests;
