//! The walk: pictures in, pictures out.

use std::path::PathBuf;

use clap::Args;

use super::NetArgs;

/// `chop request …`
#[derive(Debug, Args)]
pub(crate) struct RequestArgs {
    /// DCQL query, JSON.
    #[arg(long, value_name = "FILE")]
    pub(crate) dcql: PathBuf,
    /// Terms of use, JSON.
    #[arg(long, value_name = "FILE")]
    pub(crate) terms: PathBuf,
    #[command(flatten)]
    pub(crate) out: OutArgs,
}

/// Pictures of QR codes.
#[derive(Debug, Args)]
pub(crate) struct PicturesArgs {
    /// Pictures, PNG or JPEG, in any order; where a link is taken, it can stand here.
    #[arg(required = true, value_name = "PICTURE")]
    pub(crate) pictures: Vec<PathBuf>,
}

/// Where the pictures of a message go.
#[derive(Debug, Args)]
pub(crate) struct OutArgs {
    /// Folder for the pictures, `01-of-07.png` and so on; made if it is missing.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// Draw the codes on the terminal too.
    #[arg(long)]
    pub(crate) show: bool,
}

/// Pictures in, pictures out.
#[derive(Debug, Args)]
pub(crate) struct ThroughArgs {
    #[command(flatten)]
    pub(crate) pictures: PicturesArgs,
    #[command(flatten)]
    pub(crate) out: OutArgs,
}

/// `chop open …`
#[derive(Debug, Args)]
pub(crate) struct OpenArgs {
    #[command(flatten)]
    pub(crate) through: ThroughArgs,
    /// Fetch the issuers' status lists first: what was revoked or suspended is refused by a receipt.
    /// Without it the status is not checked, unless a list is held already.
    #[arg(long)]
    pub(crate) check_status: bool,
    #[command(flatten)]
    pub(crate) net: NetArgs,
}

/// `chop look …`
#[derive(Debug, Args)]
pub(crate) struct LookArgs {
    #[command(flatten)]
    pub(crate) pictures: PicturesArgs,
    #[command(flatten)]
    pub(crate) choices: ChoiceArgs,
    /// Show the values of what is chosen; they are masked otherwise.
    #[arg(long)]
    pub(crate) reveal: bool,
    /// Show the page though you said no to this asker for this purpose a short time ago.
    #[arg(long)]
    pub(crate) again: bool,
    #[command(flatten)]
    pub(crate) net: NetArgs,
}

/// What is chosen of what was asked. Nothing is chosen beforehand.
#[derive(Debug, Args)]
pub(crate) struct ChoiceArgs {
    /// A claim to grant, `query:path/to/claim`. Once for each.
    #[arg(long = "choose", value_name = "CLAIM")]
    pub(crate) choose: Vec<String>,
    /// The holding that answers a query, `query=ID`, where more than one could.
    #[arg(long = "with", value_name = "QUERY=ID")]
    pub(crate) with: Vec<String>,
    /// A warning that you grant in spite of, with your reason: `RULE=REASON`.
    #[arg(long = "override", value_name = "RULE=REASON")]
    pub(crate) overrides: Vec<String>,
    /// Sign as the guardian of whom the chosen claims are about.
    #[arg(long)]
    pub(crate) as_guardian: bool,
    /// Answer a query by an annotated copy (加注件) with this reason on it: `QUERY=REASON`.
    #[arg(long = "annotate", value_name = "QUERY=REASON", requires = "made_by")]
    pub(crate) annotate: Vec<String>,
    /// Your name, as it stands on the copies.
    #[arg(long, value_name = "NAME")]
    pub(crate) made_by: Option<String>,
    /// Days for which the copies are good, from the day of the request.
    #[arg(long, value_name = "DAYS", default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..=366))]
    pub(crate) copy_days: u16,
}

/// `chop grant …`
#[derive(Debug, Args)]
pub(crate) struct GrantArgs {
    #[command(flatten)]
    pub(crate) pictures: PicturesArgs,
    #[command(flatten)]
    pub(crate) choices: ChoiceArgs,
    /// A separate consent, by its topic as the page names it. Once for each: each is an act of its own.
    #[arg(long = "consent", value_name = "TOPIC")]
    pub(crate) consent: Vec<String>,
    /// The consent that this one takes the place of, by its id or its beginning: it ends with this one.
    #[arg(long, value_name = "ID", allow_hyphen_values = true)]
    pub(crate) replaces: Option<String>,
    /// The page code that `chop look` printed for exactly these choices: your agreement to that page.
    #[arg(long, value_name = "CODE")]
    pub(crate) agree: String,
    /// For a link: the number of two digits that the *other* screen shows.
    #[arg(long, value_name = "NN")]
    pub(crate) number: Option<String>,
    /// Folder for the pictures, `01-of-07.png` and so on; made if it is missing. Not for a link.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Draw the codes on the terminal too.
    #[arg(long)]
    pub(crate) show: bool,
    #[command(flatten)]
    pub(crate) net: NetArgs,
}

/// `chop log …`
#[derive(Debug, Args)]
pub(crate) struct LogArgs {
    /// Only exchanges with this other side.
    #[arg(long)]
    pub(crate) recipient: Option<String>,
    /// How many at most, newest first.
    #[arg(long, default_value_t = 100)]
    pub(crate) limit: u32,
}
