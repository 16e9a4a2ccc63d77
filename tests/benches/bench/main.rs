//! `make bench`: our work beside the same work done by the bare library, in one run.
//!
//! Rounds are interleaved, so that a busy machine slows both; what is told is the median. Rows and their
//! limits are in one table here; references are in `reference/` and know nothing of this house.

mod bindings;
mod clients;
mod credential;
mod desktop;
mod law;
mod measure;
mod picture;
mod reference;
mod relay;
mod report;
mod space;

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;
use std::{env, fs};

use report::Row;

/// What a group of rows gives.
type Rows = Result<Vec<Row>, Box<dyn Error>>;

#[expect(clippy::print_stderr, reason = "a tool for people: it says what it measures")]
#[expect(clippy::print_stdout, reason = "a tool for people: the table is its output")]
fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).filter(|word| word != "--bench").collect();
    if let [step, rest @ ..] = words.as_slice()
        && step == "peak-memory"
    {
        return space::peak_memory(rest);
    }
    if let [step, rest @ ..] = words.as_slice()
        && step == "fill"
    {
        return desktop::fill(rest);
    }
    if words == ["empty-posts"] {
        return reference::axum::serve();
    }
    let [folder, python, peer, relay, window, wanted @ ..] = words.as_slice() else {
        eprintln!("usage: bench FOLDER PYTHON PEER RELAY WINDOW [GROUP…]");
        return ExitCode::from(2);
    };
    let [folder, python, peer, relay, window] = [folder, python, peer, relay, window].map(PathBuf::from);
    if let Err(error) = fs::create_dir_all(&folder) {
        eprintln!("{}: {error}", folder.display());
        return ExitCode::FAILURE;
    }
    let groups: [(&str, &dyn Fn() -> Rows); 7] = [
        ("credentials", &|| credential::rows(&peer)),
        ("law", &law::rows),
        ("picture", &|| picture::rows(&python)),
        ("space", &|| space::rows(&folder)),
        ("relay", &|| relay::rows(&relay, &folder)),
        ("bindings", &|| bindings::rows(&folder.with_file_name("bindings").join("bench"))),
        ("desktop", &|| desktop::rows(&window, &folder)),
    ];
    let mut rows = Vec::new();
    for (name, group) in groups {
        if !wanted.is_empty() && !wanted.iter().any(|word| word == name) {
            continue;
        }
        eprintln!("measuring {name}");
        match group() {
            Ok(measured) => rows.extend(measured),
            Err(error) => {
                eprintln!("{name}: {error}");
                return ExitCode::FAILURE;
            }
        }
    }
    print!("{}", report::table(&rows));
    match report::write(&folder.join("report.json"), &rows) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("report.json: {error}");
            ExitCode::FAILURE
        }
    }
}
