//! The relay's program, built with the tests of this package: Cargo builds the binaries of other packages
//! only with their own tests. The stories that start a relay find it on the PATH that a test gives them.

fn main() -> std::process::ExitCode {
    chop_relay::cli::run()
}
