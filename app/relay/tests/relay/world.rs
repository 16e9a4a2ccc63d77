//! One relay for a test: on either store, with a clock that the test moves.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use chop_crypto::{Secret, sha256};
use chop_formats::relay::{
    Ack, Answer, Bounded, Claim, Collect, Content, Create, OfferId, Policy, Reject, Release, SealedDrop,
    State, UseNote, VerifiedEntry, Watch, Withdraw,
};
use chop_model::UnixTime;
use chop_relay::{Limits, RelayKey, Service, store};
use tempfile::TempDir;

use crate::parties::{BOUND, anchors};
use crate::postgres;

/// 2026-11-21T00:00:00Z.
pub(crate) const NOW: i64 = 1_795_219_200;
pub(crate) const ORIGIN: &str = "https://relay.example";

/// Where a relay keeps its offers in a test.
pub(crate) struct World {
    pub(crate) database: String,
    pub(crate) key: RelayKey,
    pub(crate) clock: Arc<AtomicI64>,
    pub(crate) limits: Limits,
    _folder: Option<TempDir>,
}

impl World {
    pub(crate) fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("relay.db").to_str().unwrap().to_owned();
        Self { _folder: Some(folder), ..Self::on(database) }
    }

    pub(crate) fn on(database: String) -> Self {
        let key = RelayKey::make("relay.example").unwrap();
        let clock = Arc::new(AtomicI64::new(NOW));
        Self { database, key, clock, limits: Limits::default(), _folder: None }
    }

    /// A relay process more, on the same store.
    pub(crate) async fn relay(&self) -> Arc<Service> {
        let store = store::open(&self.database, &self.key.vkey().to_string(), 8).await.unwrap();
        let clock = Arc::new(self.clock.clone());
        Service::start(store, self.key.clone(), ORIGIN, anchors(), self.limits.clone(), clock)
    }

    pub(crate) fn pass(&self, seconds: i64) {
        self.clock.fetch_add(seconds, Ordering::SeqCst);
    }

    pub(crate) fn now(&self) -> UnixTime {
        UnixTime(self.clock.load(Ordering::SeqCst))
    }

    pub(crate) fn verify(&self, entry: &chop_formats::relay::SignedEntry) -> VerifiedEntry {
        entry.to_unverified().verify(self.key.vkey()).unwrap()
    }
}

/// Runs `test` on SQLite and, where it is installed, on PostgreSQL.
pub(crate) async fn on_both<F: Future<Output = ()>>(test: impl Fn(World) -> F) {
    test(World::sqlite()).await;
    if let Some(cluster) = postgres::shared() {
        test(World::on(cluster.database())).await;
    }
}

/// An offer with its secrets, as wallet and QR code have them.
#[derive(Clone, Copy)]
pub(crate) struct Offer {
    pub(crate) g: OfferId,
    pub(crate) tok: [u8; 32],
    pub(crate) owner: [u8; 32],
    pub(crate) exp: UnixTime,
}

impl Offer {
    /// A new one, open for ten minutes.
    pub(crate) fn new(now: UnixTime) -> Self {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let seed = sha256(&COUNT.fetch_add(1, Ordering::SeqCst).to_be_bytes());
        Self {
            g: OfferId(seed[..16].try_into().unwrap()),
            tok: sha256(&[&seed[..], b"tok"].concat()),
            owner: sha256(&[&seed[..], b"owner"].concat()),
            exp: now.plus(600),
        }
    }

    pub(crate) fn live(&self) -> Create {
        self.create(Content::Live)
    }

    pub(crate) fn sealed(&self, policy: Policy) -> Create {
        let sealed = Box::new(SealedDrop {
            grant: BOUND.grant,
            dn: BOUND.dn,
            ct: BOUND.ct,
            kc: BOUND.kc,
            env: Bounded::new(b"sealed envelope".to_vec()).unwrap(),
            share: Bounded::new(b"sealed key share".to_vec()).unwrap(),
            policy,
        });
        let named = !sealed.policy.client_ids.is_empty();
        self.create(if named { Content::Named(sealed) } else { Content::Files(sealed) })
    }

    fn create(&self, content: Content) -> Create {
        Create {
            capability: None,
            offer: self.g,
            h_tok: sha256(&self.tok),
            h_owner: sha256(&self.owner),
            exp: self.exp,
            content,
        }
    }

    pub(crate) fn tok(&self) -> Secret<32> {
        Secret::new(self.tok)
    }

    pub(crate) fn claim(&self, body: &[u8]) -> Claim {
        Claim { offer: self.g, tok: self.tok(), body: bytes(body) }
    }

    pub(crate) fn claim_with(&self, tok: [u8; 32], body: &[u8]) -> Claim {
        Claim { offer: self.g, tok: Secret::new(tok), body: bytes(body) }
    }

    pub(crate) fn collect(&self, body: &[u8], known: Option<State>, wait: u64) -> Collect {
        Collect { offer: self.g, tok: self.tok(), claim: sha256(body), known, wait }
    }

    pub(crate) fn ack(&self, claim: &[u8], body: &[u8]) -> Ack {
        Ack { offer: self.g, tok: self.tok(), claim: sha256(claim), body: bytes(body) }
    }

    pub(crate) fn note(&self, claim: &[u8], body: &[u8]) -> UseNote {
        UseNote { offer: self.g, tok: self.tok(), claim: sha256(claim), body: bytes(body) }
    }

    pub(crate) fn watch(&self, after: u64, wait: u64) -> Watch {
        Watch { offer: self.g, owner: Secret::new(self.owner), after, wait }
    }

    pub(crate) fn reject(&self, claim: &[u8]) -> Reject {
        Reject { offer: self.g, owner: Secret::new(self.owner), claim: sha256(claim) }
    }

    pub(crate) fn answer(&self, claim: &[u8], env: &[u8]) -> Answer {
        let env = Bounded::new(env.to_vec()).unwrap();
        Answer { offer: self.g, owner: Secret::new(self.owner), claim: sha256(claim), env }
    }

    pub(crate) fn release(&self, claim: &[u8], share: &[u8]) -> Release {
        let share = Bounded::new(share.to_vec()).unwrap();
        Release { offer: self.g, owner: Secret::new(self.owner), claim: sha256(claim), share }
    }

    pub(crate) fn withdraw(&self) -> Withdraw {
        Withdraw { offer: self.g, owner: Secret::new(self.owner) }
    }
}

fn bytes<const MAX: usize>(body: &[u8]) -> Bounded<MAX> {
    Bounded::new(body.to_vec()).unwrap()
}
