//! What the holder says of an item, and for whom they act.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::space::Place;

/// `chop item …`
#[derive(Debug, Subcommand)]
pub(crate) enum ItemCommand {
    /// Say how an item is shared: never, on condition (asked each time), or open (answers by itself).
    #[command(after_help = "Example: chop item share 5hK2 never")]
    Share {
        /// Id, or its beginning.
        #[arg(allow_hyphen_values = true)]
        id: String,
        /// How.
        class: ShareWord,
    },
    /// Say whether portraits and biometric claims of an item may leave by ways other than a QR code.
    #[command(after_help = "Example: chop item biometrics 5hK2 keep")]
    Biometrics {
        /// Id, or its beginning.
        #[arg(allow_hyphen_values = true)]
        id: String,
        /// Whether.
        may: BiometricWord,
    },
    /// Say whom an item is about: a profile, or the owner of the space.
    #[command(after_help = "Example: chop item subject 5hK2 --profile 8dQw")]
    Subject {
        /// Id, or its beginning.
        #[arg(allow_hyphen_values = true)]
        id: String,
        /// The profile, or its beginning; without it: the owner of the space.
        #[arg(long, allow_hyphen_values = true)]
        profile: Option<String>,
    },
}

/// How an item is shared.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum ShareWord {
    /// In no grant, whoever asks; to the asker it looks as if it were not held.
    Never,
    /// Asked each time.
    Condition,
    /// Answers by itself where nothing is left to ask; each use is still in the record.
    Open,
}

/// Whether biometric claims may leave.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum BiometricWord {
    /// They stay here.
    Keep,
    /// They may leave, but never by a QR code.
    Allow,
}

/// `chop profile …`
#[derive(Debug, Subcommand)]
pub(crate) enum ProfileCommand {
    /// Write down a child, or somebody else for whom you act.
    #[command(
        after_help = "Example: chop profile add --name 陳小文 --born 2013-05-01 --place HK --guardian 陳大文 --relation parent --evidence 7xQa"
    )]
    Add(ProfileArgs),
    /// Write a profile anew, with evidence that came later for instance.
    #[command(
        after_help = "Example: chop profile change 8dQw --name 陳小文 --born 2013-05-01 --place HK --guardian 陳大文 --relation parent --evidence 7xQa"
    )]
    Change {
        /// Id, or its beginning.
        #[arg(allow_hyphen_values = true)]
        id: String,
        #[command(flatten)]
        profile: ProfileArgs,
    },
    /// List everybody for whom you act, with their age band today.
    #[command(after_help = "Example: chop profile list")]
    List,
    /// Show one of them; name and birth date are masked unless --reveal.
    #[command(after_help = "Example: chop profile show 8dQw --reveal")]
    Show {
        /// Id, or its beginning.
        #[arg(allow_hyphen_values = true)]
        id: String,
        /// Show what is masked otherwise.
        #[arg(long)]
        reveal: bool,
    },
}

/// What a profile says.
#[derive(Debug, Args)]
pub(crate) struct ProfileArgs {
    /// Their name.
    #[arg(long)]
    pub(crate) name: String,
    /// Their birth date, YYYY-MM-DD.
    #[arg(long, value_name = "DATE")]
    pub(crate) born: String,
    /// Where they live: whose law on minors is asked.
    #[arg(long, value_enum)]
    pub(crate) place: Place,
    /// Your name, as it stands in the record of a grant.
    #[arg(long)]
    pub(crate) guardian: String,
    /// What you are to them.
    #[arg(long, value_enum)]
    pub(crate) relation: RelationWord,
    /// The holding that shows the relation, by its id or its beginning: a birth certificate.
    #[arg(long, value_name = "ITEM", allow_hyphen_values = true)]
    pub(crate) evidence: Option<String>,
}

/// What a guardian is to somebody.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum RelationWord {
    /// Mother or father.
    Parent,
    /// By law or appointment.
    Guardian,
}

/// `chop answer …`
#[derive(Debug, Args)]
pub(crate) struct AnswerArgs {
    /// Pictures, PNG or JPEG, in any order.
    #[arg(required = true, value_name = "PICTURE")]
    pub(crate) pictures: Vec<PathBuf>,
    /// Folder for the pictures of the answer; made if it is missing.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// Draw the codes on the terminal too.
    #[arg(long)]
    pub(crate) show: bool,
}
