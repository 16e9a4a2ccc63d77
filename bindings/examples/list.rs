//! The Rust side of `scripts/bench_bindings`: one call, `Holdings::list` of 50 cards, without a border.
//!
//!     list FOLDER KEYS PASSPHRASE CALLS

use std::process::ExitCode;
use std::time::Instant;

use chop_wallet::{KeyPlace, open_space};

#[expect(clippy::disallowed_methods, reason = "a tool that measures")]
#[expect(clippy::print_stdout, reason = "its output is the number")]
fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [folder, keys, passphrase, calls] = words.as_slice() else { return ExitCode::from(2) };
    let keys = KeyPlace { folder: keys.clone(), device: None, device_seconds: 120 };
    let Ok(space) = open_space(folder.clone(), passphrase.clone(), keys) else { return ExitCode::FAILURE };
    let holdings = space.holdings();
    let mut nanoseconds = Vec::new();
    for _ in 0..calls.parse().unwrap_or(200) {
        let from = Instant::now();
        let Ok(cards) = holdings.list(None, None, 50) else { return ExitCode::FAILURE };
        nanoseconds.push(from.elapsed().as_nanos());
        if cards.len() != 50 {
            return ExitCode::FAILURE;
        }
    }
    nanoseconds.sort_unstable();
    println!("{}", nanoseconds.get(nanoseconds.len() / 2).copied().unwrap_or_default());
    ExitCode::SUCCESS
}
