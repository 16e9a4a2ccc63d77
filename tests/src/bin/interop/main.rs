//! Our half of `make interop`: writes what others judge and judges what others wrote.
//!
//! `interop STEP FOLDER`; the other half and the order of steps are in `tests/interop/*/run.sh`.
//! Exit 0 when everything agreed, 1 with the first disagreement on standard error.

mod jose;
mod qr;
mod sd_jwt;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use serde_json::Value;

/// What a step ends with.
type Outcome = Result<String, Box<dyn Error>>;

#[expect(clippy::print_stderr, reason = "a tool for scripts: it says what it found")]
fn main() -> ExitCode {
    let mut words = env::args().skip(1);
    let (Some(step), Some(folder)) = (words.next(), words.next().map(PathBuf::from)) else {
        eprintln!("usage: interop STEP FOLDER");
        return ExitCode::from(2);
    };
    match run(&step, &folder) {
        Ok(said) => {
            eprintln!("{said}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{step}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(step: &str, folder: &Path) -> Outcome {
    fs::create_dir_all(folder)?;
    match step {
        "qr-draw" => qr::draw(folder),
        "qr-photograph" => qr::photograph(folder),
        "qr-read" => qr::read(folder),
        "jose-answer" => jose::answer(folder),
        "jose-open" => jose::open(folder),
        "sd-jwt" => sd_jwt::answer(folder),
        _ => Err("no such step".into()),
    }
}

fn read_json(path: &Path) -> Result<Value, Box<dyn Error>> {
    Ok(serde_json::from_slice(&fs::read(path)?)?)
}

fn write_json(path: &Path, value: &Value) -> Result<(), Box<dyn Error>> {
    Ok(fs::write(path, serde_json::to_vec_pretty(value)?)?)
}

/// A text member of an object that the other side wrote.
fn text<'a>(value: &'a Value, name: &str) -> Result<&'a str, Box<dyn Error>> {
    value[name].as_str().ok_or_else(|| format!("{name} is missing").into())
}

fn list<'a>(value: &'a Value, name: &str) -> Result<&'a [Value], Box<dyn Error>> {
    let list = value[name].as_array().ok_or_else(|| format!("{name} is missing"))?;
    // An empty list would be judged right without a single look.
    if list.is_empty() { Err(format!("{name} is empty").into()) } else { Ok(list) }
}
