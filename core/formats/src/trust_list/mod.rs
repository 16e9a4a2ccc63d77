//! A trust list: who is who, signed by a publisher whom a person chose.
//!
//! ```text
//! JWS  typ chop-trust+jwt, header jwk = the publisher's key, iss = its RFC 7638 thumbprint
//!      { version, seq, issued, next_update, publisher, anchors: [CA], entries: [who, roles, leaf, …] }
//! ```
//!
//! The key travels in the header, so the list proves nothing by itself: a person compares the
//! thumbprint once and pins it. A later list of the same publisher has a higher `seq`; an older one is
//! refused, because it could name whom the publisher has dropped since. A list past its next update is
//! still read, and said to be stale: a hospital without network must be able to go on.
//!
//! Duties: `CHECKS.md`. What follows from several lists: [`TrustView`].

mod check;
mod error;
mod view;
mod wire;

use chop_crypto::{Digest, KeyId, Keystore, P256PublicKey, SigningDomain};
use chop_model::{LangText, Party, UnixTime};
use serde::{Deserialize, Serialize};

use crate::digest64::B64Digest;
use crate::jose::jws::{self, Header, UnverifiedJws, VerifiedJws};
use crate::jose::{JoseError, jwk};
use crate::x509::{Anchors, Role};

pub use error::{TrustError, TrustRule};
pub use view::{Standing, TrustView};

pub(crate) use view::{has_name, is_same_id};

/// `typ` of a trust list.
pub const TYP: &str = "chop-trust+jwt";
/// Bytes of a list's text.
pub const MAX_LIST_BYTES: usize = 4 * 1024 * 1024;
/// Anchors in one list.
pub const MAX_ANCHORS: usize = 32;
/// Entries in one list.
pub const MAX_ENTRIES: usize = 1_000;
/// Credential types of one issuer.
pub const MAX_TYPES: usize = 64;
/// Seconds by which two clocks may differ.
pub const MAX_SKEW: i64 = 300;

/// The content of a trust list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrustList {
    /// 1.
    pub version: u32,
    /// RFC 7638 thumbprint of the publisher's key; [`TrustList::sign`] fills it in.
    pub iss: B64Digest,
    /// Grows with every list of this publisher.
    pub seq: u64,
    /// When it was made.
    pub issued: UnixTime,
    /// When the next one is due; after that this one is stale.
    pub next_update: UnixTime,
    /// Who publishes it.
    pub publisher: LangText,
    /// DER certificates of the authorities that may vouch for leaves.
    #[serde(with = "wire::ders")]
    pub anchors: Vec<Vec<u8>>,
    /// Who is who.
    pub entries: Vec<TrustEntry>,
}

/// One party of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrustEntry {
    /// Names, legal identifier, jurisdiction and contact.
    pub party: Party,
    /// What it is listed for.
    pub roles: Vec<Role>,
    /// Its leaf certificate, DER.
    #[serde(with = "wire::der")]
    pub certificate: Vec<u8>,
    /// A key to seal things to it; never its signing key.
    #[serde(default, with = "wire::key", skip_serializing_if = "Option::is_none")]
    pub encryption_key: Option<P256PublicKey>,
    /// The credential types it issues.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub vcts: Vec<String>,
}

/// The last list of a publisher that was accepted; kept by the caller, so that none goes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastSeen {
    /// Its sequence number.
    pub seq: u64,
    /// SHA-256 of its text.
    pub digest: Digest,
}

impl TrustList {
    /// Signs the list with a publisher's key.
    ///
    /// # Errors
    /// What a reader would refuse, and [`JoseError`] when the key cannot be used.
    pub fn sign(mut self, keystore: &dyn Keystore, key: &KeyId) -> Result<String, TrustError> {
        let public = keystore.find(key).map_err(JoseError::from)?.public;
        let public = *public.p256().map_err(JoseError::from)?;
        self.iss = jwk::thumbprint(&public).into();
        check::content(&self)?;
        let header = Header { jwk: Some(public), ..Header::new(TYP) };
        Ok(jws::sign_json(&header, &self, keystore, key, SigningDomain::TrustList)?)
    }
}

