//! Long polls: who waits for which offer.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chop_formats::relay::OfferId;
use tokio::sync::Notify;

/// The waiting, by offer.
#[derive(Default)]
pub(super) struct Waiters {
    by_offer: Mutex<HashMap<OfferId, Arc<Notify>>>,
    over: AtomicBool,
}

/// A place in the queue of one offer; given back when dropped.
pub(super) struct Place {
    waiters: Arc<Waiters>,
    offer: OfferId,
    notify: Option<Arc<Notify>>,
}

impl Waiters {
    /// A place, unless `most` offers are waited for already.
    pub(super) fn place(self: &Arc<Self>, offer: OfferId, most: usize) -> Option<Place> {
        let mut by_offer = self.lock();
        if by_offer.len() >= most && !by_offer.contains_key(&offer) {
            return None;
        }
        let notify = by_offer.entry(offer).or_default().clone();
        // A single offer has an owner and a claimant; more than a few waiting are a flood.
        if Arc::strong_count(&notify) > MAX_PER_OFFER {
            return None;
        }
        Some(Place { waiters: self.clone(), offer, notify: Some(notify) })
    }

    pub(super) fn wake(&self, offer: &OfferId) {
        if let Some(notify) = self.lock().get(offer) {
            notify.notify_waiters();
        }
    }

    pub(super) fn hang_up(&self) {
        self.over.store(true, Ordering::SeqCst);
        self.lock().values().for_each(|notify| notify.notify_waiters());
    }

    pub(super) fn is_over(&self) -> bool {
        self.over.load(Ordering::SeqCst)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<OfferId, Arc<Notify>>> {
        self.by_offer.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Place {
    pub(super) fn notify(&self) -> Option<&Notify> {
        self.notify.as_deref()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut by_offer = self.waiters.lock();
        self.notify = None;
        if by_offer.get(&self.offer).is_some_and(|notify| Arc::strong_count(notify) == 1) {
            by_offer.remove(&self.offer);
        }
    }
}

const MAX_PER_OFFER: usize = 9;
