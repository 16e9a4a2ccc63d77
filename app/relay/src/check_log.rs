//! `chop-relay log check`: every stored hash of the tree against the others, and the root against the head.

use chop_crypto::Digest;
use chop_ledger::{Frontier, LedgerError};

use crate::store::{Store, StoreError};

/// Hashes that are read at once.
const AT_ONCE: u64 = 4096;

/// Rebuilds the tree from its leaf hashes; the number of leaves.
///
/// # Errors
/// [`StoreError::Tree`] for the first difference.
pub async fn check(store: &dyn Store) -> Result<u64, StoreError> {
    let head = store.head().await?;
    let size = head.frontier.size();
    let mut frontier = Frontier::new();
    let mut window: Vec<Digest> = Vec::new();
    let mut place = 0;
    while frontier.size() < size {
        let leaf = at(store, &mut window, &mut place).await?;
        let added = frontier.append(leaf)?;
        for expected in added.iter().skip(1) {
            if at(store, &mut window, &mut place).await? != *expected {
                return Err(LedgerError::WrongRoot.into());
            }
        }
    }
    if frontier.root() == head.frontier.root() { Ok(size) } else { Err(LedgerError::WrongRoot.into()) }
}

async fn at(store: &dyn Store, window: &mut Vec<Digest>, place: &mut u64) -> Result<Digest, StoreError> {
    if window.is_empty() {
        *window = store.stored(*place, AT_ONCE).await?;
        window.reverse();
    }
    *place += 1;
    window.pop().ok_or(StoreError::Tree(LedgerError::MissingHash))
}
