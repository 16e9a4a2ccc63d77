//! What messages are made of: each kind of field is written and read in one way.

use chop_crypto::Secret;
use chop_model::UnixTime;

use super::{Mode, RelayFormatError, State};
use crate::cbor::{CborError, Kind, Reader, Writer};

/// A body of the relay's API: one deterministic CBOR array that begins with the version.
pub trait Message: Sized {
    /// Bytes that one may have.
    const MAX_BYTES: usize;

    /// The body.
    fn to_bytes(&self) -> Vec<u8>;

    /// Reads a body.
    ///
    /// # Errors
    /// [`RelayFormatError::TooLarge`] or [`RelayFormatError::Malformed`].
    fn from_bytes(bytes: &[u8]) -> Result<Self, RelayFormatError>;
}

/// `G`: 128 bits that name an offer at its relay. Whoever has it can only ask; `Debug` hides it, because
/// it belongs into no log.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OfferId(pub [u8; 16]);

impl std::fmt::Debug for OfferId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OfferId(hidden)")
    }
}

/// Bytes up to a bound, opaque to the relay.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Bounded<const MAX: usize>(Vec<u8>);

impl<const MAX: usize> Bounded<MAX> {
    /// Takes the bytes over.
    ///
    /// # Errors
    /// [`RelayFormatError::TooLarge`] beyond `MAX`.
    pub fn new(bytes: Vec<u8>) -> Result<Self, RelayFormatError> {
        if bytes.len() > MAX { Err(RelayFormatError::TooLarge) } else { Ok(Self(bytes)) }
    }

    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The bytes.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

impl<const MAX: usize> std::fmt::Debug for Bounded<MAX> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

/// One member of a message.
pub(super) trait Field: Sized {
    fn write(&self, to: &mut Writer);
    fn read(from: &mut Reader<'_>) -> Result<Self, RelayFormatError>;
}

impl Field for OfferId {
    fn write(&self, to: &mut Writer) {
        to.bytes(&self.0);
    }
    fn read(from: &mut Reader<'_>) -> Result<Self, RelayFormatError> {
        Ok(Self(from.array_of()?))
    }
}

impl<const N: usize> Field for [u8; N] {
    fn write(&self, to: &mut Writer) {
        to.bytes(self);
    }
    fn read(from: &mut Reader<'_>) -> Result<Self, RelayFormatError> {
        Ok(from.array_of()?)
    }
}

impl Field for Secret<32> {
    fn write(&self, to: &mut Writer) {
        // EXPOSE: showing the secret is what a call is authorised by; it goes into a body, over TLS.
        to.bytes(self.expose());
    }
    fn read(from: &mut Reader<'_>) -> Result<Self, RelayFormatError> {
        Ok(Self::new(from.array_of()?))
    }
}

impl<const MAX: usize> Field for Bounded<MAX> {
    fn write(&self, to: &mut Writer) {
        to.bytes(&self.0);
    }
    fn read(from: &mut Reader<'_>) -> Result<Self, RelayFormatError> {
        let bytes = from.bytes()?;
        if bytes.len() > MAX { Err(RelayFormatError::TooLarge) } else { Ok(Self(bytes.to_vec())) }
    }
}

impl Field for u64 {
    fn write(&self, to: &mut Writer) {
        to.uint(*self);
    }
    fn read(from: &mut Reader<'_>) -> Result<Self, RelayFormatError> {
        // A database's integers have 63 bits; a number beyond them is no count and no time.
        let number = from.uint()?;
        if i64::try_from(number).is_ok() { Ok(number) } else { Err(RelayFormatError::Malformed) }
    }
}

impl Field for UnixTime {
    fn write(&self, to: &mut Writer) {
        to.uint(u64::try_from(self.0).unwrap_or(0));
    }
    fn read(from: &mut Reader<'_>) -> Result<Self, RelayFormatError> {
        i64::try_from(from.uint()?).map(Self).map_err(|_| RelayFormatError::Malformed)
    }
}

impl Field for State {
    fn write(&self, to: &mut Writer) {
        to.uint(self.number());
    }
    fn read(from: &mut Reader<'_>) -> Result<Self, RelayFormatError> {
        Self::from_number(from.uint()?).ok_or(RelayFormatError::Malformed)
    }
}

impl Field for Mode {
    fn write(&self, to: &mut Writer) {
        to.uint(self.number());
    }
    fn read(from: &mut Reader<'_>) -> Result<Self, RelayFormatError> {
        Self::from_number(from.uint()?).ok_or(RelayFormatError::Malformed)
    }
}

impl Field for String {
    fn write(&self, to: &mut Writer) {
        to.text(self);
    }
    fn read(from: &mut Reader<'_>) -> Result<Self, RelayFormatError> {
        let text = from.text()?;
        if text.len() > MAX_TEXT { Err(RelayFormatError::TooLarge) } else { Ok(text.to_owned()) }
    }
}

impl<T: Field> Field for Option<T> {
    fn write(&self, to: &mut Writer) {
        match self {
            Some(field) => field.write(to),
            None => drop(to.null()),
        }
    }
    fn read(from: &mut Reader<'_>) -> Result<Self, RelayFormatError> {
        match from.kind()? {
            Kind::Null => Ok(from.null().map(|()| None)?),
            _ => T::read(from).map(Some),
        }
    }
}

impl<T: Field> Field for Vec<T> {
    fn write(&self, to: &mut Writer) {
        to.array(self.len());
        self.iter().for_each(|item| item.write(to));
    }
    fn read(from: &mut Reader<'_>) -> Result<Self, RelayFormatError> {
        let length = from.array_up_to(MAX_LIST)?;
        (0..length).map(|_| T::read(from)).collect()
    }
}

impl From<CborError> for RelayFormatError {
    fn from(error: CborError) -> Self {
        match error {
            CborError::TooLarge => Self::TooLarge,
            _ => Self::Malformed,
        }
    }
}

/// Declares a message, or a part of one, with its fields in the order of the wire.
macro_rules! message {
    ($(#[$meta:meta])* pub struct $name:ident($max:expr) {
        $($(#[$fmeta:meta])* $field:ident: $type:ty,)*
    }) => {
        $(#[$meta])*
        #[derive(Debug)]
        pub struct $name { $($(#[$fmeta])* pub $field: $type,)* }

        impl $crate::relay::field::Field for $name {
            fn write(&self, to: &mut $crate::cbor::Writer) {
                let Self { $($field,)* } = self;
                to.array(1 + [$(stringify!($field)),*].len()).uint(1);
                $($crate::relay::field::Field::write($field, to);)*
            }
            fn read(
                from: &mut $crate::cbor::Reader<'_>,
            ) -> Result<Self, $crate::relay::RelayFormatError> {
                from.array(1 + [$(stringify!($field)),*].len())?;
                from.exactly(1)?;
                Ok(Self { $($field: $crate::relay::field::Field::read(from)?,)* })
            }
        }

        impl $crate::relay::Message for $name {
            const MAX_BYTES: usize = $max;
            fn to_bytes(&self) -> Vec<u8> {
                $crate::relay::field::to_bytes(self)
            }
            fn from_bytes(bytes: &[u8]) -> Result<Self, $crate::relay::RelayFormatError> {
                $crate::relay::field::from_bytes(bytes, Self::MAX_BYTES)
            }
        }
    };
}

pub(super) use message;

pub(super) fn to_bytes<F: Field>(field: &F) -> Vec<u8> {
    let mut writer = Writer::new();
    field.write(&mut writer);
    writer.finish()
}

pub(super) fn from_bytes<F: Field>(bytes: &[u8], max: usize) -> Result<F, RelayFormatError> {
    let mut reader = crate::cbor::Deterministic::check(bytes, max)?.reader();
    let field = F::read(&mut reader)?;
    reader.finish()?;
    Ok(field)
}

/// Bytes of one text: a client id, a verifier key, a code.
const MAX_TEXT: usize = 512;
/// Members of one list.
pub(super) const MAX_LIST: usize = 64;
