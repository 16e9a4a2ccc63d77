//! The array of entries: packed, inflated piece by piece, and one entry of it.

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status as Step};

use super::{MAX_INFLATED, StatusRule};

/// Size of an entry (section 4.1 of the draft).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bits {
    /// Valid or not.
    One,
    /// Four statuses.
    Two,
    /// Sixteen.
    Four,
    /// All.
    Eight,
}

impl Bits {
    pub(super) fn of(number: u64) -> Result<Self, StatusRule> {
        match number {
            1 => Ok(Self::One),
            2 => Ok(Self::Two),
            4 => Ok(Self::Four),
            8 => Ok(Self::Eight),
            _ => Err(StatusRule::BadBits),
        }
    }

    /// The number of bits.
    pub fn number(self) -> u8 {
        match self {
            Self::One => 1,
            Self::Two => 2,
            Self::Four => 4,
            Self::Eight => 8,
        }
    }

    /// The byte that holds an entry, and the lowest of its bits. The first entry of a byte has the
    /// lowest bits: read from the other end, every eighth person would be somebody else.
    fn place(self, idx: u64) -> (u64, u32) {
        let in_a_byte = u64::from(8 / self.number());
        (idx / in_a_byte, u32::from(self.number()) * u32::try_from(idx % in_a_byte).unwrap_or(0))
    }

    fn mask(self) -> u8 {
        u8::MAX >> (8 - self.number())
    }
}

/// Packs entries and compresses them (zlib, RFC 1950).
///
/// # Errors
/// [`StatusRule::BadBits`] for an entry that does not fit, [`StatusRule::TooLarge`].
pub fn pack(bits: Bits, statuses: &[u8]) -> Result<Vec<u8>, StatusRule> {
    let in_a_byte = usize::from(8 / bits.number());
    let mut bytes = Vec::with_capacity(statuses.len() / in_a_byte + 1);
    for group in statuses.chunks(in_a_byte) {
        let mut byte = 0;
        for (place, status) in group.iter().enumerate() {
            if status & !bits.mask() != 0 {
                return Err(StatusRule::BadBits);
            }
            byte |= status << (usize::from(bits.number()) * place);
        }
        bytes.push(byte);
    }
    if bytes.len() as u64 > MAX_INFLATED {
        return Err(StatusRule::TooLarge);
    }
    compress(&bytes)
}

fn compress(bytes: &[u8]) -> Result<Vec<u8>, StatusRule> {
    let mut compress = Compress::new(Compression::best(), true);
    let mut out = Vec::with_capacity(bytes.len() + bytes.len() / 1024 + 64);
    loop {
        let taken = usize::try_from(compress.total_in()).map_err(|_| StatusRule::TooLarge)?;
        let rest = bytes.get(taken..).ok_or(StatusRule::Damaged)?;
        match compress.compress_vec(rest, &mut out, FlushCompress::Finish) {
            Ok(Step::StreamEnd) => return Ok(out),
            Ok(_) => out.reserve(4096),
            Err(_) => return Err(StatusRule::Damaged),
        }
    }
}

/// The entry `idx` of a compressed array; nothing beyond its end. The whole stream is read, so that its
/// checksum is, and no more than one piece of it is held.
pub(super) fn look(stream: &[u8], bits: Bits, idx: u64) -> Result<Option<u8>, StatusRule> {
    let (wanted, shift) = bits.place(idx);
    let mut decompress = Decompress::new(true);
    let mut piece = [0; PIECE];
    let mut found = None;
    loop {
        let (read, written) = (decompress.total_in(), decompress.total_out());
        let rest = usize::try_from(read).ok().and_then(|n| stream.get(n..)).ok_or(StatusRule::Damaged)?;
        let step = decompress
            .decompress(rest, &mut piece, FlushDecompress::None)
            .map_err(|_| StatusRule::Damaged)?;
        let total = decompress.total_out();
        if total > MAX_INFLATED {
            return Err(StatusRule::TooLarge);
        }
        if (written..total).contains(&wanted) {
            found = usize::try_from(wanted - written).ok().and_then(|at| piece.get(at)).copied();
        }
        match step {
            Step::StreamEnd if decompress.total_in() == stream.len() as u64 => {
                return Ok(found.map(|byte| byte >> shift & bits.mask()));
            }
            Step::StreamEnd => return Err(StatusRule::Damaged),
            // No step forward with all input given: the stream was cut off.
            _ if total == written && decompress.total_in() == read => return Err(StatusRule::Damaged),
            _ => {}
        }
    }
}

/// How much is inflated between two looks at the bounds.
const PIECE: usize = 8 << 10;
