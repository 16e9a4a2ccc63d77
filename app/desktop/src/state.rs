//! What the app holds between two commands.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chop_core::plumbing::model::Lang;
use chop_core::plumbing::vault::VaultError;
use chop_core::{Result, Wallet};

use crate::edge::Places;
use crate::settings::Settings;

/// The one state of the app. Locks are held for the length of a copy, never over a step of core.
pub(crate) struct Desktop {
    pub(crate) places: Places,
    settings: Mutex<Settings>,
    wallet: Mutex<Option<Arc<Wallet>>>,
}

impl Desktop {
    /// The app over the folders of `places`; no space is open.
    pub(crate) fn at(places: Places) -> Self {
        let settings = Mutex::new(Settings::read(&places.settings));
        Self { places, settings, wallet: Mutex::default() }
    }

    /// The open space.
    ///
    /// # Errors
    /// `vault.locked` when none is open.
    pub(crate) fn wallet(&self) -> Result<Arc<Wallet>> {
        let open = hold(&self.wallet).clone();
        open.ok_or_else(|| VaultError::Locked.into())
    }

    /// Whether a space is open and not locked.
    pub(crate) fn is_open(&self) -> bool {
        hold(&self.wallet).as_ref().is_some_and(|wallet| !wallet.vault().is_locked())
    }

    /// Takes an opened space, or lets go of the one that was open.
    pub(crate) fn set_wallet(&self, wallet: Option<Wallet>) {
        *hold(&self.wallet) = wallet.map(Arc::new);
    }

    /// The settings as they are.
    pub(crate) fn settings(&self) -> Settings {
        hold(&self.settings).clone()
    }

    /// Changes the settings and keeps them.
    pub(crate) fn change_settings(&self, change: impl FnOnce(&mut Settings)) -> Settings {
        let mut settings = hold(&self.settings);
        change(&mut settings);
        settings.keep(&self.places.settings);
        settings.clone()
    }

    /// The reader's language: what was chosen, else what the system says, else English.
    pub(crate) fn lang(&self) -> Lang {
        let chosen = hold(&self.settings).language.clone();
        chosen.as_deref().and_then(Lang::from_tag).unwrap_or(Lang::En)
    }
}

/// A lock whose holder panicked still guards whole values: each is replaced at once.
fn hold<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
