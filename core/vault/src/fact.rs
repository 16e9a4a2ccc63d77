//! `digest = SHA-256("chop/1/row" ‖ u16 length ‖ table ‖ column ‖ column …)`
//!
//! A column is a tag and its value: `0` nothing · `1` integer, 8 bytes big endian · `2` text and `3`
//! bytes, each behind a u64 length. So two different rows never give the same bytes.
//!
//! [`for_each`] takes the columns as SQLite has them, so that a row whose values nobody of us would have
//! written has a digest too: it is a changed row, and not the end of a scan.

use chop_crypto::{Digest, Hasher};
use rusqlite::Row as SqlRow;
use rusqlite::types::ValueRef;

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
    TABLES.iter().try_for_each(|table| read.each(table.rows, [], |row| each(table.fact(row)?)))
}

/// A table of facts: its rows with every column in the order of the schema, and what makes their keys.
struct Table {
    name: &'static str,
    rows: &'static str,
    key: &'static [Part],
}

/// One part of a row's key, from the column of this number.
enum Part {
    /// Text or bytes as they are.
    Bytes(usize),
    /// An integer in this many bytes, big endian.
    Number(usize, usize),
    /// A byte 0, which no text before it has.
    End,
}

/// In the order of the scan. The typed rows of `table/*` give the same digests and keys: no audit would
/// be clean if they did not.
const TABLES: &[Table] = &[
    Table { name: "meta", rows: "SELECT name, value FROM meta ORDER BY name", key: &[Part::Bytes(0)] },
    Table {
        name: "item",
        rows:
            "SELECT row, id, shelf, format, doc_type, title, issuer, state, version, created_at, updated_at,
            expires_at, seal, seal_reason, salt FROM item ORDER BY row",
        key: &[Part::Bytes(1)],
    },
    Table {
        name: "version",
        rows: "SELECT item, no, added_at, mime, size, name, body_key, body, file_salt, file_seal
            FROM version ORDER BY item, no",
        key: &[Part::Bytes(0), Part::Number(1, 4)],
    },
    Table {
        name: "exchange",
        rows:
            "SELECT id, role, state, client_id, nonce, peer_name, purpose, created_at, expires_at, updated_at
            FROM exchange ORDER BY id",
        key: &[Part::Bytes(0)],
    },
    Table {
        name: "artefact",
        rows: "SELECT seq, exchange, kind, digest, iss, jti, bytes FROM artefact ORDER BY seq",
        key: &[Part::Number(0, 8)],
    },
    Table {
        name: "secret",
        rows: "SELECT exchange, kind, value FROM secret ORDER BY exchange, kind",
        key: &[Part::Bytes(0), Part::Number(1, 1)],
    },
    Table {
        name: "ticket",
        rows: "SELECT seq, exchange, kind, state, closed_seq FROM ticket ORDER BY seq",
        key: &[Part::Number(0, 8)],
    },
    Table {
        name: "consent",
        rows: "SELECT id, role, state, ended, client_id, peer, purpose, record, replaces, uses, max_uses,
            valid_from, valid_until, last_seen, pledge, pledge_due, reason, updated_at
            FROM consent ORDER BY id",
        key: &[Part::Bytes(0)],
    },
    Table {
        name: "remedy",
        rows: "SELECT id, kind, state, exchange, due, last_seen, opened_at, body FROM remedy ORDER BY id",
        key: &[Part::Bytes(0)],
    },
    Table {
        name: "trust",
        rows: "SELECT fingerprint, seq, text, added_at FROM trust ORDER BY fingerprint, seq",
        key: &[Part::Bytes(0), Part::End, Part::Number(1, 8)],
    },
    Table {
        name: "mark",
        rows: "SELECT item, share, biometric, subject, act, changed_at FROM mark ORDER BY item",
        key: &[Part::Bytes(0)],
    },
    Table {
        name: "profile",
        rows: "SELECT id, name, birth_date, place, guardian, relation, evidence, added_at, salt
            FROM profile ORDER BY id",
        key: &[Part::Bytes(0)],
    },
    Table {
        name: "pack",
        rows: "SELECT kind, id, seq, fingerprint, text, added_at FROM pack ORDER BY kind, id, seq",
        key: &[Part::Bytes(0), Part::End, Part::Bytes(1), Part::End, Part::Number(2, 8)],
    },
    Table {
        name: "status_list",
        rows: "SELECT id, uri, iat, text, fetched_at FROM status_list ORDER BY id",
        key: &[Part::Bytes(0)],
    },
    Table {
        name: "offer",
        rows: "SELECT id, role, mode, state, relay, offer, grant, claim, seen, others, client_id, peer_name,
            purpose, created_at, expires_at, updated_at FROM offer ORDER BY id",
        key: &[Part::Bytes(0)],
    },
];

impl Table {
    fn fact(&self, row: &SqlRow<'_>) -> Result<Fact, VaultError> {
        let mut digest = RowDigest::of(self.name);
        for column in 0..row.as_ref().column_count() {
            digest = digest.raw(row.get_ref(column)?);
        }
        let mut key = Vec::new();
        for part in self.key {
            part.push_to(&mut key, row)?;
        }
        Ok(digest.finish(key))
    }
}

impl Part {
    fn push_to(&self, key: &mut Vec<u8>, row: &SqlRow<'_>) -> Result<(), VaultError> {
        match self {
            Self::End => key.push(0),
            Self::Bytes(column) => {
                if let ValueRef::Text(bytes) | ValueRef::Blob(bytes) = row.get_ref(*column)? {
                    key.extend_from_slice(bytes);
                }
            }
            Self::Number(column, length) => {
                if let ValueRef::Integer(number) = row.get_ref(*column)? {
                    let bytes = number.to_be_bytes();
                    let spare = 8 - length;
                    // A number that nobody of us gives out keeps all its bytes, and so a key of its own.
                    let fits = bytes.iter().take(spare).all(|byte| *byte == 0);
                    key.extend(bytes.iter().skip(if fits { spare } else { 0 }));
                }
            }
        }
        Ok(())
    }
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

    fn raw(mut self, value: ValueRef<'_>) -> Self {
        match value {
            ValueRef::Null => self.nothing(),
            ValueRef::Integer(number) => self.int(number),
            ValueRef::Text(bytes) => self.framed(2, bytes),
            ValueRef::Blob(bytes) => self.blob(bytes),
            // A strict table holds none; whoever put one there is found by a tag of its own.
            ValueRef::Real(number) => {
                self.hasher.update(&[4]);
                self.hasher.update(&number.to_bits().to_be_bytes());
                self
            }
        }
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
