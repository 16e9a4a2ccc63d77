//! Deterministic CBOR (RFC 8949 section 4.2.1), and nothing else.
//!
//! ```text
//! bytes --Deterministic::check--> Deterministic --reader()--> typed reads
//! Writer --finish()--> bytes that check
//! ```
//!
//! The whole document is checked before any of it is read: one encoding per value, so that a hash
//! over the bytes is a hash over the meaning, and no length is believed before the bytes are there.
//! Refused: integers, lengths and simple values longer than needed, indefinite lengths, map keys
//! out of order or twice, floats, tags, `undefined`, other simple values, trailing bytes, nesting
//! beyond [`MAX_DEPTH`].

use minicbor::data::Type;
use minicbor::{Decoder, Encoder};

/// Levels of arrays and maps inside one another.
pub const MAX_DEPTH: usize = 16;

chop_model::coded_errors! {
    /// Why bytes are not the CBOR that we read.
    pub enum CborError {
        /// More bytes than this place takes.
        TooLarge => ("cbor.too-large", Peer, "the CBOR document is larger than allowed"),
        /// The document stops early, or a length goes beyond its end.
        Truncated => ("cbor.truncated", Peer, "the CBOR document ends too early"),
        /// Bytes follow the document.
        Trailing => ("cbor.trailing-bytes", Peer, "bytes follow the CBOR document"),
        /// Another encoding than the one of RFC 8949 section 4.2.1.
        NotDeterministic => ("cbor.not-deterministic", Peer, "the CBOR is not in its one deterministic encoding"),
        /// A float, tag, `undefined` or other value that no form of ours has.
        Unsupported => ("cbor.unsupported", Peer, "the CBOR holds a kind of value that is not used here"),
        /// Text that is not UTF-8.
        BadText => ("cbor.bad-text", Peer, "the CBOR holds text that is not UTF-8"),
        /// Nested beyond the limit.
        TooDeep => ("cbor.too-deep", Peer, "the CBOR is nested too deeply"),
        /// Well formed, but not the shape that was expected here.
        UnexpectedShape => ("cbor.unexpected-shape", Peer, "the CBOR does not have the expected shape"),
    }
}

/// Proof that some bytes are exactly one deterministic CBOR item.
#[derive(Debug, Clone, Copy)]
pub struct Deterministic<'b>(&'b [u8]);

impl<'b> Deterministic<'b> {
    /// Checks all of `bytes`, at most `max_bytes` of them, in one pass and without allocating.
    ///
    /// # Errors
    /// [`CborError`], every variant but [`CborError::UnexpectedShape`].
    pub fn check(bytes: &'b [u8], max_bytes: usize) -> Result<Self, CborError> {
        if bytes.len() > max_bytes {
            return Err(CborError::TooLarge);
        }
        let mut check = Check { decoder: Decoder::new(bytes) };
        check.item(0)?;
        if check.decoder.position() != bytes.len() {
            return Err(CborError::Trailing);
        }
        Ok(Self(bytes))
    }

    /// Typed reads from the start of the item.
    pub fn reader(&self) -> Reader<'b> {
        Reader(Decoder::new(self.0))
    }

    /// The checked bytes.
    pub fn as_bytes(&self) -> &'b [u8] {
        self.0
    }
}

/// What the next item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An integer from 0.
    Uint,
    /// A negative integer.
    Negative,
    /// A byte string.
    Bytes,
    /// A text string.
    Text,
    /// An array.
    Array,
    /// A map.
    Map,
    /// `true` or `false`.
    Bool,
    /// `null`.
    Null,
}

/// Reads a checked document item by item. A failed read leaves the reader of no further use.
pub struct Reader<'b>(Decoder<'b>);

impl<'b> Reader<'b> {
    /// What comes next.
    ///
    /// # Errors
    /// [`CborError::UnexpectedShape`] at the end.
    pub fn kind(&self) -> Result<Kind, CborError> {
        self.0.datatype().ok().and_then(kind_of).ok_or(CborError::UnexpectedShape)
    }

