//! The table for people, `report.json` for machines.

use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};

use serde_json::json;

use crate::measure::Medians;

/// One line of the table.
pub(crate) struct Row {
    name: String,
    ours: f64,
    reference: f64,
    limit: f64,
    unit: &'static str,
}

impl Row {
    /// A row whose ratio to the reference has a limit.
    pub(crate) fn new(name: &str, ours: f64, reference: f64, limit: f64, unit: &'static str) -> Self {
        Self { name: name.to_owned(), ours, reference, limit, unit }
    }

    /// A row from interleaved rounds, in microseconds.
    pub(crate) fn of(name: &str, medians: &Medians, limit: f64) -> Self {
        Self::new(name, medians.ours, medians.reference, limit, "us")
    }

    fn ratio(&self) -> f64 {
        self.ours / self.reference
    }

    fn is_over(&self) -> bool {
        // A ratio that is no number is over.
        self.ratio().is_nan() || self.ratio() > self.limit
    }
}

/// Name, ours, reference, ratio, limit; what is over its limit says so.
pub(crate) fn table(rows: &[Row]) -> String {
    let mut table = format!(
        "{:<64} {:>11} {:>11} {:>4} {:>6} {:>6}\n",
        "work", "ours", "reference", "unit", "ratio", "limit"
    );
    for row in rows {
        let mark = if row.is_over() { "  OVER" } else { "" };
        let _ = writeln!(
            table,
            "{:<64} {:>11.2} {:>11.2} {:>4} {:>6.2} {:>6.2}{mark}",
            row.name,
            row.ours,
            row.reference,
            row.unit,
            row.ratio(),
            row.limit
        );
    }
    table
}

/// A list of objects `name`, `ours`, `reference`, `ratio`, `limit`, `unit`.
pub(crate) fn write(path: &Path, rows: &[Row]) -> io::Result<()> {
    let rows: Vec<_> = rows
        .iter()
        .map(|row| {
            json!({
                "name": row.name, "ours": row.ours, "reference": row.reference,
                "ratio": row.ratio(), "limit": row.limit, "unit": row.unit,
            })
        })
        .collect();
    fs::write(path, serde_json::to_vec_pretty(&rows)?)
}
