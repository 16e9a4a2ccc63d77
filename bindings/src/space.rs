//! A space: created, opened, restored; everything else hangs on it.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use chop_core::plumbing::crypto::{Argon2Cost, OsRandom, SecretBytes};
use chop_core::plumbing::vault::{self, FirstSlots, Unlock};
use chop_core::{Edge, Keys, NoAnchors, Wallet};

use crate::data::{Place, SpaceType, StandingOf};
use crate::device_keys::DeviceKeystore;
use crate::error::{BorderError, failed};
use crate::machine::SystemClock;
use crate::{
    ChopError, Consents, Desk, DeviceKeys, Grants, Holdings, Network, Offers, Record, Requests, Trust,
};

/// Where the private keys of a space live.
#[derive(Clone, uniffi::Record)]
pub struct KeyPlace {
    /// The folder of the software key store, outside the space's own folder: what stands there is not
    /// restored with an older copy of the space. Holds at least the key of the record.
    pub folder: String,
    /// The device's own key store, where there is one. A space keeps to the choice it was made with.
    #[uniffi(default = None)]
    pub device: Option<Arc<dyn DeviceKeys>>,
    /// Seconds that one call of the device may take, a person who looks for their finger included. One
    /// that takes longer is an error, and what it gives afterwards is dropped.
    #[uniffi(default = 120)]
    pub device_seconds: u32,
}

/// What a new space is to be.
#[derive(Debug, Clone, uniffi::Record)]
pub struct NewSpace {
    /// Whose it is.
    pub kind: SpaceType,
    /// The name it is shown by; anybody who reads the folder reads it.
    pub label: String,
    /// Where its owner lives or sits.
    pub place: Place,
}

/// A new space with its recovery code: shown once, written on paper, kept nowhere.
#[derive(uniffi::Record)]
pub struct CreatedSpace {
    /// The space, open.
    pub space: Arc<Space>,
    /// 44 letters and digits in groups of four.
    pub recovery_code: String,
}

/// An open space.
#[derive(uniffi::Object)]
pub struct Space {
    wallet: Arc<Wallet>,
}

/// Makes a space in `folder`, which must be empty or absent. Takes about a second: the passphrase is
/// stretched by Argon2id.
#[uniffi::export]
pub fn create_space(
    folder: String,
    new: NewSpace,
    passphrase: String,
    keys: KeyPlace,
) -> Result<CreatedSpace, ChopError> {
    let cost = Argon2Cost::FLOOR;
    let slots = FirstSlots { passphrase: secret(passphrase), cost };
    let (wallet, code) = Wallet::create(
        Path::new(&folder),
        &vault::NewSpace { kind: new.kind.into(), label: new.label },
        &slots,
        edge(&keys),
    )?;
    wallet.set_place(new.place.into())?;
    Ok(CreatedSpace { space: Space::around(wallet), recovery_code: code.to_text().to_string() })
}

/// Opens a space. A wrong passphrase, a damaged file and a space that another process holds have codes
/// of their own.
#[uniffi::export]
pub fn open_space(folder: String, passphrase: String, keys: KeyPlace) -> Result<Arc<Space>, ChopError> {
    let passphrase = secret(passphrase);
    let wallet = Wallet::open(Path::new(&folder), Unlock::Passphrase(passphrase), edge(&keys))?;
    Ok(Space::around(wallet))
}

/// Opens a space with its recovery code and gives it a new passphrase.
#[uniffi::export]
pub fn recover_space(
    folder: String,
    recovery_code: String,
    new_passphrase: String,
    keys: KeyPlace,
) -> Result<Arc<Space>, ChopError> {
    let (folder, passphrase) = (Path::new(&folder), secret(new_passphrase));
    let wallet = Wallet::recover(folder, &recovery_code, &passphrase, Argon2Cost::FLOOR, edge(&keys))?;
    Ok(Space::around(wallet))
}

/// Restores a sealed backup into `folder`. Open grants are frozen: the copy may be older than the log.
#[uniffi::export]
pub fn restore_space(
    backup: String,
    passphrase: String,
    folder: String,
    keys: KeyPlace,
) -> Result<Arc<Space>, ChopError> {
    let from = File::open(&backup).map_err(|_| failed(BorderError::File))?;
    let wallet = Wallet::restore(Path::new(&folder), from, &secret(passphrase), edge(&keys))?;
    Ok(Space::around(wallet))
}

