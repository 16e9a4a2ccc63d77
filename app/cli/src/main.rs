//! `chop`, the command line of the data space.
fn main() {}
