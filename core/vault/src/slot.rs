//! A slot wraps the data key under something a person or a machine has.
//!
//! ```text
//! passphrase  Argon2id(passphrase, salt, cost)          cost stored beside the salt, never below the floor
//! recovery    HKDF(160-bit code, "chop/1/slot/recovery")
//! platform    the platform key store's own sealing
//! ```
//!
//! Each wrapped key is sealed with the slot's kind and the space's id as context, so that it opens in
//! no other space and as no other kind.

use chop_crypto::{
    Argon2Cost, CryptoError, Keystore, Random, Secret, SecretBytes, argon2id, hkdf_sha256, make_array, open,
    seal,
};
use chop_model::Id;
use serde::{Deserialize, Serialize};

use crate::{RecoveryCode, VaultError, b64};

/// How a slot opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SlotKind {
    /// By a passphrase.
    Passphrase,
    /// By the printed recovery code.
    Recovery,
    /// By the platform's key store.
    Platform,
}

/// One way to open a space, as it may be listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SlotInfo {
    /// Its number, by which it is removed.
    pub no: u32,
    /// How it opens.
    pub kind: SlotKind,
}

/// A slot as `space.json` holds it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Slot {
    pub(crate) no: u32,
    pub(crate) key: Wrapped,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) enum Wrapped {
    Passphrase {
        #[serde(with = "b64")]
        salt: [u8; 32],
        memory_kib: u32,
        passes: u32,
        lanes: u32,
        #[serde(with = "b64")]
        wrapped: Vec<u8>,
    },
    Recovery {
        #[serde(with = "b64")]
        wrapped: Vec<u8>,
    },
    Platform {
        #[serde(with = "b64")]
        wrapped: Vec<u8>,
    },
}

impl Slot {
    /// Wraps `key` under a passphrase.
    pub(crate) fn passphrase(
        no: u32,
        space: &Id,
        key: &Secret<32>,
        passphrase: &SecretBytes,
        cost: Argon2Cost,
        random: &dyn Random,
    ) -> Result<Self, VaultError> {
        let salt = make_array(random)?;
        // EXPOSE: the passphrase is the input of the derivation.
        let outer = argon2id(passphrase.expose(), &salt, cost)?;
        let Argon2Cost { memory_kib, passes, lanes } = cost;
        let wrapped = wrap(random, &outer, PASSPHRASE, space, key)?;
        Ok(Self { no, key: Wrapped::Passphrase { salt, memory_kib, passes, lanes, wrapped } })
    }

    /// Wraps `key` under a recovery code.
    pub(crate) fn recovery(
        no: u32,
        space: &Id,
        key: &Secret<32>,
        code: &RecoveryCode,
        random: &dyn Random,
    ) -> Result<Self, VaultError> {
        let wrapped = wrap(random, &recovery_key(code)?, RECOVERY, space, key)?;
        Ok(Self { no, key: Wrapped::Recovery { wrapped } })
    }

    /// Lets the platform wrap `key`.
    pub(crate) fn platform(no: u32, key: &Secret<32>, keystore: &dyn Keystore) -> Result<Self, VaultError> {
        let wrapped = keystore
            .wrap(key)
            .map_err(|_| VaultError::KeystoreUnavailable)?
            .ok_or(VaultError::NoPlatformKeystore)?;
        Ok(Self { no, key: Wrapped::Platform { wrapped } })
    }

    /// The data key, if this is a passphrase slot and that its passphrase.
    pub(crate) fn try_passphrase(
        &self,
        space: &Id,
        passphrase: &SecretBytes,
    ) -> Result<Option<Secret<32>>, VaultError> {
        let Wrapped::Passphrase { salt, memory_kib, passes, lanes, wrapped } = &self.key else {
            return Ok(None);
        };
        let cost = Argon2Cost { memory_kib: *memory_kib, passes: *passes, lanes: *lanes };
        // EXPOSE: the passphrase is the input of the derivation.
        let outer = argon2id(passphrase.expose(), salt, cost)?;
        Ok(unwrap(&outer, PASSPHRASE, space, wrapped))
    }