#[uniffi::export]
impl Space {
    /// The name it is shown by.
    pub fn label(&self) -> String {
        self.wallet.info().label.clone()
    }

    /// Whose it is.
    pub fn kind(&self) -> SpaceType {
        self.wallet.info().kind.into()
    }

    /// Where its owner lives or sits.
    pub fn place(&self) -> Result<Place, ChopError> {
        Ok(self.wallet.place()?.into())
    }

    /// What the key store remembers of the record.
    pub fn standing(&self) -> StandingOf {
        self.wallet.standing().into()
    }

    /// Steps that a crash interrupted, closed as "outcome unknown" when the space was opened.
    pub fn interrupted(&self) -> u64 {
        u64::try_from(self.wallet.interrupted()).unwrap_or(u64::MAX)
    }

    /// Locks the space now: keys leave memory, and every call but a new `open_space` fails.
    pub fn lock(&self) {
        self.wallet.lock();
    }

    /// Locks the space after `seconds` without use; 0 turns that off.
    pub fn lock_after(&self, seconds: u32) {
        self.wallet.lock_after(seconds.into());
    }

    /// Locks the space if it was idle for that long; whether it is locked now.
    pub fn lock_if_idle(&self) -> bool {
        self.wallet.lock_if_idle()
    }

    /// Writes a sealed backup to the file `to`, which must not exist.
    pub fn backup(&self, passphrase: String, to: String) -> Result<(), ChopError> {
        let file = File::create_new(&to).map_err(|_| failed(BorderError::File))?;
        Ok(self.wallet.backup(&secret(passphrase), Argon2Cost::FLOOR, file)?)
    }

    /// Takes the passphrase as a proof that the owner is there now. It counts for two minutes; a grant
    /// whose page `wants_presence` needs it.
    pub fn reauthenticate(&self, passphrase: String) -> Result<(), ChopError> {
        Ok(self.wallet.reauthenticate(&secret(passphrase))?)
    }

    /// Replaces every passphrase by this one.
    pub fn change_passphrase(&self, passphrase: String) -> Result<(), ChopError> {
        Ok(self.wallet.change_passphrase(&secret(passphrase), Argon2Cost::FLOOR)?)
    }

    /// What is held.
    pub fn holdings(&self) -> Arc<Holdings> {
        Arc::new(Holdings { wallet: self.wallet.clone() })
    }

    /// What is asked.
    pub fn requests(&self) -> Arc<Requests> {
        Arc::new(Requests { wallet: self.wallet.clone() })
    }

    /// What was granted.
    pub fn grants(&self) -> Arc<Grants> {
        Arc::new(Grants { wallet: self.wallet.clone() })
    }

    /// What was agreed to, and what became of it.
    pub fn consents(&self) -> Arc<Consents> {
        Arc::new(Consents { wallet: self.wallet.clone() })
    }

    /// What happened.
    pub fn record(&self) -> Arc<Record> {
        Arc::new(Record { wallet: self.wallet.clone() })
    }

    /// Whom to believe.
    pub fn trust(&self) -> Arc<Trust> {
        Arc::new(Trust { wallet: self.wallet.clone() })
    }

    /// What is offered through relays.
    pub fn offers(&self, network: Network) -> Result<Arc<Offers>, ChopError> {
        Offers::over(&self.wallet, network)
    }

    /// The verifier's side.
    pub fn desk(&self) -> Arc<Desk> {
        Arc::new(Desk { wallet: self.wallet.clone() })
    }
}

impl Space {
    pub(crate) fn around(wallet: Wallet) -> Arc<Self> {
        Arc::new(Self { wallet: Arc::new(wallet) })
    }
}

pub(crate) fn edge(keys: &KeyPlace) -> Edge {
    let folder = Path::new(&keys.folder).to_owned();
    let random = Arc::new(OsRandom);
    let keys = match &keys.device {
        None => Keys::Folder(folder),
        Some(device) => Keys::Device {
            port: Arc::new(DeviceKeystore::new(device.clone(), random.clone(), keys.device_seconds)),
            log_keys: folder,
        },
    };
    Edge { clock: Arc::new(SystemClock), random, anchors: Arc::new(NoAnchors), keys }
}

pub(crate) fn secret(text: String) -> SecretBytes {
    SecretBytes::new(text.into_bytes())
}
