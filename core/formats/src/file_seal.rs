//! The salted seal of a file: `c = SHA-256("chop/1/file" ‖ salt(32) ‖ u64 size ‖ u16 length of mime ‖
//! mime ‖ bytes)`.
//!
//! Every field has a fixed length or its length in front, so that no byte can move between salt,
//! type and content (protocol.md section 4). Before the key is released only `c` leaves: without the
//! salt nobody can try out which file it is.

use chop_crypto::{Digest, Hasher};

/// Bytes of a file that is held under a seal: 100 MiB.
pub const MAX_FILE: u64 = 100 << 20;
/// Characters of a media type.
pub const MAX_MIME: usize = 127;

chop_model::coded_errors! {
    /// Why a file cannot be sealed, or is not the sealed one.
    pub enum FileSealError {
        /// Beyond [`MAX_FILE`].
        TooLarge => ("file.too-large", User, "the file is larger than 100 MiB"),
        /// Not a media type (RFC 6838 section 4.2).
        BadMime => ("file.bad-type", Peer, "the type of the file is not a media type"),
        /// More or fewer bytes than were announced.
        WrongSize => ("file.wrong-size", Peer, "the file does not have the size that was stated"),
        /// Salt, size, type or content differ.
        WrongSeal => ("file.wrong-seal", Peer, "the file is not the one that was sealed"),
    }
}

/// Seals a file piece by piece.
pub struct FileSealer {
    hasher: Hasher,
    left: u64,
}

impl FileSealer {
    /// Begins a file of `size` bytes and media type `mime`. The salt is 32 random bytes, of this
    /// file alone.
    ///
    /// # Errors
    /// [`FileSealError::TooLarge`], [`FileSealError::BadMime`].
    pub fn new(salt: &[u8; 32], size: u64, mime: &str) -> Result<Self, FileSealError> {
        if size > MAX_FILE {
            return Err(FileSealError::TooLarge);
        }
        if !is_media_type(mime) {
            return Err(FileSealError::BadMime);
        }
        let mime_len = u16::try_from(mime.len()).map_err(|_| FileSealError::BadMime)?;
        let mut hasher = Hasher::new();
        for part in [LABEL, salt, &size.to_be_bytes(), &mime_len.to_be_bytes(), mime.as_bytes()] {
            hasher.update(part);
        }
        Ok(Self { hasher, left: size })
    }

    /// Feeds the next bytes.
    ///
    /// # Errors
    /// [`FileSealError::WrongSize`] as soon as there are more than announced.
    pub fn update(&mut self, bytes: &[u8]) -> Result<(), FileSealError> {
        self.left = self.left.checked_sub(bytes.len() as u64).ok_or(FileSealError::WrongSize)?;
        self.hasher.update(bytes);
        Ok(())
    }

    /// The seal.
    ///
    /// # Errors
    /// [`FileSealError::WrongSize`] when bytes are missing.
    pub fn finish(self) -> Result<Digest, FileSealError> {
        if self.left == 0 { Ok(self.hasher.finish()) } else { Err(FileSealError::WrongSize) }
    }
}

/// The seal of a file that is in memory.
///
/// # Errors
/// [`FileSealError::TooLarge`], [`FileSealError::BadMime`].
pub fn seal_file(salt: &[u8; 32], mime: &str, bytes: &[u8]) -> Result<Digest, FileSealError> {
    let mut sealer = FileSealer::new(salt, bytes.len() as u64, mime)?;
    sealer.update(bytes)?;
    sealer.finish()
}

/// `type/subtype` of restricted names (RFC 6838 section 4.2), without parameters.
fn is_media_type(text: &str) -> bool {
    let is_name = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_alphanumeric())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || "!#$&-^_.+".contains(c))
    };
    text.len() <= MAX_MIME && text.split_once('/').is_some_and(|(kind, sub)| is_name(kind) && is_name(sub))
}

const LABEL: &[u8] = b"chop/1/file";

#[cfg(test)]
mod tests {
    use chop_crypto::sha256;

    use super::*;

    #[test]
    fn the_seal_is_the_formula() {
        let formula = [&b"chop/1/file"[..], &[7; 32], &[0, 0, 0, 0, 0, 0, 0, 3], &[0, 10], b"text/plainabc"];
        assert_eq!(seal_file(&[7; 32], "text/plain", b"abc"), Ok(sha256(&formula.concat())));
        let mut piecewise = FileSealer::new(&[7; 32], 3, "text/plain").unwrap();
        piecewise.update(b"a").unwrap();
        piecewise.update(b"bc").unwrap();
        assert_eq!(piecewise.finish(), seal_file(&[7; 32], "text/plain", b"abc"));
    }

    #[test]
    fn no_byte_moves_between_the_fields() {
        let seal = seal_file(&[7; 32], "text/plain", b"abc").unwrap();
        assert_ne!(seal, seal_file(&[7; 32], "text/plaina", b"bc").unwrap());
        assert_ne!(seal, seal_file(&[7; 32], "text/plai", b"nabc").unwrap());
        assert_ne!(seal, seal_file(&[8; 32], "text/plain", b"abc").unwrap());
    }

    #[test]
    fn size_and_type_are_held() {
        let mut sealer = FileSealer::new(&[0; 32], 2, "text/plain").unwrap();
        sealer.update(b"ab").unwrap();
        assert_eq!(sealer.update(b"c"), Err(FileSealError::WrongSize));
        let short = FileSealer::new(&[0; 32], 2, "text/plain").unwrap();
        assert_eq!(short.finish(), Err(FileSealError::WrongSize));
        assert_eq!(FileSealer::new(&[0; 32], MAX_FILE + 1, "a/b").err(), Some(FileSealError::TooLarge));
        for mime in ["", "text", "text/", "/plain", "text/plain; charset=utf-8", "a/b\n", "数/据", "a/b/c"]
        {
            assert_eq!(seal_file(&[0; 32], mime, b"").err(), Some(FileSealError::BadMime), "{mime:?}");
        }
    }
}
