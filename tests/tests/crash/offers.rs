//! Kills at every named point of an offer, on either side: what was stored is what is posted again, the
//! grant is spent once, and the receipt is on both sides in the end.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Arc;

use chop_core::testing::{FixedClock, OFFER_STEPS};
use chop_core::{Edge, Keys, NoAnchors, Wallet};
use chop_crypto::encoding::{from_base64url, to_base64url};
use chop_crypto::{OsRandom, Secret};
use chop_tests::relay::FakeRelay;
use chop_tests::world::{BEGIN, KeyPlace, World, open_when_free};
use chop_vault::Unlock;
use tempfile::TempDir;

use crate::scene::copy;

const HOLDER: &str = "holder";
const VERIFIER: &str = "verifier";

#[test]
fn row_45_a_kill_at_every_point_of_an_offer_breaks_no_promise() {
    let first = Stage::new();
    for (way, passed) in [("live", LIVE), ("sealed", SEALED)] {
        for (side, step) in passed {
            let died =
                NAMES.iter().filter(|name| first.duplicate().walk(way, side, &format!("{step}-{name}")));
            assert!(died.count() > 0, "{way}: {step} of the {side} is never reached");
        }
    }
    let named: BTreeSet<_> = LIVE.iter().chain(SEALED).map(|(_, step)| *step).collect();
    assert_eq!(named, OFFER_STEPS.iter().copied().collect(), "a step that no walk passes");
}

/// Names of the points of every step.
const NAMES: &[&str] = &["before-commit", "after-commit", "after-anchor"];

/// What each side passes in C1.
const LIVE: &[(&str, &str)] = &[
    (HOLDER, "key"),
    (HOLDER, "offer"),
    (HOLDER, "relay"),
    (HOLDER, "entry"),
    (HOLDER, "event"),
    (HOLDER, "t1"),
    (HOLDER, "t3"),
    (HOLDER, "share"),
    (HOLDER, "t5"),
    (VERIFIER, "t0"),
    (VERIFIER, "envelope"),
    (VERIFIER, "t2"),
    (VERIFIER, "post-ack"),
    (VERIFIER, "t4"),
    (VERIFIER, "post-use"),
];

/// What each side passes in C2.
const SEALED: &[(&str, &str)] = &[
    (HOLDER, "offer"),
    (HOLDER, "collected"),
    (HOLDER, "t3"),
    (HOLDER, "t5"),
    (VERIFIER, "t0"),
    (VERIFIER, "envelope"),
    (VERIFIER, "t2"),
    (VERIFIER, "post-ack"),
    (VERIFIER, "t4"),
    (VERIFIER, "post-use"),
];

/// Both spaces on disk, before an offer.
struct Stage {
    home: TempDir,
    keys: [Secret<32>; 2],
    statement: String,
}

impl Stage {
    fn new() -> Self {
        let mut world = World::with_keys(KeyPlace::File);
        let statement = world.hospital.state_key(30).unwrap();
        world.resident.close();
        world.hospital.close();
        let keys = [world.resident.key().duplicate(), world.hospital.key().duplicate()];
        let home = tempfile::tempdir().unwrap();
        copy(&world.path(""), home.path());
        Self { home, keys, statement }
    }

    fn duplicate(&self) -> Self {
        let home = tempfile::tempdir().unwrap();
        copy(self.home.path(), home.path());
        Self { home, keys: self.keys.each_ref().map(Secret::duplicate), statement: self.statement.clone() }
    }

    /// A whole walk in which `side` dies at `point` and is started anew. Whether it got there.
    fn walk(&self, way: &'static str, side: &str, point: &str) -> bool {
        let mut relay = FakeRelay::new(Arc::new(FixedClock::at(BEGIN)));
        let mut walk = Walk { stage: self, way, code: String::new(), bodies: BTreeMap::new(), died: false };
        let at = |who: &str| if who == side { point } else { "" };
        let mut holder = walk.start(HOLDER, at(HOLDER));
        let mut verifier = walk.start(VERIFIER, at(VERIFIER));
        for _ in 0..24 {
            holder = walk.step(holder, &mut relay);
            verifier = walk.step(verifier, &mut relay);
        }
        let name = format!("{way} {side} {point}");
        assert_eq!((holder.ends(), verifier.ends()), ("done".into(), "finished".into()), "{name}");
        for (call, bodies) in &walk.bodies {
            assert_eq!(bodies.len(), 1, "{name}: {call} went out with other bytes");
        }
        let died = walk.died;
        let (resident, hospital) = (self.open(HOLDER), self.open(VERIFIER));
        assert_eq!(resident.uses().unwrap(), 1, "{name}: spent once");
        assert!(resident.audit(&mut |_, _| {}).unwrap().is_clean(), "{name}");
        assert!(hospital.audit(&mut |_, _| {}).unwrap().is_clean(), "{name}");
        let taken = hospital.offers().unwrap();
        assert_eq!(hospital.received(&taken[0].id).unwrap().credentials.len(), 2, "{name}");
        died
    }

