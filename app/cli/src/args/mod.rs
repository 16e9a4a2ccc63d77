//! What can be typed. Every command has an example; exit codes are in `chop --help` and in the man
//! page.

mod consent;
mod exchange;
mod holdings;
mod item;
mod law;
mod net;
mod offer;
mod online;
mod papers;
mod remedy;
mod retention;
mod space;
mod status;
mod tool;

use std::path::PathBuf;

use chop_core::plumbing::model::Lang;
use clap::{Args, Parser, Subcommand};

pub(crate) use consent::{
    ConsentCommand, DeletionArgs, ExportAs, ExportCommand, ExportConsentArgs, PledgeArgs, ReasonArgs,
    StopArgs, WhichConsent,
};
pub(crate) use exchange::{
    ChoiceArgs, GrantArgs, LogArgs, LookArgs, OpenArgs, OutArgs, PicturesArgs, RequestArgs, ThroughArgs,
};
pub(crate) use holdings::{EraseArgs, Form, ImportArgs, Shelf, ShowArgs};
pub(crate) use item::{
    AnswerArgs, BiometricWord, ItemCommand, ProfileArgs, ProfileCommand, RelationWord, ShareWord,
};
pub(crate) use law::LawCommand;
pub(crate) use net::NetArgs;
pub(crate) use offer::{ClaimArgs, OfferArgs, WatchArgs};
pub(crate) use online::{
    DeclineArgs, DemoIssuerArgs, DemoVerifierArgs, ReceiveCredentialArgs, SendAgainArgs,
};
pub(crate) use papers::{CatalogCommand, NumberCommand, PackCommand, PackSignArgs, PackToolCommand};
pub(crate) use remedy::{
    CaseCommand, DossierCommand, EvidenceArgs, LetterArgs, OpenCaseArgs, StepArgs, WhichCase, kind_of,
};
pub(crate) use retention::EraseTakenArgs;
pub(crate) use space::{
    BackupArgs, KeyCommand, Kind, Place, RecoverArgs, RestoreArgs, SpaceCommand, TrustCommand,
};
pub(crate) use status::StatusCommand;
pub(crate) use tool::{
    CheckArgs, DemoAuthorityArgs, FetchArgs, MerkleCommand, QrCommand, SdJwtCommand, SdJwtVerifyArgs,
    ToolCommand,
};

