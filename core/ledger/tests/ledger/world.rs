//! A log's key that signs the same bytes on every run, and trees in memory.

use chop_crypto::testing::{MemoryKeystore, SeededRandom};
use chop_crypto::{Digest, KeyPurpose, KeyRef, Keystore, SigningDomain};
use chop_ledger::{Checkpoint, Frontier, Origin, VerifierKey, leaf_hash, sign_note};

/// One log: its origin and its key.
pub(crate) struct Log {
    store: MemoryKeystore,
    key: KeyRef,
    pub(crate) vkey: VerifierKey,
}

impl Log {
    pub(crate) fn new(seed: &str) -> Self {
        let store = MemoryKeystore::new(Box::new(SeededRandom::new(seed)));
        let key = store.generate(KeyPurpose::Log).unwrap();
        let origin = Origin::make(&SeededRandom::new(seed)).unwrap();
        let vkey = VerifierKey::new(origin.as_str(), *key.public.ed25519().unwrap()).unwrap();
        Self { store, key, vkey }
    }

    pub(crate) fn origin(&self) -> &str {
        self.vkey.name()
    }

    /// A note over any text, whatever it says.
    pub(crate) fn note(&self, text: &str) -> String {
        sign_note(text, &self.vkey, |m| self.store.sign(&self.key.id, SigningDomain::Checkpoint, m)).unwrap()
    }

    /// A checkpoint of this log.
    pub(crate) fn checkpoint(&self, size: u64, root: Digest) -> String {
        let checkpoint = Checkpoint { origin: self.origin().to_owned(), size, root };
        checkpoint.sign(&self.vkey, |m| self.store.sign(&self.key.id, SigningDomain::Checkpoint, m)).unwrap()
    }
}

/// A tree of `size` leaves in memory: every stored hash, and the root after each leaf.
pub(crate) struct Tree {
    pub(crate) stored: Vec<Digest>,
    pub(crate) roots: Vec<Digest>,
    pub(crate) leaves: Vec<Digest>,
}

pub(crate) fn tree(size: u64) -> Tree {
    let mut frontier = Frontier::new();
    let mut tree = Tree { stored: Vec::new(), roots: vec![frontier.root()], leaves: Vec::new() };
    for i in 0..size {
        let leaf = leaf_hash(&i.to_be_bytes());
        tree.stored.extend(frontier.append(leaf).unwrap());
        tree.roots.push(frontier.root());
        tree.leaves.push(leaf);
    }
    tree
}
