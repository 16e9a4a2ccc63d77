//! Which rows of the attacks must have a test, and whether some test of the house carries each.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Rows whose attacks this walk is open to. The others come with carriers that have a relay or a link.
const ROWS: [u8; 35] = [
    1, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 24, 25, 26, 28, 29, 30, 31, 32, 33, 36, 37, 38, 39, 41, 42,
    43, 44, 45, 49, 50, 52, 21, 34, 35,
];

#[test]
fn every_row_of_this_walk_has_a_test() {
    let mut found = BTreeSet::new();
    let house = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for folder in ["core", "app", "tests"] {
        collect(&house.join(folder), &mut found);
    }
    let missing: Vec<_> = ROWS.iter().filter(|row| !found.contains(row)).collect();
    assert!(missing.is_empty(), "rows without a test: {missing:?}");
}

/// The numbers of every `fn row_NN_…` that stands under `#[test]`, in all sources below `folder`.
fn collect(folder: &Path, found: &mut BTreeSet<u8>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path: PathBuf = entry.unwrap().path();
        if path.is_dir() && path.file_name().is_some_and(|name| name != "target") {
            collect(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            found.extend(text.split("fn row_").skip(1).filter_map(|rest| rest.get(..2)?.parse::<u8>().ok()));
        }
    }
}
