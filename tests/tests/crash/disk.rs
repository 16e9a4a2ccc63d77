//! A disk that is full, a log that cannot be written, a key store that cannot remember: nothing leaves.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chop_core::flow::{Accepted, Inbound, Outbound, RequestDraft};
use chop_core::{Edge, Error, Keys, Wallet};
use chop_crypto::{Anchor, CryptoError, KeyId, KeyPurpose, KeyRef, Keystore, Signature, SigningDomain};
use chop_formats::dcql::DcqlQuery;
use chop_formats::frame::MessageKind;
use chop_model::Coded;
use chop_tests::machine::has_namespaces;
use chop_tests::raw::raw;
use chop_tests::world::{Space, World, everything, open_when_free, read};
use chop_vault::Unlock;
use chop_vault::table::ticket;

use crate::kills::walk_on;
use crate::promises::{check, count};
use crate::scene::{STEPS, Scene, Step};

#[test]
fn row_37_a_full_disk_stops_a_step_and_nothing_leaves_that_was_not_logged() {
    if !has_namespaces() {
        return;
    }
    let mut refused = 0;
    for (stage, step) in Scene::stages().iter().zip(&STEPS) {
        // With some room the step fails later: in the key store, in the row, or only in its outcome.
        for free in [0, 5, 15, 40, 80] {
            let scene = stage.duplicate();
            let said = on_a_small_disk(&scene, step, free);
            let name = format!("{} with {free} pages left: {said}", step.name);
            if free == 0 {
                assert!(said.starts_with("error "), "{name}");
                assert!(scene.showings(step.shows).is_empty(), "{name}: something left");
            }
            refused += usize::from(said.starts_with("error "));
            check(&scene, &name);
            walk_on(&scene, step, &name);
        }
    }
    assert!(refused >= STEPS.len(), "{refused}");
}

#[test]
fn row_37_a_log_that_cannot_be_written_stops_the_use() {
    for (stage, step) in Scene::stages().iter().zip(&STEPS) {
        let scene = stage.duplicate();
        let database = || raw(&scene.folder(step.by), scene.key(step.by)).unwrap();
        let refuse = "CREATE TRIGGER no_log BEFORE INSERT ON log BEGIN SELECT RAISE(ABORT, 'no'); END";
        database().execute_batch(refuse).unwrap();
        let (ended, said) = scene.finish(scene.begin(step, ""));
        assert!(!ended && said.starts_with("error "), "{}: {said}", step.name);
        assert!(scene.showings(step.shows).is_empty(), "{}: something left", step.name);
        database().execute_batch("DROP TRIGGER no_log").unwrap();
        let found = check(&scene, step.name);
        assert_eq!(count(found.of(step.by), step.logs), 0, "{}", step.name);
        walk_on(&scene, step, step.name);
    }
}

#[test]
fn row_37_a_key_store_that_cannot_remember_the_log_stops_the_use() {
    let mut world = World::new();
    // The keys for the hospital are there, so that the step itself is what fails.
    world.walk();
    let (resident, hospital) = (Forgetful::under(&mut world.resident), Forgetful::under(&mut world.hospital));
    let draft = RequestDraft {
        dcql: DcqlQuery::from_value(&everything()).unwrap(),
        terms: chop_core::samples::hospital_terms(),
    };
    let request = hospital.refuses(&mut world.hospital, |w| w.ask(draft)).request().unwrap();
    let consent = world.consent(&request);
    let envelope = resident.refuses(&mut world.resident, |w| w.grant(consent)).data().unwrap();
    let ack = hospital.refuses(&mut world.hospital, |w| w.claim(&envelope)).acknowledgement().unwrap();
    let key = resident.refuses(&mut world.resident, |w| w.acknowledge(&ack)).key().unwrap();
    let receipt = hospital.refuses(&mut world.hospital, |w| match w.accept(key)? {
        Accepted::Taken(_, outbound) | Accepted::Refused(_, outbound) => Ok(outbound),
    });
    world.resident.confirm(MessageKind::Use, &receipt.use_receipt().unwrap()).unwrap();
    for space in [&world.resident, &world.hospital] {
        assert_eq!(space.audit(&mut |_, _| {}).unwrap().flaws, []);
    }
}

