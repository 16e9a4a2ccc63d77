//! `chop law …`: the rules in words, for people and for their lawyers.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// `chop law …`
#[derive(Debug, Subcommand)]
pub(crate) enum LawCommand {
    /// List the rules of the pack, or show one: words, law, dates, status, and how hard it is on each route.
    #[command(after_help = "Example: chop --lang zh-Hant law show R09")]
    Show {
        /// The rule, R09; all of them otherwise.
        rule: Option<String>,
        #[command(flatten)]
        pack: PackArgs,
    },
    /// Assess a file of facts (TOML, like core/policy/tests/cases/base.toml); exit 1 when something blocks.
    #[command(after_help = "Example: chop law assess core/policy/tests/cases/base.toml")]
    Assess {
        /// The facts: who asks, for what, on which route.
        facts: PathBuf,
        #[command(flatten)]
        pack: PackArgs,
    },
    /// Judge a grant again, under the rule pack that its record names.
    #[command(after_help = "Example: chop law again 0190c2f4")]
    Again {
        /// Id of the exchange, or its beginning.
        exchange: String,
    },
}

/// Which pack.
#[derive(Debug, Args)]
pub(crate) struct PackArgs {
    /// Text of another rule pack, to try it; nothing is added to a space.
    #[arg(long, value_name = "FILE")]
    pub(crate) pack: Option<PathBuf>,
}
