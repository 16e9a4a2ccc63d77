//! Golden walks: a space whose clock stands and whose keys, random bytes and signatures follow from a
//! seed, so that every language must make the same bytes. Only in a library built with the feature
//! `testing`, which is never shipped.

use std::path::Path;
use std::sync::Arc;

use chop_core::plumbing::crypto::Argon2Cost;
use chop_core::plumbing::model::UnixTime;
use chop_core::plumbing::vault::{self, FirstSlots};
use chop_core::testing::{FixedClock, MemoryKeystore, SeededRandom};
use chop_core::{Edge, Keys, NoAnchors, Wallet};

use crate::space::secret;
use crate::{ChopError, NewSpace, Space};

/// A space at the second `now` since 1970, made from `seed`.
#[uniffi::export]
pub fn testing_space(folder: String, new: NewSpace, seed: String, now: i64) -> Result<Arc<Space>, ChopError> {
    let edge = Edge {
        clock: Arc::new(FixedClock::at(UnixTime(now))),
        random: Arc::new(SeededRandom::new(&seed)),
        anchors: Arc::new(NoAnchors),
        keys: Keys::Port(Arc::new(MemoryKeystore::new(Box::new(SeededRandom::new(&format!("{seed} keys")))))),
    };
    let slots = FirstSlots { passphrase: secret(seed), cost: Argon2Cost::FLOOR };
    let space = vault::NewSpace { kind: new.kind.into(), label: new.label };
    let (wallet, _) = Wallet::create(Path::new(&folder), &space, &slots, edge)?;
    wallet.set_place(new.place.into())?;
    Ok(Space::around(wallet))
}