/// A key store that stops remembering how long the log is, when it is told to.
struct Forgetful {
    keys: Arc<dyn Keystore>,
    refuses: AtomicBool,
}

impl Forgetful {
    /// Puts one under an open space.
    fn under(space: &mut Space) -> Arc<Self> {
        let Keys::Port(keys) = space.edge().keys.clone() else {
            unreachable!("the world's keys are in memory")
        };
        let forgetful = Arc::new(Self { keys, refuses: AtomicBool::new(false) });
        forgetful.reopen(space);
        forgetful
    }

    fn reopen(self: &Arc<Self>, space: &mut Space) {
        space.close();
        let edge = Edge { keys: Keys::Port(self.clone()), ..space.edge().clone() };
        let open = || Wallet::open(space.folder(), Unlock::Key(space.key()), edge.clone());
        let wallet = open_when_free(open).unwrap();
        space.put(wallet);
    }

    /// Takes a step that this store stops; then the next start, which finds the intent and no outcome,
    /// and what it shows from there.
    fn refuses(
        self: &Arc<Self>,
        space: &mut Space,
        step: impl FnOnce(&Wallet) -> Result<Outbound, Error>,
    ) -> Inbound {
        self.refuses.store(true, Ordering::SeqCst);
        let stopped = step(space).unwrap_err();
        assert_eq!(stopped.code(), CryptoError::KeystoreUnavailable.code());
        self.refuses.store(false, Ordering::SeqCst);
        self.reopen(space);
        assert_eq!(space.interrupted(), 1);
        let mut stopped = None;
        let last = |row: ticket::Row| {
            stopped = Some(row.exchange);
            Ok(())
        };
        space.vault().read(|read| ticket::each(read, &mut { last })).unwrap();
        read(&space.again(&stopped.unwrap()).unwrap())
    }
}

impl Keystore for Forgetful {
    fn generate(&self, purpose: KeyPurpose) -> Result<KeyRef, CryptoError> {
        self.keys.generate(purpose)
    }

    fn find(&self, id: &KeyId) -> Result<KeyRef, CryptoError> {
        self.keys.find(id)
    }

    fn sign(&self, id: &KeyId, domain: SigningDomain, message: &[u8]) -> Result<Signature, CryptoError> {
        self.keys.sign(id, domain, message)
    }

    fn delete(&self, id: &KeyId) -> Result<(), CryptoError> {
        self.keys.delete(id)
    }

    fn anchor(&self, origin: &str) -> Result<Option<Anchor>, CryptoError> {
        self.keys.anchor(origin)
    }

    fn set_anchor(&self, origin: &str, anchor: Anchor) -> Result<(), CryptoError> {
        if self.refuses.load(Ordering::SeqCst) {
            return Err(CryptoError::KeystoreUnavailable);
        }
        self.keys.set_anchor(origin, anchor)
    }

    fn outlives_vault(&self) -> bool {
        self.keys.outlives_vault()
    }
}

/// Takes a step on a file system that has only `free` pages left; what the step said. Needs a mount
/// namespace of its own, so that the mount is gone with the process.
fn on_a_small_disk(scene: &Scene, step: &Step, free: u32) -> String {
    let home = scene.mail().parent().unwrap().to_str().unwrap().to_owned();
    let script = format!(
        "set -e; mkdir {home}.out {home}.kept; cp -a {home}/. {home}.kept
         mount -t tmpfs -o size=16m,mode=700 none {home}; cp -a {home}.kept/. {home}
         cp -a {home}/mail/. {home}.out; mount --bind {home}.out {home}/mail
         dd if=/dev/zero of={home}/room bs=4096 count={free} 2>/dev/null
         dd if=/dev/zero of={home}/filler bs=4096 2>/dev/null || true; rm {home}/room
         \"$@\" || true
         rm {home}/filler; cp -a {home}.out/. {home}.kept/mail
         for file in {home}/*; do [ $file = {home}/mail ] || cp -a $file {home}.kept; done
         umount {home}/mail {home}; cp -a {home}.kept/. {home}; rm -r {home}.kept {home}.out"
    );
    let wrapper = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", &script, "sh"];
    let (ended, said) = scene.finish(scene.walker(step.name, step.by, "", &wrapper));
    assert!(ended, "the small disk: {said}");
    said
}
