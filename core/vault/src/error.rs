//! What can go wrong with a space: whose fault, and never a byte of what it holds.

use std::io;

use chop_crypto::CryptoError;
use chop_formats::file_seal::FileSealError;
use rusqlite::ErrorCode;

chop_model::coded_errors! {
    /// A failure of the vault. On none of them is a file deleted or truncated.
    pub enum VaultError {
        /// No passphrase slot opens with it.
        WrongPassphrase => ("vault.wrong-passphrase", User, "the passphrase does not open this space"),
        /// The check characters do not fit: a typing error, found before anything was tried.
        MistypedRecoveryCode => ("vault.mistyped-recovery-code", User, "the recovery code is mistyped"),
        /// A well-formed code of another space, or one that was replaced.
        WrongRecoveryCode => ("vault.wrong-recovery-code", User, "the recovery code does not open this space"),
        /// The platform's key store, or a bare key, belongs to another space.
        WrongKey => ("vault.wrong-key", User, "the key does not open this space"),
        /// The folder holds no space.
        NotASpace => ("vault.not-a-space", User, "the folder is not a space"),
        /// Neither copy of `space.json` can be read.
        SpaceDamaged => ("vault.space-damaged", Environment, "both copies of space.json are damaged"),
        /// Written by a newer Chop; this one does not touch it.
        NewerVersion => ("vault.newer-version", User, "the space was written by a newer version"),
        /// The key is right and a page does not verify, or the file is cut short or missing.
        Damaged => ("vault.damaged", Environment, "the database of the space is damaged"),
        /// A row holds what no version of Chop writes, or a sealed body does not open.
        BadRow => ("vault.bad-row", Environment, "a row of the space was changed from outside"),
        /// No room left; nothing was changed.
        DiskFull => ("vault.disk-full", Environment, "the disk is full"),
        /// Another process, or another handle of this one, has the space open.
        InUse => ("vault.in-use", User, "the space is open elsewhere"),
        /// This handle was locked; open the space again.
        Locked => ("vault.locked", User, "the space is locked"),
        /// A new space wants an empty folder.
        FolderNotEmpty => ("vault.folder-not-empty", User, "the folder is not empty"),
        /// A derivation cost below 64 MiB and 3 passes, or absurdly high.
        CostOutOfBounds => ("vault.cost-out-of-bounds", User, "the key derivation cost is out of bounds"),
        /// The last way to open a space cannot be taken away.
        LastSlot => ("vault.last-slot", User, "the last way to open the space cannot be removed"),
        /// No slot has that number.
        NoSuchSlot => ("vault.no-such-slot", User, "there is no such slot"),
        /// The platform offers no key store that could hold a slot.
        NoPlatformKeystore => ("vault.no-platform-keystore", Environment, "the platform has no key store"),
        /// The key store refused or could not be reached.
        KeystoreUnavailable => ("vault.keystore-unavailable", Environment, "the key store could not be used"),
        /// The random source gave nothing.
        Random => ("vault.random", Environment, "the random source failed"),
        /// A file could not be read or written for a reason that has no name of its own here.
        FileUnavailable => ("vault.file-unavailable", Environment, "a file of the space could not be used"),
        /// What may exist once exists already.
        Exists => ("vault.exists", Peer, "it exists already"),
        /// There is no such row.
        Missing => ("vault.missing", User, "there is no such entry"),
        /// The row is not in the state that this step starts from.
        WrongState => ("vault.wrong-state", User, "it is not in the state that this step needs"),
        /// The content was erased; only its record is left.
        Erased => ("vault.erased", User, "the content was erased"),
        /// Larger than a space takes.
        TooLarge => ("vault.too-large", User, "the file is too large"),
        /// Not a media type (RFC 6838 section 4.2).
        BadMime => ("vault.bad-type", User, "the type of the file is not a media type"),
        /// A stream ended before or after the size it was announced with.
        SizeDiffers => ("vault.size-differs", Environment, "the file changed while it was read"),
        /// A statement of ours is wrong.
        Internal => ("vault.internal", Bug, "the vault made an error"),
    }
}

impl From<io::Error> for VaultError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                Self::DiskFull
            }
            _ => Self::FileUnavailable,
        }
    }
}

impl From<rusqlite::Error> for VaultError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::Error as E;
        match error {
            E::SqliteFailure(failure, _) => sqlite(failure),
            E::QueryReturnedNoRows => Self::Missing,
            E::FromSqlConversionFailure(..)
            | E::IntegralValueOutOfRange(..)
            | E::InvalidColumnType(..)
            | E::Utf8Error(..) => Self::BadRow,
            _ => Self::Internal,
        }
    }
}

/// `SQLITE_IOERR_SHORT_READ`: the file is shorter than its header says.
const SHORT_READ: i32 = 522;

fn sqlite(failure: rusqlite::ffi::Error) -> VaultError {
    match failure.code {
        ErrorCode::DiskFull => VaultError::DiskFull,
        // The key was checked before the database was touched, so a page that does not decrypt is
        // a damaged page. SQLCipher reports it as "not a database", as corruption or as an I/O error
        // of reading, depending on which page it is.
        ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt => VaultError::Damaged,
        ErrorCode::SystemIoFailure if failure.extended_code == SHORT_READ => VaultError::Damaged,
        ErrorCode::SystemIoFailure | ErrorCode::CannotOpen | ErrorCode::ReadOnly => {
            VaultError::FileUnavailable
        }
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::FileLockingProtocolFailed => {
            VaultError::InUse
        }
        ErrorCode::ConstraintViolation => constraint(failure.extended_code),
        ErrorCode::TooBig => VaultError::TooLarge,
        _ => VaultError::Internal,
    }
}

fn constraint(extended: i32) -> VaultError {
    use rusqlite::ffi::{SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_ROWID, SQLITE_CONSTRAINT_UNIQUE};
    match extended {
        SQLITE_CONSTRAINT_PRIMARYKEY | SQLITE_CONSTRAINT_ROWID | SQLITE_CONSTRAINT_UNIQUE => {
            VaultError::Exists
        }
        _ => VaultError::Internal,
    }
}

impl From<FileSealError> for VaultError {
    fn from(error: FileSealError) -> Self {
        match error {
            FileSealError::TooLarge => Self::TooLarge,
            FileSealError::BadMime => Self::BadMime,
            FileSealError::WrongSize => Self::SizeDiffers,
            _ => Self::BadRow,
        }
    }
}

impl From<CryptoError> for VaultError {
    fn from(error: CryptoError) -> Self {
        match error {
            CryptoError::Random => Self::Random,
            CryptoError::BadCost => Self::CostOutOfBounds,
            CryptoError::KeystoreUnavailable => Self::KeystoreUnavailable,
            // Whatever else was stored and does not open or parse was not stored so by us.
            _ => Self::BadRow,
        }
    }
}
