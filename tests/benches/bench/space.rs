//! A space: spend and log, prove, open, and how much memory it takes.

pub(crate) mod fixture;

use std::error::Error;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fs};

use chop_crypto::{OsRandom, make_array};
use chop_ledger::inclusion_proof;
use chop_model::{Id, UnixTime};
use chop_vault::table::exchange::{self, Role};
use chop_vault::table::{item, log, ticket};
use chop_vault::{Unlock, Vault, VaultError, search};

use crate::Rows;
use crate::measure::{compare, median, percentile, time};
use crate::reference::sqlcipher::Bare;
use crate::report::Row;
use fixture::{Space, with_items, with_leaves};

/// Rows that need a space; their fixtures are made in `folder` anew.
pub(crate) fn rows(folder: &Path) -> Rows {
    let folder = folder.join("spaces");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let mut rows = vec![spending(&folder)?];
    rows.extend(proving(&folder)?);
    rows.extend(with_many_items(&folder)?);
    fs::remove_dir_all(&folder)?;
    Ok(rows)
}

/// A request is spent, the intent is logged and its ticket opened, in one durable transaction. The
/// reference writes as many bytes in two rows.
fn spending(folder: &Path) -> Result<Row, Box<dyn Error>> {
    let space = Space::create(&folder.join("spend"))?;
    let vault = space.open()?;
    let mut bare = Bare::create(&folder.join("bare.db"), EXCHANGE_BYTES, LOGGED_BYTES)?;
    let mut count = 0_u64;
    let medians = compare(
        SPEND_ROUNDS,
        || {
            count += 1;
            spend(&vault, &format!("nonce of 32 bytes, base64url, {count:011}")).expect("a spend");
        },
        || bare.write().expect("two rows"),
    );
    Ok(Row::of("spend + log row, durable | one SQLCipher transaction of the same bytes", &medians, 1.5))
}

fn spend(vault: &Vault, nonce: &str) -> Result<(), VaultError> {
    vault.write(|tx| {
        let row = exchange_of(nonce)?;
        exchange::insert(tx, &row)?;
        let seq = log::append(tx, &[7; ENTRY_BYTES], &OsRandom)?.seq;
        ticket::open(tx, seq, &row.id, 1).map(drop)
    })
}

fn exchange_of(nonce: &str) -> Result<exchange::Row, VaultError> {
    Ok(exchange::Row {
        id: Id::make(&OsRandom)?,
        role: Role::Holder,
        state: 1,
        client_id: "x509_hash:Uvo3HtuIxuhC92rShpgqcT3YXwrqRxWEviRiA0OZszk".to_owned(),
        nonce: nonce.to_owned(),
        peer_name: "Hospital Conde S. Januário 仁伯爵綜合醫院".to_owned(),
        purpose: "continuity-of-care".to_owned(),
        created_at: UnixTime(1_790_000_000),
        expires_at: UnixTime(1_790_000_300),
        updated_at: UnixTime(1_790_000_000),
    })
}

/// Twice: the first proof after opening, which is what a person asks for and finds no page in memory; and
/// proofs in a row, where the small tree lies in memory as a whole and the large one does not.
fn proving(folder: &Path) -> Result<[Row; 2], Box<dyn Error>> {
    let (large, small) =
        (with_leaves(&folder.join("large"), LARGE_TREE)?, with_leaves(&folder.join("small"), SMALL_TREE)?);
    let (mut of_large, mut of_small) = (Vec::new(), Vec::new());
    for _ in 0..OPEN_ROUNDS {
        of_large.push(first_proof(&large, LARGE_TREE)?);
        of_small.push(first_proof(&small, SMALL_TREE)?);
    }
    let (first_large, first_small) = (median(&mut of_large), median(&mut of_small));
    let (large, small) = (large.open()?, small.open()?);
    let in_a_row = compare(ROUNDS, || prove(&large, LARGE_TREE), || prove(&small, SMALL_TREE));
    Ok([
        Row::new(
            "inclusion proof at 2^20 leaves, first after opening | at 2^10",
            first_large,
            first_small,
            3.0,
            "us",
        ),
        Row::of("inclusion proof at 2^20 leaves, many in a row | at 2^10", &in_a_row, 3.0),
    ])
}

fn first_proof(space: &Space, size: u64) -> Result<f64, VaultError> {
    let vault = space.open()?;
    Ok(time(1, &mut || prove(&vault, size)))
}

/// A proof for a leaf drawn at random.
fn prove(vault: &Vault, size: u64) {
    let index = u64::from_be_bytes(make_array(&OsRandom).expect("random bytes")) % size;
    let proof = vault.read(|read| inclusion_proof::<_>(index, size, read)).expect("a proof");
    assert!(black_box(proof).len() as u64 >= u64::from(size.ilog2()));
}

