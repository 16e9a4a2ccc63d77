//! What the app holds between two commands.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chop_core::plumbing::model::Lang;
use chop_core::plumbing::vault::VaultError;
use chop_core::{Result, Wallet};

use crate::edge::{Home, Places};
use crate::settings::Settings;

/// The one state of the app. Locks are held for the length of a copy, never over a step of core.
pub(crate) struct Desktop {
    pub(crate) places: Places,
    settings: Mutex<Settings>,
    home: Mutex<Home>,
    open: Mutex<Spaces>,
}

/// What is open.
#[derive(Default)]
pub(crate) struct Spaces {
    /// The person's or firm's own space.
    pub(crate) own: Option<Arc<Wallet>>,
    /// The space at the verifier desk, where it is another one: the sample hospital's beside the sample
    /// resident's, so that one person can play both sides.
    pub(crate) desk: Option<Arc<Wallet>>,
}

impl Desktop {
    /// The app over the folders of `places`; no space is open.
    pub(crate) fn at(places: Places) -> Self {
        let settings = Mutex::new(Settings::read(&places.settings));
        let home = Mutex::new(Self::remembered(&places, &hold(&settings)));
        Self { places, settings, home, open: Mutex::default() }
    }

    /// The open space.
    ///
    /// # Errors
    /// `vault.locked` when none is open.
    pub(crate) fn wallet(&self) -> Result<Arc<Wallet>> {
        let open = hold(&self.open).own.clone();
        open.ok_or_else(|| VaultError::Locked.into())
    }

    /// The space at the verifier desk: the sample hospital's while the samples are open, else the open
    /// space itself.
    ///
    /// # Errors
    /// `vault.locked` when none is open.
    pub(crate) fn desk_wallet(&self) -> Result<Arc<Wallet>> {
        let desk = hold(&self.open).desk.clone();
        desk.map_or_else(|| self.wallet(), Ok)
    }

    /// Whether a space is open and not locked.
    pub(crate) fn is_open(&self) -> bool {
        let own = hold(&self.open).own.clone();
        own.is_some_and(|wallet| !wallet.vault().is_locked())
    }

    /// Whether there is a space to be locked. Asking is no use of it.
    pub(crate) fn holds_a_space(&self) -> bool {
        hold(&self.open).own.is_some()
    }

    /// Whether core's own idle limit has locked the space.
    pub(crate) fn lock_if_idle(&self) -> bool {
        let own = hold(&self.open).own.clone();
        own.is_some_and(|wallet| wallet.lock_if_idle())
    }

    /// Takes opened spaces; the ones before are handed back.
    pub(crate) fn set_spaces(&self, spaces: Spaces) -> Spaces {
        std::mem::replace(&mut *hold(&self.open), spaces)
    }

    /// Where the space lies that is open or is to be opened.
    pub(crate) fn home(&self) -> Home {
        hold(&self.home).clone()
    }

    /// Looks for the space somewhere else from now on.
    pub(crate) fn set_home(&self, home: Home) {
        *hold(&self.home) = home;
    }

    /// Remembers where the space lies, for the next start.
    pub(crate) fn remember(&self, home: &Home) {
        if self.places.is_named || home.is_sample {
            return;
        }
        let other = (home.folder != self.places.space).then(|| home.folder.clone());
        if self.settings().space != other {
            self.change_settings(|settings| settings.space = other);
        }
    }

    /// Where the person's own space lies.
    pub(crate) fn own_home(&self) -> Home {
        Self::remembered(&self.places, &self.settings())
    }

    /// The space that was open last, if it is still there.
    fn remembered(places: &Places, settings: &Settings) -> Home {
        let usual = places.home();
        let last = settings.space.clone().filter(|_| !places.is_named);
        let last = last.map(|folder| Home { folder, ..usual.clone() }).filter(Home::is_made);
        last.unwrap_or(usual)
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
pub(crate) fn hold<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
