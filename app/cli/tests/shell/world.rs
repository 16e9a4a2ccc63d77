//! Two spaces, a demo authority, and every command a process of its own.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

use crate::chop::{Ran, chop};

/// A folder with a resident's and a hospital's space, trusted and certified.
pub(crate) struct World {
    folder: TempDir,
    pub(crate) publisher: String,
}

/// The passphrase of every space in these tests: no output may ever hold it.
pub(crate) const PASSPHRASE: &str = "correct horse battery staple 马 電池";

impl World {
    /// Two spaces that trust each other's authorities; the resident holds both credentials.
    pub(crate) fn new() -> Self {
        let mut world = Self::bare();
        world.run("resident", &["space", "create", "--label", "Me", "--place", "HK"]).ended(0);
        let firm = ["space", "create", "--label", "Ward 7", "--kind", "firm", "--place", "CN"];
        world.run("hospital", &firm).ended(0);
        let holder = world.write("holder.jwk", &world.run("resident", &["key", "new"]).ended(0).out);
        let verifier = world.write("hospital.jwk", &world.run("hospital", &["key", "verifier"]).ended(0).out);
        let into = world.at("demo");
        let made = chop([
            "--json",
            "tool",
            "demo-authority",
            "--verifier-jwk",
            &verifier,
            "--holder-jwk",
            &holder,
            "--into",
            &into,
        ]);
        world.publisher = made.ended(0).json()["publisher"].as_str().unwrap().to_owned();
        let (list, publisher) = (world.at("demo/demo.chop-trust"), world.publisher.clone());
        world.run("hospital", &["key", "certify", &world.at("demo/hospital.pem")]).ended(0);
        for side in ["resident", "hospital"] {
            world.run(side, &["trust", "add", &list, "--fingerprint", &publisher]).ended(0);
        }
        for (file, title) in [("summary", "我的病历"), ("transcript", "成绩单 2026")] {
            let file = world.at(&format!("demo/{file}.sd-jwt"));
            world.run("resident", &["import", &file, "--title", title]).ended(0);
        }
        world
    }

    /// A folder with a passphrase file and nothing else.
    pub(crate) fn bare() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("passphrase"), format!("{PASSPHRASE}\n")).unwrap();
        Self { folder, publisher: String::new() }
    }

    /// A path in the folder.
    pub(crate) fn at(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    /// The folder.
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file; its path.
    pub(crate) fn write(&self, name: &str, text: &str) -> String {
        let path = self.at(name);
        fs::write(&path, text).unwrap();
        path
    }

    /// Runs a command on a space, in a process of its own. Nothing that it prints is a secret.
    pub(crate) fn run(&self, space: &str, args: &[&str]) -> Ran {
        let (space, keys, passphrase) = (self.at(space), self.at("keys"), self.at("passphrase"));
        let common = ["--space", &space, "--keys", &keys, "--passphrase-file", &passphrase];
        let ran = chop(common.iter().chain(args));
        assert!(!ran.out.contains(PASSPHRASE) && !ran.err.contains(PASSPHRASE), "{args:?}");
        ran
    }

    /// The same, with its JSON.
    #[track_caller]
    pub(crate) fn json(&self, space: &str, args: &[&str]) -> Value {
        self.run(space, &[&["--json"], args].concat()).ended(0).json()
    }

    /// The pictures in a folder.
    pub(crate) fn pictures(&self, name: &str) -> Vec<String> {
        let mut found: Vec<PathBuf> =
            fs::read_dir(self.at(name)).unwrap().map(|entry| entry.unwrap().path()).collect();
        found.sort();
        found.into_iter().map(|path| path.to_str().unwrap().to_owned()).collect()
    }

    /// A step that reads the pictures of one folder and writes those of another.
    #[track_caller]
    pub(crate) fn step(&self, space: &str, command: &str, from: &str, to: &str) -> Value {
        let (pictures, out) = (self.pictures(from), self.at(to));
        let args: Vec<&str> = [command].into_iter().chain(pictures.iter().map(String::as_str)).collect();
        self.json(space, &[&args[..], &["--out", &out]].concat())
    }

    /// The hospital asks; its pictures are in `to`.
    pub(crate) fn ask(&self, to: &str) -> Value {
        let (ask, terms, out) = (self.at("demo/ask.json"), self.at("demo/terms.json"), self.at(to));
        self.json("hospital", &["request", "--dcql", &ask, "--terms", &terms, "--out", &out])
    }

    /// The resident looks at the request in `from` with these choices.
    pub(crate) fn look(&self, from: &str, choices: &[&str]) -> Value {
        let pictures = self.pictures(from);
        let args: Vec<&str> = ["look"].into_iter().chain(pictures.iter().map(String::as_str)).collect();
        self.json("resident", &[&args[..], choices].concat())
    }

    /// The resident grants what `look` showed for these choices; what the run left.
    pub(crate) fn grant(
        &self,
        from: &str,
        choices: &[&str],
        agree: &str,
        consents: &[&str],
        to: &str,
    ) -> Ran {
        let (pictures, out) = (self.pictures(from), self.at(to));
        let mut args: Vec<&str> =
            ["--json", "grant"].into_iter().chain(pictures.iter().map(String::as_str)).collect();
        args.extend(choices);
        consents.iter().for_each(|consent| args.extend(["--consent", consent]));
        args.extend(["--agree", agree, "--out", &out]);
        self.run("resident", &args)
    }
}
