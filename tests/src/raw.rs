//! A space's database as somebody sees it who has its data key and none of our code.

use std::path::Path;

use chop_crypto::Secret;
use rusqlite::Connection;

/// Opens the database in `folder`, past every check of the vault; the space must be closed.
///
/// # Errors
/// When the database cannot be opened with that key.
pub fn raw(folder: &Path, key: &Secret<32>) -> rusqlite::Result<Connection> {
    let connection = Connection::open(folder.join("vault.db"))?;
    // EXPOSE: SQLCipher takes the key of a test's own space.
    let hex: String = key.expose().iter().map(|byte| format!("{byte:02x}")).collect();
    connection.execute_batch(&format!(
        "PRAGMA key = \"x'{hex}'\"; PRAGMA cipher_hmac_algorithm = HMAC_SHA256;
         PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF;"
    ))?;
    Ok(connection)
}
