//! One pass over a document: is it exactly one item in its one encoding?

use minicbor::Decoder;
use minicbor::data::Type;

use super::{CborError, MAX_DEPTH};

/// Checks all of `bytes`.
pub(super) fn one_item(bytes: &[u8]) -> Result<(), CborError> {
    let mut check = Check { decoder: Decoder::new(bytes) };
    check.item(0)?;
    if check.decoder.position() == bytes.len() { Ok(()) } else { Err(CborError::Trailing) }
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

fn truncated(error: minicbor::decode::Error) -> CborError {
    if error.is_end_of_input() { CborError::Truncated } else { CborError::Unsupported }
}

fn bad_text(error: minicbor::decode::Error) -> CborError {
    if error.is_end_of_input() { CborError::Truncated } else { CborError::BadText }
}
