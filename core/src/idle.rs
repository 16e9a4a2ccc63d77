//! A vault that locks itself when nobody has used it for a while. The clock is the port's; the vault
//! below knows none.

use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chop_vault::{FileKeystore, Read, Tx, Vault, VaultError};

use crate::Clock;

/// A vault with an idle limit. Reading and writing count as use.
pub(crate) struct IdleVault {
    vault: Vault,
    /// The key store's file, where it is ours: it is locked with the vault.
    keys: Option<Arc<FileKeystore>>,
    clock: Arc<dyn Clock>,
    /// Seconds without use after which it locks; 0: never.
    limit: AtomicI64,
    last_use: AtomicI64,
}

impl IdleVault {
    pub(crate) fn new(vault: Vault, keys: Option<Arc<FileKeystore>>, clock: Arc<dyn Clock>) -> Self {
        let last_use = AtomicI64::new(clock.now().0);
        Self { vault, keys, clock, limit: AtomicI64::new(0), last_use }
    }

    /// Sets after how many seconds without use the vault locks; 0: never.
    pub(crate) fn set_limit(&self, seconds: i64) {
        self.limit.store(seconds, Ordering::SeqCst);
    }

    /// Locks when the limit has passed; an edge also calls it on a timer. Whether it is locked now.
    pub(crate) fn lock_if_idle(&self) -> bool {
        let limit = self.limit.load(Ordering::SeqCst);
        let idle = self.clock.now().0.saturating_sub(self.last_use.load(Ordering::SeqCst));
        if limit > 0 && idle >= limit {
            self.lock();
        }
        self.vault.is_locked()
    }

    /// Locks now.
    pub(crate) fn lock(&self) {
        self.vault.lock();
        if let Some(keys) = &self.keys {
            keys.lock();
        }
    }

    pub(crate) fn read<T, E: From<VaultError>>(
        &self,
        work: impl FnOnce(&Read<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.used().read(work)
    }

    pub(crate) fn write<T, E: From<VaultError>>(
        &self,
        work: impl FnOnce(&Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.used().write(work)
    }

    /// The vault itself, counted as used; not so within [`unattended`].
    pub(crate) fn used(&self) -> &Vault {
        if !self.lock_if_idle() && !UNATTENDED.get() {
            self.last_use.store(self.clock.now().0, Ordering::SeqCst);
        }
        &self.vault
    }
}

thread_local! {
    /// Whether this thread works of its own accord.
    static UNATTENDED: Cell<bool> = const { Cell::new(false) };
}

/// Work of this thread that nobody asked for: a relay that is listened to all night keeps no space open.
pub(crate) fn unattended<T>(work: impl FnOnce() -> T) -> T {
    struct Back(bool);
    impl Drop for Back {
        fn drop(&mut self) {
            UNATTENDED.set(self.0);
        }
    }
    let _back = Back(UNATTENDED.replace(true));
    work()
}
