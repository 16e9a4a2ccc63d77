//! Looking at a space from behind: what its log says, and every byte that its tables hold.

use chop_core::Wallet;
use chop_formats::log_entry::LogEntry;
use chop_vault::VaultError;
use chop_vault::table::log;
use rusqlite::Connection;
use rusqlite::types::ValueRef;

use super::Space;

/// Every entry of the log, from the first.
pub fn logged(wallet: &Wallet) -> Vec<LogEntry> {
    let bodies = wallet.vault().read(|read| {
        (0..log::size(read)?).map(|seq| log::entry(read, seq)).collect::<Result<Vec<_>, VaultError>>()
    });
    // EXPOSE: a test reads the entries of its own world.
    bodies.unwrap().into_iter().flatten().map(|body| LogEntry::read(body.expose()).unwrap()).collect()
}

/// The names of the kinds of every entry, from the first.
pub fn logged_kinds(wallet: &Wallet) -> Vec<&'static str> {
    logged(wallet).iter().map(|entry| entry.kind.name()).collect()
}

/// Every text and blob in every table of a space that is closed: what a thief with the key finds.
pub fn dump(space: &Space) -> Vec<u8> {
    let connection = Connection::open(space.folder().join("vault.db")).unwrap();
    // EXPOSE: SQLCipher takes the key of this test's own space.
    let hex: String = space.key().expose().iter().map(|byte| format!("{byte:02x}")).collect();
    connection
        .execute_batch(&format!("PRAGMA key = \"x'{hex}'\"; PRAGMA cipher_hmac_algorithm = HMAC_SHA256"))
        .unwrap();
    let mut tables = connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").unwrap();
    let names = tables.query_map([], |row| row.get::<_, String>(0)).unwrap();
    let mut all = Vec::new();
    for name in names {
        let mut statement = connection.prepare(&format!("SELECT * FROM \"{}\"", name.unwrap())).unwrap();
        let columns = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for column in 0..columns {
                match row.get_ref(column).unwrap() {
                    ValueRef::Text(bytes) | ValueRef::Blob(bytes) => all.extend_from_slice(bytes),
                    ValueRef::Null | ValueRef::Integer(_) | ValueRef::Real(_) => {}
                }
                all.push(0);
            }
        }
    }
    all
}
