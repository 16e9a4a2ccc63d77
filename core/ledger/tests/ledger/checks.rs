//! Every duty in CHECKS.md has a test or a bad file, and every bad file has a duty.

use crate::notes::files;

#[test]
fn every_duty_is_tested() {
    let checks = include_str!("../../CHECKS.md");
    let sources = [
        include_str!("trees.rs"),
        include_str!("notes.rs"),
        include_str!("vectors.rs"),
        include_str!("../../src/tree.rs"),
    ];
    let bad = files("bad");
    let mut unlisted: Vec<String> = bad.keys().cloned().collect();
    let mut rows = 0;
    for row in checks.lines().filter(|line| line.starts_with("| L")) {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        assert_eq!(cells.len(), 4, "{row}");
        rows += 1;
        assert!(!cells[3].is_empty(), "{row}");
        for evidence in cells[3].split(", ") {
            if let Some(reason) = evidence.strip_prefix("not applicable: ") {
                assert!(!reason.is_empty(), "{row}");
            } else if let Some(file) = evidence.strip_prefix("bad/") {
                assert!(bad.contains_key(file), "{file} of {row}");
                unlisted.retain(|name| name != file);
            } else {
                let function = format!("fn {evidence}(");
                assert!(sources.iter().any(|source| source.contains(&function)), "{evidence} of {row}");
            }
        }
    }
    assert!(rows >= 25, "{rows} duties");
    assert_eq!(unlisted, Vec::<String>::new(), "bad files without a duty");
}