/// The top of the command line.
#[derive(Debug, Parser)]
#[command(
    name = "chop",
    version,
    about = "Chop 数印 數印 Carimbo: keep credentials and data, grant one look by QR, prove every use.",
    after_help = EXIT_CODES,
    after_long_help = LONG_HELP,
    max_term_width = 100
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Options of every command.
#[derive(Debug, Clone, Args)]
pub(crate) struct Common {
    /// Folder of the space.
    #[arg(long, global = true, value_name = "DIR", env = "CHOP_SPACE")]
    pub(crate) space: Option<PathBuf>,
    /// File whose first line is the passphrase; asked at the terminal otherwise.
    #[arg(long, global = true, value_name = "FILE", env = "CHOP_PASSPHRASE_FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,
    /// Folder of the software key stores; default: `chop/keys` in the XDG state folder.
    #[arg(long, global = true, value_name = "DIR", env = "CHOP_KEYS")]
    pub(crate) keys: Option<PathBuf>,
    /// Language of everything that is shown: zh-Hans, zh-Hant, en or pt.
    #[arg(long, global = true, value_name = "LANG", default_value = "en", env = "CHOP_LANG", value_parser = lang)]
    pub(crate) lang: Lang,
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
        /// How many at most, newest first.
        #[arg(long, default_value_t = 50)]
        limit: u32,
    },
    /// Show one holding with its seal state; values are masked unless --reveal.
    #[command(after_help = "Example: chop show 5hK2 --reveal")]
    Show(ShowArgs),
    /// Find holdings by words in titles, issuers and claims; 简 and 繁, full and half width are alike.
    #[command(after_help = "Example: chop search 成绩")]
    Search {
        /// Words.
        words: String,
        /// How many at most, newest first.
        #[arg(long, default_value_t = 50)]
        limit: u32,
    },
    /// Put a newer version in place of a holding; the older ones are kept.
    #[command(after_help = "Example: chop replace 5hK2 summary-2026.json")]
    Replace {
        /// Id, or its beginning.
        #[arg(allow_hyphen_values = true)]
        id: String,
        /// The new version.
        file: PathBuf,
    },
    /// Destroy the content of a holding. The record of its uses stays provable.
    #[command(after_help = "Example: chop erase 5hK2 --yes")]
    Erase(EraseArgs),
    /// Say how an item is shared and whom it is about.
    #[command(subcommand)]
    Item(ItemCommand),
    /// Children and others for whom you act.
    #[command(subcommand)]
    Profile(ProfileCommand),
    /// Who is trusted: signed lists of verifiers, issuers and their certificates.
    #[command(subcommand)]
    Trust(TrustCommand),
    /// The catalogue: types of document, their fields in your language, purposes and what each needs.
    #[command(subcommand)]
    Catalog(CatalogCommand),
    /// Signed rule packs and catalogues, added without a new build.
    #[command(subcommand)]
    Pack(PackCommand),
    /// Whether issuers still stand by what they signed: status lists, fetched and kept.
    #[command(subcommand)]
    Status(StatusCommand),
    /// Keys of this space, for issuers and trust lists.
    #[command(subcommand)]
    Key(KeyCommand),
    /// Verifier: make a request and its QR pictures.
    #[command(
        after_help = "Example: chop --space hospital request --dcql ask.json --terms terms.json --out req/"
    )]
    Request(RequestArgs),
    /// Holder: answer by what you opened beforehand, without a further question; refused where anything is
    /// left to ask.
    #[command(after_help = "Example: chop answer req/*.png --out data/")]
    Answer(AnswerArgs),
    /// Holder: read a request, from pictures or by its link, and show the page in words. No data leave.
    #[command(
        after_help = "Example: chop look req/*.png --choose summary:48765-2\nExample: chop look 'openid4vp://?client_id=…&request_uri=…' --choose summary:48765-2"
    )]
    Look(LookArgs),
    /// Holder: grant what the page shows, once. Writes the QR pictures of the sealed data; for a link,
    /// posts the sealed data to whoever asked.
    #[command(
        after_help = "Example: chop grant req/*.png --choose summary:48765-2 --agree 7F3KQ2M --out data/\nExample: chop grant 'openid4vp://?…' --choose summary:48765-2 --agree 7F3KQ2M --number 47"
    )]
    Grant(GrantArgs),
    /// Holder: say no, and keep a line of it.
    #[command(after_help = "Example: chop decline req/*.png")]
    Decline(DeclineArgs),
    /// Holder: post the stored answer to a link once more, after the network failed. The same bytes.
    #[command(after_help = "Example: chop send-again 9xQf")]
    SendAgain(SendAgainArgs),
    /// Take a credential from an issuer's offer, a link or its picture, after a look at it.
    #[command(
        after_help = "Example: chop receive-credential 'openid-credential-offer://?credential_offer_uri=…' --tx-code 493536"
    )]
    ReceiveCredential(ReceiveCredentialArgs),
    /// Verifier: take the sealed data and sign for it. Writes the acknowledgement's pictures.
    #[command(after_help = "Example: chop --space hospital receive data/*.png --out ack/")]
    Receive(ThroughArgs),
    /// Holder: check the acknowledgement and show the key.
    #[command(after_help = "Example: chop release ack/*.png --out key/")]
    Release(ThroughArgs),
    /// Verifier: open the data with the key, check it and sign what was taken.
    #[command(after_help = "Example: chop --space hospital open key/*.png --out use/")]
    Open(OpenArgs),
    /// Verifier: show what was taken in an exchange, and write it to files: each credential as JSON, each
    /// file, and the printable page of each annotated copy.
    #[command(after_help = "Example: chop --space hospital received 9xQf --out taken/")]
    Received {
        /// Exchange id, or its beginning.
        #[arg(allow_hyphen_values = true)]
        exchange: String,
        /// Folder for the files; made if it is missing. Nothing in it is overwritten.
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
    /// Verifier: what this space keeps of others, and until when it may.
    #[command(after_help = "Example: chop --space hospital kept")]
    Kept,
    /// Verifier: destroy what was taken in an exchange, or everything whose time is over, and sign for it.
    /// Files that were written out of the space are out of reach.
    #[command(after_help = "Example: chop --space hospital erase-taken --due")]
    EraseTaken(EraseTakenArgs),
    /// Holder: take the use receipt, or the statement that the data were erased, into the record.
    #[command(after_help = "Example: chop confirm use/*.png")]
    Confirm(PicturesArgs),
    /// Draw the pictures of an exchange again from the stored bytes.
    #[command(after_help = "Example: chop again 9xQf --out data/")]
    Again {
        /// Exchange id, or its beginning.
        #[arg(allow_hyphen_values = true)]
        exchange: String,
        #[command(flatten)]
        out: OutArgs,
    },
    /// Holder: offer something first, through a relay. Shows the page; with --agree makes the code.
    #[command(
        after_help = "Example: chop offer --dcql offer.json --terms terms.json --relay https://relay.example --choose summary:48765-2"
    )]
    Offer(Box<OfferArgs>),
    /// The offers of this space, given and claimed, with the time that is left.
    #[command(after_help = "Example: chop offers --json")]
    Offers,
    /// Holder: wait for whoever takes up an offer, say yes or no, and catch up with what happened.
    #[command(after_help = "Example: chop watch --once")]
    Watch(WatchArgs),
    /// Verifier: take up the offer of a code. The same command goes on after a crash.
    #[command(
        after_help = "Example: chop --space hospital claim code.png --dcql ask.json --terms terms.json --relay https://relay.example"
    )]
    Claim(ClaimArgs),
    /// Holder: take a consent or an offer back, before its key left or after. Says what that reaches.
    #[command(after_help = "Example: chop withdraw 9xQf")]
    Withdraw {
        #[command(flatten)]
        stop: StopArgs,
        #[command(flatten)]
        net: NetArgs,
    },
    /// Consents after they were given: list, show, hold back, take back, ask for deletion.
    #[command(subcommand)]
    Consent(ConsentCommand),
    /// Files made from records, for others to read.
    #[command(subcommand)]
    Export(ExportCommand),
    /// Requests, complaints and disputes about what you granted, with their clocks and letters.
    #[command(subcommand)]
    Case(CaseCommand),
    /// Who holds what of yours, until when, and what you may ask of them.
    #[command(after_help = "Example: chop recipients")]
    Recipients,
    /// One grant step by step with the time between, from the record alone.
    #[command(after_help = "Example: chop timeline 9xQf")]
    Timeline {
        /// Exchange id, or its beginning.
        #[arg(allow_hyphen_values = true)]
        exchange: String,
    },
    /// After an issuer corrected a holding: list who got the wrong value, and prepare a notice for each.
    #[command(after_help = "Example: chop correct 5hK2")]
    Correct {
        /// Id of the item, or its beginning.
        #[arg(allow_hyphen_values = true)]
        item: String,
    },
    /// The transfer dossier of a grant across a border. Filed with nobody; not legal advice.
    #[command(subcommand)]
    Dossier(DossierCommand),
    /// The record: every use, in order.
    #[command(after_help = "Example: chop log --limit 20")]
    Log(LogArgs),
    /// Re-check the whole record of this space against its tables.
    #[command(after_help = "Example: chop audit --json")]
    Audit,
    /// Write a proof pack about one exchange: `*.chop-proof`.
    #[command(after_help = "Example: chop prove 9xQf --out use.chop-proof")]
    Prove {
        /// Exchange id, or its beginning.
        #[arg(allow_hyphen_values = true)]
        exchange: String,
        /// File to write; an existing one is not overwritten.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// Put the issuer-signed part of each credential in too: it names the holder's key, and shows
        /// the claims that its issuer always discloses.
        #[arg(long)]
        with_credential: bool,
    },
    /// Check a proof pack on a machine that never saw the wallet.
    #[command(after_help = "Example: chop check use.chop-proof --anchors list.chop-trust --publisher 4f…")]
    Check(CheckArgs),
    /// Write a sealed backup of the whole space.
    #[command(after_help = "Example: chop backup my.chop-backup")]
    Backup(BackupArgs),
    /// Make a space from a backup. Open grants are frozen and the record starts a new epoch.
    #[command(after_help = "Example: chop --space ~/chop restore my.chop-backup")]
    Restore(RestoreArgs),
    /// Open a space with its recovery code and set a new passphrase.
    #[command(after_help = "Example: chop recover --code-file code.txt --new-file new.txt")]
    Recover(RecoverArgs),
    /// Read the rules, and assess facts against them. Not legal advice; nothing is filed with anybody.
    #[command(subcommand)]
    Law(LawCommand),
    /// Walk the whole story with a demo university, clinic and hospital, in a fresh folder.
    #[command(after_help = "Example: chop --lang zh-Hans demo --into /tmp/chop-demo")]
    Demo {
        /// Folder to make; a fresh temporary one otherwise.
        #[arg(long, value_name = "DIR")]
        into: Option<PathBuf>,
    },
    /// Plumbing for people who test us with their own data. Exit 0 valid, 1 not valid, 2 usage.
    #[command(subcommand)]
    Tool(ToolCommand),
    /// Print shell completions.
    #[command(
        after_help = "Example: chop completions bash > ~/.local/share/bash-completion/completions/chop"
    )]
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the man page.
    #[command(after_help = "Example: chop man | man -l -")]
    Man,
}

fn lang(text: &str) -> Result<Lang, String> {
    Lang::from_tag(text).ok_or_else(|| {
        let tags = Lang::ALL.map(Lang::tag).join(", ");
        format!("one of {tags}")
    })
}

/// Exit codes, as `--help` ends with.
const EXIT_CODES: &str = "\
Exit codes: 0 done or valid · 1 refused or not valid · 2 usage · 3 the space cannot be opened.
Example: chop demo --into /tmp/chop-demo";

/// What `--help` and the man page say more.
const LONG_HELP: &str = "\
Exit codes:
  0  done, or valid
  1  refused or not valid, for whatever reason; nothing was sent unless the message says so
  2  the command line cannot be understood
  3  the space cannot be opened: wrong passphrase, not a space, newer version, damaged, locked

Environment:
  CHOP_SPACE  CHOP_PASSPHRASE_FILE  CHOP_KEYS  CHOP_LANG   defaults of the options of the same names
  XDG_STATE_HOME                                            where key stores lie, outside every space

Examples:
  chop demo --into /tmp/chop-demo
  chop --space ~/chop space create --label \"My space\" --place HK
  chop --space ~/chop import summary.json --title \"My summary\"
  chop check use.chop-proof --anchors list.chop-trust";