    /// An array of exactly `length` items.
    ///
    /// # Errors
    /// [`CborError::UnexpectedShape`].
    pub fn array(&mut self, length: usize) -> Result<(), CborError> {
        expect(self.array_up_to(length)? == length)
    }

    /// An array of at most `max` items; its length.
    ///
    /// # Errors
    /// [`CborError::UnexpectedShape`].
    pub fn array_up_to(&mut self, max: usize) -> Result<usize, CborError> {
        let length = self.0.array();
        length_up_to(length, max)
    }

    /// A map of exactly `length` pairs.
    ///
    /// # Errors
    /// [`CborError::UnexpectedShape`].
    pub fn map(&mut self, length: usize) -> Result<(), CborError> {
        expect(self.map_up_to(length)? == length)
    }

    /// A map of at most `max` pairs; its length.
    ///
    /// # Errors
    /// [`CborError::UnexpectedShape`].
    pub fn map_up_to(&mut self, max: usize) -> Result<usize, CborError> {
        let length = self.0.map();
        length_up_to(length, max)
    }

    /// An integer from 0.
    ///
    /// # Errors
    /// [`CborError::UnexpectedShape`].
    pub fn uint(&mut self) -> Result<u64, CborError> {
        self.0.u64().map_err(|_| CborError::UnexpectedShape)
    }

    /// An integer of either sign.
    ///
    /// # Errors
    /// [`CborError::UnexpectedShape`].
    pub fn int(&mut self) -> Result<i64, CborError> {
        self.0.i64().map_err(|_| CborError::UnexpectedShape)
    }

    /// The integer `expected`, such as a map key or a version.
    ///
    /// # Errors
    /// [`CborError::UnexpectedShape`].
    pub fn exactly(&mut self, expected: u64) -> Result<(), CborError> {
        expect(self.uint()? == expected)
    }

    /// A byte string.
    ///
    /// # Errors
    /// [`CborError::UnexpectedShape`].
    pub fn bytes(&mut self) -> Result<&'b [u8], CborError> {
        self.0.bytes().map_err(|_| CborError::UnexpectedShape)
    }

    /// A byte string of `N` bytes.
    ///
    /// # Errors
    /// [`CborError::UnexpectedShape`].
    pub fn array_of<const N: usize>(&mut self) -> Result<[u8; N], CborError> {
        self.bytes()?.try_into().map_err(|_| CborError::UnexpectedShape)
    }

    /// A text string.
    ///
    /// # Errors
    /// [`CborError::UnexpectedShape`].
    pub fn text(&mut self) -> Result<&'b str, CborError> {
        self.0.str().map_err(|_| CborError::UnexpectedShape)
    }

    /// `true` or `false`.
    ///
    /// # Errors
    /// [`CborError::UnexpectedShape`].
    pub fn bool(&mut self) -> Result<bool, CborError> {
        self.0.bool().map_err(|_| CborError::UnexpectedShape)
    }

    /// `null`.
    ///
    /// # Errors
    /// [`CborError::UnexpectedShape`].
    pub fn null(&mut self) -> Result<(), CborError> {
        self.0.null().map_err(|_| CborError::UnexpectedShape)
    }

    /// The next item whole, whatever it is: a part of a checked document is checked.
    ///
    /// # Errors
    /// [`CborError::UnexpectedShape`] at the end.
    pub fn item(&mut self) -> Result<Deterministic<'b>, CborError> {
        let start = self.0.position();
        self.0.skip().map_err(|_| CborError::UnexpectedShape)?;
        let bytes = self.0.input().get(start..self.0.position()).ok_or(CborError::UnexpectedShape)?;
        Ok(Deterministic(bytes))
    }

    /// Says that nothing is left: a reader that stopped early has missed something.
    ///
    /// # Errors
    /// [`CborError::UnexpectedShape`] when items are left.
    pub fn finish(self) -> Result<(), CborError> {
        expect(self.0.position() == self.0.input().len())
    }
}

