//! Checkpoints (C2SP tlog-checkpoint): the three lines that a log signs.
//!
//! ```text
//! chop.invalid/5xk2v…      origin, 26 random base32 characters, the name of the signing key
//! 20852163                 number of leaves
//! CsUYapGGPo4dkMgI…        root, base64
//! ```

use std::fmt;

use chop_crypto::encoding::{from_base64, to_base64};
use chop_crypto::{CryptoError, Digest, Random, Signature, make_array};

use crate::{MAX_TREE_SIZE, NoteError, UnverifiedNote, VerifiedNote, VerifierKey, empty_root, sign_note};

/// The name of one of our logs: `chop.invalid/` and 128 random bits. It says nothing about anybody.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Origin(String);

impl Origin {
    /// A fresh origin.
    ///
    /// # Errors
    /// When the random source fails.
    pub fn make(random: &dyn Random) -> Result<Self, CryptoError> {
        Ok(Self(format!("{ORIGIN_START}{}", to_base32(u128::from_be_bytes(make_array(random)?)))))
    }

    /// Reads an origin.
    ///
    /// # Errors
    /// [`NoteError::WrongOrigin`] unless it is `chop.invalid/` and 26 characters that encode 128 bits.
    pub fn parse(text: &str) -> Result<Self, NoteError> {
        let random = text.strip_prefix(ORIGIN_START).ok_or(NoteError::WrongOrigin)?;
        // The last character carries 3 bits: its low two are 0, or two origins would be one.
        let canonical = random.len() == BASE32_CHARS
            && random.bytes().all(|c| BASE32.contains(&c))
            && random.bytes().last().is_some_and(|c| b"aeimquy4".contains(&c));
        if canonical { Ok(Self(text.to_owned())) } else { Err(NoteError::WrongOrigin) }
    }

    /// The origin as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The state of a log: its tree's size and root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The log, by its origin.
    pub origin: String,
    /// Number of leaves.
    pub size: u64,
    /// Root of the tree.
    pub root: Digest,
}

impl Checkpoint {
    /// The three lines.
    pub fn text(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, to_base64(&self.root))
    }

    /// Signs the checkpoint with the key that carries its origin as name, and gives the whole note.
    ///
    /// # Errors
    /// [`NoteError::WrongOrigin`] for another log's key, or as [`sign_note`].
    pub fn sign(
        &self,
        key: &VerifierKey,
        sign: impl FnOnce(&[u8]) -> Result<Signature, CryptoError>,
    ) -> Result<String, NoteError> {
        if key.name() != self.origin {
            return Err(NoteError::WrongOrigin);
        }
        sign_note(&self.text(), key, sign)
    }
}

/// A checkpoint whose signature was checked, with the note that carried it.
#[derive(Debug, Clone)]
pub struct VerifiedCheckpoint {
    checkpoint: Checkpoint,
    note: String,
}

impl VerifiedCheckpoint {
    /// Reads and checks the strict form: one signature line, by `key`; no extension lines; the key's
    /// name is the origin.
    ///
    /// # Errors
    /// [`NoteError`]: the first thing that is wrong.
    pub fn read(note: &str, key: &VerifierKey) -> Result<Self, NoteError> {
        let verified = UnverifiedNote::parse(note)?.verify_alone(key)?;
        let (checkpoint, extensions) = parse_text(verified.text())?;
        if extensions > 0 {
            return Err(NoteError::Extension);
        }
        Self::of_key(checkpoint, verified, key)
    }

    /// Reads and checks the general form: other signatures, as of witnesses, and extension lines may
    /// be there and are passed over.
    ///
    /// # Errors
    /// [`NoteError`]: the first thing that is wrong.
    pub fn read_cosigned(note: &str, key: &VerifierKey) -> Result<Self, NoteError> {
        let verified = UnverifiedNote::parse(note)?.verify(&[key])?;
        let (checkpoint, _) = parse_text(verified.text())?;
        Self::of_key(checkpoint, verified, key)
    }

    fn of_key(checkpoint: Checkpoint, note: VerifiedNote, key: &VerifierKey) -> Result<Self, NoteError> {
        // A key of another log may sign notes, but not this log's state.
        if checkpoint.origin != key.name() {
            return Err(NoteError::WrongOrigin);
        }
        Ok(Self { checkpoint, note: note.note().to_owned() })
    }

    /// The checkpoint.
    pub fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }

    /// The whole note, byte for byte as it came: what blinded commitments are made over.
    pub fn note(&self) -> &str {
        &self.note
    }
}

/// The checkpoint in a note's text, and how many extension lines follow it.
fn parse_text(text: &str) -> Result<(Checkpoint, usize), NoteError> {
    let body = text.strip_suffix('\n').ok_or(NoteError::NotACheckpoint)?;
    if body.split('\n').any(str::is_empty) {
        return Err(NoteError::NotACheckpoint);
    }
    let mut lines = body.split('\n');
    let (Some(origin), Some(size), Some(root)) = (lines.next(), lines.next(), lines.next()) else {
        return Err(NoteError::NotACheckpoint);
    };
    let size = parse_decimal(size).ok_or(NoteError::NotACheckpoint)?;
    let root: Digest =
        from_base64(root).ok().and_then(|bytes| bytes.try_into().ok()).ok_or(NoteError::NotACheckpoint)?;
    if size > MAX_TREE_SIZE {
        return Err(NoteError::TooManyLeaves);
    }
    if size == 0 && root != empty_root() {
        return Err(NoteError::EmptyRoot);
    }
    Ok((Checkpoint { origin: origin.to_owned(), size, root }, lines.count()))
}

/// A decimal number in its one form: digits only, no leading zero.
pub(crate) fn parse_decimal(text: &str) -> Option<u64> {
    let number: u64 = text.parse().ok()?;
    (number.to_string() == text).then_some(number)
}

/// 128 bits as base32 in lower case (RFC 4648 section 6, no padding).
fn to_base32(bits: u128) -> String {
    let letter = |five: u128| {
        let at = usize::try_from(five & 31).unwrap_or(0);
        char::from(BASE32.get(at).copied().unwrap_or(b'a'))
    };
    // 25 characters carry 125 bits; the last carries 3, and two zeros behind them.
    (0..25).map(|i| letter(bits >> (123 - 5 * i))).chain([letter(bits << 2)]).collect()
}

const ORIGIN_START: &str = "chop.invalid/";
const BASE32: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
const BASE32_CHARS: usize = 26;
