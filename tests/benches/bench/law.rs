//! The law: packs read cold, one grant against all rules. The reference is the limit of time itself.

use std::hint::black_box;

use chop_core::plumbing::catalog::Catalog;
use chop_policy::{Facts, Pack, assess};

use crate::Rows;
use crate::measure::{median, time};
use crate::report::Row;

/// Two rows, each against its limit in microseconds.
pub(crate) fn rows() -> Rows {
    let pack = whole()?;
    let mut facts = Facts::read(FACTS)?;
    // On this route most rules apply, and one finds something and words it.
    facts.terms.retention.days = 3_650;
    let mut reading: Vec<f64> = (0..ROUNDS).map(|_| time(1, &mut || drop(black_box(whole())))).collect();
    let assess_once = &mut || drop(black_box(assess(&pack, black_box(&facts))));
    let mut assessing: Vec<f64> = (0..ROUNDS).map(|_| time(BATCH, assess_once)).collect();
    Ok(vec![
        Row::new("read rule packs and catalogue | at most 20 ms", median(&mut reading), 20_000.0, 1.0, "us"),
        Row::new(
            "assess one grant against all rules | at most 100 us",
            median(&mut assessing),
            100.0,
            1.0,
            "us",
        ),
    ])
}

fn whole() -> Result<Pack, Box<dyn std::error::Error>> {
    Ok(Pack::built_in()?.with_catalog(&Catalog::built_in()?))
}

const FACTS: &str = include_str!("../../../core/policy/tests/cases/base.toml");
const ROUNDS: usize = 51;
const BATCH: u32 = 200;