/// Writes one item. Lengths and integers come out shortest; map keys must be written in order, as
/// [`Deterministic::check`] will demand.
pub struct Writer(Encoder<Vec<u8>>);

impl Writer {
    /// An empty document.
    pub fn new() -> Self {
        Self(Encoder::new(Vec::new()))
    }

    /// Begins an array of `length` items.
    pub fn array(&mut self, length: usize) -> &mut Self {
        let _infallible = self.0.array(length as u64);
        self
    }

    /// Begins a map of `length` pairs.
    pub fn map(&mut self, length: usize) -> &mut Self {
        let _infallible = self.0.map(length as u64);
        self
    }

    /// An integer from 0.
    pub fn uint(&mut self, value: u64) -> &mut Self {
        let _infallible = self.0.u64(value);
        self
    }

    /// An integer of either sign.
    pub fn int(&mut self, value: i64) -> &mut Self {
        let _infallible = self.0.i64(value);
        self
    }

    /// A byte string.
    pub fn bytes(&mut self, value: &[u8]) -> &mut Self {
        let _infallible = self.0.bytes(value);
        self
    }

    /// A text string.
    pub fn text(&mut self, value: &str) -> &mut Self {
        let _infallible = self.0.str(value);
        self
    }

    /// `true` or `false`.
    pub fn bool(&mut self, value: bool) -> &mut Self {
        let _infallible = self.0.bool(value);
        self
    }

    /// `null`.
    pub fn null(&mut self) -> &mut Self {
        let _infallible = self.0.null();
        self
    }

    /// A whole item made before.
    pub fn item(&mut self, item: Deterministic<'_>) -> &mut Self {
        self.0.writer_mut().extend_from_slice(item.0);
        self
    }

    /// The bytes.
    pub fn finish(self) -> Vec<u8> {
        self.0.into_writer()
    }
}

impl Default for Writer {
    fn default() -> Self {
        Self::new()
    }
}

/// The order of text keys in a map (RFC 8949 section 4.2.1): by their encoded bytes, so by length
/// first for keys of up to 23 bytes and always for longer ones, whose length stands in front.
pub fn text_key_order(a: &str, b: &str) -> std::cmp::Ordering {
    (a.len(), a.as_bytes()).cmp(&(b.len(), b.as_bytes()))
}

struct Check<'b> {
    decoder: Decoder<'b>,
}

impl<'b> Check<'b> {
    fn item(&mut self, depth: usize) -> Result<(), CborError> {
        if depth > MAX_DEPTH {
            return Err(CborError::TooDeep);
        }
        let start = self.decoder.position();
        match self.decoder.datatype().map_err(truncated)? {
            Type::U8 | Type::U16 | Type::U32 | Type::U64 => {
                let value = self.decoder.u64().map_err(truncated)?;
                self.shortest(start, value)
            }
            Type::I8 | Type::I16 | Type::I32 | Type::I64 | Type::Int => self.negative(start),
            Type::Bytes => {
                let length = self.decoder.bytes().map_err(truncated)?.len();
                self.shortest_before(start, length)
            }
            Type::String => {
                let length = self.decoder.str().map_err(bad_text)?.len();
                self.shortest_before(start, length)
            }
            Type::Array => self.array(start, depth),
            Type::Map => self.map(start, depth),
            Type::Bool | Type::Null => {
                self.decoder.skip().map_err(truncated)?;
                self.shortest(start, 0)
            }
            Type::BytesIndef | Type::StringIndef | Type::ArrayIndef | Type::MapIndef | Type::Break => {
                Err(CborError::NotDeterministic)
            }
            _ => Err(CborError::Unsupported),
        }
    }

