//! One entry's proof as a text file (C2SP tlog-proof@v1).
//!
//! ```text
//! c2sp.org/tlog-proof@v1
//! extra <base64>             only where there is some; not authenticated
//! index <decimal>
//! <base64 hash> …            inclusion proof, the leaf's sibling first
//!
//! <checkpoint, a signed note>
//! ```

use chop_crypto::Digest;
use chop_crypto::encoding::{from_base64, to_base64};

use crate::checkpoint::parse_decimal;
use crate::{
    LedgerError, MAX_NOTE_BYTES, MAX_PROOF_HASHES, NoteError, VerifiedCheckpoint, VerifierKey,
    verify_inclusion,
};

/// Longest extra data, in bytes.
pub const MAX_EXTRA_BYTES: usize = 16 * 1024;

/// The proof of entry `index` as text. `checkpoint` is the whole signed note; empty `extra` is left out.
pub fn tlog_proof_text(index: u64, proof: &[Digest], checkpoint: &str, extra: &[u8]) -> String {
    let mut text = format!("{FIRST_LINE}\n");
    if !extra.is_empty() {
        text += &format!("extra {}\n", to_base64(extra));
    }
    text += &format!("index {index}\n");
    for hash in proof {
        text += &format!("{}\n", to_base64(hash));
    }
    text + "\n" + checkpoint
}

/// A proof that nobody has checked.
#[derive(Debug, Clone)]
pub struct UnverifiedTlogProof {
    extra: Vec<u8>,
    index: u64,
    proof: Vec<Digest>,
    checkpoint: String,
}

/// An entry that is in a log, as its checkpoint shows.
#[derive(Debug, Clone)]
pub struct VerifiedInclusion {
    /// Place of the entry, from 0.
    pub index: u64,
    /// The state of the log that has it.
    pub checkpoint: VerifiedCheckpoint,
    /// Data beside the proof, which no signature covers.
    pub dangerous_extra: Vec<u8>,
}

impl UnverifiedTlogProof {
    /// Reads the form of a proof.
    ///
    /// # Errors
    /// [`LedgerError::BadProofText`].
    pub fn parse(text: &str) -> Result<Self, LedgerError> {
        Self::read(text).ok_or(LedgerError::BadProofText)
    }

    fn read(text: &str) -> Option<Self> {
        if text.len() > MAX_TEXT_BYTES {
            return None;
        }
        let (head, checkpoint) = text.split_once("\n\n")?;
        let mut lines = head.split('\n').peekable();
        if lines.next()? != FIRST_LINE {
            return None;
        }
        let extra = match lines.peek()?.strip_prefix("extra ") {
            Some(encoded) => {
                lines.next();
                from_base64(encoded).ok().filter(|extra| (1..=MAX_EXTRA_BYTES).contains(&extra.len()))?
            }
            None => Vec::new(),
        };
        let index = parse_decimal(lines.next()?.strip_prefix("index ")?)?;
        let mut proof = Vec::new();
        for line in lines {
            if proof.len() == MAX_PROOF_HASHES {
                return None;
            }
            proof.push(from_base64(line).ok()?.try_into().ok()?);
        }
        Some(Self { extra, index, proof, checkpoint: checkpoint.to_owned() })
    }

    /// Checks that the log of `key` has `leaf_hash` at the proof's index.
    ///
    /// # Errors
    /// [`TlogProofError`]: what is wrong with the checkpoint or else with the proof.
    pub fn verify(self, leaf_hash: &Digest, key: &VerifierKey) -> Result<VerifiedInclusion, TlogProofError> {
        let checkpoint = VerifiedCheckpoint::read_cosigned(&self.checkpoint, key)?;
        let state = checkpoint.checkpoint();
        verify_inclusion(leaf_hash, self.index, state.size, &self.proof, &state.root)?;
        Ok(VerifiedInclusion { index: self.index, checkpoint, dangerous_extra: self.extra })
    }
}

/// What is wrong with a log proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TlogProofError {
    /// The checkpoint.
    #[error(transparent)]
    Checkpoint(#[from] NoteError),
    /// The proof.
    #[error(transparent)]
    Proof(#[from] LedgerError),
}

const FIRST_LINE: &str = "c2sp.org/tlog-proof@v1";
/// A checkpoint, the longest proof at 45 characters a line, extra data as base64, and the rest.
const MAX_TEXT_BYTES: usize = MAX_NOTE_BYTES + MAX_PROOF_HASHES * 45 + MAX_EXTRA_BYTES / 3 * 4 + 256;
