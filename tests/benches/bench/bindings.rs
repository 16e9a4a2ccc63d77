//! Calls over the border to other languages. They are measured there, by `scripts/bench_bindings measure`;
//! the reference is what issue 7 allows.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::Rows;
use crate::report::Row;

/// What it found.
pub(crate) fn rows(folder: &Path) -> Rows {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scripts/bench_bindings");
    let status = Command::new(script).arg("measure").status()?;
    if !status.success() {
        return Err(Box::<dyn Error>::from(format!("scripts/bench_bindings measure: {status}")));
    }
    let measured: Vec<Value> = serde_json::from_slice(&fs::read(folder.join("rows.json"))?)?;
    measured.iter().map(row).collect()
}

fn row(measured: &Value) -> Result<Row, Box<dyn Error>> {
    let number = |name: &str| measured[name].as_f64().ok_or("rows.json: a number is missing");
    let name = measured["name"].as_str().ok_or("rows.json: a name is missing")?;
    let unit = UNITS.into_iter().find(|unit| measured["unit"] == *unit).ok_or("rows.json: another unit")?;
    Ok(Row::new(name, number("ours")?, number("limit")?, 1.0, unit))
}

const UNITS: [&str; 3] = ["us", "KiB", "MiB"];
