//! SQLCipher as this house uses it: one connection, one key, every setting said.

use std::path::Path;
use std::sync::Once;

use chop_crypto::Secret;
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags};
use zeroize::Zeroizing;

use crate::VaultError;

/// Opens the file `path`, which must be there, under `key`.
pub(crate) fn open(path: &Path, key: &Secret<32>) -> Result<Connection, VaultError> {
    set_up();
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.execute_batch("PRAGMA cipher_log_level = NONE")?;
    connection.execute_batch(&key_pragma(key))?;
    connection.execute_batch("PRAGMA cipher_hmac_algorithm = HMAC_SHA256")?;
    connection.execute_batch(SETTINGS)?;
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, MAX_VALUE_BYTES)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    Ok(connection)
}

/// Lets one thread set SQLCipher up while the others wait.
///
/// `sqlite3_initialize` calls itself done before it runs `SQLITE_EXTRA_INIT`, which is where SQLCipher sets
/// itself up: a second thread that opens its first database in that moment is told "sqlcipher not
/// initialized", a bare `SQLITE_ERROR`. Whoever has returned from here has seen the end of both.
fn set_up() {
    static DONE: Once = Once::new();
    // Where even this cannot be opened, the database behind it says why.
    DONE.call_once(|| drop(Connection::open_in_memory()));
}

/// Whether every page of the database verifies under its key.
pub(crate) fn pages_verify(connection: &Connection) -> Result<bool, VaultError> {
    let mut statement = connection.prepare("PRAGMA cipher_integrity_check")?;
    let mut rows = statement.query([])?;
    Ok(rows.next()?.is_none())
}

/// Moves all of the write-ahead log into the database and empties it.
pub(crate) fn truncate_wal(connection: &Connection) -> Result<(), VaultError> {
    let busy: i64 = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy == 0 { Ok(()) } else { Err(VaultError::InUse) }
}

/// The raw key in the form that skips SQLCipher's own derivation: it is 256 random bits already.
fn key_pragma(key: &Secret<32>) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(96));
    text.push_str("PRAGMA key = \"x'");
    // EXPOSE: the key of the database goes to SQLCipher here, and nowhere else.
    for byte in key.expose() {
        for nibble in [byte >> 4, byte & 15] {
            text.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
        }
    }
    text.push_str("'\";");
    text
}

/// - WAL with `synchronous = FULL`: a commit that returned is on the disk.
/// - `secure_delete`: what is deleted is overwritten, in free pages and inside pages.
/// - `locking_mode = EXCLUSIVE`: `lock` keeps other processes out already; SQLite then keeps its index
///   of the log in memory and makes no third file.
/// - `temp_store = MEMORY`: nothing is ever sorted into a plain file.
/// - Pages are authenticated by HMAC-SHA-256 instead of SQLCipher's SHA-512: as strong under a 256-bit
///   key, and in the hardware of phones and desktops, where a page then costs less than half.
/// - SQLCipher wipes its keys by itself; `cipher_memory_security`, which would also wipe every buffer,
///   stays off: rows reach Rust's memory all the same, writing would cost a third more and reading
///   warm pages three times as much.
const SETTINGS: &str = "
    PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA secure_delete = ON;
    PRAGMA foreign_keys = ON;
    PRAGMA temp_store = MEMORY;
    PRAGMA trusted_schema = OFF;
    PRAGMA cell_size_check = ON;
    PRAGMA cache_size = -8192;
    PRAGMA journal_size_limit = 16777216;
";

/// The longest value a row may hold; files are cut into parts far below it.
const MAX_VALUE_BYTES: i32 = 64 * 1024 * 1024;
/// More than there are statements in this crate.
const STATEMENTS_KEPT: usize = 128;
