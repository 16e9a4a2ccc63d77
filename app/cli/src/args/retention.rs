//! What a verifier keeps of others.

use std::path::PathBuf;

use clap::Args;

/// `chop erase-taken …`
#[derive(Debug, Args)]
pub(crate) struct EraseTakenArgs {
    /// Exchange id, or its beginning.
    #[arg(required_unless_present = "due", allow_hyphen_values = true)]
    pub(crate) exchange: Option<String>,
    /// Everything whose time is over, instead of one exchange.
    #[arg(long, conflicts_with_all = ["exchange", "out"])]
    pub(crate) due: bool,
    /// Folder for the pictures of the signed statement; `chop again` draws them later.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
}
