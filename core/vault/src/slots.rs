//! Adding, changing and taking away the ways to open a space. The data key stays the same, so the
//! database is not touched.

use chop_crypto::{Argon2Cost, Keystore, Random, SecretBytes};

use crate::slot::Slot;
use crate::space::SpaceFile;
use crate::vault::Open;
use crate::{RecoveryCode, SlotInfo, SlotKind, Vault, VaultError};

impl Vault {
    /// The ways to open this space.
    ///
    /// # Errors
    /// [`VaultError::Locked`].
    pub fn slots(&self) -> Result<Vec<SlotInfo>, VaultError> {
        self.with(|open| Ok(open.file.slots.iter().map(Slot::info).collect()))
    }

    /// The ways to open the space in `folder`, before it is opened.
    ///
    /// # Errors
    /// As [`Vault::peek`].
    pub fn ways_into(folder: &std::path::Path) -> Result<Vec<SlotInfo>, VaultError> {
        Ok(SpaceFile::read(folder)?.slots.iter().map(Slot::info).collect())
    }

    /// Whether `passphrase` opens this space: asked of somebody who is there already.
    ///
    /// # Errors
    /// [`VaultError::WrongPassphrase`], [`VaultError::Locked`].
    pub fn check_passphrase(&self, passphrase: &SecretBytes) -> Result<(), VaultError> {
        let file = self.with(|open| Ok(open.file.clone()))?;
        for slot in &file.slots {
            if slot.try_passphrase(&file.id, passphrase)?.is_some_and(|key| file.is_opened_by(&key)) {
                return Ok(());
            }
        }
        Err(VaultError::WrongPassphrase)
    }

    /// Replaces every passphrase by this one.
    ///
    /// # Errors
    /// [`VaultError::CostOutOfBounds`], and what writing can give; the old one holds then.
    pub fn set_passphrase(
        &self,
        passphrase: &SecretBytes,
        cost: Argon2Cost,
        random: &dyn Random,
    ) -> Result<(), VaultError> {
        self.replace(SlotKind::Passphrase, |no, open| {
            Slot::passphrase(no, &open.file.id, &open.key, passphrase, cost, random)
        })
    }

    /// Replaces every recovery code by a new one.
    ///
    /// # Errors
    /// What writing can give; the old code holds then.
    pub fn set_recovery(&self, random: &dyn Random) -> Result<RecoveryCode, VaultError> {
        let code = RecoveryCode::make(random)?;
        self.replace(SlotKind::Recovery, |no, open| {
            Slot::recovery(no, &open.file.id, &open.key, &code, random)
        })?;
        Ok(code)
    }

    /// Lets this platform open the space.
    ///
    /// # Errors
    /// [`VaultError::NoPlatformKeystore`], [`VaultError::KeystoreUnavailable`].
    pub fn set_platform(&self, keystore: &dyn Keystore) -> Result<(), VaultError> {
        // The key store is foreign code: it is called with no lock held.
        let key = self.with(|open| Ok(open.key.duplicate()))?;
        let slot = Slot::platform(0, &key, keystore)?;
        self.replace(SlotKind::Platform, |no, _| Ok(Slot { no, ..slot }))
    }

    /// Adds one more passphrase; the number of its slot.
    ///
    /// # Errors
    /// As [`Vault::set_passphrase`].
    pub fn add_passphrase(
        &self,
        passphrase: &SecretBytes,
        cost: Argon2Cost,
        random: &dyn Random,
    ) -> Result<u32, VaultError> {
        let folder = self.folder();
        self.with(|open| {
            let no = next_no(open);
            let mut file = open.file.clone();
            file.slots.push(Slot::passphrase(no, &file.id, &open.key, passphrase, cost, random)?);
            file.write(folder)?;
            open.file = file;
            Ok(no)
        })
    }

    /// Takes a slot away.
    ///
    /// # Errors
    /// [`VaultError::NoSuchSlot`], [`VaultError::LastSlot`].
    pub fn remove_slot(&self, no: u32) -> Result<(), VaultError> {
        let folder = self.folder();
        self.with(|open| {
            let mut file = open.file.clone();
            file.slots.retain(|slot| slot.no != no);
            if file.slots.len() == open.file.slots.len() {
                return Err(VaultError::NoSuchSlot);
            }
            if file.slots.is_empty() {
                return Err(VaultError::LastSlot);
            }
            file.write(folder)?;
            open.file = file;
            Ok(())
        })
    }

    /// Puts one new slot in the place of all of `kind`, in one rename.
    fn replace(
        &self,
        kind: SlotKind,
        make: impl FnOnce(u32, &Open) -> Result<Slot, VaultError>,
    ) -> Result<(), VaultError> {
        let folder = self.folder();
        self.with(|open| {
            let slot = make(next_no(open), open)?;
            let mut file = open.file.clone();
            file.slots.retain(|slot| slot.info().kind != kind);
            file.slots.push(slot);
            file.write(folder)?;
            open.file = file;
            Ok(())
        })
    }
}

fn next_no(open: &Open) -> u32 {
    open.file.slots.iter().map(|slot| slot.no).max().unwrap_or(0).saturating_add(1)
}
