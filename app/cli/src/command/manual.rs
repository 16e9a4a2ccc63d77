//! Completions and the man page, both made from the same command line that is parsed.

use clap::CommandFactory;
use clap_complete::Shell;

use crate::args::Cli;
use crate::exit::Exit;
use crate::terminal::Terminal;

/// Prints completions for a shell.
pub(crate) fn completions(shell: Shell) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "chop", &mut script);
    Terminal::raw(&script)
}

/// Prints the man page: `chop(1)` with all its commands, one after the other.
pub(crate) fn page() -> Exit {
    let mut page = Vec::new();
    let mut command = Cli::command();
    command.build();
    match write_page(&command, &mut page) {
        Ok(()) => Terminal::raw(&page),
        Err(_) => Exit::Refused,
    }
}

fn write_page(command: &clap::Command, page: &mut Vec<u8>) -> std::io::Result<()> {
    clap_mangen::Man::new(command.clone()).render(page)?;
    for part in leaves(command) {
        let man = clap_mangen::Man::new(part.clone());
        page.extend(format!(".SH \"{}\"\n", part.get_bin_name().unwrap_or_default()).bytes());
        man.render_description_section(page)?;
        man.render_options_section(page)?;
        man.render_extra_section(page)?;
    }
    Ok(())
}

/// The commands that do something, in the order of the help.
fn leaves(command: &clap::Command) -> Vec<&clap::Command> {
    let mut found = Vec::new();
    for part in command.get_subcommands().filter(|part| part.get_name() != "help") {
        if part.has_subcommands() { found.extend(leaves(part)) } else { found.push(part) }
    }
    found
}
