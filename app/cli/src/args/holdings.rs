//! Holdings: in, out, gone.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// The two shelves.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Shelf {
    /// 证照: what an issuer signed.
    Credentials,
    /// 数据: files, records, own statements.
    Data,
}

/// `chop import …`
#[derive(Debug, Args)]
pub(crate) struct ImportArgs {
    /// The file.
    pub(crate) file: PathBuf,
    /// What it is; found out by looking otherwise.
    #[arg(long, value_enum)]
    pub(crate) form: Option<Form>,
    /// Title on the card.
    #[arg(long)]
    pub(crate) title: Option<String>,
}

/// Forms that can be imported.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Form {
    /// SD-JWT VC, compact.
    SdJwt,
    /// FHIR International Patient Summary bundle, JSON.
    Ips,
    /// Any file, kept under its seal.
    File,
    /// A JSON object of your own claims.
    Record,
}

/// `chop show …`
#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    /// Id, or its beginning.
    #[arg(allow_hyphen_values = true)]
    pub(crate) id: String,
    /// Show values that are masked otherwise.
    #[arg(long)]
    pub(crate) reveal: bool,
    /// Write the content to this new file, checked against its seal.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

/// `chop erase …`
#[derive(Debug, Args)]
pub(crate) struct EraseArgs {
    /// Id, or its beginning.
    #[arg(allow_hyphen_values = true)]
    pub(crate) id: String,
    /// Do it without asking.
    #[arg(long)]
    pub(crate) yes: bool,
}