impl TrustEntry {
    /// Whether it is listed as issuer of this credential type.
    pub fn issues(&self, vct: &str) -> bool {
        self.roles.contains(&Role::Issuer) && self.vcts.iter().any(|listed| listed == vct)
    }
}

/// A trust list that was read and not verified.
pub struct UnverifiedTrustList {
    jws: UnverifiedJws,
    key: P256PublicKey,
}

impl UnverifiedTrustList {
    /// Takes the text apart.
    ///
    /// # Errors
    /// [`JoseError`]; [`TrustRule::NotAList`] when no key is in the header.
    pub fn parse(text: &str) -> Result<Self, TrustError> {
        let jws = UnverifiedJws::parse(text.trim_end(), MAX_LIST_BYTES)?;
        if jws.header().typ != TYP {
            return Err(JoseError::WrongType.into());
        }
        let key = jws.header().jwk.ok_or(TrustRule::NotAList)?;
        Ok(Self { jws, key })
    }

    /// The thumbprint of the key that claims to have signed: what a person compares before pinning it.
    pub fn fingerprint(&self) -> Digest {
        jwk::thumbprint(&self.key)
    }

    /// Verifies the list against the publisher's `pinned` fingerprint and the last one seen from it.
    ///
    /// # Errors
    /// A [`TrustError`] for the first fault; a list past its next update is none.
    pub fn verify(
        self,
        pinned: &Digest,
        last_seen: Option<&LastSeen>,
        now: UnixTime,
    ) -> Result<VerifiedTrustList, TrustError> {
        let publisher = self.fingerprint();
        if publisher != *pinned {
            return Err(TrustRule::OtherPublisher.into());
        }
        let jws = self.jws.verify(&self.key, TYP)?;
        let list = check::read(jws.payload())?;
        if list.iss.0 != publisher {
            return Err(TrustRule::OtherPublisher.into());
        }
        check::dates(&list, now)?;
        check::content(&list)?;
        check_goes_forward(&list, &jws, last_seen)?;
        let anchors = Anchors::read(&list.anchors)?;
        Ok(VerifiedTrustList { jws, list, anchors, publisher })
    }
}

/// A list whose publisher, order and content are right. The only kind that names anybody.
#[derive(Clone)]
pub struct VerifiedTrustList {
    jws: VerifiedJws,
    list: TrustList,
    anchors: Anchors,
    publisher: Digest,
}

impl VerifiedTrustList {
    /// The exact text.
    pub fn text(&self) -> &str {
        self.jws.text()
    }

    /// SHA-256 of the text.
    pub fn digest(&self) -> Digest {
        self.jws.digest()
    }

    /// The content.
    pub fn content(&self) -> &TrustList {
        &self.list
    }

    /// The authorities, read.
    pub fn anchors(&self) -> &Anchors {
        &self.anchors
    }

    /// The publisher's fingerprint.
    pub fn fingerprint(&self) -> &Digest {
        &self.publisher
    }

    /// What to keep, so that no older list is accepted after this one.
    pub fn last_seen(&self) -> LastSeen {
        LastSeen { seq: self.list.seq, digest: self.digest() }
    }

    /// Whether a newer list is due: warn, and go on.
    pub fn is_stale(&self, now: UnixTime) -> bool {
        now > self.list.next_update
    }
}

impl std::fmt::Debug for VerifiedTrustList {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "VerifiedTrustList(seq {}, {} entries)", self.list.seq, self.list.entries.len())
    }
}

fn check_goes_forward(
    list: &TrustList,
    jws: &VerifiedJws,
    last_seen: Option<&LastSeen>,
) -> Result<(), TrustRule> {
    match last_seen {
        Some(last) if list.seq < last.seq => Err(TrustRule::Superseded),
        Some(last) if list.seq == last.seq && jws.digest() != last.digest => Err(TrustRule::Forked),
        _ => Ok(()),
    }
}
