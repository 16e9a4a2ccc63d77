//! `digest = SHA-256("chop/1/row" ‖ u16 length ‖ table ‖ column ‖ column …)`
//!
//! A column is a tag and its value: `0` nothing · `1` integer, 8 bytes big endian · `2` text and `3`
//! bytes, each behind a u64 length. So two different rows never give the same bytes.

use chop_crypto::{Digest, Hasher};

use crate::table::{artefact, exchange, item, meta, secret, ticket, trust, version};
use crate::{Read, VaultError};

/// What the log commits to for one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// The table.
    pub table: &'static str,
    /// The row's key, as bytes; unique in its table.
    pub key: Vec<u8>,
    /// The row's digest.
    pub digest: Digest,
}

/// Calls `each` with every fact of the space, table by table, keys in order.
///
/// # Errors
/// The first that reading or `each` gives.
pub fn for_each(
    read: &Read<'_>,
    each: &mut dyn FnMut(Fact) -> Result<(), VaultError>,
) -> Result<(), VaultError> {
    meta::each(read, &mut |row| each(row.fact()))?;
    item::each(read, &mut |row| each(row.fact()))?;
    version::each(read, &mut |row| each(row.fact()))?;
    exchange::each(read, &mut |row| each(row.fact()))?;
    artefact::each(read, &mut |row| each(row.fact()))?;
    secret::each(read, &mut |row| each(row.fact()))?;
    ticket::each(read, &mut |row| each(row.fact()))?;
    trust::each(read, &mut |row| each(row.fact()))
}

/// The canonical digest of one row, fed column by column in the order of the schema.
pub(crate) struct RowDigest {
    table: &'static str,
    hasher: Hasher,
}

impl RowDigest {
    pub(crate) fn of(table: &'static str) -> Self {
        let mut hasher = Hasher::new();
        hasher.update(b"chop/1/row");
        hasher.update(&u16::try_from(table.len()).unwrap_or(u16::MAX).to_be_bytes());
        hasher.update(table.as_bytes());
        Self { table, hasher }
    }

    pub(crate) fn int(mut self, value: impl Into<i64>) -> Self {
        self.hasher.update(&[1]);
        self.hasher.update(&value.into().to_be_bytes());
        self
    }

    pub(crate) fn text(self, value: &str) -> Self {
        self.framed(2, value.as_bytes())
    }

    pub(crate) fn blob(self, value: &[u8]) -> Self {
        self.framed(3, value)
    }

    pub(crate) fn opt_int(self, value: Option<i64>) -> Self {
        match value {
            Some(value) => self.int(value),
            None => self.nothing(),
        }
    }

    pub(crate) fn opt_text(self, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.text(value),
            None => self.nothing(),
        }
    }

    pub(crate) fn opt_blob(self, value: Option<&[u8]>) -> Self {
        match value {
            Some(value) => self.blob(value),
            None => self.nothing(),
        }
    }

    pub(crate) fn finish(self, key: Vec<u8>) -> Fact {
        Fact { table: self.table, key, digest: self.hasher.finish() }
    }

    fn nothing(mut self) -> Self {
        self.hasher.update(&[0]);
        self
    }

    fn framed(mut self, tag: u8, bytes: &[u8]) -> Self {
        self.hasher.update(&[tag]);
        self.hasher.update(&u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_be_bytes());
        self.hasher.update(bytes);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_byte_moves_between_columns() {
        let digest = |row: RowDigest| row.finish(Vec::new()).digest;
        let rows = [
            RowDigest::of("t").text("ab").text("c"),
            RowDigest::of("t").text("a").text("bc"),
            RowDigest::of("t").blob(b"ab").text("c"),
            RowDigest::of("t").text("ab").text("c").opt_int(None),
            RowDigest::of("ta").text("b").text("c"),
            RowDigest::of("t").int(1),
            RowDigest::of("t").opt_text(None),
            RowDigest::of("t").blob(&[]),
        ];
        let mut digests: Vec<_> = rows.into_iter().map(digest).collect();
        digests.sort_unstable();
        digests.dedup();
        assert_eq!(digests.len(), 8);
    }
}
