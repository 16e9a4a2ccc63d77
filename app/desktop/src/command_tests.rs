//! What holds for every command: none waits on the window's own thread, and each stands in the list of build.rs.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// A command on the window's own thread would stop everything on the screen while it runs. `(async)` puts it on
/// one of `workers.rs`.
#[test]
fn no_command_runs_on_the_thread_of_the_window() {
    let on_it: Vec<String> =
        attributed().into_iter().filter(|(is_aside, _)| !is_aside).map(|(_, f)| f).collect();
    assert!(on_it.is_empty(), "these want `#[tauri::command(async)]`: {on_it:?}");
}

#[test]
fn the_lists_of_build_and_app_name_every_command_and_nothing_else() {
    let written: BTreeSet<String> = attributed().into_iter().map(|(_, name)| name).collect();
    let build = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("build.rs"));
    let listed: BTreeSet<String> = build
        .lines()
        .filter_map(|line| line.trim().strip_prefix('"')?.strip_suffix("\","))
        .map(str::to_owned)
        .collect();
    assert_eq!(listed, written);
    let app = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/app.rs"));
    let handled = app.lines().filter_map(|line| line.trim().strip_prefix("commands::")?.strip_suffix(','));
    let handled: BTreeSet<String> =
        handled.filter_map(|path| path.split("::").last()).map(str::to_owned).collect();
    assert_eq!(handled, written);
    assert!(written.len() > 100);
}

/// Every command: whether it runs beside the window's thread, and its name.
fn attributed() -> Vec<(bool, String)> {
    let sources = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/commands")).unwrap();
    let texts = sources.map(|source| read(&source.unwrap().path()));
    texts.flat_map(|text| text.split("#[tauri::command").skip(1).map(command).collect::<Vec<_>>()).collect()
}

/// What stands after the attribute's name.
fn command(rest: &str) -> (bool, String) {
    let (before, after) = rest.split_once("fn ").unwrap();
    let name = after.split(['(', '<']).next().unwrap().trim().to_owned();
    (before.starts_with("(async)") || before.ends_with("async "), name)
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}
