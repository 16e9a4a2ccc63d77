//! What a holder puts together about one grant, for somebody else to read: the transfer dossier
//! (数据海关) and the evidence of a dispute.
//!
//! ```text
//! file = ZIP, stored: manifest.jwt, then the parts that it names, in its order, and nothing else
//! manifest.jwt = JWS typ chop-dossier+jwt, by the key of the grant
//!                { iss, jti, iat, kind: "transfer" | "evidence", grant: h(grant), rec,
//!                  parts: [{ name, sha256, bytes }] }
//! always there: grant.jwt, record.json, proof.chop-proof
//! ```
//!
//! The signature says who put it together and that no part was changed since. It does not say that what
//! the parts say is true: a part is checked as what it is. Nothing is filed with anybody by it.
//!
//! Duties: `CHECKS.md`.

mod container;

use std::collections::BTreeMap;

use chop_crypto::{KeyId, Keystore, SigningDomain, sha256};
use chop_model::{Id, UnixTime};
use serde::{Deserialize, Serialize};

use crate::coded_union::coded_union;
use crate::consent_record::{RecordDocument, RecordError};
use crate::digest64::B64Digest;
use crate::grant::{GrantRefusal, UnverifiedGrant, VerifiedGrant};
use crate::jose::JoseError;
use crate::jose::jws::{Header, UnverifiedJws};
use crate::object::{Signed, SignedObject, Verified, is_from_future};

/// Bytes of a file.
pub const MAX_DOSSIER_BYTES: usize = 8 << 20;
/// Parts of a file, the manifest not counted.
pub const MAX_PARTS: usize = 16;
/// Characters of a part's name.
pub const MAX_NAME: usize = 64;
/// The grant, compact JWS.
pub const GRANT: &str = "grant.jwt";
/// The consent record, byte for byte.
pub const RECORD: &str = "record.json";
/// The log extract: a proof pack about this grant.
pub const PROOF: &str = "proof.chop-proof";
/// The signed list of the parts.
const MANIFEST: &str = "manifest.jwt";

chop_model::coded_errors! {
    /// What can be wrong with a dossier's file.
    pub enum DossierError {
        /// Larger than [`MAX_DOSSIER_BYTES`], or more than [`MAX_PARTS`] parts.
        TooLarge => ("dossier.too-large", Peer, "the dossier is larger than allowed"),
        /// No ZIP of the one form: stored, nothing before, between or behind its files.
        Malformed => ("dossier.malformed", Peer, "not the ZIP of a dossier"),
        /// A part that the manifest does not name, or the reverse, or one of the three not there.
        WrongParts => ("dossier.wrong-parts", Peer, "the parts of the dossier are not those that were signed"),
        /// A part with other bytes than were signed.
        ChangedPart => ("dossier.changed-part", Peer, "a part of the dossier was changed"),
        /// About another grant or record than is in it.
        WrongGrant => ("dossier.wrong-grant", Peer, "the dossier is about another grant"),
        /// Signed before its grant was, or in the future.
        WrongTime => ("dossier.wrong-time", Peer, "the dossier was signed at an impossible time"),
    }
}

coded_union! {
    /// Why a dossier is refused.
    pub enum DossierRefusal {
        /// Its file and what the manifest says.
        Dossier(DossierError),
        /// Form, type or signature of the manifest.
        Jose(JoseError),
        /// The grant in it.
        Grant(GrantRefusal),
        /// The record in it.
        Record(RecordError),
    }
}

/// What it was put together for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DossierKind {
    /// A transfer across a border.
    Transfer,
    /// The evidence of a case.
    Evidence,
}

/// The payload of the manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The grant's `iss`: the thumbprint of the key that signed both.
    pub iss: B64Digest,
    /// Its id.
    pub jti: Id,
    /// When it was put together.
    pub iat: UnixTime,
    /// What for.
    pub kind: DossierKind,
    /// `h(grant)`.
    pub grant: B64Digest,
    /// The grant's `rec`.
    pub rec: B64Digest,
    /// The parts, in the order of the file.
    pub parts: Vec<Part>,
}

/// One part, as the manifest names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Its name in the file: small letters, digits, `.` and `-`.
    pub name: String,
    /// SHA-256 of its bytes.
    pub sha256: B64Digest,
    /// How many bytes it has.
    pub bytes: u64,
}

impl SignedObject for Manifest {
    const TYP: &'static str = "chop-dossier+jwt";
    const DOMAIN: SigningDomain = SigningDomain::Dossier;
    const MAX_TEXT: usize = 16 << 10;
}

/// When, what for and under which id a dossier is made.
#[derive(Debug, Clone, Copy)]
pub struct NewDossier {
    /// What for.
    pub kind: DossierKind,
    /// Its id.
    pub jti: Id,
    /// When.
    pub iat: UnixTime,
}

