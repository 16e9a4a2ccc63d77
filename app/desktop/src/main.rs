//! `chop-desktop [--space DIR] [--keys DIR] [LINK | FILE]`
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() -> std::process::ExitCode {
    chop_desktop::run()
}
