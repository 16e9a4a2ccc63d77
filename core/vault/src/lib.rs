//! Floor 3: SQLCipher through rusqlite, and nowhere else.
//!
//! A space is a folder: `space.json` (which space, and its data key wrapped in slots; with a second
//! copy), `vault.db` (SQLCipher under the data key) and `lock`. The schema opens with prose in
//! `schema.rs`.
//!
//! ```text
//! Vault::create / open / lock      vault.rs     slots: slots.rs, slot.rs, recovery.rs, space.rs
//! vault.read(|read| …)             one state of the space
//! vault.write(|tx| …)              one transaction, durable when it returned well
//! table::*                         one table, one file; reads take &Read, writes take &Tx
//! facts::for_each                  the digest of every row that the log commits to
//! search::search                   as one types, in any script
//! erase_item                       content gone, record kept
//! backup, restore                  one sealed file
//! FileKeystore                     private keys and anchors outside the folder
//! ```

mod b64;
mod backup;
mod connection;
mod disk;
mod erase;
mod error;
mod fact;
mod keystore_file;
mod migrate;
mod recovery;
mod schema;
pub mod search;
mod segment;
mod slot;
mod slots;
mod space;
pub mod table;
mod transaction;
mod vault;

pub use backup::{BackupError, Restored, backup, restore};
pub use erase::erase_item;
pub use error::VaultError;
pub use fact::Fact;
pub use keystore_file::FileKeystore;
pub use recovery::RecoveryCode;
pub use slot::{SlotInfo, SlotKind};
pub use space::{SpaceInfo, SpaceKind};
pub use transaction::{Read, Tx};
pub use vault::{FirstSlots, NewSpace, Unlock, Vault};

/// The facts of a space: what its log commits to.
pub mod facts {
    pub use crate::fact::for_each;
}
