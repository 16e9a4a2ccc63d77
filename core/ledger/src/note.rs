//! Signed notes with Ed25519 (C2SP signed-note v1.0.0).
//!
//! ```text
//! note = text "\n" *( "— " name " " base64(key id(4) ‖ signature(64)) "\n" )     text ends in "\n"
//! key  = name "+" hex(key id) "+" base64(0x01 ‖ public key)
//! key id = SHA-256(name ‖ "\n" ‖ 0x01 ‖ public key)[..4]
//! ```

use std::fmt;

use chop_crypto::encoding::{from_base64, to_base64, to_hex};
use chop_crypto::{CryptoError, Signature, sha256_of, verify_ed25519};

use crate::NoteError;

/// Longest note that is read, in bytes: sixteen post-quantum signatures fit twice.
pub const MAX_NOTE_BYTES: usize = 256 * 1024;
/// Most signature lines that are read; the spec asks for at least 16.
pub const MAX_NOTE_SIGNATURES: usize = 64;

/// The public key of a log, with its name.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct VerifierKey {
    name: String,
    public: [u8; 32],
}

impl VerifierKey {
    /// The key `public` under `name`.
    ///
    /// # Errors
    /// [`NoteError::BadKey`] for a name that a note cannot carry.
    pub fn new(name: &str, public: [u8; 32]) -> Result<Self, NoteError> {
        if !is_key_name(name) {
            return Err(NoteError::BadKey);
        }
        Ok(Self { name: name.to_owned(), public })
    }

    /// Reads `name+id+base64`.
    ///
    /// # Errors
    /// [`NoteError::BadKey`] for another form, another kind of key or an id that is not the key's.
    pub fn parse(text: &str) -> Result<Self, NoteError> {
        let (name, rest) = text.split_once('+').ok_or(NoteError::BadKey)?;
        let (_, encoded) = rest.split_once('+').ok_or(NoteError::BadKey)?;
        let bytes = from_base64(encoded).map_err(|_| NoteError::BadKey)?;
        let public = match bytes.split_first() {
            Some((&ED25519, public)) => public.try_into().map_err(|_| NoteError::BadKey)?,
            _ => return Err(NoteError::BadKey),
        };
        let key = Self::new(name, public)?;
        // One key, one text: also settles the id and the case of its digits.
        if key.to_string() == text { Ok(key) } else { Err(NoteError::BadKey) }
    }

    /// The name on this key's signature lines: the origin of the log.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The Ed25519 public key.
    pub fn public(&self) -> &[u8; 32] {
        &self.public
    }

    fn id(&self) -> [u8; 4] {
        let [a, b, c, d, ..] = sha256_of(&[self.name.as_bytes(), b"\n", &[ED25519], &self.public]);
        [a, b, c, d]
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let typed = [&[ED25519][..], &self.public].concat();
        write!(f, "{}+{}+{}", self.name, to_hex(&self.id()), to_base64(&typed))
    }
}

impl fmt::Debug for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VerifierKey({self})")
    }
}

/// Signs `text`, which ends in a newline, and gives the whole note.
///
/// # Errors
/// [`NoteError::Malformed`] for a text that a note cannot carry, [`NoteError::NotSigned`] when `sign` fails.
pub fn sign_note(
    text: &str,
    key: &VerifierKey,
    sign: impl FnOnce(&[u8]) -> Result<Signature, CryptoError>,
) -> Result<String, NoteError> {
    if !is_note_text(text) {
        return Err(NoteError::Malformed);
    }
    let signature = sign(text.as_bytes()).map_err(|_| NoteError::NotSigned)?;
    let with_id = [&key.id()[..], &signature].concat();
    Ok(format!("{text}\n{LINE_START}{} {}\n", key.name, to_base64(&with_id)))
}

/// A note whose signatures nobody has looked at.
#[derive(Debug, Clone)]
pub struct UnverifiedNote {
    whole: String,
    text_len: usize,
    lines: Vec<SignatureLine>,
}

#[derive(Debug, Clone)]
struct SignatureLine {
    name: String,
    id: [u8; 4],
    signature: Vec<u8>,
}

