//! Raw DEFLATE (RFC 1951) with a preset dictionary of the words that our objects are made of.
//!
//! ```text
//! container = dictionary number (1 byte) ‖ raw DEFLATE stream
//! ```
//!
//! A dictionary is part of the wire form: a changed one is a new number, and old ones stay. Number 1
//! is the skeletons of our own objects, the commonest last; it spares an envelope a kilobyte, three
//! frames. What is inflated comes out piece by piece and stops at the reader's cap; no size is declared anywhere, so
//! none can lie.

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};

/// The most that any container inflates to, in bytes (protocol.md section 1.3).
pub const MAX_INFLATED: usize = 1 << 20;

chop_model::coded_errors! {
    /// Why bytes do not inflate.
    pub enum DeflateError {
        /// Larger than the cap once inflated: a bomb, or too much for this carrier.
        TooLarge => ("deflate.too-large", Peer, "the compressed data are larger than allowed once unpacked"),
        /// Made with a dictionary that this version does not have.
        UnknownDictionary => ("deflate.unknown-dictionary", Peer, "the data were compressed with an unknown dictionary"),
        /// Not a DEFLATE stream, cut off, or followed by other bytes.
        Damaged => ("deflate.damaged", Peer, "the compressed data are damaged"),
        /// The compressor refused; ours to mend.
        Compressor => ("deflate.compressor", Bug, "the data could not be compressed"),
    }
}

/// Deflates `bytes` with the newest dictionary.
///
/// # Errors
/// [`DeflateError::TooLarge`] for more than [`MAX_INFLATED`] bytes: nobody would inflate them again.
pub fn deflate(bytes: &[u8]) -> Result<Vec<u8>, DeflateError> {
    if bytes.len() > MAX_INFLATED {
        return Err(DeflateError::TooLarge);
    }
    let mut compress = Compress::new(Compression::best(), false);
    compress.set_dictionary(DICTIONARY_1).map_err(|_| DeflateError::Compressor)?;
    // A stored block costs 5 bytes per 65 535; what does not compress grows by no more than that.
    let mut out = Vec::with_capacity(bytes.len() + bytes.len() / 1024 + 64);
    out.push(1);
    loop {
        let consumed = usize::try_from(compress.total_in()).map_err(|_| DeflateError::Compressor)?;
        let rest = bytes.get(consumed..).ok_or(DeflateError::Compressor)?;
        match compress.compress_vec(rest, &mut out, FlushCompress::Finish) {
            Ok(Status::StreamEnd) => return Ok(out),
            Ok(_) => out.reserve(4096),
            Err(_) => return Err(DeflateError::Compressor),
        }
    }
}

/// What `container` holds, at most `cap` bytes and never more than [`MAX_INFLATED`].
///
/// # Errors
/// [`DeflateError`]; at the cap the stream is left unread.
pub fn inflate(container: &[u8], cap: usize) -> Result<Vec<u8>, DeflateError> {
    let cap = cap.min(MAX_INFLATED);
    let (number, stream) = container.split_first().ok_or(DeflateError::Damaged)?;
    if *number != 1 {
        return Err(DeflateError::UnknownDictionary);
    }
    let mut decompress = Decompress::new(false);
    decompress.set_dictionary(DICTIONARY_1).map_err(|_| DeflateError::Damaged)?;
    let mut out = Vec::new();
    let mut piece = [0; PIECE];
    loop {
        let (read, written) = (decompress.total_in(), decompress.total_out());
        let rest = usize::try_from(read).ok().and_then(|n| stream.get(n..)).ok_or(DeflateError::Damaged)?;
        let status = decompress
            .decompress(rest, &mut piece, FlushDecompress::None)
            .map_err(|_| DeflateError::Damaged)?;
        let fresh = usize::try_from(decompress.total_out() - written).map_err(|_| DeflateError::Damaged)?;
        if out.len() + fresh > cap {
            return Err(DeflateError::TooLarge);
        }
        out.extend_from_slice(piece.get(..fresh).unwrap_or(&[]));
        match status {
            Status::StreamEnd if decompress.total_in() == stream.len() as u64 => return Ok(out),
            Status::StreamEnd => return Err(DeflateError::Damaged),
            // No step forward with all input given: the stream was cut off.
            _ if fresh == 0 && decompress.total_in() == read => return Err(DeflateError::Damaged),
            _ => {}
        }
    }
}

const DICTIONARY_1: &[u8] = include_bytes!("dictionary-1.txt");
/// How much is inflated between two looks at the cap.
const PIECE: usize = 8 << 10;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// 1 MiB of zeros and one more, deflated: about 1 kB.
    fn bomb(size: usize) -> Vec<u8> {
        let mut compress = Compress::new(Compression::best(), false);
        let mut out = Vec::with_capacity(1 << 16);
        out.push(1);
        let status = compress.compress_vec(&vec![0; size], &mut out, FlushCompress::Finish);
        assert_eq!(status.unwrap(), Status::StreamEnd);
        out
    }

    #[test]
    fn row_19_a_bomb_stops_at_the_cap() {
        let container = bomb(64 << 20);
        assert!(container.len() < 1 << 17);
        assert_eq!(inflate(&container, usize::MAX), Err(DeflateError::TooLarge));
        assert_eq!(inflate(&bomb(MAX_INFLATED + 1), usize::MAX), Err(DeflateError::TooLarge));
        assert_eq!(inflate(&bomb(MAX_INFLATED), usize::MAX).map(|v| v.len()), Ok(MAX_INFLATED));
        assert_eq!(inflate(&bomb(1001), 1000), Err(DeflateError::TooLarge));
        assert_eq!(inflate(&bomb(1000), 1000).map(|v| v.len()), Ok(1000));
        assert_eq!(deflate(&vec![0; MAX_INFLATED + 1]), Err(DeflateError::TooLarge));
    }

    #[test]
    fn damage_is_found() {
        let good = deflate(b"{\"iss\":\"somebody\"}").unwrap();
        for end in 1..good.len() {
            assert_eq!(inflate(&good[..end], 100), Err(DeflateError::Damaged), "cut at {end}");
        }
        assert_eq!(inflate(&[], 100), Err(DeflateError::Damaged));
        assert_eq!(inflate(&[&good[..], &[0]].concat(), 100), Err(DeflateError::Damaged));
        assert_eq!(inflate(&[&[2], &good[1..]].concat(), 100), Err(DeflateError::UnknownDictionary));
    }

    #[test]
    fn dictionary_1_never_changes() {
        let digest = chop_crypto::encoding::to_base64url(&chop_crypto::sha256(DICTIONARY_1));
        assert_eq!(
            (DICTIONARY_1.len(), digest.as_str()),
            (5123, "5wRQwqJq326ZuaM2YjchtOKsQDg8k8vLdFZRoV8fKKw")
        );
    }

    proptest! {
        #[test]
        fn what_goes_in_comes_out(bytes in proptest::collection::vec(any::<u8>(), 0..20_000)) {
            prop_assert_eq!(inflate(&deflate(&bytes).unwrap(), bytes.len()), Ok(bytes));
        }

        #[test]
        fn any_bytes_are_read_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = inflate(&[&[1], &bytes[..]].concat(), 1 << 16);
        }
    }
}
