//! The first spaces that a process opens, by several threads at once. SQLite calls itself ready before
//! SQLCipher has set itself up, so this is a matter of the first moments of a process: each try is one.
//!
//! A program of its own: a child has, until it is the new program, a copy of its parent's open files and
//! with them the locks of every space that another test of the same program closes and opens.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Barrier};

use chop_crypto::encoding::{from_base64url, to_base64url};
use chop_crypto::{Argon2Cost, OsRandom, Secret, SecretBytes};
use chop_vault::{FirstSlots, NewSpace, SpaceKind, Unlock, Vault};

const THREADS: usize = 8;
const PROCESSES: usize = 200;
/// Where the spaces lie and their key, for the process that opens them.
const GIVEN: &str = "CHOP_TEST_FIRST_SPACES";

#[test]
#[expect(clippy::disallowed_methods, reason = "a test that runs itself hands itself what to open")]
fn the_first_spaces_of_a_process_may_be_opened_at_once() {
    if let Ok(given) = std::env::var(GIVEN) {
        let (key, folder) = given.split_once(' ').unwrap();
        return open_at_once(&Secret::from_slice(&from_base64url(key).unwrap()).unwrap(), Path::new(folder));
    }
    let home = tempfile::tempdir().unwrap();
    let space = home.path().join("space");
    let new = NewSpace { kind: SpaceKind::Person, label: "Ada".into() };
    let passphrase = SecretBytes::new(b"correct horse battery staple".to_vec());
    let slots = FirstSlots { passphrase, cost: Argon2Cost::FLOOR };
    let (vault, _) = Vault::create(&space, &new, &slots, &OsRandom).unwrap();
    let key = vault.dangerous_data_key().unwrap();
    drop(vault);
    for thread in 0..THREADS {
        std::fs::create_dir(copy(home.path(), thread)).unwrap();
        for entry in std::fs::read_dir(&space).unwrap().map(Result::unwrap) {
            std::fs::copy(entry.path(), copy(home.path(), thread).join(entry.file_name())).unwrap();
        }
    }
    // EXPOSE: the key of this test's own space, to the process that opens it.
    let given = format!("{} {}", to_base64url(key.expose()), home.path().display());
    let name = "the_first_spaces_of_a_process_may_be_opened_at_once";
    for process in 0..PROCESSES {
        let mut child = Command::new(std::env::current_exe().unwrap());
        let out = child.args(["--exact", name]).env(GIVEN, &given).stderr(Stdio::null()).output().unwrap();
        assert!(out.status.success(), "process {process}: {}", String::from_utf8_lossy(&out.stdout));
    }
}

fn open_at_once(key: &Secret<32>, home: &Path) {
    let start = Arc::new(Barrier::new(THREADS));
    let threads: Vec<_> = (0..THREADS)
        .map(|thread| {
            let (start, key, folder) = (start.clone(), key.duplicate(), copy(home, thread));
            std::thread::spawn(move || {
                start.wait();
                Vault::open(&folder, Unlock::Key(&key)).map(drop)
            })
        })
        .collect();
    for thread in threads {
        assert_eq!(thread.join().unwrap(), Ok(()));
    }
}

fn copy(home: &Path, thread: usize) -> PathBuf {
    home.join(format!("space-{thread}"))
}
