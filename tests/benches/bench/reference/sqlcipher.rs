//! Bare SQLCipher through rusqlite: a row under a random key of its own, as whatever may happen once
//! needs, and a row of a log, in one durable transaction (WAL, FULL). No hash, no seal, no tree.

use std::path::Path;

use rusqlite::{Connection, params};

/// A database with two tables.
pub(crate) struct Bare {
    connection: Connection,
    spent: Vec<u8>,
    logged: Vec<u8>,
    keys: u64,
}

impl Bare {
    /// Makes the file; `write` will write so many bytes into each table, keys included.
    pub(crate) fn create(path: &Path, spent: usize, logged: usize) -> rusqlite::Result<Self> {
        let connection = Connection::open(path)?;
        connection.execute_batch(
            "PRAGMA key = \"x'000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f'\";
             PRAGMA cipher_hmac_algorithm = HMAC_SHA256;
             PRAGMA locking_mode = EXCLUSIVE;
             PRAGMA journal_mode = WAL;
             PRAGMA synchronous = FULL;
             CREATE TABLE spent(id BLOB PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
             CREATE TABLE log(seq INTEGER PRIMARY KEY, value BLOB NOT NULL) STRICT;",
        )?;
        Ok(Self { connection, spent: vec![9; spent - KEY_BYTES], logged: vec![9; logged], keys: 0 })
    }

    /// One durable transaction.
    pub(crate) fn write(&mut self) -> rusqlite::Result<()> {
        // Keys without order, as digests are (the multiplier is odd, so none comes twice).
        self.keys = self.keys.wrapping_add(1);
        let key = u128::from(self.keys.wrapping_mul(0x9e37_79b9_7f4a_7c15)) << 64;
        self.connection.execute_batch("BEGIN IMMEDIATE")?;
        self.connection
            .prepare_cached("INSERT INTO spent(id, value) VALUES(?1, ?2)")?
            .execute(params![key.to_be_bytes(), self.spent])?;
        self.connection.prepare_cached("INSERT INTO log(value) VALUES(?1)")?.execute([&self.logged])?;
        self.connection.execute_batch("COMMIT")
    }
}

const KEY_BYTES: usize = 16;
