//! Holds the pages of `core/docs` to the code: links lead somewhere, no table of duties is left out, and
//! every row of the attack list that `threats.md` speaks of has a test that carries its number.

#![cfg(test)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The rows that the first walk owes, by the list of attacks.
const OWED: [u32; 31] = [
    1, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 24, 25, 26, 28, 29, 30, 31, 32, 36, 37, 38, 39, 41, 42, 43,
    44, 45, 49, 50, 52,
];

#[test]
fn every_link_of_the_docs_leads_to_a_file() {
    for page in files(&root().join("core/docs"), "md") {
        let text = fs::read_to_string(&page).expect("a page");
        for link in text.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next()) {
            let target = page.parent().expect("a folder").join(link);
            let is_elsewhere = link.is_empty() || link.starts_with("http");
            assert!(is_elsewhere || target.exists(), "{}: {link}", page.display());
        }
    }
}

#[test]
fn formats_md_names_every_table_of_duties() {
    let page = fs::read_to_string(root().join("core/docs/formats.md")).expect("formats.md");
    for checks in files(&root().join("core"), "md").iter().filter(|path| path.ends_with("CHECKS.md")) {
        let from_docs = checks.strip_prefix(root().join("core")).expect("inside core");
        let link = format!("(../{})", from_docs.display());
        assert!(page.contains(&link), "formats.md does not link {link}");
    }
}

#[test]
fn every_owed_row_is_on_the_page_of_threats_and_has_a_test() {
    let (page, tests) = (rows_of_the_page(), rows_of_the_tests());
    let unwritten: Vec<_> = BTreeSet::from(OWED).difference(&page).copied().collect();
    assert!(unwritten.is_empty(), "threats.md says nothing about {unwritten:?}");
    let unshown: Vec<_> = page.difference(&tests).collect();
    assert!(unshown.is_empty(), "no test row_NN_… for {unshown:?}");
    let unexplained: Vec<_> = tests.difference(&page).collect();
    assert!(unexplained.is_empty(), "threats.md says nothing about the tested rows {unexplained:?}");
}

fn rows_of_the_page() -> BTreeSet<u32> {
    let page = fs::read_to_string(root().join("core/docs/threats.md")).expect("threats.md");
    page.lines().filter_map(|line| line.strip_prefix("| ")?.split(' ').next()?.parse().ok()).collect()
}

/// The numbers of all tests that stand as `fn row_NN_…` in a source.
fn rows_of_the_tests() -> BTreeSet<u32> {
    let sources = ["core", "tests", "app"].iter().flat_map(|top| files(&root().join(top), "rs"));
    let number = |rest: &str| rest.split('_').next()?.parse::<u32>().ok();
    sources
        .flat_map(|path| {
            let text = fs::read_to_string(path).expect("a source");
            text.split("fn row_").skip(1).filter_map(number).collect::<Vec<_>>()
        })
        .collect()
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() && !path.ends_with("node_modules") {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|e| e == extension) {
            found.push(path);
        }
    }
    found
}

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}
