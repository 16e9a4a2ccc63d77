//! Every column of every table of a space that walked the whole walk: one changed value is found by the
//! re-check, or the space does not open. And every row, taken out.

#![cfg(test)]

use std::path::Path;

use chop_tests::world::{Space, World};
use rusqlite::types::Value;
use rusqlite::{Connection, params};

#[test]
fn one_changed_value_anywhere_is_found() {
    each_change(|connection, table, column, key| {
        let where_key = where_key(key);
        let old: Value = connection
            .query_row(&format!("SELECT {column} FROM {table} {where_key}"), [], |r| r.get(0))
            .unwrap();
        let new = match old {
            Value::Null | Value::Real(_) => return false,
            Value::Integer(number) => Value::Integer(number + 1),
            Value::Text(text) if text.is_empty() => Value::Text("x".into()),
            Value::Text(text) => Value::Text(String::from_utf8_lossy(&changed(text.as_bytes())).into_owned()),
            Value::Blob(bytes) => Value::Blob(changed(&bytes)),
        };
        // What the schema itself refuses cannot be written from outside either.
        connection.execute(&format!("UPDATE {table} SET {column} = ?1 {where_key}"), params![new]).is_ok()
    });
}

#[test]
fn one_row_less_anywhere_is_found() {
    each_change(|connection, table, column, key| {
        column == first_column(connection, table)
            && connection.execute(&format!("DELETE FROM {table} {}", where_key(key)), []).is_ok()
    });
}

fn each_change(change: impl Fn(&Connection, &str, &str, &Key) -> bool) {
    let mut world = World::new();
    world.walk();
    for side in ["resident", "hospital"] {
        let space = if side == "resident" { &mut world.resident } else { &mut world.hospital };
        space.close();
        let whole = std::fs::read(space.folder().join("vault.db")).unwrap();
        let mut unseen = Vec::new();
        let mut tried = 0;
        for (table, column, key) in places(space) {
            let connection = connect(space);
            let is_changed = change(&connection, &table, &column, &key);
            drop(connection);
            if is_changed {
                tried += 1;
                if !is_found(space) {
                    unseen.push(format!("{table}.{column} of {key:?}"));
                }
            }
            put_back(space.folder(), &whole);
        }
        assert!(tried > 10, "{tried}");
        assert!(unseen.is_empty(), "{side}: {unseen:#?}");
        assert!(!is_found(space), "{side} was not clean to begin with");
    }
}

fn is_found(space: &Space) -> bool {
    match space.open_at(space.folder()) {
        Ok(wallet) => wallet.audit(&mut |_, _| {}).is_ok_and(|report| !report.is_clean()),
        Err(_) => true,
    }
}

fn put_back(folder: &Path, whole: &[u8]) {
    for name in ["vault.db-wal", "vault.db-shm"] {
        let _ = std::fs::remove_file(folder.join(name));
    }
    std::fs::write(folder.join("vault.db"), whole).unwrap();
}

/// Each column of the first and the last row of each table, with the row's key.
fn places(space: &Space) -> Vec<(String, String, Key)> {
    let connection = connect(space);
    let mut places = Vec::new();
    for table in TABLES {
        let columns = columns_of(&connection, table);
        let key: Vec<_> =
            columns.iter().filter(|(_, in_key)| *in_key).map(|(name, _)| name.clone()).collect();
        for order in ["ASC", "DESC"] {
            let quoted: Vec<_> = key.iter().map(|name| format!("quote({name})")).collect();
            let by: Vec<_> = key.iter().map(|name| format!("{name} {order}")).collect();
            let sql = format!("SELECT {} FROM {table} ORDER BY {} LIMIT 1", quoted.join(","), by.join(","));
            let found = connection.query_row(&sql, [], |row| {
                (0..key.len()).map(|at| Ok((key[at].clone(), row.get::<_, String>(at)?))).collect()
            });
            let Ok::<Key, _>(found) = found else { continue };
            places.extend(columns.iter().map(|(name, _)| ((*table).to_owned(), name.clone(), found.clone())));
        }
    }
    places.dedup();
    places
}

fn columns_of(connection: &Connection, table: &str) -> Vec<(String, bool)> {
    let mut statement = connection.prepare(&format!("PRAGMA table_info({table})")).unwrap();
    let columns = statement.query_map([], |row| Ok((row.get(1)?, row.get::<_, i64>(5)? > 0))).unwrap();
    columns.collect::<Result<_, _>>().unwrap()
}

fn first_column(connection: &Connection, table: &str) -> String {
    columns_of(connection, table)[0].0.clone()
}

fn where_key(key: &Key) -> String {
    let parts: Vec<_> = key.iter().map(|(name, value)| format!("{name} = {value}")).collect();
    format!("WHERE {}", parts.join(" AND "))
}

fn connect(space: &Space) -> Connection {
    let connection = Connection::open(space.folder().join("vault.db")).unwrap();
    // EXPOSE: SQLCipher takes the key of this test's own space.
    let hex: String = space.key().expose().iter().map(|byte| format!("{byte:02x}")).collect();
    let key = format!("PRAGMA key = \"x'{hex}'\"; PRAGMA cipher_hmac_algorithm = HMAC_SHA256");
    connection.execute_batch(&key).unwrap();
    connection.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    connection
}

fn changed(bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let middle = bytes.len() / 2;
    match bytes.get_mut(middle) {
        Some(byte) => *byte ^= 1,
        None => bytes.push(1),
    }
    bytes
}

/// The columns of a row's key, each with its value as SQL writes it.
type Key = Vec<(String, String)>;

/// Every table that keeps something of its own; the search index is compared by its words.
const TABLES: &[&str] = &[
    "meta",
    "log",
    "keyring",
    "tile",
    "checkpoint",
    "item",
    "version",
    "chunk",
    "exchange",
    "artefact",
    "secret",
    "ticket",
    "trust",
];