    /// The data key, if this is a recovery slot and that its code.
    pub(crate) fn try_recovery(
        &self,
        space: &Id,
        code: &RecoveryCode,
    ) -> Result<Option<Secret<32>>, VaultError> {
        let Wrapped::Recovery { wrapped } = &self.key else { return Ok(None) };
        Ok(unwrap(&recovery_key(code)?, RECOVERY, space, wrapped))
    }

    /// The data key, if this is a platform slot that this platform made.
    pub(crate) fn try_platform(&self, keystore: &dyn Keystore) -> Result<Option<Secret<32>>, VaultError> {
        let Wrapped::Platform { wrapped } = &self.key else { return Ok(None) };
        match keystore.unwrap(wrapped) {
            Ok(key) => Ok(Some(key)),
            Err(CryptoError::BadSeal) => Ok(None),
            Err(_) => Err(VaultError::KeystoreUnavailable),
        }
    }

    /// What may be listed.
    pub(crate) fn info(&self) -> SlotInfo {
        let kind = match self.key {
            Wrapped::Passphrase { .. } => SlotKind::Passphrase,
            Wrapped::Recovery { .. } => SlotKind::Recovery,
            Wrapped::Platform { .. } => SlotKind::Platform,
        };
        SlotInfo { no: self.no, kind }
    }
}

fn recovery_key(code: &RecoveryCode) -> Result<Secret<32>, VaultError> {
    // EXPOSE: 160 random bits need no stretching; HKDF makes a key of them.
    Ok(hkdf_sha256(code.secret().expose(), &[RECOVERY])?)
}

fn wrap(
    random: &dyn Random,
    outer: &Secret<32>,
    kind: &[u8],
    space: &Id,
    key: &Secret<32>,
) -> Result<Vec<u8>, VaultError> {
    // EXPOSE: the data key is what is wrapped.
    Ok(seal(random, outer, &context(kind, space), key.expose())?)
}

fn unwrap(outer: &Secret<32>, kind: &[u8], space: &Id, wrapped: &[u8]) -> Option<Secret<32>> {
    let key = open(outer, &context(kind, space), wrapped).ok()?;
    // EXPOSE: moved from one zeroing box into another.
    Secret::from_slice(key.expose())
}

fn context(kind: &[u8], space: &Id) -> Vec<u8> {
    [kind, b"/", &space.0].concat()
}

const PASSPHRASE: &[u8] = b"chop/1/slot/passphrase";
const RECOVERY: &[u8] = b"chop/1/slot/recovery";

#[cfg(test)]
mod tests {
    use super::*;
    use chop_crypto::OsRandom;

    fn slot() -> (Slot, Id, SecretBytes) {
        let (space, passphrase) = (Id([5; 16]), SecretBytes::new(b"passphrase".to_vec()));
        let key = Secret::new([1; 32]);
        let slot = Slot::passphrase(1, &space, &key, &passphrase, Argon2Cost::FLOOR, &OsRandom).unwrap();
        (slot, space, passphrase)
    }

    #[test]
    fn a_cost_that_was_made_cheaper_in_the_file_is_not_tried() {
        let (mut slot, space, passphrase) = slot();
        let Wrapped::Passphrase { memory_kib, .. } = &mut slot.key else { panic!("a passphrase slot") };
        *memory_kib = 8;
        let tried = slot.try_passphrase(&space, &passphrase);
        assert_eq!(tried.err(), Some(VaultError::CostOutOfBounds));
    }

    #[test]
    fn a_slot_opens_in_its_own_space_alone() {
        let (slot, space, passphrase) = slot();
        assert!(slot.try_passphrase(&space, &passphrase).unwrap().is_some());
        assert!(slot.try_passphrase(&Id([6; 16]), &passphrase).unwrap().is_none());
    }
}
