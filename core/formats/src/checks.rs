//! Holds a CHECKS.md, the bad files beside it and the code together.
//!
//! The last cell of a row is a list, separated by `;`, of
//! `bad/NAME = CODE` (the file must be refused with this code), `test NAME` (a test of that name
//! exists) and `not applicable: REASON`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Checks every row of `src/<format>/CHECKS.md`, and that every file in `testdata/<format>/bad` is
/// named there. `refusal` reads one bad file and gives the code of its refusal.
pub(crate) fn hold(format: &str, refusal: &dyn Fn(&[u8]) -> Option<&'static str>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let checks = fs::read_to_string(root.join("src").join(format).join("CHECKS.md")).expect("CHECKS.md");
    let bad = bad_dir(format);
    let sources = all_sources(&root.join("src")) + &all_sources(&root.join("tests"));
    let mut named = BTreeSet::new();
    for (id, evidence) in rows(&checks) {
        for item in evidence.split(';').map(str::trim) {
            if let Some((name, code)) = item.strip_prefix("bad/").and_then(|i| i.split_once(" = ")) {
                let bytes =
                    fs::read(bad.join(name)).unwrap_or_else(|_| panic!("{id}: bad/{name} is missing"));
                assert_eq!(refusal(&bytes), Some(code), "{id}: bad/{name}");
                named.insert(name.to_owned());
            } else if let Some(test) = item.strip_prefix("test ") {
                assert!(sources.contains(&format!("fn {test}(")), "{id}: no test named {test}");
            } else {
                let reason = item.strip_prefix("not applicable: ").unwrap_or("");
                assert!(reason.len() > 10, "{id}: a row needs a vector, a test or a reason: {item}");
            }
        }
    }
    let files: BTreeSet<_> = fs::read_dir(&bad)
        .expect("bad files")
        .map(|entry| entry.expect("entry").file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(files, named, "every bad file is named in CHECKS.md, and the reverse");
    assert!(named.len() >= 5);
}

/// Writes the bad files of `format` anew; called by ignored tests after a wire form has changed.
pub(crate) fn write_bad(format: &str, files: &[(&str, Vec<u8>)]) {
    let dir = bad_dir(format);
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(&dir).expect("folder");
    for (name, bytes) in files {
        fs::write(dir.join(name), bytes).expect("bad file");
    }
}

fn bad_dir(format: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata").join(format).join("bad")
}

/// `(id, evidence)` of each table row; every row has four cells and its own id.
fn rows(checks: &str) -> Vec<(String, String)> {
    let mut rows = Vec::new();
    for line in checks.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| id ")) {
        let cells: Vec<_> = line.trim_matches('|').split('|').map(str::trim).collect();
        assert_eq!(cells.len(), 4, "four cells: {line}");
        let id = cells[0].to_owned();
        assert!(rows.iter().all(|(other, _)| *other != id), "twice: {id}");
        rows.push((id, cells[3].replace('`', "")));
    }
    assert!(!rows.is_empty());
    rows
}

fn all_sources(dir: &Path) -> String {
    let mut all = String::new();
    for entry in fs::read_dir(dir).expect("sources") {
        let path = entry.expect("entry").path();
        if path.is_dir() {
            all += &all_sources(&path);
        } else if path.extension().is_some_and(|e| e == "rs") {
            all += &fs::read_to_string(path).expect("source");
        }
    }
    all
}