    fn negative(&mut self, start: usize) -> Result<(), CborError> {
        let value = self.decoder.int().map_err(truncated)?;
        // Major type 1 carries -1 - n; n decides how long the encoding is.
        let n = u64::try_from(-1 - i128::from(value)).map_err(|_| CborError::Unsupported)?;
        self.shortest(start, n)
    }

    fn array(&mut self, start: usize, depth: usize) -> Result<(), CborError> {
        let length = self.decoder.array().map_err(truncated)?.ok_or(CborError::NotDeterministic)?;
        self.shortest(start, length)?;
        self.fits(length)?;
        for _ in 0..length {
            self.item(depth + 1)?;
        }
        Ok(())
    }

    fn map(&mut self, start: usize, depth: usize) -> Result<(), CborError> {
        let length = self.decoder.map().map_err(truncated)?.ok_or(CborError::NotDeterministic)?;
        self.shortest(start, length)?;
        self.fits(length.saturating_mul(2))?;
        let mut last: Option<&'b [u8]> = None;
        for _ in 0..length {
            let key_start = self.decoder.position();
            self.item(depth + 1)?;
            let key = self.decoder.input().get(key_start..self.decoder.position());
            // Bytewise order of the encoded keys; an equal one is a duplicate.
            if last.is_some() && last >= key {
                return Err(CborError::NotDeterministic);
            }
            last = key;
            self.item(depth + 1)?;
        }
        Ok(())
    }

    /// Each of `items` takes a byte at least, so a count beyond what is left is a lie.
    fn fits(&self, items: u64) -> Result<(), CborError> {
        let left = self.decoder.input().len().saturating_sub(self.decoder.position());
        if items > left as u64 { Err(CborError::Truncated) } else { Ok(()) }
    }

    fn shortest(&self, start: usize, argument: u64) -> Result<(), CborError> {
        head_is_shortest(self.decoder.position() - start, argument)
    }

    fn shortest_before(&self, start: usize, length: usize) -> Result<(), CborError> {
        head_is_shortest(self.decoder.position() - start - length, length as u64)
    }
}

fn head_is_shortest(head_len: usize, argument: u64) -> Result<(), CborError> {
    let shortest = match argument {
        0..=23 => 1,
        24..=0xff => 2,
        0x100..=0xffff => 3,
        0x1_0000..=0xffff_ffff => 5,
        _ => 9,
    };
    if head_len == shortest { Ok(()) } else { Err(CborError::NotDeterministic) }
}

fn kind_of(kind: Type) -> Option<Kind> {
    Some(match kind {
        Type::U8 | Type::U16 | Type::U32 | Type::U64 => Kind::Uint,
        Type::I8 | Type::I16 | Type::I32 | Type::I64 | Type::Int => Kind::Negative,
        Type::Bytes => Kind::Bytes,
        Type::String => Kind::Text,
        Type::Array => Kind::Array,
        Type::Map => Kind::Map,
        Type::Bool => Kind::Bool,
        Type::Null => Kind::Null,
        _ => return None,
    })
}

fn length_up_to(
    length: Result<Option<u64>, minicbor::decode::Error>,
    max: usize,
) -> Result<usize, CborError> {
    let length = length.ok().flatten().and_then(|n| usize::try_from(n).ok());
    length.filter(|n| *n <= max).ok_or(CborError::UnexpectedShape)
}

fn expect(holds: bool) -> Result<(), CborError> {
    if holds { Ok(()) } else { Err(CborError::UnexpectedShape) }
}

fn truncated(error: minicbor::decode::Error) -> CborError {
    if error.is_end_of_input() { CborError::Truncated } else { CborError::Unsupported }
}

fn bad_text(error: minicbor::decode::Error) -> CborError {
    if error.is_end_of_input() { CborError::Truncated } else { CborError::BadText }
}

#[cfg(test)]
#[path = "cbor_tests.rs"]
mod tests;
