//! `chop-relay`: see `chop-relay --help`.

fn main() {}
