//! Messages as QR texts: one message, its frames, and back.
//!
//! ```text
//! message   CBOR [1, kind, body]; session = first 8 bytes of SHA-256(message)
//! frame     1 ‖ frame kind (1 byte) ‖ session (8) ‖ index (u16) ‖ count (u16) ‖ CRC-32 (u32) ‖ payload
//! QR text   "CHOP1:" ‖ Base45(frame)      at most 600 characters: QR version 15 at level M
//! ```
//!
//! Integers are big endian; the CRC is over the payload alone and finds a misread, not an attack:
//! whoever changes a frame on purpose meets the session, which is a hash of the whole message, and
//! behind that a signature. Frame kind 0 is sequential: payload `index` of `count` pieces, all of
//! one length but the last. Kinds 1 to 255 are kept for a rateless animated code.

mod assembler;
mod message;

pub use assembler::{Assembler, Progress};
pub use message::{KeyBody, Message, MessageKind};

use chop_crypto::Digest;

/// Characters of one frame text: the alphanumeric capacity of QR version 15 at level M (ISO/IEC
/// 18004, table 7).
pub const MAX_FRAME_TEXT: usize = 600;
/// Bytes of a message carried by one set of frames; above it another carrier is used
/// (protocol.md section 1.3, mode D).
pub const MAX_SET_BYTES: usize = 60_000;
/// Frames of one set.
pub const MAX_FRAMES: u16 = 200;
/// What every text of ours begins with.
pub const PREFIX: &str = "CHOP1:";

chop_model::coded_errors! {
    /// What can be wrong with a frame, a set of frames or the message in them.
    pub enum FrameError {
        /// Not a text of ours at all.
        NotAFrame => ("frame.not-a-frame", Peer, "this QR code is not a Chop frame"),
        /// Longer than any frame.
        TextTooLong => ("frame.text-too-long", Peer, "the frame text is longer than a frame can be"),
        /// Not canonical Base45 (RFC 9285).
        BadBase45 => ("frame.bad-base45", Peer, "the frame is not canonical Base45"),
        /// Shorter than its header, or without payload.
        Truncated => ("frame.truncated", Peer, "the frame is cut off"),
        /// A version of frames that is not known here.
        UnknownVersion => ("frame.unknown-version", Peer, "the frame has an unknown version"),
        /// A kind of frames that is not known here.
        UnknownKind => ("frame.unknown-kind", Peer, "the frame is of an unknown kind"),
        /// The checksum does not match: misread, or changed.
        BadChecksum => ("frame.bad-checksum", Peer, "the checksum of the frame is wrong"),
        /// Index and count contradict each other or the limits.
        BadCount => ("frame.bad-count", Peer, "the number of the frame is out of range"),
        /// A frame of another message than the one being read.
        ForeignFrame => ("frame.foreign-frame", Peer, "this frame belongs to another message"),
        /// It contradicts the frames before it: other count, length or content.
        Contradiction => ("frame.contradiction", Peer, "the frame contradicts the frames before it"),
        /// The frames are not all there yet.
        Missing => ("frame.missing", Peer, "frames are missing"),
        /// All frames are there, and their content is not the message that they name.
        WrongMessage => ("frame.wrong-message", Peer, "the frames do not add up to the message that they name"),
        /// More than one set of frames carries.
        TooLarge => ("frame.too-large", User, "this is too much for QR codes"),
        /// The body grows beyond its limit when it is inflated.
        Bomb => ("frame.bomb", Peer, "the message is larger than allowed once unpacked"),
        /// The message is not one of ours.
        BadMessage => ("frame.bad-message", Peer, "the message in the frames cannot be read"),
        /// The message is of a kind that is not known here.
        UnknownMessage => ("frame.unknown-message", Peer, "the message is of an unknown kind"),
        /// Another kind of message than the one awaited.
        UnexpectedMessage => ("frame.unexpected-message", Peer, "this is another message than the one awaited here"),
    }
}

