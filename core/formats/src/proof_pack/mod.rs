//! The proof pack, `*.chop-proof`: one use of one grant, for somebody who has never seen the wallet.
//!
//! ```text
//! file = CBOR ["chop-proof", 1, side, log, entries, objects, presentations, opening | null]
//!
//! log            [verifier key, checkpoint note]            exactly one signature line, no extensions
//! entries        [[index, salt, entry, [hash, …]], …]       rising; each proven in the checkpoint
//! objects        {1: request, 2: grant, 3: delivery, 4: consent record, 5: ack, 6: use, 7: refused,
//!                 8: erased}                                the signed texts; 3 to 8 where there are any
//! presentations  [[key binding, key | issuer-signed part], …]
//! opening        [salt, note, [hash, …]]                    what the receipts' log commitment commits to
//! ```
//!
//! No value of a claim is in it, neither the content nor its key. Every byte is fixed by something:
//! the encoding is deterministic; the checkpoint's signature fixes the entries; the entries name every
//! object by its hash; the grant fixes the opening. So a pack with any changed byte is refused, also
//! one whose ECDSA signatures were exchanged for their twins.
//!
//! Reading never checks: [`UnverifiedPack::read`], then [`UnverifiedPack::check`], which names the
//! first thing that is wrong or says what was found.

mod check;
mod error;
mod findings;
mod holder;
mod log;
mod objects;
mod wire;

use chop_crypto::{Digest, P256PublicKey};

pub use check::CheckInputs;
pub use error::{PackError, PackFault, Part};
pub use findings::{Finding, Findings};
pub use wire::{MAX_PACK_BYTES, MAX_PACK_ENTRIES};

/// Whose log it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// Of whoever gave the data: the opening opens the grant's `hlc`.
    Holder,
    /// Of whoever received them: the opening opens the request's `vlc`.
    Verifier,
}

/// Everything that a pack holds, before it is written or after it was read. Nothing here is checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackContents {
    /// Whose log it is.
    pub side: Side,
    /// The key of the log, `name+id+base64` (C2SP signed-note).
    pub log_key: String,
    /// The signed checkpoint that every entry is proven in.
    pub checkpoint: String,
    /// The log's entries about this grant, by rising index.
    pub entries: Vec<PackEntry>,
    /// The request R.
    pub request: String,
    /// The grant.
    pub grant: String,
    /// The delivery note, where it came to that.
    pub delivery: Option<String>,
    /// The consent record, byte for byte.
    pub consent_record: Option<Vec<u8>>,
    /// The acknowledgement.
    pub ack: Option<String>,
    /// The use receipt.
    pub used: Option<String>,
    /// The refusal.
    pub refused: Option<String>,
    /// The statement of erasure.
    pub erased: Option<String>,
    /// What shows that somebody whom a credential names stands behind the grant.
    pub presentations: Vec<PackPresentation>,
    /// What opens the log commitment that the receipts echo.
    pub opening: Option<PackOpening>,
}

/// One entry with its proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackEntry {
    /// Its place in the log.
    pub index: u64,
    /// The salt of its commitment.
    pub salt: [u8; 32],
    /// The entry, a [`crate::log_entry::LogEntry`] in its one encoding.
    pub bytes: Vec<u8>,
    /// Its inclusion proof.
    pub proof: Vec<Digest>,
}

/// The key binding of one presentation: it names the grant and holds no claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackPresentation {
    /// The KB-JWT, compact.
    pub key_binding: String,
    /// Whose key it is.
    pub holder: HolderEvidence,
}

/// How much of the credential goes into the pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HolderEvidence {
    /// The key alone. Nobody vouches for it in this pack.
    Key(P256PublicKey),
    /// The issuer-signed JWT, whose `cnf` names the key. It shows its always-disclosed claims.
    Credential(String),
}

/// The log's state before this use, and how it leads to the pack's checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackOpening {
    /// The salt of the blinded commitment.
    pub salt: [u8; 32],
    /// The signed checkpoint under it.
    pub note: String,
    /// The consistency proof from there to the pack's checkpoint.
    pub proof: Vec<Digest>,
}

/// A pack that was read and not checked.
#[derive(Debug, Clone)]
pub struct UnverifiedPack {
    contents: PackContents,
}

impl PackContents {
    /// The file.
    ///
    /// # Errors
    /// [`PackError::TooLarge`] when it would not be read back.
    pub fn to_bytes(&self) -> Result<Vec<u8>, PackError> {
        wire::write(self)
    }
}

impl UnverifiedPack {
    /// Reads a file. Nothing in it is believed yet.
    ///
    /// # Errors
    /// [`PackFault`] with [`Part::File`].
    pub fn read(bytes: &[u8]) -> Result<Self, PackFault> {
        let contents = wire::read(bytes).map_err(|error| error.of(Part::File))?;
        Ok(Self { contents })
    }

    /// Checks everything that the pack claims and says what was found.
    ///
    /// # Errors
    /// [`PackFault`]: the first thing that is wrong, and where.
    pub fn check(self, inputs: &CheckInputs<'_>) -> Result<Findings, PackFault> {
        check::check(&self.contents, inputs)
    }

    /// What somebody put into the pack, for tools that take it apart.
    pub fn dangerous_contents(&self) -> &PackContents {
        &self.contents
    }
}
