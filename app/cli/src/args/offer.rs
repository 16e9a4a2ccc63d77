//! Offers through a relay: made, watched and withdrawn by a holder, claimed by a verifier.

use std::path::PathBuf;

use clap::Args;

use super::{ChoiceArgs, NetArgs, Place};

/// `chop offer …`
#[derive(Debug, Args)]
pub(crate) struct OfferArgs {
    /// What is offered: a DCQL query, JSON. A request can ask for this or less.
    #[arg(long, value_name = "FILE")]
    pub(crate) dcql: PathBuf,
    /// Terms of use, JSON: a request can ask for these or narrower ones.
    #[arg(long, value_name = "FILE")]
    pub(crate) terms: PathBuf,
    /// The relay: `https://relay.example`.
    #[arg(long, value_name = "ORIGIN", env = "CHOP_RELAY")]
    pub(crate) relay: String,
    /// Full client id of a recipient. Repeat for several. Without --to and --to-list: any registered
    /// verifier.
    #[arg(long, value_name = "CLIENT")]
    pub(crate) to: Vec<String>,
    /// Any verifier on the trust list of the publisher with this fingerprint.
    #[arg(long, value_name = "FINGERPRINT", conflicts_with = "to")]
    pub(crate) to_list: Option<String>,
    /// Only those of the list that are in this place.
    #[arg(long, value_name = "PLACE", requires = "to_list")]
    pub(crate) place: Option<Place>,
    /// Do not ask again when one of the recipients named by --to takes it up.
    #[arg(long, requires = "to", conflicts_with_all = ["sealed_to", "files"])]
    pub(crate) by_rule: bool,
    /// Seal it to the verifier of this key statement: you need not be there when it is collected.
    #[arg(long, value_name = "FILE", conflicts_with = "files")]
    pub(crate) sealed_to: Option<PathBuf>,
    /// Leave plain files for whoever comes with the code. The relay with a photo of it could read them.
    #[arg(long)]
    pub(crate) files: bool,
    /// Minutes that it lasts, 1 to 129600 (90 days).
    #[arg(long = "for", value_name = "MINUTES", default_value_t = 10)]
    pub(crate) minutes: u32,
    /// When the page that you agree to was drafted, as it said.
    #[arg(long, value_name = "TIME", requires = "agree")]
    pub(crate) drafted: Option<i64>,
    #[command(flatten)]
    pub(crate) choices: ChoiceArgs,
    /// A separate consent, by its topic as the page names it. Once for each.
    #[arg(long = "consent", value_name = "TOPIC")]
    pub(crate) consent: Vec<String>,
    /// The page code that was printed for exactly this offer: your agreement to it. Without it the page is
    /// shown and nothing is made.
    #[arg(long, value_name = "CODE")]
    pub(crate) agree: Option<String>,
    /// PNG file for the code; an existing one is not overwritten.
    #[arg(long, value_name = "FILE")]
    pub(crate) png: Option<PathBuf>,
    /// Give the code as a link that any phone's camera opens, instead of `CHOP1:`.
    #[arg(long, conflicts_with = "files")]
    pub(crate) link: bool,
    /// Draw the code on the terminal too.
    #[arg(long)]
    pub(crate) show: bool,
    #[command(flatten)]
    pub(crate) net: NetArgs,
}

/// `chop watch …`
#[derive(Debug, Args)]
pub(crate) struct WatchArgs {
    /// Offer, or the beginning of its id. Without it: every offer of this space that is open.
    #[arg(allow_hyphen_values = true)]
    pub(crate) offer: Option<String>,
    /// Say yes to whoever the offer lets in, without asking at the terminal.
    #[arg(long, conflicts_with = "no")]
    pub(crate) yes: bool,
    /// Say no to whoever claims.
    #[arg(long)]
    pub(crate) no: bool,
    /// Catch up with what happened and end, instead of waiting.
    #[arg(long)]
    pub(crate) once: bool,
    #[command(flatten)]
    pub(crate) net: NetArgs,
}

/// `chop claim …`
#[derive(Debug, Args)]
pub(crate) struct ClaimArgs {
    /// The code: its text, its link, or a picture of it.
    #[arg(value_name = "CODE")]
    pub(crate) code: PathBuf,
    /// What to ask for: a DCQL query, JSON. Without it: whatever was left for you (a sealed offer).
    #[arg(long, value_name = "FILE", requires = "terms")]
    pub(crate) dcql: Option<PathBuf>,
    /// Terms of use, JSON.
    #[arg(long, value_name = "FILE", requires = "dcql")]
    pub(crate) terms: Option<PathBuf>,
    /// A relay that you post to. Repeat for more, or separate by commas; others are refused.
    #[arg(long, value_name = "ORIGIN", env = "CHOP_RELAY", value_delimiter = ',', required = true)]
    pub(crate) relay: Vec<String>,
    /// Seconds to wait for the holder's answer.
    #[arg(long, value_name = "SECONDS", default_value_t = 300)]
    pub(crate) patience: u64,
    /// Folder for the files that come; made if it is missing.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) net: NetArgs,
}