    fn open(&self, side: &str) -> Wallet {
        let folder = self.home.path().join(space_of(side));
        let edge = Edge {
            clock: Arc::new(FixedClock::at(BEGIN)),
            random: Arc::new(OsRandom),
            anchors: Arc::new(NoAnchors),
            keys: Keys::File(folder.with_extension("keys")),
        };
        let key = &self.keys[usize::from(side == VERIFIER)];
        open_when_free(|| Wallet::open(&folder, Unlock::Key(key), edge.clone())).unwrap()
    }
}

struct Walk<'a> {
    stage: &'a Stage,
    way: &'static str,
    code: String,
    /// What was posted, by side and path: of what is made once there is one.
    bodies: BTreeMap<String, BTreeSet<String>>,
    died: bool,
}

/// One side's process.
struct Side {
    name: &'static str,
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    state: String,
}

impl Walk<'_> {
    /// Starts a side, and again without the point where it dies at once.
    fn start(&mut self, name: &'static str, point: &str) -> Side {
        let mut side = self.spawn(name, point);
        let said = side.says();
        if said.starts_with("reached") {
            return self.again(side);
        }
        if let Some(code) = said.strip_prefix("code ").filter(|code| !code.is_empty()) {
            self.code = code.to_owned();
        }
        side
    }

    fn again(&mut self, mut side: Side) -> Side {
        self.died = true;
        side.process.kill().unwrap();
        side.process.wait().unwrap();
        let name = side.name;
        self.start(name, "")
    }

    fn spawn(&self, name: &'static str, point: &str) -> Side {
        let folder = self.stage.home.path().join(space_of(name));
        let mut process = Command::new(env!("CARGO_BIN_EXE_offerer"))
            .args([name, folder.to_str().unwrap(), &BEGIN.0.to_string(), point, self.way])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut input = process.stdin.take().unwrap();
        let output = BufReader::new(process.stdout.take().unwrap());
        // EXPOSE: the key of this test's own space, to the process that opens it.
        let key = to_base64url(self.stage.keys[usize::from(name == VERIFIER)].expose());
        let second = if name == HOLDER { &self.stage.statement } else { &self.code };
        writeln!(input, "{key}\n{second}").unwrap();
        Side { name, process, input, output, state: String::new() }
    }

    /// One step of a side; a side that dies is started anew, and takes its step the next time.
    fn step(&mut self, mut side: Side, relay: &mut FakeRelay) -> Side {
        writeln!(side.input, "step").unwrap();
        let mut said = side.says();
        if let ["call", path, body] = said.split(' ').collect::<Vec<_>>().as_slice() {
            if ONCE.contains(path) {
                let bodies = self.bodies.entry(format!("{} {path}", side.name)).or_default();
                bodies.insert((*body).to_owned());
            }
            let answer = relay.serve(path, &from_base64url(body).unwrap());
            let body = to_base64url(&answer.body);
            writeln!(side.input, "answer {} {body}", answer.status).unwrap();
            said = side.says();
        }
        match said.split_once(' ').unwrap() {
            ("reached", _) => return self.again(side),
            ("state" | "idle", state) => state.clone_into(&mut side.state),
            (_, code) => assert_eq!(code, "", "{}", side.name),
        }
        side
    }
}

/// What is made once and then only posted again.
const ONCE: [&str; 6] = ["/v1/offer", "/v1/claim", "/v1/answer", "/v1/ack", "/v1/release", "/v1/use"];

impl Side {
    fn says(&mut self) -> String {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        assert!(!line.is_empty(), "{}: the process ended", self.name);
        line.trim_end().to_owned()
    }

    /// Ends the process; the state it was in.
    fn ends(mut self) -> String {
        drop(self.input);
        self.process.wait().unwrap();
        self.state
    }
}

fn space_of(side: &str) -> &'static str {
    if side == HOLDER { "resident" } else { "hospital" }
}
