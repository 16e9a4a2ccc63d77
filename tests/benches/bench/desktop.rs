//! The window's rows. They are measured in the window itself (`ui/e2e/measure`), beside an empty one of the same
//! Tauri in the same run; here they join the table, and the space that they are measured over is filled.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fs};

use chop_crypto::SecretBytes;
use chop_vault::table::item::Shelf;
use chop_vault::{Unlock, Vault};
use serde::Deserialize;

use crate::Rows;
use crate::report::Row;
use crate::space::fixture;

/// What the other side writes of one row.
#[derive(Deserialize)]
struct Told {
    name: String,
    ours: f64,
    reference: f64,
    limit: f64,
    unit: String,
}

/// Runs `measure`, which writes its rows, and adds how large the binary is.
pub(crate) fn rows(measure: &Path, folder: &Path) -> Rows {
    let told = folder.canonicalize()?.join("desktop.json");
    if told.exists() {
        fs::remove_file(&told)?;
    }
    let ran = Command::new(measure).arg(&told).arg(env::current_exe()?).status()?;
    if !told.exists() {
        return Err(format!("{} measured nothing: {ran}", measure.display()).into());
    }
    let told: Vec<Told> = serde_json::from_slice(&fs::read(&told)?)?;
    let mut rows: Vec<Row> = told.into_iter().map(Row::from).collect();
    let binary = folder.with_file_name("shipped").join("chop-desktop");
    let size = fs::metadata(binary)?.len() as f64 / f64::from(1 << 20);
    rows.push(Row::new("binary of the desktop | 25 MiB", size, 25.0, 1.0, "MiB"));
    if ran.success() {
        Ok(rows)
    } else {
        Err(format!("the window was not measured to its end: {ran}").into())
    }
}

impl From<Told> for Row {
    fn from(Told { name, ours, reference, limit, unit }: Told) -> Self {
        let unit = if unit == "MiB" { "MiB" } else { "ms" };
        Self::new(&name, ours, reference, limit, unit)
    }
}

/// `fill SPACE PASSPHRASE COUNT`: puts so many cards on the first shelf of a space that is there.
#[expect(clippy::print_stderr, reason = "the parent reads it")]
pub(crate) fn fill(words: &[String]) -> ExitCode {
    match filled(words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn filled(words: &[String]) -> Result<(), Box<dyn Error>> {
    let [space, passphrase, count] = words else { return Err("fill SPACE PASSPHRASE COUNT".into()) };
    let passphrase = SecretBytes::new(passphrase.clone().into_bytes());
    let vault = Vault::open(&PathBuf::from(space), Unlock::Passphrase(passphrase))?;
    Ok(fixture::fill(&vault, count.parse()?, |_| Shelf::Credential)?)
}
