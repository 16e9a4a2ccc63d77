//! What the machine that tests has. Where something is missing it is said aloud, and in CI it fails.

use std::process::{Command, Stdio};

/// Whether this machine lets a process have mounts of its own: a full disk is one that is mounted small.
#[expect(clippy::disallowed_methods, reason = "a test is an edge: CI must not skip")]
#[expect(clippy::print_stdout, reason = "a test that is skipped says so")]
pub fn has_namespaces() -> bool {
    let probe = ["--user", "--map-root-user", "--mount", "true"];
    let quiet = Command::new("unshare").args(probe).stderr(Stdio::null()).status();
    let is_there = quiet.is_ok_and(|status| status.success());
    assert!(is_there || std::env::var("CI").is_err(), "no mount namespaces");
    if !is_there {
        println!("SKIPPED: the full disk: no mount namespaces on this machine");
    }
    is_there
}
