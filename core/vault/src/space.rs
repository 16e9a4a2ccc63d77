//! `space.json`: what a space is before it is opened. Two equal copies; nothing in it is secret but
//! the wrapped keys, and those are sealed.
//!
//! ```text
//! magic "chop-space" · version 1 · id · kind · label · key_check · slots · sum
//! ```
//!
//! `sum` is the SHA-256 of the same JSON with an empty `sum`: it tells a damaged copy from a wrong
//! passphrase. `key_check` is an HMAC under the data key: it tells a wrong key from a damaged
//! database.

use std::path::{Path, PathBuf};

use chop_crypto::encoding::to_base64url;
use chop_crypto::{Digest, Secret, hmac_sha256, hmac_sha256_matches, sha256};
use chop_model::Id;
use serde::{Deserialize, Serialize};

use crate::disk::{read_bounded, write_durably};
use crate::slot::Slot;
use crate::{VaultError, b64};

/// Whose space it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SpaceKind {
    /// A natural person's.
    Person,
    /// A firm's, a hospital's, a university's.
    Firm,
}

/// What a space says of itself before it is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpaceInfo {
    /// Random, made with the space.
    pub id: Id,
    /// Whose it is.
    pub kind: SpaceKind,
    /// The name it is shown by. Anybody who reads the folder reads it.
    pub label: String,
}

/// The file itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SpaceFile {
    magic: String,
    version: u32,
    pub(crate) id: Id,
    pub(crate) kind: SpaceKind,
    pub(crate) label: String,
    #[serde(with = "b64")]
    key_check: Digest,
    pub(crate) slots: Vec<Slot>,
    /// It came from a backup, and its journal has not begun a new epoch since.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) restored: bool,
    sum: String,
}

impl SpaceFile {
    /// The file of a new space, without a slot yet.
    pub(crate) fn new(info: &SpaceInfo, key: &Secret<32>) -> Self {
        Self {
            magic: MAGIC.to_owned(),
            version: VERSION,
            id: info.id,
            kind: info.kind,
            label: info.label.clone(),
            key_check: key_check(key, &info.id),
            slots: Vec::new(),
            restored: false,
            sum: String::new(),
        }
    }

    /// Reads the first copy, or the second where the first is damaged or missing.
    pub(crate) fn read(folder: &Path) -> Result<Self, VaultError> {
        let copies = [Copy::read(&first(folder))?, Copy::read(&second(folder))?];
        if copies.iter().all(|copy| matches!(copy, Copy::Missing | Copy::Foreign)) {
            return Err(VaultError::NotASpace);
        }
        for copy in copies {
            match copy {
                Copy::Good(file) => return Ok(*file),
                Copy::Newer => return Err(VaultError::NewerVersion),
                Copy::Missing | Copy::Foreign | Copy::Damaged => {}
            }
        }
        Err(VaultError::SpaceDamaged)
    }

    /// Writes both copies, the first first: a crash between leaves the newer state in force, and the
    /// next opening makes the copies equal again.
    pub(crate) fn write(&self, folder: &Path) -> Result<(), VaultError> {
        let bytes = self.to_bytes()?;
        write_durably(&first(folder), &bytes)?;
        write_durably(&second(folder), &bytes)
    }

    /// Makes both copies equal to this one. A damaged first copy is kept under another name.
    pub(crate) fn mend(&self, folder: &Path) -> Result<(), VaultError> {
        let bytes = self.to_bytes()?;
        if read_bounded(&first(folder), MAX_BYTES)?.as_deref() != Some(&bytes) {
            if first(folder).exists() {
                std::fs::rename(first(folder), folder.join("space.json.damaged"))?;
            }
            write_durably(&first(folder), &bytes)?;
        }
        if read_bounded(&second(folder), MAX_BYTES)?.as_deref() != Some(&bytes) {
            write_durably(&second(folder), &bytes)?;
        }
        Ok(())
    }

    /// Whether `key` is this space's data key.
    pub(crate) fn is_opened_by(&self, key: &Secret<32>) -> bool {
        // EXPOSE: the check is an HMAC under the key.
        hmac_sha256_matches(key.expose(), &[KEY_CHECK, &self.id.0], &self.key_check)
    }

    /// What may be shown without opening.
    pub(crate) fn info(&self) -> SpaceInfo {
        SpaceInfo { id: self.id, kind: self.kind, label: self.label.clone() }
    }

    /// Reads one copy, as a backup holds it.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, VaultError> {
        match Copy::parse(bytes) {
            Copy::Good(file) => Ok(*file),
            Copy::Newer => Err(VaultError::NewerVersion),
            Copy::Missing | Copy::Foreign | Copy::Damaged => Err(VaultError::SpaceDamaged),
        }
    }

    /// The bytes of a copy, with their sum.
    pub(crate) fn to_bytes(&self) -> Result<Vec<u8>, VaultError> {
        let mut file = self.clone();
        file.sum = self.sum_of()?;
        let mut bytes = serde_json::to_vec_pretty(&file).map_err(|_| VaultError::Internal)?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    fn sum_of(&self) -> Result<String, VaultError> {
        let mut file = self.clone();
        file.sum = String::new();
        let bytes = serde_json::to_vec(&file).map_err(|_| VaultError::Internal)?;
        Ok(to_base64url(&sha256(&bytes)))
    }
}

/// What one copy turned out to be.
enum Copy {
    Good(Box<SpaceFile>),
    Newer,
    Missing,
    /// Readable, and something else.
    Foreign,
    Damaged,
}

impl Copy {
    fn read(path: &Path) -> Result<Self, VaultError> {
        Ok(read_bounded(path, MAX_BYTES)?.map_or(Self::Missing, |bytes| Self::parse(&bytes)))
    }

    fn parse(bytes: &[u8]) -> Self {
        #[derive(Deserialize)]
        struct Head {
            magic: String,
            version: u32,
        }
        match serde_json::from_slice::<serde_json::Value>(bytes) {
            Err(_) => return Self::Damaged,
            Ok(value) => match Head::deserialize(value) {
                Ok(head) if head.magic == MAGIC && head.version > VERSION => return Self::Newer,
                Ok(head) if head.magic == MAGIC => {}
                _ => return Self::Foreign,
            },
        }
        match serde_json::from_slice::<SpaceFile>(bytes) {
            Ok(file) if file.sum_of().as_ref() == Ok(&file.sum) => Self::Good(Box::new(file)),
            _ => Self::Damaged,
        }
    }
}

fn key_check(key: &Secret<32>, id: &Id) -> Digest {
    // EXPOSE: an HMAC under the key says nothing about the key.
    hmac_sha256(key.expose(), &[KEY_CHECK, &id.0])
}

fn first(folder: &Path) -> PathBuf {
    folder.join("space.json")
}

fn second(folder: &Path) -> PathBuf {
    folder.join("space.json.bak")
}

const MAGIC: &str = "chop-space";
const VERSION: u32 = 1;
const KEY_CHECK: &[u8] = b"chop/1/key-check";
/// A space has a handful of slots of some 200 bytes each.
pub(crate) const MAX_BYTES: u64 = 64 * 1024;
