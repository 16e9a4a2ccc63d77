//! What the demo issuer says of each credential it issued: one Token Status List a kind. A list that
//! changes gets a later time, because a wallet keeps the latest it has seen and no older one.

use std::sync::{Mutex, MutexGuard, PoisonError};

use chop_core::plumbing::formats::status_list::{Bits, Draft, StatusReference};
use chop_core::plumbing::model::UnixTime;
use chop_core::{Clock, Error};
use chop_samples::{Authorities, DemoIssuer};
use serde_json::Value;

use crate::edge::SystemClock;

/// One list.
pub(super) struct Register {
    uri: String,
    state: Mutex<Statuses>,
}

struct Statuses {
    issued: UnixTime,
    /// Numbers that were given out.
    given: usize,
    values: Vec<u8>,
}

impl Register {
    /// A list at this address, on which everything is valid.
    pub(super) fn at(uri: String) -> Self {
        let values = vec![0; ENTRIES];
        Self { uri, state: Mutex::new(Statuses { issued: SystemClock.now(), given: 0, values }) }
    }

    /// The `status` of the next credential. When the list is full, its last number is shared: a demo.
    pub(super) fn next(&self) -> Value {
        let mut state = self.state();
        let idx = state.given.min(ENTRIES - 1);
        state.given += 1;
        StatusReference { uri: self.uri.clone(), idx: u64::try_from(idx).unwrap_or_default() }.to_value()
    }

    /// Revokes whatever was issued last; its number, or nothing where nothing was.
    pub(super) fn revoke_last(&self) -> Option<usize> {
        let mut state = self.state();
        let idx = state.given.checked_sub(1)?.min(ENTRIES - 1);
        *state.values.get_mut(idx)? = REVOKED;
        state.issued = SystemClock.now().max(state.issued.plus(1));
        Some(idx)
    }

    /// The list, signed as of its last change and good for an hour from now.
    pub(super) fn signed(&self, authorities: &Authorities, issuer: &DemoIssuer) -> Result<String, Error> {
        let state = self.state();
        authorities.status_list(
            issuer,
            &Draft {
                uri: &self.uri,
                iat: state.issued,
                exp: Some(SystemClock.now().plus(3_600)),
                ttl: Some(60),
                bits: Bits::One,
                statuses: &state.values,
            },
        )
    }

    fn state(&self) -> MutexGuard<'_, Statuses> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Numbers on a list: so many that one of them says little about whose it is.
const ENTRIES: usize = 1_024;
/// `INVALID` (section 7.1 of the draft).
const REVOKED: u8 = 1;
