//! For auditors and for people who test us: nothing here needs a space.

use std::path::PathBuf;

use chop_core::plumbing::model::UnixTime;
use clap::{Args, Subcommand};

use super::papers::{NumberCommand, PackToolCommand};
use super::{DemoIssuerArgs, DemoVerifierArgs, NetArgs};

/// `chop check …`
#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    /// The proof pack.
    pub(crate) pack: PathBuf,
    /// Trust list: says who signed.
    #[arg(long, value_name = "FILE")]
    pub(crate) anchors: Option<PathBuf>,
    /// Publisher's fingerprint of the trust list, if you have seen it elsewhere.
    #[arg(long, value_name = "FINGERPRINT", requires = "anchors", allow_hyphen_values = true)]
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
    /// Numbers on papers of the three places: form and check digit.
    #[command(subcommand)]
    Number(NumberCommand),
    /// For publishers: sign rule packs and catalogues.
    #[command(subcommand)]
    Pack(PackToolCommand),
    /// Fetch an address exactly as a space would, and say why not: no redirect, nothing private, caps.
    #[command(after_help = "Example: chop tool fetch https://status.example/lists/1 --out list.jwt")]
    Fetch(FetchArgs),
    /// Play the authorities of a walk by hand: certificate, credentials, trust list, question. DEMO only.
    #[command(
        after_help = "Example: chop tool demo-authority --verifier-jwk hospital.jwk --holder-jwk holder.jwk --into demo/"
    )]
    DemoAuthority(DemoAuthorityArgs),
    /// Play an issuer on this machine: OpenID4VCI 1.0 over HTTP. DEMO only.
    #[command(
        after_help = "Example: chop tool demo-issuer --listen 127.0.0.1:8088 --verifier-jwk hospital.jwk --into demo/"
    )]
    DemoIssuer(DemoIssuerArgs),
    /// Play a verifier on this machine: OpenID4VP 1.0 over HTTP, with the certified key of --space. DEMO only.
    #[command(
        after_help = "Example: chop --space hospital tool demo-verifier --listen 127.0.0.1:8089 --dcql demo/ask.json --terms demo/terms.json"
    )]
    DemoVerifier(DemoVerifierArgs),
}

/// `chop tool fetch …`
#[derive(Debug, Args)]
pub(crate) struct FetchArgs {
    /// The address.
    pub(crate) url: String,
    /// Media types that are wanted.
    #[arg(long, default_value = "*/*")]
    pub(crate) accept: String,
    /// File for the body; an existing one is not overwritten.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) net: NetArgs,
}

/// `chop tool demo-authority …`
#[derive(Debug, Args)]
pub(crate) struct DemoAuthorityArgs {
    /// The hospital's public key, from `chop key verifier`.
    #[arg(long, value_name = "FILE")]
    pub(crate) verifier_jwk: PathBuf,
    /// The resident's public key, from `chop key new`; a second one is for the transcript.
    #[arg(long, value_name = "FILE", required = true)]
    pub(crate) holder_jwk: Vec<PathBuf>,
    /// Folder for what is handed out; made if it is missing.
    #[arg(long, value_name = "DIR")]
    pub(crate) into: PathBuf,
}

/// `chop tool sd-jwt …`
#[derive(Debug, Subcommand)]
pub(crate) enum SdJwtCommand {
    /// Verify and print the processed payload.
    #[command(after_help = "Example: chop tool sd-jwt verify --issuer-jwk issuer.jwk presentation.txt")]
    Verify(SdJwtVerifyArgs),
}

/// `chop tool sd-jwt verify …`
#[derive(Debug, Args)]
pub(crate) struct SdJwtVerifyArgs {
    /// Issuer's public key, JWK.
    #[arg(long, value_name = "FILE")]
    pub(crate) issuer_jwk: PathBuf,
    /// Expected audience; with --nonce key binding is judged.
    #[arg(long, requires = "nonce", allow_hyphen_values = true)]
    pub(crate) aud: Option<String>,
    /// Expected nonce.
    #[arg(long, requires = "aud", allow_hyphen_values = true)]
    pub(crate) nonce: Option<String>,
    /// Time to judge at, RFC 3339 or seconds since 1970; now otherwise.
    #[arg(long, value_name = "TIME", value_parser = time, allow_hyphen_values = true)]
    pub(crate) at: Option<UnixTime>,
    /// Oldest key binding that is taken, in seconds; its age is not judged otherwise.
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(i64).range(0..))]
    pub(crate) max_age: Option<i64>,
    /// The SD-JWT, compact or JSON.
    pub(crate) file: PathBuf,
}

/// `chop tool merkle …`
#[derive(Debug, Subcommand)]
pub(crate) enum MerkleCommand {
    /// Check an inclusion or consistency proof in JSON.
    #[command(after_help = "Example: chop tool merkle check inclusion/1/happy-path.json")]
    Check {
        /// The proof.
        file: PathBuf,
    },
}

/// `chop tool qr …`
#[derive(Debug, Subcommand)]
pub(crate) enum QrCommand {
    /// Print the text of every code in the pictures.
    #[command(after_help = "Example: chop tool qr read photo.jpg")]
    Read {
        /// Pictures, PNG or JPEG.
        #[arg(required = true, value_name = "PICTURE")]
        pictures: Vec<PathBuf>,
    },
    /// Draw a text as a QR code.
    #[command(after_help = "Example: chop tool qr draw CHOP1:00 --out code.png")]
    Draw {
        /// The text.
        text: String,
        /// File to write, `.png` or `.svg`; blocks on the terminal otherwise.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
}

fn time(text: &str) -> Result<UnixTime, String> {
    if let Ok(seconds) = text.parse::<i64>() {
        return Ok(UnixTime(seconds));
    }
    text.parse::<jiff::Timestamp>()
        .map(|time| UnixTime(time.as_second()))
        .map_err(|_| "a time such as 2026-11-21T08:00:00Z".to_owned())
}
