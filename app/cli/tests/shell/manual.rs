//! Help, man page, completions, exit codes of what cannot be understood.

use std::process::{Command, Stdio};

use crate::chop::chop;

#[test]
fn help_and_man_page_name_every_exit_code() {
    let help = chop(["--help"]).ended(0).out;
    let man = chop(["man"]).ended(0).out;
    for what in ["wrong passphrase", "refused or not valid", "cannot be understood"] {
        assert!(help.contains(what), "{help}");
        assert!(man.contains(what), "no {what} in the man page");
    }
    for command in ["chop space create", "chop grant", "chop tool sd\\-jwt verify", "chop tool qr draw"] {
        assert!(man.contains(command), "no {command} in the man page");
    }
}

#[test]
fn every_command_has_an_example() {
    let mut left = vec![Vec::<String>::new()];
    let mut seen = 0;
    while let Some(path) = left.pop() {
        let help = chop(path.iter().map(String::as_str).chain(["--help"])).ended(0).out;
        let parts = subcommands(&help);
        seen += 1;
        assert!(!parts.is_empty() || help.contains("Example:"), "no example: chop {}", path.join(" "));
        left.extend(parts.into_iter().map(|part| [path.clone(), vec![part]].concat()));
    }
    assert!(seen > 40, "only {seen} commands seen");
}

#[test]
fn completions_are_there_for_the_usual_shells() {
    for shell in ["bash", "zsh", "fish"] {
        assert!(chop(["completions", shell]).ended(0).out.contains("sd-jwt"), "{shell}");
    }
}

#[test]
fn a_reader_who_closes_the_pipe_changes_no_exit_code() {
    for args in [&["man"][..], &["tool", "qr", "draw", "A"]] {
        let mut running = Command::new(env!("CARGO_BIN_EXE_chop"))
            .args(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(running.stdout.take());
        assert_eq!(running.wait().unwrap().code(), Some(0), "{args:?}");
    }
}

#[test]
fn what_cannot_be_understood_ends_with_two() {
    for args in [
        &["nonsense"][..],
        &[],
        &["--lang", "fr", "audit"],
        &["tool", "sd-jwt", "verify", "--issuer-jwk", "a", "--aud", "b", "c"],
        &["tool", "sd-jwt", "verify", "--issuer-jwk", "/nonexistent/a", "/nonexistent/b"],
        &["tool", "sd-jwt", "verify", "--issuer-jwk", "a", "--at", "yesterday", "c"],
        &["tool", "merkle", "check", "/nonexistent/proof.json"],
        &["tool", "qr", "read"],
        &["audit"],
    ] {
        let ran = chop(args).ended(2);
        assert!(ran.out.is_empty() && !ran.err.is_empty(), "{args:?}");
    }
}

fn subcommands(help: &str) -> Vec<String> {
    let Some((_, list)) = help.split_once("\nCommands:\n") else { return Vec::new() };
    let lines = list.lines().take_while(|line| !line.is_empty());
    let names = lines.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    names
        .filter_map(|line| line.split_whitespace().next())
        .filter(|n| *n != "help")
        .map(str::to_owned)
        .collect()
}
