//! kill -9 at 200 random times over real sockets: the relay, the wallet or one of two verifiers, each a
//! process, all of them in the middle of many offers. What is left in the spaces and at the relay is then
//! held against the promises of mode C.
//!
//! ```text
//! holder ──┐                     offers are made all the while, live and sealed; some are taken back
//! hospital ├──► relay (SQLite)   both verifiers scan every code
//! desk ────┘
//! ```

use std::collections::BTreeMap;
use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::thread::sleep;
use std::time::Duration;

use chop_core::flow::offer::{OfferState, OfferView};
use chop_core::testing::FixedClock;
use chop_core::{Edge, Keys, NoAnchors, Wallet};
use chop_crypto::encoding::to_base64url;
use chop_crypto::{OsRandom, Random, Secret};
use chop_formats::frame::MessageKind;
use chop_formats::offer::{OfferCode, OfferKeys};
use chop_formats::relay::{Entry, State, What};
use chop_model::UnixTime;
use chop_relay::{RelayKey, store};
use chop_tests::world::{KeyPlace, World, open_when_free};
use chop_vault::Unlock;
use chop_vault::table::exchange::Role;
use tempfile::TempDir;

use crate::scene::copy;
use crate::served;

const KILLS: usize = 200;
/// Offers that are judged, at least.
const AT_LEAST: usize = 12;
/// Longest time between two kills.
const LONGEST: Duration = Duration::from_millis(120);

#[test]
fn row_45_killed_200_times_over_sockets_relay_wallet_and_verifiers_keep_every_promise() {
    let mut stage = Stage::new();
    for kill in 0..KILLS {
        sleep(moment());
        // One after the other, so that each side dies fifty times.
        stage.kill_and_start(PROCESSES[kill % PROCESSES.len()]);
    }
    stage.wait_for(AT_LEAST);
    stage.finish();
    stage.judge(&stage.shown());
}

const PROCESSES: [&str; 4] = [RELAY, HOLDER, HOSPITAL, DESK];
const RELAY: &str = "relay";
const HOLDER: &str = "resident";
const HOSPITAL: &str = "hospital";
const DESK: &str = "second desk";

/// The spaces, the relay, the codes that were shown, and who is alive.
struct Stage {
    home: TempDir,
    keys: BTreeMap<&'static str, Secret<32>>,
    statement: String,
    begin: UnixTime,
    at: SocketAddr,
    origin: String,
    alive: BTreeMap<&'static str, Child>,
}

impl Stage {
    fn new() -> Self {
        let mut world = World::beginning(served::now(), KeyPlace::File);
        let statement = world.hospital.state_key(30).unwrap();
        let mut desk = world.desk(KeyPlace::File);
        let keys = [(HOLDER, &mut world.resident), (HOSPITAL, &mut world.hospital), (DESK, &mut desk)];
        let keys = keys.map(|(name, space)| {
            space.close();
            (name, space.key().duplicate())
        });
        let home = tempfile::tempdir().unwrap();
        copy(&world.path(""), home.path());
        std::fs::create_dir(home.path().join("table")).unwrap();
        let at = served::free_port();
        served::prepare(home.path(), at, at.port(), &world);
        let mut stage = Self {
            home,
            keys: keys.into(),
            statement,
            begin: world.begin,
            at,
            origin: format!("http://localhost:{}", at.port()),
            alive: BTreeMap::new(),
        };
        PROCESSES.iter().for_each(|name| stage.start(name));
        stage
    }

    fn start(&mut self, name: &'static str) {
        let child = if name == RELAY { served::serve(self.home.path()) } else { self.call(name) };
        self.alive.insert(name, child);
    }

    fn call(&self, name: &'static str) -> Child {
        let side = if name == HOLDER { "holder" } else { "verifier" };
        let mut child = Command::new(env!("CARGO_BIN_EXE_caller"))
            .arg(side)
            .args([self.path(name), self.path("table")])
            .arg(&self.origin)
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        // EXPOSE: the key of this test's own space, to the process that opens it.
        let key = to_base64url(self.keys[name].expose());
        writeln!(child.stdin.take().unwrap(), "{key}\n{}", self.statement).unwrap();
        child
    }

    fn kill_and_start(&mut self, name: &'static str) {
        let mut child = self.alive.remove(name).unwrap();
        // A side that ended by itself stumbled over something.
        assert!(child.try_wait().unwrap().is_none(), "{name} ended before it was killed");
        child.kill().unwrap();
        child.wait().unwrap();
        self.start(name);
    }

    /// A busy machine gets less done between two kills.
    fn wait_for(&self, offers: usize) {
        for _ in 0..PATIENCE {
            if self.shown().len() >= offers {
                return;
            }
            sleep(TURN);
        }
        assert!(self.shown().len() >= offers, "only {} offers were shown", self.shown().len());
    }

    /// No more kills and no new offers: everybody ends when all offers are over.
    fn finish(&mut self) {
        std::fs::write(self.path("table/enough"), "").unwrap();
        for name in [HOLDER, HOSPITAL, DESK] {
            let mut child = self.alive.remove(name).unwrap();
            let mut turns = PATIENCE;
            let ended = loop {
                if let Some(ended) = child.try_wait().unwrap() {
                    break ended;
                }
                if turns == 0 {
                    child.kill().unwrap();
                    child.wait().unwrap();
                }
                assert!(turns > 0, "{name} does not come to an end: {:?}", self.states(name));
                turns -= 1;
                sleep(TURN);
            };
            assert!(ended.success(), "{name}");
            // The holder is first: whoever it showed a code to comes to an end after it.
            std::fs::write(self.path("table/no-more"), "").unwrap();
        }
        let mut relay = self.alive.remove(RELAY).unwrap();
        relay.kill().unwrap();
        relay.wait().unwrap();
    }

