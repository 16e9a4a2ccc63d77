//! The ways into a space besides its passphrase: each change is said in the record.

use chop_crypto::Keystore;
use chop_formats::log_entry::EntryKind;
use chop_vault::{RecoveryCode, SlotKind};

use crate::journal::Entry;
use crate::{Result, Wallet};

impl Wallet {
    /// Lets the platform's key store open this space from now on, beside the passphrase.
    ///
    /// # Errors
    /// `vault.no-platform-keystore`, `vault.keystore-unavailable`; the space opens as before then.
    pub fn set_platform(&self, keystore: &dyn Keystore) -> Result<()> {
        self.vault.used().set_platform(keystore)?;
        self.say_slot("platform")
    }

    /// Takes that way away again. Without one nothing happens.
    ///
    /// # Errors
    /// When `space.json` cannot be written; the way then still opens the space.
    pub fn drop_platform(&self) -> Result<()> {
        let slots = self.vault.used().slots()?;
        let Some(slot) = slots.iter().find(|slot| slot.kind == SlotKind::Platform) else { return Ok(()) };
        self.vault.used().remove_slot(slot.no)?;
        self.say_slot("platform-removed")
    }

    /// Makes a new recovery code in the place of the one before. It is shown once and stored nowhere.
    ///
    /// # Errors
    /// When `space.json` cannot be written; the old code then still opens the space.
    pub fn renew_recovery_code(&self) -> Result<RecoveryCode> {
        let code = self.vault.used().set_recovery(self.ports.random.as_ref())?;
        self.say_slot("recovery")?;
        Ok(code)
    }

    fn say_slot(&self, slot: &str) -> Result<()> {
        let entry = Entry::new(EntryKind::KeyRotated, &self.ports).text("slot", slot);
        self.record("key", entry, |_, _| Ok(()))
    }
}
