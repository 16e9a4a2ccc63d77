//! One table, one file. Statements are constants, values are bound, writing takes a `&Tx`.

/// Declares an enum that is stored as a number which is never reused.
macro_rules! numbered {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = $number:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$vmeta])* $variant,)+ }

        impl $name {
            /// Every variant.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The number that is stored. Never reused.
            pub fn number(self) -> u8 {
                match self { $(Self::$variant => $number,)+ }
            }

            /// The variant stored as `number`.
            pub fn from_number(number: u8) -> Option<Self> {
                Self::ALL.iter().copied().find(|v| v.number() == number)
            }
        }

        impl rusqlite::ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
                Ok(i64::from(self.number()).into())
            }
        }

        impl rusqlite::types::FromSql for $name {
            fn column_result(value: rusqlite::types::ValueRef<'_>) -> rusqlite::types::FromSqlResult<Self> {
                let number = value.as_i64()?;
                u8::try_from(number)
                    .ok()
                    .and_then(Self::from_number)
                    .ok_or(rusqlite::types::FromSqlError::OutOfRange(number))
            }
        }
    };
}

pub mod artefact;
pub mod checkpoint;
pub(crate) mod chunk;
pub mod consent;
pub mod exchange;
pub mod item;
pub(crate) mod keyring;
pub mod log;
pub mod mark;
pub mod meta;
pub mod offer;
pub mod pack;
pub mod profile;
pub mod remedy;
pub mod secret;
pub mod status_list;
pub mod ticket;
pub(crate) mod tile;
pub mod trust;
pub mod version;

/// A row number as SQLite has it.
pub(crate) fn to_i64(number: u64) -> Result<i64, crate::VaultError> {
    i64::try_from(number).map_err(|_| crate::VaultError::TooLarge)
}

/// A row number as we have it.
pub(crate) fn to_u64(number: i64) -> Result<u64, crate::VaultError> {
    u64::try_from(number).map_err(|_| crate::VaultError::BadRow)
}