    /// Every code that somebody could have seen, by the name of its offer.
    fn shown(&self) -> BTreeMap<String, OfferCode> {
        let files = std::fs::read_dir(self.path("table")).unwrap().map(|entry| entry.unwrap().path());
        let codes = files.filter(|path| path.extension().is_some_and(|ext| ext == "code"));
        let read = |path: PathBuf| {
            let code = OfferCode::parse(&std::fs::read_to_string(&path).unwrap()).unwrap();
            (path.file_stem().unwrap().to_str().unwrap().to_owned(), code)
        };
        codes.map(read).collect()
    }

    /// What must hold now, however the two hundred deaths fell.
    fn judge(&self, shown: &BTreeMap<String, OfferCode>) {
        let [holder, hospital, desk] = [HOLDER, HOSPITAL, DESK].map(|name| self.open(name));
        for (name, wallet) in [(HOLDER, &holder), (HOSPITAL, &hospital), (DESK, &desk)] {
            let flaws = wallet.audit(&mut |_, _| {}).unwrap().flaws;
            assert!(flaws.is_empty(), "the audit of the {name}: {flaws:?}");
        }
        let key = RelayKey::read(&self.path("relay.key"), &format!("localhost:{}", self.at.port())).unwrap();
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let database = self.path("relay.db");
        let vkey = key.vkey().to_string();
        let store = store::open(database.to_str().unwrap(), &vkey, 1);
        let store = runtime.block_on(store).unwrap();
        runtime.block_on(chop_relay::check_log::check(&*store)).unwrap();

        let given: BTreeMap<String, OfferView> = views(&holder, Role::Holder);
        let (mut used, mut withdrawn) = (0, 0);
        for (name, code) in shown {
            // Nothing that was promised is lost: who could see a code finds its offer on both sides.
            let view = &given[name];
            let g = OfferKeys::derive(&code.key).unwrap().id;
            let (kept, _) =
                runtime.block_on(store.offer(g)).unwrap().expect("the relay has what it signed for");
            let takers: Vec<_> = [&hospital, &desk].into_iter().filter(|w| has_taken(w, code)).collect();
            let ended = kept.ended.as_deref().and_then(|leaf| Entry::read(leaf).ok());
            match view.state {
                OfferState::Done => {
                    used += 1;
                    assert_eq!((takers.len(), kept.state), (1, State::Released), "{name}: once");
                    let entry = ended.unwrap();
                    // Nothing is released without a receipt, and that is what both have stored.
                    assert_eq!((entry.what, entry.about), (What::Released, kept.h_ack), "{name}");
                    for kind in [MessageKind::Ack, MessageKind::Use] {
                        assert!(holder.has_message(&view.id, kind).unwrap(), "{name}: {kind:?}");
                    }
                }
                OfferState::Withdrawn => {
                    withdrawn += 1;
                    assert_eq!((takers.len(), kept.state), (0, State::Revoked), "{name}: nobody has it");
                }
                // Neither used nor withdrawn in time: no state of an offer that is over.
                other => assert_eq!(other, OfferState::Done, "{name}"),
            }
        }
        for wallet in [&hospital, &desk] {
            for view in views(wallet, Role::Verifier).values() {
                let ends = matches!(view.state, OfferState::Finished | OfferState::Refused);
                assert!(ends, "a claim ends as {:?}", view.state);
                assert_eq!(view.state == OfferState::Finished, wallet.received(&view.id).is_ok());
            }
        }
        // What nobody was shown may have been made or not; it is nowhere else.
        assert!(
            given.iter().all(|(name, view)| shown.contains_key(name) || view.state == OfferState::Withdrawn)
        );
        let spent = usize::try_from(holder.uses().unwrap()).unwrap();
        assert!((used..=given.len()).contains(&spent), "{spent} spent of {}, {used} used", given.len());
        assert!(used > 0 && withdrawn > 0, "{used} used, {withdrawn} withdrawn");
    }

    fn states(&self, name: &'static str) -> Vec<OfferState> {
        let role = if name == HOLDER { Role::Holder } else { Role::Verifier };
        views(&self.open(name), role).values().map(|view| view.state).collect()
    }

    fn open(&self, name: &'static str) -> Wallet {
        let folder = self.path(name);
        let edge = Edge {
            clock: Arc::new(FixedClock::at(self.begin.plus(60))),
            random: Arc::new(OsRandom),
            anchors: Arc::new(NoAnchors),
            keys: Keys::File(folder.with_extension("keys")),
        };
        open_when_free(|| Wallet::open(&folder, Unlock::Key(&self.keys[name]), edge.clone())).unwrap()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        for child in self.alive.values_mut() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

fn views(wallet: &Wallet, role: Role) -> BTreeMap<String, OfferView> {
    let views = wallet.offers().unwrap().into_iter().filter(|view| view.role == role);
    views.map(|view| (view.id.to_string(), view)).collect()
}

/// Whether this verifier has the data of an offer.
fn has_taken(wallet: &Wallet, code: &OfferCode) -> bool {
    let of_code =
        |view: &OfferView| wallet.offer_grant(&view.id).is_ok_and(|grant| grant.digest() == code.grant);
    views(wallet, Role::Verifier).values().any(|view| of_code(view) && wallet.received(&view.id).is_ok())
}

fn moment() -> Duration {
    let mut bytes = [0; 4];
    OsRandom.fill(&mut bytes).unwrap();
    LONGEST.mul_f64(f64::from(u32::from_le_bytes(bytes)) / f64::from(u32::MAX))
}

/// How often a side is looked at while it ends what is open, and how long apart: it takes a second or two.
const PATIENCE: u32 = 1_500;
const TURN: Duration = Duration::from_millis(20);
