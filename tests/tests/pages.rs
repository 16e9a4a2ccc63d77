//! Holds the pages of `core/docs` to the code: links lead somewhere, no table of duties is left out, and
//! every row of the attack list that `threats.md` speaks of has a test that carries its number; so has every
//! row of the list of mechanisms that `rows.md` owes.

#![cfg(test)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The rows that the walk and offers over the air owe, by the list of attacks.
const OWED: [u32; 51] = [
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28,
    29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52,
];

/// The CORE rows of the list of mechanisms.
const CORE: [u32; 47] = [
    1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 17, 31, 33, 34, 36, 37, 39, 40, 41, 44, 46, 47, 58, 62, 65, 67, 68, 73,
    74, 75, 77, 81, 82, 86, 87, 89, 94, 108, 111, 112, 113, 114, 115, 116, 119, 123, 124,
];

/// Those of the list of mechanisms that need a test of their own name.
const OWED_GBA: [u32; 20] =
    [8, 12, 17, 39, 40, 41, 44, 58, 68, 77, 81, 82, 89, 94, 108, 111, 112, 113, 115, 119];

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

/// Each owed row has a test of its name, and a test that a line names is there.
#[test]
fn every_owed_gba_row_has_a_test() {
    let page = fs::read_to_string(root().join("core/docs/rows.md")).expect("rows.md");
    let core: Vec<_> = page.lines().filter_map(|line| Some((number(line)?, line))).collect();
    let named: Vec<_> = core.iter().map(|(row, _)| *row).collect();
    assert_eq!(named, CORE, "rows.md has one line for each CORE row, in order");
    let tests = names_of_the_tests();
    for (row, line) in core {
        let prefix = format!("gba_row_{row:02}_");
        let is_shown = tests.iter().any(|test| test.starts_with(&prefix));
        assert!(is_shown || !OWED_GBA.contains(&row), "no test gba_row_NN_… for row {row}");
        let words = line.split('`').filter(|word| word.len() > 20 && word.contains('_'));
        for test in words.filter(|word| !word.contains(['/', ' ', '.'])) {
            assert!(tests.contains(test), "row {row} names {test}, which is no test");
        }
    }
}

/// The table of faults names no test that is not there.
#[test]
fn every_test_that_the_table_of_faults_names_is_there() {
    let page = fs::read_to_string(root().join("app/relay/docs/faults.md")).expect("faults.md");
    let tests = names_of_the_tests();
    let named: BTreeSet<_> =
        page.split('`').filter(|word| word.len() > 20 && word.matches('_').count() > 2).collect();
    assert!(named.len() > 40, "{}", named.len());
    for test in named {
        // `…_on_postgres` continues the name before it.
        let is_there = tests.iter().any(|name| name == test || test.starts_with('…'));
        assert!(is_there, "{test} is no test");
    }
}

/// The number that a line of a table of rows begins with.
fn number(line: &str) -> Option<u32> {
    line.strip_prefix("| ")?.split(' ').next()?.parse().ok().filter(|_| line.matches(" | ").count() > 2)
}

/// The name of every function in every source.
fn names_of_the_tests() -> BTreeSet<String> {
    let sources = ["core", "tests", "app"].iter().flat_map(|top| files(&root().join(top), "rs"));
    let name = |rest: &str| rest.split('(').next().unwrap_or_default().to_owned();
    sources
        .flat_map(|path| {
            let text = fs::read_to_string(path).expect("a source");
            text.split("fn ").skip(1).map(name).collect::<Vec<_>>()
        })
        .collect()
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
