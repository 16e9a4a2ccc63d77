//! CHECKS.md beside a format: each duty has a bad file that is refused with the code written there, or
//! a test; each bad file has a duty.

use std::collections::BTreeSet;
use std::path::PathBuf;

use chop_model::Coded;

/// The code of a refusal, whatever the format's error type.
pub(crate) fn code_of<T, E: Coded>(verdict: Result<T, E>) -> Option<&'static str> {
    verdict.err().map(|error| error.code())
}

/// Goes through `src/<format>/CHECKS.md` and `testdata/<format>/bad`, and hands each bad file to `judge`, which
/// says with which code it is refused, or nothing when it is accepted.
pub(crate) fn hold(format: &str, judge: impl Fn(&[u8]) -> Option<&'static str>) {
    let table = std::fs::read_to_string(manifest().join("src").join(format).join("CHECKS.md")).unwrap();
    let folder = manifest().join("testdata").join(format).join("bad");
    let mut unlisted: BTreeSet<String> =
        std::fs::read_dir(&folder).unwrap().map(|f| f.unwrap().file_name().into_string().unwrap()).collect();
    let sources = sources();
    let mut faults = Vec::new();
    let mut rows = 0;
    for row in table.lines().filter(|line| line.starts_with('|')).skip(2) {
        rows += 1;
        let proof = row.trim_end_matches('|').rsplit('|').next().unwrap().trim();
        let id = row.split('|').nth(1).unwrap().trim();
        let mut proofs = 0;
        for word in proof.split('`').skip(1).step_by(2) {
            proofs += 1;
            let (name, expected) = word.split_once(' ').unwrap_or((word, ""));
            if let Some(file) = name.strip_prefix("bad/") {
                let Ok(bytes) = std::fs::read(folder.join(file)) else {
                    faults.push(format!("{id}: no file {name}"));
                    continue;
                };
                unlisted.remove(file);
                let code = judge(&bytes);
                if code != Some(expected) {
                    faults.push(format!("{id}: {name} gives {code:?} instead of {expected}"));
                }
            } else if !sources.contains(&format!("fn {name}(")) {
                faults.push(format!("{id}: no test {name}"));
            }
        }
        let reasoned = proof.strip_prefix("not applicable:").is_some_and(|reason| reason.trim().len() > 10);
        if proofs == 0 && !reasoned {
            faults.push(format!("{id}: neither vector nor test nor reason"));
        }
    }
    assert!(rows > 0, "no table in {format}/CHECKS.md");
    assert!(faults.is_empty(), "{format}:\n{}", faults.join("\n"));
    assert!(unlisted.is_empty(), "{format}: bad files without a duty: {unlisted:?}");
}

/// The folder of this package.
pub(crate) fn manifest() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn sources() -> String {
    let mut all = String::new();
    let mut folders = vec![manifest().join("src"), manifest().join("tests")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                all.push_str(&std::fs::read_to_string(path).unwrap());
            }
        }
    }
    all
}
