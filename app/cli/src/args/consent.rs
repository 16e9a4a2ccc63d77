//! Consents after they were given, and files made from their records.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// `chop consent …`
#[derive(Debug, Subcommand)]
pub(crate) enum ConsentCommand {
    /// List every consent: given, received, refused; latest first.
    #[command(after_help = "Example: chop consent list")]
    List,
    /// Show one consent: the sentence, its state, what it allows, every step from the record.
    #[command(after_help = "Example: chop consent show 9xQf --lang zh-Hant")]
    Show(WhichConsent),
    /// Hold a consent back: nothing goes out under it until it goes on.
    #[command(after_help = "Example: chop consent pause 9xQf")]
    Pause(WhichConsent),
    /// Let a paused consent go on, within its time.
    #[command(after_help = "Example: chop consent resume 9xQf")]
    Resume(WhichConsent),
    /// Take a consent back. Says what that reaches and what it cannot, and signs a notice.
    #[command(after_help = "Example: chop consent withdraw 9xQf --out notice.jwt")]
    Withdraw(StopArgs),
    /// Ask the recipient to delete: signs the request, and keeps the answer's place open.
    #[command(after_help = "Example: chop consent delete-request 9xQf --out delete.jwt")]
    DeleteRequest(StopArgs),
    /// 容缺: promise what is missing until a day; signs the pledge for the recipient.
    #[command(
        after_help = "Example: chop consent pledge 9xQf --missing \"proof of address\" --days 14 --out pledge.jwt"
    )]
    Pledge(PledgeArgs),
    /// What was promised is there: signs the word of it for the recipient.
    #[command(after_help = "Example: chop consent pledge-kept 9xQf --out kept.jwt")]
    PledgeKept(StopArgs),
    /// Write down what the recipient answered to a request to delete.
    #[command(
        after_help = "Example: chop consent delete-answer 9xQf --refused \"kept for two years by law\""
    )]
    DeleteAnswer(DeletionArgs),
    /// Close a consent about whose deletion the recipient has answered.
    #[command(after_help = "Example: chop consent close 9xQf")]
    Close(WhichConsent),
    /// Write down that the recipient ended the consent.
    #[command(after_help = "Example: chop consent ended 9xQf --reason \"the project was given up\"")]
    Ended(ReasonArgs),
    /// Write down that it was no consent: by a wrong name, or by somebody who could not give it.
    #[command(after_help = "Example: chop consent invalidate 9xQf --reason \"not my hospital\"")]
    Invalidate(ReasonArgs),
    /// Recipient: take a holder's signed notice.
    #[command(after_help = "Example: chop --space hospital consent take-notice notice.jwt")]
    TakeNotice {
        /// The notice, a compact JWS.
        file: PathBuf,
    },
}

/// Which consent.
#[derive(Debug, Args)]
pub(crate) struct WhichConsent {
    /// Its id, or the beginning of it.
    #[arg(allow_hyphen_values = true)]
    pub(crate) id: String,
}

/// A consent, and the notice that is signed.
#[derive(Debug, Args)]
pub(crate) struct StopArgs {
    #[command(flatten)]
    pub(crate) which: WhichConsent,
    /// Why; stays in your space.
    #[arg(long, default_value = "")]
    pub(crate) reason: String,
    /// File for the signed notice; an existing one is not overwritten.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

/// `chop consent pledge …`
#[derive(Debug, Args)]
pub(crate) struct PledgeArgs {
    #[command(flatten)]
    pub(crate) which: WhichConsent,
    /// What is missing: a kind of paper, not a value.
    #[arg(long)]
    pub(crate) missing: String,
    /// Days from now until it is due.
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=365))]
    pub(crate) days: u16,
    /// File for the signed pledge; an existing one is not overwritten.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

/// A consent, and why.
#[derive(Debug, Args)]
pub(crate) struct ReasonArgs {
    #[command(flatten)]
    pub(crate) which: WhichConsent,
    /// Why.
    #[arg(long)]
    pub(crate) reason: String,
}

/// What the recipient answered.
#[derive(Debug, Args)]
pub(crate) struct DeletionArgs {
    #[command(flatten)]
    pub(crate) which: WhichConsent,
    /// It says that it deleted. Whether it did cannot be checked from here.
    #[arg(long, conflicts_with = "refused", required_unless_present = "refused")]
    pub(crate) confirmed: bool,
    /// It refused, for this reason.
    #[arg(long, value_name = "REASON")]
    pub(crate) refused: Option<String>,
}

/// `chop export …`
#[derive(Debug, Subcommand)]
pub(crate) enum ExportCommand {
    /// A consent record, in a form that others read.
    #[command(after_help = "Example: chop export consent 9xQf --as page --out consent.html")]
    Consent(ExportConsentArgs),
}

/// `chop export consent …`
#[derive(Debug, Args)]
pub(crate) struct ExportConsentArgs {
    #[command(flatten)]
    pub(crate) which: WhichConsent,
    /// The form.
    #[arg(long = "as", value_enum)]
    pub(crate) form: ExportAs,
    /// File to write; an existing one is not overwritten.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
}

/// Forms of a consent record.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum ExportAs {
    /// ISO/IEC TS 27560 in the terms of DPV 2.3, JSON-LD.
    Dpv,
    /// ODRL 2.2 Agreement, JSON-LD.
    Odrl,
    /// A page for people in the four languages, HTML to print.
    Page,
}