fn with_many_items(folder: &Path) -> Result<Vec<Row>, Box<dyn Error>> {
    let (many, few) = (with_items(&folder.join("many"), 100_000)?, with_items(&folder.join("few"), 1_000)?);
    let empty = Space::create(&folder.join("empty"))?;
    let opening = compare(OPEN_ROUNDS, || first_cards(&many), || first_cards(&few));
    let typing = search_as_one_types(&many.open()?)?;
    let above = peak_of(&many)? - peak_of(&empty)?;
    Ok(vec![
        Row::of("open and first 50 cards with 100,000 items | with 1,000", &opening, 1.5),
        Row::new("search as one types in 100,000 items, p95 | 15 ms", typing, 15.0, 1.0, "ms"),
        Row::new("peak memory with 100,000 items, above an empty vault | 64 MiB", above, 64.0, 1.0, "MiB"),
    ])
}

fn first_cards(space: &Space) {
    let vault = space.open().expect("a space");
    let cards = vault.read(|read| item::cards(read, None, None, 50)).expect("cards");
    assert_eq!(black_box(cards).len(), 50);
}

/// The 95th percentile, in milliseconds, over every prefix that a person types on the way to some words.
fn search_as_one_types(vault: &Vault) -> Result<f64, Box<dyn Error>> {
    let mut times = Vec::new();
    for _ in 0..SEARCH_ROUNDS {
        for words in TYPED {
            for (end, letter) in words.char_indices() {
                let typed = &words[..end + letter.len_utf8()];
                let mut found = Ok(Vec::new());
                times.push(time(1, &mut || found = vault.read(|read| search::search(read, typed, 50))));
                if found?.is_empty() {
                    return Err(format!("nothing was found for {typed}").into());
                }
            }
        }
    }
    Ok(percentile(&mut times, 95) / 1e3)
}

/// The peak resident memory, in MiB, of a process of its own that opens the space and works in it.
fn peak_of(space: &Space) -> Result<f64, Box<dyn Error>> {
    let said = Command::new(env::current_exe()?).arg("peak-memory").arg(space.folder()).output()?;
    if !said.status.success() {
        return Err(String::from_utf8_lossy(&said.stderr).into());
    }
    let kib: f64 = String::from_utf8(said.stdout)?.trim().parse()?;
    Ok(kib / 1024.0)
}

/// The child's side of [`peak_of`]: prints its peak in KiB.
#[expect(clippy::print_stdout, clippy::print_stderr, reason = "the parent reads them")]
pub(crate) fn peak_memory(words: &[String]) -> ExitCode {
    match words.first().map(PathBuf::from).ok_or_else(|| "no folder".into()).and_then(|f| work_in(&f)) {
        Ok(kib) => {
            println!("{kib}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn work_in(folder: &Path) -> Result<u64, Box<dyn Error>> {
    let vault = Vault::open(folder, Unlock::Key(&Space::at(folder)?.key))?;
    let mut after = None;
    // Every card of the space, page by page, as a person who scrolls to the end.
    loop {
        let cards = vault.read(|read| item::cards(read, None, after, 50))?;
        let Some(last) = cards.last() else { break };
        after = Some(last.cursor());
    }
    for words in TYPED {
        vault.read(|read| search::search(read, words, 50))?;
    }
    let status = fs::read_to_string("/proc/self/status")?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no VmHWM")?;
    Ok(peak.trim().trim_end_matches(" kB").trim().parse()?)
}

/// Id, client id, nonce, name, purpose and three times.
const EXCHANGE_BYTES: usize = 16 + 54 + 43 + 48 + 18 + 3 * 8;
/// The entry sealed, its leaf, its salt and key, the tree's two new hashes, and the ticket.
const LOGGED_BYTES: usize = ENTRY_BYTES + 28 + 32 + 2 * 32 + 2 * 32 + 24;
const ENTRY_BYTES: usize = 300;
/// 成, 成绩 and 照 are whole queries; simplified letters find traditional titles.
const TYPED: &[&str] = &[
    "成绩",
    "照",
    "执照",
    "病历摘要",
    "patient summary",
    "resumo do doente",
    "澳门大学",
    "12345",
    "immunisation rec",
];
const SEARCH_ROUNDS: usize = 10;
const ROUNDS: usize = 201;
const SPEND_ROUNDS: usize = 301;
const OPEN_ROUNDS: usize = 61;
const LARGE_TREE: u64 = 1 << 20;
const SMALL_TREE: u64 = 1 << 10;