/// The frame texts that carry `message`, as few as possible and all about equally long.
///
/// # Errors
/// [`FrameError::TooLarge`] beyond [`MAX_SET_BYTES`].
pub(crate) fn split(message: &[u8]) -> Result<Vec<String>, FrameError> {
    if message.is_empty() || message.len() > MAX_SET_BYTES {
        return Err(FrameError::TooLarge);
    }
    let count = message.len().div_ceil(MAX_PAYLOAD);
    let each = message.len().div_ceil(count);
    // Rounding up may leave nothing for the last; then fewer do.
    let count = u16::try_from(message.len().div_ceil(each)).map_err(|_| FrameError::TooLarge)?;
    let session = session_of(message);
    Ok(message
        .chunks(each)
        .zip(0..)
        .map(|(payload, index)| Frame { session, index, count, payload: payload.to_vec() }.to_text())
        .collect())
}

/// The name of a message in its frames: 64 bits of its hash.
pub(crate) fn session_of(message: &[u8]) -> [u8; 8] {
    let digest: Digest = chop_crypto::sha256(message);
    digest.first_chunk().copied().unwrap_or_default()
}

/// One frame whose checksum holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Frame {
    pub(crate) session: [u8; 8],
    pub(crate) index: u16,
    pub(crate) count: u16,
    pub(crate) payload: Vec<u8>,
}

impl Frame {
    pub(crate) fn to_text(&self) -> String {
        let mut bytes = Vec::with_capacity(HEADER + self.payload.len());
        bytes.extend_from_slice(&[FRAME_VERSION, SEQUENTIAL]);
        bytes.extend_from_slice(&self.session);
        bytes.extend_from_slice(&self.index.to_be_bytes());
        bytes.extend_from_slice(&self.count.to_be_bytes());
        bytes.extend_from_slice(&crc32fast::hash(&self.payload).to_be_bytes());
        bytes.extend_from_slice(&self.payload);
        PREFIX.to_owned() + &base45::encode(bytes)
    }

    pub(crate) fn read(text: &str) -> Result<Self, FrameError> {
        if text.len() > MAX_FRAME_TEXT {
            return Err(FrameError::TextTooLong);
        }
        let bytes = from_base45(text.strip_prefix(PREFIX).ok_or(FrameError::NotAFrame)?)?;
        let (&[version], rest) = field(&bytes)?;
        if version != FRAME_VERSION {
            return Err(FrameError::UnknownVersion);
        }
        let (&[kind], rest) = field(rest)?;
        if kind != SEQUENTIAL {
            return Err(FrameError::UnknownKind);
        }
        let (session, rest) = field(rest)?;
        let (index, rest) = field(rest)?;
        let (count, rest) = field(rest)?;
        let (crc, payload) = field(rest)?;
        let (index, count) = (u16::from_be_bytes(*index), u16::from_be_bytes(*count));
        if payload.is_empty() {
            return Err(FrameError::Truncated);
        }
        if crc32fast::hash(payload) != u32::from_be_bytes(*crc) {
            return Err(FrameError::BadChecksum);
        }
        if count > MAX_FRAMES || index >= count {
            return Err(FrameError::BadCount);
        }
        Ok(Self { session: *session, index, count, payload: payload.to_vec() })
    }
}

fn field<const N: usize>(bytes: &[u8]) -> Result<(&[u8; N], &[u8]), FrameError> {
    bytes.split_first_chunk().ok_or(FrameError::Truncated)
}

/// Strict Base45 (RFC 9285 section 4.2): what encodes again to another text was not Base45. That
/// refuses groups out of range, of which the crate lets a final pair above 255 pass, and a length
/// of 1 modulo 3.
fn from_base45(text: &str) -> Result<Vec<u8>, FrameError> {
    let bytes = base45::decode(text).map_err(|_| FrameError::BadBase45)?;
    if base45::encode(&bytes) == text { Ok(bytes) } else { Err(FrameError::BadBase45) }
}

const FRAME_VERSION: u8 = 1;
const SEQUENTIAL: u8 = 0;
const HEADER: usize = 1 + 1 + 8 + 2 + 2 + 4;
/// Base45 makes three characters of two bytes.
const MAX_PAYLOAD: usize = (MAX_FRAME_TEXT - PREFIX.len()) / 3 * 2 - HEADER;

#[cfg(test)]
mod tests;
