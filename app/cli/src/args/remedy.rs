//! What can be done after a grant: cases, letters, who holds what, dossiers.

use std::path::PathBuf;

use chop_core::plumbing::formats::consent_record::RightKind;
use chop_core::plumbing::model::UnixTime;
use chop_core::remedy::{CaseKind, Step};
use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};

/// `chop case …`. A case is your own file: nothing is filed with anybody.
#[derive(Debug, Subcommand)]
pub(crate) enum CaseCommand {
    /// List every case, newest first: what is due, what is overdue.
    #[command(after_help = "Example: chop case list")]
    List,
    /// Show one case: what was said at each step, and which steps can follow.
    #[command(after_help = "Example: chop case show 7kQz")]
    Show(WhichCase),
    /// Open a case about a grant: a request for a right, a complaint, or a dispute.
    #[command(
        after_help = "Example: chop case open rights 9xQf --right access\n  chop case open complaint 9xQf --field urn:chop:ips:1/48765-2 --text \"wrong since May\"\n  chop case open dispute 9xQf --text \"used for something else\""
    )]
    Open(OpenCaseArgs),
    /// Write down what happened: that the letter was sent, what they answered, a hearing, a decision.
    #[command(
        after_help = "Example: chop case step 7kQz send\n  chop case step 7kQz refuse --text \"their reason\"\n  chop case step 7kQz hear --at 2026-12-01T10:00:00+08:00 --place \"Room 1\""
    )]
    Step(StepArgs),
    /// Write the letter of a case to print, sign and send; --text for plain text.
    #[command(after_help = "Example: chop --lang zh-Hant case letter 7kQz --out letter.html")]
    Letter(LetterArgs),
    /// Write the evidence of a case: proof of the grant, the case, the letter; one signed ZIP.
    #[command(after_help = "Example: chop case evidence 7kQz --out evidence.zip")]
    Evidence(EvidenceArgs),
}

/// Which case.
#[derive(Debug, Args)]
pub(crate) struct WhichCase {
    /// Its id, or the beginning of it.
    #[arg(allow_hyphen_values = true)]
    pub(crate) id: String,
}

/// `chop case open …`
#[derive(Debug, Args)]
pub(crate) struct OpenCaseArgs {
    /// What is asked.
    #[arg(value_parser = PossibleValuesParser::new(["rights", "complaint", "dispute"]))]
    pub(crate) kind: String,
    /// The grant: its exchange, or the beginning of it.
    #[arg(allow_hyphen_values = true)]
    pub(crate) exchange: String,
    /// Which right; for `rights`.
    #[arg(long, value_parser = PossibleValuesParser::new(RightKind::ALL.map(RightKind::word)))]
    pub(crate) right: Option<String>,
    /// Which value is wrong, as TYPE/KEY; the recipient's conduct otherwise.
    #[arg(long, value_name = "TYPE/KEY", conflicts_with = "right")]
    pub(crate) field: Option<String>,
    /// What you say, in your own words; goes into the letter.
    #[arg(long, default_value = "")]
    pub(crate) text: String,
    /// When an answer is due, where you know better than the law's clock: an RFC 3339 time.
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub(crate) due: Option<UnixTime>,
}

/// `chop case step …`
#[derive(Debug, Args)]
pub(crate) struct StepArgs {
    #[command(flatten)]
    pub(crate) which: WhichCase,
    /// What happened.
    #[arg(value_parser = PossibleValuesParser::new(Step::ALL.iter().map(|step| step.word())))]
    pub(crate) step: String,
    /// What was said; a refusal, a rejection and a decision need it.
    #[arg(long, default_value = "")]
    pub(crate) text: String,
    /// When the hearing is: an RFC 3339 time.
    #[arg(long, value_name = "TIME", value_parser = time, requires = "place")]
    pub(crate) at: Option<UnixTime>,
    /// Where the hearing is.
    #[arg(long, requires = "at")]
    pub(crate) place: Option<String>,
}

/// `chop case letter …`
#[derive(Debug, Args)]
pub(crate) struct LetterArgs {
    #[command(flatten)]
    pub(crate) which: WhichCase,
    /// Plain text instead of HTML to print.
    #[arg(long)]
    pub(crate) text: bool,
    /// File to write; an existing one is not overwritten.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
}

/// `chop case evidence …`
#[derive(Debug, Args)]
pub(crate) struct EvidenceArgs {
    #[command(flatten)]
    pub(crate) which: WhichCase,
    /// File to write; an existing one is not overwritten.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
}

/// `chop dossier …`. Filed with nobody; not legal advice.
#[derive(Debug, Subcommand)]
pub(crate) enum DossierCommand {
    /// Make the transfer dossier of a grant across a border: one signed ZIP with a page to print.
    #[command(after_help = "Example: chop --lang zh-Hans dossier make 9xQf --out transfer.zip")]
    Make {
        /// Exchange id, or its beginning.
        #[arg(allow_hyphen_values = true)]
        exchange: String,
        /// File to write; an existing one is not overwritten.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Check a dossier or the evidence of a case on a machine that never saw the wallet. Exit 1: not valid.
    #[command(after_help = "Example: chop dossier check transfer.zip")]
    Check {
        /// The ZIP.
        file: PathBuf,
    },
}

/// The kind with this word.
pub(crate) fn kind_of(word: &str) -> Option<CaseKind> {
    CaseKind::from_word(word)
}

fn time(text: &str) -> Result<UnixTime, String> {
    let at: jiff::Timestamp =
        text.parse().map_err(|_| "an RFC 3339 time, 2026-12-01T10:00:00+08:00".to_owned())?;
    Ok(UnixTime(at.as_second()))
}
