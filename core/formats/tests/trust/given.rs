//! What the tests are given: files of ours, vectors of others.

use std::path::PathBuf;

use chop_model::Coded;

/// The code of a refusal, whatever the format's error type.
pub(crate) fn code_of<T, E: Coded>(verdict: Result<T, E>) -> Option<&'static str> {
    verdict.err().map(|error| error.code())
}

/// The text of a file under `testdata`.
pub(crate) fn testdata(path: &str) -> String {
    std::fs::read_to_string(testdata_path(path)).unwrap()
}

/// Writes a file under `testdata`.
pub(crate) fn write_testdata(path: &str, text: &str) {
    let path = testdata_path(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// A folder of the vectors that nobody here wrote, beside the clone. Missing, it is said aloud, and is
/// an error where `CI` is set.
#[expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "a test on a machine without the vectors"
)]
pub(crate) fn shared_vectors(folder: &str) -> Option<PathBuf> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/vectors").join(folder);
    if path.is_dir() {
        return Some(path);
    }
    assert!(std::env::var_os("CI").is_none(), "{folder}: the shared vectors are missing");
    eprintln!("SKIPPED: {folder}: the shared vectors are missing");
    None
}

fn testdata_path(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("testdata").join(path)
}
