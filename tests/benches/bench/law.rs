//! Law and catalogue as data: a number checked, a grant judged, everything loaded cold. The reference is
//! not another program's time but what issue 4 allows.

use std::error::Error;
use std::hint::black_box;

use chop_catalog::numbers::{NumberKind, check};
use chop_catalog::{BUILT_IN, Catalog};
use chop_model::{Jurisdiction, UnixTime};
use chop_policy::{ClaimFact, Facts, Pack, Route, assess};

use crate::Rows;
use crate::measure::{median, time};
use crate::report::Row;

/// The slowest kind of number, the slowest grant, and the catalogue with the rules read from their text.
pub(crate) fn rows() -> Rows {
    // Nothing of either was read in this process before.
    let first = time(1, &mut || drop(black_box(load())));
    let pack = load()?;
    let again = median_of(1, || drop(black_box(load())));
    let numbers = NUMBERS.map(|(kind, number)| median_of(1_000, || drop(black_box(check(kind, number, AT)))));
    let grants = grants()?;
    let judged = grants.iter().map(|facts| median_of(100, || drop(black_box(assess(&pack, facts)))));
    Ok(vec![
        Row::new("check a number, the slowest kind | limit", slowest(numbers), 2.0, 1.0, "us"),
        Row::new("judge a grant by all rules, the slowest | limit", slowest(judged), 100.0, 1.0, "us"),
        Row::new("load catalogue and rules, first time | limit", first / 1e3, 20.0, 1.0, "ms"),
        Row::new("load catalogue and rules again | limit", again / 1e3, 20.0, 1.0, "ms"),
    ])
}

/// What a wallet judges by, from the text that it comes in; a process reads it once and keeps it.
fn load() -> Result<Pack, Box<dyn Error>> {
    let none = Catalog::default();
    let catalog = BUILT_IN.iter().try_fold(none, |catalog, (_, text)| catalog.with(Catalog::read(text)?))?;
    Ok(Pack::read(Pack::BUILT_IN)?.with_catalog(&catalog))
}

/// One grant for each route, carried by the person and sent by an organisation, with eight claims.
fn grants() -> Result<Vec<Facts>, Box<dyn Error>> {
    let mut grants = Vec::new();
    for text in [CARRIED.to_owned(), [CARRIED, SENT].concat()] {
        for (from, to) in PLACES.iter().flat_map(|from| PLACES.map(|to| (*from, to))) {
            let mut facts = Facts::read(&text)?;
            facts.route = Route { from, to };
            facts.terms.jurisdiction = to;
            facts.claims = CLAIMS.map(|(vct, key)| ClaimFact::value(vct, vec![key.into()])).into();
            grants.push(facts);
        }
    }
    Ok(grants)
}

fn median_of(batch: u32, mut work: impl FnMut()) -> f64 {
    let mut times: Vec<f64> = (0..ROUNDS).map(|_| time(batch, &mut work)).collect();
    median(&mut times)
}

fn slowest(times: impl IntoIterator<Item = f64>) -> f64 {
    times.into_iter().fold(0.0, f64::max)
}

const AT: Option<UnixTime> = Some(UnixTime(1_795_219_200));
const ROUNDS: usize = 101;
const CARRIED: &str = include_str!("../../../core/policy/tests/cases/base.toml");
const SENT: &str = include_str!("../../../core/policy/tests/cases/c2c.toml");
const PLACES: [Jurisdiction; 3] = [Jurisdiction::Cn, Jurisdiction::Hk, Jurisdiction::Mo];
const CLAIMS: [(&str, &str); 8] = [
    ("urn:chop:ips:1", "48765-2"),
    ("urn:chop:ips:1", "10160-0"),
    ("urn:chop:cn.resident_id:1", "name"),
    ("urn:chop:cn.resident_id:1", "id_number"),
    ("urn:chop:cn.resident_id:1", "birth_date"),
    ("urn:chop:cn.resident_id:1", "address"),
    ("urn:chop:transcript:1", "gpa"),
    ("urn:chop:hk.hkid_like:1", "name_en"),
];
const NUMBERS: [(NumberKind, &str); 7] = [
    (NumberKind::Rid, "44000019900101001X"),
    (NumberKind::Rid, "４４００００１９９００１０１００１Ｘ"),
    (NumberKind::Uscc, "91440300MA0000A00A"),
    (NumberKind::Hkid, "Z123456（1）"),
    (NumberKind::Ecert, "1.2.156.3005.2.114400000000000007001.114400000000000007.2026000001.001.V"),
    (NumberKind::Food, "JY24401000000009"),
    (
        NumberKind::Icao,
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F1204159ZE184226B<<<<<10",
    ),
];
