//! A stranger can follow the README: its blocks are run as they stand, one after the other.

use std::process::Command;

use crate::chop::programs;

#[test]
fn the_walk_by_hand_goes_as_the_readme_writes_it() {
    let out = run(&blocks()[0]);
    assert!(out.contains("consistent, and your anchors vouch for who signed"), "{out}");
}

/// Relay, wallet and verifier: three processes, and sockets between them.
#[test]
fn one_scan_over_a_relay_goes_as_the_readme_writes_it() {
    let blocks = blocks();
    // Only the port is another: two runs on one machine would meet on it. The relay's second listener,
    // for its operator, is set by the environment.
    let port = free_port();
    let scan = blocks[1].replace("8471", &port);
    let admin = format!("export CHOP_RELAY_ADMIN=127.0.0.1:{}", free_port());
    let out = run(&format!("{}\n{admin}\n{scan}", blocks[0]));
    let (_, scan) = out.split_once("--drafted").unwrap();
    assert!(scan.contains("used, receipt kept") && scan.contains("The data are here and checked"), "{scan}");
    assert!(scan.contains("penicillin"), "what was taken: {scan}");
}

/// What stands between ```sh and ```.
fn blocks() -> Vec<String> {
    let readme = include_str!("../../../../README.md");
    let block = |text: &str| text.split("```").next().unwrap().to_owned();
    readme.split("```sh\n").skip(1).map(block).collect()
}

/// Runs a block in a fresh folder.
#[expect(clippy::disallowed_methods, reason = "the shell of the README needs a PATH")]
fn run(block: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = format!("{}:{}", programs(), std::env::var("PATH").unwrap());
    let ran = Command::new("bash")
        .args(["-euo", "pipefail", "-c", block])
        .current_dir(folder.path())
        .env_clear()
        .env("PATH", path)
        .output()
        .unwrap();
    let (out, err) = (String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    assert!(ran.status.success(), "{out}\n{err}");
    assert!(!out.contains("a long passphrase"));
    out.into_owned()
}

fn free_port() -> String {
    let at = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    at.port().to_string()
}
