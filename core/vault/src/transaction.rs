//! Reading sees one state; writing is all or nothing. Both lend the connection to one table's code.

use std::cell::Cell;
use std::ops::Deref;

use rusqlite::{Connection, OptionalExtension, Params, Row};

use crate::VaultError;

/// One state of the space, to read from.
pub struct Read<'a> {
    connection: &'a Connection,
}

/// A write under way: it reads its own changes, and they last once the closure returned well.
pub struct Tx<'a> {
    read: Read<'a>,
    purge: Cell<bool>,
}

impl<'a> Read<'a> {
    pub(crate) fn new(connection: &'a Connection) -> Self {
        Self { connection }
    }

    /// The first row, if there is one.
    pub(crate) fn find<T>(
        &self,
        sql: &'static str,
        params: impl Params,
        map: impl FnOnce(&Row<'_>) -> Result<T, rusqlite::Error>,
    ) -> Result<Option<T>, VaultError> {
        Ok(self.connection.prepare_cached(sql)?.query_row(params, map).optional()?)
    }

    /// All rows.
    pub(crate) fn list<T>(
        &self,
        sql: &'static str,
        params: impl Params,
        mut map: impl FnMut(&Row<'_>) -> Result<T, rusqlite::Error>,
    ) -> Result<Vec<T>, VaultError> {
        let mut out = Vec::new();
        self.each(sql, params, |row| {
            out.push(map(row)?);
            Ok(())
        })?;
        Ok(out)
    }

    /// Row by row, none kept.
    pub(crate) fn each(
        &self,
        sql: &'static str,
        params: impl Params,
        mut each: impl FnMut(&Row<'_>) -> Result<(), VaultError>,
    ) -> Result<(), VaultError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query(params)?;
        while let Some(row) = rows.next()? {
            each(row)?;
        }
        Ok(())
    }
}

impl<'a> Tx<'a> {
    pub(crate) fn new(connection: &'a Connection) -> Self {
        Self { read: Read::new(connection), purge: Cell::new(false) }
    }

    /// Runs one statement; how many rows it changed.
    pub(crate) fn run(&self, sql: &'static str, params: impl Params) -> Result<usize, VaultError> {
        Ok(self.read.connection.prepare_cached(sql)?.execute(params)?)
    }

    /// Runs one insert; the row number it got.
    pub(crate) fn insert(&self, sql: &'static str, params: impl Params) -> Result<i64, VaultError> {
        Ok(self.read.connection.prepare_cached(sql)?.insert(params)?)
    }

    /// Asks that nothing of what this write deletes stays in the write-ahead log.
    pub(crate) fn purge_after(&self) {
        self.purge.set(true);
    }

    pub(crate) fn wants_purge(&self) -> bool {
        self.purge.get()
    }
}

impl<'a> Deref for Tx<'a> {
    type Target = Read<'a>;
    fn deref(&self) -> &Read<'a> {
        &self.read
    }
}

impl std::fmt::Debug for Read<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Read")
    }
}

impl std::fmt::Debug for Tx<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tx")
    }
}
