//! A space as one sealed file, and back; and back in with the recovery code.

use std::io::{Read, Write};
use std::path::Path;

use chop_crypto::{Argon2Cost, SecretBytes};
use chop_formats::log_entry::EntryKind;
use chop_vault::{FileKeystore, Unlock};

use crate::journal::Entry;
use crate::wallet::store_key_of;
use crate::{Because, Edge, Result, Wallet};

impl Wallet {
    /// Writes the whole space, sealed under `passphrase`: holdings, record, and the private keys of a
    /// software key store. Keys of a platform's store never leave it and are not in the backup.
    ///
    /// # Errors
    /// `vault.*`, `bundle.*`. What was written by then is no backup.
    pub fn backup(&self, passphrase: &SecretBytes, cost: Argon2Cost, out: impl Write) -> Result<()> {
        let keys = match &self.file_keys {
            Some(store) => store.dangerous_export()?,
            None => SecretBytes::new(Vec::new()),
        };
        // In the record first, so that the backup itself tells of it.
        self.record("backup", Entry::new(EntryKind::BackupMade, &self.ports), |_, _| Ok(()))?;
        chop_vault::backup(self.vault.used(), &keys, passphrase, cost, self.ports.random.as_ref(), out)?;
        Ok(())
    }

    /// Makes a space from a backup in a new folder and begins a new epoch in its record: what it had
    /// granted may have been used since the backup was made, so open grants are frozen.
    ///
    /// # Errors
    /// `bundle.*` for the file, `vault.folder-not-empty` for the folder.
    pub fn restore(folder: &Path, from: impl Read, passphrase: &SecretBytes, edge: Edge) -> Result<Self> {
        let restored = chop_vault::restore(folder, from, passphrase)?;
        if let Some(path) = edge.keys.file(restored.vault.info()) {
            let key = store_key_of(&restored.vault)?;
            // On the machine where the backup was made the space's own key store may be there still, younger
            // than the backup or older: it keeps what it has and remembers, and gets what it lacks.
            drop(FileKeystore::bring_back(&path, key, edge.random.clone(), &restored.private_keys)?);
        }
        let mut wallet = Self::around(restored.vault, &edge)?;
        wallet.begin_epoch(Because::Restored)?;
        Ok(wallet)
    }

    /// Opens a space with its recovery code and sets a new passphrase.
    ///
    /// # Errors
    /// `vault.mistyped-recovery-code`, `vault.wrong-recovery-code`.
    pub fn recover(
        folder: &Path,
        code: &str,
        passphrase: &SecretBytes,
        cost: Argon2Cost,
        edge: Edge,
    ) -> Result<Self> {
        let wallet = Self::open(folder, Unlock::Recovery(code), edge)?;
        wallet.change_passphrase(passphrase, cost)?;
        Ok(wallet)
    }
}
