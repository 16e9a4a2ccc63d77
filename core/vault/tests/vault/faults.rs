//! Kills, full disks and changed rows. The worst of it happens to a child process: this same program,
//! running one of the ignored tests below, told on its standard input where and with which key.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use chop_crypto::encoding::{from_base64url, to_base64url};
use chop_crypto::{OsRandom, Secret};
use chop_model::{Id, UnixTime};
use chop_vault::table::version::{self, NewVersion};
use chop_vault::table::{item, log, meta};
use chop_vault::{Unlock, Vault, VaultError, facts};

use crate::common::{self, TestSpace, an_item};

/// Runs the ignored test `name` in a child, inside `wrapper` if it is not empty.
fn child(wrapper: &[&str], name: &str, space: &TestSpace, folder: &Path) -> Child {
    let program = std::env::current_exe().unwrap();
    let mut words: Vec<String> = wrapper.iter().map(|word| (*word).to_owned()).collect();
    words.push(program.to_str().unwrap().to_owned());
    let mut child = Command::new(&words[0])
        .args(&words[1..])
        .args([name, "--exact", "--ignored", "--nocapture", "--test-threads=1"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    writeln!(input, "{}", folder.to_str().unwrap()).unwrap();
    writeln!(input, "{}", to_base64url(space.key.expose())).unwrap();
    child
}

fn told() -> (PathBuf, Secret<32>) {
    let mut lines = std::io::stdin().lines();
    let folder = lines.next().unwrap().unwrap();
    let key = from_base64url(&lines.next().unwrap().unwrap()).unwrap();
    (folder.into(), Secret::from_slice(&key).unwrap())
}

#[expect(clippy::print_stdout, reason = "the parent listens")]
fn say(what: &str) {
    println!("@{what}");
    std::io::stdout().flush().unwrap();
}

/// What a child said, without what the test harness says around it.
fn said(lines: impl Iterator<Item = std::io::Result<String>>) -> impl Iterator<Item = String> {
    lines.map_while(Result::ok).filter_map(|line| line.split_once('@').map(|(_, said)| said.to_owned()))
}

#[test]
fn row_37_what_write_returned_for_survives_a_kill_at_any_moment() {
    let mut space = TestSpace::new();
    let mut last = None;
    for round in 0..4 {
        space.vault.lock();
        let mut writer = child(&[], "faults::child_writes", &space, &space.folder);
        let mut lines = said(BufReader::new(writer.stdout.take().unwrap()).lines());
        for line in lines.by_ref().take(20 + 37 * round) {
            last = Some(line.parse::<u64>().unwrap());
        }
        writer.kill().unwrap();
        // What it still managed to say before it died counts as well.
        last = lines.last().map(|line| line.parse().unwrap()).or(last);
        writer.wait().unwrap();
        space = space.reopen();
        let size = space.vault.read(log::size).unwrap();
        assert!(size > last.unwrap(), "entry {last:?} was reported and is not there");
        space.vault.check_pages().unwrap();
        for seq in 0..size {
            let entry = space.vault.read(|read| log::entry(read, seq)).unwrap().unwrap();
            assert_eq!(entry.expose(), format!("entry {seq}").as_bytes());
            let half = space.vault.read(|read| meta::find(read, &format!("half-{seq}"))).unwrap();
            assert_eq!(half.as_deref(), Some(entry.expose()), "half of a transaction");
        }
        assert!(space.vault.read(log::hashes_are_complete).unwrap());
    }
}

#[test]
#[ignore = "the child of row_37"]
fn child_writes() {
    let (folder, key) = told();
    let vault = Vault::open(&folder, Unlock::Key(&key)).unwrap();
    loop {
        let seq = vault
            .write(|tx| {
                let text = format!("entry {}", log::size(tx)?);
                let appended = log::append(tx, text.as_bytes(), &OsRandom)?;
                meta::set(tx, &format!("half-{}", appended.seq), text.as_bytes())?;
                Ok::<_, VaultError>(appended.seq)
            })
            .unwrap();
        say(&seq.to_string());
    }
}

#[test]
fn a_full_disk_is_said_and_nothing_is_lost() {
    let space = TestSpace::new();
    space.vault.write(|tx| meta::set(tx, "before", b"kept")).unwrap();
    space.vault.lock();
    // A file system of its own, 600 kB large, seen by the child alone.
    let small = space.folder.with_extension("small");
    std::fs::create_dir(&small).unwrap();
    let script = format!(
        "mount -t tmpfs -o size=600k none {0} && cp {1}/* {0} && chmod 600 {0}/* && exec \"$@\"",
        small.display(),
        space.folder.display()
    );
    let wrapper = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", &script, "sh"];
    let mut filler = child(&wrapper, "faults::child_fills_the_disk", &space, &small);
    let told: Vec<String> = said(BufReader::new(filler.stdout.take().unwrap()).lines()).collect();
    assert!(filler.wait().unwrap().success());
    assert_eq!(told, ["vault.disk-full", "kept", "vault.disk-full", "kept"]);
}

#[test]
#[ignore = "the child of a_full_disk"]
fn child_fills_the_disk() {
    use chop_model::Coded;
    let (folder, key) = told();
    for _ in 0..2 {
        let vault = Vault::open(&folder, Unlock::Key(&key)).unwrap();
        let failed = (0..1000)
            .find_map(|i| vault.write(|tx| meta::set(tx, &format!("row-{i}"), &[1; 20_000]).map(drop)).err())
            .unwrap();
        say(failed.code());
        let kept = vault.read(|read| meta::find(read, "before")).unwrap().unwrap();
        say(std::str::from_utf8(&kept).unwrap());
    }
}

#[test]
fn a_hundred_mebibytes_pass_through_a_few() {
    let space = TestSpace::new();
    space.vault.lock();
    let mut mover = child(&[], "faults::child_moves_a_large_file", &space, &space.folder);
    let told: Vec<String> = said(BufReader::new(mover.stdout.take().unwrap()).lines()).collect();
    assert!(mover.wait().unwrap().success());
    let kib: u64 = told[0].parse().unwrap();
    assert!(kib < 40 * 1024, "{kib} KiB more memory for a file of 100 MiB");
}

#[test]
#[ignore = "the child of a_hundred_mebibytes"]
fn child_moves_a_large_file() {
    let (folder, key) = told();
    let vault = Vault::open(&folder, Unlock::Key(&key)).unwrap();
    let before = peak_kib();
    let row = an_item("a scan");
    let size = version::MAX_FILE_BYTES;
    let new =
        NewVersion { item: row.id, no: 1, added_at: UnixTime(1), mime: "application/pdf", name: "scan.pdf" };
    let mut file = std::io::repeat(0x25).take(size);
    let kept = vault
        .write(|tx| {
            item::insert(tx, &row)?;
            version::insert_file(tx, &new, size, &mut file, &OsRandom)
        })
        .unwrap();
    let mut counted = Counted(0);
    vault.read(|read| version::copy_file(read, &kept, &mut counted)).unwrap();
    assert_eq!(counted.0, size);
    say(&(peak_kib() - before).to_string());
}

struct Counted(u64);

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        assert!(bytes.iter().all(|byte| *byte == 0x25));
        self.0 += u64::try_from(bytes.len()).unwrap();
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn peak_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[test]
fn files_must_have_the_size_they_came_with() {
    let space = TestSpace::new();
    let row = an_item("a file");
    space.vault.write(|tx| item::insert(tx, &row)).unwrap();
    let new = NewVersion { item: row.id, no: 1, added_at: UnixTime(1), mime: "text/plain", name: "" };
    let insert = |size: u64, bytes: &[u8]| {
        let mut bytes = bytes;
        space.vault.write(|tx| version::insert_file(tx, &new, size, &mut bytes, &OsRandom).map(drop))
    };
    assert_eq!(insert(5, b"1234"), Err(VaultError::SizeDiffers));
    assert_eq!(insert(5, b"123456"), Err(VaultError::SizeDiffers));
    assert_eq!(insert(version::MAX_FILE_BYTES + 1, b""), Err(VaultError::TooLarge));
    insert(5, b"12345").unwrap();
    let kept = space.vault.read(|read| version::find(read, &row.id, 1)).unwrap().unwrap();
    let mut out = Vec::new();
    space.vault.read(|read| version::copy_file(read, &kept, &mut out)).unwrap();
    assert_eq!(out, b"12345");
    let seal = chop_formats::file_seal::seal_file(&kept.file_salt.unwrap(), "text/plain", b"12345").unwrap();
    assert_eq!(kept.file_seal, Some(seal));
}

#[test]
fn row_32_a_changed_cut_swapped_or_moved_row_is_found() {
    let space = TestSpace::new();
    let (a, b) = (an_item("one"), an_item("two"));
    space
        .vault
        .write(|tx| {
            for row in [&a, &b] {
                item::insert(tx, row)?;
                let new =
                    NewVersion { item: row.id, no: 1, added_at: UnixTime(1), mime: "text/plain", name: "" };
                version::insert(tx, &new, row.title.as_bytes(), &OsRandom)?;
                let new = NewVersion { no: 2, ..new };
                version::insert_file(tx, &new, 4, &mut &b"file"[..], &OsRandom)?;
            }
            for text in ["first", "second", "third"] {
                log::append(tx, text.as_bytes(), &OsRandom)?;
            }
            Ok::<_, VaultError>(())
        })
        .unwrap();
    let truth = facts_of(&space.vault).unwrap();
    space.vault.lock();
    // (statement that a stranger with the key runs, who notices)
    let seen_in_facts = [
        "UPDATE item SET title = 'One' WHERE title = 'one'",
        "UPDATE item SET row = 77 WHERE row = 1",
        "UPDATE version SET body = (SELECT body FROM version WHERE body IS NOT NULL ORDER BY item LIMIT 1)
            WHERE body IS NOT NULL",
        "DELETE FROM version WHERE no = 2",
    ];
    let seen_in_bodies = [
        "UPDATE log SET body = (SELECT body FROM log WHERE seq = 1) WHERE seq = 0",
        "UPDATE log SET leaf = (SELECT leaf FROM log WHERE seq = 1) WHERE seq = 0",
        "UPDATE keyring SET salt = (SELECT salt FROM keyring WHERE seq = 1) WHERE seq = 0",
        "DELETE FROM keyring WHERE seq = 0",
        "UPDATE log SET body = NULL WHERE seq = 0",
        "DELETE FROM chunk",
        "UPDATE chunk SET bytes = (SELECT bytes FROM chunk ORDER BY item LIMIT 1)",
        "UPDATE chunk SET part = part + 1",
    ];
    let seen_in_hashes =
        ["DELETE FROM tile", "UPDATE tile SET hashes = hashes || x'00'", "DELETE FROM log WHERE seq = 2"];
    for statement in seen_in_facts.iter().chain(&seen_in_bodies).chain(&seen_in_hashes) {
        let copy = copied(&space);
        common::raw_in(copy.path(), &space.key)
            .execute_batch(&format!("PRAGMA ignore_check_constraints = 1; {}", loose(statement)))
            .unwrap();
        let vault = Vault::open(copy.path(), Unlock::Key(&space.key)).unwrap();
        let noticed = match statement {
            s if seen_in_facts.contains(s) => facts_of(&vault).as_ref() != Ok(&truth),
            s if seen_in_bodies.contains(s) => bodies_of(&vault, &[a.id, b.id]).is_err(),
            _ => !vault.read(log::hashes_are_complete).unwrap(),
        };
        assert!(noticed, "{statement}");
    }
    bodies_of(&space.reopen().vault, &[a.id, b.id]).unwrap();
}

/// `||` makes text of bytes, which a strict table refuses.
fn loose(statement: &str) -> String {
    statement.replace("hashes || x'00'", "CAST(hashes || x'00' AS BLOB)")
}

fn facts_of(vault: &Vault) -> Result<Vec<chop_vault::Fact>, VaultError> {
    let mut found = Vec::new();
    vault.read(|read| {
        facts::for_each(read, &mut |fact| {
            found.push(fact);
            Ok(())
        })
    })?;
    Ok(found)
}

fn bodies_of(vault: &Vault, items: &[Id]) -> Result<(), VaultError> {
    vault.read(|read| {
        for seq in 0..log::size(read)? {
            log::entry(read, seq)?.ok_or(VaultError::BadRow)?;
        }
        for item in items {
            for row in version::of_item(read, item)? {
                match row.is_file() {
                    true => version::copy_file(read, &row, &mut Vec::new())?,
                    false => version::open_body(&row).map(drop)?,
                }
            }
        }
        Ok(())
    })
}

/// A copy of a closed space's files.
fn copied(space: &TestSpace) -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    for name in ["space.json", "space.json.bak", "vault.db"] {
        std::fs::copy(space.folder.join(name), copy.path().join(name)).unwrap();
    }
    copy
}
