//! Spaces, trust, keys, backups.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// `chop space …`
#[derive(Debug, Subcommand)]
pub(crate) enum SpaceCommand {
    /// Make a space in a new folder; prints the recovery code once.
    #[command(after_help = "Example: chop --space ~/chop space create --label \"My space\" --place HK")]
    Create {
        /// Whose space it is.
        #[arg(long, value_enum, default_value_t = Kind::Person)]
        kind: Kind,
        /// Its name, shown on this machine only.
        #[arg(long)]
        label: String,
        /// Where its owner is: decides which law is asked first.
        #[arg(long, value_enum, default_value_t = Place::Other)]
        place: Place,
        /// Write the recovery code to this new file instead of printing it.
        #[arg(long, value_name = "FILE")]
        recovery_out: Option<PathBuf>,
    },
    /// Say what this space is and how its record stands.
    #[command(after_help = "Example: chop space info --json")]
    Info,
    /// Change the passphrase.
    #[command(after_help = "Example: chop space passphrase --new-file new.txt")]
    Passphrase {
        /// File whose first line is the new passphrase; asked at the terminal otherwise.
        #[arg(long, value_name = "FILE")]
        new_file: Option<PathBuf>,
    },
    /// Go on after a roll-back was found: freezes open grants and starts a new epoch in the record.
    #[command(after_help = "Example: chop space continue")]
    Continue,
}

/// Person or firm.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Kind {
    /// A natural person.
    Person,
    /// A firm or public body.
    Firm,
}

/// The three places of the Greater Bay Area, and everywhere else.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Place {
    /// Mainland China.
    #[value(name = "CN", alias = "cn")]
    Cn,
    /// Hong Kong SAR.
    #[value(name = "HK", alias = "hk")]
    Hk,
    /// Macao SAR.
    #[value(name = "MO", alias = "mo")]
    Mo,
    /// Anywhere else.
    #[value(name = "other")]
    Other,
}

/// `chop trust …`
#[derive(Debug, Subcommand)]
pub(crate) enum TrustCommand {
    /// Add a signed list whose publisher's fingerprint you have seen elsewhere.
    #[command(after_help = "Example: chop trust add gba.chop-trust --fingerprint 4fQ…")]
    Add {
        /// The list.
        file: PathBuf,
        /// Publisher's fingerprint; without it the list is shown and nothing is added.
        #[arg(long, allow_hyphen_values = true)]
        fingerprint: Option<String>,
    },
    /// Show every list and who is on it.
    #[command(after_help = "Example: chop trust list")]
    List,
    /// Check each list again: signature, age, certificates.
    #[command(after_help = "Example: chop trust check")]
    Check,
}

/// `chop key …`
#[derive(Debug, Subcommand)]
pub(crate) enum KeyCommand {
    /// Make a key that an issuer can bind a credential to; prints its public JWK.
    #[command(after_help = "Example: chop key new > holder.jwk")]
    New,
    /// Verifier: make the certified key and print what a certificate authority needs.
    #[command(after_help = "Example: chop --space hospital key verifier > hospital.jwk")]
    Verifier,
    /// Verifier: keep the certificate chain (PEM, leaf first) for that key.
    #[command(after_help = "Example: chop --space hospital key certify chain.pem")]
    Certify {
        /// The chain.
        file: PathBuf,
    },
    /// Verifier: state a key to which offers may be sealed while you are not there; prints the statement.
    #[command(after_help = "Example: chop --space hospital key statement --days 30 > hospital.chop-key")]
    Statement {
        /// Days that it holds, 1 to 90.
        #[arg(long, default_value_t = 30)]
        days: u32,
    },
}

/// `chop backup …`
#[derive(Debug, Args)]
pub(crate) struct BackupArgs {
    /// File to write; an existing one is not overwritten.
    pub(crate) file: PathBuf,
    /// File whose first line is the passphrase of the backup; that of the space otherwise. What is
    /// restored opens with the passphrase and recovery code that the space had.
    #[arg(long, value_name = "FILE")]
    pub(crate) seal_file: Option<PathBuf>,
}

/// `chop restore …`
#[derive(Debug, Args)]
pub(crate) struct RestoreArgs {
    /// The backup.
    pub(crate) file: PathBuf,
}

/// `chop recover …`
#[derive(Debug, Args)]
pub(crate) struct RecoverArgs {
    /// File whose first line is the recovery code; asked at the terminal otherwise.
    #[arg(long, value_name = "FILE")]
    pub(crate) code_file: Option<PathBuf>,
    /// File whose first line is the new passphrase; asked at the terminal otherwise.
    #[arg(long, value_name = "FILE")]
    pub(crate) new_file: Option<PathBuf>,
}
