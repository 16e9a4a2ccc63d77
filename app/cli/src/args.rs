//! What can be typed. Every command has an example; exit codes are in `chop help exit-codes` and in
//! the man page.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// The top of the command line.
#[derive(Debug, Parser)]
#[command(
    name = "chop",
    version,
    about = "Chop 数印 數印 Carimbo: keep credentials and data, grant one look by QR, prove every use.",
    after_help = "Exit codes: 0 done or valid · 1 refused or not valid · 2 usage · 3 the space cannot be opened.\n\
                  Example: chop demo --into /tmp/chop-demo"
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Options of every command.
#[derive(Debug, Args)]
pub(crate) struct Common {
    /// Folder of the space.
    #[arg(long, global = true, value_name = "DIR", env = "CHOP_SPACE")]
    pub(crate) space: Option<PathBuf>,
    /// File whose first line is the passphrase; asked at the terminal otherwise.
    #[arg(long, global = true, value_name = "FILE", env = "CHOP_PASSPHRASE_FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,
    /// Folder of the software key stores; default: XDG state folder, `chop/keys`.
    #[arg(long, global = true, value_name = "DIR", env = "CHOP_KEYS")]
    pub(crate) keys: Option<PathBuf>,
    /// Language of everything that is shown: zh-Hans, zh-Hant, en or pt.
    #[arg(long, global = true, value_name = "LANG", default_value = "en", env = "CHOP_LANG")]
    pub(crate) lang: String,
    /// Print JSON for machines instead of text for people.
    #[arg(long, global = true)]
    pub(crate) json: bool,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make, open, lock and look after a space.
    #[command(subcommand)]
    Space(SpaceCommand),
    /// Take something into the space: an SD-JWT VC, an IPS bundle, a file or a record of your own.
    #[command(after_help = "Example: chop import summary.json --title \"My summary\"")]
    Import(ImportArgs),
    /// List what the space holds.
    #[command(after_help = "Example: chop items --shelf credentials")]
    Items {
        /// One shelf only.
        #[arg(long)]
        shelf: Option<Shelf>,
        /// How many at most.
        #[arg(long, default_value_t = 50)]
        limit: usize,
    },
    /// Show one holding with its seal state.
    Show {
        /// Id, or its beginning.
        id: String,
        /// Show values that are masked otherwise.
        #[arg(long)]
        reveal: bool,
    },
    /// Find holdings by words in titles, issuers and claims; 简 and 繁, full and half width are alike.
    #[command(after_help = "Example: chop search 成绩")]
    Search {
        /// Words.
        words: String,
    },
    /// Put a newer version in place of a holding; the older ones are kept.
    Replace {
        /// Id, or its beginning.
        id: String,
        /// The new version.
        file: PathBuf,
    },
    /// Destroy the content of a holding. The record of its uses stays provable.
    Erase {
        /// Id, or its beginning.
        id: String,
        /// Do it without asking.
        #[arg(long)]
        yes: bool,
    },
    /// Who is trusted: signed lists of verifiers, issuers and their certificates.
    #[command(subcommand)]
    Trust(TrustCommand),
    /// Keys of this space, for issuers and trust lists.
    #[command(subcommand)]
    Key(KeyCommand),
    /// Verifier: make a request and its QR pictures.
    #[command(after_help = "Example: chop --space hospital request --dcql ask.json --terms terms.json --out req/")]
    Request(RequestArgs),
    /// Holder: read a request and show the page in words. Nothing is sent or kept.
    #[command(after_help = "Example: chop look req/*.png --choose summary:48765-2")]
    Look(LookArgs),
    /// Holder: grant what the page shows, once. Writes the QR pictures of the sealed data.
    #[command(after_help = "Example: chop grant req/*.png --choose summary:48765-2 --agree 7F3K-Q2 --out data/")]
    Grant(GrantArgs),
    /// Holder: say no, and keep a line of it.
    Decline(PicturesArgs),
    /// Verifier: take the sealed data and sign for it. Writes the acknowledgement's pictures.
    Receive(ThroughArgs),
    /// Holder: check the acknowledgement and show the key.
    Release(ThroughArgs),
    /// Verifier: open the data with the key, check it and sign what was taken.
    Open(ThroughArgs),
    /// Holder: take the use receipt into the record.
    Confirm(PicturesArgs),
    /// Draw the pictures of an exchange again from the stored bytes.
    Again {
        /// Exchange id, or its beginning.
        exchange: String,
        /// Folder for the pictures.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
    /// Holder: take a grant back before its key left.
    Withdraw {
        /// Exchange id, or its beginning.
        exchange: String,
    },
    /// The record: every use, in order.
    Log {
        /// Only uses by this recipient.
        #[arg(long)]
        recipient: Option<String>,
        /// How many at most, newest first.
        #[arg(long, default_value_t = 100)]
        limit: usize,
    },
    /// Re-check the whole record of this space against its tables.
    Audit,
    /// Write a proof pack about one exchange: `*.chop-proof`.
    Prove {
        /// Exchange id, or its beginning.
        exchange: String,
        /// File to write.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Check a proof pack on a machine that never saw the wallet.
    #[command(after_help = "Example: chop check use.chop-proof --anchors list.chop-trust")]
    Check(CheckArgs),
    /// Write a sealed backup of the whole space.
    Backup {
        /// File to write.
        file: PathBuf,
    },
    /// Make a space from a backup. Open grants are frozen and the record starts a new epoch.
    Restore {
        /// The backup.
        file: PathBuf,
    },
    /// Open a space with its recovery code and set a new passphrase.
    Recover,
    /// Walk the whole story with a demo university, clinic and hospital, in a fresh folder.
    Demo {
        /// Folder to make; a fresh temporary one otherwise.
        #[arg(long, value_name = "DIR")]
        into: Option<PathBuf>,
    },
    /// Plumbing for people who test us with their own data. Exit 0 valid, 1 not valid, 2 usage.
    #[command(subcommand)]
    Tool(ToolCommand),
    /// Print shell completions.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the man page.
    Man,
}

/// The two shelves.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Shelf {
    /// 证照: what an issuer signed.
    Credentials,
    /// 数据: files, records, own statements.
    Data,
}

/// `chop space …`
#[derive(Debug, Subcommand)]
pub(crate) enum SpaceCommand {
    /// Make a space in a new folder; prints the recovery code once.
    #[command(after_help = "Example: chop --space ~/chop space create --label \"My space\"")]
    Create {
        /// Whose space it is.
        #[arg(long, value_enum, default_value_t = Kind::Person)]
        kind: Kind,
        /// Its name, shown on this machine only.
        #[arg(long)]
        label: String,
    },
    /// Say what this space is and how its record stands.
    Info,
    /// Change the passphrase.
    Passphrase {
        /// File whose first line is the new passphrase; asked at the terminal otherwise.
        #[arg(long, value_name = "FILE")]
        new_file: Option<PathBuf>,
    },
    /// Go on after a roll-back was found: freezes open grants and starts a new epoch in the record.
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

/// `chop trust …`
#[derive(Debug, Subcommand)]
pub(crate) enum TrustCommand {
    /// Add a signed list whose publisher's fingerprint you have seen elsewhere.
    Add {
        /// The list.
        file: PathBuf,
        /// Publisher's fingerprint; printed and asked for otherwise.
        #[arg(long)]
        fingerprint: Option<String>,
    },
    /// Show every list and who is on it.
    List,
    /// Check each list again: signature, age, certificates.
    Check,
}

/// `chop key …`
#[derive(Debug, Subcommand)]
pub(crate) enum KeyCommand {
    /// Make a key that an issuer can bind a credential to; prints its public JWK.
    New,
    /// Verifier: make the certified key and print what a certificate authority needs.
    Verifier,
    /// Verifier: keep the certificate chain (PEM, leaf first) for that key.
    Certify {
        /// The chain.
        file: PathBuf,
    },
}

/// `chop request …`
#[derive(Debug, Args)]
pub(crate) struct RequestArgs {
    /// DCQL query, JSON.
    #[arg(long, value_name = "FILE")]
    pub(crate) dcql: PathBuf,
    /// Terms of use, JSON.
    #[arg(long, value_name = "FILE")]
    pub(crate) terms: PathBuf,
    /// Folder for the pictures.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
}

/// Pictures of QR codes.
#[derive(Debug, Args)]
pub(crate) struct PicturesArgs {
    /// Pictures, PNG or JPEG, in any order.
    #[arg(required = true)]
    pub(crate) pictures: Vec<PathBuf>,
}

/// Pictures in, pictures out.
#[derive(Debug, Args)]
pub(crate) struct ThroughArgs {
    #[command(flatten)]
    pub(crate) pictures: PicturesArgs,
    /// Folder for the pictures of the answer.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
}

/// `chop look …`
#[derive(Debug, Args)]
pub(crate) struct LookArgs {
    #[command(flatten)]
    pub(crate) pictures: PicturesArgs,
    #[command(flatten)]
    pub(crate) choices: ChoiceArgs,
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
    /// A separate consent, by its topic as the page names it. Once for each.
    #[arg(long = "consent", value_name = "TOPIC")]
    pub(crate) consent: Vec<String>,
    /// A warning that you grant in spite of, with your reason: `RULE=REASON`.
    #[arg(long = "override", value_name = "RULE=REASON")]
    pub(crate) overrides: Vec<String>,
}

/// `chop grant …`
#[derive(Debug, Args)]
pub(crate) struct GrantArgs {
    #[command(flatten)]
    pub(crate) pictures: PicturesArgs,
    #[command(flatten)]
    pub(crate) choices: ChoiceArgs,
    /// The page code that `chop look` printed for exactly these choices: your agreement to that page.
    #[arg(long, value_name = "CODE")]
    pub(crate) agree: String,
    /// Folder for the pictures.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
}

/// `chop check …`
#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    /// The proof pack.
    pub(crate) pack: PathBuf,
    /// Trust list, with `#FINGERPRINT` of its publisher behind the path; says who signed.
    #[arg(long, value_name = "FILE")]
    pub(crate) anchors: Option<PathBuf>,
    /// Publisher's fingerprint of the trust list.
    #[arg(long, value_name = "HEX", requires = "anchors")]
    pub(crate) publisher: Option<String>,
    /// The holder's log key (C2SP verifier key), if you know it.
    #[arg(long, value_name = "KEY")]
    pub(crate) log_key: Option<String>,
}

/// `chop tool …`
#[derive(Debug, Subcommand)]
pub(crate) enum ToolCommand {
    /// SD-JWT (RFC 9901).
    #[command(subcommand)]
    SdJwt(SdJwtCommand),
    /// Merkle proofs (RFC 6962).
    #[command(subcommand)]
    Merkle(MerkleCommand),
    /// QR codes.
    #[command(subcommand)]
    Qr(QrCommand),
}

/// `chop tool sd-jwt …`
#[derive(Debug, Subcommand)]
pub(crate) enum SdJwtCommand {
    /// Verify and print the processed payload.
    Verify {
        /// Issuer's public key, JWK.
        #[arg(long, value_name = "FILE")]
        issuer_jwk: PathBuf,
        /// Expected audience; with --nonce key binding is judged.
        #[arg(long, requires = "nonce")]
        aud: Option<String>,
        /// Expected nonce.
        #[arg(long, requires = "aud")]
        nonce: Option<String>,
        /// Time to judge at, RFC 3339; now otherwise.
        #[arg(long)]
        at: Option<String>,
        /// Oldest key binding that is taken, in seconds.
        #[arg(long, value_name = "SECONDS")]
        max_age: Option<i64>,
        /// The SD-JWT, compact or JSON.
        file: PathBuf,
    },
}

/// `chop tool merkle …`
#[derive(Debug, Subcommand)]
pub(crate) enum MerkleCommand {
    /// Check an inclusion or consistency proof in JSON.
    Check {
        /// The proof.
        file: PathBuf,
    },
}

/// `chop tool qr …`
#[derive(Debug, Subcommand)]
pub(crate) enum QrCommand {
    /// Print the text of every code in the pictures.
    Read {
        /// Pictures, PNG or JPEG.
        #[arg(required = true)]
        pictures: Vec<PathBuf>,
    },
    /// Draw a text as a QR code.
    Draw {
        /// The text.
        text: String,
        /// File to write, `.png` or `.svg`; blocks on the terminal otherwise.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
}
