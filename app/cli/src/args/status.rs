//! What issuers say of their credentials since.

use clap::Subcommand;

use super::NetArgs;

/// `chop status …`
#[derive(Debug, Subcommand)]
pub(crate) enum StatusCommand {
    /// Fetch the status lists that credentials of the space name, and judge their seals again.
    #[command(after_help = "Example: chop status refresh")]
    Refresh {
        /// Also lists that are still fresh.
        #[arg(long)]
        all: bool,
        #[command(flatten)]
        net: NetArgs,
    },
    /// Show the lists that are held, and what is due. Nothing is fetched.
    #[command(after_help = "Example: chop status show --json")]
    Show,
}
