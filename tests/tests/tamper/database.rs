//! The tables of a space as SQLite has them: rows by their keys, values to be changed.

use chop_crypto::encoding::to_base64url;
use rusqlite::types::Value;
use rusqlite::{Connection, ToSql};

/// A table with its columns.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    pub(crate) name: String,
    pub(crate) columns: Vec<Column>,
}

/// A column, and whether it is part of the key.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) is_key: bool,
}

/// One row, its values in the order of the columns.
pub(crate) type Row = Vec<Value>;

/// Every table that has rows of its own; the virtual one of the index keeps its in the others.
pub(crate) fn tables(connection: &Connection) -> Vec<Table> {
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'search'
        AND name NOT LIKE 'sqlite%' ORDER BY name";
    let mut statement = connection.prepare(sql).unwrap();
    let names = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
    names.map(|name| table(connection, name.unwrap())).collect()
}

fn table(connection: &Connection, name: String) -> Table {
    let mut statement = connection.prepare(&format!("PRAGMA table_info({name})")).unwrap();
    let columns = statement
        .query_map([], |row| Ok(Column { name: row.get(1)?, is_key: row.get::<_, i64>(5)? > 0 }))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    Table { name, columns }
}

impl Table {
    pub(crate) fn rows(&self, connection: &Connection) -> Vec<Row> {
        let columns: Vec<&str> = self.columns.iter().map(|column| column.name.as_str()).collect();
        let sql = format!("SELECT {0} FROM {1} ORDER BY {0}", columns.join(", "), self.name);
        let mut statement = connection.prepare(&sql).unwrap();
        let row = |row: &rusqlite::Row<'_>| (0..columns.len()).map(|at| row.get(at)).collect();
        statement.query_map([], row).unwrap().map(Result::unwrap).collect()
    }

    /// Writes `value` into one column of a row; whether the database let us.
    pub(crate) fn set(&self, connection: &Connection, row: &Row, column: usize, value: &Value) -> bool {
        let sql =
            format!("UPDATE {} SET {} = ? WHERE {}", self.name, self.columns[column].name, self.by_key());
        let mut values: Vec<&dyn ToSql> = vec![value];
        values.extend(self.key(row));
        connection.execute(&sql, values.as_slice()).is_ok_and(|rows| rows == 1)
    }

    pub(crate) fn delete(&self, connection: &Connection, row: &Row) -> bool {
        let sql = format!("DELETE FROM {} WHERE {}", self.name, self.by_key());
        connection.execute(&sql, self.key(row).as_slice()).is_ok_and(|rows| rows == 1)
    }

    pub(crate) fn insert(&self, connection: &Connection, row: &Row) -> bool {
        let marks = vec!["?"; row.len()].join(", ");
        let values: Vec<&dyn ToSql> = row.iter().map(|value| value as &dyn ToSql).collect();
        let sql = format!("INSERT INTO {} VALUES({marks})", self.name);
        connection.execute(&sql, values.as_slice()).is_ok()
    }

    /// How the re-check names a row: the words that its place must hold.
    pub(crate) fn place(&self, row: &Row) -> Vec<String> {
        let of = |name: &str| {
            let at = self.columns.iter().position(|column| column.name == name).unwrap();
            written(&row[at])
        };
        match self.name.as_str() {
            "meta" => vec!["meta".into(), of("name")],
            "item" | "profile" => vec![self.name.clone(), of("id")],
            "mark" => vec!["mark".into(), of("item")],
            "version" => vec!["version".into(), of("item"), of("no")],
            "chunk" => vec![of("item"), of("no")],
            "exchange" => vec!["exchange".into(), of("id")],
            "consent" => vec!["consent".into(), of("id")],
            "remedy" => vec!["remedy".into(), of("id")],
            "secret" => vec!["secret".into(), of("exchange"), of("kind")],
            "artefact" | "ticket" => vec![self.name.clone(), of("seq")],
            "log" | "keyring" => vec!["log".into(), of("seq")],
            "trust" => vec!["trust".into(), of("fingerprint"), of("seq")],
            "pack" => vec!["pack".into(), of("kind"), of("id"), of("seq")],
            "status_list" => vec!["status_list".into(), of("id")],
            "checkpoint" => vec!["checkpoint".into(), of("size")],
            "tile" => vec!["tile".into()],
            _ => Vec::new(),
        }
    }

    /// A row with another key and the same values otherwise.
    pub(crate) fn with_another_key(&self, row: &Row) -> Row {
        let other = |(value, column): (&Value, &Column)| match value {
            Value::Integer(number) if column.is_key => Value::Integer(number + 1_000),
            // Ids and digests are unique as well, so a copy that stands beside its original has others.
            Value::Blob(bytes) if column.is_key || column.name == "id" => {
                Value::Blob(if bytes.is_empty() { vec![1] } else { flipped(bytes, bytes.len() - 1) })
            }
            Value::Text(text) if column.is_key || column.name == "nonce" || column.name == "jti" => {
                Value::Text(format!("{text}x"))
            }
            value => value.clone(),
        };
        row.iter().zip(&self.columns).map(other).collect()
    }

    fn by_key(&self) -> String {
        let parts = self.columns.iter().filter(|column| column.is_key);
        parts.map(|column| format!("{} IS ?", column.name)).collect::<Vec<_>>().join(" AND ")
    }

    fn key<'a>(&self, row: &'a Row) -> Vec<&'a dyn ToSql> {
        let parts = row.iter().zip(&self.columns).filter(|(_, column)| column.is_key);
        parts.map(|(value, _)| value as &dyn ToSql).collect()
    }
}

/// The values that differ from `value` in one byte: the first, the one in the middle, the last.
pub(crate) fn changed(value: &Value) -> Vec<Value> {
    let ends = |length: usize| {
        let mut ends = vec![0, length / 2, length - 1];
        ends.dedup();
        ends
    };
    match value {
        Value::Null => vec![Value::Integer(1), Value::Text("x".into()), Value::Blob(vec![0; 32])],
        Value::Integer(number) => [1, 1 << 8, 1 << 32].map(|bit| Value::Integer(number ^ bit)).to_vec(),
        Value::Real(number) => vec![Value::Real(number + 1.0)],
        Value::Text(text) if text.is_empty() => vec![Value::Text("x".into())],
        Value::Blob(bytes) if bytes.is_empty() => vec![Value::Blob(vec![0])],
        // A text stays text: its bytes are ASCII but for names, where a flip may leave a letter cut.
        Value::Text(text) => {
            let flip = |at| String::from_utf8(flipped(text.as_bytes(), at)).ok().map(Value::Text);
            ends(text.len()).into_iter().filter_map(flip).collect()
        }
        Value::Blob(bytes) => {
            ends(bytes.len()).into_iter().map(|at| Value::Blob(flipped(bytes, at))).collect()
        }
    }
}

fn flipped(bytes: &[u8], at: usize) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes[at] ^= 1;
    bytes
}

fn written(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Text(text) => text.clone(),
        Value::Blob(bytes) => to_base64url(bytes),
    }
}
