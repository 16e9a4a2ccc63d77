//! The floors of the house: which of our packages may use which, and in whose room a foreign crate lives.
//!
//! ```text
//! floor 6   chop-cli   chop-desktop   chop-relay   chop-bindings   chop-tests
//! floor 5   chop-transport              the one that opens sockets (4½ on the plan of the house)
//!           chop-samples                demo authorities, made on the spot
//! floor 4   chop-core
//! floor 3   chop-vault
//! floor 2   chop-formats   chop-catalog   chop-policy
//! floor 1   chop-model   chop-ledger
//! floor 0   chop-crypto
//! ```
//! Arrows go down only. A new arrow or a new room is a change of this table and a decision record.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package};

/// Package, floor, and what it may use of ours outside its tests.
const ARROWS: &[(&str, u8, &[&str])] = &[
    ("chop-crypto", 0, &[]),
    ("chop-model", 1, &["chop-crypto"]),
    ("chop-ledger", 1, &["chop-crypto", "chop-model"]),
    ("chop-formats", 2, &["chop-crypto", "chop-model", "chop-ledger"]),
    ("chop-catalog", 2, &["chop-model"]),
    // The least set of a purpose and the class of a field are the catalogue's.
    ("chop-policy", 2, &["chop-model", "chop-catalog"]),
    // The sealed bundle of a backup and the file seal are wire forms.
    ("chop-vault", 3, &["chop-crypto", "chop-model", "chop-ledger", "chop-formats"]),
    (
        "chop-core",
        4,
        &[
            "chop-crypto",
            "chop-model",
            "chop-ledger",
            "chop-formats",
            "chop-catalog",
            "chop-policy",
            "chop-vault",
        ],
    ),
    ("chop-transport", 5, &["chop-core"]),
    // Demo authorities: what demos and the sample space play with.
    ("chop-samples", 5, &["chop-core"]),
    ("chop-cli", 6, &["chop-core", "chop-transport", "chop-samples"]),
    ("chop-desktop", 6, &["chop-core", "chop-transport", "chop-samples"]),
    ("chop-bindings", 6, &["chop-core", "chop-transport"]),
    // It holds no wallet: only wire forms and a log of its own.
    ("chop-relay", 6, &["chop-crypto", "chop-model", "chop-ledger", "chop-formats"]),
    (
        "chop-tests",
        7,
        &[
            "chop-crypto",
            "chop-model",
            "chop-ledger",
            "chop-formats",
            "chop-policy",
            "chop-vault",
            "chop-catalog",
            "chop-core",
            "chop-transport",
            "chop-relay",
            "chop-cli",
        ],
    ),
];

/// Foreign crate and the packages that may name it outside their tests. The tests may name any.
const ROOMS: &[(&str, &[&str])] = &[
    ("ring", &["chop-crypto"]),
    ("p256", &["chop-crypto"]),
    ("argon2", &["chop-crypto"]),
    ("base64", &["chop-crypto"]),
    ("rustls-webpki", &["chop-formats"]),
    ("x509-parser", &["chop-formats"]),
    ("flate2", &["chop-formats"]),
    ("zip", &["chop-formats"]),
    // The relay's embedded store is unkeyed SQLite of the same build.
    ("rusqlite", &["chop-vault", "chop-relay"]),
    ("ureq", &["chop-transport"]),
    ("rustls", &["chop-transport", "chop-relay"]),
    ("webpki-roots", &["chop-transport", "chop-relay"]),
    ("axum", &["chop-relay", "chop-cli"]),
    ("tokio", &["chop-relay", "chop-cli", "chop-desktop"]),
    ("tokio-postgres", &["chop-relay"]),
    ("tokio-postgres-rustls", &["chop-relay"]),
    ("qrcode", &["chop-core"]),
    ("rxing", &["chop-core"]),
    ("image", &["chop-core"]),
    ("fluent-bundle", &["chop-core"]),
    ("clap", &["chop-cli", "chop-relay"]),
    ("uniffi", &["chop-bindings"]),
    ("rpassword", &["chop-cli"]),
    // The window, its dialogs and its clipboard.
    ("tauri", &["chop-desktop"]),
    ("tauri-build", &["chop-desktop"]),
    ("tauri-plugin-clipboard-manager", &["chop-desktop"]),
    ("tauri-plugin-deep-link", &["chop-desktop"]),
    ("tauri-plugin-dialog", &["chop-desktop"]),
    ("tauri-plugin-window-state", &["chop-desktop"]),
    ("interprocess", &["chop-desktop"]),
    ("keyring", &["chop-desktop"]),
    ("dbus", &["chop-desktop"]),
    ("x11rb", &["chop-desktop"]),
    ("ts-rs", &["chop-desktop"]),
    // Certificates are made for demos alone.
    ("rcgen", &["chop-samples"]),
];