impl UnverifiedNote {
    /// Reads the form of a note.
    ///
    /// # Errors
    /// [`NoteError::TooLarge`] or [`NoteError::Malformed`].
    pub fn parse(note: &str) -> Result<Self, NoteError> {
        if note.len() > MAX_NOTE_BYTES {
            return Err(NoteError::TooLarge);
        }
        // The text may have empty lines of its own: the last one separates it from the signatures.
        let (before, signatures) = note.rsplit_once("\n\n").ok_or(NoteError::Malformed)?;
        let text_len = before.len() + 1;
        let text = note.get(..text_len).ok_or(NoteError::Malformed)?;
        let signatures = signatures.strip_suffix('\n').ok_or(NoteError::Malformed)?;
        if !is_note_text(text) || has_control(signatures) {
            return Err(NoteError::Malformed);
        }
        let lines: Vec<&str> = signatures.split('\n').take(MAX_NOTE_SIGNATURES + 1).collect();
        if lines.len() > MAX_NOTE_SIGNATURES {
            return Err(NoteError::TooLarge);
        }
        let lines = lines.into_iter().map(SignatureLine::parse).collect::<Result<_, _>>()?;
        Ok(Self { whole: note.to_owned(), text_len, lines })
    }

    /// The text that somebody claims was signed. Nothing may be decided on it.
    pub fn dangerous_text(&self) -> &str {
        self.whole.get(..self.text_len).unwrap_or_default()
    }

    /// Checks every signature by a known key and passes over all others, as the spec has it.
    ///
    /// # Errors
    /// [`NoteError::BadSignature`] when one known key's signature fails,
    /// [`NoteError::UnknownSigner`] when no known key signed.
    pub fn verify(self, keys: &[&VerifierKey]) -> Result<VerifiedNote, NoteError> {
        let mut known = 0;
        for line in &self.lines {
            // Name and id name the key; two keys may share both, so each is tried.
            let mut candidates = keys.iter().filter(|key| line.names(key)).peekable();
            if candidates.peek().is_none() {
                continue;
            }
            if !candidates.any(|key| line.is_by(key, self.dangerous_text())) {
                return Err(NoteError::BadSignature);
            }
            known += 1;
        }
        if known == 0 { Err(NoteError::UnknownSigner) } else { Ok(VerifiedNote { note: self }) }
    }

    /// Checks a note that has one signature line, by `key`, and no other: the form that packs and
    /// commitments use, so that nobody can add a line to a note and call it the same.
    ///
    /// # Errors
    /// [`NoteError::NotAlone`], or as [`UnverifiedNote::verify`].
    pub fn verify_alone(self, key: &VerifierKey) -> Result<VerifiedNote, NoteError> {
        if self.lines.len() != 1 {
            return Err(NoteError::NotAlone);
        }
        self.verify(&[key])
    }
}

/// A note with at least one good signature by a known key.
#[derive(Debug, Clone)]
pub struct VerifiedNote {
    note: UnverifiedNote,
}

impl VerifiedNote {
    /// The signed text.
    pub fn text(&self) -> &str {
        self.note.dangerous_text()
    }

    /// The whole note, byte for byte as it came.
    pub fn note(&self) -> &str {
        &self.note.whole
    }
}

impl SignatureLine {
    fn parse(line: &str) -> Result<Self, NoteError> {
        let (name, encoded) = line
            .strip_prefix(LINE_START)
            .and_then(|rest| rest.split_once(' '))
            .ok_or(NoteError::Malformed)?;
        let bytes = from_base64(encoded).map_err(|_| NoteError::Malformed)?;
        match bytes.split_first_chunk::<4>() {
            Some((id, signature)) if is_key_name(name) && !signature.is_empty() => {
                Ok(Self { name: name.to_owned(), id: *id, signature: signature.to_vec() })
            }
            _ => Err(NoteError::Malformed),
        }
    }

    fn names(&self, key: &VerifierKey) -> bool {
        self.name == key.name && self.id == key.id()
    }

    fn is_by(&self, key: &VerifierKey, text: &str) -> bool {
        let signature = self.signature.as_slice().try_into();
        signature.is_ok_and(|signature| verify_ed25519(&key.public, text.as_bytes(), signature).is_ok())
    }
}

/// Whether a key may have this name: not empty, no Unicode space, no plus, nothing that a note forbids.
fn is_key_name(name: &str) -> bool {
    !name.is_empty() && !has_control(name) && !name.chars().any(|c| c.is_whitespace() || c == '+')
}

fn is_note_text(text: &str) -> bool {
    text.ends_with('\n') && !has_control(text)
}

fn has_control(text: &str) -> bool {
    text.bytes().any(|byte| byte < b' ' && byte != b'\n')
}

/// Em dash and space.
const LINE_START: &str = "\u{2014} ";
/// The signature type of Ed25519 in key ids and keys.
const ED25519: u8 = 1;
