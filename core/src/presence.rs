//! The person proves once more to be there (gba.md rows 37, 40): before a grant of the highest level the
//! passphrase is asked again, however long the space has been open, and whatever opened it.

use chop_crypto::SecretBytes;
use chop_model::UnixTime;

use crate::{Result, Wallet, WalletError};

/// Seconds for which a proof of presence counts.
pub const PRESENCE_SECONDS: i64 = 120;

impl Wallet {
    /// Takes the passphrase as a proof that the owner is there now. It counts for
    /// [`PRESENCE_SECONDS`], in this process alone; the record of the grant says that it was given.
    ///
    /// # Errors
    /// `vault.wrong-passphrase`.
    pub fn reauthenticate(&self, passphrase: &SecretBytes) -> Result<()> {
        self.vault.used().check_passphrase(passphrase)?;
        self.set_presence(Some(self.ports.clock.now()));
        Ok(())
    }

    /// Whether the owner proved to be there a moment ago. A clock that was set back proves nothing.
    pub fn is_present(&self) -> bool {
        let age = self.present_since().map(|at| self.ports.clock.now().since(at));
        age.is_some_and(|age| (0..=PRESENCE_SECONDS).contains(&age))
    }

    /// Refuses a step that wants the owner to be there.
    pub(crate) fn require_presence(&self) -> Result<()> {
        if self.is_present() { Ok(()) } else { Err(WalletError::NotPresent.into()) }
    }

    fn present_since(&self) -> Option<UnixTime> {
        *self.presence.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn set_presence(&self, at: Option<UnixTime>) {
        *self.presence.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = at;
    }

    /// Forgets the proof, as locking does.
    pub(crate) fn forget_presence(&self) {
        self.set_presence(None);
    }
}