/// Production lines a file may have: those before its tests.
const LINE_STOP: usize = 400;

/// The world comes in by the ports; only an edge may say these words.
const WORDS_OF_THE_WORLD: &[&str] =
    &["SystemTime", "Instant::", "std::env::", "env::var", "std::net::", "thread::sleep"];

#[test]
fn arrows_go_down_only() {
    for package in ours() {
        let (floor, allowed) = row(&package);
        for used in uses(&package).filter(|name| name.starts_with("chop-")) {
            assert!(allowed.contains(&used.as_str()), "{} may not use {used}", package.name);
            let below = ARROWS.iter().find(|(name, ..)| *name == used).map(|(_, floor, _)| *floor);
            assert!(
                below.is_some_and(|below| below <= floor),
                "{} uses {used}, which is above",
                package.name
            );
        }
    }
}

#[test]
fn every_package_has_a_floor_and_every_floor_a_package() {
    let named: BTreeSet<_> = ARROWS.iter().map(|(name, ..)| (*name).to_owned()).collect();
    let present: BTreeSet<_> = ours().iter().map(|package| package.name.to_string()).collect();
    assert_eq!(named, present);
}

#[test]
fn foreign_crates_stay_in_their_rooms() {
    for package in ours().iter().filter(|package| package.name != "chop-tests") {
        for used in uses(package) {
            let Some((_, rooms)) = ROOMS.iter().find(|(name, _)| *name == used) else { continue };
            assert!(rooms.contains(&package.name.as_str()), "{used} has no room in {}", package.name);
        }
    }
}

#[test]
fn third_party_versions_are_written_out() {
    for package in ours() {
        for dependency in package.dependencies.iter().filter(|d| d.path.is_none()) {
            let wanted = dependency.req.to_string();
            assert!(wanted.starts_with('='), "{}: {} {wanted}", package.name, dependency.name);
        }
    }
}

/// Cargo joins the features of all packages that are built together: a test's dependency that keeps the
/// order of keys would have every test run on other maps than the binaries do.
#[test]
fn objects_are_sorted_as_in_what_is_shipped() {
    let value = serde_json::json!({ "b": 1, "a": 2 });
    assert_eq!(value.to_string(), r#"{"a":2,"b":1}"#);
}

#[test]
fn no_file_passes_the_stop() {
    let long: Vec<_> = ours()
        .iter()
        .flat_map(|package| rust_files(&folder(package).join("src")))
        .filter(|file| !is_test(file))
        .map(|file| (production_lines(&read(&file)).count(), file))
        .filter(|(lines, _)| *lines > LINE_STOP)
        .collect();
    assert!(long.is_empty(), "files past {LINE_STOP} production lines: {long:?}");
}

#[test]
fn the_world_comes_in_by_the_ports() {
    let mut found = Vec::new();
    for package in ours().iter().filter(|package| row(package).0 <= 4) {
        for file in rust_files(&folder(package).join("src")).into_iter().filter(|file| !is_test(file)) {
            let text = read(&file);
            for line in production_lines(&text).filter(|line| !line.trim_start().starts_with("//")) {
                if WORDS_OF_THE_WORLD.iter().any(|word| line.contains(word)) {
                    found.push(format!("{}: {}", file.display(), line.trim()));
                }
            }
        }
    }
    assert!(found.is_empty(), "only edges read clock, environment and network:\n{}", found.join("\n"));
}

fn ours() -> Vec<Package> {
    metadata().packages
}

fn metadata() -> Metadata {
    // Without dependencies: nothing to resolve, so neither network nor lock file is needed.
    MetadataCommand::new()
        .manifest_path(concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml"))
        .no_deps()
        .exec()
        .expect("cargo metadata")
}

fn row(package: &Package) -> (u8, &'static [&'static str]) {
    let (_, floor, allowed) =
        ARROWS.iter().find(|(name, ..)| package.name == *name).expect("every package has a floor");
    (*floor, allowed)
}

/// What the package names outside its tests; build scripts count.
fn uses(package: &Package) -> impl Iterator<Item = String> {
    package.dependencies.iter().filter(|d| d.kind != DependencyKind::Development).map(|d| d.name.clone())
}

fn folder(package: &Package) -> PathBuf {
    package.manifest_path.parent().expect("a manifest lies in a folder").into()
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a source folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            files.push(path);
        }
    }
    files
}

fn is_test(file: &Path) -> bool {
    let stem = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    stem == "tests" || stem.ends_with("_tests")
}

fn production_lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().take_while(|line| !line.starts_with("#[cfg(test)]"))
}

fn read(file: &Path) -> String {
    fs::read_to_string(file).expect("a source file")
}
