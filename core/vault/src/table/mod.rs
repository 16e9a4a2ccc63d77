//! One table, one file. Statements are constants, values are bound, writing takes a `&Tx`.

/// As `chop_model::numbered!`, in a column.
macro_rules! numbered {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = $number:literal,)+ }) => {
        chop_model::numbered! { $(#[$meta])* pub enum $name { $($(#[$vmeta])* $variant = $number,)+ } }

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
