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

mod check;
mod writer;

pub use writer::{Writer, text_key_order};

use minicbor::Decoder;
use minicbor::data::Type;

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
        check::one_item(bytes)?;
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

#[cfg(test)]
mod tests;
