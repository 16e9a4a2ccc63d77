//! Two spaces on disk, the messages between them, and the processes that take the steps.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use chop_crypto::Secret;
use chop_crypto::encoding::to_base64url;
use chop_tests::world::{BEGIN, KeyPlace, World};
use serde_json::Value;
use tempfile::TempDir;

/// The steps of the walk in their order, each with who takes it, the message that it shows and the
/// entry that says so.
pub(crate) const STEPS: [Step; 6] = [
    Step { point: "t0", name: "ask", by: HOSPITAL, shows: "REQ", logs: "requested" },
    Step { point: "t1", name: "grant", by: RESIDENT, shows: "DATA", logs: "spent" },
    Step { point: "t2", name: "claim", by: HOSPITAL, shows: "ACK", logs: "received" },
    Step { point: "t3", name: "acknowledge", by: RESIDENT, shows: "KEY", logs: "acked" },
    Step { point: "t4", name: "accept", by: HOSPITAL, shows: "USE", logs: "verified" },
    Step { point: "t5", name: "confirm", by: RESIDENT, shows: "", logs: "used" },
];
pub(crate) const RESIDENT: &str = "resident";
pub(crate) const HOSPITAL: &str = "hospital";

/// One step of the walk.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Step {
    pub(crate) point: &'static str,
    pub(crate) name: &'static str,
    pub(crate) by: &'static str,
    pub(crate) shows: &'static str,
    pub(crate) logs: &'static str,
}

/// A folder with both spaces, their key stores and the messages; and what opens the spaces.
pub(crate) struct Scene {
    home: TempDir,
    keys: [Secret<32>; 2],
}

impl Scene {
    /// Both spaces before anybody has asked.
    pub(crate) fn new() -> Self {
        let mut world = World::with_keys(KeyPlace::File);
        world.resident.close();
        world.hospital.close();
        let keys = [world.resident.key().duplicate(), world.hospital.key().duplicate()];
        let scene = Self { home: tempfile::tempdir().unwrap(), keys };
        copy(&world.path(""), scene.home.path());
        std::fs::create_dir(scene.mail()).unwrap();
        scene
    }

    /// The scene before each step, from the first.
    pub(crate) fn stages() -> Vec<Self> {
        let mut stages = vec![Self::new()];
        for step in &STEPS[..STEPS.len() - 1] {
            let next = stages.last().unwrap().duplicate();
            next.take(step);
            stages.push(next);
        }
        stages
    }

    /// A copy of it all.
    pub(crate) fn duplicate(&self) -> Self {
        let home = tempfile::tempdir().unwrap();
        copy(self.home.path(), home.path());
        Self { home, keys: self.keys.each_ref().map(Secret::duplicate) }
    }

    pub(crate) fn folder(&self, who: &str) -> PathBuf {
        self.home.path().join(who)
    }

    pub(crate) fn mail(&self) -> PathBuf {
        self.home.path().join("mail")
    }

    pub(crate) fn key(&self, who: &str) -> &Secret<32> {
        &self.keys[usize::from(who == HOSPITAL)]
    }

    /// Every showing of a message, in their order.
    pub(crate) fn showings(&self, message: &str) -> Vec<String> {
        let files = (1..).map(|run| self.mail().join(format!("{message}.{run}")));
        files.map_while(|path| std::fs::read_to_string(path).ok()).collect()
    }

    /// Takes a step to its end.
    pub(crate) fn take(&self, step: &Step) {
        let (ended, said) = self.finish(self.walker(step.name, step.by, "", &[]));
        assert!(ended, "{}: {said}", step.name);
    }

    /// Begins a step that stops at `point`.
    pub(crate) fn begin(&self, step: &Step, point: &str) -> Child {
        self.walker(step.name, step.by, point, &[])
    }

    /// Takes a step and kills its process at `point`. Whether the point was ever reached.
    pub(crate) fn kill_at(&self, step: &Step, point: &str) -> bool {
        let mut child = self.begin(step, point);
        let mut said = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let reached = said.any(|line| line == format!("reached {point}"));
        child.kill().unwrap();
        child.wait().unwrap();
        reached
    }

    /// What a new process finds in a space.
    pub(crate) fn inspect(&self, who: &str) -> Value {
        let (ended, said) = self.finish(self.walker("inspect", who, "", &[]));
        assert!(ended, "inspecting {who}: {said}");
        serde_json::from_str(&said).unwrap()
    }

    /// Starts the walker, inside `wrapper` if there is one.
    pub(crate) fn walker(&self, step: &str, who: &str, point: &str, wrapper: &[&str]) -> Child {
        let (folder, mail, now) = (self.folder(who), self.mail(), BEGIN.0.to_string());
        let walker = env!("CARGO_BIN_EXE_walker");
        let own = [walker, step, folder.to_str().unwrap(), mail.to_str().unwrap(), &now, point];
        let words: Vec<&str> = wrapper.iter().chain(&own).copied().collect();
        let mut child = Command::new(words[0])
            .args(&words[1..])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        // EXPOSE: the key of this test's own space, to the process that opens it.
        let key = to_base64url(self.key(who).expose());
        writeln!(child.stdin.take().unwrap(), "{key}").unwrap();
        child
    }

    /// Waits for a process: whether it ended well, and what it said.
    pub(crate) fn finish(&self, mut child: Child) -> (bool, String) {
        let mut said = String::new();
        child.stdout.take().unwrap().read_to_string(&mut said).unwrap();
        (child.wait().unwrap().success(), said.trim().to_owned())
    }
}

/// The step to which a point belongs.
pub(crate) fn step_of(point: &str) -> usize {
    match point.split_once('-').unwrap().0 {
        "key" => 1,
        word => STEPS.iter().position(|step| step.point == word).unwrap(),
    }
}

pub(crate) fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            std::fs::create_dir(&to).unwrap();
            copy(&entry.path(), &to);
        } else {
            std::fs::copy(entry.path(), to).unwrap();
        }
    }
}
