//! The binary, run.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// What a run left on the terminal.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    /// Standard output as one JSON document.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}\n{}", self.out, self.err))
    }

    /// The same, if it ended as it should.
    #[track_caller]
    pub(crate) fn ended(self, code: i32) -> Self {
        assert_eq!(self.code, code, "\n{}\n{}", self.out, self.err);
        self
    }
}

/// Runs `chop` with an environment of its own.
pub(crate) fn chop<S: AsRef<std::ffi::OsStr>>(args: impl IntoIterator<Item = S>) -> Ran {
    chop_with("", args)
}

/// Runs `chop` with a PATH and nothing else in its environment.
pub(crate) fn chop_with<S: AsRef<std::ffi::OsStr>>(path: &str, args: impl IntoIterator<Item = S>) -> Ran {
    let out = Command::new(env!("CARGO_BIN_EXE_chop"))
        .args(args)
        .env_clear()
        .env("HOME", "/nonexistent")
        .env("PATH", path)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    Ran {
        code: out.status.code().unwrap(),
        out: String::from_utf8(out.stdout).unwrap(),
        err: String::from_utf8(out.stderr).unwrap(),
    }
}

/// Where this build's programs lie: `chop`, and `chop-relay` as an example of this package (see there).
pub(crate) fn programs() -> String {
    let chop = Path::new(env!("CARGO_BIN_EXE_chop")).parent().unwrap();
    let relay = chop.join("examples");
    assert!(relay.join("chop-relay").exists(), "cargo test builds examples; so does --examples");
    format!("{}:{}", chop.display(), relay.display())
}

/// A file of the shared vectors. They lie beside the clone; a machine without them says so, and CI,
/// which has them, fails.
#[expect(clippy::disallowed_methods, clippy::print_stderr, reason = "a test may look at CI and speak")]
pub(crate) fn shared_vectors(folder: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/vectors");
    if root.exists() {
        return Some(root.join(folder));
    }
    assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "../shared/vectors is missing");
    eprintln!("SKIPPED: ../shared/vectors is not on this machine");
    None
}

/// Every file below a folder.
pub(crate) fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files_below(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

/// A file of the shared domain tables, as [`shared_vectors`] finds those.
pub(crate) fn domain_vectors(name: &str) -> Option<Value> {
    let file = shared_vectors("../domain")?.join(name);
    Some(serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap())
}
