//! `chop-relay` as it is, built with these tests: Cargo builds the binaries of other packages only with
//! their own.

fn main() -> std::process::ExitCode {
    chop_relay::cli::run()
}