impl NewDossier {
    /// Signs the manifest over `parts` with the grant's key, and writes the file.
    ///
    /// # Errors
    /// What a reader would refuse, and why the key did not sign.
    pub fn sign(
        self,
        grant: &VerifiedGrant,
        parts: &[(&str, &[u8])],
        keystore: &dyn Keystore,
        key: &KeyId,
    ) -> Result<Vec<u8>, DossierRefusal> {
        let named = parts.iter().map(|(name, bytes)| Part {
            name: (*name).to_owned(),
            sha256: sha256(bytes).into(),
            bytes: bytes.len().try_into().unwrap_or(u64::MAX),
        });
        let manifest = Manifest {
            iss: grant.payload().iss,
            jti: self.jti,
            iat: self.iat,
            kind: self.kind,
            grant: grant.digest().into(),
            rec: grant.payload().rec,
            parts: named.collect(),
        };
        check_names(&manifest)?;
        let signed = Signed::make(manifest, &Header::new(Manifest::TYP), keystore, key)?;
        let mut files = vec![(MANIFEST, signed.text().as_bytes())];
        files.extend_from_slice(parts);
        Ok(container::write(&files)?)
    }
}

/// A file that was taken apart and not checked.
pub struct UnverifiedDossier {
    manifest: UnverifiedJws,
    files: Vec<(String, Vec<u8>)>,
}

impl UnverifiedDossier {
    /// Takes the file apart.
    ///
    /// # Errors
    /// [`DossierError::TooLarge`], [`DossierError::Malformed`]; [`JoseError`].
    pub fn read(bytes: &[u8]) -> Result<Self, DossierRefusal> {
        let mut files = container::read(bytes)?;
        if files.first().is_none_or(|(name, _)| name != MANIFEST) {
            return Err(DossierError::Malformed.into());
        }
        let (_, manifest) = files.remove(0);
        let text = String::from_utf8(manifest).map_err(|_| DossierError::Malformed)?;
        Ok(Self { manifest: UnverifiedJws::parse(&text, Manifest::MAX_TEXT)?, files })
    }

    /// Checks signature, parts, grant and record. The proof pack and the pages are the caller's to check
    /// as what they are.
    ///
    /// # Errors
    /// [`DossierRefusal`] for the first fault.
    pub fn verify(self, now: UnixTime) -> Result<VerifiedDossier, DossierRefusal> {
        let text = self.files.iter().find(|(name, _)| name == GRANT).ok_or(DossierError::WrongParts)?;
        let text = std::str::from_utf8(&text.1).map_err(|_| DossierError::Malformed)?;
        let grant = UnverifiedGrant::parse(text)?.verify_as_record()?;
        // The key comes from the grant, which is bound to it; a manifest brings none of its own.
        let verified: Verified<Manifest> = Verified::signature_holds(self.manifest, grant.key())?;
        let manifest = verified.payload();
        check_names(manifest)?;
        check_parts(manifest, &self.files)?;
        let payload = grant.payload();
        if manifest.iss != payload.iss || manifest.grant.0 != grant.digest() || manifest.rec != payload.rec {
            return Err(DossierError::WrongGrant.into());
        }
        if manifest.iat < payload.iat || is_from_future(manifest.iat, now) {
            return Err(DossierError::WrongTime.into());
        }
        let parts: BTreeMap<_, _> = self.files.into_iter().collect();
        let record = RecordDocument::read(parts.get(RECORD).ok_or(DossierError::WrongParts)?)?;
        record.check_against(payload)?;
        Ok(VerifiedDossier { manifest: manifest.clone(), parts, grant, record })
    }
}

/// A dossier whose signature and parts are right.
pub struct VerifiedDossier {
    manifest: Manifest,
    parts: BTreeMap<String, Vec<u8>>,
    grant: VerifiedGrant,
    record: RecordDocument,
}

impl VerifiedDossier {
    /// What was signed.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The bytes of a part.
    pub fn part(&self, name: &str) -> Option<&[u8]> {
        self.parts.get(name).map(Vec::as_slice)
    }

    /// The grant that it is about.
    pub fn grant(&self) -> &VerifiedGrant {
        &self.grant
    }

    /// The record of that grant.
    pub fn record(&self) -> &RecordDocument {
        &self.record
    }
}

/// Whom a dossier is about is nobody's business in a log.
impl std::fmt::Debug for VerifiedDossier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "VerifiedDossier({} parts)", self.parts.len())
    }
}

/// Every name once and plain, and the three that are always there.
fn check_names(manifest: &Manifest) -> Result<(), DossierError> {
    let names: Vec<_> = manifest.parts.iter().map(|part| part.name.as_str()).collect();
    let is_plain = |name: &str| {
        !name.is_empty()
            && name.len() <= MAX_NAME
            && !name.starts_with('.')
            && name.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, b'.' | b'-'))
    };
    let once: std::collections::BTreeSet<_> = names.iter().collect();
    let has_three = [GRANT, RECORD, PROOF].iter().all(|name| once.contains(name));
    if names.len() > MAX_PARTS {
        return Err(DossierError::TooLarge);
    }
    if !has_three
        || once.len() != names.len()
        || names.contains(&MANIFEST)
        || !names.iter().all(|n| is_plain(n))
    {
        return Err(DossierError::WrongParts);
    }
    Ok(())
}

/// The files are the parts, in their order, with their bytes.
fn check_parts(manifest: &Manifest, files: &[(String, Vec<u8>)]) -> Result<(), DossierError> {
    if !manifest.parts.iter().map(|part| &part.name).eq(files.iter().map(|(name, _)| name)) {
        return Err(DossierError::WrongParts);
    }
    for (part, (_, bytes)) in manifest.parts.iter().zip(files) {
        if part.sha256.0 != sha256(bytes) || u64::try_from(bytes.len()) != Ok(part.bytes) {
            return Err(DossierError::ChangedPart);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
