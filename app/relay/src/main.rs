//! `chop-relay`: see `chop-relay --help`.

fn main() -> std::process::ExitCode {
    chop_relay::cli::run()
}
